"""Points worked out by hand: what a basket earns by rules that multiply, add up, round, and ask for lines."""

from datetime import timedelta

import pytest

from guerdon.core import conflicts, earning, expiry, silence
from guerdon.core.activities import Activity, Line, Member, Tender
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from tests.core.small import NOON
from tests.core.test_told_sentences import PLAIN, read


def rule(*then, **more):
    return {"name": {"en": "x"}, "when": "purchase", "then": list(then), **more}


PER_EURO = {"points": {"unit": "points", "give": 1, "per": "1.00"}}
PER_PIECE = {"per_piece": {"unit": "points", "give": 2}}
BIO, CAKES = [{"tag": {"in": ["bio"]}}], [{"category": {"in": ["cakes"]}}]


def fixed(give):
    return {"fixed": {"unit": "points", "give": give}}


def times(factor):
    return {"multiply": {"unit": "points", "by": factor}}


def table(*steps):
    return {"table": {"unit": "points", "steps": [{"amount_min": amount, "give": give} for amount, give in steps]}}


def line(amount, *tags, discount=0, quantity=1, kind="goods", category=None):
    return Line(amount, discount=discount, quantity=quantity, kind=kind, tags=tags, category=category)


def earned(lines, rules, *, tenders=(), **counting):
    change = {"rules": PLAIN["rules"] | {"base": rule(PER_EURO)} | rules, "earning": counting}
    law = Law(read(change), 1)
    basket = Activity("purchase", "till", "1", NOON, Member(id="m"), lines=tuple(lines), tenders=tenders)
    ruling = law.decide(basket, Standing(account_id="m", enrolled_at=NOON), posted_at=NOON)
    return ruling.decision.awarded().get("points", 0)


TEN = line(1000)


@pytest.mark.parametrize(
    ("rules", "multiply", "add"),
    [
        ({"a": rule(times(2))}, 20, 20),
        ({"a": rule(times(2)), "b": rule(times(3))}, 60, 40),
        ({"a": rule(times(2)), "b": rule(times(3)), "c": rule(times("1.5"))}, 90, 45),
        ({"a": rule(times(2)), "b": rule(fixed(7))}, 27, 27),
        ({"a": rule(times(2)), "b": rule(PER_PIECE)}, 24, 24),
        ({"a": rule(times(3)), "b": rule(table((5, 7), (20, 9)))}, 37, 37),
    ],
)
def test_multipliers(rules, multiply, add):
    """One point per euro on ten euros; what is given at once is not multiplied."""
    assert earned([TEN], rules) == multiply
    assert earned([TEN], rules, stacking="add") == add


@pytest.mark.parametrize(
    ("lines", "rules", "points"),
    [
        ([line(1000, "bio"), line(500)], {"a": rule(times(2), lines=BIO)}, 25),
        ([line(500), line(1000, "bio")], {"a": rule(fixed(5), lines=BIO)}, 20),
        ([line(500), line(1000)], {"a": rule(fixed(5), lines=BIO)}, 15),
        ([line(400, "bio"), line(500), line(600, "bio")], {"a": rule(table((10, 5)), lines=BIO)}, 20),
        ([line(399, "bio"), line(500), line(600, "bio")], {"a": rule(table((10, 5)), lines=BIO)}, 14),
        ([line(400, "bio", quantity=3), line(500)], {"a": rule(PER_PIECE, lines=BIO)}, 15),
        ([line(400, "bio", category="cakes"), line(600, category="cakes")],
         {"a": rule(times(2), lines=BIO), "b": rule(times(3), lines=CAKES)}, 42),
    ],
)  # fmt: skip
def test_only_the_lines_of_a_rule_count(lines, rules, points):
    assert earned(lines, rules) == points


@pytest.mark.parametrize(
    ("lines", "points"),
    [
        ([line(500, discount=500, quantity=2)], 0),
        ([line(500, discount=499, quantity=2)], 4),
        ([line(500, quantity=0)], 5),
        ([line(500, kind="shipping"), line(100)], 3),
    ],
)
def test_what_is_free_has_no_pieces_that_earn(lines, points):
    assert earned(lines, {"a": rule(PER_PIECE)}) == points


@pytest.mark.parametrize(
    ("lines", "asks", "holds"),
    [
        ([line(100), line(200)], {"lines_min": 2}, True), ([line(300)], {"lines_min": 2}, False),
        ([line(100), line(200, discount=200)], {"lines_min": 2}, False),
        ([line(100, quantity=2), line(200)], {"quantity_min": 3}, True),
        ([line(100, quantity=2)], {"quantity_min": 3}, False),
        ([line(100), line(200)], {"amount_min": 3}, True), ([line(100), line(199)], {"amount_min": 3}, False),
        ([line(100), line(200, kind="shipping")], {"amount_min": 3}, False),
    ],
)  # fmt: skip
def test_what_the_basket_reaches(lines, asks, holds):
    given = earned(lines, {"base": rule(fixed(5), **{"if": [{"basket": asks}]})})
    assert given == (5 if holds else 0)


