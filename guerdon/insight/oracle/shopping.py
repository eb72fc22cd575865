"""Purchases and reviews by the book: what they earn, what they count, and what waits for an exchange rate."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

from guerdon.insight.oracle import days
from guerdon.insight.oracle.book import Answer, Book, Lot, No
from guerdon.insight.oracle.terms import BASE_PER_DAY, BUDGET, FIRST_RATE, Fact

EVER = "all"


@dataclass(slots=True)
class Basket:
    """What of an order earns: its lines as (money, pieces, coffee), of whose money only `left` was kept."""

    lines: list[tuple[int, int, bool]]
    left: int
    paid_in_points: int

    @property
    def named(self) -> int:
        return sum(money for money, _, _ in self.lines)


@dataclass(slots=True)
class Slice:
    """One return of an order, or its reopening; what it asked for, took, and found ended, by unit."""

    money: int = 0
    backs: list[tuple[int, int | None, int | None]] = field(default_factory=list)  # line, money, pieces
    reopens: bool = False
    asked: dict[str, int] = field(default_factory=dict)
    moved: dict[str, int] = field(default_factory=dict)
    lapsed: dict[str, int] = field(default_factory=dict)
    to_points: int = 0  # of its money, what went back as points


@dataclass(slots=True)
class Order:
    """A purchase with what decided on it, which its returns will ask again."""

    fact: Fact
    who: str  # in whose account
    rate: Fraction
    base_room: int
    first: bool
    steps: bool
    lots: list[Lot] = field(default_factory=list)  # as they were given
    slices: list[Slice] = field(default_factory=list)

    def awarded(self, unit: str) -> int:
        return sum(lot.left for lot in self.lots if lot.unit == unit)


@dataclass(slots=True)
class Shopping(Book, ABC):
    """Purchases and reviews."""

    orders: dict[str, Order] = field(default_factory=dict)
    spent: int = 0  # of the campaign's budget
    rates: dict[date, Fraction] = field(default_factory=lambda: dict([FIRST_RATE]))  # of dollars, by their first day

    # --- what an order is worth ---

    def exact(self, order: Order, basket: Basket) -> list[Fraction]:
        """What each rule gives before the one rounding: base, coffee, first, steps."""
        left = basket.left
        money = max(0, left - basket.paid_in_points) * order.rate
        counts = money / left if left else Fraction(0)  # of a cent on a line
        kept = Fraction(left, basket.named) if basket.named else Fraction(0)
        coffee = sum(money for money, _, is_coffee in basket.lines if is_coffee) * kept * counts
        return [
            min(money * Fraction(3, 200), Fraction(order.base_room)),
            coffee * Fraction(3, 400),
            Fraction(25 if order.first else 0),
            Fraction((10 if money >= 6000 else 4 if money >= 3000 else 0) if order.steps else 0),
        ]

    def pieces(self, basket: Basket) -> int:
        """A line given away does not count, nor do its pieces."""
        pieces = sum(pieces for money, pieces, is_coffee in basket.lines if is_coffee and money > 0)
        return pieces * basket.left // basket.named if basket.named else 0

    def worth(self, order: Order, basket: Basket) -> dict[str, int]:
        """By unit, what the kept part of an order earns."""
        if basket.left == 0:
            return {"points": 0, "stamps": 0}
        return {"points": int(sum(self.exact(order, basket))), "stamps": self.pieces(basket)}

    # --- telling it ---

    def _starts(self, at: datetime, wait: int) -> datetime:
        return days.first_instant(self.day(at) + timedelta(days=wait), self.terms.zone) if wait else at

    def _lot(self, fact: Fact, who: str, unit: str, points: int, wait: int, rolling: int | None = None) -> Lot:
        end = self.end(unit, fact.at, rolling=rolling)
        return Lot(0, who, unit, fact.key, points, fact.at, self._starts(fact.at, wait), end, awarded=True)

    def review(self, fact: Fact, who: str) -> Answer:
        points = min(20, BUDGET - self.spent)
        self.spent += points
        lots = [self._lot(fact, who, "points", points, 12)] if points else []
        return self._give(fact, who, lots)

    def purchase(self, fact: Fact, who: str) -> Answer:
        """What the law answers to a purchase that is new, or whose rate has come."""
        rate = self._rate(fact)
        if rate is None:
            if fact.order:
                raise No("currency_unknown")
            self.parked.append((who, fact))
            return ("parked", "rate_missing")
        day = self.day(fact.at)
        room = max(0, BASE_PER_DAY - self.counted(who, "rule:base", f"d{day:%Y%m%d}"))
        first = self.counted(who, "count:purchase", EVER) == 0
        steps = self.counted(who, "uses:steps", f"m{day:%Y%m}") < 2
        order = Order(fact, who, rate, room, first, steps)
        lines = [(line.net, line.pieces, line.coffee) for line in fact.lines]
        basket = Basket(lines, sum(line.net for line in fact.lines), fact.paid_in_points)
        parts = largest_remainders(self.exact(order, basket))
        lots = self._lots(fact, who, parts, self.exact(order, basket), self.pieces(basket))
        if fact.order:
            self.exchange(fact, who)
        self.orders[fact.key] = order
        order.lots = [
            Lot(0, who, lot.unit, lot.origin, lot.left, lot.earned, lot.starts, lot.ends, lot.funder) for lot in lots
        ]
        answer = self._give(fact, who, lots)
        self.count(who, "rule:base", f"d{day:%Y%m%d}", parts[0])
        if parts[3]:
            self.count(who, "uses:steps", f"m{day:%Y%m}", 1)
        return answer

    def _lots(self, fact: Fact, who: str, parts: list[int], exact: list[Fraction], pieces: int) -> list[Lot]:
        """What dies together is one lot, in the order in which it was first given."""
        lives: dict[int | None, int] = {}
        for share, part, rolling in zip(exact, parts, (None, 20, 10, None), strict=True):
            if share:
                lives[rolling] = lives.get(rolling, 0) + part
        wait = self.terms.vesting_days
        lots = [self._lot(fact, who, "points", points, wait, rolling) for rolling, points in lives.items() if points]
        for lot, rolling in zip(lots, [rolling for rolling, points in lives.items() if points], strict=True):
            lot.funder = "roastery" if rolling == 10 else None
        return [*lots, *([self._lot(fact, who, "stamps", pieces, 0)] if pieces else [])]

    def _give(self, fact: Fact, who: str, lots: list[Lot]) -> Answer:
        awarded: dict[str, int] = {}
        for lot in lots:
            awarded[lot.unit] = awarded.get(lot.unit, 0) + lot.left
            self.credit("earn", lot, fact.at)
            if lot.unit == "stamps":
                self.slide(who, lot.ends)
        self.count(who, "count:" + fact.kind, EVER, 1)
        return ("earned", tuple(sorted(awarded.items())), self.repay_all(who))

    @abstractmethod
    def exchange(self, fact: Fact, who: str) -> None:
        """What is left of the replaced order comes back: returns know how."""

    # --- rates ---

    def _rate(self, fact: Fact) -> Fraction | None:
        """Euro cents for a cent: the rate of the latest day up to the purchase's own."""
        if fact.currency == "EUR":
            return Fraction(1)
        begun = [day for day in self.rates if day <= self.day(fact.at)]
        return self.rates[max(begun)] if begun else None

    def waits(self, who: str) -> bool:
        """Whether something waits in a member's account."""
        mine = [owner for owner, _ in self.parked] + [owner for owner, *_ in self.waiting.values()]
        return who in mine


def largest_remainders(exact: list[Fraction]) -> list[int]:
    """Whole parts of the floored sum: each its floor, what is left over to the largest remainders, first come first."""
    parts = [int(one) for one in exact]
    left = int(sum(exact)) - sum(parts)
    for place in sorted(range(len(exact)), key=lambda place: (parts[place] - exact[place], place))[:left]:
        parts[place] += 1
    return parts
