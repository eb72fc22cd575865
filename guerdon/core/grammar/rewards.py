"""The grammar of rewards: what each is, its prices, its stock and limits, who may have it and what is chosen."""

from typing import Final

import msgspec

from guerdon.core import limits
from guerdon.core.documents import Document, Mapping
from guerdon.core.grammar.conditions import CONDITIONS
from guerdon.core.grammar.effects import scale_of
from guerdon.core.grammar.mysteries import GUARANTEE, PRIZES, mystery_fits
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.rules import NAMES, USES, Names, nodes
from guerdon.core.grammar.shapes import WRONG, Amount, At, Flag, Key, Points, Shape, Text, Whole, Word, Wrong
from guerdon.core.grammar.structures import Adapted, Keyed, Listing
from guerdon.core.grammar.times import Moment
from guerdon.core.grammar.transfers import Percent
from guerdon.core.grammar.words import CategoryKey, TierKey, UnitCode, VoucherKey
from guerdon.core.rewards import VOUCHER_OF, Choice, Price, Reward, TopUp, asks_activity

# What a kind must say of itself, and what only it may say.
NEEDS: Final[dict[str, tuple[str, ...]]] = {
    "money_off": ("amount",), "gift_card": ("amount",), "percent_off": ("percent",), "free_product": ("product",),
}  # fmt: skip
MAY: Final[dict[str, tuple[str, ...]]] = {"percent_off": ("amount",)}
OWN: Final = ("amount", "percent", "product")
SENT: Final = ("address", "fulfil_days")  # what only matters where somebody hands it over


class PointsOfUnits(Shape[dict[str, int]]):
    """Points by unit, each with the decimals of its own."""

    form = "points by unit, like {points: 500}"

    def __init__(self) -> None:
        self.unit, self.points = UnitCode(), Points()

    def read(self, found: Document, at: At) -> dict[str, int] | Wrong:
        if not isinstance(found, dict):
            return at.mistyped(found, self.form)
        told: dict[str, int] = {}
        for step, entry in found.items():
            code = self.unit.read(step, at.under(step))
            points = WRONG if isinstance(code, Wrong) else self.points.read(entry, self._inside(code, at))
            if not isinstance(code, Wrong) and not isinstance(points, Wrong):
                told[code] = points
        return told if len(told) == len(found) else WRONG

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, dict)
        return {code: self.points.write(points, self._inside(code, at)) for code, points in value.items()}

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "object", "additionalProperties": self.points.schema(defs), "maxProperties": limits.UNITS_MAX}

    def _inside(self, code: str, at: At) -> At:
        return _scaled(at.under(code), scale_of(code, at))


def _scaled(at: At, scale: int) -> At:
    """The place, where points have so many decimals."""
    return msgspec.structs.replace(at, scale=scale)


def _of_sole_unit(found: Mapping, at: At) -> At:
    """In a price of one unit, points have the decimals of that unit."""
    points = found.get("points")
    sole = next(iter(points)) if isinstance(points, dict) and len(points) == 1 else ""
    return _scaled(at, scale_of(sole, at))


def _of_price(value: Price, at: At) -> At:
    return _scaled(at, scale_of(next(iter(value.points), ""), at))


def _price_fits(value: Price, at: At) -> bool:
    """What costs nothing says so, and what says so costs nothing; money makes up for points of one unit."""
    costs = bool(value.points or value.money)
    if not costs and not value.free:
        told = "Neither points nor money are asked for."
        at.wrong("price_missing", told, "add “points” or “money”, or “free: true” where it is to cost nothing")
        return False
    if value.free and (costs or value.top_up is not None):
        told = "What is free asks for neither points nor money."
        at.under("free").wrong("either_or", told, "leave it out, or everything else")
        return False
    if value.top_up is None:
        return True
    place = at.under("top_up")
    if len(value.points) != 1:
        place.wrong("several_units", "Money can make up for points of a price in one unit only.", "leave it out")
        return False
    (full,) = value.points.values()
    if value.top_up.least >= full:
        told = "“least” is the whole price: nothing is left to be paid with money."
        place.under("least").wrong("too_large", told, "write fewer points")
        return False
    return True


_TOP_UP: Final = Record(
    TopUp,
    Field("points", Points(), "For so many missing points …"),
    Field("amount", Amount(), "… so much money is paid."),
    Field("least", Points(0), "So many points must be paid at least."),
    form="a mapping like {points: 100, amount: 1.00, least: 200}",
)
_PRICE: Final = Record(
    Price,
    Field("points", PointsOfUnits(), "How many points of which units."),
    Field("money", Amount(), "How much money on top."),
    Field("top_up", _TOP_UP, "How money may make up for points that are missing."),
    Field("free", Flag(), "Whether it costs nothing at all."),
    form="a price, like {points: {points: 500}}",
    enter=_of_sole_unit,
    leave=_of_price,
    check=_price_fits,
)
_OPTIONS: Final = Keyed(Key(), NAMES, limits.OPTIONS_MAX, least=1, of="options")


