"""Who is in a segment: told of one member clause by clause, and counted over all at once; both must agree."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import conditions as c
from guerdon.core import segments as law
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.engine import enrolment, merge
from guerdon.engine.enrolment import MemberChange
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.features.segments import membership, standing
from guerdon.kit import ids, store
from tests import shop, vouchers
from tests.shop import Shop

NOW = shop.moment("2026-06-15")
TIERS = {"status": {"name": {"en": "status"}, "basis": {"spend": True}, "levels": {
    "silver": {"name": {"en": "silver"}, "from": "20.00"},
    "gold": {"name": {"en": "gold"}, "from": "50.00"}}}}  # fmt: skip
COUNTING = {
    "base": shop.BASE,
    "often": {
        "when": "purchase",
        "if": [{"counter": {"what": "spend", "period": "month", "min": "10.00"}},
               {"counter": {"what": "count:purchase", "period": "year", "min": 2}}],
        "then": [{"points": {"unit": "points", "give": 1, "per": "1.00"}}],
    },
}  # fmt: skip
WORDS = ("a", "b", "ü")


def _cafe(*, ladders: bool) -> Shop:
    parts = {
        "rules": COUNTING,
        **vouchers.offers(tea={"amount": "1.00"}, cake={"amount": "2.00"}),
    }
    cafe = Shop(parts | ({"tiers": TIERS} if ladders else {}))
    attributes = ({}, {"n": 1}, {"n": True, "tier": "gold"}, {"n": "1", "ü\"'x": 5}, {"n": -3, "tier": "silver"})
    for number, (mine, labels) in enumerate(itertools.product(attributes, ((), ("a",), ("a", "ü")))):
        born = Person(birthday=date(1990, number % 12 + 1, 3)) if number % 4 else None
        joined = shop.moment(f"2026-{number % 6 + 1:02}-{number + 1:02}T21:30")
        cafe.enrol(f"m{number}", now=joined, attributes=mine, segments=labels, person=born)
    for number, day in enumerate(("2026-06-01", "2026-06-14T21:30", "2026-05-01", "2026-02-03", "2026-06-15")):
        for who in range(number, 15, number + 2):
            cafe.buy(f"m{who}", 700 * (who + 1), day)
    cafe.burn("m2", 5, "2026-06-15")
    for who in ("m1", "m4", "m9"):
        vouchers.given(cafe, who, "tea" if who == "m1" else "cake")
    if ladders:
        cafe.grant("m3", "gold", "2026-03-01", "2026-12-31")
        cafe.grant("m6", "gold", "2026-03-01", "2026-06-14")
    merge.merge(
        programme_id=cafe.programme_id, into=cafe.account("m8"), goes=Member(external_id="m9"), actor="x", now=NOW
    )
    change = MemberChange(status="blocked")
    enrolment.change(programme_id=cafe.programme_id, member_id=cafe.account("m10"), etag=None, wanted=change, now=NOW)
    return cafe


_words = st.frozensets(st.sampled_from(WORDS), min_size=1)
_tiers = st.frozensets(st.sampled_from(("silver", "gold", "gone")), min_size=1)
_days = st.none() | st.integers(0, 200)
_dates = st.none() | st.dates(date(2026, 1, 1), date(2026, 7, 1))
_scalars = st.frozensets(st.sampled_from((1, True, "1", "gold", -3, 5, False)), min_size=1)
_amounts = st.none() | st.sampled_from((0, 1, 2, 5, 700, 1_000, 1_400, 10_000))
_leaves = st.one_of(
    st.builds(c.Is, st.just("segment"), _words, st.frozensets(st.sampled_from(WORDS))),
    st.builds(c.Is, st.just("segment"), st.just(frozenset()), _words),
    st.builds(c.Is, st.just("tier"), _tiers | st.just(frozenset()), _tiers),
    st.builds(c.Is, st.just("tier"), _tiers),
    st.builds(
        c.Attribute, st.sampled_from(("n", "tier", "ü\"'x", "none")), _scalars | st.just(frozenset()),
        _scalars | st.just(frozenset()), st.none() | st.integers(-4, 6), st.none() | st.integers(-4, 6),
        st.sampled_from((None, True, False)),
    ).filter(lambda one: one != c.Attribute(one.name)),
    st.builds(c.BirthdayMonth),
    st.builds(law.Born, st.frozensets(st.integers(1, 12), min_size=1)),
    st.builds(c.DaysSince, st.integers(1, 200), st.sampled_from(("purchase", "visit"))),
    st.builds(law.Last, st.sampled_from(("purchase", "visit")), _dates, _dates, _days, _days),
    st.builds(law.Joined, _dates, _dates, _days, _days),
    st.builds(c.Counter, st.just("spend"), st.just("month"), _amounts, _amounts),
    st.builds(c.Counter, st.just("count:purchase"), st.sampled_from(("year", "lifetime")), _amounts, _amounts),
    st.builds(law.Balance, st.sampled_from(("points", "gone")), _amounts, _amounts),
    st.builds(law.Holds, st.frozensets(st.sampled_from(("tea", "cake", "gone")), min_size=1)),
).filter(
    lambda one: not isinstance(one, c.Counter | law.Balance | law.Last | law.Joined)
    or any(getattr(one, name, None) is not None for name in ("min", "max", "start", "until", "days_min", "days_max"))
)  # fmt: skip
_trees = st.recursive(
    _leaves,
    lambda inner: (
        st.builds(law.All, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(law.Any, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(law.Not, inner)
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module", params=[True, False], ids=["ladders", "attributes"])
def club(scratch_database, request):
    return _cafe(ladders=request.param)


def _law(club):
    return programmes.latest(store.current(), club.programme_id).current(NOW)


def _one_by_one(club, tree):
    at_hand, in_force = store.current(), _law(club)
    judge = law.judge(tree)
    rows = members.page(at_hand, club.programme_id, after=ids.NIL, most=500)
    active = [row for row in rows if row.status == "active"]
    return [row.id for row in active if judge(standing.seen(at_hand, in_force, row, [tree], NOW)).holds]


@given(tree=_trees)
def test_what_is_told_of_each_is_what_is_counted_of_all(club, tree):
    at_hand, in_force = store.current(), _law(club)
    told = _one_by_one(club, tree)
    asked = {"programme_id": club.programme_id, "node": tree, "at": NOW}
    assert membership.count(at_hand, in_force, **asked) == len(told)
    page = membership.page(at_hand, in_force, after=ids.NIL, most=500, **asked)
    assert [row.id for row in page] == told


@pytest.mark.parametrize(
    ("tree", "some"),
    [(c.Is("segment", frozenset("a")), True), (c.Attribute("n", any_of=frozenset((1,))), True),
     (c.Attribute("ü\"'x", min=5), True), (law.Joined(days_max=14), True), (law.Last(days_min=14), True),
     (c.Is("tier", frozenset(("gold",))), True), (law.Balance("points", min=1), True),
     (c.Counter("spend", "month", min=1_000), True), (law.Holds(frozenset(("cake",))), True),
     (law.Holds(frozenset(("gone",))), False), (law.Balance("gone", min=1), False)],
)  # fmt: skip
def test_the_conditions_part_the_members(club, tree, some):
    """A comparison of two readings that find nobody would prove nothing."""
    everybody = _one_by_one(club, law.Balance("points", min=0))
    found = _one_by_one(club, tree)
    assert bool(found) is some and len(found) < len(everybody) == 13


def test_what_takes_too_long_is_given_up(club, monkeypatch):
    monkeypatch.setattr(membership.limits, "SEGMENT_READ_MILLIS_MAX", 1)
    slow = law.All(tuple(law.Not(law.Holds(frozenset((f"v{n}",)))) for n in range(60)))
    monkeypatch.setattr(store, "_STEPS_BETWEEN_LOOKS", 10)
    with pytest.raises(Refusal, match="read_too_long"):
        for _ in range(20):
            membership.count(store.current(), _law(club), club.programme_id, slow, NOW)
    monkeypatch.undo()
    assert membership.count(store.current(), _law(club), club.programme_id, law.Balance("points", min=0), NOW) == 13
