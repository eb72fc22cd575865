"""The law of paid memberships: periods that never overlap, the state at any instant, what a change costs (LAW 10.22).

A membership is a row of intervals in which it is had: a trial, paid periods, what was left of one after a pause. Months
are counted from one anchor day and never chained (LAW 5.1); a pause or a change sets a new anchor.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import errors
from guerdon.core.period import add_months, local_day, midnight
from guerdon.core.plans import Plan, Terms

MEMBERSHIP_EXISTS = errors.declare("clash", "membership_exists", "membership", "plan", "state")
MEMBERSHIP_SHARED = errors.declare("clash", "membership_shared", "plan", "member")
MEMBERSHIP_STATE = errors.declare("clash", "membership_state", "state", "may")
MEMBERSHIP_PAUSELESS = errors.declare("clash", "membership_pauseless", "plan")
MEMBERSHIP_ENDLESS = errors.declare("clash", "membership_endless", "plan")
SAME_PLAN = errors.declare("clash", "same_plan", "plan")
NOTHING_TO_REFUND = errors.declare("clash", "nothing_to_refund", "number")
REFUND_TOO_LATE = errors.declare("spent", "refund_too_late", "until")
PAYMENT_SETTLED = errors.declare("clash", "payment_settled", "state")
PAYMENT_LATE = errors.declare("spent", "payment_late", "state")

# `awaiting` is asked for and not paid yet: nothing has begun. Whoever is in `grace` has not paid on in time.
State = Literal["awaiting", "trial", "active", "grace", "paused", "cancelled", "ended"]
IN_FORCE: Final[frozenset[State]] = frozenset({"trial", "active", "grace", "cancelled"})
IntervalKind = Literal["trial", "period", "rest"]
Ending = Literal["now", "period_end"]
PaymentState = Literal["asked", "paid", "failed", "withdrawn", "refunding", "refunded"]
Purpose = Literal["first", "renewal", "change", "stray"]
Method = Literal["invoice", "stripe"]


class Interval(msgspec.Struct, frozen=True, omit_defaults=True):
    """From `start` up to, not including, `until` (None: for ever) the membership is had, unless it was `cut` before."""

    place: int  # from 1
    kind: IntervalKind
    number: int  # of the paid period, from 1; 0 for a trial
    plan: str
    start: datetime
    until: datetime | None = None
    value: int = 0  # what it is worth, in minor units: paid, or brought over from what a change left unused
    payment: str | None = None
    cut: datetime | None = None

    @property
    def ends(self) -> datetime | None:
        return self.until if self.cut is None else self.cut

    def holds(self, at: datetime) -> bool:
        return self.start <= at and (self.ends is None or at < self.ends)


class Membership(msgspec.Struct, frozen=True):
    """A membership as it is known: the intervals that were, and what is agreed for those to come."""

    id: str
    account_id: str  # the own account of whoever holds it, also within a household
    terms: Terms
    method: Method
    asked_at: datetime
    seq: int
    intervals: tuple[Interval, ...] = ()
    anchor: date | None = None  # of the months
    base: int = 0  # the number of the last period before the anchor
    paused_at: datetime | None = None
    cancelled_at: datetime | None = None
    ends_at: datetime | None = None
    ended: bool = False  # whether its end is booked
    next: Terms | None = None  # from the next period on
    asked: int = 0  # the number of the period whose payment was asked for last
    steps: int = 0  # how many facts have told of it
    refunded_at: datetime | None = None
    subscription: str | None = None  # under which a provider asks for every period by itself

    @property
    def last(self) -> Interval | None:
        return self.intervals[-1] if self.intervals else None

    @property
    def number(self) -> int:
        """How many paid periods there were."""
        return max([one.number for one in self.intervals], default=0)

    @property
    def covered(self) -> datetime | None:
        """Until when it is paid, or tried; None for ever, and before it has begun."""
        return None if self.last is None else self.last.ends

    @property
    def coming(self) -> Terms:
        """The terms of the next period."""
        return self.next or self.terms


class Payment(msgspec.Struct, frozen=True):
    """Money asked for a period of a membership, and what became of it; all in minor units of its currency."""

    id: str
    account_id: str
    membership_id: str
    number: int  # of the period it pays
    purpose: Purpose
    terms: Terms  # that the period will have
    amount: int
    method: Method
    state: PaymentState
    asked_at: datetime
    seq: int
    settled_at: datetime | None = None
    reference: str = ""
    refunded: int = 0
    attempts: int = 0  # that failed
    paid_by: Method | None = None  # the way on which the money came, whatever it was asked by

    @property
    def currency(self) -> str:
        return self.terms.currency

    @property
    def left(self) -> int:
        """What of it has not been given back."""
        return self.amount - self.refunded if self.state in ("paid", "refunding", "refunded") else 0


class Turn(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a fact did to a membership: the interval it began or cut, what was asked, paid or given back."""

    id: str
    account_id: str
    plan: str
    state: State
    opened: Interval | None = None
    more: tuple[Interval, ...] = ()  # that follow it, after a pause of what was paid ahead
    cuts: tuple[tuple[int, datetime], ...] = ()  # places of intervals, and when each ended before its time
    payment: str | None = None
    amount: int = 0  # minor units
    currency: str = ""
    ends_at: datetime | None = None
    terms: Terms | None = None  # that it has by now, and those of the next period
    next: Terms | None = None


