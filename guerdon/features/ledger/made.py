"""Which lots an entry of the journal made: the n-th award of a unit is the n-th of its lots."""

import msgspec

from guerdon.kit.store import Statement, Store

# OFFSET 0 keeps PostgreSQL from reading all that an account has, in order to join it at once.
_MADE = Statement(
    "SELECT p.activity_id, p.unit, p.id FROM (SELECT (v->>0)::uuid AS account_id, (v->>1)::bigint AS seq"
    " FROM json_array_elements(:entries::json) AS x(v)) AS e"
    " CROSS JOIN LATERAL (SELECT activity_id, unit, id, seq, part FROM ledger_posting"
    "  WHERE account_id = e.account_id AND seq = e.seq AND kind = 'earn' OFFSET 0) p"
    " ORDER BY p.seq, p.part",
    sqlite="SELECT p.activity_id, p.unit, p.id FROM json_each(:entries) AS e"
    " CROSS JOIN ledger_posting p INDEXED BY ledger_posting_order"
    "  ON p.account_id = e.value->>0 AND p.seq = e.value->>1 WHERE p.kind = 'earn' ORDER BY p.seq, p.part",
)


def made(store: Store, entries: list[tuple[str, int]]) -> dict[tuple[str, str], list[str]]:
    """The lots that the entries (account, seq) earned, in their order, by (activity, unit)."""
    found: dict[tuple[str, str], list[str]] = {}
    for activity, unit, lot in store.fetch(_MADE, entries=msgspec.json.encode(entries).decode()):
        found.setdefault((activity, unit), []).append(lot)
    return found
