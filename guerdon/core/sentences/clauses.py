"""Conditions and line filters as clauses: one walk of the tree for all languages, `not` pushed down to the leaves."""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal

import msgspec

from guerdon.core import conditions as law
from guerdon.core.activities import CONVERTED
from guerdon.core.conditions import Condition, LineFilter, Scalar
from guerdon.core.programme import Programme
from guerdon.core.sentences.tongue import Tongue

# How other systems write days and moments: only such a moment has a zone, without which nobody knows when it is.
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)", re.ASCII)
Glue = Literal["and", "or"]


class Told(msgspec.Struct, frozen=True):
    """A part of a condition: a text by its key and facts, or several parts joined."""

    key: str = ""
    facts: dict[str, str] = {}
    glue: Glue | None = None
    parts: tuple["Told", ...] = ()


class Speaker(msgspec.Struct, frozen=True):
    """Who speaks of what: a language, a programme, the triggers of the rule at hand, and whether members listen."""

    tongue: Tongue
    programme: Programme
    kinds: tuple[str, ...] = ()
    to_members: bool = False

    @property
    def sole_kind(self) -> str | None:
        return self.kinds[0] if len(self.kinds) == 1 else None

    def words(self, what: str, keys: Collection[str]) -> list[str]:
        """How people call what is named by its key or by the word of another system."""
        return [self.word(what, key) for key in sorted(keys)]

    def word(self, what: str, key: str) -> str:
        programme = self.programme
        names = programme.called.of(what, key)
        if what == "tier":
            names = next((one.name for ladder in programme.tiers for one in ladder.levels if one.key == key), None)
        elif what == "membership" and key in programme.plans:
            names = programme.plans[key].name
        elif what == "unit" and key in programme.units:
            names = programme.units[key].name
        elif what == "tender":
            return self.tongue.texts.get(f"tender.{key}", key)
        return self.tongue.named(names) if names else key

    def value(self, name: str, value: Scalar) -> str:
        """A value of an attribute or a fact: by its name in the programme, as yes or no, a number, a day, a moment."""
        if isinstance(value, bool):
            return self.tongue.texts["yes" if value else "no"]
        named = self.programme.called.of("value", f"{name}.{value}")
        if named:
            return self.tongue.named(named)
        if isinstance(value, int):
            return self.tongue.number(value)
        try:
            if _DAY.fullmatch(value):
                return self.tongue.day(date.fromisoformat(value))
            if _INSTANT.fullmatch(value):
                return self.tongue.moment(datetime.fromisoformat(value).astimezone(self.programme.zone))
        except ValueError:  # it looks like a day, and is none
            pass
        return value

    def money(self, minor: int) -> str:
        return self.tongue.money(minor, self.programme.currency)


def text(told: Told, speaker: Speaker) -> str:
    """The clause; parts joined otherwise than what is around them stand in brackets."""
    if told.glue is None:
        return speaker.tongue.say(told.key, **told.facts)
    texts = [_bracketed(part, told.glue, speaker) for part in told.parts]
    return speaker.tongue.texts[f"glue.{told.glue}"].join(texts)


def listed(parts: Sequence[Told], speaker: Speaker) -> str:
    """All clauses that a rule asks for, one after the other."""
    return speaker.tongue.texts["glue.clauses"].join(_bracketed(part, "and", speaker) for part in parts)


def _bracketed(part: Told, glue: Glue, speaker: Speaker) -> str:
    inner = text(part, speaker)
    return f"({inner})" if part.glue not in (None, glue) else inner


def joined(parts: Sequence[Told], glue: Glue, *, no: bool) -> Told:
    """Parts joined; under `not` the glue turns round (De Morgan). The parts are already turned."""
    turned: Glue = ("or" if glue == "and" else "and") if no else glue
    return parts[0] if len(parts) == 1 else Told(glue=turned, parts=tuple(parts))


def leaf(key: str, no: bool, /, **facts: str) -> Told:
    return Told(key + ".no" if no else key, facts)


# --- conditions ---