def _choices(found: dict[str, Choice], at: At) -> tuple[Choice, ...]:
    return tuple(found.values())


def _choices_back(value: tuple[Choice, ...]) -> dict[str, Choice]:
    return {one.key: one for one in value}


_CHOICE: Final = Record(
    Choice,
    Field("name", NAMES, "What it is called, in each language."),
    Field("options", _OPTIONS, "What there is to choose from, each with its names; left out, any text is taken."),
    form="a choice, with “name” and “options”",
    step="key",
)

_CHOICES: Final = Adapted(Keyed(Key(), _CHOICE, limits.CHOICES_PER_REWARD_MAX, of="choices"), _choices, _choices_back)


def _reward_fits(value: Reward, at: At) -> bool:
    fits = _voucher_fits(value, at) if value.voucher is not None else _kind_fits(value, at)
    fits = fits and mystery_fits(value, at)
    return fits and _given_fits(value, at) and _bounds_fit(value, at) and _asks_fit(value, at) and _free_fits(value, at)


def _voucher_fits(value: Reward, at: At) -> bool:
    """A named voucher says all that it is; of which kind it must be is looked at where vouchers are known."""
    if value.kind not in VOUCHER_OF:
        told = f"A reward of the kind {value.kind} gives no voucher."
        at.under("voucher").wrong("kind_without", told, "leave it out")
        return False
    said = next((name for name in OWN if getattr(value, name) is not None), None)
    if said is not None:
        told = f"The voucher says what it is worth, so “{said}” would say it twice."
        at.under(said).wrong("either_or", told, f"leave out “{said}” or “voucher”")
        return False
    if value.fulfilment == "by_hand":
        told = "A voucher is given with confirming; nobody hands it over."
        at.under("fulfilment").wrong("either_or", told, "leave out “fulfilment” or “voucher”")
        return False
    return True


def _given_fits(value: Reward, at: At) -> bool:
    """What is given by a code is there with confirming, so nothing is sent and nothing waits."""
    said = next((name for name in SENT if getattr(value, name) not in (None, False)), None)
    if value.gives is None or said is None:
        return True
    told = f"It is given by a code, with confirming, so “{said}” says nothing."
    at.under(said).wrong("kind_without", told, "leave it out, or write “fulfilment: by_hand”")
    return False


def _kind_fits(value: Reward, at: At) -> bool:
    """A kind says what it needs, and nothing that only others have."""
    needed, possible = NEEDS.get(value.kind, ()), MAY.get(value.kind, ())
    for name in OWN:
        said = getattr(value, name) is not None
        if name in needed and not said:
            at.under("kind").wrong(
                "kind_incomplete", f"A reward of the kind {value.kind} needs “{name}”.", f"add “{name}: …”"
            )
            return False
        if said and name not in needed and name not in possible:
            told = f"“{name}” says nothing about a reward of the kind {value.kind}."
            at.under(name).wrong("kind_without", told, "leave it out")
            return False
    return True


def _bounds_fit(value: Reward, at: At) -> bool:
    if value.start is not None and value.until is not None and value.start >= value.until:
        told = "“until” is not after “from”: nobody could ever have it."
        at.under("until").wrong("window_empty", told, "“until” is the first day that no longer counts")
        return False
    if value.early_access and value.start is None:
        told = "What has always been there can't be had earlier."
        at.under("early_access").wrong("no_beginning", told, "add “from: …”, or leave it out")
        return False
    if value.stocked == "per_choice":
        combinations = len(value.variants())
        if not any(choice.options for choice in value.choices):
            told = "There is no choice with options whose pieces could be counted."
            at.under("stocked").wrong("no_options", told, "write “whole”, or add “choices”")
            return False
        if combinations > limits.VARIANTS_MAX:
            told = f"The choices have {combinations} combinations; {limits.VARIANTS_MAX} can be counted."
            at.under("choices").wrong("too_many", told, "split the reward into several")
            return False
    if value.budget is not None and not value.cost and not value.drawn:  # of a mystery the prizes cost
        at.under("budget").wrong("no_cost", "What costs nothing needs no budget.", "add “cost: …”")
        return False
    return True


