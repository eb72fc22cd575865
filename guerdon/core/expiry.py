"""When points die: rolling, by calendar date, sliding or never (LAW 5.1, 5.6)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import limits, period


class Rolling(msgspec.Struct, frozen=True, tag="rolling"):
    """N days, months or years after the anchor day, optionally rounded up to the end of a span."""

    days: int = 0
    months: int = 0
    years: int = 0
    round_up: period.RoundTo | None = None


class Calendar(msgspec.Struct, frozen=True, tag="calendar"):
    """On the next `month`-`day` not before the anchor (its last valid day), or `after_years` years later."""

    month: int
    day: int
    after_years: int = 0


class Sliding(msgspec.Struct, frozen=True, tag="sliding"):
    """N days or months after the member's last earn or burn in the unit; each moves all lots that are alive."""

    days: int = 0
    months: int = 0


class Never(msgspec.Struct, frozen=True, tag="never"):
    """The points live for ever."""


Policy = Rolling | Calendar | Sliding | Never


def last_day(policy: Policy, anchor: date) -> date | None:
    """The last local day on which points anchored at `anchor` can be spent; None for never."""
    if isinstance(policy, Never):
        return None
    if isinstance(policy, Calendar):
        return _calendar_day(policy, anchor)
    years = policy.years if isinstance(policy, Rolling) else 0
    day = period.add_months(anchor, policy.months + 12 * years) + timedelta(days=policy.days)
    if isinstance(policy, Rolling) and policy.round_up:
        day = period.end_of(day, policy.round_up)
    return day


def _calendar_day(policy: Calendar, anchor: date) -> date:
    first = _day_in_year(anchor.year, policy)
    year = anchor.year + policy.after_years + (1 if anchor > first else 0)
    return _day_in_year(year, policy)


def _day_in_year(year: int, policy: Calendar) -> date:
    return period.add_months(date(year, 1, policy.day), policy.month - 1)


def expires_at(policy: Policy, *, effective_at: datetime, posted_at: datetime, zone: ZoneInfo) -> datetime | None:
    """The exclusive end of life of an award: local midnight after its last valid day; None for never.

    A backdated award never arrives dead: `max(effective_at + validity, posted_at + min(grace, validity))` with a
    grace of 30 days; an award that is not late is not changed by it (LAW 5.6).
    """
    last = last_day(policy, period.local_day(effective_at, zone))
    if last is None:
        return None
    posted_day = period.local_day(posted_at, zone)
    own_last = last_day(policy, posted_day)  # no later than the other where the award is not late
    assert own_last is not None
    last_in_grace = min(posted_day + timedelta(days=limits.LATE_GRACE_DAYS), own_last)
    return period.midnight(max(last, last_in_grace) + timedelta(days=1), zone)
