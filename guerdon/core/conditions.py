"""What a rule asks: a closed, bounded, typed tree of conditions on the activity, its lines and the member."""

from datetime import date
from typing import Literal

import msgspec

from guerdon.core import period

Choice = Literal["kind", "channel", "store", "partner", "currency", "tender", "segment", "tier", "membership"]
LineChoice = Literal["product", "category", "brand", "tag"]
Scalar = str | int | bool


class _Node(msgspec.Struct, frozen=True):
    pass


class All(_Node, frozen=True, tag="all"):
    of: "tuple[Condition, ...]"


class Any(_Node, frozen=True, tag="any"):
    of: "tuple[Condition, ...]"


class Not(_Node, frozen=True, tag="not"):
    of: "Condition"


class Is(_Node, frozen=True, tag="is"):
    """A word of the activity or the member is one of (`any_of`) and none of (`none_of`) the given ones.

    Where there are several words (tenders, segments, tiers, memberships), one match suffices. Tier and membership are
    the member's attributes of these names in programmes without ladders or plans (`Standing.of_member`).
    """

    what: Choice
    any_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()


class Basket(_Node, frozen=True, tag="basket"):
    """The eligible basket reaches an amount (minor units of the programme's currency), pieces and lines."""

    amount_min: int = 0
    quantity_min: int = 0
    lines_min: int = 0


class Lines(_Node, frozen=True, tag="lines"):
    """The eligible lines that pass the filter reach together an amount, pieces and a count (one at least)."""

    where: "LineFilter"
    amount_min: int = 0
    quantity_min: int = 0
    lines_min: int = 1


class Dates(_Node, frozen=True, tag="dates"):
    """The local day lies in [start, until)."""

    start: date | None = None
    until: date | None = None


class Weekday(_Node, frozen=True, tag="weekday"):
    """The local weekday, 1 = Monday … 7 = Sunday."""

    any_of: frozenset[int]


class Hour(_Node, frozen=True, tag="hour"):
    """The local time in minutes after midnight lies in [start, until); start > until runs over midnight."""

    start: int
    until: int


class First(_Node, frozen=True, tag="first"):
    """The member's first activity of the kind (of this activity's kind where none is said)."""

    kind: str | None = None


class Nth(_Node, frozen=True, tag="nth"):
    """The member's n-th activity of its kind, or with `every` each n-th."""

    n: int
    every: bool = False


class DaysSince(_Node, frozen=True, tag="days_since"):
    """At least so many local days since the member's last activity of this kind; false for the first one."""

    days_min: int
    kind: str | None = None


class Attribute(_Node, frozen=True, tag="attribute"):
    """An attribute of the member; `exists` alone asks only whether it is set."""

    name: str
    any_of: frozenset[Scalar] = frozenset()
    none_of: frozenset[Scalar] = frozenset()
    min: int | None = None
    max: int | None = None
    exists: bool | None = None


class Fact(_Node, frozen=True, tag="fact"):
    """A fact of the activity, as `attribute` is one of the member."""

    name: str
    any_of: frozenset[Scalar] = frozenset()
    none_of: frozenset[Scalar] = frozenset()
    min: int | None = None
    max: int | None = None
    exists: bool | None = None


class BirthdayMonth(_Node, frozen=True, tag="birthday_month"):
    """The local month is the member's birthday month; false where it is unknown."""


class Counter(_Node, frozen=True, tag="counter"):
    """How often (`count:<kind>`) or how much (`spend`, minor units) so far in the period, before this activity."""

    what: str
    period: period.WindowKind
    min: int | None = None
    max: int | None = None


Condition = (
    All | Any | Not | Is | Basket | Lines | Dates | Weekday | Hour | First | Nth | DaysSince
    | Attribute | Fact | BirthdayMonth | Counter
)  # fmt: skip


class LineAll(_Node, frozen=True, tag="line_all"):
    of: "tuple[LineFilter, ...]"


class LineAny(_Node, frozen=True, tag="line_any"):
    of: "tuple[LineFilter, ...]"


class LineNot(_Node, frozen=True, tag="line_not"):
    of: "LineFilter"


class LineIs(_Node, frozen=True, tag="line_is"):
    """A word of the line is one of and none of the given ones."""

    what: LineChoice
    any_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()


class LineReaches(_Node, frozen=True, tag="line_reaches"):
    """The line alone reaches an amount (minor units) and pieces."""

    amount_min: int = 0
    quantity_min: int = 0


LineFilter = LineAll | LineAny | LineNot | LineIs | LineReaches


def about_member(condition: Condition) -> bool:
    """Whether it asks what the member is, has or did, rather than about the activity."""
    if isinstance(condition, Is):
        return condition.what in ("segment", "tier", "membership")
    return isinstance(condition, First | Nth | DaysSince | Attribute | BirthdayMonth | Counter)


def asked_again(condition: Condition) -> bool:
    """Whether its answer may be another one once goods or a membership were given back (LAW 4.5, 10.22)."""
    return isinstance(condition, Basket | Lines) or (isinstance(condition, Is) and condition.what == "membership")


def walk(condition: Condition) -> "list[Condition]":
    """The condition and everything below it, parents first."""
    found: list[Condition] = [condition]
    if isinstance(condition, All | Any):
        for part in condition.of:
            found += walk(part)
    elif isinstance(condition, Not):
        found += walk(condition.of)
    return found


def words_of(where: LineFilter | None) -> list[LineIs]:
    """The words of lines that a filter asks for, wherever they stand in it."""
    if isinstance(where, LineAll | LineAny):
        return [one for part in where.of for one in words_of(part)]
    if isinstance(where, LineNot):
        return words_of(where.of)
    return [where] if isinstance(where, LineIs) else []


def words_asked(condition: Condition | None) -> list[LineIs]:
    """The same of all filters of a condition."""
    nodes = () if condition is None else walk(condition)
    return [one for node in nodes if isinstance(node, Lines) for one in words_of(node.where)]
