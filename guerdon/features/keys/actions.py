"""Every write to API keys: making one, revoking it, noting when it was used."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import errors, limits, rights
from guerdon.features.keys import queries
from guerdon.features.keys.queries import KeyRow
from guerdon.kit import clock, ids
from guerdon.kit.store import Statement, Store, Table

KEY_NAME_INVALID = errors.declare("invalid", "key_name_invalid", "chars_max")
RIGHTS_NONE = errors.declare("invalid", "rights_none", "known")
KEY_MADE_ALREADY = errors.declare("clash", "key_made_already", "id")
SCOPE_UNKNOWN = errors.declare("invalid", "scope_unknown", "scope", "known")

KEYS = Table(
    "keys_key",
    {
        "id": "uuid", "programme_id": "uuid", "name": "text", "digest": "text", "scopes": "jsonb",
        "created_at": "bigint", "last_used_at": "bigint", "revoked_at": "bigint", "made_by": "text",
    },
)  # fmt: skip
_REVOKE = Statement("UPDATE keys_key SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL")
_USED = Statement(
    "UPDATE keys_key SET last_used_at = :at WHERE id = :id AND (last_used_at IS NULL OR last_used_at < :at)"
)
_LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SECRET_BITS: Final = 256
_SECRET_CHARS: Final = 43  # 62 ** 43 > 2 ** 256


def create(
    store: Store, *, programme_id: str, name: str, scopes: Iterable[str], now: datetime, made_by: str = "",
    id: str = "",
) -> tuple[KeyRow, str]:  # fmt: skip
    """Make a key of a programme; answers its row and the key itself, which is shown this once and kept nowhere.

    Raises `scope_unknown` and `key_name_invalid`.
    """
    wanted = sorted(set(scopes))
    for scope in wanted:
        if scope not in rights.RIGHTS:
            raise SCOPE_UNKNOWN(scope=scope[:40], known=", ".join(rights.RIGHTS))
    if not name.strip() or not name.isprintable() or len(name) > limits.NAME_CHARS_MAX:
        raise KEY_NAME_INVALID(chars_max=limits.NAME_CHARS_MAX)
    id = id or ids.new()
    shown = f"gdn_{id}_{_spelled(secrets.randbits(_SECRET_BITS))}"
    digest = queries.digest(shown.encode()).hex()
    row = KeyRow(id, programme_id, name.strip(), digest, frozenset(wanted), now, None, None, made_by)
    told = msgspec.json.encode(wanted).decode()
    cells = (id, programme_id, row.name, digest, told, clock.micros(now), None, None, made_by)
    store.write([(KEYS, [cells])])
    return row, shown


def revoke(store: Store, *, key_id: str, now: datetime) -> KeyRow:
    """End a key; servers stop taking it within two seconds. Revoking it again changes nothing. Raises `key_unknown`."""
    store.fetch(_REVOKE, id=key_id, now=clock.micros(now))
    return queries.by_id(store, key_id)


def note_use(store: Store, used: Mapping[str, datetime]) -> None:
    """Write away when keys were last used; in the order of ids, so that two processes never block each other."""
    for id, at in sorted(used.items()):
        store.fetch(_USED, id=id, at=clock.micros(at))


def _spelled(number: int) -> str:
    digits = []
    for _ in range(_SECRET_CHARS):
        number, digit = divmod(number, len(_LETTERS))
        digits.append(_LETTERS[digit])
    return "".join(digits)