@pytest.mark.parametrize(
    ("rounding", "per", "points"),
    [("floor", "order", 4), ("half_up", "order", 5), ("floor", "line", 3), ("half_up", "line", 6)],
)
def test_rounding(rounding, per, points):
    """1.50, 1.50 and 1.50: 4.5 together, and one and a half each."""
    halves = [line(150), line(150), line(150)]
    assert earned(halves, {}, rounding=rounding, per=per) == points


@pytest.mark.parametrize(
    ("kind", "paid", "points"),
    [("points", 0, 10), ("points", 400, 6), ("points", 1000, 0), ("gift_card", 401, 5), ("cash", 1000, 10)],
)
def test_what_is_paid_with_points_earns_nothing(kind, paid, points):
    tenders = tuple(Tender(one, amount) for one, amount in ((kind, paid), ("card", 1000 - paid)) if amount)
    assert earned([TEN], {}, tenders=tenders) == points


def test_the_better_rule_of_a_group_counts():
    rivals = {"a": rule(fixed(5), group="g"), "b": rule(fixed(7), group="g"), "c": rule(fixed(6))}
    assert earned([TEN], rivals) == 10 + 7 + 6
    assert earned([TEN], {"a": rule(times(2), group="g"), "b": rule(fixed(7), group="g")}) == 20


@pytest.mark.parametrize(("caps", "points"), [({"order": 4}, 4), ({"order": 10}, 10), ({"day": 9, "order": 9}, 9)])
def test_caps_of_a_rule(caps, points):
    assert earned([TEN], {"base": rule(PER_EURO, caps=caps)}) == points
    assert earned([TEN], {"base": rule(PER_EURO, times(3), caps=caps)}) == points


def decided(rules, lines=(TEN,), **standing):
    law = Law(read({"rules": PLAIN["rules"] | rules, "vouchers": {"v": {"name": {"en": "V"}, "amount": 1}}}), 1)
    basket = Activity("purchase", "till", "1", NOON, Member(id="m"), lines=tuple(lines))
    return law.decide(basket, Standing(account_id="m", enrolled_at=NOON, **standing), posted_at=NOON).decision


@pytest.mark.parametrize(
    ("rules", "rivals", "unseen"),
    [
        ({}, (), ()),
        ({"a": rule({"voucher": "v"})}, (), ()),
        ({"a": rule(fixed(5), group="g")}, (), ()),
        ({"a": rule(fixed(5), group="g"), "b": rule(fixed(7), group="g")}, ("a",), ()),
        ({"a": rule(fixed(5), group="g"), "b": rule(fixed(7), group="g"), "c": rule(fixed(6), group="h")}, ("a",), ()),
        ({"a": rule(fixed(5), lines=BIO)}, (), ()),
        ({"a": rule(PER_EURO, lines=BIO)}, (), ()),
        ({"a": rule(times(2), caps={"order": 1}), "b": rule(PER_EURO, group="g")}, (), ()),
    ],
)
def test_what_a_return_will_need_to_know(rules, rivals, unseen):
    """Of a group who lost, and whose fractions went to others; where the awards say everything, nothing."""
    basis = decided(rules).basis
    assert (basis is None) is (not rivals and not unseen)
    if basis is not None:
        assert (basis.rivals, basis.unseen) == (rivals, unseen)


RIVALS = {"a": rule(fixed(5), group="g"), "b": rule(fixed(7), group="g", caps={"day": 9, "order": 8}, budget=50)}


def test_what_limits_left_is_remembered_where_rules_were_rivals():
    """Of every rule that is limited, and of every unit; nothing where none was a rival, whatever else is unmet."""
    points = {"units": {"points": {"caps": {"day": 30, "month": 20}}}}
    law = Law(read(points | {"rules": RIVALS}), 1)
    counters = {
        ("unit:points", "d20260310"): (12, NOON),
        ("unit:points", "m202603"): (13, NOON),
        ("rule:b", "d20260310"): (2, NOON),
    }
    standing = Standing(account_id="m", enrolled_at=NOON, counters=counters)
    basket = Activity("purchase", "till", "1", NOON, Member(id="m"), lines=(line(100),))
    decision = law.decide(basket, standing, posted_at=NOON, budgets={"b": 40}).decision
    assert decision.basis.rooms == {"rule:b": 7, "unit:points": 7}
    unmet = {
        "a": rule(fixed(5), **{"if": [{"first": True}]}),
        "b": rule(fixed(5), **{"if": [{"not": {"first": True}}]}),
    }
    basis = decided(unmet).basis
    assert basis is None or (basis.rivals, basis.rooms) == ((), {})


@pytest.mark.parametrize(("budgets", "points"), [({}, 0), ({"base": 4}, 4), ({"base": 10}, 10), ({"base": 11}, 10)])
def test_a_budget_of_which_nothing_is_told_is_spent(budgets, points):
    law = Law(read({"rules": {"base": {"budget": 50}}}), 1)
    basket = Activity("purchase", "till", "1", NOON, Member(id="m"), lines=(TEN,))
    decision = law.decide(basket, Standing(account_id="m", enrolled_at=NOON), posted_at=NOON, budgets=budgets).decision
    assert decision.awarded().get("points", 0) == points


