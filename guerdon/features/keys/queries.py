"""Every read of API keys: the list of them, and who is behind a key that a caller shows."""

import hashlib
import hmac
import re
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec

from guerdon.core import errors, limits
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store

KEY_INVALID = errors.declare("forbidden", "key_invalid")
KEY_UNKNOWN = errors.declare("unknown", "key_unknown", "id")

_SHOWN: Final = re.compile(rb"gdn_([0-9a-f]{32})_([0-9A-Za-z]{43})\Z")
_COLUMNS: Final = "id, programme_id, name, digest, scopes::text, created_at, last_used_at, revoked_at, made_by"
# With the programme's test clock, so that no request needs a statement more to know what time it is.
_WITH_CLOCK: Final = (
    "k.created_at, k.last_used_at, k.revoked_at, k.made_by, p.clock FROM keys_key k"
    " JOIN programmes_programme p ON p.id = k.programme_id WHERE k.id = :id"
)
_BY_ID = Statement(
    f"SELECT k.id, k.programme_id, k.name, k.digest, k.scopes::text, {_WITH_CLOCK}",
    sqlite=f"SELECT k.id, k.programme_id, k.name, k.digest, k.scopes, {_WITH_CLOCK}",
)
_OF_PROGRAMME: Final = f"SELECT {_COLUMNS} FROM keys_key WHERE programme_id = :programme ORDER BY created_at, id"  # noqa: S608
_EVERY = Statement(_OF_PROGRAMME, sqlite=_OF_PROGRAMME.replace("::text", ""))
_KEPT_MAX: Final = 4_096


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as stored; its secret is nowhere."""

    id: str
    programme_id: str
    name: str
    digest: str
    scopes: frozenset[str]
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    made_by: str = ""  # whose it is: the one of the staff who made it; of an operator's keys each is on its own
    clock: datetime | None = None  # where the test clock of its programme stands, in a sandbox

    @property
    def person(self) -> str:
        """Who stands behind what is done with it, so that nobody is a second person by a key of their own."""
        return self.made_by or self.id


def digest(shown: bytes) -> bytes:
    """What is kept of a key: SHA-256 is right for a random secret of 256 bits, which nobody can guess at any speed."""
    return hashlib.sha256(shown).digest()


def by_id(store: Store, key_id: str) -> KeyRow:
    """One key. Raises `key_unknown`."""
    rows = store.fetch(_BY_ID, id=key_id)
    if not rows:
        raise KEY_UNKNOWN(id=key_id[:40])
    return _row(rows[0])


def there(store: Store, key_id: str) -> bool:
    """Whether there is such a key, good or revoked."""
    return bool(store.fetch(_BY_ID, id=key_id))


def every(store: Store, programme_id: str) -> list[KeyRow]:
    """All keys of a programme, revoked ones too, in the order they were made."""
    return [_row(cells) for cells in store.fetch(_EVERY, programme=programme_id)]


class Keyring:
    """The keys this process has verified, each believed for `limits.KEY_CACHE_SECONDS`; used by one thread only.

    What it knows is looked up by digest, so the time a look-up takes tells nothing about a key.
    """

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[float, KeyRow | None]] = {}
        self.used: dict[str, datetime] = {}  # by key id: when last, until it is written away

    def find(self, store: Store, shown: bytes, *, now: datetime) -> KeyRow:
        """The key behind what the caller shows. Raises `key_invalid`, whatever is wrong with it."""
        name = digest(shown)
        known = self._known.get(name)
        if known is None or known[0] < time.monotonic():
            known = self._look_up(store, shown, name)
        row = known[1]
        if row is None:
            raise KEY_INVALID()
        self.used[row.id] = now
        return row

    def forget(self) -> None:
        """Look every key up again at its next use."""
        self._known.clear()

    def _look_up(self, store: Store, shown: bytes, name: bytes) -> tuple[float, KeyRow | None]:
        if len(self._known) >= _KEPT_MAX:
            self._known.clear()
        found = self._known[name] = (time.monotonic() + limits.KEY_CACHE_SECONDS, _verified(store, shown, name))
        return found


def _verified(store: Store, shown: bytes, name: bytes) -> KeyRow | None:
    match = _SHOWN.match(shown)
    rows = store.fetch(_BY_ID, id=match.group(1).decode()) if match else []
    if not rows:
        return None
    row = _row(rows[0])
    return row if hmac.compare_digest(bytes.fromhex(row.digest), name) and row.revoked_at is None else None


def _row(cells: tuple[Any, ...]) -> KeyRow:
    id, programme_id, name, digest, scopes, created_at, used_at, revoked_at, made_by, *at = cells
    return KeyRow(
        id, programme_id, name, digest, frozenset(msgspec.json.decode(scopes, type=list[str])),
        clock.instant(created_at), clock.instant(used_at), clock.instant(revoked_at),
        made_by, clock.instant(at[0]) if at else None,
    )  # fmt: skip
