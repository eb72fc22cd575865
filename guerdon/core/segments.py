"""Saved segments: a named tree of what members are, have and did; who is in, and why, clause by clause."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import errors, matching, period
from guerdon.core.conditions import Attribute, BirthdayMonth, Counter, DaysSince, Is, Scalar
from guerdon.core.ladders import Ladder
from guerdon.core.standing import EVER
from guerdon.core.tiers import Grant

SEGMENT_UNKNOWN = errors.declare("unknown", "segment_unknown", "segment")
SEGMENT_TAKEN = errors.declare("clash", "segment_taken", "segment")
SEGMENT_OUTDATED = errors.declare("clash", "segment_outdated", "expected", "got")
SEGMENT_INVALID = errors.declare("invalid", "segment_invalid", "pointer", "problem", "suggestion", "problems")
SEGMENTS_FULL = errors.declare("clash", "segments_full", "segments_max")

PURCHASE: Final = "purchase"


class _Node(msgspec.Struct, frozen=True):
    pass


class All(_Node, frozen=True, tag="all"):
    of: "tuple[Ask, ...]"


class Any(_Node, frozen=True, tag="any"):
    of: "tuple[Ask, ...]"


class Not(_Node, frozen=True, tag="not"):
    of: "Ask"


class Joined(_Node, frozen=True, tag="joined"):
    """Joined on a local day in [start, until), at least and at most so many local days ago."""

    start: date | None = None
    until: date | None = None
    days_min: int | None = None
    days_max: int | None = None


class Last(_Node, frozen=True, tag="last"):
    """The same for the latest activity of the kind; false for who never did it."""

    kind: str = PURCHASE
    start: date | None = None
    until: date | None = None
    days_min: int | None = None
    days_max: int | None = None


class Balance(_Node, frozen=True, tag="balance"):
    """What the account can spend of the unit, in its smallest steps, as the last booking left it."""

    unit: str
    min: int | None = None
    max: int | None = None


class Born(_Node, frozen=True, tag="born"):
    """The birthday is in one of the months; false where it is unknown."""

    months: frozenset[int]


class Holds(_Node, frozen=True, tag="holds"):
    """The member has one of these vouchers, which can still be used."""

    any_of: frozenset[str]


Leaf = Is | Attribute | DaysSince | BirthdayMonth | Counter | Joined | Last | Balance | Born | Holds
Ask = All | Any | Not | Leaf


class Segment(msgspec.Struct, frozen=True):
    """A segment as it is saved."""

    key: str
    name: dict[str, str]
    condition: Ask


class Seen(msgspec.Struct, frozen=True):
    """What is known of a member at an instant, as it is booked; counters and balances are the account's."""

    at: datetime
    zone: ZoneInfo
    enrolled_at: datetime
    attributes: Mapping[str, Scalar] = {}
    labels: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    birthday_month: int | None = None
    counters: Mapping[tuple[str, str], tuple[int, datetime | None]] = {}
    balances: Mapping[str, int] = {}
    vouchers: frozenset[str] = frozenset()

    @property
    def day(self) -> date:
        return period.local_day(self.at, self.zone)


Have = int | date | Scalar | tuple[str, ...] | None  # what the member has of what is asked; None: nothing is known


class Verdict(msgspec.Struct, frozen=True):
    """Whether a part of the tree holds, and what was compared: of a leaf what there is, else the parts."""

    node: Ask
    holds: bool
    have: Have = None
    parts: "tuple[Verdict, ...]" = ()


Judge = Callable[[Seen], Verdict]


def judge(node: Ask) -> Judge:
    """The closure of a tree: all of it is looked at, so that every clause can be told."""
    if isinstance(node, All | Any):
        parts = [judge(part) for part in node.of]
        every = all if isinstance(node, All) else any

        def several(seen: Seen) -> Verdict:
            found = tuple([part(seen) for part in parts])
            return Verdict(node, every([one.holds for one in found]), None, found)

        return several
    if isinstance(node, Not):
        inner = judge(node.of)

        def contrary(seen: Seen) -> Verdict:
            found = inner(seen)
            return Verdict(node, not found.holds, None, (found,))

        return contrary
    read, holds = _read(node), _test(node)

    def leaf(seen: Seen) -> Verdict:
        have = read(seen)
        return Verdict(node, holds(seen, have), have)

    return leaf


