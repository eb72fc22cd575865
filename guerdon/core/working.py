"""What of a programme does not work: when a rule, a reward, a voucher … pays so little that somebody should look."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, Literal, get_args

import msgspec

from guerdon.core import errors

WORKING_NOT_EXPORTED = errors.declare("clash", "working_not_exported")

Kind = Literal[
    "groups_broken", "campaigns_cost", "campaigns_unseen", "campaigns_unmeasured", "points_expire", "voucher_unused",
    "voucher_idle", "reward_untaken", "rule_silent", "rule_rare", "tier_empty", "store_shrinks", "segment_shrinks",
]  # fmt: skip
FigureKind = Literal["count", "money", "points", "percent"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)  # in the order in which they are told

OCCASIONS_MIN: Final = 400  # of a rule that hardly fires; fewer say too little
RARE: Final = 200  # less than one of so many occasions
GIVEN_MIN: Final = 20  # vouchers of a key, given long enough ago
UNUSED: Final = 20  # less than one of so many vouchers was used
RIPE_DAYS: Final = 30  # for so long a voucher may wait before it counts as unused
PEOPLE_MIN: Final = 50  # members of a programme in which nobody has a tier; buyers of a store, members of a segment
LOSERS_MIN: Final = 10  # members whose points expired
SHRUNK: Final = 10  # by a tenth at least
CHANCE: Final = 9  # three standard deviations, squared: chance alone does as much once in some seven hundred


class Figure(msgspec.Struct, frozen=True):
    """A number of a finding: how many, minor units, smallest steps of the finding's unit, hundredths of a percent."""

    name: str
    value: int
    kind: FigureKind = "count"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that does not work: what, of which key and name, since when, by which numbers."""

    kind: Kind
    of: str = ""
    name: str = ""
    since: date | None = None
    unit: str = ""
    figures: tuple[Figure, ...] = ()

    def figure(self, name: str) -> int | None:
        """A number by its name; None where the finding does not say it."""
        return next((one.value for one in self.figures if one.name == name), None)


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that was there all the days: how often it gave something, of how many entries that could trigger it.

    `last` is the last day on which it ever gave anything, `since` that on which it came.
    """

    key: str
    name: str
    since: date
    occasions: int
    fired: int
    last: date | None = None


class Reward(msgspec.Struct, frozen=True, kw_only=True):
    """A reward that was there all the days: pieces taken of it, and of all rewards."""

    key: str
    name: str
    since: date
    taken: int
    of: int
    last: date | None = None


class Voucher(msgspec.Struct, frozen=True, kw_only=True):
    """Vouchers of a key: those given in the days long enough ago and how many of them were used, and all of the days.

    `offered`: it was there all the days, so that it may be missed; `since` is the day on which it came.
    """

    key: str
    name: str
    offered: bool
    since: date | None
    ripe: int
    used: int
    moved: int  # given or used in the days at all
    last: date | None = None


class Tier(msgspec.Struct, frozen=True, kw_only=True):
    """A tier that can be earned and was there all the days: the most members that it had at the end of a month."""

    key: str
    name: str
    since: date
    most: int
    people: int  # members at the end


class Points(msgspec.Struct, frozen=True, kw_only=True):
    """Points of a unit that expired and were spent in the days; whose they were, and who of them never spent any."""

    unit: str
    since: date
    expired: int
    spent: int
    losers: int
    never: int
    worth: int | None = None  # of what expired, minor units


class Crowd(msgspec.Struct, frozen=True, kw_only=True):
    """How many there are, and were before: buyers of a store, members of a segment, and all of the programme."""

    kind: Literal["store", "segment"]
    key: str
    since: date
    before: int
    now: int
    all_before: int
    all_now: int


