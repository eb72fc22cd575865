"""The catalogue of rewards as values: what each is and costs, who may have it, when, and how often (LAW 8.1, 8.5)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec

from guerdon.core import conditions, errors, limits, vouchers
from guerdon.core.conditions import Condition
from guerdon.core.ladders import Ladder
from guerdon.core.rules import NO_CAPS, Caps
from guerdon.core.vouchers import Voucher

PICTURE_CHANGED = errors.declare("clash", "picture_changed", "reward")
REWARD_UNKNOWN = errors.declare("unknown", "reward_unknown", "reward")
PRICE_UNKNOWN = errors.declare("invalid", "price_unknown", "price", "most")
TOP_UP_INVALID = errors.declare("invalid", "top_up_invalid", "unit", "points", "least", "most")
CHOICE_INVALID = errors.declare("invalid", "choice_invalid", "pointer", "reason")

Kind = Literal[
    "money_off", "percent_off", "free_product", "free_shipping", "gift_card", "event_ticket", "experience",
    "merchandise", "subscription", "partner", "donation", "carbon", "community_project", "mystery",
]  # fmt: skip
Stocked = Literal["whole", "per_choice"]
Fulfilment = Literal["at_once", "by_hand"]
Gives = Literal["voucher", "gift_card"]
# Of which kind a voucher is that a reward of the kind may name.
VOUCHER_OF: Final[dict[Kind, vouchers.Kind]] = {
    "money_off": "amount", "percent_off": "percent", "free_product": "product", "free_shipping": "free_shipping",
    "event_ticket": "gift", "experience": "gift", "merchandise": "gift", "subscription": "gift", "partner": "gift",
}  # fmt: skip
# Those that say enough of themselves to be a voucher without naming one.
OWN_VOUCHER: Final[tuple[Kind, ...]] = ("money_off", "percent_off", "free_product", "free_shipping")
OWN_KEY: Final = "reward:"  # what the key of such a voucher begins with; none of the file's can
WHOLE: Final = ""  # the variant of a reward whose stock is one


class TopUp(msgspec.Struct, frozen=True):
    """How missing points may be paid with money: `amount` minor units for every `points`, from `least` points on."""

    points: int
    amount: int
    least: int


class Price(msgspec.Struct, frozen=True):
    """One way to pay for a reward: points of some units, and money on top (minor units)."""

    points: dict[str, int] = {}  # by unit, smallest steps
    money: int = 0
    top_up: TopUp | None = None  # only where the price is in one unit
    free: bool = False  # whether it is meant to cost nothing

    @property
    def costs_nothing(self) -> bool:
        return not self.points and not self.money

    @property
    def needed(self) -> dict[str, int]:
        """How many points of which units there must be: where money may make up for the rest, the least of them."""
        return self.points if self.top_up is None else dict.fromkeys(self.points, self.top_up.least)

    def affordable(self, available: int) -> "Price":
        """The price for who says no points and has so many: all of them, where money may make up for the rest."""
        if self.top_up is None:
            return self
        (full,) = self.points.values()
        return self.paid_with(max(self.top_up.least, min(full, available)))

    def paid_with(self, points: int | None) -> "Price":
        """The price when only so many points are given and money makes up for the rest; as it is where None is said.

        The money is rounded up to the minor unit. Raises `top_up_invalid`.
        """
        if points is None:
            return self
        unit, full = next(iter(self.points.items()), ("", 0))
        least = self.top_up.least if self.top_up is not None else full
        if len(self.points) != 1 or not least <= points <= full:
            raise TOP_UP_INVALID(unit=unit, points=points, least=least, most=full)
        if self.top_up is None or points == full:
            return Price({unit: full}, self.money)
        missing = -(-(full - points) * self.top_up.amount // self.top_up.points)
        return Price({unit: points} if points else {}, self.money + missing)


class Choice(msgspec.Struct, frozen=True):
    """What a member chooses of a reward, like a size: one of some options, or a free text where there are none."""

    key: str
    name: dict[str, str]
    options: dict[str, dict[str, str]] = {}  # the name of each in every language


class Address(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where a reward is sent; `country` is an ISO 3166 code of two letters."""

    name: str
    street: str
    city: str
    country: str
    postal_code: str = ""
    region: str = ""
    phone: str = ""

    def check(self) -> None:
        """Refuse what no parcel service could read. Raises `choice_invalid`."""
        for part in self.__struct_fields__:
            text: str = getattr(self, part)
            if len(text) > limits.NAME_CHARS_MAX:
                raise CHOICE_INVALID(pointer=f"/address/{part}", reason="length")
            if part in ("name", "street", "city") and not text.strip():
                raise CHOICE_INVALID(pointer=f"/address/{part}", reason="missing")
        if len(self.country) != 2 or not self.country.isascii() or not self.country.isupper():
            raise CHOICE_INVALID(pointer="/address/country", reason="not_a_country")


class Guarantee(msgspec.Struct, frozen=True):
    """The promise that of so many draws of a member in a row at least one gives the prize."""

    prize: str
    within: int


