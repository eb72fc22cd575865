"""Every write to transfers and causes."""

from collections.abc import Iterable
from datetime import datetime

from guerdon.core.transfers import State
from guerdon.features.transfers.queries import CauseRow, Transfer
from guerdon.kit import clock
from guerdon.kit.store import Row, Statement, Store, Table

TRANSFERS = Table(
    "transfers_transfer",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "direction": "text", "other": "uuid",
        "unit": "text", "points": "bigint", "fee": "bigint", "state": "text", "seq": "bigint", "made_at": "bigint",
        "until": "bigint", "settled_at": "bigint",
    },
)  # fmt: skip
SETTLED = Table(
    "transfers_transfer",
    {"account_id": "uuid", "id": "uuid", "state": "text", "settled_at": "bigint"},
    key=("account_id", "id"),
    mode="update",
)
CAUSES = Table(
    "transfers_cause",
    {"programme_id": "uuid", "cause": "text", "unit": "text", "points": "bigint", "donations": "bigint"},
    key=("programme_id", "cause", "unit"),
    mode="upsert",
)
_OPEN = Statement(
    "INSERT INTO transfers_cause (programme_id, cause, unit, points, donations)"
    " VALUES (:programme, :cause, :unit, 0, 0) ON CONFLICT (programme_id, cause, unit) DO NOTHING"
)


def rows(programme_id: str, one: Transfer) -> tuple[Row, Row]:
    """A new transfer as its sender and its receiver will see it."""
    until = None if one.until is None else clock.micros(one.until)
    settled_at = None if one.settled_at is None else clock.micros(one.settled_at)
    said = (one.unit, one.points, one.fee, one.state, one.seq, clock.micros(one.made_at), until, settled_at)
    return (
        (one.sender, one.id, programme_id, "out", one.receiver, *said),
        (one.receiver, one.id, programme_id, "in", one.sender, *said),
    )


def settled(one: Transfer, state: State, at: datetime) -> tuple[Row, Row]:
    """What became of an offer, on both sides."""
    moment = clock.micros(at)
    return ((one.sender, one.id, state, moment), (one.receiver, one.id, state, moment))


def cause_row(programme_id: str, one: CauseRow) -> Row:
    """A cause's total as it stands after the batch (the row is locked)."""
    return (programme_id, one.cause, one.unit, one.points, one.donations)


def open_causes(store: Store, programme_id: str, causes: Iterable[str], units: Iterable[str]) -> None:
    """Enter the causes of a new version with each unit that can be given, so that there is a row to lock."""
    codes = list(units)
    for cause in causes:
        for unit in codes:
            store.fetch(_OPEN, programme=programme_id, cause=cause, unit=unit)
