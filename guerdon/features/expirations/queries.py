"""Every read of expirations: what ends, account by account; what was told; how many end in which month."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from guerdon.core.expiring import Reminder
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, allow_fanout

# A page of accounts in the order of their ids; an account none of whose points end is there with nothing, so that the
# page says where the next one begins. What is held is left out, as in the preview, and so is what never vests.
_ENDING = (
    "SELECT b.account_id, CASE WHEN m.kind = 'card' THEN 'card' ELSE m.status END, l.unit, l.expires_at, {}"
    " FROM (SELECT DISTINCT account_id FROM ledger_balance"
    " WHERE programme_id = :programme AND account_id > :after AND balance > 0 ORDER BY account_id LIMIT :most) b"
    " JOIN members_member m ON m.id = b.account_id LEFT JOIN {} ORDER BY b.account_id, l.unit, l.expires_at"
)
_FREE = "CAST(sum(l.remaining - l.held) AS bigint)"
_LIVES = "l.account_id = b.account_id AND l.remaining > 0 AND l.remaining > l.held AND l.expires_at > :now" + (
    " AND l.available_at < l.expires_at"
)
_SQLITE_LOTS = (
    f"ledger_lot l INDEXED BY ledger_lot_alive ON {_LIVES} GROUP BY b.account_id, m.status, l.unit, l.expires_at"
)
_ENDING_PAGE = allow_fanout(
    "the night looks ahead for every member once",
    Statement(
        _ENDING.format(
            "l.points",
            f"LATERAL (SELECT l.unit, l.expires_at, {_FREE} AS points FROM ledger_lot l WHERE {_LIVES}"  # noqa: S608
            " GROUP BY l.unit, l.expires_at) l ON true",
        ),
        sqlite=_ENDING.format("sum(l.remaining - l.held)", _SQLITE_LOTS),
    ),
)
_LOOKED = Statement("SELECT since, as_of FROM expirations_look WHERE programme_id = :programme")
_MONTHS = Statement(
    "SELECT unit, month, points FROM expirations_month WHERE programme_id = :programme ORDER BY unit, month"
)
_TOLD = Statement(
    "SELECT id, unit, ends_at, days, points, worth_amount, told_at FROM expirations_reminder"
    " WHERE account_id = :account AND id > :after ORDER BY id LIMIT :most"
)

_TOLD_EACH = Statement(
    "SELECT r.account_id, r.id, r.unit, r.ends_at, r.days, r.points, r.worth_amount, r.told_at"
    " FROM unnest(:accounts::uuid[], :ids::uuid[]) AS u(account_id, id)"
    " JOIN expirations_reminder r ON r.account_id = u.account_id AND r.id = u.id",
    sqlite="SELECT r.account_id, r.id, r.unit, r.ends_at, r.days, r.points, r.worth_amount, r.told_at"
    " FROM json_each(:pairs) AS u CROSS JOIN expirations_reminder r"
    " ON r.account_id = u.value->>0 AND r.id = u.value->>1",
)


class Ending(msgspec.Struct, frozen=True):
    """The free points of an account that end together; an account without any has one with no unit."""

    account_id: str
    active: bool
    unit: str | None
    ends_at: datetime | None
    points: int


class Month(msgspec.Struct, frozen=True):
    """How many points of a unit have their last day in the month."""

    unit: str
    month: str
    points: int


class Told(msgspec.Struct, frozen=True):
    """A reminder as it was told."""

    id: str
    reminder: Reminder
    told_at: datetime


def ending(store: Store, programme_id: str, at: datetime, *, after: str, most: int) -> list[Ending]:
    """What ends after the instant, for the next so many accounts after `after`."""
    rows = store.fetch(_ENDING_PAGE, programme=programme_id, now=clock.micros(at), after=after, most=most)
    return [
        Ending(account, status == "active", unit, clock.instant(end), int(points or 0))
        for account, status, unit, end, points in rows
    ]


def looked(store: Store, programme_id: str) -> tuple[datetime | None, datetime | None]:
    """From when on days are looked at, and as of when a night has looked ahead last; None before the first."""
    for since, as_of in store.fetch(_LOOKED, programme=programme_id):
        return clock.instant(since), clock.instant(as_of)
    return None, None


def months(store: Store, programme_id: str) -> tuple[datetime | None, list[Month]]:
    """What ends in which month, and as of when that was counted."""
    with store.reading():
        return looked(store, programme_id)[1], [Month(*cells) for cells in store.fetch(_MONTHS, programme=programme_id)]


def reminders(store: Store, account_id: str, *, after: str, most: int) -> list[Told]:
    """What a member was told, oldest first, a page at a time."""
    return [_told(row) for row in store.fetch(_TOLD, account=account_id, after=after, most=most)]


def told_each(store: Store, names: Sequence[tuple[str, str]]) -> list[tuple[str, Told]]:
    """The reminders behind (account, id), each with its account; those that are not there are left out."""
    accounts, ids = [account for account, _ in names], [id for _, id in names]
    rows = store.fetch(_TOLD_EACH, accounts=accounts, ids=ids, pairs=list(names))
    return [(account, _told(row)) for account, *row in rows]


def _told(row: Sequence[Any]) -> Told:
    id, unit, end, days, points, worth, told_at = row
    reminder = Reminder(unit=unit, ends_at=clock.instant(end), days=days, points=points, worth=worth)
    return Told(id, reminder, clock.instant(told_at))
