"""Whoever shows wrong codes too often must wait; wrong ones are counted before they are answered (LAW 8.3)."""

from datetime import datetime, timedelta

from guerdon.core import limits, vouchers
from guerdon.core.errors import Refusal
from guerdon.features.vouchers import actions, queries
from guerdon.kit import store

_WINDOW = timedelta(seconds=limits.GUESSES_SECONDS)


def check(*, programme_id: str, credential: str, client: str, now: datetime) -> None:
    """Refuse whoever has shown too many wrong codes; right ones are no longer told from others. `guesses_too_many`."""
    counted = queries.guesses(store.current(), programme_id, credential, client)
    if counted is not None and counted[1] >= limits.GUESSES_MAX and now < counted[0] + _WINDOW:
        raise _too_many(counted[0], now)


def count(*, programme_id: str, credential: str, client: str, now: datetime) -> None:
    """Count a wrong code, durably, before anybody is told that it is one.

    However many ask at once in however many processes, no more than so many wrong codes are answered in a window: to
    the others nothing is said of theirs. Raises `guesses_too_many`.
    """
    counted = store.committed(
        lambda at_hand: actions.count_guess(
            at_hand, programme_id, credential, client, now=now, before=now - _WINDOW, most=limits.GUESSES_MAX
        )
    )
    if not counted:
        known = queries.guesses(store.current(), programme_id, credential, client)
        raise _too_many(known[0] if known is not None else now, now)


def _too_many(since: datetime, now: datetime) -> Refusal:
    left = since + _WINDOW - now
    return vouchers.GUESSES_TOO_MANY(retry_after_seconds=max(1, -(-left // timedelta(seconds=1))))
