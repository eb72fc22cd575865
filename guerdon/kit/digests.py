"""Keyed digests of what must be found again for years and is not to be read, and the key that they are made with.

The key is chance of its own, kept in the database under the installation's secret: with another secret it is sealed
anew, and whatever was found by a digest is still found.
"""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec
from django.db import DEFAULT_DB_ALIAS, connections

from guerdon.kit import clock, secrets, store
from guerdon.kit.store import Statement, Store

_NUMBER_BYTES: Final = 8
_PURPOSE: Final = "digests"
_READ: Final = Statement("SELECT covered, rotated_mark, rotated_at FROM kit_key WHERE name = 'digests'")
_MAKE: Final = Statement(
    "INSERT INTO kit_key (name, covered) VALUES ('digests', :covered) ON CONFLICT (name) DO NOTHING"
)
_COVER: Final = Statement("UPDATE kit_key SET covered = :covered WHERE name = 'digests' AND covered = :before")
_ROTATED: Final = Statement("UPDATE kit_key SET rotated_mark = :mark, rotated_at = :now WHERE name = 'digests'")
_keys: dict[tuple[str, str], bytes] = {}  # by the database that they are kept in


class Rotation(msgspec.Struct, frozen=True):
    """When everything was last sealed with a secret, which is known by its mark."""

    mark: str
    at: datetime


def provide(at_hand: Store, *, old: bool) -> None:
    """Make the key where the database has none; of an `old` one, which digests were made in before there was a key of
    their own, it is the secret that these were made with. Raises SecretMissing."""
    chance = secrets.first() if old else secrets.seed()
    at_hand.fetch(_MAKE, covered=secrets.cover(_PURPOSE, chance))


def reseal(at_hand: Store) -> bool:
    """Seal the key with the secret as it is now; answers whether it was with a former one."""
    covered, *_ = _row(at_hand)
    fresh = secrets.recovered(_PURPOSE, covered)
    if fresh is not None:
        at_hand.fetch(_COVER, covered=fresh, before=covered)
    return fresh is not None


def late(at_hand: Store) -> bool:
    """Whether the key is not sealed with the secret as it is now. Raises ValueError where no secret here opens it."""
    covered, *_ = _row(at_hand)
    return secrets.recovered(_PURPOSE, covered) is not None


def note_rotation(at_hand: Store, now: datetime) -> None:
    """Remember that everything is sealed with the secret as it is now."""
    at_hand.fetch(_ROTATED, mark=secrets.marks()[0], now=clock.micros(now))


def rotation(at_hand: Store) -> Rotation | None:
    """The last rotation that came to its end; None where there was none."""
    _, mark, at = _row(at_hand)
    return None if mark is None else Rotation(mark, clock.instant(int(at)))


def load() -> None:
    """Read the key, which is kept in memory from then on. Raises SecretMissing, and ValueError where no secret here
    opens it."""
    _key()


def derived(purpose: str) -> bytes:
    """A 32-byte key for one purpose, so that no two uses share a key; the same for as long as the database lives.

    Raises SecretMissing.
    """
    return hmac.digest(_key(), purpose.encode(), hashlib.sha256)


def digest(purpose: str, text: str) -> str:
    """A keyed digest (hex) of a value that must be found again but not read. Raises SecretMissing."""
    return hmac.digest(derived(purpose), text.encode(), hashlib.sha256).hex()


def numbers(purpose: str, texts: Iterable[str]) -> list[int]:
    """A keyed number of 64 bits for each value: enough to find it again, and half as long as what could be told apart
    for certain."""
    key = derived(purpose)
    return [
        int.from_bytes(hmac.digest(key, text.encode(), hashlib.sha256)[:_NUMBER_BYTES], "big", signed=True)
        for text in texts
    ]


def _key() -> bytes:
    place = connections.settings[DEFAULT_DB_ALIAS]
    name = (str(place.get("HOST", "")), str(place["NAME"]))
    found = _keys.get(name)
    if found is None:
        covered, *_ = _row(store.current())
        found = _keys[name] = secrets.uncover(_PURPOSE, covered).encode()
    return found


def _row(at_hand: Store) -> tuple[str, str | None, int]:
    rows = at_hand.fetch(_READ)
    if not rows:
        raise secrets.SecretMissing
    return rows[0]
