"""Every read for seals: the chain, the hashes under a seal, and entries of the journal with all that they wrote."""

from collections.abc import Sequence
from typing import Any

import msgspec

from guerdon.core import errors
from guerdon.core.sealing import (
    FIRST_PREVIOUS,
    Seal,
    SealedAllocation,
    SealedEntry,
    SealedLot,
    SealedPassage,
    SealedPosting,
    Span,
)
from guerdon.kit.store import Statement, Store, allow_fanout

NOT_SEALED_YET = errors.declare("clash", "not_sealed_yet", "id")
NOTHING_SEALED = errors.declare("unknown", "nothing_sealed")
SEAL_UNKNOWN = errors.declare("unknown", "seal_unknown", "number")

_SEAL = (
    "SELECT programme_id, number, from_seq, until_seq, entries, root, sealed_at, previous, head FROM seals_seal"
    " WHERE programme_id = :programme"
)
_LAST = Statement(f"{_SEAL} ORDER BY number DESC LIMIT 1")
_OF_SEQ = Statement(f"{_SEAL} AND until_seq >= :seq ORDER BY until_seq LIMIT 1")
_AFTER = Statement(f"{_SEAL} AND number > :number ORDER BY number LIMIT :most")
_LEAVES = Statement(
    "SELECT seq, hash FROM seals_leaf WHERE programme_id = :programme AND seq BETWEEN :first AND :last ORDER BY seq"
)
_ENTRY = (
    "SELECT a.programme_id, a.account_id, a.id, a.seq, a.kind, a.source, a.external_id, a.occurred_at, a.recorded_at,"
    " a.version, a.facts, a.decision FROM activities_activity a"
)
_ENTRIES = allow_fanout(
    "a seal covers a range of the journal, whoever its entries belong to",
    Statement(
        f"{_ENTRY} WHERE a.seq BETWEEN :first AND :last AND a.programme_id = :programme ORDER BY a.seq LIMIT :most"
    ),
)
_ONE = Statement(f"{_ENTRY} WHERE a.account_id = :account AND a.id = :id AND a.programme_id = :programme")
_COUNT = allow_fanout(
    "how many entries a range of the journal has",
    Statement(
        "SELECT count(*) FROM activities_activity WHERE seq BETWEEN :first AND :last AND programme_id = :programme"
    ),
)
_POSTING = (
    "p.account_id, p.seq, p.part, p.id, p.unit, p.kind, p.source, p.destination, p.amount, p.balance_after,"
    " p.person_id, p.effective_at, p.posted_at"
)
# What an entry wrote is found by its number: an entry's postings stand together under it.
_POSTINGS = Statement(
    f"SELECT {_POSTING} FROM unnest(:accounts::uuid[], :seqs::bigint[]) AS u(account_id, seq)"  # noqa: S608 - our own
    " JOIN ledger_posting p ON p.account_id = u.account_id AND p.seq = u.seq ORDER BY p.seq, p.part",
    sqlite=f"SELECT {_POSTING} FROM json_each(:names) AS u CROSS JOIN ledger_posting p INDEXED BY ledger_posting_order"  # noqa: S608 - our own
    " ON p.account_id = u.value->>0 AND p.seq = u.value->>1 ORDER BY p.seq, p.part",
)


def _of_postings(columns: str, table: str, key: str, index: str = "") -> Statement:
    """The rows of a table by (account, posting), in the order of their ids."""
    order = columns.split(", ")[1]
    return Statement(
        f"SELECT {columns} FROM unnest(:accounts::uuid[], :ids::uuid[]) AS u(account_id, id)"  # noqa: S608 - our own
        f" JOIN {table} x ON x.account_id = u.account_id AND x.{key} = u.id ORDER BY {order}",
        sqlite=f"SELECT {columns} FROM json_each(:names) AS u CROSS JOIN {table} x{index}"  # noqa: S608 - our own
        f" ON x.account_id = u.value->>0 AND x.{key} = u.value->>1 ORDER BY {order}",
    )


_LOTS = _of_postings(
    "x.account_id, x.id, x.unit, x.origin, x.funder, x.amount, x.earned_at, x.available_at", "ledger_lot", "id"
)
_ALLOCATIONS = _of_postings(
    "x.account_id, x.id, x.posting_id, x.lot_id, x.direction, x.amount, x.at",
    "ledger_allocation",
    "posting_id",
    " INDEXED BY ledger_allocation_posting",
)
_PASSAGES = _of_postings("x.account_id, x.lot_id, x.from_account, x.from_lot", "ledger_passage", "lot_id")


