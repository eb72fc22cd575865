"""What expired, or waited in vain, out of an award's lots, with those that came back from others or from a burn."""

import msgspec

from guerdon.kit.store import Statement, Store, allow_fanout

# An award's lots are those that its entry posted: an entry's postings stand together under its number. OFFSET 0 keeps
# PostgreSQL from reading all that an account has, in order to join it at once. What came back in new lots is of the
# same award, too: passages know what was passed on by its origin, and reversals what a cancelled burn gave a new life.
# Where the member was merged its lots are followed to who stayed (LAW 6.3).
_TOOK = (
    " CROSS JOIN LATERAL (SELECT account_id, posting_id, amount FROM ledger_allocation"
    "  WHERE account_id = l.account_id AND lot_id = l.id OFFSET 0) a"
    " CROSS JOIN LATERAL (SELECT 1 FROM ledger_posting"
    "  WHERE account_id = a.account_id AND id = a.posting_id AND kind IN ('expire', 'cancel') LIMIT 1) p"
    " GROUP BY l.origin, l.unit"
)
_TOOK_SQLITE = (
    " CROSS JOIN ledger_allocation a INDEXED BY ledger_allocation_lot"
    "  ON a.account_id = l.account_id AND a.lot_id = l.id"
    " CROSS JOIN ledger_posting p ON p.account_id = a.account_id AND p.id = a.posting_id"
    "  AND p.kind IN ('expire', 'cancel')"
    " GROUP BY l.origin, l.unit"
)
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
        "  WHERE account_id = a.account_id AND id = a.posting_id AND kind IN ('expire', 'cancel') LIMIT 1) p"
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
        " CROSS JOIN ledger_posting p ON p.account_id = a.account_id AND p.id = a.posting_id"
        "  AND p.kind IN ('expire', 'cancel')"
        " GROUP BY l.origin, l.unit",
    ),
)
_LAPSED_AFTER_PASSING = Statement(
    "SELECT l.origin, l.unit, CAST(sum(a.amount) AS bigint) FROM (SELECT (v->>0)::uuid AS account_id,"  # noqa: S608
    " (v->>2)::uuid AS origin FROM json_array_elements(:entries::json) AS x(v)) AS e"
    " CROSS JOIN LATERAL (SELECT account_id, lot_id FROM ledger_passage"
    "  WHERE account_id = e.account_id AND origin = e.origin OFFSET 0) m"
    " CROSS JOIN LATERAL (SELECT 1 FROM ledger_posting"
    "  WHERE account_id = m.account_id AND id = m.lot_id AND kind = 'transfer_in' LIMIT 1) q"
    " CROSS JOIN LATERAL (SELECT account_id, id, origin, unit FROM ledger_lot"
    f"  WHERE account_id = m.account_id AND id = m.lot_id LIMIT 1) l{_TOOK}",
    sqlite="SELECT l.origin, l.unit, sum(a.amount) FROM json_each(:entries) AS e"  # noqa: S608 - our own
    " CROSS JOIN ledger_passage m INDEXED BY ledger_passage_origin"
    "  ON m.account_id = e.value->>0 AND m.origin = e.value->>2"
    " CROSS JOIN ledger_posting q ON q.account_id = m.account_id AND q.id = m.lot_id AND q.kind = 'transfer_in'"
    f" CROSS JOIN ledger_lot l ON l.account_id = m.account_id AND l.id = m.lot_id{_TOOK_SQLITE}",
)
_LAPSED_AFTER_REVIVAL = Statement(
    "SELECT l.origin, l.unit, CAST(sum(a.amount) AS bigint) FROM (SELECT (v->>0)::uuid AS account_id,"  # noqa: S608
    " (v->>2)::uuid AS origin FROM json_array_elements(:entries::json) AS x(v)) AS e"
    " CROSS JOIN LATERAL (SELECT account_id, posting_id FROM ledger_reversal"
    "  WHERE account_id = e.account_id AND origin = e.origin OFFSET 0) m"
    " CROSS JOIN LATERAL (SELECT account_id, id, origin, unit FROM ledger_lot"
    f"  WHERE account_id = m.account_id AND id = m.posting_id LIMIT 1) l{_TOOK}",
    sqlite="SELECT l.origin, l.unit, sum(a.amount) FROM json_each(:entries) AS e"  # noqa: S608 - our own
    " CROSS JOIN ledger_reversal m INDEXED BY ledger_reversal_origin"
    "  ON m.account_id = e.value->>0 AND m.origin = e.value->>2"
    f" CROSS JOIN ledger_lot l ON l.account_id = m.account_id AND l.id = m.posting_id{_TOOK_SQLITE}",
)


def of_awards(store: Store, entries: list[tuple[str, int, str]]) -> dict[tuple[str, str], int]:
    """What expired out of the lots of the entries' awards (account, seq, activity) at their own accounts.

    By (origin, unit).
    """
    told = msgspec.json.encode(entries).decode()
    found: dict[tuple[str, str], int] = {}
    for statement in (_LAPSED, _LAPSED_AFTER_PASSING, _LAPSED_AFTER_REVIVAL):
        for origin, unit, points in store.fetch(statement, entries=told):
            found[origin, unit] = found.get((origin, unit), 0) + int(points)
    return found
