"""The answer of a what-if as it is kept, shown and sent: today's programme beside the draft."""

import msgspec

from guerdon.core.sweeping import Goal, Limit, Metric, Value


class Amounts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a programme came to: points in the smallest step of the unit, `cost` and `liability` in minor units.

    `unmet` are redemptions of the history for which the points would not have been there: they do not happen.
    """

    issued: int = 0
    redeemed: int = 0
    expired: int = 0
    outstanding: int = 0
    cost: int = 0
    liability: int = 0
    unmet: int = 0


class Pair(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same under both; `key` is a month, a segment, a tier, or empty for all."""

    key: str = ""
    members: int = 0
    today: Amounts = Amounts()
    draft: Amounts = Amounts()


class Change(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A member who would have got more or less: points issued under each, smallest steps."""

    member: str
    today: int
    draft: int


class Move(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many members end in `draft` who end in `today`; an empty name is below the first tier."""

    ladder: str
    today: str
    draft: str
    members: int


class Band(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A difference (draft − today) with its 90 % interval: what it is of, in the unit of that amount."""

    of: str
    low: int
    middle: int
    high: int


class Metrics(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a scenario came to. Points in smallest steps, money in minor units, shares in hundredths of a percent."""

    issued: int
    redeemed: int
    expired: int
    outstanding: int
    cost: int  # of the rewards handed over
    liability: int  # what points are owed as at the end, of all units
    burden: int  # both together
    kept: int  # what members had of their points by the end, used or still theirs, in money
    worse_off: int  # share of the members who got fewer points of any unit
    better_off: int  # share of those who got more of one and fewer of none
    losing: int  # how many members were left with less, used or still theirs, than under today's programme
    retained: int  # share of the issued points that did not expire
    roi: int | None = None  # where somebody says what is earned


class Gate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The equality gate: how many members and points of the replay equal the ledger – all, or there is no answer.

    `steps` are those of members on ladders of tiers, each with its moment.
    """

    members: int
    postings: int
    points: int
    steps: int = 0


class OfUnit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said of one unit. `winners` and `losers` are the most touched, with how many there are in all."""

    unit: str
    whole: Pair
    months: tuple[Pair, ...] = ()
    segments: tuple[Pair, ...] = ()
    tiers: tuple[Pair, ...] = ()
    winners: tuple[Change, ...] = ()
    losers: tuple[Change, ...] = ()
    better_off: int = 0
    worse_off: int = 0
    bands: tuple[Band, ...] = ()


class Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A what-if answered. `mechanical` leaves behaviour as it was; `behavioural` is apart and says its assumptions."""

    programme: str
    version: int  # today's, published
    draft: str  # its key, or the name of the file
    since: str  # local days, half-open
    until: str
    activities: int
    lines: int
    milliseconds: int
    gate: Gate
    mechanical: tuple[OfUnit, ...]
    moves: tuple[Move, ...] = ()
    behavioural: tuple[OfUnit, ...] = ()
    assumptions: tuple[str, ...] = ()


class Varied(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place that was varied: its JSON pointer, and what stands there in the file that was asked about.

    `idle` says that its values change nothing that a replay counts, whatever the others are at.
    """

    path: str
    today: Value
    idle: bool = False


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A combination that was replayed: its values in the order of the places, what it came to, which limits it breaks.

    `on_front` is one that no other beats in all that is wanted; `between` one that was found between the values asked.
    `bands` are of the differences from today's programme, where they were drawn.
    """

    values: tuple[Value, ...]
    metrics: Metrics
    on_front: bool = False
    between: bool = False
    breaks: tuple[Metric, ...] = ()
    bands: tuple[Band, ...] = ()


class Unfit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A combination that is no programme: where, and why."""

    values: tuple[Value, ...]
    path: str
    reason: str


class Without(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a limit costs: how many scenarios it alone excludes, and which would be best if it were not there."""

    limit: Limit
    excludes: int
    best: int | None


class Swept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sweep answered; scenarios are named by their place in `scenarios`, from 0.

    `best` keeps all limits; `wished` is better, and breaks some: None where there is none.
    """

    version: int  # today's, published
    activities: int
    milliseconds: int
    gate: Gate
    unit: str
    vary: tuple[Varied, ...]
    goals: tuple[Goal, ...]
    limits: tuple[Limit, ...]
    today: Metrics
    scenarios: tuple[Scenario, ...]
    unfit: tuple[Unfit, ...]
    best: int | None
    wished: int | None
    without: tuple[Without, ...]