def test_a_limit_that_bites_two_effects_of_a_rule_is_told_once():
    decision = decided({"base": rule(PER_EURO, fixed(7), PER_PIECE, caps={"order": 5})})
    assert decision.awarded() == {"points": 5}
    assert [(one.of, one.key, one.window, one.most, one.left) for one in decision.capped] == [
        ("rule", "base", "order", 5, 5)
    ]


@pytest.mark.parametrize(("cents", "points"), [(581, 0), (582, 5)])
def test_filters_see_foreign_money_at_home(cents, points):
    """5.82 USD at 0.86 are 5.0052 EUR."""
    rates = {"USD": [{"from": "2026-01-01", "units": 1, "home": "0.86"}]}
    law = Law(read({"rates": rates, "rules": {"base": rule(fixed(5), lines=[{"line": {"amount_min": 5}}])}}), 1)
    basket = Activity("purchase", "till", "1", NOON, Member(id="m"), lines=(line(cents),), currency="USD")
    told = {currency: tuple(found) for currency, found in law.programme.rates.items()}
    decision = law.decide(basket, Standing(account_id="m", enrolled_at=NOON), posted_at=NOON, rates=told).decision
    assert decision.parked is None and decision.awarded().get("points", 0) == points


@pytest.mark.parametrize(
    ("part", "quantity", "amount"), [((1, 1), 4, 900), ((3, 4), 3, 675), ((1, 3), 1, 300), ((0, 5), 0, 0)]
)
def test_a_kept_part_has_its_pieces_and_its_money_rounded_down(part, quantity, amount):
    found = earning._at_home(line(1000, discount=100, quantity=4), None, part)
    assert (found.quantity, found.amount, found.discount) == (quantity, amount, 0)


@pytest.mark.parametrize(("hours", "fires"), [(-25, False), (-24, True), (23, True), (24, False)])
def test_a_rule_is_in_force_from_its_first_instant_to_before_its_end(hours, fires):
    window = {"from": "2026-03-09T12:00", "until": "2026-03-11T12:00"}
    law = Law(read({"rules": {"base": window}}), 1)
    at = NOON + timedelta(hours=hours)
    basket = Activity("purchase", "till", "1", at, Member(id="m"), lines=(TEN,))
    assert bool(law.decide(basket, Standing(account_id="m", enrolled_at=at), posted_at=at).decision.awards) is fires


def test_lives_are_remembered_day_by_day():
    law = Law(read({"units": {"points": {"expires": {"rolling": {"days": 5}}}}}), 1)
    policy = law.programme.units["points"].expires
    for days in (0, 1, 2, 1, 0):
        at = NOON + timedelta(days=days)
        assert law.expires_at(policy, at, at) == expiry.expires_at(policy, effective_at=at, posted_at=at, zone=law.zone)


@pytest.mark.parametrize(
    ("lines", "silent"),
    [([line(100, "bio"), line(200)], None), ([line(200), line(100, "bio")], None), ([line(200)], "lines"),
     ([], "lines")],
)  # fmt: skip
def test_a_rule_is_silent_for_its_lines_only_where_none_of_them_is_there(lines, silent):
    law = Law(read({"rules": {"base": {"lines": BIO}}}), 1)
    basket = Activity("purchase", "till", "1", NOON, Member(id="m"), lines=tuple(lines))
    found = silence.explain(law, basket, Standing(account_id="m", enrolled_at=NOON), budgets={})
    assert [one.reason for one in found] == ([] if silent is None else [silent])


def test_a_rule_whose_lines_are_there_and_give_nothing_comes_to_nothing():
    law = Law(
        read({"rules": {"base": {"lines": BIO, "then": [{"points": {"unit": "points", "give": 1, "per": 5}}]}}}), 1
    )
    basket = Activity("purchase", "till", "1", NOON, Member(id="m"), lines=(line(100, "bio"), line(200)))
    (found,) = silence.explain(law, basket, Standing(account_id="m", enrolled_at=NOON), budgets={})
    assert (found.reason, found.pointer) == ("nothing", None)


@pytest.mark.parametrize(("least", "gives"), [(0, True), (1, False)])
def test_a_table_may_ask_for_nothing(least, gives):
    """Then it is given whatever the lines are, and the filter that no line passes is no reason to call it silent."""
    steps = [{"amount_min": least, "give": 5}]
    never = [{"all": [{"brand": {"in": ["a"]}}, {"brand": {"in": ["b"]}}]}]
    then = [
        {"table": {"unit": "points", "steps": steps}},
        {"table": {"unit": "points", "steps": [{"amount_min": 9, "give": 5}]}},
    ]
    whole = read({"rules": {"base": {"lines": never, "then": then}}})
    assert [one.kind for one in conflicts.report(whole, NOON).rules] == ([] if gives else ["lines"])
