"""Whoever shows wrong codes too often must wait; wrong ones are counted before they are answered (LAW 8.3)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from guerdon.core import limits, vouchers
from guerdon.core.errors import Refusal
from guerdon.features.alerts import actions as alerts
from guerdon.kit import attempts, store
from guerdon.kit.store import Store

_WHAT: Final = "guesses"
_WINDOW: Final = timedelta(seconds=limits.GUESSES_SECONDS)
_WHOLE: Final = (
    ""  # all clients of a key together, and whoever names none: another name is another try, but not for ever
)


def check(*, programme_id: str, credential: str, client: str, now: datetime) -> None:
    """Refuse whoever has shown too many wrong codes; right ones are no longer told from others. `guesses_too_many`."""
    _each(attempts.check, store.current(), f"{programme_id}:{credential}", client, now)


def count(*, programme_id: str, credential: str, client: str, now: datetime, watched: bool = False) -> None:
    """Count a wrong code, durably, before anybody is told that it is one: of the client, and of its key.

    However many ask at once in however many processes, no more than so many wrong codes are answered in a window: to
    the others nothing is said of theirs, and nothing is counted. Where whoever types is `watched`, fraud is looked for
    in it, too.

    Raises `guesses_too_many`.
    """

    def write(at_hand: Store) -> None:
        _each(attempts.add, at_hand, f"{programme_id}:{credential}", client, now)
        if watched:
            alerts.note(at_hand, programme_id, credential, now=now)

    store.committed(write)


def note(*, programme_id: str, credential: str, now: datetime) -> None:
    """Let fraud be looked for in a wrong code of a kind that nobody has to wait after; durably, before it is told."""
    store.committed(lambda at_hand: alerts.note(at_hand, programme_id, credential, now=now))


def _each(act: Callable[..., None], at_hand: Store, key: str, client: str, now: datetime) -> None:
    """Look at, or count, a wrong code of the client and of its key.

    The key comes last for everybody, so nobody waits in a circle.
    """
    try:
        for name, most in ((f"client:{client}", limits.GUESSES_MAX), (_WHOLE, limits.GUESSES_OF_KEY_MAX)):
            act(at_hand, what=_WHAT, who=f"{key}:{name}", most=most, window=_WINDOW, now=now)
    except Refusal as refusal:
        if refusal.kind is not attempts.ATTEMPTS_TOO_MANY:
            raise
        raise vouchers.GUESSES_TOO_MANY(**refusal.facts) from refusal
