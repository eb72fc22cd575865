"""Points on their way through the accounts of members who were merged: forward and back, lot by lot."""

import msgspec

from guerdon.kit.store import Statement, Store, allow_fanout

# An award's lots are those that its entry posted: an entry's postings stand together under its number; and those that
# they became where the member was merged (LAW 6.3). OFFSET 0 keeps PostgreSQL from reading all that an account has, in
# order to join it at once.
_LAPSED = allow_fanout(
    "points of a member who was merged are in another account now",
    Statement(
        "WITH RECURSIVE own (account_id, id, origin, unit) AS ("
        " SELECT l.account_id, l.id, l.origin, l.unit FROM (SELECT (v->>0)::uuid AS account_id,"
        "  (v->>1)::bigint AS seq FROM json_array_elements(:entries::json) AS x(v)) AS e"
        " CROSS JOIN LATERAL (SELECT account_id, id FROM ledger_posting"
        "  WHERE account_id = e.account_id AND seq = e.seq OFFSET 0) m"
        " CROSS JOIN LATERAL (SELECT account_id, id, origin, unit FROM ledger_lot"
        "  WHERE account_id = m.account_id AND id = m.id LIMIT 1) l"
        " UNION ALL SELECT t.account_id, t.lot_id, o.origin, o.unit FROM own o"
        " CROSS JOIN LATERAL (SELECT account_id, lot_id FROM ledger_passage"
        "  WHERE from_account = o.account_id AND from_lot = o.id OFFSET 0) t"
        " CROSS JOIN LATERAL (SELECT 1 FROM ledger_posting"
        "  WHERE account_id = t.account_id AND id = t.lot_id AND kind = 'merge_in' LIMIT 1) q)"
        " SELECT l.origin, l.unit, CAST(sum(a.amount) AS bigint) FROM own l"
        " CROSS JOIN LATERAL (SELECT account_id, posting_id, amount FROM ledger_allocation"
        "  WHERE account_id = l.account_id AND lot_id = l.id OFFSET 0) a"
        " CROSS JOIN LATERAL (SELECT 1 FROM ledger_posting"
        "  WHERE account_id = a.account_id AND id = a.posting_id AND kind = 'expire' LIMIT 1) p"
        " GROUP BY l.origin, l.unit",
        sqlite="WITH RECURSIVE own (account_id, id, origin, unit) AS ("
        " SELECT l.account_id, l.id, l.origin, l.unit FROM json_each(:entries) AS e"
        " CROSS JOIN ledger_posting m INDEXED BY ledger_posting_order"
        "  ON m.account_id = e.value->>0 AND m.seq = e.value->>1"
        " CROSS JOIN ledger_lot l ON l.account_id = m.account_id AND l.id = m.id"
        " UNION ALL SELECT t.account_id, t.lot_id, o.origin, o.unit FROM own o"
        " CROSS JOIN ledger_passage t INDEXED BY ledger_passage_from"
        "  ON t.from_account = o.account_id AND t.from_lot = o.id"
        " CROSS JOIN ledger_posting q ON q.account_id = t.account_id AND q.id = t.lot_id AND q.kind = 'merge_in')"
        " SELECT l.origin, l.unit, sum(a.amount) FROM own l"
        " CROSS JOIN ledger_allocation a INDEXED BY ledger_allocation_lot"
        "  ON a.account_id = l.account_id AND a.lot_id = l.id"
        " CROSS JOIN ledger_posting p ON p.account_id = a.account_id AND p.id = a.posting_id AND p.kind = 'expire'"
        " GROUP BY l.origin, l.unit",
    ),
)
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


def lapsed(store: Store, entries: list[tuple[str, int]]) -> dict[tuple[str, str], int]:
    """What expired out of the lots that the entries (account, seq) made, by (origin, unit)."""
    rows = store.fetch(_LAPSED, entries=msgspec.json.encode(entries).decode())
    return {(origin, unit): int(points) for origin, unit, points in rows}


def brought(store: Store, account_id: str, seq: int) -> set[str]:
    """The living lots of an account that a merge's entry (by its number) brought, however they travelled since."""
    return {lot for (lot,) in store.fetch(_BROUGHT, account=account_id, seq=seq)}
