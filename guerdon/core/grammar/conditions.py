"""The grammar of conditions: one declaration each for reading, writing and the editors' schema."""

from typing import Final

import msgspec

from guerdon.core import documents, limits, money, period
from guerdon.core.conditions import (
    All,
    Any,
    Attribute,
    Basket,
    BirthdayMonth,
    Choice,
    Condition,
    Counter,
    Dates,
    DaysSince,
    Fact,
    First,
    Hour,
    Is,
    LineChoice,
    LineIs,
    Lines,
    Not,
    Nth,
    Scalar,
    Weekday,
)  # fmt: skip
from guerdon.core.documents import Mapping
from guerdon.core.grammar.lines import (
    LINE_FILTERS,
    SEVERAL_FORM,
    bounds,
    growing,
    line_words,
    of,
    reaching,
    words_possible,
)  # fmt: skip
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.shapes import WRONG, At, Flag, Shape, Whole, Word, Wrong
from guerdon.core.grammar.structures import Adapted, Alternative, Cases, Choices, Flipped, Later, Listing, Yes
from guerdon.core.grammar.times import Clock, Day
from guerdon.core.grammar.words import (
    KIND,
    KINDS,
    LABEL,
    LABELS,
    SPEND,
    CounterName,
    CurrencyCode,
    PlanKey,
    ScalarValue,
    Tally,
    TierKey,
)  # fmt: skip

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES: Final = 24 * 60

# --- checks across the keys of one condition ---


def _dates(value: Dates, at: At) -> bool:
    if value.start is not None and value.until is not None and value.start >= value.until:
        at.under("until").wrong("window_empty", "“until” is not after “from”: no day lies between.", _swapped("day"))
        return False
    return True


def _hour(value: Hour, at: At) -> bool:
    if value.start == value.until:
        at.under("until").wrong(
            "window_empty", "“from” and “until” are the same: no time lies between.", _swapped("minute")
        )
        return False
    return True


def _swapped(what: str) -> str:
    return f"“until” is the first {what} that no longer counts"


def between(value: Attribute | Fact | Counter, at: At) -> bool:
    if value.min is not None and value.max is not None and value.min > value.max:
        at.under("max").wrong("never_holds", "“max” is below “min”: no number lies between.", "swap the two")
        return False
    return True


def _named(value: Attribute | Fact, at: At) -> bool:
    asks = value.any_of or value.none_of or value.min is not None or value.max is not None
    if value.exists is False and asks:
        at.under("exists").wrong("never_holds", "What does not exist can't have a value.", "leave “exists” out")
        return False
    return words_possible(value, at) and between(value, at)


def _fact(value: Attribute | Fact, at: At) -> bool:
    """A fact that all triggers of the rule know must be there, with the type it is compared as."""
    if not _named(value, at):
        return False
    schemas = [at.scope.facts[kind] for kind in at.kinds if kind in at.scope.facts]
    if not schemas or len(schemas) < len(at.kinds):  # built-in kinds carry any facts
        return True
    types = {schema[value.name] for schema in schemas if value.name in schema}
    place = at.under("name")
    if not types:
        known = sorted({name for schema in schemas for name in schema})
        meant = documents.nearest(value.name, known)
        place.wrong(
            "fact_unknown",
            f"No trigger of this rule has a fact “{documents.shortened(value.name)}”.",
            f"did you mean “{meant}”?" if meant else f"possible here: {documents.listed(known)}",
        )
        return False
    asked = {_type_of(word) for word in value.any_of | value.none_of}
    if value.min is not None or value.max is not None:
        asked.add("integer")
    if asked - types:
        right, wrong = " or ".join(sorted(types)), " and ".join(sorted(asked - types))
        told = f"“{value.name}” is {right}, but it is compared with {wrong} values."
        place.wrong("fact_type", told, f"compare it with {right} values")
        return False
    return True


def _type_of(value: Scalar) -> str:
    return "boolean" if isinstance(value, bool) else "integer" if isinstance(value, int) else "text"


def _kind_asked(value: Is, at: At) -> bool:
    if value.any_of and at.kinds and value.any_of.isdisjoint(at.kinds):
        told = f"The rule is triggered only by {documents.listed(at.kinds)}."
        at.under("in").wrong("kind_never_matches", told, "change “when” or leave the condition out")
    return words_possible(value, at)


def _counter(value: Counter, at: At) -> bool:
    if not between(value, at):
        return False
    if value.what == SPEND and value.max is not None and not at.negated:
        told = "Spending more would earn less (the law, 3.6): “max” can't stand here for “spend”."
        at.under("max").wrong("earns_less", told, "use “min”")
        return False
    return value.what != SPEND or value.min is None or growing(at.under("min"))


