"""The laws of earning, on random programmes and baskets: exact, monotone, capped, explained; compiled equals naive."""

import functools
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import hypothesis
import msgspec
from hypothesis import strategies as st

from guerdon.core import conditions as c
from guerdon.core import earning, effects
from guerdon.core.activities import Activity, Line, Member, Tender
from guerdon.core.decisions import Decision
from guerdon.core.expiry import Never
from guerdon.core.law import Law
from guerdon.core.period import WINDOWS, Period
from guerdon.core.programme import Earning, Programme, Rate, Unit
from guerdon.core.rules import NO_CAPS, Caps, Rule
from guerdon.core.standing import Standing
from tests import effort
from tests.core.naive import Asked

# Few words, so that rules and baskets meet.
WORDS = ("a", "b", "c")
words = st.sampled_from(WORDS)
some = st.frozensets(words, min_size=1, max_size=2)
none = st.just(frozenset())
small = st.integers(0, 12)
cents = st.integers(0, 500) | st.sampled_from([0, 1, 99, 100, 133, 1_000])
NOON = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
instants = st.integers(0, 60 * 24 * 40).map(lambda minutes: NOON + timedelta(minutes=minutes))
many = hypothesis.settings(max_examples=effort.times(20, 5_000))


def either(values):
    return st.tuples(values | none, values | none).filter(lambda both: bool(both[0] | both[1]))


@functools.cache  # building a strategy anew for every draw costs more than the draw
def line_filters(*, negated=False):
    """Filters; no lower bound under `not`."""
    leaf = st.builds(lambda what, both: c.LineIs(what, *both),
                     st.sampled_from(["product", "category", "brand", "tag"]), either(some))  # fmt: skip
    reach = st.builds(c.LineReaches, cents, small)
    flat = leaf if negated else leaf | reach
    several = st.lists(flat, min_size=1, max_size=3).map(tuple)
    flipped = leaf | (reach if negated else leaf)
    return flat | several.map(c.LineAll) | several.map(c.LineAny) | flipped.map(c.LineNot)


@functools.cache
def conditions(*, negated=False, depth=2):
    """Conditions; a lower bound on spending only where more spending helps."""
    scalars = st.frozensets(st.sampled_from(["a", 1, 0, True, False]), min_size=1, max_size=2)
    named = [
        st.builds(lambda both, kind=kind: kind("x", *both), either(scalars))
        | st.builds(
            lambda low, high, kind=kind: kind("x", min=low, max=low + high), st.integers(0, 1), st.integers(0, 1)
        )
        | st.booleans().map(lambda exists, kind=kind: kind("x", exists=exists))
        for kind in (c.Attribute, c.Fact)
    ]
    leaves = [
        st.builds(lambda what, both: c.Is(what, *both),
                  st.sampled_from(["channel", "store", "tender", "segment", "tier"]), either(some)),
        st.builds(lambda both: c.Is("currency", *both),
                  either(st.frozensets(st.sampled_from(["EUR", "JPY"]), min_size=1))),
        *named,
        st.sampled_from([c.Dates(date(2026, 3, 20)), c.Dates(until=date(2026, 4, 1))]),
        st.frozensets(st.integers(1, 7), min_size=1).map(c.Weekday),
        st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda pair: pair[0] != pair[1]).map(
            lambda pair: c.Hour(pair[0] * 60, pair[1] * 60)),
        st.sampled_from([c.First(), c.First("visit"), c.Nth(2), c.Nth(2, every=True), c.DaysSince(3)]),
        st.just(c.BirthdayMonth()),
        st.builds(lambda span, low: c.Counter("count:purchase", span, min=low),
                  st.sampled_from(WINDOWS), st.integers(0, 3)),
    ]  # fmt: skip
    if not negated:
        leaves += [st.builds(c.Basket, cents, small, small), st.builds(c.Lines, line_filters(), cents, small, small)]
        leaves += [st.builds(lambda span, low: c.Counter("spend", span, min=low), st.sampled_from(WINDOWS), cents)]
    leaf = st.one_of(leaves)
    if not depth:
        return leaf
    several = st.lists(conditions(negated=negated, depth=depth - 1), min_size=1, max_size=2).map(tuple)
    flipped = conditions(negated=not negated, depth=depth - 1)
    return leaf | several.map(c.All) | several.map(c.Any) | flipped.map(c.Not)


