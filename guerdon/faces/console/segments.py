"""Saved segments in the console: how many members are in, who, what each has said, and why somebody is in or not."""

from typing import Final

import msgspec
from django.http import HttpResponse
from django.shortcuts import render

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.engine import segments as engine
from guerdon.faces import posted, tables
from guerdon.faces.api import segments as api
from guerdon.faces.api.calls import Page as Part
from guerdon.faces.api.calls import Spreadsheet
from guerdon.faces.api.members import MemberView
from guerdon.faces.api.privacy import DOWNLOAD_TOO_LARGE
from guerdon.faces.api.segments import ClauseView, SegmentView
from guerdon.faces.asking import ask, reply
from guerdon.faces.console import frame, meanwhile, member, members, segment_form
from guerdon.faces.design.shapes import Cell, Column, Paging, Row
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.visits import Page, Visit
from guerdon.kit.store import READ_TOO_LONG

_AREA: Final = "console.segments"
_ROWS: Final = 25
_FRESH_SECONDS: Final = 60  # a count that is no older is shown as it is


class Listed(msgspec.Struct, frozen=True):
    """A segment in the list: what it says, how many are in, and how long ago that was counted."""

    key: str
    name: str
    sentence: str
    count: str
    age: str
    waits: bool = False  # nobody has counted it yet: the page asks for it once it is seen


class Clause(msgspec.Struct, frozen=True):
    """A part of a segment for one member."""

    says: str
    holds: bool
    has: str
    parts: "tuple[Clause, ...]"


def list_(visit: Visit) -> HttpResponse:
    """All segments as they were last counted; the page itself asks for those that nobody has counted yet."""
    pen = Pen(visit)
    found = tuple([_listed(visit, pen, one, one.count) for one in ask(visit, api.list_).segments])
    context = {"found": found, "saves": visit.may("segments:write")}
    return frame.page(visit, "console/segments.html", context, area=_AREA)


def count(visit: Visit, key: str) -> HttpResponse:
    """How many are in a segment, as a piece of the list."""
    saved, pen = ask(visit, api.read, key), Pen(visit)
    listed = _listed(visit, pen, saved, _count(visit, key, seconds=_FRESH_SECONDS))
    return render(visit.request, "console/count.html", {"one": msgspec.structs.replace(listed, waits=False)})


def _count(visit: Visit, key: str, *, seconds: int) -> api.KeptCount | None:
    """How many are in; None where that takes too long."""
    try:
        told = ask(visit, api.count, key, query=api.Fresh(max_age=seconds))
    except Refusal as refusal:
        if refusal.kind is READ_TOO_LONG:
            return None
        raise
    return api.KeptCount(told.members, told.counted_at, told.age_seconds)


def _listed(visit: Visit, pen: Pen, one: SegmentView, count: api.KeptCount | None) -> Listed:
    many = "–" if count is None else pen.number(count.members)
    age = "" if count is None else _age(visit, pen, count.age_seconds)
    return Listed(one.key, one.name, one.sentence, many, age, waits=count is None)


