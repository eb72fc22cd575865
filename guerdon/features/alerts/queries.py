"""Every read of alerts: the queue of them, one by its id, what was told already, and who typed wrong codes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from guerdon.core.alerts import ALERT_UNKNOWN, Kind, State, Typed
from guerdon.kit import clock, ids
from guerdon.kit.store import Statement, Store, allow_fanout

_COLUMNS: Final = (
    "account_id, id, programme_id, kind, giver, name, members, staff, entries, times, points, first_at, last_at,"
    " raised_at, state, settled_at, settled_by, reason"
)
_WATERMARK = Statement("SELECT seq, looked FROM alerts_watermark WHERE programme_id = :programme")
_WHY: Final = "whoever watches for fraud looks at the alerts of all members"
_QUEUE = allow_fanout(
    _WHY,
    Statement(
        f"SELECT {_COLUMNS} FROM alerts_alert WHERE programme_id = :programme AND state = :state"  # noqa: S608
        " AND id < :before ORDER BY id DESC LIMIT :most"
    ),
)
# An alert names every member whom it is about; it stands at the account of one.
_OF_MEMBERS = allow_fanout(
    "an alert about several members stands at the account of one of them",
    Statement(
        f"SELECT {_COLUMNS} FROM alerts_alert WHERE programme_id = :programme AND id < :before"  # noqa: S608
        " AND EXISTS (SELECT 1 FROM json_array_elements_text(members::json) AS m (id) WHERE m.id = ANY(:ids::text[]))"
        " ORDER BY id DESC LIMIT :most",
        sqlite=f"SELECT {_COLUMNS} FROM alerts_alert WHERE programme_id = :programme AND id < :before"  # noqa: S608
        " AND EXISTS (SELECT 1 FROM json_each(members) AS m WHERE m.value IN (SELECT value FROM json_each(:ids)))"
        " ORDER BY id DESC LIMIT :most",
    ),
)
_ONE = allow_fanout(
    _WHY,
    Statement(f"SELECT {_COLUMNS} FROM alerts_alert WHERE programme_id = :programme AND id = :id"),  # noqa: S608
)
_LOCK = Statement(
    f"SELECT {_COLUMNS} FROM alerts_alert WHERE account_id = :account AND id = :id FOR NO KEY UPDATE",  # noqa: S608
    sqlite=f"SELECT {_COLUMNS} FROM alerts_alert WHERE account_id = :account AND id = :id",  # noqa: S608
)
_TOLD = allow_fanout(
    "what alerts of the last days have told of is not told again",
    Statement(
        "SELECT kind, subject, max(last_seq) FROM alerts_alert WHERE programme_id = :programme"
        " AND raised_at >= :since GROUP BY kind, subject"
    ),
)
_TYPED = Statement(
    "SELECT who, slot, tries, first_at, last_at FROM alerts_typed WHERE programme_id = :programme AND who IN"
    " (SELECT who FROM alerts_typed WHERE programme_id = :programme GROUP BY who HAVING sum(tries) >= :times)"
    " ORDER BY who, slot"
)
LAST: Final = "f" * 32  # above every id: where the newest page begins


class Watermark(msgspec.Struct, frozen=True):
    """Up to which number of the journal acts are gathered, and up to which patterns were looked for."""

    seq: int = 0
    looked: int = 0


class Alert(msgspec.Struct, frozen=True):
    """A pattern that was found: who gave points to which members, by which entries of the journal."""

    account_id: str
    id: str
    programme_id: str
    kind: Kind
    giver: str  # nobody where members did it among themselves
    name: str  # nothing where a user of ours did it
    members: tuple[str, ...]
    staff: tuple[str, ...]  # the users who were among the members when it was raised
    entries: tuple[tuple[str, str], ...]  # (account, entry), the latest of them
    times: int
    points: dict[str, int]
    first_at: datetime
    last_at: datetime
    raised_at: datetime
    state: State
    settled_at: datetime | None
    settled_by: str | None
    reason: str | None


def watermark(store: Store, programme_id: str) -> Watermark:
    """How far the journal is looked through."""
    rows = store.fetch(_WATERMARK, programme=programme_id)
    return Watermark(*rows[0]) if rows else Watermark()


def queue(store: Store, programme_id: str, *, state: State, before: str, most: int) -> list[Alert]:
    """The alerts in a state, the latest first, a page at a time."""
    rows = store.fetch(_QUEUE, programme=programme_id, state=state, before=before, most=most)
    return [_alert(row) for row in rows]


def of_members(store: Store, programme_id: str, member_ids: Sequence[str], *, before: str, most: int) -> list[Alert]:
    """The alerts that name any of the members, in every state, the latest first, a page at a time."""
    rows = store.fetch(_OF_MEMBERS, programme=programme_id, ids=list(member_ids), before=before, most=most)
    return [_alert(row) for row in rows]


def one(store: Store, programme_id: str, id: str) -> Alert:
    """An alert by its id. Raises `alert_unknown`."""
    rows = store.fetch(_ONE, programme=programme_id, id=id)
    if not rows:
        raise ALERT_UNKNOWN(id=ids.show("alert", id))
    return _alert(rows[0])


def lock(store: Store, programme_id: str, id: str) -> Alert:
    """The same, as nobody else changes it until the transaction ends. Raises `alert_unknown`."""
    return _alert(store.fetch(_LOCK, account=one(store, programme_id, id).account_id, id=id)[0])


def told(store: Store, programme_id: str, *, since: datetime) -> dict[tuple[Kind, str], int]:
    """Up to which number of the journal each kind of alert has told of each subject since the instant."""
    rows = store.fetch(_TOLD, programme=programme_id, since=clock.micros(since))
    return {(kind, subject): int(seq) for kind, subject, seq in rows}


def typed(store: Store, programme_id: str, *, times: int) -> dict[str, list[Typed]]:
    """How many wrong codes each typed, slot by slot, as far back as they are kept; of those who typed enough."""
    found: dict[str, list[Typed]] = {}
    for row in store.fetch(_TYPED, programme=programme_id, times=times):
        found.setdefault(str(row[0]), []).append(Typed(*row))
    return found


def _alert(row: tuple[Any, ...]) -> Alert:
    account, id, programme, kind, giver, name, members, staff, entries, times, points, *rest = row
    first, last, raised, state, settled, by, reason = rest
    return Alert(
        account, id, programme, kind, giver, name, msgspec.json.decode(members, type=tuple[str, ...]),
        msgspec.json.decode(staff, type=tuple[str, ...]),
        msgspec.json.decode(entries, type=tuple[tuple[str, str], ...]), times,
        msgspec.json.decode(points, type=dict[str, int]), clock.instant(first), clock.instant(last),
        clock.instant(raised), state, clock.instant(settled), by, reason,
    )  # fmt: skip