def tally_in(found: Mapping, at: At) -> At:
    return msgspec.structs.replace(at, scale=money.decimals(at.scope.currency) if found.get("what") == SPEND else 0)


def tally_of(value: Counter, at: At) -> At:
    return msgspec.structs.replace(at, scale=money.decimals(at.scope.currency) if value.what == SPEND else 0)


# --- the conditions ---


def _is(what: Choice, about: str, words: Shape[object] = LABELS) -> Alternative:
    shape = Record(
        Is,
        Field("in", words, "One of these.", "any_of"),
        Field("not_in", words, "None of these.", "none_of"),
        form="a mapping with “in” or “not_in”",
        fixed={"what": what},
        needs_one=("in", "not_in"),
        check=_kind_asked if what == "kind" else words_possible,
    )
    return Alternative(what, shape, about, lambda value: isinstance(value, Is) and value.what == what)


def _named_by(struct: type[Attribute] | type[Fact], about: str) -> Shape[Attribute | Fact]:
    values = Choices(ScalarValue(), limits.CHOICES_MAX, of="values, like [vegan] or [1, 2]")
    number = Whole(-limits.NUMBER_MAX, limits.NUMBER_MAX)
    return Record(
        struct,
        Field("name", LABEL, about),
        Field("in", values, "The value is one of these.", "any_of"),
        Field("not_in", values, "The value is none of these.", "none_of"),
        Field("min", number, "The value is a number of at least this."),
        Field("max", number, "The value is a number of at most this."),
        Field("exists", Flag(), "Whether there is a value at all."),
        form="a mapping with “name”",
        needs_one=("in", "not_in", "min", "max", "exists"),
        check=_fact if struct is Fact else _named,
    )


def _some_line(what: LineChoice, about: str) -> Alternative:
    """The short way to ask for a line: `category: {in: [coffee]}` is `lines: {where: [category: …]}`."""
    shape = Adapted(line_words(what), _wanted, _asked)
    return Alternative(what, shape, about, lambda value: _is_short(value) and _asked(value).what == what)


def _wanted(where: LineIs, at: At) -> Lines | Wrong:
    return Lines(where) if growing(at) else WRONG


def _asked(value: object) -> LineIs:
    assert isinstance(value, Lines) and isinstance(value.where, LineIs)
    return value.where


def _is_short(value: object) -> bool:
    return isinstance(value, Lines) and isinstance(value.where, LineIs) and value == Lines(value.where)


def _numbered(words: frozenset[str], at: At) -> frozenset[int]:
    return frozenset(WEEKDAYS.index(word) + 1 for word in words)


def _spelled(days: frozenset[int]) -> frozenset[str]:
    return frozenset(WEEKDAYS[day - 1] for day in days)


CONDITION: Final[Later[Condition]] = Later(lambda: _TREE)
_SEVERAL: Final = Listing(CONDITION, limits.CONDITIONS_PER_RULE_MAX, of=SEVERAL_FORM)


def _joined(parts: tuple[Condition, ...], at: At) -> Condition:
    return parts[0] if len(parts) == 1 else All(parts)


def _parted(value: Condition) -> tuple[Condition, ...]:
    """As a list means `all`, only an `all` of several may lose its name."""
    return value.of if isinstance(value, All) and len(value.of) > 1 else (value,)


CONDITIONS: Final[Shape[Condition]] = Adapted(_SEVERAL, _joined, _parted)

_ALL: Final = Adapted(_SEVERAL, lambda parts, at: All(parts), lambda value: value.of)
_ANY: Final = Adapted(_SEVERAL, lambda parts, at: Any(parts), lambda value: value.of)
_NOT: Final = Adapted(Flipped(CONDITION), lambda part, at: Not(part), lambda value: value.of)

