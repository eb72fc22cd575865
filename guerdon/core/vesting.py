"""When points become spendable: at once, after N days, from a date, or when a named activity comes (LAW 5.3)."""

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import expiry, period

# When points become available that wait for an activity: at no instant that comes, until it has come.
WAITING: Final = datetime(9999, 1, 1, tzinfo=UTC)


class Vesting(msgspec.Struct, frozen=True):
    """Pending for `days` calendar days, or until the local day `until` begins; neither is at once.

    With `activity` they wait for it, and the `days` begin with it; what still waits when `cancel_after_days` are over
    is cancelled.
    """

    days: int = 0
    until: date | None = None
    activity: str | None = None
    cancel_after_days: int = 0


class Life(msgspec.Struct, frozen=True):
    """From when to when points can be spent."""

    available_at: datetime
    expires_at: datetime | None


def available_at(vesting: Vesting, *, effective_at: datetime, zone: ZoneInfo) -> datetime:
    """The instant from which the points can be spent: the local midnight that begins the N-th day after."""
    return WAITING if vesting.activity is not None else _begins(vesting, effective_at, zone)


def _begins(vesting: Vesting, effective_at: datetime, zone: ZoneInfo) -> datetime:
    if vesting.until is not None:
        return max(effective_at, period.midnight(vesting.until, zone))
    if vesting.days:
        day = period.local_day(effective_at, zone) + timedelta(days=vesting.days)
        return period.midnight(day, zone)
    return effective_at


def patience(vesting: Vesting) -> expiry.Policy:
    """How long points wait for their activity, as a life: that of late news is never over at once (LAW 5.6)."""
    return expiry.Rolling(days=vesting.cancel_after_days)


def released(
    vesting: Vesting,
    policy: expiry.Policy,
    *,
    earned_at: datetime,
    confirmed_at: datetime,
    posted_at: datetime,
    zone: ZoneInfo,
) -> Life:
    """The life of points whose activity has come.

    It counts from the purchase like that of points that never waited; the wait is treated as lateness, so that they are
    not dead, or nearly so, when they begin (LAW 5.6). In a unit that slides the activity moves the end as an earn does.
    """
    confirmed_at = max(confirmed_at, earned_at)
    begins = _begins(vesting, confirmed_at, zone)
    anchor = confirmed_at if isinstance(policy, expiry.Sliding) else earned_at
    ends = expiry.expires_at(policy, effective_at=anchor, posted_at=max(posted_at, begins), zone=zone)
    return Life(begins, ends)
