"""What expired, or waited in vain, out of an award's lots, with those that came back from others or from a burn."""

import msgspec

from guerdon.kit.store import Statement, Store, allow_fanout

# An award's lots are those that its entry posted: an entry's postings stand together under its number. What came back
# in new lots is of the same award, too: passages know what was passed on by its origin, and reversals what a cancelled
# burn gave a new life. All are followed to whoever stayed where a member was merged (LAW 6.3), into households and out
# again, each once. OFFSET 0 keeps PostgreSQL from reading all that an account has, in order to join it at once.
_LOT = (
    " CROSS JOIN LATERAL (SELECT account_id, id, origin, unit FROM ledger_lot"
    "  WHERE account_id = m.account_id AND id = m.{lot} LIMIT 1) l"
)
_POSTED = (
    "SELECT l.account_id, l.id, l.origin, l.unit FROM told e CROSS JOIN LATERAL (SELECT account_id, id"  # noqa: S608
    " FROM ledger_posting WHERE account_id = e.account_id AND seq = e.seq OFFSET 0) m" + _LOT.format(lot="id")
)
_ARRIVED = (
    "SELECT l.account_id, l.id, l.origin, l.unit FROM told e CROSS JOIN LATERAL (SELECT account_id, lot_id"  # noqa: S608
    " FROM ledger_passage WHERE account_id = e.account_id AND origin = e.origin OFFSET 0) m" + _LOT.format(lot="lot_id")
)
_REVIVED = (
    "SELECT l.account_id, l.id, l.origin, l.unit FROM told e CROSS JOIN LATERAL (SELECT account_id, posting_id"  # noqa: S608
    " FROM ledger_reversal WHERE account_id = e.account_id AND origin = e.origin OFFSET 0) m"
    + _LOT.format(lot="posting_id")
)
_OWN_SQLITE = (
    "SELECT l.account_id, l.id, l.origin, l.unit FROM json_each(:entries) AS e CROSS JOIN {table} m INDEXED BY {index}"
    " ON m.account_id = e.value->>0 AND m.{by} = e.value->>{place}"
    " CROSS JOIN ledger_lot l ON l.account_id = m.account_id AND l.id = m.{lot}"
)
_LAPSED = allow_fanout(
    "points of a member who was merged are in another account now",
    Statement(
        "WITH RECURSIVE told AS (SELECT (v->>0)::uuid AS account_id, (v->>1)::bigint AS seq, (v->>2)::uuid AS origin"  # noqa: S608
        " FROM json_array_elements(:entries::json) AS x(v)), own (account_id, id, origin, unit) AS ("
        f" SELECT account_id, id, origin, unit FROM ({_POSTED} UNION {_ARRIVED} UNION {_REVIVED}) AS s"
        " UNION SELECT t.account_id, t.lot_id, o.origin, o.unit FROM own o"
        " CROSS JOIN LATERAL (SELECT account_id, lot_id FROM ledger_passage"
        "  WHERE from_account = o.account_id AND from_lot = o.id OFFSET 0) t"
        " CROSS JOIN LATERAL (SELECT 1 FROM ledger_posting"
        "  WHERE account_id = t.account_id AND id = t.lot_id AND kind IN ('merge_in', 'pool_in') LIMIT 1) q)"
        " SELECT l.origin, l.unit, CAST(sum(a.amount) AS bigint) FROM own l"
        " CROSS JOIN LATERAL (SELECT account_id, posting_id, amount FROM ledger_allocation"
        "  WHERE account_id = l.account_id AND lot_id = l.id OFFSET 0) a"
        " CROSS JOIN LATERAL (SELECT 1 FROM ledger_posting"
        "  WHERE account_id = a.account_id AND id = a.posting_id AND kind IN ('expire', 'cancel') LIMIT 1) p"
        " GROUP BY l.origin, l.unit",
        sqlite="WITH RECURSIVE own (account_id, id, origin, unit) AS ("  # noqa: S608 - our own
        + " UNION ".join(
            _OWN_SQLITE.format(table=table, index=index, by=by, place=place, lot=lot)
            for table, index, by, place, lot in (
                ("ledger_posting", "ledger_posting_order", "seq", 1, "id"),
                ("ledger_passage", "ledger_passage_origin", "origin", 2, "lot_id"),
                ("ledger_reversal", "ledger_reversal_origin", "origin", 2, "posting_id"),
            )
        )
        + " UNION SELECT t.account_id, t.lot_id, o.origin, o.unit FROM own o"
        " CROSS JOIN ledger_passage t INDEXED BY ledger_passage_from"
        "  ON t.from_account = o.account_id AND t.from_lot = o.id"
        " CROSS JOIN ledger_posting q ON q.account_id = t.account_id AND q.id = t.lot_id"
        "  AND q.kind IN ('merge_in', 'pool_in'))"
        " SELECT l.origin, l.unit, sum(a.amount) FROM own l"
        " CROSS JOIN ledger_allocation a INDEXED BY ledger_allocation_lot"
        "  ON a.account_id = l.account_id AND a.lot_id = l.id"
        " CROSS JOIN ledger_posting p ON p.account_id = a.account_id AND p.id = a.posting_id"
        "  AND p.kind IN ('expire', 'cancel')"
        " GROUP BY l.origin, l.unit",
    ),
)


def of_awards(store: Store, entries: list[tuple[str, int, str]]) -> dict[tuple[str, str], int]:
    """What expired out of the lots of the entries' awards (account, seq, activity), wherever a merge has taken them.

    By (origin, unit).
    """
    told = msgspec.json.encode(entries).decode()
    return {(origin, unit): int(points) for origin, unit, points in store.fetch(_LAPSED, entries=told)}
