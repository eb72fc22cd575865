"""Every read of transfers, and of what causes have been given."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import errors, transfers
from guerdon.core.transfers import State
from guerdon.kit import clock, ids
from guerdon.kit.store import Statement, Store

TRANSFER_UNKNOWN = errors.declare("unknown", "transfer_unknown", "id")

_COLUMNS = (
    "t.account_id, t.id, t.direction, t.other, t.unit, t.points, t.fee, t.state, t.seq, t.made_at, t.until,"
    " t.settled_at"
)
# The id is that of an entry of the sender's journal, and the directory of natural keys leads to its account.
_ONE = Statement(
    f"SELECT {_COLUMNS} FROM activities_key k JOIN transfers_transfer t ON t.account_id = k.account_id"  # noqa: S608
    " AND t.id = k.activity_id WHERE k.programme_id = :programme AND k.activity_id = :id"
)
_OF_ACCOUNTS = Statement(
    f"SELECT {_COLUMNS} FROM unnest(:accounts::uuid[], :ids::uuid[]) AS u(account_id, id)"  # noqa: S608 - our own
    " JOIN transfers_transfer t ON t.account_id = u.account_id AND t.id = u.id",
    sqlite=f"SELECT {_COLUMNS} FROM json_each(:pairs) AS u CROSS JOIN transfers_transfer t"  # noqa: S608 - our own
    " ON t.account_id = u.value->>0 AND t.id = u.value->>1",
)
# Who loads the own gift card is given nothing by anybody.
_FROM_MEMBERS: Final = (
    "t.direction = 'in' AND t.made_at > :since"
    " AND NOT EXISTS (SELECT 1 FROM members_member m WHERE m.id = t.other AND m.kind = 'card')"
)
_LATEST: Final = "ORDER BY t.made_at DESC, t.id DESC LIMIT :most"
_RECEIVED = Statement(
    f"SELECT {_COLUMNS} FROM transfers_transfer t WHERE t.account_id = ANY(:accounts::uuid[])"  # noqa: S608 - our own
    f" AND {_FROM_MEMBERS} {_LATEST}",
    sqlite=f"SELECT {_COLUMNS} FROM json_each(:accounts) AS u CROSS JOIN transfers_transfer t"  # noqa: S608 - our own
    f" INDEXED BY transfers_transfer_received ON t.account_id = u.value WHERE {_FROM_MEMBERS} {_LATEST}",
)
_LIST = Statement(
    f"SELECT {_COLUMNS} FROM transfers_transfer t WHERE t.account_id = :account AND t.id > :after"  # noqa: S608
    " ORDER BY t.id LIMIT :most"
)
_LOCK_CAUSES = Statement(
    "SELECT cause, unit, points, donations FROM transfers_cause WHERE programme_id = :programme"
    " AND cause = ANY(:causes::text[]) ORDER BY cause, unit FOR NO KEY UPDATE",
    sqlite="SELECT cause, unit, points, donations FROM transfers_cause WHERE programme_id = :programme"
    " AND cause IN (SELECT value FROM json_each(:causes)) ORDER BY cause, unit",
)
_CAUSES = Statement(
    "SELECT cause, unit, points, donations FROM transfers_cause WHERE programme_id = :programme ORDER BY cause, unit"
)


class Transfer(msgspec.Struct, frozen=True):
    """Points that went, or are to go, from one member to another."""

    id: str
    sender: str
    receiver: str
    unit: str
    points: int
    fee: int
    state: State
    seq: int
    made_at: datetime
    until: datetime | None = None  # of an offer: when it lapses
    settled_at: datetime | None = None

    def as_of(self, at: datetime) -> State:
        """What has become of it by the instant."""
        return transfers.state(self.state, self.until, at)


class CauseRow(msgspec.Struct, frozen=True):
    """What all members together have given to a cause in a unit."""

    cause: str
    unit: str
    points: int
    donations: int


def one(store: Store, programme_id: str, transfer_id: str) -> Transfer:
    """A transfer of the programme. Raises `transfer_unknown`."""
    rows = store.fetch(_ONE, programme=programme_id, id=transfer_id)
    if not rows:
        raise TRANSFER_UNKNOWN(id=ids.show("transfer", transfer_id))
    return _transfer(rows[0])


def of_accounts(store: Store, names: Sequence[tuple[str, str]]) -> dict[str, Transfer]:
    """The transfers of the given (account, id) pairs, as that side has them, by id."""
    if not names:
        return {}
    accounts, wanted = [account for account, _ in names], [id for _, id in names]
    found = store.fetch(_OF_ACCOUNTS, accounts=accounts, ids=wanted, pairs=[list(name) for name in names])
    return {row[1]: _transfer(row) for row in found}


def of_member(store: Store, account_id: str, *, after: str, most: int) -> list[Transfer]:
    """What a member sent and received, in the order in which it was made, a page at a time."""
    return [_transfer(row) for row in store.fetch(_LIST, account=account_id, after=after, most=most)]


def received(store: Store, accounts: Sequence[str], *, since: datetime, most: int) -> list[Transfer]:
    """What members sent or offered to any of the accounts after the instant, the latest first."""
    rows = store.fetch(_RECEIVED, accounts=list(accounts), since=clock.micros(since), most=most)
    return [_transfer(row) for row in rows]


def lock_causes(store: Store, programme_id: str, causes: list[str]) -> dict[tuple[str, str], CauseRow]:
    """Lock the totals of the causes, last of all locks; by cause and unit."""
    rows = store.fetch(_LOCK_CAUSES, programme=programme_id, causes=causes)
    return {(row[0], row[1]): CauseRow(*row) for row in rows}


def causes(store: Store, programme_id: str) -> list[CauseRow]:
    """What every cause has been given, those too that the programme no longer has."""
    return [CauseRow(*row) for row in store.fetch(_CAUSES, programme=programme_id)]


def _transfer(row: tuple[str, str, str, str, str, int, int, State, int, int, int | None, int | None]) -> Transfer:
    account, id, direction, other, unit, points, fee, state, seq, made_at, until, settled_at = row
    sender, receiver = (account, other) if direction == "out" else (other, account)
    made, end, settled = clock.instant(made_at), clock.instant(until), clock.instant(settled_at)
    return Transfer(id, sender, receiver, unit, points, fee, state, seq, made, end, settled)
