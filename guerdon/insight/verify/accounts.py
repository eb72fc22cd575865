"""The walk: every account with all that belongs to it, one account in memory at a time, in the order of account ids."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, Final

import msgspec

from guerdon.core.decisions import Award, Decision, Released
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
    """An entry of the journal with its decision; `facts` are empty where nobody decides anew."""

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
    """Which purchase was given back by which return."""

    account_id: str
    purchase_id: str
    return_id: str


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


class Reversal(msgspec.Struct, gc=False):
    """Which posting a posting reverses."""

    account_id: str
    posting_id: str
    reverses: str


UNREADABLE: Final = Decision(version=-1)  # what stands in for a decision that is no JSON of ours
_decode = msgspec.json.Decoder(Decision).decode
_by_seq = attrgetter("seq")
_by_part = attrgetter("seq", "part")

MEMBERS: Final = (
    "SELECT [id m.id], [id m.programme_id], m.enrolled_at, m.etag, m.birthday_month, m.attributes::text,"
    " m.segments::text FROM members_member m WHERE [mine m] ORDER BY m.id"
)
PURSES: Final = (
    "SELECT [id b.account_id], b.unit, [id b.programme_id], b.balance, b.available, b.pending, b.held, b.debt,"
    " b.fresh_from, b.fresh_until FROM ledger_balance b [owned b] ORDER BY b.account_id, b.unit"
)
POSTINGS: Final = (
    "SELECT [id p.account_id], [id p.id], [id p.programme_id], p.unit, p.seq, p.part, p.kind,"
    " CASE WHEN p.destination = p.account_id THEN p.amount ELSE -p.amount END, s.kind, p.balance_after,"
    " [id p.activity_id], p.effective_at, p.posted_at FROM ledger_posting p"
    # Whichever side the member is on, the other one is an account of the house, in the same programme.
    " LEFT JOIN ledger_system_account s ON s.programme_id = p.programme_id"
    " AND s.id = CASE p.account_id WHEN p.source THEN p.destination WHEN p.destination THEN p.source END"
    " [owned p] ORDER BY p.account_id"
)
LOTS: Final = (
    "SELECT [id l.account_id], [id l.id], [id l.programme_id], l.unit, [id l.posting_id], [id l.origin], l.funder,"
    " l.amount, l.remaining, l.held, l.earned_at, l.available_at, l.expires_at FROM ledger_lot l [owned l]"
    " ORDER BY l.account_id"
)
ALLOCATIONS: Final = (
    "SELECT [id x.account_id], [id x.id], [id x.posting_id], [id x.lot_id], x.direction, x.amount, x.at"
    " FROM ledger_allocation x [owned x] ORDER BY x.account_id"
)
# Facts are wide: they are carried along only for those who decide anew.
ENTRIES: Final = (
    "SELECT [id a.account_id], [id a.id], [id a.programme_id], a.seq, a.kind, a.occurred_at, a.recorded_at, a.version,"
    " a.decision, {facts} FROM activities_activity a [owned a] ORDER BY [sorted a.account_id]"
)
COUNTERS: Final = (
    "SELECT [id c.account_id], c.key, c.win, c.amount, c.last_at FROM rulebook_counter c [owned c]"
    " ORDER BY c.account_id"
)
RETURNS: Final = (
    "SELECT [id r.account_id], [id r.purchase_id], [id r.return_id] FROM activities_returned r [owned r]"
    " ORDER BY r.account_id"
)

HOLDS: Final = (
    "SELECT [id h.account_id], [id h.id], h.unit, h.amount, h.captured, h.released, h.expired, h.state, h.seq,"
    " h.created_at, h.ends_at FROM holds_hold h [owned h] ORDER BY h.account_id"
)
PARTS: Final = (
    "SELECT [id p.account_id], [id p.hold_id], [id p.lot_id], p.place, p.amount, p.open FROM holds_part p [owned p]"
    " ORDER BY p.account_id"
)
STEPS: Final = (
    "SELECT [id s.account_id], [id s.hold_id], [id s.activity_id], s.seq, s.kind, s.captured, s.released, s.expired,"
    " s.at FROM holds_step s [owned s] ORDER BY s.account_id"
)
REVERSALS: Final = (
    "SELECT [id v.account_id], [id v.posting_id], [id v.reverses] FROM ledger_reversal v [owned v]"
    " ORDER BY v.account_id"
)


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
    released: dict[str, list[tuple[Entry, Released]]] = field(init=False)  # by lot: which entries gave it its life
    _awards: dict[str, Award] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.postings.sort(key=_by_part)
        self.entries.sort(key=_by_seq)
        self.lot = {lot.id: lot for lot in self.lots}
        self.made = {lot.posting_id: lot for lot in self.lots}
        self.entry = {entry.id: entry for entry in self.entries}
        self.returned = {one.return_id: one.purchase_id for one in self.returns}
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


def _entry(*cells: Any) -> Entry:
    try:
        decision = _decode(cells[8])
    except msgspec.MsgspecError:
        decision = UNREADABLE
    account_id, id, programme_id, seq, kind, occurred_at, recorded_at, version, _, facts = cells
    return Entry(account_id, id, programme_id, seq, kind, occurred_at, recorded_at, version, decision, facts)


_KINDS: Final[tuple[tuple[str, Callable[..., Any]], ...]] = (
    (MEMBERS, Member),
    (PURSES, Purse),
    (POSTINGS, Posting),
    (LOTS, Lot),
    (ALLOCATIONS, Allocation),
    (ENTRIES, _entry),
    (COUNTERS, Counter),
    (RETURNS, Return),
    (HOLDS, Hold),
    (PARTS, Part),
    (STEPS, Step),
    (REVERSALS, Reversal),
)


def walk(view: Snapshot, scope: Scope, books: dict[str, Book], *, facts: bool) -> Iterator[Account]:
    """Yield the accounts of the scope, those too that have rows but no member."""
    streams = [
        _Stream(view.stream(scope.ask(text.replace("{facts}", "a.facts" if facts else "''")), **scope.params), made)
        for text, made in _KINDS
    ]
    while True:
        waiting = [stream.account for stream in streams if stream.account is not None]
        if not waiting:
            return
        account = min(waiting)
        members, *owned = [stream.take(account) for stream in streams]
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
