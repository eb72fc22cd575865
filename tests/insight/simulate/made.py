"""A small shop for what stands behind a replay: purchases by member and month, and the simplest of all replays."""

from collections.abc import Iterator, Sequence

import numpy as np

from guerdon.core.programme import Programme
from guerdon.features.programmes import forms
from guerdon.insight.simulate.measures import Side
from guerdon.insight.simulate.runs import Flow, Run

FILE = """
programme: aurora
name: {en: Café Aurora}
zone: Europe/Sofia
currency: EUR
languages: [en]
units:
  points:
    kind: redeemable
    scale: 1
    name: {en: points}
    expires: {rolling: {months: %(months)s}}
    worth: {points: 100, money: "1.00"}
tiers:
  club:
    name: {en: Club}
    basis: {spend: true}
    levels:
      silver: {name: {en: Silver}, from: "100.00"}
rewards:
  coffee:
    kind: merchandise
    name: {en: Coffee}
    prices: [{points: {points: %(price)s}}]
rules:
  base:
    name: {en: Base}
    when: purchase
    then: [{points: {unit: points, give: %(give)s, per: "1.00"}}]
"""


def programme(*, give: object = 1, price: int = 50, months: int = 12) -> Programme:
    return forms.load(FILE % {"give": give, "price": price, "months": months})


def document(**told):
    return forms.to_document(programme(**told))


def replayed(spent: np.ndarray, found: Programme, wanted: np.ndarray | None = None) -> Run:
    """Points by the one rate, first in first out by months; who wants a coffee in a month takes all they can pay."""
    (rule,) = found.rules
    (effect,) = rule.then
    rate = effect.rate
    months = found.units["points"].expires.months
    (price,) = found.rewards["coffee"].prices[0].points.values()
    issued = spent * rate.numerator // rate.denominator
    redeemed, expired, outstanding, cost = (np.zeros_like(spent) for _ in range(4))
    for member in range(spent.shape[0]):
        lots: list[list[int]] = []
        for month in range(spent.shape[1]):
            expired[member, month] = sum(lot[1] for lot in lots if lot[0] + months <= month)
            lots = [lot for lot in lots if lot[0] + months > month]
            lots.append([month, int(issued[member, month])])
            coffees = sum(lot[1] for lot in lots) // price if wanted is not None and wanted[member, month] else 0
            left = redeemed[member, month] = coffees * price
            cost[member, month] = coffees * 80
            for lot in lots:
                taken = min(left, lot[1])
                lot[1] -= taken
                left -= taken
            outstanding[member, month] = sum(lot[1] for lot in lots)
    names = tuple(f"m{number:04}" for number in range(spent.shape[0]))
    dates = tuple(f"{2025 + month // 12}-{month % 12 + 1:02}" for month in range(spent.shape[1]))
    tiers = {"club": (spent.cumsum(axis=1) >= 10_000).astype(np.int16) - 1}
    return Run(names, dates, spent, {"points": Flow(issued, redeemed, expired, outstanding)}, cost, tiers)


class Shop:
    """Everything that its members bought, and a replay of it under any programme; it counts how often it is asked."""

    def __init__(self, spent: np.ndarray, wanted: np.ndarray | None = None) -> None:
        self.spent, self.wanted, self.asked = spent, wanted, 0

    def replay(self, programmes: Sequence[Programme]) -> Iterator[Run]:
        for one in programmes:
            self.asked += 1
            yield replayed(self.spent, one, self.wanted)

    def side(self, **told: object) -> Side:
        found = programme(**told)
        return Side(replayed(self.spent, found, self.wanted), found)


def shop(members: int = 40, months: int = 18, seed: int = 3) -> Shop:
    random = np.random.default_rng(seed)
    spent = np.rint(random.lognormal(3, 1, (members, 1)) * random.lognormal(2, 1, (members, months))).astype(np.int64)
    spent *= random.random(spent.shape) < 0.6
    return Shop(spent, random.random(spent.shape) < 0.3)
