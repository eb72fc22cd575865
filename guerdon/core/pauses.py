"""Pauses of paid memberships: what was left waits, and goes on when somebody says so, or has waited long enough.

A pause is a gap between intervals. When it begins, what is left is written down from the latest day on, so that it goes
on by itself at that very instant, whether or not any night has run (LAW 5.2); who goes on earlier has it from then on.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from guerdon.core import memberships
from guerdon.core.memberships import Interval, Membership
from guerdon.core.period import local_day, midnight


def check(one: Membership, at: datetime) -> None:
    """Refuse to pause where no days are left that could wait: one for ever, or one that goes on and costs nothing.

    The latter also in the middle of a period that a night has begun: whether one has, changes nothing (LAW 5.2).
    Raises `membership_pauseless`, `membership_endless`.
    """
    if not one.terms.pause_days_max:
        raise memberships.MEMBERSHIP_PAUSELESS(plan=one.terms.plan)
    left = memberships.left_over(one, at)
    goes_on_free = one.terms.renews and not one.terms.price
    if goes_on_free or not left or any(each.until is None for each in left):
        raise memberships.MEMBERSHIP_ENDLESS(plan=one.terms.plan)


def rest(one: Membership, at: datetime, zone: ZoneInfo) -> tuple[Interval, ...]:
    """What was left when it was paused, from the instant on: of each period its days, and what they are worth."""
    paused, last = one.paused_at, one.last
    assert paused is not None and last is not None
    running = max(each.place for each in one.intervals if each.start <= paused)
    found: list[Interval] = []
    start = at
    for each in one.intervals[running - 1 :]:
        if each.cut is None:
            break  # as it would go on when the pause has lasted for as long as it may
        # Each of them as it was before the pause has cut it.
        left, days = memberships.days_of(each, max(each.start, paused), zone)
        until = midnight(local_day(start, zone) + timedelta(days=left), zone)
        place, value = last.place + len(found) + 1, memberships.share(each.value, left, days)
        found.append(Interval(place, "rest", each.number, each.plan, start, until, value, each.payment))
        start = until
    return tuple(found)
