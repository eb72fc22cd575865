"""What may be tried only so often in a while: counted exactly, in the database, whichever process is asked."""

from datetime import datetime, timedelta
from typing import Final

from guerdon.core import errors
from guerdon.kit import clock, secrets, store
from guerdon.kit.store import Statement, Store

ATTEMPTS_TOO_MANY = errors.declare("busy", "attempts_too_many", "retry_after_seconds")

_COUNT: Final = Statement(
    "INSERT INTO kit_attempt (what, who, since, tries) VALUES (:what, :who, :now, 1)"
    " ON CONFLICT (what, who) DO UPDATE SET"
    " tries = CASE WHEN kit_attempt.since <= :before THEN 1 ELSE kit_attempt.tries + 1 END,"
    " since = CASE WHEN kit_attempt.since <= :before THEN excluded.since ELSE kit_attempt.since END"
    " WHERE kit_attempt.since <= :before OR kit_attempt.tries < :most RETURNING tries"
)
_SINCE: Final = Statement("SELECT since FROM kit_attempt WHERE what = :what AND who = :who")
_FORGET: Final = Statement("DELETE FROM kit_attempt WHERE what = :what AND who = :who")
_SWEEP: Final = Statement("DELETE FROM kit_attempt WHERE since <= :before")


def count(*, what: str, who: str, most: int, window: timedelta, now: datetime) -> None:
    """Count one try more, durably, before it is made. Raises `attempts_too_many` where there were `most` already.

    Who tries is kept as a keyed digest: an address of a network or of e-mail is nobody's business here.
    """
    whose = secrets.digest(f"attempts:{what}", who)

    def write(at_hand: Store) -> None:
        given = {"what": what, "who": whose}
        counted = at_hand.fetch(
            _COUNT, now=clock.micros(now), before=clock.micros(now - window), most=most, **given
        )  # fmt: skip
        if not counted:
            since = clock.instant(int(at_hand.fetch(_SINCE, **given)[0][0]))
            left = since + window - now
            raise ATTEMPTS_TOO_MANY(retry_after_seconds=max(1, -(-left // timedelta(seconds=1))))

    store.committed(write)


def forget(*, what: str, who: str) -> None:
    """Begin to count anew, as whoever tried has shown that they may."""
    store.committed(lambda at_hand: at_hand.fetch(_FORGET, what=what, who=secrets.digest(f"attempts:{what}", who)))


def sweep(at_hand: Store, *, before: datetime) -> None:
    """Drop what was counted so long ago that it counts no more."""
    at_hand.fetch(_SWEEP, before=clock.micros(before))
