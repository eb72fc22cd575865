"""Deferred revenue of points (IFRS 15, ASC 606): the part of a price that is theirs, and how much of it is earned.

A price is split between goods and points as their stand-alone selling prices are to each other; those of points are
what they are worth, as far as they are expected to be redeemed at all (IFRS 15.74, B42). What points were allotted is
revenue as they are redeemed: cumulative = allotted × redeemed ÷ expected to be redeemed (B46), so that those that never
will be are inside, and a changed expectation is caught up with at once. A split is never made again (15.88).

All points of a unit are one portfolio (15.4). Sums are exact rationals; a split has whole minor units by largest
remainder, cumulative revenue is rounded half up once, and a month has the difference of two such sums.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final, Literal

import msgspec

from guerdon.core.closing import Past, Sold, Sums, Valued
from guerdon.core.ledger import PostingKind
from guerdon.core.programme import Unit

WHOLE: Final = 100 * 100  # all of it, in hundredths of a percent

Role = Literal["issued", "taken", "redeemed", "lapsed", "lent", "passed"]
# What a kind of posting is to the portfolio: `taken` never was, or is no longer, a customer's; `passed` stays in it.
ROLES: Final[dict[PostingKind, Role]] = {
    "earn": "issued",
    "adjust_up": "issued",
    "adjust_down": "issued",
    "cancel": "taken",
    "claw_back": "taken",
    "restore": "taken",
    "burn": "redeemed",
    "reinstate": "redeemed",
    "donate": "redeemed",
    "expire": "lapsed",
    "fee": "lapsed",
    "lend": "lent",
    "repay": "lent",
    "transfer_out": "passed",
    "transfer_in": "passed",
    "pool_out": "passed",
    "pool_in": "passed",
    "merge_out": "passed",
    "merge_in": "passed",
}


class Terms(msgspec.Struct, frozen=True):
    """What points are worth, and which share of them, in hundredths of a percent, is expected to be redeemed."""

    worth: Fraction  # minor units for one point in its smallest step
    share: int

    def price(self, points: int) -> Fraction:
        """The stand-alone selling price of points, in minor units."""
        return points * self.worth * self.share / WHOLE


class Period(msgspec.Struct, frozen=True):
    """A closed month of a unit, with the terms of all units that had any at its end."""

    month: str
    sums: Sums
    terms: Mapping[str, Terms]


class Pool(msgspec.Struct, frozen=True):
    """All that has happened to a unit's points so far; prices in minor units, points in smallest steps."""

    allotted: int = 0  # of all prices, before anything was taken back
    sold: int = 0  # points earned on sales
    issued: int = 0
    taken: int = 0
    redeemed: int = 0
    lapsed: int = 0
    lent: int = 0
    passed: int = 0

    @property
    def outstanding(self) -> int:
        """The points that members have."""
        return self.issued - self.taken - self.redeemed - self.lapsed + self.lent + self.passed

    @property
    def allocated(self) -> int:
        """What is allotted to points that were not taken back: their part of it, rounded half up."""
        if not self.sold:
            return 0
        return halves(Fraction(self.allotted * (self.sold - min(max(self.taken, 0), self.sold)), self.sold))

    def expected(self, share: int) -> Fraction:
        """How many points will have been redeemed in the end: never fewer than are, nor more than still can be."""
        gone = max(self.redeemed, 0)
        likely = max(Fraction((self.issued - self.taken) * share, WHOLE), Fraction(gone))
        return min(likely, Fraction(gone + self.outstanding))

    def recognised(self, share: int) -> int:
        """What of the allocated is revenue by now; all of it when members have nothing left."""
        return recognised(self.allocated, max(self.redeemed, 0), self.expected(share), left=self.outstanding)

    @property
    def at_face(self) -> int:
        """What would be revenue by now if every point were expected to be redeemed."""
        gone = max(self.redeemed, 0)
        return recognised(self.allocated, gone, Fraction(max(self.issued - self.taken, gone)), left=1)


class Line(msgspec.Struct, frozen=True):
    """A month of a unit's deferred revenue, in minor units: `opening` + `allocated` − `recognised` = `closing`.

    The allocated is less what returns took back; `breakage` is what of the recognised is there because some points are
    never redeemed. `begins` where nothing was told of the month before, so that the opening is brought forward.
    """

    month: str
    unit: str
    share: int  # hundredths of a percent
    price: int  # what was paid where points were earned
    points: int  # that members have at the end
    redeemed: int  # points, cumulative
    expected: int  # points, cumulative, rounded down
    opening: int
    allocated: int
    recognised: int
    breakage: int
    begins: bool

    @property
    def closing(self) -> int:
        return self.opening + self.allocated - self.recognised


def valued(units: Iterable[Unit]) -> dict[str, Valued]:
    """What those units are priced by that say it and can be spent."""
    return {
        unit.code: Valued(unit.worth.points, unit.worth.amount, unit.worth.redeemed)
        for unit in units
        if unit.spendable and unit.worth is not None and unit.worth.redeemed is not None
    }


