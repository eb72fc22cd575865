"""Every write about adjustments that need a second person: rows for the batch at hand."""

from datetime import datetime

from guerdon.features.adjustments.queries import Request, State
from guerdon.kit import clock
from guerdon.kit.store import Row, Statement, Store, Table, allow_fanout

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
_ADD = allow_fanout(
    "two members become one",
    Statement(
        "INSERT INTO adjustments_alone (account_id, day, unit, actor, points)"
        " SELECT :into::uuid, day, unit, actor, points FROM adjustments_alone"
        " WHERE account_id = :account AND day = :day"
        " ON CONFLICT (account_id, day, unit, actor) DO UPDATE SET points = adjustments_alone.points + excluded.points",
        sqlite="INSERT INTO adjustments_alone (account_id, day, unit, actor, points)"
        " SELECT :into, day, unit, actor, points FROM adjustments_alone WHERE account_id = :account AND day = :day"
        " ON CONFLICT (account_id, day, unit, actor) DO UPDATE SET points = adjustments_alone.points + excluded.points",
    ),
)
_DROP_ADDED = Statement(
    "DELETE FROM adjustments_alone WHERE account_id = :into AND day = :day AND EXISTS (SELECT 1"
    " FROM adjustments_alone o WHERE o.account_id = :account AND o.day = adjustments_alone.day"
    " AND o.unit = adjustments_alone.unit AND o.actor = adjustments_alone.actor"
    " AND o.points >= adjustments_alone.points)"
)
_TAKE_OUT = allow_fanout(
    "two members again",
    Statement(
        "UPDATE adjustments_alone AS a SET points = a.points - o.points FROM adjustments_alone o"
        " WHERE a.account_id = :into AND a.day = :day AND o.account_id = :account AND o.day = a.day"
        " AND o.unit = a.unit AND o.actor = a.actor"
    ),
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


def add_alone(store: Store, account_id: str, *, into: str, day: str) -> None:
    """Add what people did alone to an account on the local day to what they did to another one (both are locked)."""
    store.fetch(_ADD, account=account_id, into=into, day=day)


def take_out_alone(store: Store, account_id: str, *, into: str, day: str) -> None:
    """Take out again what was added; what was done since then stays."""
    store.fetch(_DROP_ADDED, account=account_id, into=into, day=day)
    store.fetch(_TAKE_OUT, account=account_id, into=into, day=day)
