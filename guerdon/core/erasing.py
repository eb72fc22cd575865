"""The law of erasure: who can be erased and when, what ends with it, and what that was worth (LAW 10.30)."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import errors, period

ERASURE_WAITING = errors.declare("clash", "erasure_waiting", "member", "due")
ERASURE_NONE = errors.declare("clash", "erasure_none", "member")
ERASURE_DUE = errors.declare("clash", "erasure_due", "member")

KIND: Final = "erasure"  # of the entries by which points of an erased member end, and their source


class Ends(msgspec.Struct, frozen=True):
    """Points of a unit that end, and what they are worth in minor units; None where nobody says so."""

    unit: str
    points: int
    worth: int | None


class Lost(msgspec.Struct, frozen=True):
    """What a member loses by being erased; no word of who it is."""

    points: tuple[Ends, ...] = ()
    vouchers: int = 0
    gift_cards: int = 0  # had for points; whoever has the code can still spend them
    memberships: tuple[str, ...] = ()  # keys of the plans that run
    redemptions: tuple[str, ...] = ()  # keys of the rewards that were not handed over yet
    holds: int = 0
    transfers: int = 0  # offers that nobody has answered
    tiers: tuple[str, ...] = ()
    household: bool = False


def due_at(now: datetime, days: int, zone: ZoneInfo) -> datetime:
    """When a member is erased who asks now: at once, or at the local midnight that ends the last day to think."""
    return now if not days else period.midnight(period.local_day(now, zone) + timedelta(days=days + 1), zone)


def worth(points: int, amount: int, per: int) -> int:
    """What points are worth in whole minor units, rounded down: `per` points are `amount`."""
    return points * amount // per
