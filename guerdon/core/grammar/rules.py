"""The grammar of rules: triggers, conditions, effects, windows and limits, and what must fit together."""

from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import activities, conditions, documents, effects, expiry, limits, period, rules
from guerdon.core.documents import Document, Mapping
from guerdon.core.grammar.conditions import CONDITIONS
from guerdon.core.grammar.effects import EFFECTS, EXPIRY, VESTING, scale_of
from guerdon.core.grammar.lines import LINE_FILTERS
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.shapes import WRONG, At, Flag, Key, Points, Shape, Text, Whole, Wrong
from guerdon.core.grammar.structures import Adapted, Keyed, Listing
from guerdon.core.grammar.times import Moment
from guerdon.core.grammar.words import KIND
from guerdon.core.vesting import Vesting


class Names(Shape[dict[str, str]]):
    """A text in every language the programme declares."""

    form = "a name in each language, like {en: Café Aurora, bg: Кафе Аврора}"

    def __init__(self, chars_max: int = limits.NAME_CHARS_MAX) -> None:
        self.text = Text(chars_max)

    def read(self, found: Document, at: At) -> dict[str, str] | Wrong:
        languages = at.scope.languages
        if not isinstance(found, dict):
            told = f"write {{{', '.join(f'{language}: …' for language in languages)}}}"
            return at.mistyped(found, self.form, told)
        names: dict[str, str] = {}
        for language, entry in found.items():
            place = at.under(language)
            name = self.text.read(entry, place)
            if language not in languages:
                told = f"The programme does not declare the language “{documents.shortened(language)}”."
                place.wrong("language_unknown", told, "add it to “languages” or leave it out", of_key=True)
            elif not isinstance(name, Wrong):
                names[language] = name
        for language in languages:
            if language not in found:
                declared = documents.listed(languages)
                told = f"The name in “{language}” is missing; the programme declares {declared}."
                at.wrong("language_missing", told, f"add “{language}: …”", of_key=True)
        return names if len(names) == len(found) == len(languages) else WRONG

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, dict)
        order = [language for language in at.scope.languages if language in value]
        return {language: str(value[language]) for language in order or value}

    def schema(self, defs: Mapping) -> Mapping:
        text = self.text.schema(defs)
        return {"type": "object", "minProperties": 1, "additionalProperties": text}


NAMES: Final = Names()

_POINTS: Final = Points()
CAPS: Final = Record(
    rules.Caps,
    Field("order", _POINTS, "The most per order."),
    Field("day", _POINTS, "The most per member and local day."),
    Field("week", _POINTS, "The most per member and week, Monday to Sunday."),
    Field("month", _POINTS, "The most per member and calendar month."),
    Field("quarter", _POINTS, "The most per member and calendar quarter."),
    Field("year", _POINTS, "The most per member and calendar year."),
    Field("lifetime", _POINTS, "The most per member, ever."),
    form="a mapping like {order: 100, day: 500}",
)
_TIMES: Final = Whole(1, limits.USES_MAX)
USES: Final = Record(
    rules.Caps,
    Field("day", _TIMES, "How often per member and local day."),
    Field("week", _TIMES, "How often per member and week, Monday to Sunday."),
    Field("month", _TIMES, "How often per member and calendar month."),
    Field("quarter", _TIMES, "How often per member and calendar quarter."),
    Field("year", _TIMES, "How often per member and calendar year."),
    Field("lifetime", _TIMES, "How often per member, ever."),
    form="a mapping like {day: 1}",
)


class _Rule(msgspec.Struct, frozen=True):
    """A rule as the document says it."""

    key: str
    name: dict[str, str]
    when: tuple[str, ...]
    then: tuple[effects.Effect | effects.GiveVoucher, ...]
    condition: conditions.Condition | None = None
    where: conditions.LineFilter | None = None
    start: datetime | None = None
    until: datetime | None = None
    caps: rules.Caps = rules.NO_CAPS
    uses: rules.Caps = rules.NO_CAPS
    budget: int | None = None
    group: str | None = None
    priority: int = 0
    vesting: Vesting | None = None
    expires: expiry.Policy | None = None
    funder: str | None = None
    owner: str = "programme"
    campaign: bool = False


def _inside(found: Mapping, at: At) -> At:
    """Below a rule, points of its limits are those of the unit it gives, and its triggers are known."""
    told = found.get("when")
    kinds = tuple(kind for kind in (told if isinstance(told, list) else [told]) if isinstance(kind, str))
    return msgspec.structs.replace(at, kinds=kinds, scale=_scale(_units(found.get("then")), at))


def _units(then: Document) -> list[Document]:
    """The units that the effects of a document name, before any of them is read."""
    found: list[Document] = []
    for effect in then if isinstance(then, list) else []:
        for inner in effect.values() if isinstance(effect, dict) else []:
            if isinstance(inner, dict) and inner.get("unit") not in found:
                found.append(inner.get("unit"))
    return found


def _scale(units: list[Document], at: At) -> int:
    return scale_of(units[0], at) if units else scale_of(None, at)


def _outside(value: _Rule, at: At) -> At:
    return msgspec.structs.replace(at, kinds=value.when, scale=_scale([effect.unit for effect in _points(value)], at))


def _points(value: _Rule) -> list[effects.Effect]:
    """The effects that give points."""
    return [effect for effect in value.then if not isinstance(effect, effects.GiveVoucher)]


