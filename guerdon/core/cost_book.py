"""The cost book: what people tell that a programme costs and brings, beside what is known of closed months."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final, Literal, get_args

import msgspec

from guerdon.core import closing, errors, limits
from guerdon.core.kpis import Span
from guerdon.core.programme import Programme

COST_UNKNOWN = errors.declare("unknown", "cost_unknown", "id")
COST_REVERSED = errors.declare("clash", "cost_reversed", "id")
COST_DAYS_INVALID = errors.declare("invalid", "cost_days_invalid", "most")
COST_RULE_UNKNOWN = errors.declare("invalid", "cost_rule_unknown", "rule")
COSTS_TOO_MANY = errors.declare("clash", "costs_too_many", "most")

# What people tell. Whatever the house counts by itself need not be told: that stands beside it, as `Known`.
Spent = Literal[
    "rewards", "communication", "technology", "staff", "media", "agency", "materials", "partners", "fees", "other"
]
Brought = Literal["funding", "income"]
Kind = Literal[Spent, Brought]
KINDS: Final[tuple[Kind, ...]] = (*get_args(Spent), *get_args(Brought))
BRINGS: Final[frozenset[str]] = frozenset(get_args(Brought))

# What is known: rewards by what they are, points paid with by unit, vouchers and memberships by key. `campaign_points`
# and `letters` stand beside the sums: points cost when they are spent, and what a letter costs nobody has told.
Known = Literal["rewards", "points", "vouchers", "top_ups", "memberships", "campaign_points", "letters"]
KNOWN: Final[tuple[Known, ...]] = get_args(Known)
_KNOWN_BRINGS: Final = frozenset({"top_ups", "memberships"})
_ASIDE: Final = frozenset({"campaign_points", "letters"})

Side = Literal["cost", "income", "aside"]
Source = Literal["told", "known"]


class Entry(msgspec.Struct, frozen=True):
    """What somebody tells: money in minor units of a currency, for the days from `first` up to, not including, `until`.

    `rule` is that for which it is, a campaign or another one; without one it is for the whole programme. Without a
    `store` it is for all of them.
    """

    kind: Kind
    amount: int
    currency: str
    first: date
    until: date
    note: str
    rule: str = ""
    store: str = ""

    @property
    def brings(self) -> bool:
        """Whether it brings money, where others cost some."""
        return self.kind in BRINGS


class Count(msgspec.Struct, frozen=True):
    """What is known of a month: how many, and what they come to in minor units; None where nobody knows."""

    kind: Known
    of: str
    currency: str
    count: int
    amount: int | None

    @property
    def side(self) -> Side:
        """Where it counts."""
        return "aside" if self.kind in _ASIDE else "income" if self.kind in _KNOWN_BRINGS else "cost"


class Line(msgspec.Struct, frozen=True):
    """A kind of a month. Of what was told the count is how many entries; `of` is what of a kind that is known."""

    month: str
    source: Source
    side: Side
    kind: str
    of: str
    currency: str
    count: int
    amount: int | None


class Total(msgspec.Struct, frozen=True):
    """What a month comes to in a currency. It is `whole` where nothing is missing, as of what nobody knows the cost."""

    month: str
    currency: str
    cost: int
    income: int
    whole: bool

    @property
    def net(self) -> int:
        """What it costs less what it brings."""
        return self.cost - self.income


class Told(msgspec.Struct, frozen=True):
    """What people told that campaigns cost, by kind, in minor units."""

    kind: Kind
    amount: int


def check(entry: Entry) -> None:
    """Refuse days that are none, or too many. Raises `cost_days_invalid`."""
    if not 0 < (entry.until - entry.first).days <= limits.COST_DAYS_MAX:
        raise COST_DAYS_INVALID(most=limits.COST_DAYS_MAX)


def rules(said: Iterable[Programme], *, campaigns: bool = False) -> frozenset[str]:
    """The keys of all rules of some versions; or of those that one of them has as a campaign."""
    return frozenset(rule.key for one in said for rule in one.rules if rule.campaign or not campaigns)


def month(named: str) -> Span:
    """The days of a month. Raises `month_invalid`."""
    return Span(closing.first_day(named), closing.first_day(closing.following(named)))


def part(entry: Entry, span: Span) -> int:
    """What of an entry falls on some days: as much on every day, so that parts of all its days come to all of it.

    Up to a day it is the share of the days before it, rounded down; what falls between two of them is the difference.
    """
    return _up_to(entry, span.until) - _up_to(entry, span.since)


def _up_to(entry: Entry, day: date) -> int:
    days = (entry.until - entry.first).days
    return entry.amount * min(max((day - entry.first).days, 0), days) // days


def told(entries: Iterable[Entry], months: Sequence[str]) -> list[Line]:
    """What was told, by month, kind and currency; a month in which no part of an entry falls has none."""
    amounts: defaultdict[tuple[str, Kind, str], list[int]] = defaultdict(list)
    spans = [(name, month(name)) for name in months]
    for entry in entries:
        for name, span in spans:
            if entry.first < span.until and span.since < entry.until:
                amounts[name, entry.kind, entry.currency].append(part(entry, span))
    return [
        Line(name, "told", "income" if kind in BRINGS else "cost", kind, "", currency, len(found), sum(found))
        for (name, kind, currency), found in sorted(amounts.items(), key=lambda one: _place(one[0]))
    ]


def _place(key: tuple[str, Kind, str]) -> tuple[str, int, str]:
    name, kind, currency = key
    return name, KINDS.index(kind), currency


def known(name: str, counts: Iterable[Count]) -> list[Line]:
    """What is known of a month."""
    rows = sorted(counts, key=lambda one: (KNOWN.index(one.kind), one.of, one.currency))
    return [Line(name, "known", one.side, one.kind, one.of, one.currency, one.count, one.amount) for one in rows]


def totals(lines: Iterable[Line]) -> list[Total]:
    """What months come to, each in each currency of its lines."""
    sums: dict[tuple[str, str], list[int]] = {}
    missing = set()
    for line in lines:
        if line.side == "aside":
            continue
        both = sums.setdefault((line.month, line.currency), [0, 0])
        if line.amount is None:
            missing.add((line.month, line.currency))
        else:
            both[line.side == "income"] += line.amount
    return [Total(*key, cost, income, key not in missing) for key, (cost, income) in sorted(sums.items())]


def of_campaigns(entries: Iterable[Entry], span: Span, currency: str, campaigns: Collection[str]) -> tuple[Told, ...]:
    """What of the told costs of some days, in a currency, campaigns have to bring in again, by kind.

    It is what was told for the whole programme and for campaigns. What is for other rules is left out, for members who
    are held out have those, too, and so is what brings money.
    """
    sums: dict[Kind, int] = {}
    for entry in entries:
        if not entry.brings and entry.currency == currency and (not entry.rule or entry.rule in campaigns):
            sums[entry.kind] = sums.get(entry.kind, 0) + part(entry, span)
    return tuple([Told(kind, sums[kind]) for kind in KINDS if sums.get(kind)])
