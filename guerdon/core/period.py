"""Half-open periods and calendar arithmetic in a programme's time zone."""

from bisect import bisect_left
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import errors

_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)

LOCAL_TIME_AMBIGUOUS = errors.declare("invalid", "local_time_ambiguous", "local", "zone")
LOCAL_TIME_MISSING = errors.declare("invalid", "local_time_missing", "local", "zone")

WindowKind = Literal["day", "week", "month", "quarter", "year", "lifetime"]
WINDOWS: tuple[WindowKind, ...] = ("day", "week", "month", "quarter", "year", "lifetime")
RoundTo = Literal["month", "quarter", "half_year", "year"]


class Period(msgspec.Struct, frozen=True):
    """The instants from `start` up to, not including, `until`; None is open on that side."""

    start: datetime | None = None
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return (self.start is None or self.start <= at) and (self.until is None or at < self.until)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which the local day begins.

    A midnight that does not exist becomes the first instant that does; one that occurs twice is the first (LAW 5.1).
    """
    local = datetime.combine(day, time(), zone)  # fold=0 is the first of two
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _after_gap(instant, zone)


def _after_gap(inside: datetime, zone: ZoneInfo) -> datetime:
    """The transition instant of a gap; a wall time read with the offset before it always lands behind the gap."""
    before = inside.replace(microsecond=0) - _DAY
    offset = before.astimezone(zone).utcoffset()
    seconds = range(_DAY // _SECOND)
    passed = bisect_left(
        seconds, True, key=lambda second: (before + second * _SECOND).astimezone(zone).utcoffset() != offset
    )
    return before + passed * _SECOND


def days_later(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which the clock of the zone shows the same time, so many calendar days later.

    A time that does not exist on that day becomes the first instant that does; one that occurs twice is the first.
    """
    local = (at.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=zone, fold=0)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _after_gap(instant, zone)


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a wall-clock time a person typed; refuses one that is missing or occurs twice."""
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    if first.astimezone(zone).replace(tzinfo=None) != local:
        raise LOCAL_TIME_MISSING(local=local.isoformat(sep=" "), zone=zone.key)
    raise LOCAL_TIME_AMBIGUOUS(local=local.isoformat(sep=" "), zone=zone.key)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def add_months(day: date, months: int) -> date:
    """The same day `months` later; a missing day becomes the last one of that month. Never chain this."""
    years, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month0 + 1, min(day.day, monthrange(years, month0 + 1)[1]))


def end_of(day: date, span: RoundTo) -> date:
    """The last day of the month, quarter, half-year or year that holds the day."""
    months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[span]
    last_month = ((day.month - 1) // months + 1) * months
    return date(day.year, last_month, monthrange(day.year, last_month)[1])


def window(day: date, kind: WindowKind) -> str:
    """The name of the calendar window that holds the local day; names of different windows never meet."""
    if kind == "day":
        return f"d{day.year:04}{day.month:02}{day.day:02}"
    if kind == "month":
        return f"m{day.year:04}{day.month:02}"
    if kind == "year":
        return f"y{day.year:04}"
    if kind == "quarter":
        return f"q{day.year:04}{(day.month + 2) // 3}"
    if kind == "week":  # ISO weeks: Monday first, a week belongs to the year of its Thursday
        year, week, _ = day.isocalendar()
        return f"w{year:04}{week:02}"
    return "all"
