"""An account with everything that belongs to it, as the proof looks at it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from typing import Final

import msgspec

from guerdon.core.decisions import Award, Decision, Received, Released
from guerdon.core.ledger import Take
from guerdon.insight.verify.holdings import Holding, Span
from guerdon.insight.verify.scope import Book


class Member(msgspec.Struct, gc=False):
    """The account's owner."""

    account_id: str
    programme_id: str
    enrolled_at: int
    etag: int
    birthday_month: int | None
    attributes: str
    segments: str
    kind: str


class Purse(msgspec.Struct, gc=False):
    """A stored balance."""

    account_id: str
    unit: str
    programme_id: str
    balance: int
    available: int
    pending: int
    held: int
    debt: int
    fresh_from: int
    fresh_until: int


class Posting(msgspec.Struct, gc=False):
    """A posting from the account's side: `change` is signed, `other` the account on the other side."""

    account_id: str
    id: str
    programme_id: str
    unit: str
    seq: int
    part: int
    kind: str
    change: int
    other: str | None
    balance_after: int
    activity_id: str
    person_id: str | None
    effective_at: int
    posted_at: int


class Lot(msgspec.Struct, gc=False):
    """A stored lot."""

    account_id: str
    id: str
    programme_id: str
    unit: str
    posting_id: str
    origin: str
    funder: str | None
    amount: int
    remaining: int
    held: int
    earned_at: int
    available_at: int
    expires_at: int | None


class Allocation(msgspec.Struct, gc=False):
    """What a posting took out of a lot or gave back to it."""

    account_id: str
    id: str
    posting_id: str
    lot_id: str
    direction: str
    amount: int
    at: int


class Entry(msgspec.Struct):
    """An entry of the journal with its decision, as text, too, for whoever hashes it.

    Only adjustments bring their `facts` where nobody reads what was told.
    """

    account_id: str
    id: str
    programme_id: str
    seq: int
    kind: str
    occurred_at: int
    recorded_at: int
    version: int
    decision: Decision
    text: str
    facts: str
    source: str
    external_id: str


class Counter(msgspec.Struct, gc=False):
    """A stored counter."""

    account_id: str
    key: str
    win: str
    amount: int
    last_at: int


class Return(msgspec.Struct, gc=False):
    """Which purchase was given back by which return, which is the account's."""

    account_id: str
    purchase_id: str
    return_id: str


class Passage(msgspec.Struct, gc=False):
    """Which lot a lot came from where points passed between accounts, and when that one ended."""

    account_id: str
    lot_id: str
    from_account: str
    from_lot: str
    from_ends: int | None


class Joined(msgspec.Struct, gc=False):
    """A member merged into the account's, by the entry of the journal that says so."""

    account_id: str
    merge_id: str
    from_account: str
    undone: bool


class Added(msgspec.Struct, gc=False):
    """A counter that a merge which still holds added to the account's."""

    account_id: str
    merge_id: str
    key: str
    win: str
    amount: int
    last_at: int


class Raised(msgspec.Struct, gc=False):
    """Below which counters the account's own did not stay from an entry of a household's journal on."""

    account_id: str
    seq: int
    memory: str


class Hold(msgspec.Struct, gc=False):
    """A stored hold; `seq` is that of the entry that made it."""

    account_id: str
    id: str
    unit: str
    amount: int
    captured: int
    released: int
    expired: int
    state: str
    seq: int
    created_at: int
    ends_at: int


class Part(msgspec.Struct, gc=False):
    """What of a hold is in one lot."""

    account_id: str
    hold_id: str
    lot_id: str
    place: int
    amount: int
    open: int


class Step(msgspec.Struct, gc=False):
    """What an entry did with a hold."""

    account_id: str
    hold_id: str
    activity_id: str
    seq: int
    kind: str
    captured: int
    released: int
    expired: int
    at: int


class Move(msgspec.Struct, gc=False):
    """Points of a lot that were reserved (+), or were no longer (−), by an entry of the journal."""

    seq: int
    hold: Hold
    step: Step | None  # None when the hold was made
    takes: tuple[Take, ...]
    sign: int
    captured: bool = False


class Leaf(msgspec.Struct, gc=False):
    """The hash of an entry as it was sealed."""

    account_id: str
    activity_id: str
    programme_id: str
    seq: int
    hash: str


class Climb(msgspec.Struct, gc=False):
    """A stored step on a ladder; days are ordinals."""

    account_id: str
    ladder: str
    number: int
    level: str | None
    since: int
    cause: str
    counts_from: int | None
    counts_until: int | None
    review_at: int | None
    grace_until: int | None
    seq: int
    version: int


class Counted(msgspec.Struct, gc=False):
    """What of a ladder's basis fell on a day."""

    account_id: str
    measure: str
    day: int
    amount: int


class Rank(msgspec.Struct, gc=False):
    """Which step of a ladder the night would look at, when, and from which day on what counts then."""

    account_id: str
    ladder: str
    number: int
    due_at: int | None
    counts_from: int | None


class Reversal(msgspec.Struct, gc=False):
    """Which posting a posting reverses; where that made a new lot, `origin` says whose points those are."""

    account_id: str
    posting_id: str
    reverses: str
    origin: str | None


