"""The law of cancelling a burn: its points go back where they came from, last taken first, never twice (LAW 5.5)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from guerdon.core import errors, paying, period
from guerdon.core.activities import ACTIVITY_INVALID, CONVERSION, Activity, Tender
from guerdon.core.ledger import Take
from guerdon.core.paying import Pays

BURN_UNKNOWN = errors.declare("unknown", "burn_unknown", "id")
BURN_BOUND = errors.declare("forbidden", "burn_bound")
BURN_CANCELLED = errors.declare("spent", "burn_cancelled")
BURN_SPENT = errors.declare("spent", "burn_spent", "id")
BURN_TOO_SMALL = errors.declare("invalid", "burn_too_small", "id", "amount", "worth")
CANCELLED_TOO_MUCH = errors.declare("spent", "cancelled_too_much", "asked", "left")

# Burns that are part of something else, which would go on without their points: the sources that name them.
BOUND: Final = (paying.SOURCE, CONVERSION)


def check_free(burn: Activity) -> None:
    """Refuse a burn that paid for an order, or was converted, to whoever would take it for one that stands alone."""
    if burn.source in BOUND:
        raise BURN_BOUND()


def check_whole(back: int) -> None:
    """Refuse to pay with a burn of which something has come back. Raises `burn_cancelled`."""
    if back:
        raise BURN_CANCELLED()


def check_worth(pays: Pays | None, tender: Tender, points: int, *, foreign: bool) -> None:
    """Refuse more than so many burned points pay at the unit's rate; where it has none, only the shop knows.

    Raises `burn_too_small`, `activity_invalid` for an order in foreign money.
    """
    if pays is None:
        return
    if foreign:
        raise ACTIVITY_INVALID(pointer="/currency", reason="paid_at_home")
    worth = pays.worth(points)
    if tender.amount > worth:
        raise BURN_TOO_SMALL(id=str(tender.burn), amount=tender.amount, worth=worth)


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
