"""A programme version as a value: its units, rules, calendar and policies, whatever file it came from."""

from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import activities, alerts, documents, errors, expiry, rules
from guerdon.core.adjustments import FREE, ByHand
from guerdon.core.alerts import Watching
from guerdon.core.brands import Brand
from guerdon.core.cards import GiftCards
from guerdon.core.claims import USUAL, Support
from guerdon.core.consents import Purpose
from guerdon.core.hold_out import HoldOut
from guerdon.core.households import DEFAULT, Households
from guerdon.core.ladders import TIER_UNKNOWN, Ladder
from guerdon.core.naming import NOTHING, Called
from guerdon.core.paying import Pays
from guerdon.core.plans import PLAN_UNKNOWN, Plan
from guerdon.core.rewards import OWN_KEY, REWARD_UNKNOWN, Reward
from guerdon.core.transfers import CAUSE_UNKNOWN, Cause, Transfers
from guerdon.core.vesting import Vesting
from guerdon.core.vouchers import VOUCHER_UNDEFINED, Voucher

UNIT_UNKNOWN = errors.declare("invalid", "unit_unknown", "unit", "known")
PROGRAMME_INVALID = errors.declare("invalid", "programme_invalid", "problems", "first")

UnitKind = Literal["redeemable", "qualifying", "allowance", "money"]
Rounding = Literal["floor", "half_up"]
RoundingPer = Literal["order", "line"]
Stacking = Literal["multiply", "add"]
ReturnPolicy = Literal["only_pending", "within_balance", "debt"]
Refunds = Literal["pro_rata", "points_first", "card_first"]
Review = Literal["free", "required"]
FactType = Literal["text", "integer", "boolean"]


class Worth(msgspec.Struct, frozen=True):
    """What points are worth to a member: `points` (smallest steps) for `amount` minor units.

    `redeemed` is the share of points, in hundredths of a percent, that is expected to be redeemed ever.
    """

    points: int
    amount: int
    redeemed: int | None = None  # None: nobody says, and no revenue is deferred for them


class Unit(msgspec.Struct, frozen=True):
    """What is counted."""

    code: str
    kind: UnitKind
    name: dict[str, str]
    scale: int = 0
    expires: expiry.Policy = expiry.Never()
    vesting: Vesting = Vesting()
    caps: rules.Caps = rules.NO_CAPS
    worth: Worth | None = None
    debt_max: int | None = None
    transfers: Transfers | None = None  # None: points stay with whoever earned them
    pays: Pays | None = None  # None: a purchase can't be paid with them
    converts_at: int | None = None  # so many points at once become what rules on `converted` give for them

    @property
    def rate(self) -> Fraction | None:
        """What one point is worth in minor units, or pays at the till; None where nobody says so."""
        said = self.worth or self.pays
        return None if said is None else Fraction(said.amount, said.points)

    @property
    def spendable(self) -> bool:
        """Whether members can exchange its points for something; the others are counted, or given away as thanks."""
        return self.kind in ("redeemable", "money")


class Earning(msgspec.Struct, frozen=True):
    """How eligible amounts and roundings are made (LAW 3); the defaults are the law's bold ones."""

    rounding: Rounding = "floor"
    per: RoundingPer = "order"
    stacking: Stacking = "multiply"
    tax: bool = False  # whether tax, shipping, fees and gift-card lines earn
    shipping: bool = False
    fee: bool = False
    gift_card: bool = False
    tenders_without: frozenset[str] = frozenset({"points", "gift_card"})  # tenders that earn nothing


class FactSchema(msgspec.Struct, frozen=True):
    """One fact of a custom kind of activity."""

    type: FactType
    required: bool = False
    min: int | None = None
    max: int | None = None
    choices: tuple[str, ...] = ()

    def wrong(self, value: activities.FactValue) -> str | None:
        """Why the value does not fit, as a reason code; None where it does."""
        kind = "boolean" if isinstance(value, bool) else "integer" if isinstance(value, int) else "text"
        if kind != self.type:
            return f"not_{self.type}"
        if isinstance(value, int) and (
            (self.min is not None and value < self.min) or (self.max is not None and value > self.max)
        ):
            return "out_of_range"
        return "not_a_choice" if self.choices and value not in self.choices else None


class Kind(msgspec.Struct, frozen=True):
    """A custom kind of activity and the facts it must or may carry."""

    key: str
    name: dict[str, str]
    facts: dict[str, FactSchema] = {}

    def check(self, told: dict[str, activities.FactValue]) -> None:
        """Refuse facts that the schema of this kind does not allow. Raises `activity_invalid`."""
        for name in told.keys() - self.facts.keys():
            raise activities.ACTIVITY_INVALID(pointer=documents.under("/facts", name), reason="unknown_fact")
        for name, schema in self.facts.items():
            value = told.get(name)
            if value is None:
                if schema.required:
                    raise activities.ACTIVITY_INVALID(pointer=documents.under("/facts", name), reason="missing")
            elif (reason := schema.wrong(value)) is not None:
                raise activities.ACTIVITY_INVALID(pointer=documents.under("/facts", name), reason=reason)


