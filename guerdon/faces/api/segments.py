"""Saved segments: said, changed and taken away; how many members are in, which, and why."""

from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from guerdon.core import limits, sentences
from guerdon.core import members as members_law
from guerdon.core.grammar import segments as grammar
from guerdon.core.law import Law
from guerdon.core.programme import Programme
from guerdon.core.segments import (
    SEGMENT_INVALID,
    SEGMENT_OUTDATED,
    SEGMENT_TAKEN,
    SEGMENT_UNKNOWN,
    SEGMENTS_FULL,
    Segment,
    Verdict,
)
from guerdon.engine import segments as engine
from guerdon.faces.api import calls, members
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.faces.api.members import Members, MemberView
from guerdon.faces.api.programme import InLanguage, named
from guerdon.features.members import queries as found
from guerdon.features.programmes import queries as programmes
from guerdon.features.segments import membership, queries
from guerdon.features.segments.queries import Counted, Saved
from guerdon.kit import ids
from guerdon.kit.store import READ_TOO_LONG

Why = Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]
Conditions = Annotated[list[dict[str, Any]], Meta(min_length=1, max_length=limits.CONDITIONS_PER_RULE_MAX)]
_AGE_MAX: Final = 24 * 60 * 60


class Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"condition": "if"}):
    """What a segment shall say from now on."""

    name: dict[str, str]
    condition: Conditions
    why: Why


class NewSegment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"condition": "if"}):
    """A segment to save."""

    key: str
    name: dict[str, str]
    condition: Conditions
    why: Why


class Unsaved(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"condition": "if"}):
    """Conditions that nobody has saved."""

    condition: Conditions


class KeptCount(msgspec.Struct, frozen=True):
    """How many members were in when somebody last counted."""

    members: int
    counted_at: datetime
    age_seconds: int


class SegmentView(msgspec.Struct, frozen=True, rename={"condition": "if"}):
    """A saved segment, told as one plain sentence from the same tree that decides."""

    key: str
    name: str
    names: dict[str, str]
    condition: list[Any]
    sentence: str
    version: int
    changed_at: datetime
    changed_by: str
    why: str
    count: KeptCount | None


class Segments(msgspec.Struct, frozen=True):
    """All saved segments by key."""

    segments: tuple[SegmentView, ...]


class SegmentVersion(msgspec.Struct, frozen=True):
    """One version of a segment: who said so, when and why."""

    version: int
    taken_away: bool
    changed_at: datetime
    changed_by: str
    why: str


class SegmentVersions(msgspec.Struct, frozen=True):
    """All versions, oldest first."""

    versions: tuple[SegmentVersion, ...]