class Proration(msgspec.Struct, frozen=True):
    """What a change at once costs: the new price less what of the old period is not used, or what is given back."""

    price: int
    credit: int
    days_left: int
    days: int

    @property
    def due(self) -> int:
        return max(0, self.price - self.credit)

    @property
    def back(self) -> int:
        return max(0, self.credit - self.price)


# --- at an instant ---


def state(one: Membership, at: datetime, zone: ZoneInfo) -> State:
    """The state as of the instant, whether or not any night has looked since (LAW 5.2)."""
    if one.ends_at is not None and one.ends_at <= at:
        return "ended"
    if one.last is None:
        return "awaiting"
    found = next((each for each in one.intervals if each.holds(at)), None)
    if found is not None:
        if one.cancelled_at is not None and one.cancelled_at <= at:
            return "cancelled"
        return "trial" if found.kind == "trial" else "active"
    covered = one.covered
    if covered is None or at < covered:
        return "paused"  # what was left goes on later
    return _beyond(one, covered, at, zone)


def _beyond(one: Membership, covered: datetime, at: datetime, zone: ZoneInfo) -> State:
    """The state after the last interval: what costs nothing goes on by itself, and there is grace to pay."""
    if not goes_on(one):
        return "ended"
    if one.coming.price == 0:
        return "active"
    return "grace" if at < grace_ends(one, covered, zone) else "ended"


def goes_on(one: Membership) -> bool:
    """Whether something follows the last interval: the first period a trial, or the next one of a plan that renews."""
    return one.next is not None or one.terms.renews or not one.number


def grace_ends(one: Membership, covered: datetime, zone: ZoneInfo) -> datetime:
    """Until when whoever has not paid on has it all the same: so many whole days, up to a local midnight."""
    return midnight(local_day(covered, zone) + timedelta(days=one.terms.grace_days), zone)


def plan_at(one: Membership, at: datetime, zone: ZoneInfo) -> str | None:
    """The plan that is in force at the instant; None where none is."""
    found = next((each for each in one.intervals if each.holds(at)), None)
    if found is not None:
        return found.plan if state(one, at, zone) in IN_FORCE else None
    if one.last is None or at < one.last.start or state(one, at, zone) not in IN_FORCE:
        return None
    return one.coming.plan if one.coming.price == 0 else one.last.plan


def given_back(one: Membership, at: datetime) -> bool:
    """Whether the instant is in a period whose money was given back before, or after it."""
    if one.refunded_at is None:
        return False
    return any(each.number == one.number and each.kind != "trial" and each.start <= at for each in one.intervals)


def in_force(held: Iterable[Membership], at: datetime, zone: ZoneInfo) -> frozenset[str]:
    """The keys of the plans in force at the instant: what conditions on memberships ask."""
    found = [plan_at(one, at, zone) for one in held]
    return frozenset(plan for plan in found if plan is not None)


# --- periods ---


