"""Whatever the engine is told, in whatever order and batches, what it wrote can be proved."""

import random
from datetime import timedelta
from typing import Any

import pytest

from guerdon.core.activities import Activity, Member
from guerdon.engine import donate, transfers
from guerdon.engine.batch import Outcome
from guerdon.engine.desk import Result
from guerdon.insight import verify
from tests import shop
from tests.shop import Shop

NAMES = ("Ann", "Ben", "Cleo")
STEPS = 50


def programme(chance: random.Random) -> dict[str, Any]:
    """A programme in which points die early, vest late, are capped, funded, budgeted and split between rules."""
    lives = ({"rolling": {"days": chance.choice((20, 40))}}, {"calendar": {"month": 6, "day": 30}}, "never")
    points: dict[str, Any] = {"expires": chance.choice(lives), "vesting": {"days": chance.choice((1, 3, 30))}}
    points |= chance.choice(({}, {"caps": {"order": 40}}, {"caps": {"order": 60, "week": 70}}, {"debt_max": 20}))
    points["transfers"] = chance.choice(
        (
            {"caps": {"day": 60}, "per_pair": {"month": 90}, "fee": {"percent": 5}},
            {"acceptance": "needed", "offer_days": 5, "fee": {"points": 1}},
            {},
        )
    )
    fund = {"funder": "bakery", "budget": chance.choice((20, 100)), "caps": {"week": chance.choice((7, 20))}}
    return {
        "units": {"points": points, "stamps": {"expires": {"sliding": {"days": 15}}, "transfers": {}}},
        "causes": {"trees": {"name": {"en": "Trees"}}},
        "returns": chance.choice(("debt", "within_balance", "only_pending")),
        **chance.choice(({}, {"reinstate": {"grace_days": 9}})),
        "earning": {"rounding": chance.choice(("floor", "half_up"))},
        "rules": {
            "base": shop.BASE,
            "stamp": {"when": ["visit", "purchase"], "then": [_fixed("stamps", 1)]},
            "two": {
                "when": "purchase",
                "then": [_per("points", "2.00"), _per("points", "5.00")],
                "caps": {"order": chance.choice((1, 5))},
                "budget": chance.choice((5, 500)),
            },
            "fund": {"when": "purchase", "then": [_fixed("points", 7)], "expires": {"rolling": {"days": 30}}, **fund},
            "double": {"when": "purchase", "then": [{"multiply": {"unit": "points", "by": "3/2"}}], "group": "best"},
            "more": {
                "when": "purchase",
                "if": [{"basket": {"amount_min": "15.00"}}],
                "then": [{"multiply": {"unit": "points", "by": 2}}],
                "group": "best",
            },
            "spender": {
                "when": "purchase",
                "if": [{"counter": {"what": "spend", "period": "month", "min": "30.00"}}],
                "then": [_fixed("points", 4)],
                "uses": {"month": 1},
            },
        },
    }


def _fixed(unit: str, give: int) -> dict[str, Any]:
    return {"fixed": {"unit": unit, "give": give}}


def _per(unit: str, per: str) -> dict[str, Any]:
    return {"points": {"unit": unit, "give": 1, "per": per}}


