"""Plans of paid memberships as values: what each costs, for how long, what it gives, what was agreed (LAW 10.22)."""

import msgspec

from guerdon.core import errors
from guerdon.core.ladders import Benefit

PLAN_UNKNOWN = errors.declare("invalid", "plan_unknown", "plan", "known")
PLAN_NOT_SOLD_IN = errors.declare("invalid", "plan_not_sold_in", "plan", "currency", "known")


class Term(msgspec.Struct, frozen=True, omit_defaults=True):
    """How long a period lasts: calendar months, whole days, or for ever where neither is said."""

    months: int = 0
    days: int = 0

    @property
    def for_ever(self) -> bool:
        return not (self.months or self.days)


class Terms(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was agreed when somebody joined or changed; a later version of the programme changes nothing of it."""

    plan: str
    price: int  # of a period, in minor units
    currency: str
    term: Term
    renews: bool = False
    grace_days: int = 0
    refund_days: int = 0
    ask_days: int = 0
    joint: bool = False
    rank: int = 0
    pause_days_max: int = 90


class Plan(msgspec.Struct, frozen=True):
    """One plan; one that renews goes on, period after period, until somebody cancels."""

    key: str
    name: dict[str, str]
    prices: dict[str, int]  # by currency, of a period, in minor units
    period: Term
    renews: bool = True  # only what lasts months can
    trial_days: int = 0
    grace_days: int = 7  # after a period that nobody has paid on from
    refund_days: int = 14  # after the day on which a period began
    ask_days: int = 7  # before a period ends the next payment is asked for
    pause_days_max: int = 90  # of one pause, after which it goes on by itself; 0 where it can't be paused
    rank: int = 0  # a change to a higher one is at once, to a lower one at the end of the period
    joint: bool = False  # whether all persons of the holder's household share it
    benefits: tuple[Benefit, ...] = ()

    @property
    def recurs(self) -> bool:
        return self.renews and self.period.months > 0

    def terms(self, currency: str) -> Terms:
        """What is agreed on with whoever joins now. Raises `plan_not_sold_in`."""
        price = self.prices.get(currency)
        if price is None:
            raise PLAN_NOT_SOLD_IN(plan=self.key, currency=currency[:10], known=", ".join(self.prices))
        return Terms(
            self.key, price, currency, self.period, self.recurs, self.grace_days, self.refund_days, self.ask_days,
            self.joint, self.rank, self.pause_days_max,
        )  # fmt: skip
