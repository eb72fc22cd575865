"""The grammar of what is counted and how money earns: units, own kinds of activity, rates and roundings."""

from datetime import date
from typing import Final

import msgspec

from guerdon.core import limits
from guerdon.core.documents import Mapping
from guerdon.core.grammar.effects import EXPIRY, VESTING
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.rules import CAPS, NAMES
from guerdon.core.grammar.shapes import Amount, At, Flag, Points, Shape, Text, Whole, Word, Wrong
from guerdon.core.grammar.structures import Adapted, Choices, Keyed, Listing
from guerdon.core.grammar.times import Day
from guerdon.core.grammar.transfers import TRANSFERS, Percent
from guerdon.core.grammar.words import LABEL
from guerdon.core.paying import Pays
from guerdon.core.programme import (
    Earning,
    FactSchema,
    Kind,
    Rate,
    Rounding,
    RoundingPer,
    Stacking,
    Unit,
    Worth,
)

SWITCHES: Final = ("tax", "shipping", "fee", "gift_card")


# --- units ---


def unit_scale(found: Mapping, at: At) -> At:
    scale = found.get("scale", 0)
    lawful = isinstance(scale, int) and not isinstance(scale, bool) and 0 <= scale <= limits.SCALE_MAX
    return msgspec.structs.replace(at, scale=scale if lawful else limits.SCALE_MAX)


def _unit_fits(value: Unit, at: At) -> bool:
    for name, said in (("worth", value.worth is not None), ("debt_max", value.debt_max is not None)):
        if said and value.kind == "qualifying":
            told = f"Qualifying points can't be spent, so “{name}” says nothing."
            at.under(name).wrong("unit_not_spendable", told, "leave it out")
    if value.worth is not None and value.worth.redeemed is not None and value.kind == "allowance":
        told = "What is never spent is never redeemed either."
        at.under("worth").under("redeemed").wrong("never_spent", told, "leave it out")
        return False
    if value.converts_at is not None and not value.spendable:
        told = "What is never spent can't become anything else."
        at.under("converts_at").wrong("never_spent", told, "leave it out")
        return False
    if value.pays is not None and not value.spendable:
        told = "Members can only pay with what they can spend: units that are redeemable, or money."
        at.under("pays").wrong("never_spent", told, "leave it out")
        return False
    if value.transfers is not None and not value.spendable:
        told = "Members can only pass on what they can spend: units that are redeemable, or money."
        at.under("transfers").wrong("never_spent", told, "leave it out")
        return False
    return True


_WORTH: Final = Record(
    Worth,
    Field("points", Points(), "So many points …"),
    Field("money", Amount(), "… are worth so much money.", "amount"),
    Field(
        "redeemed",
        Percent(),
        "How many of all points you expect to be redeemed ever, in percent; left out, no revenue is deferred for them.",
    ),
    form="a mapping like {points: 100, money: 1.00}",
)
PAYS: Final = Record(
    Pays,
    Field("points", Points(), "So many points …"),
    Field("money", Amount(), "… pay so much money.", "amount"),
    Field("minimum", Points(), "The least that can be paid with at once."),
    Field("step", Points(), "Only whole multiples of so many points."),
    Field("share_max", Percent(), "The most of what the goods cost, in percent."),
    form="a mapping like {points: 100, money: 1.00, minimum: 200}",
)
UNIT: Final = Record(
    Unit,
    Field("kind", Word("redeemable", "qualifying", "allowance", "money"), "What the unit is for."),
    Field("name", NAMES, "Its name in each language."),
    Field("scale", Whole(0, limits.SCALE_MAX), "How many decimals it has."),
    Field("expires", EXPIRY, "When its points expire.", always=True),
    Field("vesting", VESTING, "When its points become spendable."),
    Field("caps", CAPS, "The most points a member can be given, over all rules."),
    Field("worth", _WORTH, "What its points are worth to a member."),
    Field("debt_max", Points(0), "The most a member can owe after returns."),
    Field("pays", PAYS, "How purchases can be paid with its points; they can't where it is left out."),
    Field(
        "converts_at",
        Points(),
        "So many points, whenever they are there, become what rules with “when: converted” give for them.",
    ),
    Field("transfers", TRANSFERS, "How members may pass its points on; they can't where it is left out."),
    form="a unit, with “kind” and “name”",
    step="code",
    enter=unit_scale,
    leave=lambda value, at: msgspec.structs.replace(at, scale=value.scale),
    check=_unit_fits,
)


