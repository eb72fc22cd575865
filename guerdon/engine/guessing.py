"""Whoever shows wrong codes too often must wait; wrong ones are counted before they are answered (LAW 8.3)."""

from datetime import datetime, timedelta
from typing import Final

from guerdon.core import limits, vouchers
from guerdon.core.errors import Refusal
from guerdon.features.vouchers import actions, queries
from guerdon.kit import store
from guerdon.kit.store import Store

_WINDOW: Final = timedelta(seconds=limits.GUESSES_SECONDS)
_WHOLE: Final = (
    ""  # all clients of a key together, and whoever names none: another name is another try, but not for ever
)


def check(*, programme_id: str, credential: str, client: str, now: datetime) -> None:
    """Refuse whoever has shown too many wrong codes; right ones are no longer told from others. `guesses_too_many`."""
    counted = queries.guesses(store.current(), programme_id, credential, list(_ceilings(client)))
    for name, most in _ceilings(client).items():
        if name in counted and counted[name][1] >= most and now < counted[name][0] + _WINDOW:
            raise _too_many(counted[name][0], now)


def count(*, programme_id: str, credential: str, client: str, now: datetime) -> None:
    """Count a wrong code, durably, before anybody is told that it is one: of the client, and of its key.

    However many ask at once in however many processes, no more than so many wrong codes are answered in a window: to
    the others nothing is said of theirs, and nothing is counted. Raises `guesses_too_many`.
    """

    def write(at_hand: Store) -> None:
        for name, most in _ceilings(client).items():  # the key comes last for everybody, so nobody waits in a circle
            if not actions.count_guess(
                at_hand, programme_id, credential, name, now=now, before=now - _WINDOW, most=most
            ):  # fmt: skip
                known = queries.guesses(at_hand, programme_id, credential, [name])
                raise _too_many(known[name][0] if name in known else now, now)

    store.committed(write)


def _ceilings(client: str) -> dict[str, int]:
    """The names under which a wrong code of the client is counted, and how many each may show."""
    return {f"client:{client}": limits.GUESSES_MAX, _WHOLE: limits.GUESSES_OF_KEY_MAX}


def _too_many(since: datetime, now: datetime) -> Refusal:
    left = since + _WINDOW - now
    return vouchers.GUESSES_TOO_MANY(retry_after_seconds=max(1, -(-left // timedelta(seconds=1))))