def told(node: Condition, speaker: Speaker, *, no: bool = False) -> Told:
    """The condition, or with `no` its contrary."""
    if isinstance(node, law.All):
        return joined([told(part, speaker, no=no) for part in node.of], "and", no=no)
    if isinstance(node, law.Any):
        return joined([told(part, speaker, no=no) for part in node.of], "or", no=no)
    if isinstance(node, law.Not):
        return told(node.of, speaker, no=not no)
    if isinstance(node, law.Is):
        return _is(node, speaker, no)
    if isinstance(node, law.Attribute | law.Fact):
        return _named(node, speaker, no)
    if isinstance(node, law.Basket):
        parts = _reached(node, speaker)
        return leaf("basket", no, parts=speaker.tongue.all_of(parts))
    if isinstance(node, law.Lines):
        return _lines(node, speaker, no)
    return _of_time(node, speaker, no)


def _is(node: law.Is, speaker: Speaker, no: bool) -> Told:
    parts: list[Told] = []
    for chosen, contrary in ((node.any_of, no), (node.none_of, not no)):
        if chosen:
            words = speaker.words(node.what, chosen)
            if node.what == "kind":
                words = [_article(speaker.tongue.kind(kind, speaker.programme)) for kind in sorted(chosen)]
            parts.append(leaf(f"is.{node.what}", contrary, words=speaker.tongue.any_of(words)))
    return joined(parts, "and", no=no)


def _article(kind: dict[str, str]) -> str:
    return kind.get("a", kind["one"])


def _named(node: law.Attribute | law.Fact, speaker: Speaker, no: bool) -> Told:
    base = "attribute" if isinstance(node, law.Attribute) else "fact"
    tongue = speaker.tongue
    name = speaker.word(base, node.name)
    if base == "fact" and node.name == "unit" and speaker.kinds == (CONVERTED,):  # a fact of ours, not of a program's
        return _converted(node, speaker, no)
    parts: list[Told] = []
    for chosen, contrary in ((node.any_of, no), (node.none_of, not no)):
        if chosen:
            if base == "fact" and all(value is True for value in chosen):
                parts.append(leaf("fact.yes", contrary, name=name))
                continue
            words = [speaker.value(node.name, value) for value in sorted(chosen, key=_place)]
            parts.append(leaf(f"{base}.in", contrary, name=name, words=tongue.any_of(words)))
    if node.min is not None or node.max is not None:
        low, high = (tongue.number(bound or 0) for bound in (node.min, node.max))
        which = "between" if None not in (node.min, node.max) else "max" if node.min is None else "min"
        parts.append(leaf(f"{base}.{which}", no, name=name, min=low, max=high))
    if node.exists is not None:
        parts.append(leaf(f"{base}.exists", no is node.exists, name=name))
    return joined(parts, "and", no=no)


def _converted(node: law.Attribute | law.Fact, speaker: Speaker, no: bool) -> Told:
    """What was converted, by the names of its units."""
    parts = [
        leaf("converted", contrary, words=speaker.tongue.any_of(speaker.words("unit", [str(one) for one in chosen])))
        for chosen, contrary in ((node.any_of, no), (node.none_of, not no))
        if chosen
    ]
    return joined(parts, "and", no=no)


def _place(value: Scalar) -> tuple[bool, int, str]:
    """Numbers by size, then texts."""
    return isinstance(value, str), value if isinstance(value, int) else 0, str(value)


def _reached(node: law.Basket | law.Lines | law.LineReaches, speaker: Speaker) -> list[str]:
    """The amounts, pieces and lines that are reached; never empty."""
    tongue = speaker.tongue
    parts: list[str] = []
    if node.amount_min:
        parts.append(speaker.money(node.amount_min))
    if node.quantity_min:
        parts.append(tongue.counted(node.quantity_min, "piece"))
    if not isinstance(node, law.LineReaches) and node.lines_min > (1 if isinstance(node, law.Lines) else 0):
        parts.append(tongue.counted(node.lines_min, "line"))
    return parts or [tongue.counted(1, "line")]


def _lines(node: law.Lines, speaker: Speaker, no: bool) -> Told:
    items = relative(node.where, speaker)
    if node.amount_min == 0 and node.quantity_min == 0 and node.lines_min <= 1:
        return leaf("lines.some", no, items=items)
    return leaf("lines.reach", no, items=items, parts=speaker.tongue.all_of(_reached(node, speaker)))


