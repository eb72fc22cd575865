"""The answer of a what-if as it is kept, shown and sent: today's programme beside the draft."""

import msgspec


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
