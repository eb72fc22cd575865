"""Which lots an entry of the journal made: the n-th award of a unit is the n-th of its lots, wherever it is by now."""

import msgspec

from guerdon.kit.store import Statement, Store, allow_fanout

# OFFSET 0 keeps PostgreSQL from reading all that an account has, in order to join it at once. Where the member was
# merged, lots are followed to who stayed (LAW 6.3).
_MADE = allow_fanout(
    "points of a member who was merged are in another account now",
    Statement(
        "WITH RECURSIVE own (activity_id, unit, seq, part, account_id, id) AS ("
        " SELECT p.activity_id, p.unit, p.seq, p.part, p.account_id, p.id FROM (SELECT (v->>0)::uuid AS account_id,"
        "  (v->>1)::bigint AS seq FROM json_array_elements(:entries::json) AS x(v)) AS e"
        " CROSS JOIN LATERAL (SELECT activity_id, unit, seq, part, account_id, id FROM ledger_posting"
        "  WHERE account_id = e.account_id AND seq = e.seq AND kind = 'earn' OFFSET 0) p"
        " UNION ALL SELECT o.activity_id, o.unit, o.seq, o.part, t.account_id, t.lot_id FROM own o"
        " CROSS JOIN LATERAL (SELECT account_id, lot_id FROM ledger_passage"
        "  WHERE from_account = o.account_id AND from_lot = o.id OFFSET 0) t"
        " CROSS JOIN LATERAL (SELECT 1 FROM ledger_posting"
        "  WHERE account_id = t.account_id AND id = t.lot_id AND kind = 'merge_in' LIMIT 1) q)"
        " SELECT activity_id, unit, seq, part, id FROM own ORDER BY seq, part",
        sqlite="WITH RECURSIVE own (activity_id, unit, seq, part, account_id, id) AS ("
        " SELECT p.activity_id, p.unit, p.seq, p.part, p.account_id, p.id FROM json_each(:entries) AS e"
        " CROSS JOIN ledger_posting p INDEXED BY ledger_posting_order"
        "  ON p.account_id = e.value->>0 AND p.seq = e.value->>1 WHERE p.kind = 'earn'"
        " UNION ALL SELECT o.activity_id, o.unit, o.seq, o.part, t.account_id, t.lot_id FROM own o"
        " CROSS JOIN ledger_passage t INDEXED BY ledger_passage_from"
        "  ON t.from_account = o.account_id AND t.from_lot = o.id"
        " CROSS JOIN ledger_posting q ON q.account_id = t.account_id AND q.id = t.lot_id AND q.kind = 'merge_in')"
        " SELECT activity_id, unit, seq, part, id FROM own ORDER BY seq, part",
    ),
)


def made(store: Store, entries: list[tuple[str, int]]) -> dict[tuple[str, str], list[set[str]]]:
    """The lots that the entries (account, seq) earned, in their order, by (activity, unit).

    Of each one the lot that was made, and those that it became where its member was merged.
    """
    found: dict[tuple[str, str], dict[tuple[int, int], set[str]]] = {}
    for activity, unit, seq, part, lot in store.fetch(_MADE, entries=msgspec.json.encode(entries).decode()):
        found.setdefault((activity, unit), {}).setdefault((seq, part), set()).add(lot)
    return {name: list(lots.values()) for name, lots in found.items()}
