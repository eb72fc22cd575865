"""Every write to erasures: asked for, taken back, done."""

from datetime import datetime

from guerdon.features.erasures.queries import Erasure
from guerdon.kit import clock, outbox
from guerdon.kit.store import Statement, Store, Table

ERASURES = Table(
    "erasures_erasure",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "asked_at": "bigint", "asked_by": "text",
        "due_at": "bigint",
    },
)  # fmt: skip
_CANCEL = Statement(
    "UPDATE erasures_erasure SET cancelled_at = :now, cancelled_by = :actor"
    " WHERE account_id = :account AND id = :id AND cancelled_at IS NULL AND done_at IS NULL"
)
_DONE = Statement(
    "UPDATE erasures_erasure SET done_at = :now, lost = :lost"
    " WHERE account_id = :account AND id = :id AND cancelled_at IS NULL AND done_at IS NULL"
)


def ask(store: Store, one: Erasure) -> None:
    """Keep that a member is to be erased."""
    row = (
        one.account_id, one.id, one.programme_id, clock.micros(one.asked_at), one.asked_by, clock.micros(one.due_at),
    )  # fmt: skip
    store.write([(ERASURES, [row]), (outbox.OUTGOING, [_news(one, "erasure.asked", one.asked_at)])])


def cancel(store: Store, one: Erasure, *, actor: str, now: datetime) -> None:
    """Keep that somebody has changed their mind."""
    store.fetch(_CANCEL, account=one.account_id, id=one.id, actor=actor, now=clock.micros(now))
    store.write([(outbox.OUTGOING, [_news(one, "erasure.cancelled", now)])])


def finish(store: Store, one: Erasure, *, lost: str, now: datetime) -> None:
    """Keep that the member is erased, and what was lost with it."""
    store.fetch(_DONE, account=one.account_id, id=one.id, lost=lost, now=clock.micros(now))
    store.write([(outbox.OUTGOING, [_news(one, "member.erased", now)])])


def _news(one: Erasure, topic: str, at: datetime) -> tuple[str | int | None, ...]:
    return outbox.row(
        programme_id=one.programme_id, topic=topic, account_id=one.account_id, subject_id=one.account_id, seq=0,
        at=clock.micros(at),
    )  # fmt: skip
