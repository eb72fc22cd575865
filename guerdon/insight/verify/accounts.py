"""The walk: every account with all that belongs to it, one account in memory at a time, in the order of account ids."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, Final

import msgspec

from guerdon.core.decisions import Award, Decision, Received, Released
from guerdon.core.ledger import Take
from guerdon.insight.verify import streams
from guerdon.insight.verify.scope import Book, Scope
from guerdon.kit.snapshot import Snapshot


class Member(msgspec.Struct, gc=False):
    """The account's owner."""

    account_id: str
    programme_id: str
    enrolled_at: int
    etag: int
    birthday_month: int | None
    attributes: str
    segments: str


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
    """A posting from the account's side: `change` is signed, `counterpart` the house's account on the other side."""

    account_id: str
    id: str
    programme_id: str
    unit: str
    seq: int
    part: int
    kind: str
    change: int
    counterpart: str | None
    balance_after: int
    activity_id: str
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
    """An entry of the journal with its decision; only adjustments bring their `facts` where nobody decides anew."""

    account_id: str
    id: str
    programme_id: str
    seq: int
    kind: str
    occurred_at: int
    recorded_at: int
    version: int
    decision: Decision
    facts: str


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


class Reversal(msgspec.Struct, gc=False):
    """Which posting a posting reverses; where that made a new lot, `origin` says whose points those are."""

    account_id: str
    posting_id: str
    reverses: str
    origin: str | None


UNREADABLE: Final = Decision(version=-1)  # what stands in for a decision that is no JSON of ours
_decode = msgspec.json.Decoder(Decision).decode
_by_seq = attrgetter("seq")
_by_part = attrgetter("seq", "part")


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
    lot: dict[str, Lot] = field(init=False)
    made: dict[str, Lot] = field(init=False)  # by the posting that made it
    entry: dict[str, Entry] = field(init=False)
    allocated: dict[str, list[Allocation]] = field(init=False)  # by posting
    caused: dict[str, list[Posting]] = field(init=False)  # by activity
    returned: dict[str, str] = field(init=False)  # return → purchase
    came_from: dict[str, Passage] = field(init=False)  # by lot
    elsewhere: dict[str, Entry] = field(init=False)  # purchases of a merged member that were given back here
    released: dict[str, list[tuple[Entry, Released]]] = field(init=False)  # by lot: which entries gave it its life
    _awards: dict[str, Award] | None = field(default=None, init=False)
    _arrivals: dict[str, Received] | None = field(default=None, init=False)
    moves: list[Move] | None = field(default=None, init=False)  # of what was reserved, once somebody asked for them
    moves_of: dict[str, list[Move]] = field(default_factory=dict, init=False)  # the same by lot, and by activity

    def __post_init__(self) -> None:
        self.postings.sort(key=_by_part)
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
        self.caused = {}
        for posting in self.postings:
            self.caused.setdefault(posting.activity_id, []).append(posting)

    def purchase(self, id: str) -> Entry | None:
        """A purchase that was given back by this account, maybe one of a member who was merged into it."""
        return self.entry.get(id) or self.elsewhere.get(id)

    def awards(self) -> dict[str, Award]:
        """The award behind each earning posting: the n-th of an entry is the n-th of its decision."""
        if self._awards is None:
            self._awards = {}
            for activity_id, postings in self.caused.items():
                entry = self.entry.get(activity_id)
                if entry is not None and entry.decision.awards:
                    earned = [posting for posting in postings if posting.kind in ("earn", "adjust_up")]
                    for posting, award in zip(earned, entry.decision.awards, strict=False):
                        self._awards[posting.id] = award
        return self._awards

    def arrivals(self) -> dict[str, Received]:
        """What was told of each posting of points from another member: the n-th of an entry is the n-th told."""
        if self._arrivals is None:
            self._arrivals = {}
            for activity_id, postings in self.caused.items():
                entry = self.entry.get(activity_id)
                if entry is not None and entry.decision.received:
                    arrived = [posting for posting in postings if posting.kind == "transfer_in"]
                    for posting, told in zip(arrived, entry.decision.received, strict=False):
                        self._arrivals[posting.id] = told
        return self._arrivals


def _entry(*cells: Any) -> Entry:
    try:
        decision = _decode(cells[8])
    except msgspec.MsgspecError:
        decision = UNREADABLE
    account_id, id, programme_id, seq, kind, occurred_at, recorded_at, version, _, facts = cells
    return Entry(account_id, id, programme_id, seq, kind, occurred_at, recorded_at, version, decision, facts)


_KINDS: Final[tuple[tuple[str, Callable[..., Any]], ...]] = (
    (streams.MEMBERS, Member),
    (streams.PURSES, Purse),
    (streams.POSTINGS, Posting),
    (streams.LOTS, Lot),
    (streams.ALLOCATIONS, Allocation),
    (streams.ENTRIES, _entry),
    (streams.COUNTERS, Counter),
    (streams.RETURNS, Return),
    (streams.PASSAGES, Passage),
    (streams.BOUGHT, _entry),
    (streams.JOINED, Joined),
    (streams.ADDED, Added),
    (streams.RAISED, Raised),
    (streams.HOLDS, Hold),
    (streams.PARTS, Part),
    (streams.STEPS, Step),
    (streams.REVERSALS, Reversal),
)


def walk(view: Snapshot, scope: Scope, books: dict[str, Book], *, facts: bool) -> Iterator[Account]:
    """Yield the accounts of the scope, those too that have rows but no member."""
    told = "a.facts" if facts else streams.BY_HAND
    rows_of = [
        _Stream(view.stream(scope.ask(text.replace("{facts}", told)), **scope.params), made) for text, made in _KINDS
    ]
    while True:
        waiting = [stream.account for stream in rows_of if stream.account is not None]
        if not waiting:
            return
        account = min(waiting)
        members, *owned = [stream.take(account) for stream in rows_of]
        member = members[0] if members else None
        book = books.get(member.programme_id) if member else None
        yield Account(account, member, book, *owned)


class _Stream:
    """The rows of one kind, account by account."""

    def __init__(self, rows: Iterable[tuple[Any, ...]], made: Callable[..., Any]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._made = made
        self._group: Iterable[tuple[Any, ...]] = ()
        self._move()

    def _move(self) -> None:
        self.account: str | None
        self.account, self._group = next(self._groups, (None, iter(())))

    def take(self, account: str) -> list[Any]:
        """The rows of the account, none where the next ones belong to a later one."""
        if self.account != account:
            return []
        made = self._made
        rows = [made(*row) for row in self._group]
        self._move()
        return rows
