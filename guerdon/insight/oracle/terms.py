"""What the programmes of the model are, and what is told in them."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

BASE_PER_DAY = 90
BUDGET = 70
CAUSE = "trees"
FIRST_RATE = (date(2026, 4, 10), Fraction(4, 5))  # of dollars; those of before wait until one is told


@dataclass(frozen=True, slots=True)
class Terms:
    """What differs between the programmes the model tries."""

    zone: str = "Europe/Sofia"
    days: int = 0
    months: int = 0
    month_end: bool = False
    vesting_days: int = 0
    debt_max: int | None = None
    returns: str = "debt"
    stamps_days: int = 30
    grace_days: int | None = None
    approve_above: int | None = None
    least_sent: int = 1
    sent_per_day: int | None = None
    sent_per_pair: int | None = None  # in a month
    fee_points: int = 0
    fee_percent: int = 0
    acceptance: bool = False
    offer_days: int = 5

    def document(self) -> dict[str, object]:
        """The same as the parts of a programme file."""
        rolling = {"days": self.days, "months": self.months} | ({"round_up": "month"} if self.month_end else {})
        points: dict[str, object] = {"expires": {"rolling": rolling} if self.days or self.months else "never"}
        points |= {"vesting": {"days": self.vesting_days}} if self.vesting_days else {}
        points |= {} if self.debt_max is None else {"debt_max": self.debt_max}
        points |= {"transfers": self._transfers()}
        whole: dict[str, object] = {
            "zone": self.zone,
            "returns": self.returns,
            "units": {
                "points": points,
                "stamps": {"expires": {"sliding": {"days": self.stamps_days}}, "transfers": {}},
            },
            "rates": {"USD": [{"from": "2026-04-10", "home": "0.80", "units": "1.00"}]},
            "causes": {CAUSE: {"name": {"en": "Trees"}}},
            "rules": _rules(),
        }
        whole |= {} if self.grace_days is None else {"reinstate": {"grace_days": self.grace_days}}
        return whole | (
            {} if self.approve_above is None else {"adjustments": {"approve_above": {"points": self.approve_above}}}
        )

    def _transfers(self) -> dict[str, object]:
        found: dict[str, object] = {"minimum": self.least_sent, "offer_days": self.offer_days}
        found |= {} if self.sent_per_day is None else {"caps": {"day": self.sent_per_day}}
        found |= {} if self.sent_per_pair is None else {"per_pair": {"month": self.sent_per_pair}}
        fee = ({"points": self.fee_points} if self.fee_points else {}) | (
            {"percent": self.fee_percent} if self.fee_percent else {}
        )
        found |= {"fee": fee} if fee else {}
        return found | ({"acceptance": "needed"} if self.acceptance else {})


def _rules() -> dict[str, object]:
    coffee = [{"category": {"in": ["coffee"]}}]
    steps = [{"amount_min": "30.00", "give": 4}, {"amount_min": "60.00", "give": 10}]
    return {
        "base": _rule({"points": {"unit": "points", "give": 3, "per": "2.00"}}, caps={"day": BASE_PER_DAY}),
        "coffee": _rule(
            {"multiply": {"unit": "points", "by": "3/2"}}, lines=coffee, expires={"rolling": {"days": 20}}
        ),
        "first": _rule(
            {"fixed": {"unit": "points", "give": 25}}, expires={"rolling": {"days": 10}}, funder="roastery"
        ) | {"if": [{"first": True}]},
        "steps": _rule({"table": {"unit": "points", "steps": steps}}, uses={"month": 2}),
        "campaign": _rule(
            {"fixed": {"unit": "points", "give": 20}}, when="review", budget=BUDGET, vesting={"days": 12}
        ),
        "stamp": _rule({"per_piece": {"unit": "stamps", "give": 1}}, lines=coffee),
    }  # fmt: skip


def _rule(effect: dict[str, object], *, when: str = "purchase", **more: object) -> dict[str, object]:
    return {"when": when, "then": [effect], **more}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a basket, in cents."""

    amount: int
    discount: int = 0
    pieces: int = 1
    coffee: bool = False

    @property
    def net(self) -> int:
        return self.amount - self.discount


@dataclass(frozen=True, slots=True)
class Back:
    """What of a line comes back: pieces, money, or all that is left of it."""

    line: int  # from 1
    pieces: int | None = None
    money: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A purchase, a review, a return or the reopening of an order, as it is told."""

    kind: str
    key: str
    who: str
    at: datetime
    lines: tuple[Line, ...] = ()
    paid_in_points: int = 0
    currency: str = "EUR"
    order: str = ""  # of a return, a reopening, or what a purchase replaces
    money: int | None = None  # of a return
    backs: tuple[Back, ...] = ()
