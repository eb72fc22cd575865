"""Every read of saved segments: what they say, what they said, how many were in when somebody last counted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from guerdon.core.segments import SEGMENT_UNKNOWN, Ask, Segment
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store

_SAVED = (
    "SELECT v.key, v.name, v.condition, v.version, v.actor, v.why, v.at FROM segments_segment s"
    " JOIN segments_version v ON v.programme_id = s.programme_id AND v.key = s.key AND v.version = s.version"
    " WHERE s.programme_id = :programme"
)
_EVERY = Statement(f"{_SAVED} ORDER BY s.key")
_ONE = Statement(f"{_SAVED} AND s.key = :key")
_VERSIONS = Statement(
    "SELECT version, condition IS NULL, actor, why, at FROM segments_version WHERE programme_id = :programme"
    " AND key = :key ORDER BY version"
)
_LATEST = Statement(
    "SELECT coalesce(max(version), 0) FROM segments_version WHERE programme_id = :programme AND key = :key"
)
_HOW_MANY = Statement("SELECT count(*) FROM segments_segment WHERE programme_id = :programme")
_COUNTS = Statement("SELECT key, version, members, counted_at FROM segments_count WHERE programme_id = :programme")

_condition = msgspec.json.Decoder(Ask).decode
_name = msgspec.json.Decoder(dict[str, str]).decode


class Saved(msgspec.Struct, frozen=True):
    """A segment with the version it is, and who made that, when and why."""

    segment: Segment
    version: int
    actor: str
    why: str
    at: datetime


class VersionRow(msgspec.Struct, frozen=True):
    """One version of a segment; the last one may say that it was taken away."""

    version: int
    taken_away: bool
    actor: str
    why: str
    at: datetime


class Counted(msgspec.Struct, frozen=True):
    """How many members were in by a version at an instant."""

    version: int
    members: int
    at: datetime


def every(store: Store, programme_id: str) -> list[Saved]:
    """All segments by key."""
    return [_saved(cells) for cells in store.fetch(_EVERY, programme=programme_id)]


def one(store: Store, programme_id: str, key: str) -> Saved:
    """One segment. Raises `segment_unknown`."""
    found = find(store, programme_id, key)
    if found is None:
        raise SEGMENT_UNKNOWN(segment=key[:64])
    return found


def find(store: Store, programme_id: str, key: str) -> Saved | None:
    """One segment; None where there is none."""
    rows = store.fetch(_ONE, programme=programme_id, key=key)
    return _saved(rows[0]) if rows else None


def versions(store: Store, programme_id: str, key: str) -> list[VersionRow]:
    """All that a segment ever said, the oldest first; also of one that was taken away. Raises `segment_unknown`."""
    rows = store.fetch(_VERSIONS, programme=programme_id, key=key)
    if not rows:
        raise SEGMENT_UNKNOWN(segment=key[:64])
    return [VersionRow(version, bool(gone), actor, why, clock.instant(at)) for version, gone, actor, why, at in rows]


def latest(store: Store, programme_id: str, key: str) -> int:
    """The number of its last version; 0 where there never was any."""
    return int(store.fetch(_LATEST, programme=programme_id, key=key)[0][0])


def count(store: Store, programme_id: str) -> int:
    """How many segments there are."""
    return int(store.fetch(_HOW_MANY, programme=programme_id)[0][0])


def counts(store: Store, programme_id: str) -> dict[str, Counted]:
    """What was counted last, by key."""
    rows = store.fetch(_COUNTS, programme=programme_id)
    return {key: Counted(version, members, clock.instant(at)) for key, version, members, at in rows}


def _saved(cells: Sequence[Any]) -> Saved:
    key, name, condition, version, actor, why, at = cells
    return Saved(Segment(key, _name(name), _condition(condition)), version, actor, why, clock.instant(at))