class Day:
    """What happens to a shop by chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.shop = Shop(programme(chance))
        self.shop.enrol(*NAMES)
        self.now = shop.moment("2025-03-01")
        self.orders: list[tuple[str, str]] = []
        self.transfers: list[str] = []
        self.burns: list[str] = []
        self.holds: list[str] = []

    def pass_by(self) -> None:
        """Some time, and then something: facts in a batch, burns, holds, gifts, a hand that gives or takes, a night."""
        self.now += timedelta(hours=self.chance.choice((0, 1, 24, 24 * 7, 24 * 20)), minutes=self.chance.randrange(60))
        self.chance.choice((self.tell, self.tell, self.tell, self.burn, self.adjust, self.sleep, self.send,
                            self.send, self.settle, self.donate, self.hold, self.end, self.cancel))()  # fmt: skip

    def tell(self) -> None:
        facts = [self._fact() for _ in range(self.chance.choice((1, 1, 4, 8)))]
        self.chance.shuffle(facts)
        self.shop.tell(*facts, now=self._now())

    def _fact(self) -> Activity:
        name, number = self.chance.choice(NAMES), f"o{len(self.orders)}"
        at = max(self.now - timedelta(hours=self.chance.choice((0, 0, 3, 24 * 35))), shop.OPENING).isoformat()
        kind = self.chance.choice(("purchase", "purchase", "return", "visit"))
        if kind == "return" and self.orders:
            owner, order = self.chance.choice(self.orders[-8:])
            if self.chance.random() < 0.2:  # one that will only be told later, or never
                owner, order = name, f"o{len(self.orders) + self.chance.randrange(4)}"
            return self.shop.giving_back(owner, order, at)
        if kind == "visit":
            return self.shop.purchase(name, None, at, kind="visit")
        self.orders.append((name, number))
        return self.shop.purchase(name, self.chance.randrange(1, 4_000), at, external_id=number)

    def burn(self) -> None:
        for _ in range(self.chance.choice((1, 3))):
            unit = self.chance.choice(("points", "stamps"))
            self._burned(
                self.shop.burn(self.chance.choice(NAMES), self.chance.randrange(1, 40), self._now(), unit=unit)
            )

    def _burned(self, result: Result) -> None:
        if isinstance(result, Outcome):
            self.burns.append(result.activity.external_id)

    def cancel(self) -> None:
        """One of the last burns, the whole or a part of it, some a second time."""
        for burn in self.chance.sample(self.burns[-4:], min(2, len(self.burns))):
            self.shop.cancel(burn, self._now(), points=self.chance.choice((None, 1, 3)))

    def hold(self) -> None:
        for _ in range(self.chance.choice((1, 3))):
            unit = self.chance.choice(("points", "points", "stamps"))
            held = self.shop.hold(self.chance.choice(NAMES), self.chance.randrange(1, 20), self._now(), unit=unit,
                                  days=self.chance.choice((1, 8, 50)))  # fmt: skip
            if isinstance(held, Outcome):
                self.holds.append(held.activity.external_id)

    def end(self) -> None:
        """One of the last holds is captured, wholly or in part, or released; some had ended before."""
        for hold in self.chance.sample(self.holds[-4:], min(2, len(self.holds))):
            if self.chance.random() < 0.3:
                self.shop.release(hold, self._now())
            else:
                self.shop.capture(
                    hold, self._now(), points=self.chance.choice((None, 1, 4)), final=self.chance.random() < 0.5
                )

    def adjust(self) -> None:
        self.shop.adjust(self.chance.choice(NAMES), self.chance.choice((-3, 5, 10)), self._now())

    def send(self) -> None:
        """Up to four transfers in one batch, some of them too large, some to oneself."""
        wanted = [
            transfers.NewTransfer(
                member=Member(external_id=self.chance.choice(NAMES)), to=Member(external_id=self.chance.choice(NAMES)),
                unit=self.chance.choice(("points", "points", "stamps")), points=self.chance.choice((1, 2, 7, 20)),
                source="app", external_id=f"t{len(self.transfers)}-{number}",
            )
            for number in range(self.chance.choice((1, 4)))
        ]  # fmt: skip
        results = transfers.send_many(programme_id=self.shop.programme_id, wanted=wanted, now=self.now)
        self.transfers += [result.activity_id for result in results if isinstance(result, Outcome)]

    def settle(self) -> None:
        for transfer in self.chance.sample(self.transfers[-4:], min(2, len(self.transfers))):
            deed: transfers.Deed = self.chance.choice(("accept", "accept", "decline", "withdraw"))
            named = {"programme_id": self.shop.programme_id, "transfer_id": transfer}
            transfers.settle(deed=deed, now=self.now, **named)

    def donate(self) -> None:
        gift = donate.Donation(
            member=Member(external_id=self.chance.choice(NAMES)), cause="trees", unit="points",
            points=self.chance.choice((1, 9)), source="app", external_id=self._now(),
        )  # fmt: skip
        donate.donate_many(programme_id=self.shop.programme_id, donations=[gift], now=self.now)

    def sleep(self) -> None:
        self.shop.night(self._now())

    def _now(self) -> str:
        return self.now.isoformat()


@pytest.mark.parametrize("seed", range(8))
def test_what_the_engine_wrote_can_be_proved(database: str, seed: int):
    day = Day(random.Random(seed))
    for _ in range(STEPS):
        day.pass_by()
    report = verify.run(day.shop.programme_id, deep=True, at=shop.FAR)
    assert report.ok, [str(verdict.first) for verdict in report.broken]


def test_the_histories_are_rich(database: str):
    """A proof of nothing proves nothing: over a few seeds everything happens that can go wrong."""
    seen: set[str] = set()
    for seed in range(3):
        day = Day(random.Random(seed))
        for _ in range(STEPS):
            day.pass_by()
        for name in NAMES:
            seen |= {line.kind for line in day.shop.statement(name)}
    passed = {"transfer_out", "transfer_in", "fee", "donate"}
    assert seen >= {"earn", "burn", "expire", "claw_back", "adjust_up", "adjust_down", "reinstate", *passed}, seen


def test_a_use_that_gave_less_than_a_point_is_none(database: str):
    """A cap left the rule a fraction, which went to another one: so it may fire again, and counts nowhere."""
    bonus = {"when": "purchase", "then": [_fixed("points", 1)], "uses": {"month": 1}}
    points = {"expires": "never", "caps": {"order": 3}}
    cafe = Shop({"units": {"points": points}, "rules": {"base": shop.BASE, "bonus": bonus}})
    cafe.enrol("Ann")
    for amount in (2_50, 1_00):
        cafe.buy("Ann", amount)
    uses = [(key, window, amount) for key, window, amount, _ in cafe.counters("Ann") if key == "uses:bonus"]
    assert uses == [("uses:bonus", "m202601", 1)], "the second purchase gave the bonus its point"
    report = verify.run(cafe.programme_id, deep=True, at=shop.FAR)
    assert report.ok, [str(verdict.first) for verdict in report.broken]
