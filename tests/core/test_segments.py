"""Who is in a segment: every clause at its edges, told with what the member has, and the tree above them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from guerdon.core import segments
from guerdon.core.conditions import Attribute, BirthdayMonth, Counter, DaysSince, Is
from guerdon.core.ladders import Basis, Ladder, Level
from guerdon.core.segments import All, Any, Balance, Born, Holds, Joined, Last, Not, Seen
from guerdon.core.standing import EVER
from guerdon.core.tiers import Grant

SOFIA = ZoneInfo("Europe/Sofia")
NOON = datetime(2026, 5, 31, 12, tzinfo=UTC)
f = frozenset


def day(number):
    return date(2026, 5, number)


SEEN = Seen(
    NOON, SOFIA, datetime(2026, 5, 9, 22, tzinfo=UTC), {"club": "a", "age": 30, "vip": True}, f({"x", "y"}),
    f({"gold"}), 5,
    {("count:purchase", EVER): (3, datetime(2026, 5, 19, 21, 30, tzinfo=UTC)), ("spend", "m202605"): (900, None)},
    {"points": 50}, f({"five", "ten"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("node", "holds", "have"),
    [
        (Is("segment", f({"x"})), True, ("x", "y")), (Is("segment", f({"z"})), False, ("x", "y")),
        (Is("segment", f(), f({"x"})), False, ("x", "y")), (Is("segment", f({"x"}), f({"y"})), False, ("x", "y")),
        (Is("tier", f({"gold"})), True, ("gold",)), (Is("tier", f(), f({"silver"})), True, ("gold",)),
        (Attribute("club", any_of=f({"a"})), True, "a"), (Attribute("age", min=30, max=30), True, 30),
        (Attribute("age", min=31), False, 30), (Attribute("dog", exists=False), True, None),
        (Attribute("vip", min=1), False, True),
        (Counter("count:purchase", "lifetime", 3, 3), True, 3), (Counter("count:purchase", "lifetime", 4), False, 3),
        (Counter("count:visit", "lifetime", 0, 0), True, 0), (Counter("spend", "month", 900), True, 900),
        (Joined(start=day(10)), True, day(10)), (Joined(start=day(11)), False, day(10)),
        (Joined(until=day(10)), False, day(10)),
        (Joined(until=day(11)), True, day(10)), (Joined(days_min=21), True, day(10)),
        (Joined(days_min=22), False, day(10)),
        (Joined(days_max=21), True, day(10)), (Joined(days_max=20), False, day(10)),
        (Last(days_min=11), True, day(20)), (Last(days_min=12), False, day(20)),
        (Last(start=day(20), until=day(21)), True, day(20)),
        (Last(kind="visit", days_min=0), False, None), (DaysSince(11), True, day(20)), (DaysSince(12), False, day(20)),
        (DaysSince(1, "visit"), False, None),
        (Balance("points", 50, 50), True, 50), (Balance("points", 51), False, 50),
        (Balance("points", None, 49), False, 50),
        (Balance("stars", 0, 0), True, 0), (Born(f({4, 5})), True, 5), (Born(f({6})), False, 5),
        (BirthdayMonth(), True, 5),
        (Holds(f({"ten"})), True, ("five", "ten")), (Holds(f({"one"})), False, ("five", "ten")),
    ],
)  # fmt: skip
def test_what_a_clause_looks_at(node, holds, have):
    found = segments.judge(node)(SEEN)
    assert (found.holds, found.have, found.parts, found.node) == (holds, have, (), node)
    other = segments.judge(Not(node))(SEEN)
    assert (other.holds, other.have, other.parts) == (not holds, None, (found,))


YES, NO = Born(f({5})), Born(f({6}))


@pytest.mark.parametrize(
    ("parts", "every", "some"),
    [((YES, YES), True, True), ((YES, NO), False, True), ((NO, NO), False, False), ((NO,), False, False),
    ((YES,), True, True)],
)  # fmt: skip
def test_a_tree_tells_all_its_parts(parts, every, some):
    for kind, holds in ((All, every), (Any, some)):
        found = segments.judge(kind(parts))(SEEN)
        assert found.holds is holds and [one.node for one in found.parts] == list(parts)
    assert [type(node) for node in segments.walk(All((Any((YES,)), Not(NO))))] == [All, Any, Born, Not, Born]


def ladder(key, *levels):
    return Ladder(key, {}, Basis(spend=True), tuple(Level(level, {}, least) for level, least in levels))


TWO = (ladder("x", ("silver", 1), ("gold", 9)), ladder("y", ("friend", 0), ("family", 5)))


def grant(of, level, *, alive=True):
    since = NOON - timedelta(days=1) if alive else NOON + timedelta(days=1)
    return Grant(of, level, "manual", since, NOON + timedelta(days=9), "", "")


@pytest.mark.parametrize(
    ("levels", "grants", "tiers"),
    [
        ({}, (), {"friend"}), ({"x": "silver"}, (), {"silver", "friend"}),
        ({"x": "gold", "y": "family"}, (), {"gold", "family"}),
        ({"x": "silver"}, (grant("x", "gold"),), {"gold", "friend"}),
        ({"x": "gold"}, (grant("x", "silver"),), {"gold", "friend"}),
        ({}, (grant("y", "gold"),), {"friend"}), ({}, (grant("x", "gold", alive=False),), {"friend"}),
        ({"x": "bronze", "y": None}, (), {"friend"}),
    ],
)  # fmt: skip
def test_which_tiers_are_booked(levels, grants, tiers):
    assert segments.tiers_of(TWO, {"tier": "old"}, levels, grants, NOON) == tiers


def test_without_ladders_an_attribute_says_the_tier():
    assert segments.tiers_of((), {"tier": "gold"}, {}, (), NOON) == {"gold"}
    assert segments.tiers_of((), {"tier": 5}, {}, (), NOON) == segments.tiers_of((), {}, {}, (), NOON) == f()
