"""Every read of adjustments that need a second person, and of what people did alone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, allow_fanout

State = Literal["waiting", "approved", "rejected"]
Alone = tuple[str, str, str]  # account, unit, actor

_REQUESTS = Statement(
    "SELECT r.account_id, r.id, r.seq, r.state, r.asked_by, r.asked_at, r.decided_by, r.decided_at"
    " FROM unnest(:accounts::uuid[], :ids::uuid[]) AS u(account_id, id)"
    " JOIN adjustments_request r ON r.account_id = u.account_id AND r.id = u.id",
    sqlite="SELECT r.account_id, r.id, r.seq, r.state, r.asked_by, r.asked_at, r.decided_by, r.decided_at"
    " FROM json_each(:pairs) AS u CROSS JOIN adjustments_request r"
    " ON r.account_id = u.value->>0 AND r.id = u.value->>1",
)
_QUEUE = allow_fanout(
    "the list a person works through, adjustments of a programme in one state",
    Statement(
        "SELECT account_id, id, seq, state, asked_by, asked_at, decided_by, decided_at FROM adjustments_request"
        " WHERE programme_id = :programme AND state = :state AND seq > :seq ORDER BY seq LIMIT :most"
    ),
)
_WAITING = Statement(
    "SELECT account_id, id, seq, state, asked_by, asked_at, decided_by, decided_at FROM adjustments_request"
    " WHERE account_id = :account AND state = 'waiting' ORDER BY seq LIMIT :most"
)
_ALONE = Statement(
    "SELECT account_id, unit, actor, points FROM adjustments_alone"
    " WHERE account_id = ANY(:accounts::uuid[]) AND day = :day",
    sqlite="SELECT account_id, unit, actor, points FROM adjustments_alone"
    " WHERE account_id IN (SELECT value FROM json_each(:accounts)) AND day = :day",
)


class Request(msgspec.Struct, frozen=True):
    """An adjustment that waited or waits for a second person; who is told by the id of the key, or a name."""

    account_id: str
    id: str
    seq: int
    state: State
    asked_by: str
    asked_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None


def requests(store: Store, names: Iterable[tuple[str, str]]) -> dict[str, Request]:
    """Those of the given (account, activity) pairs that needed a second person, by activity id."""
    wanted = sorted(set(names))
    if not wanted:
        return {}
    accounts, ids = [account for account, _ in wanted], [id for _, id in wanted]
    return {row[1]: _request(row) for row in store.fetch(_REQUESTS, accounts=accounts, ids=ids, pairs=wanted)}


def queue(store: Store, programme_id: str, *, state: State, seq: int, most: int) -> list[Request]:
    """The adjustments of the programme in the state, in the order in which they were asked for."""
    return [_request(row) for row in store.fetch(_QUEUE, programme=programme_id, state=state, seq=seq, most=most)]


def waiting(store: Store, account_id: str, *, most: int) -> list[Request]:
    """The adjustments of an account that wait for a second person, in the order in which they were asked for."""
    return [_request(row) for row in store.fetch(_WAITING, account=account_id, most=most)]


def alone(store: Store, accounts: list[str], day: str) -> dict[Alone, int]:
    """What everybody did alone to the accounts on the local day."""
    rows = store.fetch(_ALONE, accounts=accounts, day=day)
    return {(account, unit, actor): points for account, unit, actor, points in rows}


def _request(row: tuple[str, str, int, State, str, int, str | None, int | None]) -> Request:
    account, id, seq, state, asked_by, asked_at, decided_by, decided_at = row
    return Request(
        account, id, seq, state, asked_by, clock.instant(asked_at), decided_by, clock.instant(decided_at)
    )  # fmt: skip