def _age(visit: Visit, pen: Pen, seconds: int) -> str:
    """How long ago it was counted, in the largest unit that fits."""
    for size, noun in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return visit.say("segments.ago", long=pen.tongue.counted(seconds // size, noun))
    return visit.say("segments.now")


def one(visit: Visit, key: str) -> HttpResponse:
    """A segment: its sentence, a fresh count, its members, and all that it ever said."""
    return _one(visit, key)


def _one(visit: Visit, key: str, fault: str = "", status: int = 200) -> HttpResponse:
    saved, pen = ask(visit, api.read, key), Pen(visit)
    listed = _listed(visit, pen, saved, _count(visit, key, seconds=_FRESH_SECONDS))
    rows: tuple[Row, ...] = ()
    cursor = None
    if visit.may("profiles:read"):
        page = ask(visit, api.list_members, key, query=Part(limit=_ROWS, cursor=visit.request.GET.get("cursor")))
        rows, cursor = members.rows(visit, page.members), page.next
    heads = ("version", "when", "who_said", "why")
    versions = [
        Row(
            (
                Cell(str(each.version)),
                Cell(pen.moment(each.changed_at)),
                Cell(each.changed_by),
                Cell(visit.say("segments.taken_away") + f" {each.why}" if each.taken_away else each.why),
            )
        )
        for each in reversed(ask(visit, api.list_versions, key).versions)
    ]
    context = {
        "saved": saved, "listed": listed, "columns": members.columns(visit), "rows": rows, "fault": fault,
        "paging": Paging("", later=f"?cursor={cursor}") if cursor else None, "versions": versions,
        "heads": tuple([Column(visit.say(f"segments.{name}")) for name in heads]),
        "crumbs": segment_form.crumbs(visit), "saves": visit.may("segments:write"),
        "exports": visit.may("profiles:read"),
    }  # fmt: skip
    return frame.page(visit, "console/segment.html", context, area=_AREA, status=status)


def export(visit: Visit, key: str) -> HttpResponse:
    """All members of a segment as a table for a spreadsheet. Who takes it stands in the book."""
    rows: list[tuple[str, ...]] = []
    cursor: str | None = None
    while cursor is not None or not rows:
        page = ask(visit, api.list_members, key, query=Part(limit=limits.PAGE_ROWS_MAX, cursor=cursor))
        rows += [_line(one) for one in page.members]
        if len(rows) > limits.DOWNLOAD_ROWS_MAX:
            raise DOWNLOAD_TOO_LARGE(most=limits.DOWNLOAD_ROWS_MAX)
        cursor = page.next
        if cursor is None:
            break
    engine.taken_out(programme_id=visit.programme_id, key=key, members=len(rows), by=visit.actor, now=visit.now)
    heads = ("id", "name", "email", "phone", "external_id", "card", "enrolled_at")
    return frame.table(Spreadsheet(tables.write(heads, rows), f"segment-{key}.csv"))


def _line(one: MemberView) -> tuple[str, ...]:
    person = one.person
    known = ("", "", "") if person is None else (person.name or "", person.email or "", person.phone or "")
    return (one.id, *known, " ".join(one.external_ids), " ".join(one.cards), f"{one.enrolled_at:%Y-%m-%d}")


def take(visit: Visit, key: str) -> HttpResponse:
    """Ask whether it is really meant, then take a segment away; its versions stay."""
    saved = ask(visit, api.read, key)
    if not visit.is_sure:
        asked = Question(
            visit.say("segments.take_sure", name=saved.name), visit.say("segments.take"),
            visit.to("console.segment", key), visit.say("segments.take_about"), "danger", _AREA,
            crumbs=segment_form.crumbs(visit, saved),
        )  # fmt: skip
        return visit.sure(asked)
    try:
        reply(visit, api.take, key, query=api.Reason(), etag=meanwhile.seen(visit, saved.version))
    except Refusal as refusal:
        return _one(visit, key, posted.fault(refusal), status=422)
    return visit.done(visit.say("segments.taken"), "console.segments")


def of_member(visit: Visit, id: str) -> HttpResponse:
    """Every segment for one member: whether the member is in, and why, clause by clause."""
    found = member.read(visit, id)
    told = ask(visit, api.of_member, found.id, query=api.Which(every=True)).segments
    ordered = sorted(told, key=lambda one: not one.is_in)
    context = {"found": tuple([(one, _clause(one.because)) for one in ordered])}
    return member.page(visit, found, "console.segments_of", "console/member_segments.html", context)


def _clause(one: ClauseView) -> Clause:
    return Clause(one.says, one.holds, one.has or "", tuple([_clause(part) for part in one.parts]))


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/segments/", "segments:read", list_, "console.segments"),
    *segment_form.PAGES,
    Page("console/<slug:programme>/segments/<slug:key>", "segments:read", one, "console.segment"),
    Page("console/<slug:programme>/segments/<slug:key>/count", "segments:read", count, "console.segment_count"),
    Page("console/<slug:programme>/segments/<slug:key>/members.csv", "segments:read", export, "console.segment_csv"),
    Page(
        "console/<slug:programme>/segments/<slug:key>/take", "segments:write", take, "console.segment_take", ("POST",)
    ),
    Page("console/<slug:programme>/members/<str:id>/segments", "segments:read", of_member, "console.segments_of"),
)
