"""Every write to saved segments: said anew, taken away, counted."""

from datetime import datetime

import msgspec

from guerdon.core.segments import Segment
from guerdon.features.segments import queries
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, Table

VERSIONS = Table(
    "segments_version",
    {
        "programme_id": "uuid", "key": "text", "version": "bigint", "name": "text", "condition": "text",
        "actor": "text", "why": "text", "at": "bigint",
    },
)  # fmt: skip
SEGMENTS = Table(
    "segments_segment",
    {"programme_id": "uuid", "key": "text", "version": "bigint"},
    key=("programme_id", "key"),
    mode="upsert",
)
COUNTS = Table(
    "segments_count",
    {"programme_id": "uuid", "key": "text", "version": "bigint", "members": "bigint", "counted_at": "bigint"},
    key=("programme_id", "key"),
    mode="upsert",
)
_TAKE = Statement("DELETE FROM segments_segment WHERE programme_id = :programme AND key = :key")
_FORGET_COUNT = Statement("DELETE FROM segments_count WHERE programme_id = :programme AND key = :key")
_encode = msgspec.json.Encoder(order="deterministic").encode


def save(store: Store, programme_id: str, one: Segment, *, version: int, actor: str, why: str, now: datetime) -> None:
    """Let a segment say this from now on, as its next version; in the transaction at hand, which holds its lock."""
    condition, name = _encode(one.condition).decode(), _encode(one.name).decode()
    row = (programme_id, one.key, version, name, condition, actor, why, clock.micros(now))
    store.write([(VERSIONS, [row])])
    store.write([(SEGMENTS, [(programme_id, one.key, version)])])


def take(store: Store, programme_id: str, one: queries.Saved, *, actor: str, why: str, now: datetime) -> None:
    """Take a segment away; its versions stay, and this is one of them."""
    name = _encode(one.segment.name).decode()
    row = (programme_id, one.segment.key, one.version + 1, name, None, actor, why, clock.micros(now))
    store.write([(VERSIONS, [row])])
    store.fetch(_TAKE, programme=programme_id, key=one.segment.key)
    store.fetch(_FORGET_COUNT, programme=programme_id, key=one.segment.key)


def keep_count(store: Store, programme_id: str, one: queries.Saved, *, members: int, now: datetime) -> None:
    """Remember how many members were in at the instant."""
    store.write([(COUNTS, [(programme_id, one.segment.key, one.version, members, clock.micros(now))])])
