"""Is it worth it? What a plan, or a tier, would have given for what a member really did, against what it costs.

Everything is counted twice, with it and without it, and the difference is told benefit by benefit, also what could not
be counted. Points are worth what their unit says, rounded down; a percentage of all goods together is rounded
half up, once, as that of a voucher, and so is the price of twelve months.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import climbing, memberships
from guerdon.core.activities import ANSWERED, LEDGER_KINDS, PURCHASE, REOPEN, RETURN, Activity
from guerdon.core.ladders import Benefit, BenefitKind, Ladder
from guerdon.core.law import Law
from guerdon.core.plans import Plan, Terms
from guerdon.core.rates import Rates
from guerdon.core.standing import Standing
from guerdon.core.transfers import WHOLE

UNLIMITED: Final = 2**62  # what budgets have left: another member's luck is no part of the question
MONTHS: Final = 12
DAYS: Final = 365
COUNTED: Final[frozenset[BenefitKind]] = frozenset({"percent_off", "free_shipping"})


class Fact(msgspec.Struct, frozen=True):
    """What a member did, as far as it was kept; `counts` says whether it lies in the twelve months."""

    activity: Activity
    posted_at: datetime
    counts: bool
    rates: Rates = {}


class Part(msgspec.Struct, frozen=True):
    """What one benefit would have given: `amount` in minor units of the programme, None where that can't be counted."""

    key: str
    kind: BenefitKind
    name: dict[str, str]
    amount: int | None
    on: int = 0  # the money on which it was counted


class PointsPart(msgspec.Struct, frozen=True):
    """The difference in a unit's points, and what it is worth; None where the unit says nothing of that."""

    unit: str
    points: int
    amount: int | None


class Worth(msgspec.Struct, frozen=True):
    """What comes out; money in minor units of the programme's currency."""

    purchases: int
    spent: int
    points: tuple[PointsPart, ...]
    benefits: tuple[Part, ...]
    total: int
    cost: int | None  # of twelve months; None for a tier, which nobody buys
    undecided: int = 0  # facts that the present law could not decide

    @property
    def by(self) -> int | None:
        """How much more it gives than it costs; less than nothing where it does not pay."""
        return None if self.cost is None else self.total - self.cost

    @property
    def worth_it(self) -> bool | None:
        return None if self.by is None else self.by >= 0


def cost(terms: Terms) -> int:
    """What twelve months cost: price × 12 ÷ months, or × 365 ÷ days, rounded half up; for ever it is paid once."""
    up, down = (MONTHS, terms.term.months) if terms.term.months else (DAYS, terms.term.days)
    if not down:
        return terms.price
    return (2 * terms.price * up + down) // (2 * down)


def of_plan(in_force: Law, facts: Sequence[Fact], standing: Standing, plan: Plan) -> Worth:
    """The plan against no membership at all. Raises `plan_not_sold_in` where it is not sold at home."""
    terms = plan.terms(in_force.programme.currency)
    having, without = _Side(in_force, standing), _Side(in_force, standing)
    for fact in facts:
        having.add(fact, memberships_of=frozenset((plan.key,)))
        without.add(fact, memberships_of=frozenset())
    return _told(in_force, facts, having, without, plan.benefits, cost(terms))


def of_tier(in_force: Law, facts: Sequence[Fact], standing: Standing, ladder: Ladder, tier: str) -> Worth:
    """The tier, all the time, against what the member had at each time."""
    having, without = _Side(in_force, standing), _Side(in_force, standing)
    level = ladder.levels[ladder.place(tier)]
    for fact in facts:
        having.add(fact, tier=(ladder, tier))
        without.add(fact)
    return _told(in_force, facts, having, without, level.benefits, None)


class _Side:
    """One of the two lives: what was earned in the twelve months, with counters of its own."""

    def __init__(self, in_force: Law, standing: Standing) -> None:
        self.law = in_force
        self.standing = standing
        self.counters = dict(standing.counters)
        self.points: dict[str, int] = {}
        self.undecided = 0

    def add(
        self, fact: Fact, *, memberships_of: frozenset[str] | None = None, tier: tuple[Ladder, str] | None = None
    ) -> None:
        """Decide one fact as if the member had been so."""
        activity, law = fact.activity, self.law
        if not is_weighed(activity) or activity.kind not in law.by_kind:
            return
        seen = climbing.as_of(law.programme.tiers, law.zone, self.standing, activity.occurred_at)
        if memberships_of is None:
            memberships_of = memberships.in_force(self.standing.held, activity.occurred_at, law.zone)
        seen = seen.with_memberships(memberships_of)
        if tier is not None:
            others = frozenset(key for key in seen.tiers if tier[0].place(key) < 0)
            seen = seen.with_tiers(others | {tier[1]})
        seen.counters = self.counters
        budgets = {rule.key: UNLIMITED for rule in law.budgets(activity.kind)}
        ruling = law.earn(activity, seen, posted_at=fact.posted_at, budgets=budgets, rates=fact.rates)
        if ruling.decision.parked is not None:
            self.undecided += fact.counts and activity.kind != PURCHASE  # `_told` leaves out all in foreign money
            return
        seen.count(ruling.counts, activity.occurred_at)
        for unit, points in ruling.decision.awarded().items() if fact.counts else ():
            self.points[unit] = self.points.get(unit, 0) + points


def is_weighed(activity: Activity) -> bool:
    """Whether rules decide on it by itself: what was told, and not what follows from a membership or a tier."""
    return activity.kind not in (*LEDGER_KINDS, *ANSWERED, RETURN, REOPEN)


def _told(
    in_force: Law, facts: Iterable[Fact], having: _Side, without: _Side, benefits: Sequence[Benefit], price: int | None
) -> Worth:
    bought = [fact for fact in facts if fact.counts and fact.activity.kind == PURCHASE]
    home = [fact for fact in bought if fact.activity.currency in (None, in_force.programme.currency)]
    goods = sum(line.net for fact in home for line in fact.activity.goods if line.kind == "goods")
    shipping = sum(line.net for fact in home for line in fact.activity.goods if line.kind == "shipping")
    parts = tuple([_part(one, goods, shipping) for one in benefits])
    points = tuple([_points(in_force, unit, having, without) for unit in sorted(having.points.keys() | without.points)])
    total = sum([part.amount or 0 for part in parts]) + sum([one.amount or 0 for one in points])
    undecided = having.undecided + len(bought) - len(home)
    return Worth(len(bought), goods, tuple([one for one in points if one.points]), parts, total, price, undecided)


def _points(in_force: Law, unit: str, having: _Side, without: _Side) -> PointsPart:
    points = having.points.get(unit, 0) - without.points.get(unit, 0)
    known = in_force.programme.units.get(unit)
    worth = None if known is None else known.worth
    return PointsPart(unit, points, None if worth is None else points * worth.amount // worth.points)


def _share(goods: int, hundredths: int) -> int:
    """So many hundredths of a percent of the goods, rounded half up."""
    return (2 * goods * hundredths + WHOLE) // (2 * WHOLE)


def _part(one: Benefit, goods: int, shipping: int) -> Part:
    if one.kind == "percent_off":
        return Part(one.key, one.kind, one.name, _share(goods, one.percent or 0), goods)
    if one.kind == "free_shipping":
        return Part(one.key, one.kind, one.name, shipping, shipping)
    return Part(one.key, one.kind, one.name, None)
