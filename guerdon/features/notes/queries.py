"""Every read of notes: the latest first, opened."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from guerdon.kit import clock, secrets
from guerdon.kit.store import Statement, Store

LAST: Final = "f" * 32  # above every id: where the newest page begins
_COLUMNS: Final = "id, at, author, wrapped_key, sealed"
_TAIL: Final = " AND id < :before ORDER BY id DESC LIMIT :most"
_OF_ACCOUNTS = Statement(
    f"SELECT {_COLUMNS} FROM notes_note WHERE account_id = ANY(:accounts::uuid[]){_TAIL}",  # noqa: S608 - our own
    sqlite=f"SELECT {_COLUMNS} FROM notes_note WHERE account_id IN (SELECT value FROM json_each(:accounts)){_TAIL}",  # noqa: S608
)


class Note(msgspec.Struct, frozen=True):
    """What somebody of the staff wrote down."""

    id: str
    at: datetime
    author: str
    text: str


def of_member(store: Store, accounts: Sequence[str], *, before: str, most: int) -> list[Note]:
    """The notes about a member, and about those merged into it, the latest first, a page at a time."""
    rows = store.fetch(_OF_ACCOUNTS, accounts=list(accounts), before=before, most=most)
    return [
        Note(id, clock.instant(at), author, secrets.unseal(wrapped, sealed)) for id, at, author, wrapped, sealed in rows
    ]
