"""When points become spendable: at once, after N days, or from a date (LAW 5.3)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import period


class Vesting(msgspec.Struct, frozen=True):
    """Pending for `days` calendar days, or until the local day `until` begins; neither is at once."""

    days: int = 0
    until: date | None = None


def available_at(vesting: Vesting, *, effective_at: datetime, zone: ZoneInfo) -> datetime:
    """The instant from which the points can be spent: the local midnight that begins the N-th day after."""
    if vesting.until is not None:
        return max(effective_at, period.midnight(vesting.until, zone))
    if vesting.days:
        day = period.local_day(effective_at, zone) + timedelta(days=vesting.days)
        return period.midnight(day, zone)
    return effective_at
