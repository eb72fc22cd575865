"""Every read of erasures: of a member, those that are due, and erased members who still have points."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, allow_fanout

_COLUMNS = "account_id, id, programme_id, asked_at, asked_by, due_at, cancelled_at, done_at, lost FROM erasures_erasure"
_STANDING = Statement(f"SELECT {_COLUMNS} WHERE account_id = :account AND cancelled_at IS NULL")
_DUE = allow_fanout(
    "the night erases whoever is due",
    Statement(
        f"SELECT {_COLUMNS} WHERE programme_id = :programme AND due_at <= :now"
        " AND cancelled_at IS NULL AND done_at IS NULL ORDER BY due_at, account_id LIMIT :most"
    ),
)
_DONE = allow_fanout(
    "the night ends what has become spendable of erased members",
    Statement(
        f"SELECT {_COLUMNS} WHERE programme_id = :programme AND done_at IS NOT NULL AND account_id > :after"
        " ORDER BY account_id LIMIT :most"
    ),
)
_EVER = allow_fanout(
    "a list of who was erased is kept beside backups",
    Statement(
        "SELECT programme_id, account_id, done_at FROM erasures_erasure WHERE done_at IS NOT NULL ORDER BY account_id"
    ),
)


class Erasure(msgspec.Struct, frozen=True):
    """A member who is to be erased, or was."""

    account_id: str
    id: str
    programme_id: str
    asked_at: datetime
    asked_by: str
    due_at: datetime
    cancelled_at: datetime | None = None
    done_at: datetime | None = None
    lost: str | None = None


def standing(store: Store, account_id: str) -> Erasure | None:
    """The erasure of a member that waits or is done; None where there is none, or it was taken back."""
    rows = store.fetch(_STANDING, account=account_id)
    return _erasure(rows[0]) if rows else None


def due(store: Store, programme_id: str, now: datetime, *, most: int) -> list[Erasure]:
    """Those whose time to think is over."""
    return [_erasure(row) for row in store.fetch(_DUE, programme=programme_id, now=clock.micros(now), most=most)]


def done(store: Store, programme_id: str, *, after: str, most: int) -> list[Erasure]:
    """Those who were erased, a page at a time."""
    return [_erasure(row) for row in store.fetch(_DONE, programme=programme_id, after=after, most=most)]


def ever(store: Store) -> list[tuple[str, str, datetime]]:
    """Everybody who was erased: of which programme, who, and when."""
    return [(programme, account, clock.instant(at)) for programme, account, at in store.fetch(_EVER)]


def _erasure(cells: Sequence[Any]) -> Erasure:
    account, id, programme, asked_at, asked_by, due_at, cancelled_at, done_at, lost = cells
    return Erasure(
        account, id, programme, clock.instant(asked_at), asked_by, clock.instant(due_at),
        clock.instant(cancelled_at), clock.instant(done_at), lost,
    )  # fmt: skip