def _free_fits(value: Reward, at: At) -> bool:
    """Money that costs nothing is no reward but a hole, unless there is an end to it."""
    ends = value.limits.windows() or value.total is not None or value.budget is not None
    place = next((place for place, price in enumerate(value.prices) if price.free), None)
    if value.kind != "gift_card" or ends or place is None:
        return True
    told = "Everybody could have free gift cards without end."
    hint = "add “limits”, like {lifetime: 1}, or “total” or “budget”"
    at.under("prices").under(place).under("free").wrong("free_unlimited", told, hint)
    return False


def _asks_fit(value: Reward, at: At) -> bool:
    if value.condition is not None and asks_activity(value.condition):
        told = "A reward can ask what its member is, has and did, and when and where; nothing is bought with it."
        at.under("if").wrong("not_of_a_member", told, "ask for a tier, a segment, an attribute or a counter")
        return False
    asked = nodes(value.condition, None)
    if asked > limits.CONDITIONS_PER_RULE_MAX:
        told = f"The reward has {asked} conditions; {limits.CONDITIONS_PER_RULE_MAX} are possible."
        at.under("if").wrong("too_many", told, "ask for less")
        return False
    return True


REWARD: Final = Record(
    Reward,
    Field("name", NAMES, "What members read, in each language."),
    Field(
        "kind",
        Word(
            "money_off", "percent_off", "free_product", "free_shipping", "gift_card", "event_ticket", "experience",
            "merchandise", "subscription", "partner", "donation", "carbon", "community_project", "mystery",
        ),
        "What it is.",
    ),
    Field("prices", Listing(_PRICE, limits.PRICES_MAX, of="prices"), "What it costs; of several, any one."),
    Field("terms", Names(limits.TERMS_CHARS_MAX), "The terms in a line or two, in each language."),
    Field("category", CategoryKey(), "In which of `reward_categories` it stands."),
    Field("image", Text(limits.IDENTIFIER_CHARS_MAX), "The address of a picture."),
    Field("amount", Amount(), "How much is taken off, or on the gift card; of percent_off at most."),
    Field("percent", Percent(), "How much is taken off, of percent_off."),
    Field("product", Text(limits.IDENTIFIER_CHARS_MAX, lenient=True), "Which product is free, of free_product."),
    Field("voucher", VoucherKey(), "The voucher that it gives; left out, what money_off and the like say is one."),
    Field("cost", Amount(0), "What one costs the programme."),
    Field("stocked", Word("whole", "per_choice"), "Whether its pieces are counted, together or per choice."),
    Field("limits", USES, "How many a member may have."),
    Field("total", Whole(1, limits.USES_MAX), "How many there are for all members together."),
    Field("budget", Amount(), "The most that all of them together may cost."),
    Field("from", Moment(), "The first local day (or time) on which it can be had.", "start"),
    Field("until", Moment(), "The first local day (or time) on which it no longer can."),
    Field(
        "early_access",
        Keyed(TierKey(), Whole(1, limits.BENEFIT_NUMBER_MAX), limits.LEVELS_MAX * limits.LADDERS_MAX, of="hours"),
        "By tier, how many hours before “from” it can be had.",
    ),
    Field("if", CONDITIONS, "Who may have it; a list means all of its conditions.", "condition"),
    Field(
        "choices",
        _CHOICES,
        "What a member chooses: a size, a colour, a text.",
    ),
    Field("address", Flag(), "Whether it is sent to an address."),
    Field("reserve_minutes", Whole(1, limits.RESERVE_MINUTES_MAX), "For how long a reservation stands."),
    Field("fulfil_days", Whole(0, limits.VALIDITY_DAYS_MAX), "Within how many days after its own it is fulfilled."),
    Field(
        "fulfilment",
        Word("by_hand", "at_once"),
        "Whether somebody hands it over, or confirming is all; left out, money off and the like is given by a code.",
    ),
    Field("prizes", PRIZES, "Of a mystery: the rewards of which one is drawn, each with its weight."),
    Field("fallback", Key(), "Of a mystery: the reward that is given instead of a prize that has run out."),
    Field("guarantee", GUARANTEE, "Of a mystery: the prize that one of so many draws in a row gives."),
    Field("free_limits", USES, "Of a mystery: how many of a member's draws may be had for its free price."),
    form="a reward, with “name”, “kind” and “prices”",
    step="key",
    check=_reward_fits,
)  # fmt: skip
REWARD_CATEGORIES: Final = Keyed(Key(), NAMES, limits.REWARD_CATEGORIES_MAX, of="categories")
REWARDS: Final = Keyed(Key(), REWARD, limits.REWARDS_MAX, of="rewards")