UNREADABLE: Final = Decision(version=-1)  # what stands in for a decision that is no JSON of ours
_by_seq = attrgetter("seq")
by_part = attrgetter("seq", "part")


@dataclass(slots=True)
class Account:
    """One account with everything that belongs to it; postings by (seq, part), entries by seq."""

    id: str
    member: Member | None
    book: Book | None
    purses: list[Purse]
    postings: list[Posting]
    lots: list[Lot]
    allocations: list[Allocation]
    entries: list[Entry]
    counters: list[Counter]
    returns: list[Return]
    passages: list[Passage]
    bought: list[Entry]
    joined: list[Joined]
    added: list[Added]
    raised: list[Raised]
    holds: list[Hold]
    parts: list[Part]
    steps: list[Step]
    reversals: list[Reversal]
    leaves: list[Leaf]
    climbs: list[Climb]
    counted: list[Counted]
    ranks: list[Rank]
    memberships: list[Holding]
    spans: list[Span]
    lot: dict[str, Lot] = field(init=False)
    made: dict[str, Lot] = field(init=False)  # by the posting that made it
    entry: dict[str, Entry] = field(init=False)
    allocated: dict[str, list[Allocation]] = field(init=False)  # by posting
    caused: dict[str, list[Posting]] = field(init=False)  # by activity
    of_kind: dict[str, list[Posting]] = field(init=False)
    debits: list[Posting] = field(init=False)
    returned: dict[str, str] = field(init=False)  # return → purchase
    came_from: dict[str, Passage] = field(init=False)  # by lot
    elsewhere: dict[str, Entry] = field(init=False)  # purchases of a merged member that were given back here
    released: dict[str, list[tuple[Entry, Released]]] = field(init=False)  # by lot: which entries gave it its life
    _flows: dict[tuple[str, str], int] | None = field(default=None, init=False)
    _awards: dict[str, Award] | None = field(default=None, init=False)
    _arrivals: dict[str, Received] | None = field(default=None, init=False)
    moves: list[Move] | None = field(default=None, init=False)  # of what was reserved, once somebody asked for them
    moves_of: dict[str, list[Move]] = field(default_factory=dict, init=False)  # the same by lot, and by activity

    def __post_init__(self) -> None:
        self.postings.sort(key=by_part)
        self.entries.sort(key=_by_seq)
        self.lot = {lot.id: lot for lot in self.lots}
        self.made = {lot.posting_id: lot for lot in self.lots}
        self.entry = {entry.id: entry for entry in self.entries}
        self.returned = {one.return_id: one.purchase_id for one in self.returns}
        self.came_from = {one.lot_id: one for one in self.passages}
        self.elsewhere = {one.id: one for one in self.bought}
        self.released = {}
        for entry in self.entries:
            for one in entry.decision.released:
                self.released.setdefault(one.lot, []).append((entry, one))
        self.allocated = {}
        for allocation in self.allocations:
            self.allocated.setdefault(allocation.posting_id, []).append(allocation)
        self.caused, self.of_kind = {}, {}
        for posting in self.postings:
            self.caused.setdefault(posting.activity_id, []).append(posting)
            self.of_kind.setdefault(posting.kind, []).append(posting)
        self.debits = [posting for posting in self.postings if posting.change < 0]

    def flows(self) -> dict[tuple[str, str], int]:
        """The sum of the postings by unit and kind."""
        if self._flows is None:
            flows: dict[tuple[str, str], int] = {}
            for kind, postings in self.of_kind.items():
                for posting in postings:
                    name = (posting.unit, kind)
                    flows[name] = flows.get(name, 0) + posting.change
            self._flows = flows
        return self._flows

    def kinds(self, *names: str) -> Iterator[Posting]:
        """The postings of these kinds: kind after kind, each in the order of (seq, part)."""
        return chain.from_iterable([self.of_kind[name] for name in names if name in self.of_kind])

    def purchase(self, id: str) -> Entry | None:
        """A purchase that was given back by this account, maybe one of a member who was merged into it."""
        return self.entry.get(id) or self.elsewhere.get(id)

    def awards(self) -> dict[str, Award]:
        """The award behind each earning posting: the n-th of an entry is the n-th of its decision."""
        if self._awards is None:
            self._awards = {}
            for entry in self.entries:
                if entry.decision.awards:
                    earned = [one for one in self.caused.get(entry.id, ()) if one.kind in ("earn", "adjust_up")]
                    for posting, award in zip(earned, entry.decision.awards, strict=False):
                        self._awards[posting.id] = award
        return self._awards

    def arrivals(self) -> dict[str, Received]:
        """What was told of each posting of points from another member: the n-th of an entry is the n-th told."""
        if self._arrivals is None:
            self._arrivals = {}
            arrived: dict[str, list[Posting]] = {}
            for posting in self.kinds("transfer_in"):
                arrived.setdefault(posting.activity_id, []).append(posting)
            for activity_id, postings in arrived.items():
                entry = self.entry.get(activity_id)
                if entry is not None:
                    for posting, told in zip(postings, entry.decision.received, strict=False):
                        self._arrivals[posting.id] = told
        return self._arrivals
