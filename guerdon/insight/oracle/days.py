"""The calendar of the book: local days, first instants and borders of months, found the slow way."""

import calendar
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo


def local_day(at: datetime, zone_key: str) -> date:
    """The day on the wall of the programme's town."""
    return at.astimezone(ZoneInfo(zone_key)).date()


@cache
def first_instant(day: date, zone_key: str) -> datetime:
    """The first instant of a local day, found by trying minute after minute until one exists."""
    return first_from(datetime(day.year, day.month, day.day), zone_key)  # noqa: DTZ001 - a wall clock


def days_after(at: datetime, days: int, zone_key: str) -> datetime:
    """So many days later at the same time on the wall, or at the first instant that exists after it."""
    wall = at.astimezone(ZoneInfo(zone_key)).replace(tzinfo=None)
    return first_from(wall + timedelta(days=days), zone_key)


def first_from(wall: datetime, zone_key: str) -> datetime:
    """The first instant at which the wall shows this time; where it never does, at which the gap is over."""
    zone = ZoneInfo(zone_key)
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return instant
    wall = wall.replace(second=0, microsecond=0)
    while True:
        wall += timedelta(minutes=1)
        instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if instant.astimezone(zone).replace(tzinfo=None) == wall:
            return instant


def months_later(day: date, months: int) -> date:
    """Month by month on a paper calendar; a missing day becomes the last one."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month_of(at: datetime, zone_key: str) -> str:
    """The month as accountants write it."""
    return f"{local_day(at, zone_key):%Y-%m}"


def month_after(month: str) -> str:
    """The month that follows."""
    year, number = map(int, month.split("-"))
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def month_ends(month: str, zone_key: str) -> datetime:
    """The instant at which a month is over."""
    year, number = map(int, month_after(month).split("-"))
    return first_instant(date(year, number, 1), zone_key)
