"""Which lots an entry of the journal made: the n-th award of a unit is the n-th of its lots, wherever it is by now."""

from datetime import datetime

import msgspec

from guerdon.core.ledger import Lot
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, allow_fanout


class MadeLot(msgspec.Struct, frozen=True):
    """A lot that an award became, as it is stored."""

    account_id: str
    id: str
    available_at: datetime
    expires_at: datetime | None
    remaining: int = 0

    @classmethod
    def of(cls, account_id: str, lot: Lot) -> "MadeLot":
        """The same of a lot in somebody's hands."""
        return cls(account_id, lot.id, lot.available_at, lot.expires_at, lot.remaining)


Chain = list[MadeLot]  # a lot, and what it became where its points passed on, the last of which has them
Made = dict[tuple[str, str], list[list[Chain]]]  # by origin and unit, for each award what it made, the first one first

# OFFSET 0 keeps PostgreSQL from reading all that an account has, in order to join it at once. Where the member was
# merged, lots are followed to who stayed (LAW 6.3), and into households and out of them. What was given again (LAW 4)
# is the award once more.
_MADE = allow_fanout(
    "points of a member who was merged are in another account now",
    Statement(
        "WITH RECURSIVE own (seq, part, depth, account_id, id) AS ("
        " SELECT p.seq, p.part, 0, p.account_id, p.id FROM (SELECT (v->>0)::uuid AS account_id,"
        "  (v->>1)::bigint AS seq FROM json_array_elements(:entries::json) AS x(v)) AS e"
        " CROSS JOIN LATERAL (SELECT seq, part, account_id, id FROM ledger_posting"
        "  WHERE account_id = e.account_id AND seq = e.seq AND kind IN ('earn', 'restore') OFFSET 0) p"
        " UNION ALL SELECT o.seq, o.part, o.depth + 1, t.account_id, t.lot_id FROM own o"
        " CROSS JOIN LATERAL (SELECT account_id, lot_id FROM ledger_passage"
        "  WHERE from_account = o.account_id AND from_lot = o.id OFFSET 0) t"
        " CROSS JOIN LATERAL (SELECT 1 FROM ledger_posting"
        "  WHERE account_id = t.account_id AND id = t.lot_id AND kind IN ('merge_in', 'pool_in') LIMIT 1) q)"
        " SELECT l.origin, l.unit, o.seq, o.part, l.account_id, l.id, l.available_at, l.expires_at, l.remaining"
        " FROM own o"
        " CROSS JOIN LATERAL (SELECT account_id, id, origin, unit, available_at, expires_at, remaining FROM ledger_lot"
        "  WHERE account_id = o.account_id AND id = o.id LIMIT 1) l ORDER BY o.seq, o.part, o.depth",
        sqlite="WITH RECURSIVE own (seq, part, depth, account_id, id) AS ("
        " SELECT p.seq, p.part, 0, p.account_id, p.id FROM json_each(:entries) AS e"
        " CROSS JOIN ledger_posting p INDEXED BY ledger_posting_order"
        "  ON p.account_id = e.value->>0 AND p.seq = e.value->>1 WHERE p.kind IN ('earn', 'restore')"
        " UNION ALL SELECT o.seq, o.part, o.depth + 1, t.account_id, t.lot_id FROM own o"
        " CROSS JOIN ledger_passage t INDEXED BY ledger_passage_from"
        "  ON t.from_account = o.account_id AND t.from_lot = o.id"
        " CROSS JOIN ledger_posting q ON q.account_id = t.account_id AND q.id = t.lot_id "
        "  AND q.kind IN ('merge_in', 'pool_in'))"
        " SELECT l.origin, l.unit, o.seq, o.part, l.account_id, l.id, l.available_at, l.expires_at, l.remaining"
        " FROM own o"
        " CROSS JOIN ledger_lot l ON l.account_id = o.account_id AND l.id = o.id ORDER BY o.seq, o.part, o.depth",
    ),
)


# Where the points of awards have gone by merges and households, whatever is left of them there.
_REACHED = allow_fanout(
    "points of a member who was merged, or shares a balance, are in another account now",
    Statement(
        "WITH RECURSIVE own (account_id, origin) AS ("
        " SELECT (v->>0)::uuid, (v->>1)::uuid FROM json_array_elements(:awards::json) AS x(v)"
        " UNION SELECT t.account_id, o.origin FROM own o"
        " CROSS JOIN LATERAL (SELECT p.account_id FROM ledger_passage p JOIN ledger_posting q"
        "  ON q.account_id = p.account_id AND q.id = p.lot_id AND q.kind IN ('merge_in', 'pool_in')"
        "  WHERE p.from_account = o.account_id AND p.origin = o.origin OFFSET 0) t)"
        " SELECT DISTINCT account_id FROM own",
        sqlite="WITH RECURSIVE own (account_id, origin) AS ("
        " SELECT value->>0, value->>1 FROM json_each(:awards)"
        " UNION SELECT t.account_id, o.origin FROM own o"
        " CROSS JOIN ledger_passage t INDEXED BY ledger_passage_from"
        "  ON t.from_account = o.account_id AND t.origin = o.origin"
        " CROSS JOIN ledger_posting q ON q.account_id = t.account_id AND q.id = t.lot_id"
        "  AND q.kind IN ('merge_in', 'pool_in')) SELECT DISTINCT account_id FROM own",
    ),
)


def reached(store: Store, awards: list[tuple[str, str]]) -> list[str]:
    """The accounts that points of the activities (account, id) have ever been in, by merges and households."""
    return [account for (account,) in store.fetch(_REACHED, awards=msgspec.json.encode(awards).decode())]


def made(store: Store, entries: list[tuple[str, int]]) -> Made:
    """The lots that the entries (account, seq) awarded, or gave again, in the order of the awards.

    Of each award the lot that was made, with those that it became where its member was merged, and those given again.
    """
    found: Made = {}
    chains: dict[tuple[int, int], Chain] = {}
    places: dict[tuple[int, str], list[int]] = {}  # by entry and unit, the numbers of its postings
    for origin, unit, seq, part, account, lot, begins, ends, remaining in store.fetch(
        _MADE, entries=msgspec.json.encode(entries).decode()
    ):
        parts = places.setdefault((seq, unit), [])
        if part not in parts:
            parts.append(part)
        awards = found.setdefault((origin, unit), [])
        awards += [[] for _ in range(len(parts) - len(awards))]
        made_lot = MadeLot(account, lot, clock.instant(begins), clock.instant(ends), int(remaining))
        chain = chains.get((seq, part))
        if chain is None:
            chain = chains[seq, part] = []
            awards[parts.index(part)].append(chain)
        chain.append(made_lot)
    return found
