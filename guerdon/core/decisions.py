"""What was decided on one activity, and why: the answer to the caller and the memory of the ledger."""

from datetime import datetime
from typing import Literal

import msgspec

CapOf = Literal["rule", "uses", "unit", "budget"]


class Share(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The part of an award that one rule gave: `exact` is its rational worth before the one rounding."""

    rule: str
    points: int
    exact: str
    on: int | None = None  # the eligible minor units, or pieces, the rule counted


class LinePoints(msgspec.Struct, frozen=True, gc=False):
    """What one line of the basket got of an award, and by which rules."""

    line: int  # from 1, as told
    points: int
    rules: dict[str, int]


class Award(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Points of one unit with one life; becomes one posting and one lot."""

    unit: str
    points: int
    shares: tuple[Share, ...]
    available_at: datetime
    expires_at: datetime | None = None
    funder: str | None = None
    awaits: str | None = None  # the kind of activity without which they are cancelled at `expires_at` (LAW 5.3)
    lines: tuple[LinePoints, ...] = ()  # only in answers that ask for it, never stored (`attribution`)


class Capped(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A limit that clamped what a rule or a whole unit would have given (LAW 3.5)."""

    of: CapOf
    key: str
    window: str
    most: int


class Taken(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What a return took back: asked = origin + other + lapsed + debt + shortfall."""

    unit: str
    asked: int
    origin: int = 0  # from the lots of the award itself
    other: int = 0  # from the member's other available lots
    lapsed: int = 0  # had already expired out of the award's lots, counts as taken
    debt: int = 0  # owed from now on
    shortfall: int = 0  # given up under the policies that make no debt


class Spent(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Points that left by a burn or by hand."""

    unit: str
    points: int


class Held(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A hold as it stood after an entry of the journal."""

    id: str
    unit: str
    amount: int
    created_at: datetime
    ends_at: datetime
    state: str
    captured: int = 0
    released: int = 0
    expired: int = 0


class Released(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Points that waited for an activity, with the life they have since it came."""

    unit: str
    points: int
    available_at: datetime
    expires_at: datetime | None = None
    lot: str = ""


class Count(msgspec.Struct, frozen=True, gc=False):
    """A counter of the member that moves by `add`."""

    key: str
    window: str
    add: int


class Decision(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The effects of one activity under one version; `counts` is memory for the house, not told to callers."""

    version: int
    awards: tuple[Award, ...] = ()
    capped: tuple[Capped, ...] = ()
    taken: tuple[Taken, ...] = ()
    spent: tuple[Spent, ...] = ()
    hold: Held | None = None  # what was held, captured or released, as it stood after it
    reinstated: dict[str, int] = {}  # by unit, what a cancelled burn gave back
    expired: dict[str, int] = {}  # by unit, what came back into lots that had ended, and expired at once
    repaid: dict[str, int] = {}  # by unit: points that went to debt at once
    released: tuple[Released, ...] = ()  # what waited for this very activity
    cancelled: dict[str, int] = {}  # by unit, what waited for an activity that did not come
    parked: str | None = None  # why nothing was decided yet
    enrolled: bool = False  # whether the member became one by this very activity

    def awarded(self) -> dict[str, int]:
        """By unit, the points of all awards: what a whole return takes back."""
        sums: dict[str, int] = {}
        for award in self.awards:
            sums[award.unit] = sums.get(award.unit, 0) + award.points
        return sums


class Ruling(msgspec.Struct, frozen=True, gc=False):
    """A decision with the counters it moves; `spent` is what it took of campaign budgets, by rule."""

    decision: Decision
    counts: tuple[Count, ...] = ()
    spent: dict[str, int] = {}


class Silent(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A rule that did not fire, and the first thing that held it back (`explain=full`)."""

    rule: str
    reason: str
    pointer: str | None = None