caps = st.builds(lambda span, most: Caps(**{span: most}), st.sampled_from(["order", *WINDOWS]), st.integers(1, 40))
steps = st.lists(st.tuples(cents, st.integers(1, 30)), min_size=1, max_size=3).map(
    lambda told: tuple(effects.Step(*step) for step in zip(sorted({at for at, _ in told}), sorted(g for _, g in told),
                                                            strict=False))
)  # fmt: skip


@st.composite
def rules(draw, key):
    """A rule of one unit."""
    unit = draw(st.sampled_from(["p", "p", "p", "q"]))
    effect = st.one_of(
        st.builds(effects.PerAmount, st.just(unit), st.integers(1, 7), st.sampled_from([1, 3, 50, 100, 200])),
        st.builds(effects.PerPiece, st.just(unit), st.integers(1, 5), st.integers(1, 4)),
        st.builds(effects.Fixed, st.just(unit), st.integers(1, 30)),
        st.builds(effects.Table, st.just(unit), steps),
        st.sampled_from([(2, 1), (3, 2), (4, 3), (7, 5)]).map(lambda factor: effects.Multiply(unit, *factor)),
    )
    window = draw(
        st.sampled_from([Period(), Period(NOON + timedelta(days=9)), Period(until=NOON + timedelta(days=30))])
    )
    return Rule(
        key=key,
        name={},
        when=draw(st.sampled_from([("purchase",), ("purchase",), ("visit",), ("visit", "purchase")])),
        then=tuple(draw(st.lists(effect, min_size=1, max_size=2))),
        condition=draw(st.none() | conditions()),
        where=draw(st.none() | line_filters()),
        during=window,
        caps=draw(st.just(NO_CAPS) | caps),
        uses=draw(st.just(NO_CAPS) | st.builds(Caps, week=st.integers(1, 2))),
        budget=draw(st.none() | st.integers(1, 60)),
        group=draw(st.sampled_from([None, None, "g", "h"])),
        priority=draw(st.integers(0, 2)),
    )


@st.composite
def programmes(draw, **fixed):
    """A programme of a few small rules."""
    unit_caps = draw(st.just(NO_CAPS) | caps)
    told = {
        "rounding": draw(st.sampled_from(["floor", "half_up"])),
        "per": draw(st.sampled_from(["order", "order", "line"])),
        "stacking": draw(st.sampled_from(["multiply", "add"])),
        "shipping": draw(st.booleans()),
        "tenders_without": draw(st.sampled_from([frozenset(), frozenset({"a"}), frozenset({"a", "b"})])),
    }
    return Programme(
        key="x", name={}, zone_key=draw(st.sampled_from(["Europe/Sofia", "America/Sao_Paulo"])),
        currency="EUR", languages=(),
        units={"p": Unit("p", "redeemable", {}, expires=Never(), caps=unit_caps),
               "q": Unit("q", "redeemable", {}, expires=Never())},
        rules=tuple(draw(rules(f"r{place}")) for place in range(draw(st.integers(1, 5)))),
        earning=Earning(**(told | fixed)),
        rates={"JPY": (Rate("2026-01-01", 61, 100), Rate("2026-03-25", 2, 3))},
    )  # fmt: skip