def _of_time(node: Condition, speaker: Speaker, no: bool) -> Told:
    tongue = speaker.tongue
    if isinstance(node, law.Dates):
        return _dates(node, tongue, no)
    if isinstance(node, law.Weekday):
        days = tongue.any_of([tongue.weekdays[day - 1] for day in sorted(node.any_of)])
        return leaf("weekday", no, words=days, into=tongue.into(days))
    if isinstance(node, law.Hour):
        return leaf("hour", no, first=tongue.clock(node.start), last=tongue.clock(node.until))
    if isinstance(node, law.BirthdayMonth):
        return leaf("birthday_month", no)
    if isinstance(node, law.Counter):
        return _counter(node, speaker, no)
    return _of_history(node, speaker, no)


def _dates(node: law.Dates, tongue: Tongue, no: bool) -> Told:
    """Half-open in the law, from the first to the last day for people."""
    last = node.until - timedelta(days=1) if node.until is not None else None
    facts = {
        "first": tongue.day(node.start) if node.start is not None else "",
        "last": tongue.day(last) if last is not None else "",
    }
    if node.start is None:
        return leaf("dates.until", no, **facts)
    if last is None:
        return leaf("dates.from", no, **facts)
    return leaf("dates.on" if last == node.start else "dates.between", no, **facts)


def _of_history(node: Condition, speaker: Speaker, no: bool) -> Told:
    tongue = speaker.tongue
    if isinstance(node, law.First):
        return leaf("first", no, **tongue.kind(node.kind or speaker.sole_kind, speaker.programme))
    if isinstance(node, law.Nth):
        kind = tongue.kind(speaker.sole_kind, speaker.programme)
        return leaf("every" if node.every else "nth", no, nth=tongue.ordinal(node.n, kind), **kind)
    assert isinstance(node, law.DaysSince)
    kind = tongue.kind(node.kind or speaker.sole_kind, speaker.programme)
    return leaf("since", no, days=tongue.counted(node.days_min, "day"), **kind)


def _counter(node: law.Counter, speaker: Speaker, no: bool) -> Told:
    tongue = speaker.tongue
    spend = node.what == "spend"
    low, high = ((speaker.money(bound or 0) if spend else tongue.number(bound or 0)) for bound in (node.min, node.max))
    which = "max" if node.min is None else "min" if node.max is None else "between"
    bound = tongue.say("bound.exactly" if node.min == node.max else f"bound.{which}", min=low, max=high)
    period = tongue.texts[f"period.{node.period}"]
    if spend:
        return leaf("spend", no, bound=bound, period=period)
    kind = tongue.kind(node.what.removeprefix("count:"), speaker.programme)
    last = node.max if node.max is not None else node.min or 0
    noun = tongue.form({"many": kind["one"], **kind}, last)
    return leaf("count", no, **{**kind, "bound": bound, "period": period, "noun": noun})


# --- line filters ---


def line(node: LineFilter, speaker: Speaker, *, no: bool = False) -> Told:
    """The line filter as a relative clause, or with `no` its contrary."""
    tongue = speaker.tongue
    if isinstance(node, law.LineAll):
        return joined([line(part, speaker, no=no) for part in node.of], "and", no=no)
    if isinstance(node, law.LineAny):
        return joined([line(part, speaker, no=no) for part in node.of], "or", no=no)
    if isinstance(node, law.LineNot):
        return line(node.of, speaker, no=not no)
    if isinstance(node, law.LineReaches):
        return leaf("line.reach", no, parts=tongue.all_of(_reached(node, speaker)))
    parts = [
        leaf(f"line.{node.what}", contrary, words=tongue.any_of(speaker.words(node.what, chosen)))
        for chosen, contrary in ((node.any_of, no), (node.none_of, not no))
        if chosen
    ]
    return joined(parts, "and", no=no)


def relative(where: LineFilter, speaker: Speaker) -> str:
    """What a basket may contain: categories and products by their names, all else described."""
    if isinstance(where, law.LineIs) and where.what in ("category", "product") and not where.none_of:
        return speaker.tongue.any_of(speaker.words(where.what, where.any_of))
    return speaker.tongue.say("goods", relatives=text(line(where, speaker), speaker))


def items(where: LineFilter, speaker: Speaker) -> str:
    """What money is spent on; a plain exception reads as one."""
    if isinstance(where, law.LineIs) and where.what == "category" and not where.any_of:
        return speaker.tongue.say("except", words=speaker.tongue.all_of(speaker.words("category", where.none_of)))
    return relative(where, speaker)
