"""What can never hold, found without trying: a tree as alternatives of plain facts, and facts that contradict.

All of it errs on one side. What is called impossible is; of what is not, nothing is said. A tree with too many
alternatives counts as one that may always hold.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import product
from typing import Final, Literal

import msgspec

from guerdon.core import conditions as c
from guerdon.core import limits

NOTHING: Final = "\x00nothing"  # the value that is not there, unlike any word a file may say
_SINGLE: Final = frozenset({"kind", "channel", "store", "partner", "currency"})
_EVERY_DAY: Final = (1 << 7) - 1
_EVERY_MINUTE: Final = (1 << 1440) - 1
_LINES: Final = ("amount", "quantity", "lines")


class Fact(msgspec.Struct, frozen=True):
    """One plain fact of an alternative about the subject called `name`.

    `among` the words (or, with `but`, among all others), `has` one of several words, `lacks` all of them, lies from
    `low` up to, not including, `high`, has one of the `bits`, or is a whole condition that holds or does `not`.
    """

    form: Literal["among", "has", "lacks", "range", "bits", "atom"]
    name: object
    words: frozenset[object] = frozenset()
    but: bool = False
    low: int | None = None
    high: int | None = None
    bits: int = 0


Alternative = tuple[Fact, ...]
Alternatives = tuple[Alternative, ...]
ALWAYS: Final[Alternatives] = ((),)
NEVER: Final[Alternatives] = ()


class _TooMany(Exception):
    """Stops where a tree has more alternatives than are looked at."""


def of_condition(node: c.Condition | None, *, holds: bool = True) -> Alternatives:
    """The alternatives in which a condition holds, or does not."""
    return _bounded(lambda: ALWAYS if node is None else _condition(node, holds)) if node or holds else NEVER


def of_lines(where: c.LineFilter | None, *, holds: bool = True) -> Alternatives:
    """The alternatives in which a line passes a filter, or does not."""
    return _bounded(lambda: ALWAYS if where is None else _line(where, holds)) if where or holds else NEVER


def meet(one: Alternatives, other: Alternatives, groups: Sequence[frozenset[str]] = ()) -> bool:
    """Whether both can hold at once. `groups` are tiers of which a member has at most one."""
    return any(possible((*a, *b), groups) for a in one for b in other)


def can(one: Alternatives, groups: Sequence[frozenset[str]] = ()) -> bool:
    """Whether one of the alternatives can hold."""
    return any(possible(alternative, groups) for alternative in one)


# --- trees to alternatives ---


def _bounded(read: Callable[[], Alternatives]) -> Alternatives:
    try:
        return read()
    except _TooMany:
        return ALWAYS


def _both(parts: Iterable[Alternatives]) -> Alternatives:
    found: Alternatives = ALWAYS
    for part in parts:
        if len(found) * len(part) > limits.ALTERNATIVES_MAX:
            raise _TooMany
        found = tuple((*a, *b) for a, b in product(found, part))
    return found


def _either(parts: Iterable[Alternatives]) -> Alternatives:
    found = tuple(alternative for part in parts for alternative in part)
    if len(found) > limits.ALTERNATIVES_MAX:
        raise _TooMany
    return found


def _condition(node: c.Condition, holds: bool) -> Alternatives:
    if isinstance(node, c.Not):
        return _condition(node.of, not holds)
    if isinstance(node, c.All | c.Any):
        parts = [_condition(part, holds) for part in node.of]
        return _both(parts) if isinstance(node, c.All) is holds else _either(parts)
    atom = Fact("atom", node, bits=1 if holds else 2)
    return tuple((atom, *facts) for facts in _leaf(node, holds))


def _leaf(node: c.Condition, holds: bool) -> Alternatives:
    """The facts that follow from a condition; none where nothing is known but that it is what it is."""
    if isinstance(node, c.Is):
        return (_among if node.what in _SINGLE else _words)(node.what, node.any_of, node.none_of, holds)
    if isinstance(node, c.Basket):
        return _reaches("", (node.amount_min, node.quantity_min, node.lines_min), holds)
    if isinstance(node, c.Lines):
        return _reaches(node.where, (node.amount_min, node.quantity_min, node.lines_min), holds)
    if isinstance(node, c.Weekday):
        days = sum(1 << (day - 1) for day in node.any_of)
        return ((Fact("bits", "weekday", bits=days if holds else _EVERY_DAY ^ days),),)
    if isinstance(node, c.Hour):
        minutes = _minutes(node)
        return ((Fact("bits", "minute", bits=minutes if holds else _EVERY_MINUTE ^ minutes),),)
    if isinstance(node, c.Attribute | c.Fact):
        return _named(node, holds)
    if isinstance(node, c.Counter):
        high = None if node.max is None else node.max + 1
        return _within(("counter", node.what, node.period), node.min, high, holds)
    return _of_time(node, holds)


def _of_time(node: c.Condition, holds: bool) -> Alternatives:
    if isinstance(node, c.First):
        return _within(("count", node.kind), None, 1, holds)
    if isinstance(node, c.Nth) and not node.every:
        return _within(("count", None), node.n - 1, node.n, holds)
    if isinstance(node, c.Dates):
        low = node.start.toordinal() if node.start is not None else None
        return _within("day", low, node.until.toordinal() if node.until is not None else None, holds)
    return ALWAYS


def _minutes(node: c.Hour) -> int:
    """The minutes of the day, as bits."""

    def below(minute: int) -> int:
        return (1 << minute) - 1

    if node.start <= node.until:
        return below(node.until) ^ below(node.start)
    return (_EVERY_MINUTE ^ below(node.start)) | below(node.until)


def _among(name: object, any_of: Iterable[object], none_of: Iterable[object], holds: bool) -> Alternatives:
    """Of a subject with one value, or none: a set of values or all but it."""
    wanted, refused = frozenset(any_of), frozenset(none_of)
    if wanted:
        return ((Fact("among", name, wanted - refused, but=not holds),),)
    return ((Fact("among", name, refused, but=holds),),)


def _words(name: object, any_of: Iterable[object], none_of: Iterable[object], holds: bool) -> Alternatives:
    """Of a subject with several words: it has one of these, and none of those."""
    wanted, refused = frozenset(any_of), frozenset(none_of)
    has, lacks = Fact("has", name, wanted), Fact("lacks", name, refused)
    if holds:
        return (((has,) if wanted else ()) + ((lacks,) if refused else ()),)
    found: list[Alternative] = [(Fact("lacks", name, wanted),)] if wanted else []
    return tuple(found + ([(Fact("has", name, refused),)] if refused else []))


def _within(name: object, low: int | None, high: int | None, holds: bool) -> Alternatives:
    if holds:
        return ((Fact("range", name, low=low, high=high),),)
    found: list[Alternative] = [(Fact("range", name, high=low),)] if low is not None else []
    return tuple(found + ([(Fact("range", name, low=high),)] if high is not None else []))


def _reaches(where: object, least: tuple[int, ...], holds: bool) -> Alternatives:
    """What lines come to, or one, which has no number of lines; what some reach, the whole basket reaches."""
    if holds:
        own = [Fact("range", (what, where), low=most) for what, most in zip(_LINES, least, strict=False)]
        whole = [Fact("range", (what, ""), low=most) for what, most in zip(_LINES, least, strict=False)]
        return ((*own, *(whole if where else ())),)
    below = [(what, most) for what, most in zip(_LINES, least, strict=False) if most > 0]
    return tuple((Fact("range", (what, where), high=most),) for what, most in below)


def _named(node: c.Attribute | c.Fact, holds: bool) -> Alternatives:
    """An attribute or a fact; words go with their types, as true is not 1."""
    name = ("attribute" if isinstance(node, c.Attribute) else "fact", node.name)
    any_of = frozenset((type(word), word) for word in node.any_of)
    none_of = frozenset((type(word), word) for word in node.none_of)
    parts: list[Fact] = []
    if any_of:
        parts.append(Fact("among", name, any_of))
    if none_of:
        parts.append(Fact("among", name, none_of, but=True))
    if node.exists is not None:
        parts.append(Fact("among", name, frozenset({NOTHING}), but=node.exists))
    if node.min is not None or node.max is not None:
        high = None if node.max is None else node.max + 1
        parts += [Fact("range", name, low=node.min, high=high), Fact("among", name, frozenset({NOTHING}), but=True)]
    if holds:
        return (tuple(parts),)
    if node.min is not None or node.max is not None:
        return ALWAYS  # it may be no number at all, of which no range speaks
    return tuple((msgspec.structs.replace(part, but=not part.but),) for part in parts)


def _line(where: c.LineFilter, holds: bool) -> Alternatives:
    if isinstance(where, c.LineNot):
        return _line(where.of, not holds)
    if isinstance(where, c.LineAll | c.LineAny):
        parts = [_line(part, holds) for part in where.of]
        return _both(parts) if isinstance(where, c.LineAll) is holds else _either(parts)
    if isinstance(where, c.LineIs):
        return (_words if where.what == "tag" else _among)(where.what, where.any_of, where.none_of, holds)
    return _reaches("", (where.amount_min, where.quantity_min), holds)


# --- alternatives that contradict themselves ---


def possible(facts: Alternative, groups: Sequence[frozenset[str]] = ()) -> bool:
    """Whether no two of the facts contradict each other; what is not seen to do so may hold."""
    by_name: dict[tuple[str, object], list[Fact]] = {}
    kind = _only_kind(facts)
    for fact in facts:
        name = fact.name
        if name == ("count", None) and kind is not None:
            name = ("count", kind)  # of the kind of the activity itself
        # Python takes true for 1 and false for 0, so names with words in them are told apart by their text, too.
        by_name.setdefault(("atom" if fact.form == "atom" else "", (name, repr(name))), []).append(fact)
    return all(_agree(of_name, groups) for of_name in by_name.values()) and _weekday_comes(facts)


def _only_kind(facts: Alternative) -> object | None:
    """The kind of the activity, where there is but one that it can be."""
    words = _values([fact for fact in facts if fact.form == "among" and fact.name == "kind"])
    return next(iter(words)) if words is not None and len(words) == 1 else None


def _values(among: Sequence[Fact]) -> frozenset[object] | None:
    """The values that are left; None where only some are left out."""
    found: frozenset[object] | None = None
    for fact in among:
        if not fact.but:
            found = fact.words if found is None else found & fact.words
    if found is None:
        return None
    return found.difference(*[fact.words for fact in among if fact.but])


def _agree(facts: Sequence[Fact], groups: Sequence[frozenset[str]]) -> bool:
    """Whether facts about one subject go together."""
    low = max([fact.low for fact in facts if fact.low is not None], default=None)
    high = min([fact.high for fact in facts if fact.form == "range" and fact.high is not None], default=None)
    least = 0 if _counts(facts[0].name) else None
    if high is not None and ((low is not None and low >= high) or (least is not None and high <= least)):
        return False
    bits = [fact.bits for fact in facts if fact.form in ("bits", "atom")]
    if bits and not _common(bits):
        return False
    words = _values([fact for fact in facts if fact.form == "among"])
    if words is not None and not [word for word in words if _in_range(word, low, high)]:
        return False
    lacks = frozenset[object]().union(*[fact.words for fact in facts if fact.form == "lacks"])
    has = [fact.words - lacks for fact in facts if fact.form == "has"]
    if not all(has):
        return False
    return facts[0].name != "tier" or all(_one_of(group, has) for group in groups)


def _counts(name: object) -> bool:
    """Whether the subject is a sum, which is never below nothing."""
    return isinstance(name, tuple) and name[0] in (*_LINES, "count", "counter")


def _common(bits: Sequence[int]) -> int:
    found = bits[0]
    for one in bits[1:]:
        found &= one
    return found


def _in_range(word: object, low: int | None, high: int | None) -> bool:
    """Whether a typed value of an attribute lies in the range; where there is none, any does."""
    if low is None and high is None:
        return True
    if not isinstance(word, tuple) or word[0] is not int:
        return False
    number: int = word[1]
    return (low is None or number >= low) and (high is None or number < high)


def _one_of(group: frozenset[str], has: Sequence[frozenset[object]]) -> bool:
    """Whether one tier of a ladder can be in all the sets that only speak of this ladder."""
    asked = [words for words in has if words <= group]
    return not asked or bool(frozenset.intersection(*asked))


def _weekday_comes(facts: Alternative) -> bool:
    """Whether one of the weekdays comes in a span of days that is shorter than a week."""
    lows = [fact.low for fact in facts if fact.name == "day" and fact.low is not None]
    highs = [fact.high for fact in facts if fact.name == "day" and fact.high is not None]
    asked = [fact.bits for fact in facts if fact.name == "weekday"]
    if not (lows and highs and asked) or min(highs) - max(lows) >= 7:
        return True
    days = range(max(lows), min(highs))
    return any(_common(asked) & (1 << (date.fromordinal(day).isoweekday() - 1)) for day in days)
