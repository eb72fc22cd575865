"""The laws of earning, on random programmes and baskets: exact, monotone, capped, explained; compiled equals naive."""

from datetime import date, timedelta
from fractions import Fraction

import hypothesis
import msgspec
from hypothesis import strategies as st

from guerdon.core import earning
from guerdon.core.activities import Line
from guerdon.core.conditions import LineAll, LineIs, LineNot, LineReaches
from guerdon.core.decisions import Decision
from guerdon.core.law import Law
from guerdon.core.matching import Filters
from guerdon.core.period import WINDOWS
from guerdon.core.programme import Programme
from guerdon.core.rules import NO_CAPS
from guerdon.core.standing import Standing
from tests import effort
from tests.core.naive import Asked
from tests.core.small import NOON, Small

dice = st.randoms(use_true_random=False).map(Small)
many = hypothesis.settings(max_examples=effort.times(150, 3_000))


def given(decision: Decision) -> dict[str, int]:
    """Points by unit."""
    found: dict[str, int] = {}
    for award in decision.awards:
        found[award.unit] = found.get(award.unit, 0) + award.points
    return found


@many
@hypothesis.given(dice)
def test_the_compiled_law_says_what_the_naive_one_says(small):
    """Through one law for all of them, so that a memory of one product never speaks for another."""
    programme, standing, left = small.programme(), small.standing(), small.budgets()
    law = Law(programme, 1)
    for activity in [small.activity() for _ in range(4)]:
        decision = law.decide(activity, standing, posted_at=activity.occurred_at, budgets=left).decision
        naive = Asked(programme, activity, standing, left).decide()
        found: dict[str, list[tuple[str, Fraction, int]]] = {unit: [] for unit in naive}
        for award in decision.awards:
            found[award.unit] += [(share.rule, Fraction(share.exact), share.points) for share in award.shares]
        assert {unit: sorted(parts) for unit, parts in found.items() if parts} == {
            unit: sorted(kept) for unit, parts in naive.items() if (kept := _kept(parts))
        }


def _kept(parts):
    """What an answer tells: rules that gave something, unless all of them together gave no point."""
    told = [part for part in parts if part[1]]
    return told if sum(points for _, _, points in told) else []


@many
@hypothesis.given(dice)
def test_a_decision_is_pure_and_its_shares_are_the_whole(small):
    programme, activity, standing, left = small.programme(), small.activity(), small.standing(), small.budgets()
    before = (dict(standing.counters), dict(left), msgspec.json.encode(activity))
    decide = lambda law: law.decide(activity, standing, posted_at=activity.occurred_at, budgets=left)  # noqa: E731
    law = Law(programme, 1)
    first = decide(law)
    assert first == decide(law) == decide(Law(programme, 1))
    assert before == (dict(standing.counters), dict(left), msgspec.json.encode(activity))
    exact: dict[str, Fraction] = {}
    for award in first.decision.awards:
        assert award.points == sum(share.points for share in award.shares) > 0
        for share in award.shares:
            assert abs(share.points - Fraction(share.exact)) < 1
            exact[award.unit] = exact.get(award.unit, Fraction(0)) + Fraction(share.exact)
    for unit, points in given(first.decision).items():
        assert points == earning.whole(*exact[unit].as_integer_ratio(), programme.earning.rounding)


@hypothesis.settings(max_examples=effort.times(250, 6_000))
@hypothesis.given(dice)
def test_spending_more_never_earns_less(small):
    programme, standing, left = small.programme(per=small.of(["order", "line"])), small.standing(), small.budgets()
    if programme.earning.per == "line":  # parts of a rounded line may move between rules, so a rule's own cap may bite
        free = tuple(msgspec.structs.replace(rule, caps=NO_CAPS, budget=None) for rule in programme.rules)
        programme = msgspec.structs.replace(programme, rules=free)
    law, first = Law(programme, 1), small.activity()
    both = (first, small.more(first))
    less, more = (given(law.decide(one, standing, posted_at=one.occurred_at, budgets=left).decision) for one in both)
    assert sum(more.values()) >= sum(less.values())
    groups = {rule.group for rule in programme.rules if rule.group}
    if not groups:  # a group may prefer a rule of another unit that gives more
        assert all(more.get(unit, 0) >= points for unit, points in less.items())


