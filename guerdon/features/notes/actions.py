"""Every write to notes: written, and forgotten with the member."""

from collections.abc import Sequence
from datetime import datetime

from guerdon.kit import clock, ids, resealing, secrets
from guerdon.kit.store import Statement, Store, Table

SEALED = resealing.Column("notes_note", ("account_id", "id"))
NOTES = Table(
    "notes_note",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "at": "bigint", "author": "text",
        "author_id": "uuid", "wrapped_key": "text", "sealed": "text",
    },
)  # fmt: skip
_FORGET = Statement("DELETE FROM notes_note WHERE account_id = :account")


def write(
    store: Store, programme_id: str, account_id: str, *, text: str, author: str, author_id: str, now: datetime
) -> None:
    """Keep a note, sealed; in the transaction at hand, which has locked the member."""
    row = (account_id, ids.new(), programme_id, clock.micros(now), author, author_id, *secrets.seal(text))
    store.write([(NOTES, [row])])


def forget(store: Store, accounts: Sequence[str]) -> None:
    """Erase every note about these members; in the transaction at hand."""
    for account in accounts:
        store.fetch(_FORGET, account=account)
