"""Every read of the pictures of rewards: which each has, and one of them by its hash."""

import base64
from datetime import datetime
from typing import cast

import msgspec

from guerdon.core import errors
from guerdon.core.images import MediaType
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store

PICTURE_UNKNOWN = errors.declare("unknown", "picture_unknown", "id")

_HASHES = Statement("SELECT reward, hash FROM rewards_picture WHERE programme_id = :programme")
_HASH = Statement("SELECT hash FROM rewards_picture WHERE programme_id = :programme AND reward = :reward")
_CHANGES = Statement(
    "SELECT coalesce(max(number), 0) FROM rewards_picture_change WHERE programme_id = :programme AND reward = :reward"
)
_LAST = Statement(
    "SELECT coalesce(hash, ''), actor, at FROM rewards_picture_change WHERE programme_id = :programme"
    " AND reward = :reward ORDER BY number DESC LIMIT 1"
)
# Whoever knows the hash knows the picture: it is the same whichever programme shows it.
_BY_HASH = Statement("SELECT media_type, content FROM rewards_picture WHERE hash = :hash LIMIT 1")
_TYPE = Statement("SELECT media_type FROM rewards_picture WHERE hash = :hash LIMIT 1")


class Changed(msgspec.Struct, frozen=True):
    """What became of a picture the last time: the hash of the one that was put, "" where one was taken away."""

    hash: str
    actor: str
    at: datetime


class Kept(msgspec.Struct, frozen=True):
    """A picture as it is shown."""

    media_type: MediaType
    content: bytes


def hashes(store: Store, programme_id: str) -> dict[str, str]:
    """Which picture each reward of the programme has; those without one are left out."""
    return {str(reward): str(hash) for reward, hash in store.fetch(_HASHES, programme=programme_id)}


def hash_of(store: Store, programme_id: str, reward: str) -> str | None:
    """The picture of one reward."""
    rows = store.fetch(_HASH, programme=programme_id, reward=reward)
    return str(rows[0][0]) if rows else None


def changes(store: Store, programme_id: str, reward: str) -> int:
    """How often a picture of the reward was put or taken away."""
    return int(store.fetch(_CHANGES, programme=programme_id, reward=reward)[0][0])


def last_change(store: Store, programme_id: str, reward: str) -> Changed | None:
    """Who put or took a picture of the reward last; None where nobody ever did."""
    rows = store.fetch(_LAST, programme=programme_id, reward=reward)
    return Changed(str(rows[0][0]), str(rows[0][1]), clock.instant(rows[0][2])) if rows else None


def media_type(store: Store, hash: str) -> MediaType:
    """What the picture with the hash is, without reading it. Raises `picture_unknown`."""
    rows = store.fetch(_TYPE, hash=hash)
    if not rows:
        raise PICTURE_UNKNOWN(id=hash[:64])
    return cast(MediaType, rows[0][0])


def by_hash(store: Store, hash: str) -> Kept:
    """The picture with the hash. Raises `picture_unknown`."""
    rows = store.fetch(_BY_HASH, hash=hash)
    if not rows:
        raise PICTURE_UNKNOWN(id=hash[:64])
    media_type, content = rows[0]
    return Kept(cast(MediaType, media_type), base64.b64decode(content))