class Rate(msgspec.Struct, frozen=True):
    """`units` minor units of a foreign currency are `home` minor units of the programme's, from the local day on."""

    start: str  # ISO date
    home: int
    units: int


class Reinstate(msgspec.Struct, frozen=True):
    """What becomes of burned points that come back after their lot has ended: they expire, or live some days more."""

    grace_days: int | None = None


class Programme(msgspec.Struct, frozen=True):
    """Everything one published version says."""

    key: str
    name: dict[str, str]
    zone_key: str
    currency: str
    languages: tuple[str, ...]
    units: dict[str, Unit]
    rules: tuple[rules.Rule, ...]
    earning: Earning = Earning()
    kinds: dict[str, Kind] = {}
    rates: dict[str, tuple[Rate, ...]] = {}  # by currency, earliest first
    country: str | None = None  # whose phone numbers are typed as they are dialled at home; None: with + only
    till_asks_above: int | None = None  # minor units; None: the till asks of no amount whether it is really meant
    called: Called = NOTHING
    enrol_unknown: bool = False
    returns: ReturnPolicy = "debt"
    refunds: Refunds = "pro_rata"  # which tender of a purchase gets its money back first
    reinstate: Reinstate = Reinstate()
    remind_days: tuple[int, ...] = (60, 30, 7)
    adjustments: ByHand = FREE
    support: Support = USUAL
    watching: Watching = alerts.USUAL
    causes: dict[str, Cause] = {}
    tiers: tuple[Ladder, ...] = ()
    plans: dict[str, Plan] = {}
    households: Households | None = None  # None: nobody shares a balance
    vouchers: dict[str, Voucher] = {}
    gift_cards: GiftCards | None = None  # None: none are sold
    reward_categories: dict[str, dict[str, str]] = {}  # the name of each in every language
    rewards: dict[str, Reward] = {}
    consents: dict[str, Purpose] = {}
    erase_after_days: int = 0
    address_wait_hours: int = 0  # for so long after a new e-mail or phone a member gives nothing away
    address_wait_free: dict[str, int] = {}  # by unit, what can be spent at once all the same
    review: Review = "free"  # whether a second person approves what is published from a draft
    brand: Brand | None = None  # None: the house's own
    hold_out: HoldOut | None = None  # None: nobody goes without campaigns
    margin: int | None = None  # of what members spend, hundredths of a percent; None: nobody says

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone_key)

    @property
    def sharing(self) -> Households:
        """The policy for households that are there, whether or not this version founds new ones."""
        return self.households or DEFAULT

    def unit(self, code: str) -> Unit:
        found = self.units.get(code)
        if found is None:
            raise UNIT_UNKNOWN(unit=code[:40], known=", ".join(self.units))
        return found

    def cause(self, key: str) -> Cause:
        found = self.causes.get(key)
        if found is None:
            raise CAUSE_UNKNOWN(cause=key[:40], known=", ".join(self.causes))
        return found

    def plan(self, key: str) -> Plan:
        found = self.plans.get(key)
        if found is None:
            raise PLAN_UNKNOWN(plan=key[:40], known=", ".join(self.plans))
        return found

    def voucher(self, key: str) -> Voucher:
        found = self.vouchers.get(key)
        if found is None:
            raise VOUCHER_UNDEFINED(voucher=key[:40], known=", ".join(self.vouchers))
        return found

    def offer(self, key: str) -> Voucher | None:
        """The voucher that codes of the key are worth: one of the file, or what a reward is itself."""
        if key.startswith(OWN_KEY):
            reward = self.rewards.get(key.removeprefix(OWN_KEY))
            return None if reward is None else reward.own_voucher
        return self.vouchers.get(key)

    def given_by(self, reward: Reward) -> Voucher | None:
        """The voucher that a reward gives; None where it gives none."""
        if reward.gives != "voucher":
            return None
        return reward.own_voucher if reward.voucher is None else self.vouchers[reward.voucher]

    def reward(self, key: str) -> Reward:
        found = self.rewards.get(key)
        if found is None:
            raise REWARD_UNKNOWN(reward=key[:40])
        return found

    def ladder_of(self, tier: str) -> Ladder:
        """The ladder that has the tier."""
        for ladder in self.tiers:
            if ladder.place(tier) >= 0:
                return ladder
        known = ", ".join(level.key for ladder in self.tiers for level in ladder.levels)
        raise TIER_UNKNOWN(tier=tier[:40], known=known)
