"""The preview of expiry: what ends when, if nothing is earned or spent until then, and who is reminded (LAW 5.7)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import limits, period
from guerdon.core.ledger import Lot
from guerdon.core.programme import Unit


class Expiring(msgspec.Struct, frozen=True):
    """Points of a unit that end together: `last_day` is the last local day on which they can be spent."""

    unit: str
    points: int
    last_day: date
    ends_at: datetime


def preview(
    lots: Iterable[tuple[str, Lot]], *, at: datetime, zone: ZoneInfo, until: date | None = None
) -> list[Expiring]:
    """What ends after the instant and up to the local day `until`, by unit and end.

    The lots are as they stand: what is held is left out, for a capture may take it after its end; what is pending is
    there. Sliding ends are those of today.
    """
    beyond = until is None or until.year > limits.YEAR_MAX  # nothing ends so late
    border = None if until is None or beyond else period.midnight(until + timedelta(days=1), zone)
    sums: dict[tuple[datetime, str], int] = {}
    for unit, lot in lots:
        end = lot.expires_at
        if end is not None and lot.free > 0 and end > at and (border is None or end <= border):
            sums[end, unit] = sums.get((end, unit), 0) + lot.free
    return [Expiring(unit, points, last_day(end, zone), end) for (end, unit), points in sorted(sums.items())]


def worth(points: int, unit: Unit) -> int | None:
    """What so many points buy, in minor units of the programme's currency; None where the programme does not say."""
    return None if unit.worth is None else points * unit.worth.amount // unit.worth.points


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """What a member is told of points that end together; `days` is the programme's day it is told at."""

    unit: str
    ends_at: datetime
    days: int
    points: int
    worth: int | None


def reminder_day(last_day: date, *, today: date, looked: date, days: Iterable[int]) -> int | None:
    """At which of the programme's days a member is reminded today of points with this last day; None for none.

    It is the smallest day that has come, if it has come since somebody looked last: so days that were missed are made
    up for by one reminder, and nobody is reminded of days long gone.
    """
    come = min((one for one in days if one >= (last_day - today).days), default=None)
    return come if come is not None and come < (last_day - looked).days else None


def last_day(ends_at: datetime, zone: ZoneInfo) -> date:
    """The last local day on which points with this end can be spent."""
    return period.local_day(ends_at - timedelta(microseconds=1), zone)
