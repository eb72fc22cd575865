"""Members in the console: searched, found by a segment, listed a page at a time, and enrolled."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

import msgspec
from django.http import HttpResponse

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.core.members import MEMBER_UNKNOWN
from guerdon.faces import posted, web, welcomes
from guerdon.faces.api import activities, segments
from guerdon.faces.api import members as api
from guerdon.faces.api.calls import Page as Part
from guerdon.faces.api.members import MemberView
from guerdon.faces.asking import ask
from guerdon.faces.console import forms, frame, people
from guerdon.faces.console.forms import Field
from guerdon.faces.design.guide import LANGUAGES
from guerdon.faces.design.shapes import Cell, Choice, Column, Link, Paging, Row, Sign
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.insight import roll
from guerdon.insight.roll import Glance, Who
from guerdon.kit import ids

_ROWS: Final = 25
_ID: Final = "mem_"  # how ids of members begin
SIGNS: Final[dict[str, Sign]] = {"active": "good", "blocked": "bad", "closed": "", "erased": "", "merged": ""}


class Bought(msgspec.Struct, frozen=True):
    """A purchase that a number leads to: whose, what it was, and where it stands."""

    name: str
    about: str
    address: str


def list_(visit: Visit) -> HttpResponse:
    """All members, those whom a text finds or the number of a receipt, or those of a segment."""
    asked = visit.request.GET
    q, segment, cursor = asked.get("q", "").strip(), asked.get("segment", ""), asked.get("cursor")
    context: dict[str, object] = {"q": q, "segment": segment, "enrols": visit.may("members:enrol")}
    saved = ask(visit, segments.list_).segments if visit.may("segments:read") else ()
    try:
        if segment and not q:
            found = ask(visit, segments.list_members, segment, query=Part(limit=_ROWS, cursor=cursor))
        else:
            found = _found(visit, q, cursor)
    except Refusal as refusal:
        context |= {"fault": posted.fault(refusal), "rows": (), "columns": ()}
    else:
        query = {"q": q, "segment": "" if q else segment, "cursor": found.next}
        more = urlencode({name: value for name, value in query.items() if value})
        context |= {
            "columns": columns(visit), "rows": rows(visit, found.members),
            "paging": Paging("", later=f"?{more}") if found.next else None,
        }  # fmt: skip
    context["bought"] = _bought(visit, q) if q else ()
    everybody = Choice("", visit.say("members.everybody"))
    context["choices"] = (everybody, *[Choice(one.key, one.name) for one in saved])
    return frame.page(visit, "console/members.html", context, area="console.members")


def _found(visit: Visit, q: str, cursor: str | None) -> api.Members:
    """Those whom a text finds, all where there is none; what nobody can be called finds nobody."""
    if q.startswith(_ID):
        try:
            one = ask(visit, api.read, q)
        except Refusal as refusal:
            if refusal.kind not in (MEMBER_UNKNOWN, ids.ID_MALFORMED):
                raise
            return api.Members((), None)
        return api.Members((one,), None)
    if len(q) > limits.IDENTIFIER_CHARS_MAX or not q.isprintable():
        return api.Members((), None)
    found: api.Members = ask(visit, api.list_, query=api.Search(q=q or None, limit=_ROWS, cursor=cursor))
    return found


def _bought(visit: Visit, number: str) -> tuple[Bought, ...]:
    """The purchases of a receipt's number, whoever's they are."""
    if not visit.may("profiles:read") or len(number) > limits.IDENTIFIER_CHARS_MAX or not number.isprintable():
        return ()
    found = [
        one.activity for one in ask(visit, activities.list_, query=activities.Listing(external_id=number)).activities
    ]
    called, pen = people.names(visit, [one.member for one in found], "console.members"), Pen(visit)
    return tuple(
        [
            Bought(
                called[one.member],
                " · ".join(
                    [
                        *([] if one.total is None else [pen.money(one.total.amount, one.total.currency)]),
                        pen.moment(one.occurred_at),
                        pen.word("store", one.store) or one.source,
                    ]
                ),
                visit.to("console.timeline", one.member),
            )
            for one in found
        ]
    )


def columns(visit: Visit) -> tuple[Column, ...]:
    """The heads of a table of members."""
    named = ("name", "tier", "balance", "seen", "since")
    return tuple([Column(visit.say(f"members.{one}"), end=one == "balance") for one in named])


def rows(visit: Visit, found: Sequence[MemberView]) -> tuple[Row, ...]:
    """Members as rows of a table, with what of each is known at a glance."""
    pen = Pen(visit)
    who = [
        Who(ids.read("member", one.id), ids.read("member", one.household or one.id), one.attributes) for one in found
    ]
    known = roll.glances(visit.store, visit.book.current(visit.now), visit.programme_id, who, visit.now)
    return tuple([_row(visit, pen, one, known[ids.read("member", one.id)]) for one in found])


def _row(visit: Visit, pen: Pen, one: MemberView, known: Glance) -> Row:
    unit = main_unit(visit)
    state = "" if one.status == "active" else f" · {visit.say(f'members.status_{one.status}')}"
    seen = visit.say("members.never") if known.last_seen is None else pen.day(known.last_seen)
    return Row(
        (
            Cell(f"{name(one)}{state}"),
            Cell(tiers(visit, pen, known.tiers)),
            Cell(pen.points(known.available.get(unit, 0), unit) if unit else ""),
            Cell(seen),
            Cell(pen.day(one.enrolled_at)),
        ),
        visit.to("console.member", one.id),
    )


def name(one: MemberView) -> str:
    """What to call a member: the name, or else the first identifier there is."""
    if one.person is not None and one.person.name:
        return one.person.name
    return next(iter((*one.external_ids, *one.cards)), one.id)


def tiers(visit: Visit, pen: Pen, keys: frozenset[str]) -> str:
    """Tiers by the names that the programme has for them, ladder by ladder."""
    levels = [level for ladder in visit.programme.tiers for level in ladder.levels if level.key in keys]
    return ", ".join([pen.tongue.named(one.name) for one in levels])


def main_unit(visit: Visit) -> str:
    """The unit that members think of first: the first that can be spent, else the first."""
    units = visit.programme.units
    return next((code for code, one in units.items() if one.spendable), next(iter(units), ""))


def new(visit: Visit) -> HttpResponse:
    """The form to enrol somebody."""
    return _new(visit, forms.empty(*_fields(visit)))


def enrol(visit: Visit) -> HttpResponse:
    """Enrol a member, once however often the form is sent."""
    try:
        body = posted.read(visit.request, api.NewMember)
        known = body.person
        if not (body.cards or body.external_ids or (known and (known.name or known.email or known.phone))):
            raise web.VALUE_REFUSED(pointer="/person/name", reason="nobody_named", hint="")
        made = ask(visit, api.enrol, body=body, token=posted.token(visit.request))
    except Refusal as refusal:
        return _new(visit, forms.filled(visit, *_fields(visit), refusal=refusal), status=422)
    gift = welcomes.told(visit, ids.read("member", made.id), "console")
    said = "members.enrolled_gift" if gift else "members.enrolled"
    return visit.done(visit.say(said, name=name(made), gift=gift), "console.member", made.id)


def _new(visit: Visit, form: forms.Form, status: int = 200) -> HttpResponse:
    context = {
        "form": form, "title": visit.say("members.enrol"), "about": visit.say("members.enrol_about"),
        "crumbs": crumbs(visit), "action": visit.to("console.enrol"), "yes": visit.say("members.enrol"),
        "icon": "user-plus", "back": visit.to("console.members"), "token": visit.request.POST.get(posted.TOKEN),
    }  # fmt: skip
    return frame.page(visit, "console/form.html", context, area="console.members", status=status)


def crumbs(visit: Visit) -> tuple[Link, ...]:
    """The way to what lies below the list."""
    return (Link(visit.say("console.members"), visit.to("console.members")),)


def _fields(visit: Visit) -> tuple[Field, ...]:
    def say(key: str) -> str:
        return visit.say(f"members.{key}")

    languages = tuple([Choice(code, title) for code, title in LANGUAGES.items()])
    return (
        Field("person.name", say("name")),
        Field("person.email", say("email"), "email"),
        Field("person.phone", say("phone"), "tel", say("phone_hint")),
        Field("person.birthday", say("birthday"), "date"),
        Field("person.language", say("language"), "select", choices=languages, value=visit.language),
        Field("cards[]", say("card")),
        Field("external_ids[]", say("external_id"), hint=say("external_id_hint")),
    )


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/members/", "segments:read", list_, "console.members"),
    Page("console/<slug:programme>/enrol", "members:enrol", new, "console.enrol"),
    Page("console/<slug:programme>/enrol", "members:enrol", enrol, "console.enrol_do", methods=("POST",)),
)