def days_after(start: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The local midnight after so many whole days; a day that had begun before is given on top (as in LAW 5.1)."""
    day = local_day(start, zone)
    more = 0 if start == midnight(day, zone) else 1
    return midnight(day + timedelta(days=days + more), zone)


def trial(terms: Terms, at: datetime, days: int, zone: ZoneInfo) -> Interval:
    """The trial that begins with joining."""
    return Interval(1, "trial", 0, terms.plan, at, days_after(at, days, zone))


def next_period(
    one: Membership, terms: Terms, at: datetime, zone: ZoneInfo, *, anew: bool, value: int, payment: str | None
) -> tuple[Interval, date, int]:
    """The next paid period with the anchor of its months and the number before that.

    It begins where the last one ends, or, `anew`, at the instant. Months are counted from the anchor day (LAW 5.1).
    """
    last = one.last
    start = at if anew or last is None or last.ends is None else last.ends
    anchor, base, number = one.anchor, one.base, one.number + 1
    changed = terms.term != one.terms.term
    if anchor is None or anew or changed:
        anchor, base = local_day(start, zone), number - 1
    until: datetime | None = None
    if terms.term.months:
        until = midnight(add_months(anchor, terms.term.months * (number - base)), zone)
    elif terms.term.days:
        until = days_after(start, terms.term.days, zone)
    place = 1 if last is None else last.place + 1
    return Interval(place, "period", number, terms.plan, start, until, value, payment), anchor, base


def days_of(one: Interval, at: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """How many local days of the interval are left, the one of the instant among them, and how many it has."""
    assert one.until is not None, "what never ends has no days"
    last, first = local_day(one.until, zone), local_day(one.start, zone)
    return max(0, (last - local_day(at, zone)).days), max(1, (last - first).days)


def left_over(one: Membership, at: datetime) -> list[Interval]:
    """The running interval, and what was paid ahead of it; not what was cut before it began."""
    return [each for each in one.intervals if each.ends is None or each.ends > max(at, each.start)]


def unused(one: Membership, at: datetime, zone: ZoneInfo) -> int:
    """What of what was paid is not used at the instant: value × days left ÷ days, rounded half up, once an interval.

    Days are local days and the present one counts as left, so that whoever changes on the first day loses nothing.
    """
    total = 0
    for each in left_over(one, at):
        left, days = days_of(each, at, zone) if each.start <= at else (1, 1)
        total += share(each.value, left, days)
    return total


def share(value: int, left: int, days: int) -> int:
    """Of a value, what so many of its days are worth, rounded half up."""
    return (2 * value * left + days) // (2 * days)


def paused_until(one: Membership) -> datetime | None:
    """When a pause is over by itself, and what was left goes on; None without one."""
    paused = one.paused_at
    going = (each.start for each in one.intervals if paused is not None and each.cut is None and each.start > paused)
    return next(going, None)


def prorate(one: Membership, terms: Terms, at: datetime, zone: ZoneInfo) -> Proration:
    """What a change at the instant costs: the whole new price, less what is not used of what was paid.

    Raises `membership_endless` for one that nothing ends: of that no part can be told.
    """
    found = left_over(one, at)
    if any(each.until is None for each in found):
        raise MEMBERSHIP_ENDLESS(plan=one.terms.plan)
    if not found:
        return Proration(terms.price, 0, 0, 0)
    left, days = days_of(found[0], at, zone)
    return Proration(terms.price, unused(one, at, zone), left, days)


def refund_until(one: Interval, terms: Terms, zone: ZoneInfo) -> datetime:
    """Until when a period can be given back: so many days after the one on which it began, which counts as day 0."""
    return midnight(local_day(one.start, zone) + timedelta(days=terms.refund_days + 1), zone)


# --- what is due ---


def ask_from(one: Membership, zone: ZoneInfo) -> datetime | None:
    """From when on the next payment is to be asked for; None where nobody is to be asked."""
    last = one.last
    quiet = one.cancelled_at is not None or one.ends_at is not None
    if last is None or last.ends is None or quiet or not goes_on(one) or one.asked > one.number:
        return None
    if one.coming.price == 0:
        return last.ends
    if one.subscription is not None:
        return None  # its provider asks
    return max(last.start, midnight(local_day(last.ends, zone) - timedelta(days=one.terms.ask_days), zone))


def end_of(one: Membership, zone: ZoneInfo) -> datetime | None:
    """When it ends if nothing more is told of it; None where nothing ends it."""
    if one.ends_at is not None:
        return one.ends_at
    if one.last is None or one.covered is None:
        return None
    if not goes_on(one):
        return one.covered
    return None if one.coming.price == 0 else grace_ends(one, one.covered, zone)


def due_at(one: Membership, zone: ZoneInfo) -> datetime | None:
    """When the night has to look at it next; None for never."""
    if one.ended:
        return None
    found = [at for at in (paused_until(one), ask_from(one, zone), end_of(one, zone)) if at is not None]
    return min(found, default=None)


# --- what may be done ---


def check(one: Membership, at: datetime, zone: ZoneInfo, *may: State) -> State:
    """The state, where it is one of these. Raises `membership_state`."""
    found = state(one, at, zone)
    if found not in may:
        raise MEMBERSHIP_STATE(state=found, may=", ".join(may))
    return found


def check_free(held: Sequence[Membership], at: datetime, zone: ZoneInfo, *, shown: str) -> None:
    """Refuse a second membership of whoever has one: intervals of one holder never overlap. Raises `membership_exists`.

    `shown` is the prefix under which ids are told.
    """
    for one in held:
        if (found := state(one, at, zone)) != "ended":
            raise MEMBERSHIP_EXISTS(membership=shown + one.id, plan=one.terms.plan, state=found)


def refundable(one: Membership, number: int | None, at: datetime, zone: ZoneInfo) -> Interval:
    """The paid period that can be given back at the instant. Raises `nothing_to_refund` or `refund_too_late`."""
    wanted = one.number if number is None else number
    found = next((each for each in one.intervals if each.kind == "period" and each.number == wanted), None)
    paid = found is not None and found.value and one.refunded_at is None and wanted == one.number
    if found is None or not paid:
        raise NOTHING_TO_REFUND(number=wanted)
    until = refund_until(found, one.terms, zone)
    if at >= until:
        raise REFUND_TOO_LATE(until=until.isoformat())
    return found


def begun(one: Membership, period: Interval) -> datetime:
    """When a paid period began or will: what was paid ahead of a pause begins after it."""
    had = [each.start for each in one.intervals if each.number == period.number and each.ends != each.start]
    return min(had, default=period.start)


def may_try(plan: Plan, terms: Terms, held: Iterable[Membership]) -> bool:
    """Whether a trial begins with joining: of what costs something, and once for everybody and each plan."""
    tried = any(each.kind == "trial" and each.plan == plan.key for one in held for each in one.intervals)
    return bool(plan.trial_days and terms.price) and not tried
