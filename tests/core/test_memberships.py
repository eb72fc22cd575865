"""Paid memberships without a database: periods that tile and are never chained, shares that add up, honest worth."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import memberships as law
from guerdon.core import pauses, worth
from guerdon.core.errors import Refusal
from guerdon.core.memberships import Interval, Membership
from guerdon.core.period import add_months, local_day, midnight
from guerdon.core.plans import Plan, Term, Terms

SOFIA = ZoneInfo("Europe/Sofia")
ZONES = st.sampled_from([ZoneInfo(name) for name in ("Europe/Sofia", "UTC", "America/Sao_Paulo", "Pacific/Apia")])
INSTANTS = st.integers(0, 7 * 365 * 24 * 60).map(
    lambda some: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=some)
)
TERMS = Terms("plus", 1200, "EUR", Term(months=1), True, 7, 14, 7, False, 1)


def member(at: datetime, terms: Terms = TERMS) -> Membership:
    return Membership("m", "a", terms, "invoice", at, 1)


def renewed(
    one: Membership, at: datetime, zone: ZoneInfo, *, terms: Terms | None = None, anew: bool = False
) -> Membership:
    wanted = terms or one.coming
    opened, anchor, base = law.next_period(one, wanted, at, zone, anew=anew, value=wanted.price, payment=None)
    return msgspec.structs.replace(one, intervals=(*one.intervals, opened), anchor=anchor, base=base, terms=wanted)


@given(at=INSTANTS, zone=ZONES, months=st.integers(1, 12), count=st.integers(1, 14))
def test_periods_tile_and_end_on_the_anchor_day(at, zone, months, count):
    one = member(at, msgspec.structs.replace(TERMS, term=Term(months=months)))
    for _ in range(count):
        one = renewed(one, at, zone)
    anchor = local_day(at, zone)
    assert one.intervals[0].start == at
    for before, after in pairwise(one.intervals):
        assert before.until == after.start
    for each in one.intervals:
        assert each.until == midnight(add_months(anchor, months * each.number), zone)


@given(at=INSTANTS, zone=ZONES, days=st.integers(1, 400), more=st.integers(0, 60 * 24 * 40))
def test_days_are_whole_and_never_fewer_than_was_paid_for(at, zone, days, more):
    until = law.days_after(at, days, zone)
    assert local_day(until, zone) - local_day(at, zone) >= timedelta(days=days)
    found = Interval(1, "period", 1, "plus", at, until, 1000)
    left, whole = law.days_of(found, at + timedelta(minutes=more), zone)
    assert 0 <= left <= whole


@given(at=INSTANTS, zone=ZONES, value=st.integers(0, 10**9), minutes=st.lists(st.integers(0, 60 * 24 * 45), min_size=1))
def test_what_is_unused_is_a_share_that_only_falls(at, zone, value, minutes):
    one = renewed(member(at, msgspec.structs.replace(TERMS, price=value)), at, zone)
    told = [law.unused(one, at + timedelta(minutes=each), zone) for each in sorted(minutes)]
    assert all(0 <= each <= value for each in told)
    assert told == sorted(told, reverse=True)
    assert law.unused(one, at, zone) == value, "whoever changes on the first day loses nothing"


@given(
    at=INSTANTS, zone=ZONES, ahead=st.integers(0, 3), paused=st.integers(0, 60 * 24 * 27), hours=st.integers(0, 5000)
)
def test_a_pause_keeps_every_day_and_every_cent(at, zone, ahead, paused, hours):
    one = member(at)
    for _ in range(ahead + 1):
        one = renewed(one, at, zone)
    stops = at + timedelta(minutes=paused)
    before = law.unused(one, stops, zone)
    last = one.covered
    assert last is not None
    days = (local_day(last, zone) - local_day(stops, zone)).days
    cut = tuple([msgspec.structs.replace(each, cut=max(each.start, stops)) for each in one.intervals])
    one = msgspec.structs.replace(one, intervals=cut, paused_at=stops)
    goes_on = stops + timedelta(hours=hours)
    rest = pauses.rest(one, goes_on, zone)
    assert sum(each.value for each in rest) == before
    assert [each.number for each in rest] == list(range(1, ahead + 2))
    assert rest[0].start == goes_on
    assert all(first.until == second.start for first, second in pairwise(rest))
    assert rest[-1].until is not None and (local_day(rest[-1].until, zone) - local_day(goes_on, zone)).days == days
    whole = msgspec.structs.replace(one, intervals=(*cut, *rest), paused_at=None)
    assert law.unused(whole, goes_on, zone) == before
    later = msgspec.structs.replace(one, intervals=(*cut, *pauses.rest(one, law.days_after(stops, 90, zone), zone)))
    assert law.paused_until(later) == law.days_after(stops, 90, zone)
    early = pauses.rest(later, goes_on, zone)
    assert [(each.start, each.until, each.value) for each in early] == [
        (each.start, each.until, each.value) for each in rest
    ], "who goes on earlier has the same, from then on"


def test_what_goes_on_for_nothing_and_what_never_ends_can_not_wait():
    at = datetime(2026, 1, 5, 10, tzinfo=UTC)
    pauses.check(renewed(member(at), at, SOFIA), at)
    free = msgspec.structs.replace(TERMS, price=0)
    for terms in (free, msgspec.structs.replace(TERMS, term=Term(), renews=False)):
        with pytest.raises(Refusal, match="membership_endless"):
            pauses.check(renewed(member(at, terms), at, SOFIA), at)
    pauses.check(renewed(member(at, msgspec.structs.replace(free, renews=False)), at, SOFIA), at)  # a month for nothing


@given(at=INSTANTS, zone=ZONES, price=st.integers(0, 10**7), minutes=st.integers(0, 60 * 24 * 27))
def test_a_change_costs_the_difference_or_gives_it_back(at, zone, price, minutes):
    one = renewed(member(at), at, zone)
    cost = law.prorate(
        one, msgspec.structs.replace(TERMS, plan="gold", price=price), at + timedelta(minutes=minutes), zone
    )
    assert cost.due - cost.back == price - cost.credit and min(cost.due, cost.back) == 0
    assert 0 <= cost.credit <= 1200


def test_the_states_as_of_an_instant():
    at = datetime(2026, 1, 5, 10, tzinfo=UTC)
    one = member(at)
    assert law.state(one, at, SOFIA) == "awaiting"
    tried = msgspec.structs.replace(one, intervals=(law.trial(TERMS, at, 14, SOFIA),))
    assert [law.state(tried, at + timedelta(days=days), SOFIA) for days in (0, 14, 16, 21, 22)] == [
        "trial", "trial", "grace", "grace", "ended"
    ]  # fmt: skip
    paid = renewed(one, at, SOFIA)
    end = midnight(date(2026, 2, 5), SOFIA)
    assert law.state(paid, end - timedelta(microseconds=1), SOFIA) == "active"
    assert law.state(paid, end, SOFIA) == "grace"
    assert law.state(paid, midnight(date(2026, 2, 12), SOFIA), SOFIA) == "ended"
    assert law.in_force([paid], end, SOFIA) == {"plus"}
    cancelled = msgspec.structs.replace(paid, cancelled_at=at, ends_at=end)
    assert (law.state(cancelled, at, SOFIA), law.state(cancelled, end, SOFIA)) == ("cancelled", "ended")


def test_what_is_not_renewed_ends_with_its_period_and_the_rest_after_its_grace():
    at = datetime(2026, 1, 5, 10, tzinfo=UTC)
    once = renewed(member(at, msgspec.structs.replace(TERMS, renews=False)), at, SOFIA)
    assert law.end_of(once, SOFIA) == midnight(date(2026, 2, 5), SOFIA)
    assert law.end_of(renewed(member(at), at, SOFIA), SOFIA) == midnight(date(2026, 2, 12), SOFIA)
    assert law.end_of(msgspec.structs.replace(once, ends_at=at), SOFIA) == at
    assert law.end_of(member(at), SOFIA) is None


def test_what_never_ends_has_no_parts():
    at = datetime(2026, 1, 5, 10, tzinfo=UTC)
    one = renewed(member(at, msgspec.structs.replace(TERMS, term=Term(), renews=False)), at, SOFIA)
    assert law.state(one, at + timedelta(days=9999), SOFIA) == "active"
    with pytest.raises(Refusal, match="membership_endless"):
        law.prorate(one, TERMS, at, SOFIA)


def test_periods_are_given_back_for_so_many_days():
    at = datetime(2026, 1, 5, 10, tzinfo=UTC)
    one = renewed(member(at), at, SOFIA)
    last = midnight(date(2026, 1, 20), SOFIA)
    assert law.refundable(one, None, last - timedelta(microseconds=1), SOFIA).number == 1
    with pytest.raises(Refusal, match="refund_too_late"):
        law.refundable(one, None, last, SOFIA)
    with pytest.raises(Refusal, match="nothing_to_refund"):
        law.refundable(one, 2, at, SOFIA)


@pytest.mark.parametrize(
    ("term", "price", "cost"),
    [
        (Term(months=1), 1200, 14_400), (Term(months=12), 2900, 2900), (Term(months=24), 2901, 1451),
        (Term(days=7), 500, 26_071), (Term(), 9900, 9900), (Term(months=7), 100, 171),
    ],
)  # fmt: skip
def test_the_price_of_twelve_months_is_rounded_once(term, price, cost):
    assert worth.cost(msgspec.structs.replace(TERMS, term=term, price=price)) == cost


def test_a_plan_is_sold_in_its_currencies():
    plan = Plan("plus", {"en": "Plus"}, {"EUR": 1200, "JPY": 2000}, Term(months=1))
    assert plan.terms("JPY").price == 2000
    with pytest.raises(Refusal, match="plan_not_sold_in"):
        plan.terms("USD")


def test_what_begins_where_nothing_is_left_costs_all_of_it():
    at = datetime(2026, 1, 5, 10, tzinfo=UTC)
    assert law.prorate(member(at), TERMS, at, SOFIA) == law.Proration(1200, 0, 0, 0)
    one = renewed(member(at), at, SOFIA)
    later = midnight(date(2026, 3, 5), SOFIA)
    assert law.prorate(one, TERMS, later, SOFIA) == law.Proration(1200, 0, 0, 0)


def test_a_period_begins_with_the_first_of_its_parts():
    at = datetime(2026, 1, 5, 10, tzinfo=UTC)
    first = Interval(1, "period", 1, "plus", at, at + timedelta(days=5), 1000)
    again = Interval(2, "period", 1, "plus", at + timedelta(days=9), at + timedelta(days=30), 1000)
    other = Interval(3, "period", 2, "plus", at + timedelta(days=30), at + timedelta(days=60), 1000)
    one = msgspec.structs.replace(member(at), intervals=(first, again, other))
    assert law.begun(one, again) == law.begun(one, first) == at
    assert law.begun(one, other) == other.start
    empty = msgspec.structs.replace(first, until=at)
    assert law.begun(msgspec.structs.replace(one, intervals=(empty, again)), empty) == again.start


@pytest.mark.parametrize(("price", "waits"), [(0, False), (1, True)])
def test_what_costs_nothing_goes_on_without_an_end(price, waits):
    at = datetime(2026, 1, 5, 10, tzinfo=UTC)
    one = renewed(member(at, msgspec.structs.replace(TERMS, price=price)), at, SOFIA)
    ends = law.end_of(one, SOFIA)
    assert (ends is None) is not waits
    if waits:
        assert ends == law.grace_ends(one, one.covered, SOFIA)


def test_a_plan_is_in_force_as_long_as_the_membership_is():
    """From the first instant of its grace, too, where the period that had begun was cut off whole."""
    month = Interval(
        1, "period", 1, "plus", at := datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC), 1
    )
    begun = datetime(2026, 2, 1, tzinfo=UTC)
    gone = Interval(2, "period", 2, "plus", begun, datetime(2026, 3, 1, tzinfo=UTC), 1, cut=begun)
    one = msgspec.structs.replace(member(at), intervals=(month, gone))
    zone = ZoneInfo("UTC")
    for seen in (begun - timedelta(seconds=1), begun, begun + timedelta(days=1), begun + timedelta(days=40)):
        assert (law.plan_at(one, seen, zone) == "plus") is (law.state(one, seen, zone) in law.IN_FORCE), seen
    assert law.state(one, begun, zone) == "grace"


def test_what_has_no_day_is_divided_by_one():
    """Of a pause that ends with the last day nothing is left, and nothing is worth nothing."""
    at = midnight(date(2026, 1, 5), SOFIA)
    assert law.days_of(Interval(1, "period", 1, "plus", at, at, 1000), at, SOFIA) == (0, 1)
