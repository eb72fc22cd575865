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


# The living lots of a shared account that are somebody's: made for the person since the entry by which it joined. What
# a cancelled burn gave a new life is whose it was before: its origin says so.
_OF_PERSON = Statement(
    "SELECT l.id FROM ledger_lot l JOIN ledger_posting p ON p.account_id = l.account_id AND p.id = l.posting_id"
    " WHERE l.account_id = :account AND l.remaining > 0 AND p.kind NOT IN ('lend', 'reinstate')"
    " AND p.person_id = :person AND p.seq >= :seq"
    " UNION SELECT l.id FROM ledger_lot l JOIN ledger_posting r ON r.account_id = l.account_id AND r.id = l.posting_id"
    " JOIN ledger_lot o ON o.account_id = l.account_id AND o.origin = l.origin AND o.unit = l.unit"
    " JOIN ledger_posting p ON p.account_id = o.account_id AND p.id = o.posting_id"
    " WHERE l.account_id = :account AND l.remaining > 0 AND r.kind = 'reinstate' AND p.kind <> 'reinstate'"
    " AND p.person_id = :person AND p.seq >= :seq"
)


def of_person(store: Store, account_id: str, person_id: str, seq: int) -> set[str]:
    """The living lots of a household's account that a person has brought or earned since it joined."""
    return {lot for (lot,) in store.fetch(_OF_PERSON, account=account_id, person=person_id, seq=seq)}


def brought(store: Store, account_id: str, seq: int) -> set[str]:
    """The living lots of an account that a merge's entry (by its number) brought, however they travelled since."""
    return {lot for (lot,) in store.fetch(_BROUGHT, account=account_id, seq=seq)}
