"""Every write about adjustments that need a second person: rows for the batch at hand."""

from datetime import datetime

from guerdon.features.adjustments.queries import Request, State
from guerdon.kit import clock
from guerdon.kit.store import Row, Table

REQUESTS = Table(
    "adjustments_request",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "seq": "bigint", "state": "text",
        "asked_by": "text", "asked_at": "bigint",
    },
)  # fmt: skip
VERDICTS = Table(
    "adjustments_request",
    {"account_id": "uuid", "id": "uuid", "state": "text", "decided_by": "text", "decided_at": "bigint"},
    key=("account_id", "id"),
    mode="update",
)
ALONE = Table(
    "adjustments_alone",
    {"account_id": "uuid", "day": "text", "unit": "text", "actor": "text", "points": "bigint"},
    key=("account_id", "day", "unit", "actor"),
    mode="upsert",
)


def request_row(programme_id: str, one: Request) -> Row:
    """An adjustment that waits from now on."""
    return (one.account_id, one.id, programme_id, one.seq, "waiting", one.asked_by, clock.micros(one.asked_at))


def verdict_row(one: Request, state: State, *, by: str, now: datetime) -> Row:
    """A second person has decided."""
    return (one.account_id, one.id, state, by, clock.micros(now))


def alone_row(account_id: str, day: str, unit: str, actor: str, points: int) -> Row:
    """What an actor has done alone by the end of the batch (the account is locked, so nobody else moved it)."""
    return (account_id, day, unit, actor, points)
