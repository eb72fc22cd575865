"""The walk: every account with all that belongs to it, one account in memory at a time, in the order of account ids."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import msgspec

from guerdon.core.decisions import Decision
from guerdon.insight.verify import holdings, streams
from guerdon.insight.verify.accounts import (
    UNREADABLE,
    Account,
    Added,
    Allocation,
    Climb,
    Counted,
    Counter,
    Entry,
    Hold,
    Joined,
    Leaf,
    Lot,
    Member,
    Part,
    Passage,
    Posting,
    Purse,
    Raised,
    Rank,
    Return,
    Reversal,
    Step,
)
from guerdon.insight.verify.scope import Book, Scope
from guerdon.kit.snapshot import Snapshot

_decode: Final = msgspec.json.Decoder(Decision).decode


def _entry(*cells: Any) -> Entry:
    try:
        decision = _decode(cells[8])
    except msgspec.MsgspecError:
        decision = UNREADABLE
    account_id, id, programme_id, seq, kind, occurred_at, recorded_at, version, *told = cells
    return Entry(account_id, id, programme_id, seq, kind, occurred_at, recorded_at, version, decision, *told)


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
    (streams.LEAVES, Leaf),
    (streams.CLIMBS, Climb),
    (streams.COUNTED, Counted),
    (streams.RANKS, Rank),
    (streams.HOLDINGS, holdings.holding),
    (streams.SPANS, holdings.span),
)


def accounts(view: Snapshot, scope: Scope, books: dict[str, Book], *, facts: bool) -> Iterator[Account]:
    """Yield the accounts of the scope, those too that have rows but no member; with all that was told, if asked."""
    told = streams.TOLD if facts else streams.BY_HAND
    rows_of = [
        _Stream(view.stream(scope.ask(text.replace("{told}", told)), **scope.params), made) for text, made in _KINDS
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
