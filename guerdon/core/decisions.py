"""What was decided on one activity, and why: the answer to the caller and the memory of the ledger."""

from datetime import datetime
from typing import Literal

import msgspec

from guerdon.core.memberships import Turn
from guerdon.core.tiers import Move, Step

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
    """A limit that clamped what a rule or a whole unit would have given (LAW 3.5); `left` is what it left to give."""

    of: CapOf
    key: str
    window: str
    most: int
    left: int = 0


class Taken(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What a return took back: asked = origin + other + lapsed + debt + shortfall; `kept` is what the rest earned."""

    unit: str
    asked: int
    kept: int = 0
    origin: int = 0  # from the lots of the award itself
    other: int = 0  # from the member's other available lots
    lapsed: int = 0  # had already expired out of the award's lots, counts as taken
    debt: int = 0  # owed from now on
    shortfall: int = 0  # given up under the policies that make no debt


class Restored(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What is given again of what returns had taken: the order was opened again, or the kept part earns more now.

    `points` is less than what was `asked` where returns had taken less than they asked.
    """

    unit: str
    asked: int
    points: int
    kept: int


class TenderBack(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What of a return's money goes back to one tender of the purchase, in minor units of its currency (LAW 4.4).

    Where the tender names a burn, so many of its `points` go back to the lots they came from.
    """

    kind: str
    amount: int
    points: int = 0
    unit: str | None = None


class Refund(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The money of a return, in minor units of the purchase's currency, and what is left of the purchase after it."""

    amount: int
    left: int
    currency: str
    tenders: tuple[TenderBack, ...] = ()


class Basis(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What a return must know of the moment of deciding and could not find out afterwards (LAW 4.1).

    It is memory for the house: whatever follows from the fact, the version and the shares is not in it.
    """

    rivals: tuple[str, ...] = ()  # rules that were let through and gave less than another of their group
    unseen: tuple[str, ...] = ()  # rules whose fractions all went to others, or to which limits left nothing
    unmet: dict[str, tuple[int, ...]] = {}  # by rule, the numbers of its conditions on the member that did not hold
    rooms: dict[str, int] = {}  # what limits left to the rules and units that met in a group: `rule:…`, `unit:…`


class Spent(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Points that left by a burn or by hand."""

    unit: str
    points: int


class Moved(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Points and debt that passed between two accounts by a merge or its undoing."""

    unit: str
    points: int
    debt: int = 0


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


class Redeemed(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A redemption as it stood after an entry of the journal; `money` and `cost` in minor units."""

    id: str
    reward: str
    variant: str
    state: str
    paid: dict[str, int] = {}  # by unit
    money: int = 0
    cost: int = 0
    until: datetime | None = None


class Drawn(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What chance decided, and all it takes to decide it again: `gone` are prizes that were not there (LAW 9.2)."""

    prize: str
    redemption: str  # by which it was given
    seed: int  # the number of the seed
    ticket: int
    gone: tuple[str, ...] = ()
    dry: int = 0  # how many draws in a row had not given the guaranteed prize before


class Sent(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Points that went to another member, and what that cost on top."""

    unit: str
    points: int
    to: str  # the receiver's account
    fee: int = 0


class Received(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Points of one life that came from another member: they keep who earned them, who pays, and their dates."""

    unit: str
    points: int
    origin: str  # the activity that earned them
    earned_at: datetime
    available_at: datetime
    expires_at: datetime | None = None  # when they arrived; a sliding end may have moved since
    funder: str | None = None


class Released(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Points that waited for an activity, with the life they have since it came."""

    unit: str
    points: int
    available_at: datetime
    expires_at: datetime | None = None
    lot: str = ""


class VoucherUse(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What one voucher took off a basket, in minor units: in all, and of which lines (numbered from 1, as told)."""

    code: str
    voucher: str
    off: int = 0
    lines: dict[str, int] = {}


class Issue(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A voucher given to the member; `rule` is the one that gave it, where one did."""

    voucher: str
    rule: str | None = None
    code: str = ""  # known when it has been carried out
    id: str = ""
    expires_at: datetime | None = None


class Count(msgspec.Struct, frozen=True, gc=False):
    """A counter of the member that moves by `add`."""

    key: str
    window: str
    add: int


class Exchange(msgspec.Struct, frozen=True, gc=False):
    """The rate by which foreign money was counted: `units` of the currency, in minor units, are `home` at home.

    It stays with what was decided, whatever is told of that day later (LAW 3.2, 4.1). `start` is its first local day.
    """

    currency: str
    start: str
    home: int
    units: int


class Decision(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The effects of one activity under one version; `counts` is memory for the house, not told to callers."""

    version: int
    awards: tuple[Award, ...] = ()
    capped: tuple[Capped, ...] = ()
    taken: tuple[Taken, ...] = ()
    spent: tuple[Spent, ...] = ()
    moved: tuple[Moved, ...] = ()  # by a merge; which way says the kind of the entry
    hold: Held | None = None  # what was held, captured or released, as it stood after it
    reinstated: dict[str, int] = {}  # by unit, what a cancelled burn gave back
    expired: dict[str, int] = {}  # by unit, what came back into lots that had ended, and expired at once
    sent: tuple[Sent, ...] = ()
    received: tuple[Received, ...] = ()
    repaid: dict[str, int] = {}  # by unit: points that went to debt at once
    restored: tuple[Restored, ...] = ()
    refund: Refund | None = None  # of a return
    replaced: str | None = None  # the return of the purchase that this one replaces
    basis: Basis | None = None
    released: tuple[Released, ...] = ()  # what waited for this very activity
    cancelled: dict[str, int] = {}  # by unit, what waited for an activity that did not come
    parked: str | None = None  # why nothing was decided yet
    enrolled: bool = False  # whether the member became one by this very activity
    rate: Exchange | None = None  # of foreign money
    moves: tuple[Move, ...] = ()  # what it adds to the basis of ladders, or takes out of it
    redeemed: Redeemed | None = None
    drawn: Drawn | None = None  # what a mystery gave
    membership: Turn | None = None  # what it did to a paid membership
    tiers: tuple[Step, ...] = ()  # the steps it made on ladders, or that were due there before it
    issued: tuple[Issue, ...] = ()
    withdrawn: tuple[str, ...] = ()  # codes of vouchers that are of no use any more
    uses: tuple[VoucherUse, ...] = ()  # of vouchers, made or rolled back; which of it says the kind of the entry

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
