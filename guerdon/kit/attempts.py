"""What may be tried only so often in a while: counted exactly, in the database, whichever process is asked."""

from datetime import datetime, timedelta
from typing import Final

from guerdon.core import errors
from guerdon.core.errors import Refusal
from guerdon.kit import clock, digests, store
from guerdon.kit.store import Statement, Store

ATTEMPTS_TOO_MANY = errors.declare("busy", "attempts_too_many", "retry_after_seconds")

_COUNT: Final = Statement(
    "INSERT INTO kit_attempt (what, who, since, tries) VALUES (:what, :who, :now, 1)"
    " ON CONFLICT (what, who) DO UPDATE SET"
    " tries = CASE WHEN kit_attempt.since <= :before THEN 1 ELSE kit_attempt.tries + 1 END,"
    " since = CASE WHEN kit_attempt.since <= :before THEN excluded.since ELSE kit_attempt.since END"
    " WHERE kit_attempt.since <= :before OR kit_attempt.tries < :most RETURNING tries"
)
_TRIED: Final = Statement("SELECT since, tries FROM kit_attempt WHERE what = :what AND who = :who")
_FORGET: Final = Statement("DELETE FROM kit_attempt WHERE what = :what AND who = :who")
_SWEEP: Final = Statement("DELETE FROM kit_attempt WHERE since <= :before")


def count(*, what: str, who: str, most: int, window: timedelta, now: datetime) -> None:
    """Count one try more, durably, before it is made. Raises `attempts_too_many` where there were `most` already."""
    store.committed(lambda at_hand: add(at_hand, what=what, who=who, most=most, window=window, now=now))


def add(at_hand: Store, *, what: str, who: str, most: int, window: timedelta, now: datetime) -> None:
    """Count one try more in the transaction at hand, under the row's lock; see `count`.

    Who tries is kept as a keyed digest: an address of a network or of e-mail is nobody's business here.
    """
    given = {"what": what, "who": _digest(what, who)}
    counted = at_hand.fetch(_COUNT, now=clock.micros(now), before=clock.micros(now - window), most=most, **given)
    if not counted:
        since, _ = tried(at_hand, what=what, who=who) or (now, 0)
        raise _too_many(since + window - now)


def check(at_hand: Store, *, what: str, who: str, most: int, window: timedelta, now: datetime) -> None:
    """Refuse who has no try left, and count nothing. Raises `attempts_too_many`."""
    found = tried(at_hand, what=what, who=who)
    if found is not None and found[1] >= most and now < found[0] + window:
        raise _too_many(found[0] + window - now)


def tried(at_hand: Store, *, what: str, who: str) -> tuple[datetime, int] | None:
    """Since when somebody has tried how often; None where nothing is counted."""
    rows = at_hand.fetch(_TRIED, what=what, who=_digest(what, who))
    return (clock.instant(int(rows[0][0])), int(rows[0][1])) if rows else None


def forget(*, what: str, who: str) -> None:
    """Begin to count anew, as whoever tried has shown that they may."""
    store.committed(lambda at_hand: at_hand.fetch(_FORGET, what=what, who=_digest(what, who)))


def sweep(at_hand: Store, *, before: datetime) -> None:
    """Drop what was counted so long ago that it counts no more."""
    at_hand.fetch(_SWEEP, before=clock.micros(before))


def _digest(what: str, who: str) -> str:
    return digests.digest(f"attempts:{what}", who)


def _too_many(left: timedelta) -> Refusal:
    return ATTEMPTS_TOO_MANY(retry_after_seconds=max(1, -(-left // timedelta(seconds=1))))
