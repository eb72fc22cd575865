"""Every read of holds: one by its id, and the open ones of accounts."""

from typing import Any

from guerdon.core.holds import Hold
from guerdon.core.ledger import Take
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store

_COLUMNS = (
    "h.id, h.account_id, h.unit, h.amount, h.created_at, h.ends_at, h.captured, h.released, h.expired, h.state,"
    " p.lot_id, p.open, h.person_id"
)
_PARTS = "LEFT JOIN holds_part p ON p.account_id = h.account_id AND p.hold_id = h.id AND p.open > 0"
_OPEN = Statement(
    f"SELECT {_COLUMNS} FROM holds_hold h {_PARTS}"  # noqa: S608 - our own constants
    " WHERE h.account_id = ANY(:accounts::uuid[]) AND h.state = 'open' ORDER BY h.id, p.place",
    sqlite=f"SELECT {_COLUMNS} FROM holds_hold h {_PARTS}"  # noqa: S608
    " WHERE h.account_id IN (SELECT value FROM json_each(:accounts)) AND h.state = 'open' ORDER BY h.id, p.place",
)
_NAMED = Statement(
    f"SELECT {_COLUMNS} FROM unnest(:accounts::uuid[], :ids::uuid[]) AS u(account_id, id)"  # noqa: S608
    f" JOIN holds_hold h ON h.account_id = u.account_id AND h.id = u.id {_PARTS} ORDER BY h.id, p.place",
    sqlite=f"SELECT {_COLUMNS} FROM json_each(:pairs) AS u"  # noqa: S608
    " CROSS JOIN holds_hold h ON h.account_id = u.value->>0 AND h.id = u.value->>1"
    f" {_PARTS} ORDER BY h.id, p.place",
)


def open_of(store: Store, accounts: list[str]) -> list[Hold]:
    """The open holds of the accounts, those too whose time to live has ended and nobody has booked it."""
    return _holds(store.fetch(_OPEN, accounts=accounts))


def named(store: Store, names: list[tuple[str, str]]) -> dict[str, Hold]:
    """The holds of the (account, id) pairs, by id."""
    if not names:
        return {}
    accounts, ids = [account for account, _ in names], [id for _, id in names]
    return {hold.id: hold for hold in _holds(store.fetch(_NAMED, accounts=accounts, ids=ids, pairs=names))}


def _holds(rows: list[tuple[Any, ...]]) -> list[Hold]:
    found: dict[str, tuple[tuple[Any, ...], list[Take]]] = {}
    for row in rows:
        _, parts = found.setdefault(row[0], (row, []))
        if row[10] is not None:
            parts.append(Take(row[10], row[11]))
    return [_hold(row, tuple(parts)) for row, parts in found.values()]


def _hold(row: tuple[Any, ...], parts: tuple[Take, ...]) -> Hold:
    id, account, unit, amount, created, ends, captured, released, expired, state, _, _, person = row
    created_at, ends_at = map(clock.instant, (created, ends))
    return Hold(id, account, unit, amount, created_at, ends_at, parts, captured, released, expired, state, person)