def terms(prices: Mapping[str, Valued]) -> dict[str, Terms]:
    """The same to be counted with."""
    return {code: Terms(Fraction(one.amount, one.points), one.redeemed) for code, one in prices.items()}


def halves(number: Fraction) -> int:
    """Rounded to a whole number, halves up."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def split(price: int, weights: Sequence[Fraction]) -> tuple[int, ...]:
    """A price in whole parts as the weights are: by largest remainder, ties by place, so that nothing is left over."""
    whole = sum(weights)
    exact = [price * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    ranked = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in ranked[: price - sum(parts)]:
        parts[place] += 1
    return tuple(parts)


def allot(price: int, prices: Sequence[Fraction]) -> tuple[int, ...]:
    """A price split between goods, which are sold for it alone, and points with these stand-alone selling prices."""
    return split(price, (Fraction(price), *prices)) if price else (0,) * (1 + len(prices))


def recognised(allocated: int, redeemed: int, expected: Fraction, *, left: int) -> int:
    """Cumulative revenue: allocated × redeemed ÷ expected, rounded half up; all of it once no points are left."""
    if left <= 0:
        return allocated
    return halves(min(Fraction(redeemed) / expected, Fraction(1)) * allocated) if expected > 0 else 0


def statement(unit: str, periods: Iterable[Period]) -> list[Line]:
    """A line for each month whose terms are said, from all closed months of a unit in their order.

    What was before, or in months without terms, is valued by the first terms after it and brought forward. Every month
    is held against its points, to the point; what does not tie is an AssertionError that names the month.
    """
    lines: list[Line] = []
    pool, waiting, had = Pool(), list[Past](), 0
    before: tuple[int, int, int] | None = None  # allocated, recognised and at face when the month before ended
    for period in periods:
        sums, said = period.sums, period.terms.get(unit)
        if sums.past is not None:
            had = _tied(period, sums.past, had)
            waiting.append(sums.past)
        _same(period, "it opens with", sums.opening, had)
        month = Past(sums.flows, sums.sold or ())
        had = _tied(period, month, had)
        if said is None:
            waiting.append(month)
            before = None
            continue
        begins = before is None
        for one in waiting:
            pool = _add(pool, one, unit, period.terms)
        waiting.clear()
        was = before or (pool.allocated, pool.recognised(said.share), pool.at_face)
        pool = _add(pool, month, unit, period.terms)
        _same(period, "members have", pool.outstanding, sums.closing)
        before = now = (pool.allocated, pool.recognised(said.share), pool.at_face)
        lines.append(Line(
            period.month, unit, said.share, sum(one.price for one in month.sold), pool.outstanding, pool.redeemed,
            int(pool.expected(said.share)), was[0] - was[1], now[0] - was[0], now[1] - was[1],
            (now[1] - now[2]) - (was[1] - was[2]), begins,
        ))  # fmt: skip
    return lines


def _add(pool: Pool, month: Past, unit: str, terms: Mapping[str, Terms]) -> Pool:
    """The portfolio after a month."""
    moved: dict[Role, int] = {}
    for flow in month.flows:
        role = ROLES[flow.kind]  # type: ignore[index] # kinds come from the ledger, which knows no other
        moved[role] = moved.get(role, 0) + flow.points
    return Pool(
        allotted=pool.allotted + sum(_allotted(one, unit, terms) for one in month.sold),
        sold=pool.sold + sum(one.points for one in month.sold if one.price),
        issued=pool.issued + moved.get("issued", 0),
        taken=pool.taken - moved.get("taken", 0),
        redeemed=pool.redeemed - moved.get("redeemed", 0),
        lapsed=pool.lapsed - moved.get("lapsed", 0),
        lent=pool.lent + moved.get("lent", 0),
        passed=pool.passed + moved.get("passed", 0),
    )


def _allotted(one: Sold, unit: str, terms: Mapping[str, Terms]) -> int:
    """What of a price is for the points of the unit, beside the goods and the other units that have a price."""
    earned = sorted([(unit, one.points), *[(other, points) for other, points in one.beside if other in terms]])
    parts = allot(one.price, [terms[code].price(points) for code, points in earned])
    return parts[1 + [code for code, _ in earned].index(unit)]


def _tied(period: Period, month: Past, had: int) -> int:
    """What members have after the flows; what was earned must be what was counted by its sales."""
    earned = sum(flow.points for flow in month.flows if flow.kind == "earn")
    _same(period, "its sales have earned", sum(one.points for one in month.sold), earned)
    return had + sum(flow.points for flow in month.flows)


def _same(period: Period, what: str, found: int, expected: int) -> None:
    assert found == expected, f"{period.month}, {period.sums.unit}: {what} {found} points, but it is {expected}"
