"""The whole history of a programme as columns: who, what, when, and the lines, as they were told and decided on."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from guerdon.core.activities import FactValue, LineKind
from guerdon.core.conditions import Scalar

Whole = NDArray[np.int64]
Code = NDArray[np.int32]
Small = NDArray[np.int8]

# What an event does to an account.
EARN: Final = 0
RETURN: Final = 1
BURN: Final = 2
ADJUST: Final = 3
REVIEW: Final = 4  # of tiers, by a night
CANCEL: Final = 5  # of a burn
GIVE: Final = 6  # to another member, or to a cause
RECEIVE: Final = 7
GRANT: Final = 8  # of a tier, by hand
HOLD: Final = 9
CAPTURE: Final = 10  # of points that are held
RELEASE: Final = 11
NONE: Final = -1  # of a word that was not told
SPANS: Final = ("day", "week", "month", "quarter", "year", "lifetime")  # the windows, in this order


class Item(NamedTuple):
    """All that filters can ask of a line besides its money and pieces; lines name it by its place."""

    kind: LineKind
    product: str | None
    category: str | None
    brand: str | None
    tags: tuple[str, ...]


class Person(NamedTuple):
    """A member as conditions see one."""

    account: str
    enrolled_at: int  # microseconds since 1970, as all instants here
    birthday_month: int | None
    attributes: dict[str, Scalar]
    segments: frozenset[str]


@dataclass(slots=True)
class Facts:
    """What rules can answer, a row each; behind what was told stand the parts of it that were kept after returns.

    `of` is the row of the purchase such a part is of, of others their own; money and pieces count `up` / `down` times.
    """

    member: Code
    kind: Code
    at: Whole
    day: Code  # ordinal of the local day
    minute: Code  # of the local day
    store: Code
    channel: Code
    partner: Code
    currency: Code
    told: Code  # place in `History.told`
    home: Whole  # of foreign money: `home` minor units are `units` of it
    units: Whole
    of: Code
    up: Whole
    down: Whole
    line_first: Whole  # where its lines begin; one more at the end
    item: Code
    net: Whole
    quantity: Whole
    tender_first: Whole
    tender: Code
    tendered: Whole

    @property
    def rows(self) -> int:
        return len(self.member)


@dataclass(slots=True)
class Events:
    """What happened to accounts, a row each: member by member, each in the order in which it was written down.

    `row` is what rules answer, of a return the part that was kept after it. `of` is the event of its purchase, of a
    cancellation that of its burn, of what becomes of a hold that of the hold, of a gift to a member that of its
    arrival. `unit` and `points` are of what moves or holds points; of a tier given by hand `points` is its place in
    `History.grants`. `cost` is what the reward of a burn cost, in minor units, the fee of a gift in points, or when a
    hold ends by itself.
    """

    first: Whole  # where the events of each member begin; one more at the end
    what: Small
    seq: Whole
    row: Code
    at: Whole  # when it counts
    posted: Whole
    version: Code  # of the programme, that decided it
    climbs_by: Code  # the version whose ladders it moves the member on: of a return that of its own instant
    of: Code
    unit: Code
    points: Whole
    cost: Whole
    spent: Whole  # paid, or less than nothing: given back

    @property
    def rows(self) -> int:
        return len(self.what)


class Climbs(NamedTuple):
    """Steps of members on ladders: rows of the columns below, member by member, ladder by ladder in their order."""

    rows: Whole
    ladders: tuple[str, ...]
    levels: tuple[str, ...]


# A level of -1 is none; the instants `NEVER` do not come.
C_MEMBER, C_LADDER, C_LEVEL, C_SINCE, C_CAUSE, C_REVIEW, C_GRACE = range(7)
NO_CLIMBS: Final = Climbs(np.zeros((0, 7), dtype=np.int64), (), ())


class Granted(NamedTuple):
    """A tier given by hand, beside what is earned; instants as everywhere."""

    ladder: str
    level: str
    since: int
    until: int


@dataclass(slots=True)
class Ledger:
    """What the books say, to be compared with: by unit, arrays of [member, month]."""

    issued: dict[str, Whole] = field(default_factory=dict)
    redeemed: dict[str, Whole] = field(default_factory=dict)
    expired: dict[str, Whole] = field(default_factory=dict)
    outstanding: dict[str, Whole] = field(default_factory=dict)
    postings: int = 0
    climbs: Climbs = NO_CLIMBS


@dataclass(slots=True)
class History:
    """All of it, as of one moment (`until`)."""

    programme: str
    zone_key: str
    currency: str
    until: datetime
    people: tuple[Person, ...]
    words: tuple[str, ...]  # stores, channels, partners, currencies, kinds and tenders by their codes
    items: tuple[Item, ...]
    told: tuple[dict[str, FactValue], ...]
    units: tuple[str, ...]
    facts: Facts
    events: Events
    months: tuple[str, ...]
    month_starts: Whole  # the instants at which they begin
    ledger: Ledger
    nights: Whole  # [night, 2]: as of when each was, and how far the journal was when it began
    grants: tuple[Granted, ...]
    lines: int  # as they were told, without the parts that were kept
    joined: int  # how many paid memberships began, after which their members did nothing
    strange: dict[str, int]  # what a replay does not know, by the kind of the entry, and how often it happened

    def code(self, word: str) -> int:
        """The code of a word; one that nobody told is none."""
        try:
            return self.words.index(word)
        except ValueError:
            return -2

    @property
    def first_day(self) -> date:
        return date.fromordinal(int(self.facts.day.min())) if self.facts.rows else self.until.date()

    @property
    def facts_told(self) -> int:
        """How many facts rules could answer, without the parts of them that were kept."""
        return int((self.facts.of == np.arange(self.facts.rows)).sum())