# --- kinds, rates, earning ---


def _fact_fits(value: FactSchema, at: At) -> bool:
    whole = True
    for name, said, needed in (
        ("min", value.min is not None, "integer"),
        ("max", value.max is not None, "integer"),
        ("choices", bool(value.choices), "text"),
    ):
        if said and value.type != needed:
            told = f"“{name}” is only for facts of the type {needed}; this one is {value.type}."
            at.under(name).wrong("choices_misplaced", told, "leave it out")
            whole = False
    if value.min is not None and value.max is not None and value.min > value.max:
        at.under("max").wrong("never_holds", "“max” is below “min”: no number lies between.", "swap the two")
        whole = False
    return whole


_NUMBER: Final = Whole(-limits.NUMBER_MAX, limits.NUMBER_MAX)
_FACT: Final = Record(
    FactSchema,
    Field("type", Word("text", "integer", "boolean"), "What its values are."),
    Field("required", Flag(), "Whether the activity must carry it."),
    Field("min", _NUMBER, "The smallest possible number."),
    Field("max", _NUMBER, "The largest possible number."),
    Field("choices", Listing(LABEL, limits.CHOICES_MAX, unique=True, of="texts"), "The possible texts."),
    form="a mapping with “type”",
    check=_fact_fits,
)
KIND: Final = Record(
    Kind,
    Field("name", NAMES, "Its name in each language."),
    Field(
        "facts",
        Keyed(Text(limits.KEY_CHARS_MAX), _FACT, limits.ATTRIBUTES_MAX, of="facts"),
        "What it carries.",
    ),
    form="a kind of activity, with “name”",
    step="key",
)


def _day_text(day: date, at: At) -> str:
    return day.isoformat()


_DAY_TEXT: Final[Shape[str]] = Adapted(Day(), _day_text, date.fromisoformat)
_RATE: Final = Record(
    Rate,
    Field("from", _DAY_TEXT, "The first local day of this rate.", "start"),
    Field("home", Amount(), "So much money of the programme's currency …"),
    Field("units", Amount(foreign=True), "… for so much of the foreign one."),
    form="a rate, like {from: 2026-01-01, home: 0.85, units: 1.00}",
)


def _in_order(value: tuple[Rate, ...], at: At) -> tuple[Rate, ...] | Wrong:
    """The rates of a currency, earliest first; two of one day are refused."""
    seen: set[str] = set()
    for place, rate in enumerate(value):
        if rate.start in seen:
            told = f"Two rates begin on {rate.start}."
            return at.under(place).under("from").wrong("duplicate", told, "leave one of them out")
        seen.add(rate.start)
    return tuple(sorted(value, key=lambda rate: rate.start))


RATES: Final = Adapted(Listing(_RATE, limits.RATES_MAX, of="rates"), _in_order, tuple)


class _Earning(msgspec.Struct, frozen=True):
    """How amounts earn, as the document says it."""

    rounding: Rounding = "floor"
    per: RoundingPer = "order"
    stacking: Stacking = "multiply"
    include: frozenset[str] = frozenset()
    tenders_without: frozenset[str] = Earning().tenders_without


def _earning_into(value: _Earning, at: At) -> Earning:
    switched = {switch: switch in value.include for switch in SWITCHES}
    return msgspec.structs.replace(
        Earning(value.rounding, value.per, value.stacking, tenders_without=value.tenders_without), **switched
    )


def _earning_back(value: Earning) -> _Earning:
    included = frozenset(switch for switch in SWITCHES if getattr(value, switch))
    return _Earning(value.rounding, value.per, value.stacking, included, value.tenders_without)


EARNING: Final = Adapted(
    Record(
        _Earning,
        Field("rounding", Word("floor", "half_up"), "How the sum is rounded, once, at the very end."),
        Field("per", Word("order", "line"), "Whether the order is rounded or each of its lines."),
        Field("stacking", Word("multiply", "add"), "Whether multipliers multiply or add their surpluses."),
        Field(
            "without_tenders",
            Choices(LABEL, limits.CHOICES_MAX, least=0, of="tenders, like [points, gift_card]"),
            "What is paid with these earns nothing.", "tenders_without",
        ),
        Field(
            "include", Choices(Word(*SWITCHES), len(SWITCHES), least=0, of="kinds of lines, like [shipping]"),
            "Lines that earn besides goods.",
        ),
        form="a mapping like {rounding: floor, per: order}",
    ),
    _earning_into,
    _earning_back,
)  # fmt: skip
