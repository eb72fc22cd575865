"""Every write of seals: a seal with the hashes of its entries, added to the end of the chain."""

from collections.abc import Sequence

from guerdon.core.sealing import Seal, SealedEntry
from guerdon.features.seals import queries
from guerdon.kit.store import Row, Store, Table

SEALS = Table(
    "seals_seal",
    {
        "programme_id": "uuid", "number": "bigint", "from_seq": "bigint", "until_seq": "bigint", "entries": "bigint",
        "root": "text", "previous": "text", "head": "text", "sealed_at": "bigint",
    },
)  # fmt: skip
LEAVES = Table(
    "seals_leaf",
    {
        "programme_id": "uuid", "seq": "bigint", "seal": "bigint", "account_id": "uuid", "activity_id": "uuid",
        "hash": "text",
    },
)  # fmt: skip


def add(store: Store, seal: Seal, leaves: Sequence[tuple[SealedEntry, str]]) -> bool:
    """Add a seal with the hash of each entry; False where somebody else has added one meanwhile.

    In the transaction at hand.
    """
    last = queries.last(store, seal.span.programme)
    if (last.head if last else None) != (seal.previous if seal.span.number > 1 else None):
        return False
    span = seal.span
    cells: Row = (
        span.programme, span.number, span.from_seq, span.until_seq, span.entries, span.root, seal.previous, seal.head,
        span.sealed_at,
    )  # fmt: skip
    hashes: list[Row] = [
        (span.programme, entry.seq, span.number, entry.account, entry.activity, hash) for entry, hash in leaves
    ]
    store.write([(SEALS, [cells]), (LEAVES, hashes)])
    return True
