"""The law of cancelling a burn: its points go back where they came from, last taken first, never twice (LAW 5.5)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from guerdon.core import errors, paying, period
from guerdon.core.activities import CONVERSION, Activity
from guerdon.core.ledger import Take

BURN_UNKNOWN = errors.declare("unknown", "burn_unknown", "id")
BURN_BOUND = errors.declare("forbidden", "burn_bound")
BURN_CANCELLED = errors.declare("spent", "burn_cancelled")
BURN_SPENT = errors.declare("spent", "burn_spent", "id")
CANCELLED_TOO_MUCH = errors.declare("spent", "cancelled_too_much", "asked", "left")

# Burns that are part of something else, which would go on without their points: the sources that name them.
BOUND: Final = (paying.SOURCE, CONVERSION)


def check_free(burn: Activity) -> None:
    """Refuse a burn that paid for an order, or was converted, to whoever would take it for one that stands alone."""
    if burn.source in BOUND:
        raise BURN_BOUND()


def returned(taken: Sequence[Take], before: int, points: int | None) -> tuple[Take, ...]:
    """What goes back of what was taken, after `before` points have: the last taken first, all where none are named.

    Raises `burn_cancelled` when nothing is left, and `cancelled_too_much`.
    """
    left = sum(take.points for take in taken) - before
    if left == 0:
        raise BURN_CANCELLED()
    asked = left if points is None else points
    if asked > left:
        raise CANCELLED_TOO_MUCH(asked=asked, left=left)
    back: list[Take] = []
    skip = before
    for take in reversed(taken):
        gone = min(skip, take.points)
        skip -= gone
        part = min(asked, take.points - gone)
        asked -= part
        if part:
            back.append(Take(take.lot, part))
    return tuple(back)


def grace_ends(cancelled_at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Until when points of expired lots live again: the local day of the cancellation is day 0, the last is `days`."""
    return period.midnight(period.local_day(cancelled_at, zone) + timedelta(days=days + 1), zone)
