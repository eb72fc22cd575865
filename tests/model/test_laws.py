"""Laws in one sentence each: any slicing of returns ends the same, and no cycle keeps points alive or makes any."""

from datetime import timedelta
from random import Random

import pytest

from guerdon.core.activities import Activity
from guerdon.core.holds import TimeToLive
from guerdon.features.programmes import forms
from guerdon.insight.oracle.terms import Back, Fact, Line, Terms
from tests import effort, shop
from tests.model import telling
from tests.model.houses import EngineHouse, House, PureHouse
from tests.model.play import PEOPLE, START, basket_line
from tests.stories.story import Person

TIMES = effort.times(60, 1_000)
IN_THE_ENGINE = effort.times(6, 150)
BOUGHT = "purchase"


def opened(house: House, terms: Terms) -> House:
    found = forms.read_document(shop.document("laws", **terms.document()))
    assert found.programme is not None, found.problems
    house.publish(found.programme, since=shop.OPENING, now=shop.OPENING)
    for who in PEOPLE:
        house.enrol(Person(who), now=shop.OPENING)
    return house


# --- path-independence (LAW 2.3, 4.2) ---


def bought_and_returned(dice: Random) -> tuple[Terms, Fact, list[Fact]]:
    """A purchase, and returns of it that fit in any order: some money, and each line at most once."""
    terms = Terms(returns=dice.choice(("debt", "within_balance", "only_pending")), vesting_days=dice.choice((0, 6)))
    lines = (*[basket_line(dice.choice) for _ in range(dice.choice((0, 1, 2)))], Line(dice.randrange(100, 7_000)))
    net = sum(line.net for line in lines)
    bought = Fact(BOUGHT, BOUGHT, "Ann", START, lines, paid_in_points=dice.choice((0, net // 3)))
    backs = [(Back(number, money=line.net // 2),) for number, line in enumerate(lines, start=1) if line.net > 1]
    told = [Fact("return", f"line-{place}", "Ann", START, order=BOUGHT, backs=back) for place, back in enumerate(backs)]
    money = net - sum(back[0].money or 0 for back in backs)
    for place in range(dice.choice((0, 1, 2))):
        told.append(Fact("return", f"money-{place}", "Ann", START, order=BOUGHT, money=dice.choice((1, money // 3))))
    return terms, bought, told


def left(house: House, facts: list[Fact]) -> object:
    """What Ann has once they were told one by one."""
    for fact in facts:
        (told,) = house.record([telling.activity(fact)], now=START, dry_run=False)
        assert told.refusal is None, told.refusal
    kept = [(one.points, one.available_at, one.expires_at) for one in house.lots("Ann", "points", START)]
    return kept, house.lots("Ann", "stamps", START) != [], house.amounts("Ann", "points", START).debt


@pytest.mark.parametrize("make", [PureHouse, EngineHouse])
def test_any_order_and_slicing_of_returns_ends_the_same(database, make):
    for seed in range(TIMES if make is PureHouse else IN_THE_ENGINE):
        dice = Random(seed)
        terms, bought, returns = bought_and_returned(dice)
        found = left(opened(make(), terms), [bought, *returns])
        shuffled = dice.sample(returns, len(returns))
        assert left(opened(make(), terms), [bought, *shuffled]) == found, seed
        early = dice.randrange(len(returns) + 1)
        assert left(opened(make(), terms), [*shuffled[:early], bought, *shuffled[early:]]) == found, seed


# --- no laundering (LAW 5.5, 6.1, 6.3, 10.19) ---


class Launderette:
    """Ann has points of one purchase, and tries with her friends what might keep them alive, or make more of them."""

    def __init__(self, dice: Random, house: House) -> None:
        terms = Terms(days=dice.choice((9, 40)), fee_percent=dice.choice((0, 15)))
        self.dice, self.house, self.now, self.number = dice, opened(house, terms), START, 0
        bought = Fact(BOUGHT, BOUGHT, "Ann", START, (Line(6_000, coffee=True),))
        self.activity: Activity = telling.activity(bought)
        (told,) = self.house.record([self.activity], now=START, dry_run=False)
        assert told.decision is not None
        self.had = told.decision.awarded().get("points", 0)
        self.ends = {award.expires_at for award in told.decision.awards}
        self.holds: list[str] = []
        self.burns: list[str] = []

    def key(self) -> str:
        self.number += 1
        return f"turn-{self.number}"

    def turn(self) -> None:
        """Something that could be a part of a cycle."""
        dice, house = self.dice, self.house
        self.now += timedelta(hours=dice.choice((0, 1, 30)))
        who, other = dice.sample(PEOPLE, 2)
        points, key = dice.choice((1, 5, self.had)), self.key()
        deed = dice.choice(("send", "send", "merge", "unmerge", "hold", "end", "burn", "cancel", "return", "reopen"))
        if deed == "send":
            house.send(who, other, "points", points, key=key, now=self.now, dry_run=False)
        elif deed in ("merge", "unmerge"):
            getattr(house, deed)(who, other, now=self.now, dry_run=False)
        elif deed == "hold":
            if house.hold(who, "points", points, life=TimeToLive(days=30), key=key, now=self.now).refusal is None:
                self.holds.append(key)
        elif deed == "end" and self.holds:
            house.release(self.holds.pop(), key=key, now=self.now)
        elif deed == "burn":
            if house.spend(who, "points", points, key=key, now=self.now, dry_run=False).refusal is None:
                self.burns.append(key)
        elif deed == "cancel" and self.burns:
            house.cancel(self.burns.pop(), None, key=key, now=self.now)
        elif deed in ("return", "reopen"):
            back = telling.activity(Fact(deed, key, "Ann", self.now, order=BOUGHT))
            house.record([back], now=self.now, dry_run=False)

    def look(self) -> None:
        """Nobody has points that live longer than those that were bought, nor are there more of them."""
        lots = {lot.id: lot for who in PEOPLE for lot in self.house.lots(who, "points", self.now)}
        assert {lot.expires_at for lot in lots.values()} <= self.ends, lots
        assert sum(lot.points for lot in lots.values()) <= self.had, lots
        if self.now >= max(end for end in self.ends if end is not None):
            assert all(self.house.amounts(who, "points", self.now).available == 0 for who in PEOPLE)


@pytest.mark.parametrize("make", [PureHouse, EngineHouse])
def test_no_cycle_keeps_points_alive_or_makes_any(database, make):
    for seed in range(TIMES if make is PureHouse else IN_THE_ENGINE):
        shop_of_tricks = Launderette(Random(seed), make())
        for _ in range(25):
            shop_of_tricks.turn()
            shop_of_tricks.look()
