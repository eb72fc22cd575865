"""What burns took, lot by lot, and how much of it has come back."""

import msgspec

from guerdon.core.ledger import Lot, Take
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store

# An entry's postings stand together under its number; what each took is told in the order in which it was taken.
_TAKEN = (
    "p.account_id, p.id, p.activity_id, p.unit, p.amount, a.amount, l.id, l.origin, l.remaining, l.held, l.earned_at,"
    " l.available_at, l.expires_at, l.funder,"
    " (SELECT CAST(coalesce(sum(b.amount), 0) AS bigint) FROM ledger_reversal r"
    "  JOIN ledger_posting b ON b.account_id = r.account_id AND b.id = r.posting_id"
    "  WHERE r.account_id = p.account_id AND r.reverses = p.id)"
)
_OF = Statement(
    f"SELECT {_TAKEN} FROM (SELECT (v->>0)::uuid AS account_id,"  # noqa: S608 - our own constants
    " (v->>1)::bigint AS seq FROM json_array_elements(:entries::json) AS x(v)) AS e"
    " JOIN ledger_posting p ON p.account_id = e.account_id AND p.seq = e.seq AND p.kind = 'burn'"
    " JOIN ledger_allocation a ON a.account_id = p.account_id AND a.posting_id = p.id"
    " JOIN ledger_lot l ON l.account_id = a.account_id AND l.id = a.lot_id"
    " ORDER BY p.account_id, p.seq, p.part, a.id",
    sqlite=f"SELECT {_TAKEN} FROM json_each(:entries) AS e"  # noqa: S608
    " CROSS JOIN ledger_posting p INDEXED BY ledger_posting_order"
    "  ON p.account_id = e.value->>0 AND p.seq = e.value->>1 AND p.kind = 'burn'"
    " CROSS JOIN ledger_allocation a INDEXED BY ledger_allocation_posting"
    "  ON a.account_id = p.account_id AND a.posting_id = p.id"
    " CROSS JOIN ledger_lot l ON l.account_id = a.account_id AND l.id = a.lot_id"
    " ORDER BY p.account_id, p.seq, p.part, a.id",
)


class Burned(msgspec.Struct):
    """The posting of a burn: what it took in its order, the lots of it as they stand, and what has come back."""

    account_id: str
    posting_id: str
    unit: str
    points: int
    back: int
    takes: list[Take]
    lots: list[Lot]


def of_entries(store: Store, entries: list[tuple[str, int]]) -> dict[str, Burned]:
    """The burns of the entries (account, seq), by activity."""
    if not entries:
        return {}
    found: dict[str, Burned] = {}
    for row in store.fetch(_OF, entries=msgspec.json.encode(entries).decode()):
        account, posting, activity, unit, points, part, lot, origin, remaining, held, *times, funder, back = row
        burned = found.setdefault(activity, Burned(account, posting, unit, points, int(back), [], []))
        earned_at, available_at, expires_at = map(clock.instant, times)
        burned.takes.append(Take(lot, part))
        burned.lots.append(Lot(lot, origin, remaining, held, earned_at, available_at, expires_at, funder))
    return found