def _fits(value: _Rule, at: At) -> bool:
    """What the parts of a rule must be to each other."""
    whole = True
    if value.start is not None and value.until is not None and value.start >= value.until:
        told = "“until” is not after “from”: the rule would never be in force."
        at.under("until").wrong("window_empty", told, "“until” is the first day that no longer counts")
        whole = False
    points = _points(value)
    units = list(dict.fromkeys(effect.unit for effect in points))
    whole = _vouchers_fit(value, at, whole) if len(points) < len(value.then) else whole
    if len(units) > 1:
        for name, limited in (("caps", value.caps != rules.NO_CAPS), ("budget", value.budget is not None)):
            if limited:
                told = f"A rule with “{name}” can give one unit only; this one gives {documents.listed(units)}."
                at.under(name).wrong("several_units", told, "split the rule into one per unit")
                whole = False
    asked = nodes(value.condition, value.where)
    if asked > limits.CONDITIONS_PER_RULE_MAX:
        told = f"The rule has {asked} conditions; {limits.CONDITIONS_PER_RULE_MAX} are possible."
        at.under("if").wrong("too_many", told, "split the rule in two")
        whole = False
    return whole


def _vouchers_fit(value: _Rule, at: At, whole: bool) -> bool:
    """What bounds points says nothing of vouchers, and which rule of a group gives most is told by its points."""
    given = [effect.voucher for effect in value.then if isinstance(effect, effects.GiveVoucher)]
    if len(set(given)) < len(given):
        at.under("then").wrong("duplicate", "The rule gives a voucher twice.", "give another voucher, or leave it out")
        whole = False
    if value.group is not None:
        told = "Which rule of a group gets through is decided by points; this one gives a voucher."
        at.under("group").wrong("vouchers_ungrouped", told, "give the voucher by a rule of its own")
        whole = False
    bounds = (
        ("caps", value.caps != rules.NO_CAPS), ("budget", value.budget is not None),
        ("vesting", value.vesting is not None), ("expires", value.expires is not None),
    )  # fmt: skip
    for name, said in bounds if not _points(value) else ():
        if said:
            told = f"“{name}” is about points, and this rule gives none."
            at.under(name).wrong("no_points", told, "leave it out; “uses” says how often the rule fires")
            whole = False
    return whole


def nodes(condition: conditions.Condition | None, where: conditions.LineFilter | None) -> int:
    """How many conditions there are, those on lines included."""
    parts = conditions.walk(condition) if condition is not None else []
    filters = [part.where for part in parts if isinstance(part, conditions.Lines)]
    filters += [where] if where is not None else []
    return len(parts) + sum(_line_nodes(where) for where in filters)


def _line_nodes(where: conditions.LineFilter) -> int:
    if isinstance(where, conditions.LineAll | conditions.LineAny):
        return 1 + sum(_line_nodes(part) for part in where.of)
    return 1 + (_line_nodes(where.of) if isinstance(where, conditions.LineNot) else 0)


def _into(value: _Rule, at: At) -> rules.Rule:
    plain = msgspec.structs.asdict(value)
    during = period.Period(plain.pop("start"), plain.pop("until"))
    given = tuple(effect.voucher for effect in value.then if isinstance(effect, effects.GiveVoucher))
    return rules.Rule(during=during, vouchers=given, **(plain | {"then": tuple(_points(value))}))


def _back(value: rules.Rule) -> _Rule:
    plain = msgspec.structs.asdict(value)
    during = value.during
    del plain["during"]
    plain["then"] = (*value.then, *[effects.GiveVoucher(key) for key in plain.pop("vouchers")])
    return _Rule(start=during.start, until=during.until, **plain)


_KEY: Final = Key()
_WORD: Final = Text(limits.KEY_CHARS_MAX)
RULE: Final = Adapted(
    Record(
        _Rule,
        Field("name", NAMES, "What members and managers read, in each language."),
        Field(
            "when",
            Listing(KIND, len(activities.BUILT_IN_KINDS) + limits.RULES_MAX, sole=True, unique=True,
                    of="kinds of activity, like [purchase, visit]"),
            "The kind of activity that triggers the rule, or a list of kinds.",
        ),
        Field("if", CONDITIONS, "What must hold; a list means all of its conditions.", "condition"),
        Field("lines", LINE_FILTERS, "Which lines count; all that earn where it is not said.", "where"),
        Field("then", EFFECTS, "What the rule gives."),
        Field("from", Moment(), "The first local day (or time) the rule is in force.", "start"),
        Field("until", Moment(), "The first local day (or time) it no longer is."),
        Field("caps", CAPS, "The most points the rule gives a member."),
        Field("uses", USES, "How often the rule fires for a member."),
        Field("budget", _POINTS, "The most points the rule may ever give to all members together."),
        Field("group", _KEY, "Only the best rule of a group gets through."),
        Field("priority", Whole(-limits.PRIORITY_MAX, limits.PRIORITY_MAX), "The order of multipliers; ties by key."),
        Field("vesting", VESTING, "When the points become spendable, where it differs from the unit's."),
        Field("expires", EXPIRY, "When the points expire, where it differs from the unit's."),
        Field("funder", _WORD, "Who pays for the points."),
        Field("campaign", Flag(), "Whether members who are held out (“hold_out”) go without it."),
        Field("owner", _WORD, "Which part of the house wrote the rule."),
        form="a rule, with “name”, “when” and “then”",
        step="key",
        enter=_inside,
        leave=_outside,
        check=_fits,
    ),
    _into,
    _back,
)  # fmt: skip


def _listed(found: dict[str, rules.Rule], at: At) -> tuple[rules.Rule, ...]:
    return tuple(found.values())


def _keyed(value: tuple[rules.Rule, ...]) -> dict[str, rules.Rule]:
    return {rule.key: rule for rule in value}


RULES: Final = Adapted(Keyed(_KEY, RULE, limits.RULES_MAX, of="rules"), _listed, _keyed)
