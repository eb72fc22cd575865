"""Small random programmes, baskets and members of few words, so that rules and baskets meet often.

Everything is thrown with one dice: Hypothesis lends its own (`st.randoms(use_true_random=False)`), and can then shrink.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, TypeVar

import msgspec

from guerdon.core import conditions as c
from guerdon.core import effects
from guerdon.core.activities import Activity, Line, Member, Tender
from guerdon.core.expiry import Never
from guerdon.core.period import WINDOWS, Period
from guerdon.core.programme import Earning, Programme, Rate, Unit
from guerdon.core.rules import NO_CAPS, Caps, Rule
from guerdon.core.standing import Standing

T = TypeVar("T")
WORDS = ("a", "b", "c")
NOON = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
FACTORS = ((2, 1), (3, 2), (4, 3), (7, 5))


class Small:
    """Throws small things."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice

    def of(self, several: Sequence[T]) -> T:
        return several[self.dice.randrange(len(several))]

    def chance(self, one_in: int) -> bool:
        return self.dice.randrange(one_in) == one_in - 1

    def maybe(self, make: Callable[[], T], none: Any = None) -> T | Any:
        return make() if self.chance(2) else none

    def some(self, words: Sequence[T] = WORDS) -> frozenset[Any]:  # type: ignore[assignment]
        return frozenset(self.of(words) for _ in range(self.of([1, 1, 2])))

    def either(self, words: Sequence[Any] = WORDS) -> tuple[frozenset[Any], frozenset[Any]]:
        """Words that are asked for, and words that are not wanted; one of them at least."""
        asked = self.of([(1, 0), (0, 1), (1, 1)])
        return (self.some(words) if asked[0] else frozenset(), self.some(words) if asked[1] else frozenset())

    def cents(self) -> int:
        return self.of([0, 1, 99, 100, 133, 1_000, self.dice.randrange(500)])

    def moment(self) -> datetime:
        return NOON + timedelta(minutes=self.dice.randrange(60 * 24 * 40))

    # --- conditions; a lower bound on spending never stands under an odd number of `not` ---

    def line_filter(self, *, negated: bool = False, depth: int = 1) -> c.LineFilter:
        kind = self.dice.randrange(6 if depth else 2)
        if kind == 2:
            return c.LineAll(tuple(self.line_filter(negated=negated, depth=0) for _ in range(self.of([1, 2, 3]))))
        if kind == 3:
            return c.LineAny(tuple(self.line_filter(negated=negated, depth=0) for _ in range(self.of([1, 2, 3]))))
        if kind == 4:
            return c.LineNot(self.line_filter(negated=not negated, depth=depth - 1))
        if kind == 1 and not negated:
            return c.LineReaches(self.cents(), self.of([0, 0, 1, 2, 3]))
        return c.LineIs(self.of(("product", "category", "brand", "tag")), *self.either())

    def condition(self, *, negated: bool = False, depth: int = 2) -> c.Condition:
        kind = self.dice.randrange(7 if depth else 4)
        if kind == 4:
            return c.All(tuple(self.condition(negated=negated, depth=depth - 1) for _ in range(self.of([1, 2]))))
        if kind == 5:
            return c.Any(tuple(self.condition(negated=negated, depth=depth - 1) for _ in range(self.of([1, 2]))))
        if kind == 6:
            return c.Not(self.condition(negated=not negated, depth=depth - 1))
        if kind == 3 and not negated:
            return self.of_spending()
        return self.of([self.of_words, self.of_names, self.of_time, self.of_history])()

    def of_spending(self) -> c.Condition:
        sizes = (self.cents(), self.of([0, 0, 1, 3]), self.of([0, 0, 1, 2]))
        low = self.cents()
        spent = c.Counter("spend", self.of(WINDOWS), min=low)
        return self.of([c.Basket(*sizes), c.Lines(self.line_filter(), *sizes), spent])

    def of_words(self) -> c.Condition:
        if self.chance(5):
            return c.Is("currency", *self.either(("EUR", "JPY")))
        return c.Is(self.of(("channel", "store", "tender", "segment", "tier", "kind")), *self.either())

    def of_names(self) -> c.Condition:
        kind = self.of((c.Attribute, c.Fact))
        low = self.dice.randrange(3)
        told: dict[str, Any] = self.of(
            [{"exists": True}, {"exists": False}, {"min": low}, {"min": low, "max": low + 1}, {}]
        )
        if not told:
            any_of, none_of = self.either(("a", 1, 0, True, False))
            told = {"any_of": any_of, "none_of": none_of}
        return kind("x", **told)

    def of_time(self) -> c.Condition:
        hours = self.dice.sample(range(25), 2)
        return self.of([
            c.Dates(date(2026, 3, 20)), c.Dates(until=date(2026, 4, 1)), c.Dates(date(2026, 3, 12), date(2026, 3, 30)),
            c.Weekday(frozenset(self.dice.sample(range(1, 8), 4))), c.Hour(min(hours[0], 23) * 60 + 30, hours[1] * 60),
            c.BirthdayMonth(),
        ])  # fmt: skip

    def of_history(self) -> c.Condition:
        low = self.dice.randrange(3)
        counter = c.Counter(
            "count:" + self.of(("purchase", "visit")), self.of(WINDOWS), min=low, max=low + self.of([0, 9])
        )
        return self.of([c.First(), c.First("visit"), c.Nth(2), c.Nth(2, every=True), c.DaysSince(3), counter])

    # --- programmes ---

    def caps(self) -> Caps:
        return Caps(**{self.of(("order", *WINDOWS)): self.dice.randrange(1, 40)})

    def steps(self) -> tuple[effects.Step, ...]:
        amounts = sorted({self.cents() for _ in range(3)})
        return tuple(effects.Step(at, 3 * place + self.dice.randrange(1, 4)) for place, at in enumerate(amounts))

    def effect(self, unit: str) -> effects.Effect:
        kind = self.dice.randrange(6)
        if kind in (0, 1):
            return effects.PerAmount(unit, self.dice.randrange(1, 8), self.of([1, 3, 50, 100, 200]))
        if kind == 2:
            return effects.PerPiece(unit, self.dice.randrange(1, 6), self.dice.randrange(1, 5))
        if kind == 3:
            return effects.Fixed(unit, self.dice.randrange(1, 30))
        return effects.Table(unit, self.steps()) if kind == 4 else effects.Multiply(unit, *self.of(FACTORS))

    def rule(self, key: str) -> Rule:
        unit = self.of(("p", "p", "p", "q"))
        windows = [Period(), Period(), Period(NOON + timedelta(days=9)), Period(until=NOON + timedelta(days=30))]
        return Rule(
            key=key,
            name={},
            when=self.of([("purchase",), ("purchase",), ("visit",), ("visit", "purchase")]),
            then=tuple(self.effect(unit) for _ in range(self.of([1, 1, 2]))),
            condition=self.maybe(self.condition),
            where=self.maybe(self.line_filter),
            during=self.of(windows),
            caps=self.caps() if self.chance(3) else NO_CAPS,
            uses=Caps(week=self.of([1, 2])) if self.chance(4) else NO_CAPS,
            budget=self.dice.randrange(1, 60) if self.chance(4) else None,
            group=self.of([None, None, None, "g", "h"]),
            priority=self.dice.randrange(3),
        )

    def programme(self, **earning: Any) -> Programme:
        told: dict[str, Any] = {
            "rounding": self.of(["floor", "half_up"]), "per": self.of(["order", "order", "line"]),
            "stacking": self.of(["multiply", "add"]), "shipping": self.chance(2),
            "tenders_without": self.of([frozenset(), frozenset({"a"}), frozenset({"a", "b"})]),
        }  # fmt: skip
        unit_caps = self.caps() if self.chance(3) else NO_CAPS
        return Programme(
            key="x",
            name={},
            zone_key=self.of(["Europe/Sofia", "America/Sao_Paulo"]),
            currency="EUR",
            languages=(),
            units={
                "p": Unit("p", "redeemable", {}, expires=Never(), caps=unit_caps),
                "q": Unit("q", "redeemable", {}, expires=Never()),
            },
            rules=tuple(self.rule(f"r{place}") for place in range(self.dice.randrange(1, 6))),
            earning=Earning(**(told | earning)),
            rates={"JPY": (Rate("2026-01-01", 61, 100), Rate("2026-03-25", 2, 3))},
        )

    # --- facts and members ---

    def line(self) -> Line:
        amount = self.cents()
        return Line(
            amount=amount,
            discount=amount * self.of([0, 0, 0, 10, 100]) // 100,
            product=self.of(WORDS),
            category=self.of((None, *WORDS)),
            brand=self.of((None, *WORDS)),
            tags=tuple(self.of(WORDS) for _ in range(self.dice.randrange(3))),
            quantity=self.dice.randrange(4),
            kind=self.of(["goods", "goods", "goods", "shipping", "tax"]),
        )

    def activity(self) -> Activity:
        basket = tuple(self.line() for _ in range(self.dice.randrange(5)))
        due = sum(line.net for line in basket)
        first = self.dice.randrange(due + 1)
        return Activity(
            kind=self.of(["purchase", "purchase", "purchase", "visit"]),
            source="s",
            external_id=str(self.dice.randrange(10**9)),
            occurred_at=self.moment(),
            member=Member(id="m"),
            currency=self.of([None, "EUR", "JPY"]),
            lines=basket,
            tenders=self.maybe(lambda: (Tender(self.of(WORDS), first), Tender("z", due - first)), ()),
            channel=self.of((None, *WORDS)),
            store=self.of((None, *WORDS)),
            facts=self.of([{}, {"x": "a"}, {"x": 1}, {"x": 0}, {"x": True}, {"x": False}]),
        )

    def more(self, less: Activity) -> Activity:
        """The same purchase with more spent: a line costs more, has more pieces, or there is another one."""
        basket = list(less.lines)
        for _ in range(self.of([1, 2])):
            place = self.dice.randrange(len(basket) + 1)
            if place == len(basket):
                basket.append(self.line())
            else:
                line = basket[place]
                basket[place] = msgspec.structs.replace(
                    line, amount=line.amount + self.cents(), quantity=line.quantity + self.dice.randrange(3)
                )
        extra = sum(line.net for line in basket) - sum(line.net for line in less.lines)
        paid = tuple(
            msgspec.structs.replace(one, amount=one.amount + extra) if one.kind == "z" else one for one in less.tenders
        )
        return msgspec.structs.replace(less, lines=tuple(basket), tenders=paid)

    def standing(self) -> Standing:
        """Somebody with a past."""
        past = self.moment() - timedelta(days=20)
        named = ("count:purchase", "count:visit", "spend", "rule:r0", "rule:r1", "uses:r0", "unit:p")
        windows = self.of([(), ("all",), ("all", "m202603", "y2026", "q20261", "w202611")])
        return Standing(
            account_id="m",
            enrolled_at=past,
            attributes=self.of([{}, {"x": "a"}, {"x": 1}, {"x": True}]),
            segments=self.some(),
            tiers=self.maybe(self.some, frozenset()),
            birthday_month=self.of([None, 2, 3, 4]),
            counters={(what, window): (self.dice.randrange(20), past) for what in named for window in windows},
        )

    def budgets(self) -> dict[str, int]:
        """What is left of the rules' budgets."""
        return {f"r{place}": self.dice.randrange(60) for place in range(5)}