def last(store: Store, programme_id: str) -> Seal | None:
    """The latest seal of the programme, whose head is the one to publish; None where nothing is sealed."""
    rows = store.fetch(_LAST, programme=programme_id)
    return _seal(rows[0]) if rows else None


def after(store: Store, programme_id: str, number: int, *, most: int) -> list[Seal]:
    """The seals after the numbered one, in their order, a page at a time."""
    return [_seal(row) for row in store.fetch(_AFTER, programme=programme_id, number=number, most=most)]


def covering(store: Store, programme_id: str, seq: int) -> Seal | None:
    """The seal that covers the number of the journal; None where it is not sealed yet."""
    rows = store.fetch(_OF_SEQ, programme=programme_id, seq=seq)
    return _seal(rows[0]) if rows else None


def leaves(store: Store, seal: Seal) -> list[tuple[int, str]]:
    """The entries under a seal as (seq, hash), in their order; no more than a seal may have."""
    span = seal.span
    rows = store.fetch(_LEAVES, programme=span.programme, first=span.from_seq, last=span.until_seq)
    return [(seq, hash) for seq, hash in rows]


def unsealed(store: Store, programme_id: str, *, settled: int) -> int:
    """How many entries up to the number wait for a seal."""
    end = last(store, programme_id)
    return count(store, programme_id, first=end.span.until_seq + 1 if end else 1, last=settled)


def count(store: Store, programme_id: str, *, first: int, last: int) -> int:
    """How many entries the programme has from one number to another."""
    return int(store.fetch(_COUNT, programme=programme_id, first=first, last=last)[0][0])


def entries(store: Store, programme_id: str, *, first: int, last: int, most: int) -> list[SealedEntry]:
    """The entries of the programme from one number to another, by number, with all that they wrote."""
    return _whole(store, store.fetch(_ENTRIES, programme=programme_id, first=first, last=last, most=most))


def entry(store: Store, programme_id: str, *, account_id: str, activity_id: str) -> SealedEntry | None:
    """One entry with all that it wrote; None where there is none."""
    rows = store.fetch(_ONE, programme=programme_id, account=account_id, id=activity_id)
    return _whole(store, rows)[0] if rows else None


def _whole(store: Store, rows: Sequence[tuple[Any, ...]]) -> list[SealedEntry]:
    """Entries with their postings, lots, allocations and passages, each kind in one statement."""
    if not rows:
        return []
    names = [(row[1], row[3]) for row in rows]
    accounts, seqs = [account for account, _ in names], [seq for _, seq in names]
    posted = store.fetch(_POSTINGS, accounts=accounts, seqs=seqs, names=names)
    seq_of = {(row[0], row[3]): row[1] for row in posted}
    postings: dict[tuple[str, int], list[Any]] = {}
    for account, seq, *cells in posted:
        postings.setdefault((account, seq), []).append(SealedPosting(*cells))
    at_hand = _Written(store, seq_of)
    lots = at_hand.by_entry(_LOTS, SealedLot, 0)
    allocations = at_hand.by_entry(_ALLOCATIONS, SealedAllocation, 1)
    passages = at_hand.by_entry(_PASSAGES, SealedPassage, 0)
    found: list[SealedEntry] = []
    for name, row in zip(names, rows, strict=True):
        kinds: list[dict[tuple[str, int], list[Any]]] = [postings, lots, allocations, passages]
        parts = (tuple(kind.get(name, ())) for kind in kinds)
        found.append(SealedEntry(*row, *parts))
    return found


class _Written:
    """What postings made, sorted by the entry they belong to."""

    def __init__(self, store: Store, seq_of: dict[tuple[str, str], int]) -> None:
        self._store = store
        self._seq_of = seq_of
        names = list(seq_of)
        self._named = {"accounts": [name[0] for name in names], "ids": [name[1] for name in names], "names": names}

    def by_entry(
        self, statement: Statement, made: type[msgspec.Struct], posting: int
    ) -> dict[tuple[str, int], list[Any]]:
        """The rows as values, by (account, seq); `posting` is the place of the posting's id behind the account."""
        found: dict[tuple[str, int], list[Any]] = {}
        if not self._seq_of:
            return found
        for account, *cells in self._store.fetch(statement, **self._named):
            name = (account, self._seq_of[account, cells[posting]])
            found.setdefault(name, []).append(made(*cells))
        return found


def _seal(row: tuple[Any, ...]) -> Seal:
    *span, previous, head = row
    return Seal(Span(*span), previous, head)


def next_span(before: Seal | None) -> tuple[int, int, str]:
    """What the next seal begins with: its number, its first journal number, the head it stands on."""
    if before is None:
        return 1, 1, FIRST_PREVIOUS
    return before.span.number + 1, before.span.until_seq + 1, before.head