class Fresh(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How old a count may be."""

    max_age: Annotated[int, Meta(ge=0, le=_AGE_MAX)] = 0


class CountView(msgspec.Struct, frozen=True):
    """How many members are in, as of when."""

    members: int
    version: int
    counted_at: datetime
    age_seconds: int
    outdated: bool


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a segment is taken away."""

    why: Annotated[str, Meta(max_length=limits.NAME_CHARS_MAX)] = ""


class PreviewView(msgspec.Struct, frozen=True):
    """How many members conditions find, and the first of them; nothing was saved."""

    sentence: str
    members: int
    first: tuple[MemberView, ...]


class Which(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which segments of a member: those the member is in, all, or one."""

    every: bool = False
    segment: str | None = None
    language: calls.Language | None = None


class ClauseView(msgspec.Struct, frozen=True):
    """A part of a segment: what it asks, whether that is so, and what the member has of it."""

    says: str
    holds: bool
    has: str | None
    parts: tuple["ClauseView", ...]


class InSegment(msgspec.Struct, frozen=True, rename={"is_in": "in"}):
    """A segment as it is for one member."""

    key: str
    name: str
    is_in: bool
    because: ClauseView


class InSegments(msgspec.Struct, frozen=True):
    """Segments as they are for one member; only active persons are in any."""

    status: str
    segments: tuple[InSegment, ...]


def list_(call: Call, query: InLanguage) -> Reply:
    """All saved segments with what was counted last; nothing is counted."""
    rows = queries.every(call.store, call.programme_id)
    return Reply(Segments(_views(call, rows, query.language)))


def add(call: Call, body: NewSegment) -> Reply:
    """Save a segment."""
    says = engine.Says(dict(body.name), list(body.condition), _actor(call), body.why)
    saved = engine.add(programme_id=call.programme_id, key=body.key, says=says, now=call.now)
    return Reply(_view(call, saved), etag=saved.version, location=f"/v1/segments/{saved.segment.key}")


def read(call: Call, key: str, query: InLanguage) -> Reply:
    """One segment."""
    saved = queries.one(call.store, call.programme_id, key)
    return Reply(_view(call, saved, query.language), etag=saved.version)


def change(call: Call, key: str, body: Definition) -> Reply:
    """Let a segment say something else."""
    says = engine.Says(dict(body.name), list(body.condition), _actor(call), body.why)
    saved = engine.change(programme_id=call.programme_id, key=key, etag=members.seen(call), says=says, now=call.now)
    return Reply(_view(call, saved), etag=saved.version)


def take(call: Call, key: str, query: Reason) -> Reply:
    """Take a segment away; its versions stay."""
    etag = members.seen(call)
    view = _view(call, queries.one(call.store, call.programme_id, key))
    engine.take(programme_id=call.programme_id, key=key, etag=etag, actor=_actor(call), why=query.why, now=call.now)
    return Reply(view)


def list_versions(call: Call, key: str) -> Reply:
    """All versions of a segment, also of one that was taken away."""
    rows = queries.versions(call.store, call.programme_id, key)
    return Reply(SegmentVersions(tuple([SegmentVersion(r.version, r.taken_away, r.at, r.actor, r.why) for r in rows])))


def count(call: Call, key: str, query: Fresh) -> Reply:
    """How many members are in now."""
    counted, outdated = engine.count(programme_id=call.programme_id, key=key, now=call.now, seconds=query.max_age)
    return Reply(CountView(counted.members, counted.version, counted.at, _age(counted, call.now), outdated))


def list_members(call: Call, key: str, query: calls.Page) -> Reply:
    """The members who are in now, in the order of their ids."""
    saved = queries.one(call.store, call.programme_id, key)
    rows = membership.page(
        call.store, _law(call), call.programme_id, saved.segment.condition, call.now,
        after=calls.after_id(query.cursor), most=query.limit,
    )  # fmt: skip
    ends = calls.cursor(rows[-1].id) if len(rows) == query.limit else None
    return Reply(Members(members.views(call, rows), ends), next=ends)


def preview(call: Call, body: Unsaved) -> Reply:
    """How many members conditions find that nobody has saved, and the first of them."""
    tree = engine.condition(programme_id=call.programme_id, document=list(body.condition), now=call.now)
    law, most = _law(call), limits.PREVIEWED_OF_SEGMENT
    total = membership.count(call.store, law, call.programme_id, tree, call.now)
    rows = membership.page(call.store, law, call.programme_id, tree, call.now, after=ids.NIL, most=most)
    sentence = sentences.segment(Segment("", {"": "…"}, tree), law.programme, call.language)
    return Reply(PreviewView(sentence, total, members.views(call, rows)))


def of_member(call: Call, id: str, query: Which) -> Reply:
    """The segments of a member, and why the member is in or not, clause by clause."""
    member = found.get(call.store, call.programme_id, ids.read("member", id))
    told = engine.of_member(programme_id=call.programme_id, member=member, now=call.now, key=query.segment)
    programme, language = _law(call).programme, query.language or call.language
    shown = [one for one in told if one.is_in or query.every or query.segment is not None]
    return Reply(
        InSegments(
            member.status,
            tuple(
                InSegment(
                    one.saved.segment.key, named(one.saved.segment.name, programme, language), one.is_in,
                    _clause(one.because, programme, language),
                )
                for one in shown
            ),
        )
    )  # fmt: skip


def _law(call: Call) -> Law:
    return programmes.latest(call.store, call.programme_id).current(call.now)


def _actor(call: Call) -> str:
    assert call.key is not None
    return call.key.name


def _view(call: Call, saved: Saved, language: str | None = None) -> SegmentView:
    return _views(call, [saved], language)[0]


def _views(call: Call, rows: list[Saved], language: str | None) -> tuple[SegmentView, ...]:
    programme, counts = _law(call).programme, queries.counts(call.store, call.programme_id)
    spoken = language or call.language
    return tuple(
        SegmentView(
            key=one.segment.key,
            name=named(one.segment.name, programme, spoken),
            names=one.segment.name,
            condition=grammar.write(one.segment.condition, programme),
            sentence=sentences.segment(one.segment, programme, spoken),
            version=one.version,
            changed_at=one.at,
            changed_by=one.actor,
            why=one.why,
            count=_kept(counts.get(one.segment.key), one, call.now),
        )
        for one in rows
    )


def _kept(counted: Counted | None, saved: Saved, now: datetime) -> KeptCount | None:
    """What was counted last, unless the segment says something else by now."""
    if counted is None or counted.version != saved.version:
        return None
    return KeptCount(counted.members, counted.at, _age(counted, now))


def _age(counted: Counted, now: datetime) -> int:
    return max(0, int((now - counted.at).total_seconds()))


def _clause(verdict: Verdict, programme: Programme, language: str) -> ClauseView:
    says, has = sentences.clause(verdict, programme, language)
    parts = tuple([_clause(one, programme, language) for one in verdict.parts])
    return ClauseView(says, verdict.holds, has or None, parts)


_SAID: Final = (SEGMENT_INVALID, programmes.PROGRAMME_UNPUBLISHED)
_ONE: Final = (SEGMENT_UNKNOWN, programmes.PROGRAMME_UNPUBLISHED)
_STATE: Final = (SEGMENT_OUTDATED, members.ETAG_MISSING, members.ETAG_INVALID)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/segments", "segments:read", list_, "List saved segments", Segments, query=InLanguage,
        refuses=(programmes.PROGRAMME_UNPUBLISHED,), tag="Segments",
    ),
    Endpoint(
        "POST", "/v1/segments", "segments:write", add, "Save a segment", SegmentView, takes=NewSegment, status=201,
        refuses=(*_SAID, SEGMENT_TAKEN, SEGMENTS_FULL), etag=True, tag="Segments",
        about="`if` is a list of conditions, all of which must hold, written as in a programme file: `segment`, "
        "`tier`, `attribute`, `joined`, `last`, `days_since`, `counter`, `balance`, `birthday_month`, `voucher`, "
        "and `all`, `any`, `not` of them.",
    ),
    Endpoint(
        "POST", "/v1/segments/preview", "segments:read", preview, "Try conditions", PreviewView, takes=Unsaved,
        refuses=(*_SAID, READ_TOO_LONG), tag="Segments",
    ),
    Endpoint(
        "GET", "/v1/segments/{key}", "segments:read", read, "Read a segment", SegmentView, query=InLanguage,
        refuses=_ONE, etag=True, tag="Segments",
    ),
    Endpoint(
        "PUT", "/v1/segments/{key}", "segments:write", change, "Change a segment", SegmentView, takes=Definition,
        refuses=(*_ONE, SEGMENT_INVALID, *_STATE), etag=True, tag="Segments",
        about="The header If-Match must hold the ETag of the state that was read, or `*`.",
    ),
    Endpoint(
        "DELETE", "/v1/segments/{key}", "segments:write", take, "Take a segment away", SegmentView, query=Reason,
        refuses=(*_ONE, *_STATE), tag="Segments",
        about="The header If-Match must hold the ETag of the state that was read, or `*`. The versions stay.",
    ),
    Endpoint(
        "GET", "/v1/segments/{key}/versions", "segments:read", list_versions, "List the versions of a segment",
        SegmentVersions, refuses=(SEGMENT_UNKNOWN,), tag="Segments",
    ),
    Endpoint(
        "GET", "/v1/segments/{key}/count", "segments:read", count, "Count the members of a segment", CountView,
        query=Fresh, refuses=(*_ONE, READ_TOO_LONG), tag="Segments",
        about="Counted now, unless it was within the last `max_age` seconds. Where counting takes too long the last "
        "count is told, with its age, as `outdated`.",
    ),
    Endpoint(
        "GET", "/v1/segments/{key}/members", "members:list", list_members, "List the members of a segment",
        Members, query=calls.Page, refuses=(*_ONE, calls.CURSOR_INVALID, READ_TOO_LONG), tag="Segments",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/segments", "segments:read", of_member, "Tell why a member is in segments", InSegments,
        query=Which, refuses=(*_ONE, members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED), noun="member", tag="Segments",
    ),
)  # fmt: skip
