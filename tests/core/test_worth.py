"""What a plan or a tier would have been worth: points, money off and shipping of twelve months against its price."""

from datetime import timedelta

import pytest

from guerdon.core import worth
from guerdon.core.activities import Activity, Line, Member
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from tests.core.small import NOON
from tests.core.test_told_sentences import read

NAME = {"en": "x"}


def rule(give, **asks):
    told = {"name": NAME, "when": "purchase", "then": [{"fixed": {"unit": "points", "give": give}}]}
    return told | ({"if": [{word: asked} for word, asked in asks.items()]} if asks else {})


OFF, FREE = {"kind": "percent_off", "name": NAME}, {"kind": "free_shipping", "name": NAME}
BENEFITS = {"off": OFF | {"percent": "12.5"}, "free": FREE, "gift": {"kind": "other", "name": NAME}}
LEVELS = {
    "silver": {"name": NAME, "from": 1},
    "gold": {"name": NAME, "from": 5000, "benefits": {"off": OFF | {"percent": 1}}},
}
CHANGE = {
    "units": {"points": {"worth": {"points": 10, "money": "1.00"}}, "stars": {"kind": "redeemable", "name": NAME}},
    "rules": {
        "base": rule(5),
        "plus": rule(20, membership={"in": ["plus"]}),
        "gold": rule(30, tier={"in": ["gold"]}),
        "second": rule(3, membership={"in": ["plus"]}, nth={"n": 2}),
        "silver": rule(11, tier={"in": ["silver"]}),
        "once": rule(7, first=True) | {"then": [{"fixed": {"unit": "stars", "give": 7}}]},
    },
    "plans": {"plus": {"name": NAME, "prices": {"EUR": "5.00"}, "period": {"months": 6}, "benefits": BENEFITS}},
    "tiers": {"x": {"name": NAME, "basis": {"spend": True}, "levels": LEVELS}},
}
LAW = Law(read(CHANGE), 1)


def bought(*lines, counts=True, days=0, kind="purchase", **more):
    at = NOON + timedelta(days=days)
    told = Activity(kind, "till", str(days), at, Member(id="m"), lines=tuple(lines), **more)
    return worth.Fact(told, at, counts)


def of_plan(*facts):
    standing = Standing(account_id="m", enrolled_at=NOON)
    return worth.of_plan(LAW, facts, standing, LAW.programme.plans["plus"])


GOODS, SHIPPING = Line(1000, product="tea"), Line(300, kind="shipping")


def test_a_plan_is_worth_what_its_rules_and_benefits_give_more():
    found = of_plan(bought(GOODS, SHIPPING), bought(Line(404), days=1))
    assert (found.purchases, found.spent, found.undecided) == (2, 1404, 0)
    assert [(one.unit, one.points, one.amount) for one in found.points] == [("points", 43, 430)]
    # 12.5 % of 14.04 are 1.755, and what is half or more is a cent more.
    assert [(one.key, one.amount, one.on) for one in found.benefits] == [
        ("off", 176, 1404),
        ("free", 300, 300),
        ("gift", None, 0),
    ]
    assert (found.total, found.cost, found.by, found.worth_it) == (906, 1000, -94, False)


def test_what_does_not_count_is_only_remembered():
    """The first purchase was before the twelve months, so the rule for the first one gives nothing on either side."""
    found = of_plan(bought(GOODS, counts=False), bought(GOODS, days=1))
    assert (found.purchases, found.spent, [one.points for one in found.points]) == (1, 1000, [23])
    assert of_plan().total == 0 and of_plan().points == ()


def test_what_follows_from_tiers_and_memberships_is_not_weighed():
    found = of_plan(bought(GOODS), bought(days=1, kind="membership_renew"), bought(days=2, kind="return"))
    assert [one.points for one in found.points] == [20]
    for kind, weighed in (
        ("purchase", True),
        ("visit", True),
        ("return", False),
        ("tier_upgraded", False),
        ("burn", False),
    ):
        assert worth.is_weighed(bought(kind=kind).activity) is weighed


def test_foreign_money_without_a_rate_is_not_decided():
    """Each fact is told once, whether it is a purchase or not."""
    found = of_plan(bought(GOODS, currency="USD"), bought(GOODS, days=1))
    assert (found.purchases, found.spent, found.undecided) == (2, 1000, 1)
    visits = of_plan(bought(days=1, kind="purchase"), bought(GOODS, days=2, currency="EUR"))
    assert (visits.purchases, visits.undecided) == (2, 0)


@pytest.mark.parametrize(("tier", "points", "total"), [("gold", 60, 600 + 20), ("silver", 22, 220)])
def test_a_tier_all_the_time_against_what_there_was(tier, points, total):
    standing = Standing(account_id="m", enrolled_at=NOON)
    facts = [bought(GOODS), bought(GOODS, days=1)]
    found = worth.of_tier(LAW, facts, standing, LAW.programme.tiers[0], tier)
    assert (sum(one.points for one in found.points), found.total, found.cost) == (points, total, None)
    assert found.by is None and found.worth_it is None


def test_it_pays_from_its_price_on():
    cheap = worth.Worth(1, 100, (), (), 500, 500)
    assert (cheap.by, cheap.worth_it) == (0, True)
    assert worth.Worth(1, 100, (), (), 499, 500).worth_it is False