@many
@hypothesis.given(dice)
def test_no_sequence_exceeds_a_cap_or_a_budget(small):
    programme = small.programme()
    told = [small.activity() for _ in range(6)]
    law = Law(programme, 1)
    standing = Standing(account_id="m", enrolled_at=NOON)
    spent: dict[str, int] = {}
    sums: dict[tuple[str, str, str], int] = {}
    for activity in told:
        left = {rule.key: rule.budget - spent.get(rule.key, 0) for rule in programme.rules if rule.budget}
        ruling = law.decide(activity, standing, posted_at=activity.occurred_at, budgets=left)
        standing.count(ruling.counts, activity.occurred_at)
        day = activity.occurred_at.astimezone(programme.zone).date()
        order: dict[str, int] = {}
        for award in ruling.decision.awards:
            for name, points in [("unit:" + award.unit, award.points), *(("rule:" + share.rule, share.points)
                                                                         for share in award.shares)]:  # fmt: skip
                order[name] = order.get(name, 0) + points
        for name, points in order.items():
            for span in WINDOWS:
                slot = (name, span, _slot(day, span))
                sums[slot] = sums.get(slot, 0) + points
            assert points <= _most(programme, name, "order")
        for rule, points in ruling.spent.items():
            spent[rule] = spent.get(rule, 0) + points
        assert all(points <= _most(programme, name, span) for (name, span, _), points in sums.items())
    assert all(spent.get(rule.key, 0) <= rule.budget for rule in programme.rules if rule.budget)


def _slot(day: date, span: str) -> str:
    """A window's own name, spelled otherwise than the house does."""
    week = day - timedelta(days=day.weekday())
    names = {"day": day, "week": week, "month": (day.year, day.month), "quarter": (day.year, (day.month - 1) // 3),
             "year": day.year, "lifetime": ""}  # fmt: skip
    return str(names[span])


def _most(programme: Programme, name: str, span: str) -> float:
    kind, _, key = name.partition(":")
    limits = programme.units[key].caps if kind == "unit" else next(r.caps for r in programme.rules if r.key == key)
    most: int | None = getattr(limits, span)
    return float("inf") if most is None else most


@many
@hypothesis.given(
    st.lists(st.integers(0, 10**9), max_size=12), st.integers(1, 10**6), st.sampled_from(["floor", "half_up"])
)
def test_the_largest_remainders_get_what_is_left(numerators, down, how):
    parts = earning.rounded(numerators, down, how)
    assert sum(parts) == earning.whole(sum(numerators), down, how)
    lifted = [numerator % down for numerator, part in zip(numerators, parts, strict=True) if part > numerator // down]
    others = [numerator % down for numerator, part in zip(numerators, parts, strict=True) if part == numerator // down]
    assert not lifted or min(lifted) >= max(others, default=0)
    assert all(0 <= part - numerator // down <= 1 for numerator, part in zip(numerators, parts, strict=True))


def test_lines_of_one_product_pass_by_their_own_amounts():
    """What is known of a product is no answer about what a line of it costs, not even where that is denied."""
    dear = LineReaches(amount_min=1000)
    filters = Filters()
    bits = [filters.bit(where) for where in (LineNot(dear), LineAll((dear, LineIs("product", frozenset({"cake"})))))]
    found = [filters.mask(Line(amount, product="cake")) for amount in (500, 1500, 500)]
    assert [[bool(mask & bit) for bit in bits] for mask in found] == [[True, False], [False, True], [True, False]]
