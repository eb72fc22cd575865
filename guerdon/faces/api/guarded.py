"""Codes are kept from those who guess: wrong ones are counted before anybody is told that they are wrong (LAW 8.3)."""

from collections.abc import Callable
from typing import TypeVar

from guerdon.core.errors import Refusal
from guerdon.engine import guessing
from guerdon.faces.api.calls import Call

T = TypeVar("T")


def is_staff(call: Call, scope: str) -> bool:
    """Whether the caller has the right of those who make the codes, and so need not guess any."""
    assert call.key is not None
    return scope in call.key.scopes


def asked(
    call: Call, client: str | None, scope: str, wrong: Callable[[Refusal], bool], ask: Callable[[], T], codes: int = 1
) -> T:
    """Ask, unless too many wrong codes were shown; a refusal that says a code is `wrong` is counted first.

    It says so of all the `codes` that were shown at once.

    Staff, who have the right `scope`, may ask without end.
    """
    if is_staff(call, scope):
        return ask()
    assert call.key is not None
    guessing.check(programme_id=call.programme_id, credential=call.key.id, client=client or "", now=call.now)
    try:
        return ask()
    except Refusal as refusal:
        if wrong(refusal) and not refusal.replayed:  # told again it gives nothing away that was not said before
            for _ in range(codes):
                count(call, client)
        raise


def count(call: Call, client: str | None) -> None:
    """Count a wrong code of the caller, or of the client for whom it asks.

    Tills and keys are watched; members, who type on their own pages, only have to wait.
    """
    assert call.key is not None
    watched = call.by != "self"
    guessing.count(
        programme_id=call.programme_id, credential=call.key.id, client=client or "", now=call.now, watched=watched
    )  # fmt: skip


def note(call: Call) -> None:
    """Let fraud be looked for in a wrong code after which nobody has to wait."""
    assert call.key is not None
    guessing.note(programme_id=call.programme_id, credential=call.key.id, now=call.now)