def _read(node: Leaf) -> Callable[[Seen], Have]:
    """What of the member a leaf looks at."""
    if isinstance(node, Is):
        return lambda seen: tuple(sorted(seen.labels if node.what == "segment" else seen.tiers))
    if isinstance(node, Attribute):
        return lambda seen: seen.attributes.get(node.name)
    if isinstance(node, Counter):
        return lambda seen: seen.counters.get((node.what, period.window(seen.day, node.period)), (0, None))[0]
    if isinstance(node, Last | DaysSince):
        return lambda seen: _last_day(seen, node.kind or PURCHASE)
    if isinstance(node, Joined):
        return lambda seen: period.local_day(seen.enrolled_at, seen.zone)
    if isinstance(node, Balance):
        return lambda seen: seen.balances.get(node.unit, 0)
    if isinstance(node, Holds):
        return lambda seen: tuple(sorted(seen.vouchers))
    return lambda seen: seen.birthday_month


def _last_day(seen: Seen, kind: str) -> date | None:
    last = seen.counters.get((f"count:{kind}", EVER), (0, None))[1]
    return period.local_day(last, seen.zone) if last is not None else None


def _test(node: Leaf) -> Callable[[Seen, Have], bool]:
    """Whether what there is fulfils a leaf."""
    if isinstance(node, Is):
        return lambda seen, have: _words(node, frozenset(seen.labels if node.what == "segment" else seen.tiers))
    if isinstance(node, Attribute):
        named = matching.named(node)
        return lambda seen, have: named(seen.attributes.get(node.name))
    if isinstance(node, Counter | Balance):
        low, high = node.min, node.max
        return lambda seen, have: (
            isinstance(have, int) and (low is None or have >= low) and (high is None or have <= high)
        )
    if isinstance(node, Last | DaysSince | Joined):
        return lambda seen, have: isinstance(have, date) and _within(days(node, seen.day), have)
    if isinstance(node, Holds):
        return lambda seen, have: not node.any_of.isdisjoint(seen.vouchers)
    if isinstance(node, Born):
        return lambda seen, have: have in node.months
    return lambda seen, have: have == seen.day.month


def _words(node: Is, words: frozenset[str]) -> bool:
    return (not node.any_of or not node.any_of.isdisjoint(words)) and node.none_of.isdisjoint(words)


def _within(span: tuple[date | None, date | None], day: date) -> bool:
    first, until = span
    return (first is None or first <= day) and (until is None or day < until)


def days(node: Last | DaysSince | Joined, today: date) -> tuple[date | None, date | None]:
    """The local days that count, as [first, until); None is open on that side."""
    if isinstance(node, DaysSince):
        return None, today - timedelta(days=node.days_min - 1)
    firsts, untils = [node.start], [node.until]
    if node.days_max is not None:
        firsts.append(today - timedelta(days=node.days_max))
    if node.days_min is not None:
        untils.append(today - timedelta(days=node.days_min - 1))
    first = max([day for day in firsts if day is not None], default=None)
    return first, min([day for day in untils if day is not None], default=None)


def tiers_of(
    ladders: tuple[Ladder, ...],
    attributes: Mapping[str, Scalar],
    levels: Mapping[str, str | None],
    grants: "tuple[Grant, ...]",
    at: datetime,
) -> frozenset[str]:
    """The tiers that are booked: by ladder the level of the last step, or a grant in force that is higher.

    Without ladders it is the attribute `tier`, as for rules.
    """
    if not ladders:
        tier = attributes.get("tier")
        return frozenset((tier,)) if isinstance(tier, str) else frozenset()
    found: set[str | None] = set()
    for ladder in ladders:
        granted = [ladder.place(one.level) for one in grants if one.ladder == ladder.key and one.alive(at)]
        place = max([ladder.floor, ladder.place(levels.get(ladder.key)), *granted])
        found.add(ladder.key_at(place))
    return frozenset(one for one in found if one is not None)


def walk(node: Ask) -> list[Ask]:
    """The node and everything below it, parents first."""
    found: list[Ask] = [node]
    if isinstance(node, All | Any):
        for part in node.of:
            found += walk(part)
    elif isinstance(node, Not):
        found += walk(node.of)
    return found
