"""Saved segments are said, changed and taken away by whoever saw the latest state; their members are counted."""

from datetime import datetime, timedelta

import msgspec

from guerdon.core import limits
from guerdon.core.documents import Document
from guerdon.core.errors import Refusal
from guerdon.core.grammar import segments as grammar
from guerdon.core.programme import Programme
from guerdon.core.segments import (
    SEGMENT_INVALID,
    SEGMENT_OUTDATED,
    SEGMENT_TAKEN,
    SEGMENTS_FULL,
    Ask,
    Segment,
    Verdict,
    judge,
)
from guerdon.features.members.queries import MemberRow
from guerdon.features.programmes import queries as programmes
from guerdon.features.segments import actions, membership, queries, standing
from guerdon.features.segments.queries import Counted, Saved
from guerdon.kit import audit, store
from guerdon.kit.audit import Actor
from guerdon.kit.store import READ_TOO_LONG, Store


class Says(msgspec.Struct, frozen=True):
    """What somebody says of a segment, and why."""

    name: Document
    condition: Document
    actor: str
    why: str


class Membership(msgspec.Struct, frozen=True):
    """Whether a member is in a segment, and what was compared."""

    saved: Saved
    is_in: bool
    because: Verdict


def add(*, programme_id: str, key: str, says: Says, now: datetime) -> Saved:
    """Save a new segment. Raises `segment_invalid`, `segment_taken` and `segments_full`."""

    def write(at_hand: Store) -> Saved:
        one = _read(at_hand, programme_id, key, says, now)
        programmes.lock_lists(at_hand, programme_id)
        if queries.count(at_hand, programme_id) >= limits.SAVED_SEGMENTS_MAX:
            raise SEGMENTS_FULL(segments_max=limits.SAVED_SEGMENTS_MAX)
        if queries.find(at_hand, programme_id, one.key) is not None:
            raise SEGMENT_TAKEN(segment=one.key)
        number = queries.latest(at_hand, programme_id, one.key) + 1
        actions.save(at_hand, programme_id, one, version=number, actor=says.actor, why=says.why, now=now)
        return queries.one(at_hand, programme_id, one.key)

    return store.committed(write)


def change(*, programme_id: str, key: str, etag: int | None, says: Says, now: datetime) -> Saved:
    """Let a segment say something else; the same again changes nothing.

    Raises `segment_unknown`, `segment_outdated` and `segment_invalid`.
    """

    def write(at_hand: Store) -> Saved:
        before = _seen(at_hand, programme_id, key, etag)
        one = _read(at_hand, programme_id, key, says, now)
        if one == before.segment:
            return before
        version = before.version + 1
        actions.save(at_hand, programme_id, one, version=version, actor=says.actor, why=says.why, now=now)
        return queries.one(at_hand, programme_id, key)

    return store.committed(write)


def take(*, programme_id: str, key: str, etag: int | None, actor: str, why: str, now: datetime) -> Saved:
    """Take a segment away; answers what it was. Raises `segment_unknown` and `segment_outdated`."""

    def write(at_hand: Store) -> Saved:
        before = _seen(at_hand, programme_id, key, etag)
        actions.take(at_hand, programme_id, before, actor=actor, why=why, now=now)
        return before

    return store.committed(write)


def condition(*, programme_id: str, document: Document, now: datetime) -> Ask:
    """The conditions of a document that nobody has saved. Raises `segment_invalid`."""
    programme = programmes.latest(store.current(), programme_id).current(now).programme
    found = grammar.read_condition(document, programme)
    if found.value is None:
        raise _invalid(found)
    assert not isinstance(found.value, Segment)
    return found.value


def count(*, programme_id: str, key: str, now: datetime, seconds: int = 0) -> tuple[Counted, bool]:
    """How many members are in, and whether that is older than so many seconds because counting took too long.

    What was counted within so many seconds is not counted again. Raises `segment_unknown`, and `read_too_long` where
    nothing is known.
    """
    at_hand = store.current()
    one = queries.one(at_hand, programme_id, key)
    kept = queries.counts(at_hand, programme_id).get(key)
    kept = kept if kept is not None and kept.version == one.version else None
    if kept is not None and timedelta() <= now - kept.at < timedelta(seconds=seconds):
        return kept, False
    law = programmes.latest(at_hand, programme_id).current(now)
    try:
        found = membership.count(at_hand, law, programme_id, one.segment.condition, now)
    except Refusal as refusal:
        if refusal.kind is READ_TOO_LONG and kept is not None:
            return kept, True
        raise
    store.committed(lambda there: _keep(there, programme_id, one, found, now))
    return Counted(one.version, found, now), False


def of_member(*, programme_id: str, member: MemberRow, now: datetime, key: str | None = None) -> list[Membership]:
    """Every segment, or one, with whether the member is in and why. Raises `segment_unknown`."""
    at_hand = store.current()
    saved = queries.every(at_hand, programme_id) if key is None else [queries.one(at_hand, programme_id, key)]
    law = programmes.latest(at_hand, programme_id).current(now)
    seen = standing.seen(at_hand, law, member, [one.segment.condition for one in saved], now)
    counts = member.kind == "person" and member.status == "active"
    verdicts = [(one, judge(one.segment.condition)(seen)) for one in saved]
    return [Membership(one, counts and verdict.holds, verdict) for one, verdict in verdicts]


def taken_out(*, programme_id: str, key: str, members: int, by: Actor, now: datetime) -> None:
    """Note that somebody takes the members of a segment out of the house, as a file."""
    store.committed(
        lambda at_hand: audit.note(
            at_hand, programme_id=programme_id, actor=by, action="segment.exported", about=f"segment {key}",
            after={"members": members}, now=now,
        )
    )  # fmt: skip


def _keep(at_hand: Store, programme_id: str, one: Saved, members: int, now: datetime) -> None:
    """Remember a count, unless the segment says something else by now."""
    programmes.lock_lists(at_hand, programme_id)
    found = queries.find(at_hand, programme_id, one.segment.key)
    if found is not None and found.version == one.version:
        actions.keep_count(at_hand, programme_id, one, members=members, now=now)


def _seen(at_hand: Store, programme_id: str, key: str, etag: int | None) -> Saved:
    programmes.lock_lists(at_hand, programme_id)
    before = queries.one(at_hand, programme_id, key)
    if etag is not None and etag != before.version:
        raise SEGMENT_OUTDATED(expected=etag, got=before.version)
    return before


def _read(at_hand: Store, programme_id: str, key: str, says: Says, now: datetime) -> Segment:
    programme: Programme = programmes.latest(at_hand, programme_id).current(now).programme
    found = grammar.read({"key": key, "name": says.name, "if": says.condition}, programme)
    if found.value is None:
        raise _invalid(found)
    assert isinstance(found.value, Segment)
    return found.value


def _invalid(found: grammar.Reading) -> Refusal:
    first = found.problems[0]
    refusal = SEGMENT_INVALID(
        pointer=first.path or "/",
        problem=first.message,
        suggestion=first.suggestion or "see the guide to segments",
        problems=len(found.problems),
    )
    refusal.faults = tuple((one.path, one.reason, one.message) for one in found.problems)
    return refusal
