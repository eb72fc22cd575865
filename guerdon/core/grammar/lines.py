"""The grammar of line filters: which lines of a basket a rule counts or a condition looks at."""

from collections.abc import Callable
from typing import Final

from guerdon.core import limits
from guerdon.core.conditions import (
    Attribute,
    Basket,
    Fact,
    Is,
    LineAll,
    LineAny,
    LineChoice,
    LineFilter,
    LineIs,
    LineNot,
    LineReaches,
    Lines,
)  # fmt: skip
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.shapes import Amount, At, Shape, Whole
from guerdon.core.grammar.structures import Adapted, Alternative, Cases, Flipped, Later, Listing
from guerdon.core.grammar.words import LABELS

EARNS_LESS: Final = "Spending more would earn less (the law, 3.6): a lower bound on spending can't stand under “not”."
SEVERAL_FORM: Final = "conditions, each beginning with “- ”"


def growing(at: At) -> bool:
    """Whether a lower bound on spending stands where more spending can only help; refuses it elsewhere."""
    if at.negated:
        at.wrong("earns_less", EARNS_LESS, "turn it round: reward what reaches the bound")
    return not at.negated


def words_possible(value: Is | LineIs | Attribute | Fact, at: At) -> bool:
    """Whether some word can pass both lists."""
    if value.any_of and value.any_of <= value.none_of:
        at.wrong("never_holds", "Every word under “in” stands under “not_in” too.", "leave them out of one list")
        return False
    return True


def reaching(value: Basket | Lines | LineReaches, at: At) -> bool:
    """A lower bound on amounts, pieces or lines: lawful where more can only help."""
    return growing(at)


def bounds(*, lines: bool) -> tuple[Field, ...]:
    """The keys of what is reached by a basket, by some lines, or by one line."""
    fields = (
        Field("amount_min", Amount(), "At least this much money, in the programme's currency."),
        Field("quantity_min", Whole(1, limits.QUANTITY_MAX), "At least this many pieces."),
    )
    return (*fields, Field("lines_min", Whole(1, limits.LINES_MAX), "At least this many lines.")) if lines else fields


def of(*kinds: type) -> Callable[[object], bool]:
    """The claim of an alternative on all values of the given kinds."""
    return lambda value: isinstance(value, kinds)


def line_words(what: LineChoice) -> Record[LineIs]:
    """`in` and `not_in` for one word of a line."""
    return Record(
        LineIs,
        Field("in", LABELS, f"The {what} is one of these.", "any_of"),
        Field("not_in", LABELS, f"The {what} is none of these.", "none_of"),
        form="a mapping with “in” or “not_in”",
        fixed={"what": what},
        needs_one=("in", "not_in"),
        check=words_possible,
    )


def _line_is(what: LineChoice, about: str) -> Alternative:
    return Alternative(what, line_words(what), about, lambda value: isinstance(value, LineIs) and value.what == what)


LINE_FILTER: Final[Later[LineFilter]] = Later(lambda: _TREE)
_SEVERAL: Final = Listing(LINE_FILTER, limits.CONDITIONS_PER_RULE_MAX, of=SEVERAL_FORM)


def _joined(parts: tuple[LineFilter, ...], at: At) -> LineFilter:
    return parts[0] if len(parts) == 1 else LineAll(parts)


def _parted(value: LineFilter) -> tuple[LineFilter, ...]:
    """As a list means `all`, only an `all` of several may lose its name."""
    return value.of if isinstance(value, LineAll) and len(value.of) > 1 else (value,)


LINE_FILTERS: Final[Shape[LineFilter]] = Adapted(_SEVERAL, _joined, _parted)

_REACHES: Final = Record(
    LineReaches,
    *bounds(lines=False),
    form="a mapping with “amount_min” or “quantity_min”",
    needs_one=("amount_min", "quantity_min"),
    check=reaching,
)
_ALL: Final = Adapted(_SEVERAL, lambda parts, at: LineAll(parts), lambda value: value.of)
_ANY: Final = Adapted(_SEVERAL, lambda parts, at: LineAny(parts), lambda value: value.of)
_NOT: Final = Adapted(Flipped(LINE_FILTER), lambda part, at: LineNot(part), lambda value: value.of)

_TREE: Final[Cases[LineFilter]] = Cases(
    "line_filter",
    [
        _line_is("product", "The product of the line."),
        _line_is("category", "The category of the line."),
        _line_is("brand", "The brand of the line."),
        _line_is("tag", "The tags of the line; one match is enough."),
        Alternative("line", _REACHES, "What the line alone reaches.", of(LineReaches)),
        Alternative("all", _ALL, "The line meets all of these.", of(LineAll)),
        Alternative("any", _ANY, "The line meets at least one of these.", of(LineAny)),
        Alternative("not", _NOT, "The line does not meet this.", of(LineNot)),
    ],
    form="one condition on a line, like category: {in: [coffee]}",
    depth_max=limits.CONDITION_DEPTH_MAX,
)