_BASKET: Final = Record(
    Basket,
    *bounds(lines=True),
    form="a mapping with “amount_min”, “quantity_min” or “lines_min”",
    needs_one=("amount_min", "quantity_min", "lines_min"),
    check=reaching,
)
_LINES: Final = Record(
    Lines,
    Field("where", LINE_FILTERS, "Which lines; a list means all of its conditions."),
    *bounds(lines=True),
    form="a mapping with “where”",
    check=reaching,
)
_WEEKDAYS: Final[Shape[frozenset[int]]] = Adapted(
    Choices(Word(*WEEKDAYS), 7, of="weekdays, like [sat, sun]"), _numbered, _spelled
)
_WEEKDAY: Final = Record(
    Weekday,
    Field("in", _WEEKDAYS, "The local weekdays.", "any_of"),
    form="a mapping with “in”",
)
_HOUR: Final = Record(
    Hour,
    Field("from", Clock(MINUTES - 1), "The first local minute that counts.", "start"),
    Field(
        "until",
        Clock(MINUTES),
        "The first local minute that no longer counts; before “from” it is the next day's.",
    ),
    form="a mapping with “from” and “until”",
    check=_hour,
)
_DATES: Final = Record(
    Dates,
    Field("from", Day(), "The first local day that counts.", "start"),
    Field("until", Day(), "The first local day that no longer counts."),
    form="a mapping with “from” or “until”",
    needs_one=("from", "until"),
    check=_dates,
)
_KIND_FIELD: Final = Field("kind", KIND, "The kind of activity; this activity's own where it is not said.")
_FIRST: Final = Yes(First(), Record(First, _KIND_FIELD, form="a mapping with “kind”", needs_one=("kind",)))
_NTH: Final = Record(
    Nth,
    Field("n", Whole(1, limits.NTH_MAX), "The number of the activity."),
    Field("every", Flag(), "Whether each n-th counts, not only the first n-th."),
    form="a mapping with “n”",
)
_DAYS_SINCE: Final = Record(
    DaysSince,
    Field("days_min", Whole(1, limits.VALIDITY_DAYS_MAX), "At least this many local days ago."),
    _KIND_FIELD,
    form="a mapping with “days_min”",
)
_COUNTER: Final = Record(
    Counter,
    Field("what", CounterName(), "“spend”, or “count:” with a kind of activity."),
    Field("period", Word(*period.WINDOWS), "The calendar period that holds the activity."),
    Field("min", Tally(), "At least this before the activity."),
    Field("max", Tally(), "At most this before the activity."),
    form="a mapping with “what” and “period”",
    needs_one=("min", "max"),
    enter=tally_in,
    leave=tally_of,
    check=_counter,
)
_CURRENCIES: Final = Choices(CurrencyCode(), limits.CHOICES_MAX, of="currencies, like [EUR]")

_TIERS: Final = Choices(TierKey(), limits.CHOICES_MAX, of="tiers, like [gold]")
_PLANS: Final = Choices(PlanKey(), limits.CHOICES_MAX, of="plans, like [plus]")

_TREE: Final[Cases[Condition]] = Cases(
    "condition",
    [
        _is("kind", "The kind of the activity.", KINDS),
        _is("channel", "Where it happened: web, app, store …"),
        _is("store", "The store it happened in."),
        _is("partner", "The partner it happened at."),
        _is("currency", "The currency that was paid.", _CURRENCIES),
        _is("tender", "How it was paid; one matching tender is enough."),
        _is("segment", "A segment the member is in."),
        _is("tier", "A tier of the member; without ladders what its attribute `tier` says.", _TIERS),
        _is("membership", "A membership in force; without plans what its attribute `membership` says.", _PLANS),
        Alternative("basket", _BASKET, "What the whole eligible basket reaches.", of(Basket)),
        _some_line("product", "Some line has a product …"),
        _some_line("category", "Some line has a category …"),
        _some_line("brand", "Some line has a brand …"),
        _some_line("tag", "Some line has a tag …"),
        Alternative("lines", _LINES, "What the lines that pass a filter reach together.", of(Lines)),
        Alternative("weekday", _WEEKDAY, "The local weekday.", of(Weekday)),
        Alternative("hour", _HOUR, "The local time of day.", of(Hour)),
        Alternative("dates", _DATES, "The local day.", of(Dates)),
        Alternative("first", _FIRST, "The member's first activity of a kind.", of(First)),
        Alternative("nth", _NTH, "The member's n-th activity of this kind.", of(Nth)),
        Alternative("days_since", _DAYS_SINCE, "How long ago the member's last activity was.", of(DaysSince)),
        Alternative(
            "attribute",
            _named_by(Attribute, "The attribute's name."),
            "An attribute of the member.",
            of(Attribute),
        ),
        Alternative("fact", _named_by(Fact, "The fact's name."), "A fact of the activity.", of(Fact)),
        Alternative("birthday_month", Yes(BirthdayMonth()), "It is the member's birthday month.", of(BirthdayMonth)),
        Alternative("counter", _COUNTER, "How often, or how much, so far in a period.", of(Counter)),
        Alternative("all", _ALL, "All of these.", of(All)),
        Alternative("any", _ANY, "At least one of these.", of(Any)),
        Alternative("not", _NOT, "Not this.", of(Not)),
    ],
    form="one condition, like weekday: {in: [sat, sun]}",
    depth_max=limits.CONDITION_DEPTH_MAX,
)

WORDS: Final = tuple(_TREE.alternatives)


def alternative(word: str) -> Alternative:
    """The condition of this word, for trees that share it."""
    return _TREE.alternatives[word]


def word(condition: Condition) -> str:
    """The word of the grammar that stands for the condition: `weekday`, `store`, `all` …"""
    return next(key for key, one in _TREE.alternatives.items() if one.claims(condition))
