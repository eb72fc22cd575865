"""Any life of gift cards that pay: sold, shared by orders, given back, ended – against a book that counts by hand."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from math import floor
from random import Random
from typing import Any

import pytest

from guerdon.core.activities import Tender
from guerdon.features.cards.queries import Card
from guerdon.insight import verify
from tests import effort, gifts, shop
from tests.gifts import left, load, sell, spend
from tests.shop import FAR, Shop, moment

CREDIT: dict[str, Any] = gifts.CREDIT | {"expires": {"rolling": {"days": 40}}}
DEEDS = (*["buy"] * 4, *["return"] * 3, "sell", "load", "spend", "night")


@dataclass
class Lot:
    """Money on a card, until when, and how much of it was taken."""

    left: int
    ends: datetime


@dataclass
class Drawer:
    """A card as it would be written on paper."""

    card: Card
    lots: list[Lot] = field(default_factory=list)

    def put(self, amount: int, now: datetime) -> None:
        self.lots.append(Lot(amount, moment(f"{(now + timedelta(days=41)):%Y-%m-%d}T00:00")))

    def holds(self, now: datetime) -> int:
        return sum(lot.left for lot in self.lots if now < lot.ends)

    def take(self, amount: int, now: datetime) -> list[tuple[Lot, int]]:
        """What is taken of which lots; none where there is not enough."""
        if self.holds(now) < amount:
            return []
        taken = []
        for lot in sorted([lot for lot in self.lots if now < lot.ends], key=lambda lot: lot.ends):
            part = min(amount, lot.left)
            lot.left, amount = lot.left - part, amount - part
            taken.append((lot, part))
        return taken


@dataclass
class Order:
    """What was paid by which card, out of which lots, and how much has come back."""

    name: str
    parts: list[int]
    taken: list[list[tuple[Lot, int]]]  # by tender; nothing for cash
    back: int = 0
    given: list[int] = field(default_factory=list)

    def give(self, amount: int, now: datetime) -> None:
        """So much comes back, each tender's share of all that has by now, the last taken first."""
        self.back += amount
        share, rest, whole = [], Fraction(self.back), sum(self.parts)
        for part in self.parts:
            mine = floor(rest * part / whole + Fraction(1, 2)) if whole else 0
            share.append(mine)
            rest, whole = rest - mine, whole - part
        for place, lots in enumerate(self.taken):
            now_back = share[place] - self.given[place]
            for at in range(len(lots) - 1, -1, -1):
                lot, there = lots[at]
                part = min(now_back, there)
                lots[at], now_back = (lot, there - part), now_back - part
                lot.left += part if now < lot.ends else 0
        self.given = share


def live(at: Shop, chance: Random) -> None:
    """Some months with a few cards; after each deed every card holds what the paper says."""
    day, drawers, orders = moment("2026-01-05T08:00"), list[Drawer](), list[Order]()
    for number in range(50):
        day += timedelta(days=chance.choice([0, 0, 1, 5, 15]), minutes=1)
        now, deed = f"{day:%Y-%m-%dT%H:%M}", chance.choice(DEEDS) if drawers else "sell"
        amount = chance.choice([100, 333, 1_000, 2_500])
        drawer = chance.choice(drawers) if drawers else None
        if deed == "sell":
            drawers.append(Drawer(sell(at, amount, now)))
            drawers[-1].put(amount, day)
        elif deed == "load" and drawer is not None:
            load(at, drawer.card, amount, now)
            drawer.put(amount, day)
        elif deed == "spend" and drawer is not None and drawer.take(amount, day):
            spend(at, drawer.card, amount, now)
        elif deed == "buy":
            _buy(at, chance, drawers, orders, number, day)
        elif deed == "return" and orders:
            order = chance.choice(orders)
            most = sum(order.parts) - order.back
            amount = min(amount, most)
            if amount:
                shop.taken(at.tell(at.giving_back("Ann", order.name, now, amount=amount))[0])
                order.give(amount, day)
        elif deed == "night":
            at.night(now)
        assert [left(one.card, now) for one in drawers] == [one.holds(day) for one in drawers], (number, deed)


def _buy(
    at: Shop, chance: Random, drawers: list[Drawer], orders: list[Order], number: int, day: datetime
) -> None:  # fmt: skip
    """An order by one card or two, or one of them twice, and in cash."""
    wanted = [(chance.choice(drawers), chance.choice([50, 333, 700])) for _ in range(chance.choice([1, 1, 2, 3]))]
    cash = chance.choice([0, 1, 500])
    tenders = [Tender("gift_card", amount, card=drawer.card.code) for drawer, amount in wanted]
    tenders.insert(chance.randrange(len(tenders) + 1), Tender("cash", cash))
    kept = [[lot.left for lot in drawer.lots] for drawer in drawers]
    taken = [drawer.take(amount, day) for drawer, amount in wanted]
    name, total = f"o-{number}", sum(tender.amount for tender in tenders)
    (result,) = at.tell(at.purchase("Ann", total, f"{day:%Y-%m-%dT%H:%M}", external_id=name, tenders=tuple(tenders)))
    if not all(taken):
        assert shop.code(result) == "gift_card_short"
        for drawer, before in zip(drawers, kept, strict=True):
            for lot, amount in zip(drawer.lots, before, strict=True):
                lot.left = amount
        return
    assert shop.points([result]) == cash // 100, "what a gift card paid earns nothing"
    of_cards = iter(taken)
    parts = [next(of_cards) if tender.card is not None else [] for tender in tenders]
    orders.append(Order(name, [tender.amount for tender in tenders], parts, given=[0] * len(tenders)))


@pytest.mark.parametrize("seed", range(effort.times(3, 60)))
def test_every_card_holds_what_the_paper_says(database, seed):
    at = Shop(gifts.PARTS | {"units": gifts.PARTS["units"] | {"credit": CREDIT}, "zone": "UTC"})
    at.enrol("Ann")
    live(at, Random(seed))
    assert at.audit() == []
    report = verify.run(at.programme_id, at=FAR, deep=True)
    assert report.ok, report.broken