lines = st.builds(
    lambda amount, percent, **more: Line(amount=amount, discount=amount * percent // 100, **more),
    cents, st.sampled_from([0, 0, 10, 100]),
    product=words, category=st.none() | words, brand=st.none() | words, tags=st.lists(words, max_size=2).map(tuple),
    quantity=st.integers(0, 4), kind=st.sampled_from(["goods", "goods", "goods", "shipping", "tax"]),
)  # fmt: skip


@st.composite
def purchases(draw):
    """A purchase (or a visit) with lines, tenders and words."""
    basket = tuple(draw(st.lists(lines, max_size=4)))
    due = sum(line.net for line in basket)
    first = draw(st.integers(0, due))
    paid = (Tender(draw(words), first), Tender("z", due - first)) if draw(st.booleans()) else ()
    return Activity(
        kind=draw(st.sampled_from(["purchase", "purchase", "purchase", "visit"])),
        source="s", external_id=draw(st.uuids().map(str)), occurred_at=draw(instants), member=Member(id="m"),
        currency=draw(st.sampled_from([None, "EUR", "JPY"])), lines=basket, tenders=paid,
        channel=draw(st.none() | words), store=draw(st.none() | words),
        facts=draw(st.just({}) | st.sampled_from(["a", 1, 0, True, False]).map(lambda value: {"x": value})),
    )  # fmt: skip


@st.composite
def standings(draw):
    """Somebody with a past."""
    past = draw(instants) - timedelta(days=20)
    counters = {
        (f"{what}", naive_window): (draw(st.integers(0, 25)), past)
        for what in ("count:purchase", "count:visit", "spend", "rule:r0", "rule:r1", "uses:r0", "unit:p")
        for naive_window in draw(st.sampled_from([(), ("all",), ("all", "m202603", "y2026", "q20261")]))
    }
    return Standing(
        account_id="m", enrolled_at=past, attributes=draw(st.just({}) | st.sampled_from(["a", 1, True]).map(
            lambda value: {"x": value})), segments=draw(some | none), tiers=draw(some | none),
        birthday_month=draw(st.none() | st.integers(2, 5)), counters=counters,
    )  # fmt: skip


budgets_left = st.fixed_dictionaries({f"r{place}": st.integers(0, 60) for place in range(5)})


def given(decision: Decision) -> dict[str, int]:
    """Points by unit."""
    found: dict[str, int] = {}
    for award in decision.awards:
        found[award.unit] = found.get(award.unit, 0) + award.points
    return found


@many
@hypothesis.given(programmes(), st.lists(purchases(), min_size=1, max_size=3), standings(), budgets_left)
def test_the_compiled_law_says_what_the_naive_one_says(programme, told, standing, left):
    """Through one law for all of them, so that a memory of one product never speaks for another."""
    law = Law(programme, 1)
    for activity in told:
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
@hypothesis.given(programmes(), purchases(), standings(), budgets_left)
def test_a_decision_is_pure_and_its_shares_are_the_whole(programme, activity, standing, left):
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


@st.composite
def more_spent(draw):
    """A purchase, and one in which more is spent: a line costs more, has more pieces, or there is another line."""
    less = draw(purchases().filter(lambda one: one.kind == "purchase"))
    basket = list(less.lines)
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.integers(0, len(basket)))
        if place == len(basket):
            basket.append(draw(lines))
        else:
            more = {
                "amount": basket[place].amount + draw(cents),
                "quantity": basket[place].quantity + draw(st.integers(0, 3)),
            }
            basket[place] = msgspec.structs.replace(basket[place], **more)
    extra = sum(line.net for line in basket) - sum(line.net for line in less.lines)
    paid = tuple(msgspec.structs.replace(one, amount=one.amount + extra * (one.kind == "z")) for one in less.tenders)
    return less, msgspec.structs.replace(less, lines=tuple(basket), tenders=paid)


@hypothesis.settings(max_examples=effort.times(100, 20_000))
@hypothesis.given(programmes(per="order"), more_spent(), standings(), budgets_left)
def test_spending_more_never_earns_less(programme, both, standing, left):
    law = Law(programme, 1)
    less, more = (given(law.decide(one, standing, posted_at=one.occurred_at, budgets=left).decision) for one in both)
    assert sum(more.values()) >= sum(less.values())
    groups = {rule.group for rule in programme.rules if rule.group}
    if not groups:  # a group may prefer a rule of another unit that gives more
        assert all(more.get(unit, 0) >= points for unit, points in less.items())


@many
@hypothesis.given(programmes(), st.lists(purchases(), min_size=2, max_size=8))
def test_no_sequence_exceeds_a_cap_or_a_budget(programme, told):
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
@hypothesis.given(st.lists(st.fractions(0, 1_000, max_denominator=997), max_size=12), st.integers(0, 10**12))
def test_points_are_spread_over_lines_to_the_last_one(weights, points):
    parts = earning.to_lines(weights, points)
    total = sum(weights)
    assert sum(parts) == (points if total else 0)
    if total:
        assert all(abs(part - weight / total * points) < 1 for part, weight in zip(parts, weights, strict=True))


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
