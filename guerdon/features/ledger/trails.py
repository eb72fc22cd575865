"""Points that came through the accounts of members who were merged, followed back lot by lot."""

from guerdon.kit.store import Statement, Store, allow_fanout

# The living lots of an account with those they came from, back to the first; which of them a merge's entry brought.
_BROUGHT = allow_fanout(
    "follows points back through the accounts they were merged through, few steps each",
    Statement(
        "WITH RECURSIVE trail (lot, account_id, lot_id) AS ("
        " SELECT l.id, l.account_id, l.id FROM ledger_lot l WHERE l.account_id = :account AND l.remaining > 0"
        " UNION ALL SELECT t.lot, p.from_account, p.from_lot FROM trail t"
        " JOIN ledger_passage p ON p.account_id = t.account_id AND p.lot_id = t.lot_id)"
        " SELECT DISTINCT t.lot FROM trail t JOIN ledger_posting m ON m.account_id = t.account_id AND m.id = t.lot_id"
        " WHERE t.account_id = :account AND m.seq = :seq AND m.kind = 'merge_in'"
    ),
)


def brought(store: Store, account_id: str, seq: int) -> set[str]:
    """The living lots of an account that a merge's entry (by its number) brought, however they travelled since."""
    return {lot for (lot,) in store.fetch(_BROUGHT, account=account_id, seq=seq)}