class Reward(msgspec.Struct, frozen=True):
    """What can be bought with points; texts are by language, money is in minor units of the programme's currency."""

    key: str
    name: dict[str, str]
    kind: Kind
    prices: tuple[Price, ...]
    terms: dict[str, str] = {}
    category: str | None = None
    image: str | None = None
    amount: int | None = None  # what a money_off takes off, a gift_card holds, at most a percent_off
    percent: int | None = None  # of a percent_off, in hundredths of a percent
    product: str | None = None  # of a free_product
    voucher: str | None = None  # the key of the voucher that it gives, where it does not say itself what that is
    cost: int = 0  # what one costs the programme, for finance
    stocked: Stocked | None = None  # None: there are always more
    limits: Caps = NO_CAPS  # how many a member may have; `order` has no meaning here
    total: int | None = None  # how many there may ever be for all members together
    budget: int | None = None  # the most that all of them together may cost
    start: datetime | None = None  # from when on it is there; None: always
    until: datetime | None = None  # from when on it no longer is
    early_access: dict[str, int] = {}  # by tier, how many hours before `start`
    condition: Condition | None = None
    choices: tuple[Choice, ...] = ()
    address: bool = False  # whether an address is needed
    reserve_minutes: int = 15  # for how long a reservation stands
    fulfil_days: int | None = None  # days after its own in which it must be fulfilled; None: it waits for ever
    fulfilment: Fulfilment | None = None  # None: by a code where its kind has one, else by hand
    prizes: dict[str, int] = {}  # of a mystery: other rewards, with the weight of each
    fallback: str | None = None  # the reward that a mystery gives instead of what has run out
    guarantee: Guarantee | None = None
    free_limits: Caps = NO_CAPS  # how many of a member's draws may be free, where others are paid for

    @property
    def gives(self) -> Gives | None:
        """What is handed over with confirming, by a code; None where a redemption has no other code than its own."""
        if self.voucher is not None:
            return "voucher"
        if self.fulfilment is not None:  # somebody, or the till itself, does what it promises
            return None
        if self.kind == "gift_card":
            return "gift_card"
        return "voucher" if self.kind in OWN_VOUCHER else None

    @property
    def at_once(self) -> bool:
        """Whether it is fulfilled with its confirmation, because nobody has to hand it over."""
        return self.fulfilment == "at_once" or self.gives is not None or self.drawn

    @property
    def collected_later(self) -> bool:
        """Whether somebody takes in its money after it was redeemed: who hands it over, or takes its voucher off."""
        return not self.at_once or self.gives == "voucher"

    @property
    def drawn(self) -> bool:
        """Whether chance says what it is."""
        return self.kind == "mystery"

    @property
    def outcomes(self) -> list[str]:
        """All rewards that a draw of it can give, by key; none where nothing is drawn."""
        return sorted({*self.prizes, *([self.fallback] if self.fallback is not None else [])})

    @property
    def own_voucher(self) -> Voucher:
        """The voucher that it is itself, where it names none: worth for ever what it said when it was redeemed."""
        percent_off = self.kind == "percent_off"
        return Voucher(
            OWN_KEY + self.key, self.name, amount=None if percent_off else self.amount, percent=self.percent,
            amount_max=self.amount if percent_off else None, product=self.product,
            free_shipping=self.kind == "free_shipping",
        )  # fmt: skip

    def price(self, number: int) -> Price:
        """The price with the number, from 1. Raises `price_unknown`."""
        if not 1 <= number <= len(self.prices):
            raise PRICE_UNKNOWN(price=number, most=len(self.prices))
        return self.prices[number - 1]

    def begins(self, tiers: frozenset[str], ladders: Sequence[Ladder]) -> datetime | None:
        """When it begins for who has the tiers; None where it has always been there.

        Earlier by the hours that it gives a tier itself, or by those of a tier's own benefit, whichever are more.
        """
        if self.start is None:
            return None
        hours = [self.early_access.get(tier, 0) for tier in tiers]
        for level in (level for ladder in ladders for level in ladder.levels if level.key in tiers):
            hours += [one.hours for one in level.benefits if one.kind == "early_access" and one.hours is not None]
        return self.start - timedelta(hours=max(hours, default=0))

    def chosen(self, told: Mapping[str, str]) -> str:
        """The variant that was chosen, the only one where its stock is one. Raises `choice_invalid`."""
        known = {choice.key: choice for choice in self.choices}
        for key, value in told.items():
            choice = known.get(key)
            if choice is None:
                raise CHOICE_INVALID(pointer=f"/choices/{key[:40]}", reason="unknown_choice")
            if choice.options and value not in choice.options:
                raise CHOICE_INVALID(pointer=f"/choices/{key}", reason="not_an_option")
            if not value.strip():
                raise CHOICE_INVALID(pointer=f"/choices/{key}", reason="missing")
        missing = next((key for key in known if key not in told), None)
        if missing is not None:
            raise CHOICE_INVALID(pointer=f"/choices/{missing}", reason="missing")
        return self.variant(told)

    def check_address(self, told: Address | None) -> None:
        """Refuse an address that is missing, or that nobody asked for. Raises `choice_invalid`."""
        if self.address is not (told is not None):
            raise CHOICE_INVALID(pointer="/address", reason="missing" if self.address else "unknown_choice")
        if told is not None:
            told.check()

    def variant(self, told: Mapping[str, str]) -> str:
        """The name of the stock from which it is taken."""
        if self.stocked != "per_choice":
            return WHOLE
        return "/".join(told[choice.key] for choice in self.choices if choice.options)

    def variants(self) -> list[str]:
        """All stocks that it has, in the order of the options."""
        found = [""]
        for choice in self.choices if self.stocked == "per_choice" else ():
            if choice.options:
                found = [f"{before}/{option}".removeprefix("/") for before in found for option in choice.options]
        return found


def asks_activity(condition: Condition) -> bool:
    """Whether it asks something of an activity that a redemption has not: nothing is bought by it."""
    for node in conditions.walk(condition):
        if isinstance(node, conditions.Basket | conditions.Lines | conditions.Fact | conditions.Nth):
            return True
        if isinstance(node, conditions.Is) and node.what in ("kind", "currency", "tender", "partner"):
            return True
        if isinstance(node, conditions.First | conditions.DaysSince) and node.kind is None:
            return True
    return False
