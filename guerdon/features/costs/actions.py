"""Every write to the cost book, each in the transaction at hand: an entry is told, or taken back by another one."""

from datetime import datetime
from typing import Final

from guerdon.core.cost_book import Entry
from guerdon.kit import clock
from guerdon.kit.store import Store, Table

ENTRIES: Final = Table(
    "costs_entry",
    {
        "programme_id": "uuid", "id": "uuid", "kind": "text", "amount": "bigint", "currency": "text",
        "first": "bigint", "until": "bigint", "rule": "text", "store": "text", "note": "text", "told_at": "bigint",
        "told_by": "text",
    },
)  # fmt: skip
REVERSALS: Final = Table(
    "costs_reversal",
    {
        "programme_id": "uuid", "entry_id": "uuid", "id": "uuid", "why": "text", "told_at": "bigint",
        "told_by": "text",
    },
)  # fmt: skip


def put(store: Store, programme_id: str, id: str, entry: Entry, *, by: str, now: datetime) -> None:
    """Remember what somebody told."""
    row = (
        programme_id, id, entry.kind, entry.amount, entry.currency, entry.first.toordinal(), entry.until.toordinal(),
        entry.rule, entry.store, entry.note, clock.micros(now), by,
    )  # fmt: skip
    store.write([(ENTRIES, [row])])


def reverse(store: Store, programme_id: str, entry_id: str, id: str, *, why: str, by: str, now: datetime) -> None:
    """Take an entry back, whole, by one that names it."""
    store.write([(REVERSALS, [(programme_id, entry_id, id, why, clock.micros(now), by)])])
