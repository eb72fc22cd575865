"""The closed grammar of a programme: plain document ↔ `Programme`, every problem told, and a schema for editors."""

from datetime import date
from math import prod
from typing import Final, cast
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from guerdon.core import activities, documents, effects, limits, money, rules
from guerdon.core.documents import Document, Mapping, Problem
from guerdon.core.grammar_effects import EXPIRY, VESTING
from guerdon.core.grammar_rules import CAPS, NAMES, RULES
from guerdon.core.grammar_shapes import Amount, At, Flag, Key, Points, Scope, Shape, Text, Whole, Word, Wrong
from guerdon.core.grammar_structures import Adapted, Choices, Field, Keyed, Listing, Record
from guerdon.core.grammar_times import Day
from guerdon.core.grammar_words import LABEL, LABELS, NUMBER_MAX
from guerdon.core.programme import (
    Earning, FactSchema, Kind, Programme, Rate, Rounding, RoundingPer, Stacking, Unit, Worth,
)  # fmt: skip

COMBINATIONS_MAX: Final = 256  # of the rules of all exclusivity groups, per kind of activity
LANGUAGES_MAX: Final = 30
RATES_MAX: Final = 5_000
KINDS_MAX: Final = 100
SCHEMA_URI: Final = "https://json-schema.org/draft/2020-12/schema"
SWITCHES: Final = ("tax", "shipping", "fee", "gift_card")


class Zone(Shape[str]):
    """An IANA time zone."""

    form = "a time zone, like Europe/Sofia"

    def read(self, found: Document, at: At) -> str | Wrong:
        if not isinstance(found, str):
            return at.mistyped(found, self.form)
        if zone_of(found) is None:
            known = sorted(available_timezones())
            city = [zone for zone in known if zone.rpartition("/")[2].casefold() == found.rpartition("/")[2].casefold()]
            meant = documents.nearest(found, known) or (city[0] if city else None)
            told = f"There is no time zone “{documents.shortened(found)}”."
            return at.wrong("zone_unknown", told, f"did you mean “{meant}”?" if meant else "write one like Europe/Sofia")
        return found

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, str)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "string", "pattern": "^[A-Za-z0-9_+/-]+$", "examples": ["Europe/Sofia", "America/New_York"]}


def zone_of(key: Document) -> ZoneInfo | None:
    """The zone of that name; None where there is none."""
    return ZoneInfo(key) if isinstance(key, str) and key in available_timezones() else None


class Currency(Shape[str]):
    """An ISO 4217 currency."""

    form = "a currency, like EUR"

    def read(self, found: Document, at: At) -> str | Wrong:
        if not isinstance(found, str):
            return at.mistyped(found, self.form)
        if not money.known(found):
            upper = found.strip().upper()
            hint = f"did you mean “{upper}”?" if money.known(upper) else "write its ISO 4217 code, like EUR"
            told = f"There is no currency “{documents.shortened(found)}”."
            return at.wrong("currency_unknown", told, hint)
        return found

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, str)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "string", "pattern": "^[A-Z]{3}$"}


class KindKey(Key):
    """The key of an own kind of activity; the house's kinds are taken."""

    def read(self, found: Document, at: At) -> str | Wrong:
        if found in (*activities.BUILT_IN_KINDS, *activities.LEDGER_KINDS):
            told = f"“{found}” is a kind of the house; every programme has it."
            return at.wrong("kind_reserved", told, f"call yours “own_{found}”", of_key=True)
        return super().read(found, at)


class Language(Key):
    """A language code, like en."""

    form = "a language code, like en"


# --- units ---


def _unit_scale(found: Mapping, at: At) -> At:
    scale = found.get("scale", 0)
    lawful = isinstance(scale, int) and not isinstance(scale, bool) and 0 <= scale <= limits.SCALE_MAX
    return msgspec.structs.replace(at, scale=scale if lawful else limits.SCALE_MAX)