class Campaigns(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of rules that are campaigns; `began` is None where nobody is held out."""

    verdict: Literal["pays", "costs", "can_not_say", "refused", "unmeasured"]
    rules: int
    began: date | None = None
    held_out: int = 0
    expected: int = 0  # rounded
    value: int | None = None  # of all who have campaigns, minor units: what they spent more because of them
    low: int | None = None
    high: int | None = None


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """All that is looked at."""

    campaigns: Campaigns | None = None
    points: tuple[Points, ...] = ()
    vouchers: tuple[Voucher, ...] = ()
    rewards: tuple[Reward, ...] = ()
    rules: tuple[Rule, ...] = ()
    tiers: tuple[Tier, ...] = ()
    crowds: tuple[Crowd, ...] = ()


def judge(counted: Counted) -> tuple[Finding, ...]:
    """All that does not work, what weighs most first; nothing where all is well."""
    found = [
        *([_campaigns(counted.campaigns)] if counted.campaigns else []),
        *map(_points, counted.points), *map(_voucher, counted.vouchers), *map(_reward, counted.rewards),
        *map(_rule, counted.rules), *map(_tier, counted.tiers), *map(_crowd, counted.crowds),
    ]  # fmt: skip
    return tuple(sorted(_told(found), key=lambda one: (KINDS.index(one.kind), one.of)))


def _told(found: Iterable[Finding | None]) -> Iterator[Finding]:
    return (one for one in found if one is not None)


def _campaigns(one: Campaigns) -> Finding | None:
    if one.verdict == "pays":
        return None
    rules = Figure("rules", one.rules)
    if one.verdict == "unmeasured":
        return Finding(kind="campaigns_unmeasured", figures=(rules,)) if one.rules else None
    if one.verdict == "refused":
        sides = (Figure("held_out", one.held_out), Figure("expected", one.expected))
        return Finding(kind="groups_broken", since=one.began, figures=sides)
    kind: Kind = "campaigns_cost" if one.verdict == "costs" else "campaigns_unseen"
    ends = [
        Figure(name, value, "money")
        for name, value in (("value", one.value), ("low", one.low), ("high", one.high))
        if value is not None
    ]
    return Finding(kind=kind, since=one.began, figures=(rules, *ends))


def _points(one: Points) -> Finding | None:
    """More than half as many expire as are spent, and not only of a few."""
    if one.losers < LOSERS_MIN or one.expired * 2 <= one.spent:
        return None
    worth = () if one.worth is None else (Figure("worth", one.worth, "money"),)
    figures = (
        Figure("expired", one.expired, "points"), Figure("spent", one.spent, "points"), Figure("losers", one.losers),
        Figure("never", one.never), *worth,
    )  # fmt: skip
    return Finding(kind="points_expire", of=one.unit, unit=one.unit, since=one.since, figures=figures)


def _voucher(one: Voucher) -> Finding | None:
    if one.ripe >= GIVEN_MIN and one.used * UNUSED < one.ripe:
        figures = (Figure("given", one.ripe), Figure("used", one.used))
        return Finding(kind="voucher_unused", of=one.key, name=one.name, since=one.since, figures=figures)
    if one.offered and not one.moved:
        return Finding(kind="voucher_idle", of=one.key, name=one.name, since=one.last or one.since)
    return None


def _reward(one: Reward) -> Finding | None:
    if one.taken:
        return None
    figures = (Figure("of", one.of),)
    return Finding(kind="reward_untaken", of=one.key, name=one.name, since=one.last or one.since, figures=figures)


def _rule(one: Rule) -> Finding | None:
    figures = (Figure("fired", one.fired), Figure("occasions", one.occasions))
    if not one.fired:
        since = one.last or one.since
        return Finding(kind="rule_silent", of=one.key, name=one.name, since=since, figures=figures)
    if one.occasions >= OCCASIONS_MIN and one.fired * RARE < one.occasions:
        return Finding(kind="rule_rare", of=one.key, name=one.name, since=one.since, figures=figures)
    return None


def _tier(one: Tier) -> Finding | None:
    if one.most or one.people < PEOPLE_MIN:
        return None
    return Finding(
        kind="tier_empty", of=one.key, name=one.name, since=one.since, figures=(Figure("people", one.people),)
    )


def _crowd(one: Crowd) -> Finding | None:
    """By a tenth at least, and by more than chance alone does: counts of people spread like their square root."""
    lost = one.before - one.now
    if one.before < PEOPLE_MIN or lost * SHRUNK < one.before or lost**2 < CHANCE * (one.before + one.now):
        return None
    kind: Kind = "store_shrinks" if one.kind == "store" else "segment_shrinks"
    figures = (
        Figure("before", one.before), Figure("now", one.now), Figure("all_before", one.all_before),
        Figure("all_now", one.all_now), Figure("lost", lost * 10_000 // one.before, "percent"),
    )  # fmt: skip
    return Finding(kind=kind, of=one.key, name=one.key, since=one.since, figures=figures)