def _unit_fits(value: Unit, at: At) -> bool:
    for name, said in (("worth", value.worth is not None), ("debt_max", value.debt_max is not None)):
        if said and value.kind == "qualifying":
            told = f"Qualifying points can't be spent, so “{name}” says nothing."
            at.under(name).wrong("unit_not_spendable", told, "leave it out")
    return True


_WORTH: Final = Record(
    Worth,
    Field("points", Points(), "So many points …"),
    Field("money", Amount(), "… are worth so much money.", "amount"),
    form="a mapping like {points: 100, money: 1.00}",
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
    form="a unit, with “kind” and “name”",
    step="code",
    enter=_unit_scale,
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


_NUMBER: Final = Whole(-NUMBER_MAX, NUMBER_MAX)
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
    Field("facts", Keyed(Text(limits.KEY_CHARS_MAX), _FACT, limits.ATTRIBUTES_MAX, of="facts"), "What it carries."),
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


class ForeignCurrency(Currency):
    """A currency with rates, which can't be the programme's own."""

    def read(self, found: Document, at: At) -> str | Wrong:
        if found == at.scope.currency:
            told = f"“{found}” is the programme's own currency and needs no rate."
            return at.wrong("duplicate", told, "leave it out", of_key=True)
        return super().read(found, at)


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
        Field("stacking", Word("multiply", "add"), "Whether multipliers multiply each other or add their surpluses."),
        Field(
            "without_tenders", Choices(LABEL, limits.CHOICES_MAX, least=0, of="tenders, like [points, gift_card]"),
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


# --- the programme ---


def _programme_fits(value: Programme, at: At) -> bool:
    return _groups_fit(value, at) and _all_given(value, at)


def _groups_fit(value: Programme, at: At) -> bool:
    """All combinations of the groups' rules are tried when an activity is decided, so their number is bounded."""
    kinds = dict.fromkeys(kind for rule in value.rules for kind in rule.when)
    for kind in kinds:
        rivals: dict[str, list[rules.Rule]] = {}
        for rule in value.rules:
            if rule.group is not None and kind in rule.when:
                rivals.setdefault(rule.group, []).append(rule)
        combinations = prod(len(group) for group in rivals.values())
        if combinations > COMBINATIONS_MAX:
            largest = max(rivals.values(), key=len)
            sizes = ", ".join(f"{name} ({len(group)})" for name, group in rivals.items())
            told = (
                f"The groups that “{kind}” triggers have {combinations} combinations, {COMBINATIONS_MAX} are possible: {sizes}."
            )
            at.under("rules").under(largest[-1].key).under("group").wrong(
                "too_many_combinations", told, "put fewer rules into groups, or rules of several groups into one"
            )
            return False
    return True


def _all_given(value: Programme, at: At) -> bool:
    """Doubts, not errors: multipliers without anything to multiply, units that nothing gives."""
    based = {(effect.unit, kind) for rule in value.rules for effect in rule.then for kind in rule.when
             if isinstance(effect, effects.Base)}  # fmt: skip
    for rule in value.rules:
        for place, effect in enumerate(rule.then):
            if isinstance(effect, effects.Multiply) and not any((effect.unit, kind) in based for kind in rule.when):
                told = f"No rule gives “{effect.unit}” per money or piece for {documents.listed(rule.when)}."
                at.under("rules").under(rule.key).under("then").under(place).wrong(
                    "nothing_to_multiply", told, "add a rule with “points” or “per_piece”"
                )
    given = {effect.unit for rule in value.rules for effect in rule.then}
    for code, unit in value.units.items():
        if code not in given and unit.kind in ("redeemable", "qualifying"):
            told = f"No rule gives “{code}”; only adjustments can."
            at.under("units").under(code).wrong("unit_never_given", told, "add a rule or leave the unit out", of_key=True)
    return True


_LANGUAGES: Final = Listing(Language(), LANGUAGES_MAX, unique=True, of="language codes, like [en, bg]")
_REMINDERS: Final = Listing(
    Whole(1, limits.VALIDITY_DAYS_MAX), 20, least=0, unique=True, of="days, like [60, 30, 7]"
)
PROGRAMME: Final = Record(
    Programme,
    Field("programme", Key(), "The key of the programme.", "key"),
    Field("name", NAMES, "Its name in each language."),
    Field("zone", Zone(), "The IANA time zone in which days begin and end.", "zone_key"),
    Field("currency", Currency(), "The currency of all money in this file."),
    Field("languages", _LANGUAGES, "The languages in which everything has a name."),
    Field("units", Keyed(Key(), UNIT, limits.UNITS_MAX, least=1, of="units"), "What is counted."),
    Field("earning", EARNING, "How amounts earn."),
    Field("kinds", Keyed(KindKey(), KIND, KINDS_MAX, of="kinds"), "Own kinds of activity."),
    Field(
        "rates",
        Keyed(ForeignCurrency(), Adapted(Listing(_RATE, RATES_MAX, of="rates"), _in_order, tuple), RATES_MAX, of="rates"),
        "Foreign currencies the programme takes, and their rates.",
    ),
    Field("enrol_unknown", Flag(), "Whether an activity of an unknown member enrols them."),
    Field("returns", Word("only_pending", "within_balance", "debt"), "What happens when returned points are spent."),
    Field("remind_days", _REMINDERS, "How many days before expiry members are reminded."),
    Field("rules", RULES, "The rules."),
    form="a programme, with “programme”, “zone”, “currency”, “units” and “rules”",
    check=_programme_fits,
)


class Reading(msgspec.Struct, frozen=True):
    """What came of a document: the programme where there is no error, and all problems (warnings too)."""

    programme: Programme | None
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "warning"]


def read(document: Document) -> Reading:
    """The programme a document describes, or every problem it has."""
    scope = _scope(document)
    value = PROGRAMME.read(document, At(scope))
    problems = tuple(dict.fromkeys(scope.problems))
    failed = isinstance(value, Wrong) or any(problem.severity == "error" for problem in problems)
    assert not failed or any(problem.severity == "error" for problem in problems), "refused without a reason"
    return Reading(None if failed else cast(Programme, value), problems)


def _scope(document: Document) -> Scope:
    """What the rest is read in, taken from the document before anything of it is checked."""
    if not isinstance(document, dict):
        return Scope()
    currency, languages = document.get("currency"), document.get("languages")
    home = currency if isinstance(currency, str) else "EUR"
    rates = document.get("rates")
    return Scope(
        currency=home,
        zone=zone_of(document.get("zone")),
        languages=tuple(code for code in languages if isinstance(code, str)) if isinstance(languages, list) else (),
        scales={code: _unit_scale(unit, At(Scope())).scale for code, unit in _mappings(document.get("units"))},
        facts={key: _types(kind.get("facts")) for key, kind in _mappings(document.get("kinds"))},
        currencies=(home, *(rates if isinstance(rates, dict) else ())),
    )


def _mappings(found: Document) -> list[tuple[str, Mapping]]:
    """The entries of a mapping; one that is itself no mapping counts as empty."""
    entries = found.items() if isinstance(found, dict) else ()
    return [(key, entry if isinstance(entry, dict) else {}) for key, entry in entries]


def _types(facts: Document) -> dict[str, str]:
    return {name: str(fact.get("type")) for name, fact in _mappings(facts)}


def write(value: Programme) -> Mapping:
    """The canonical document of a programme; `read` makes the same programme of it."""
    scope = Scope(
        currency=value.currency,
        zone=value.zone,
        languages=value.languages,
        scales={code: unit.scale for code, unit in value.units.items()},
        currencies=(value.currency, *value.rates),
    )
    return cast(Mapping, PROGRAMME.write(value, At(scope)))


def schema() -> Mapping:
    """The grammar as JSON Schema 2020-12, for editors; it knows shapes and words, not references and sums."""
    defs: Mapping = {}
    whole = PROGRAMME.schema(defs)
    return {
        "$schema": SCHEMA_URI,
        "title": "Guerdon programme",
        "description": "A loyalty programme as code: units, earning, kinds, rates and rules.",
        **whole,
        "$defs": defs,
    }
