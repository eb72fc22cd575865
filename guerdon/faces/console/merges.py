"""Two members become one, and two again, each after a look at all that would move."""

from collections.abc import Callable
from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guerdon.core import sentences
from guerdon.core.conditions import Scalar
from guerdon.core.errors import Refusal
from guerdon.core.rights import Right
from guerdon.faces import posted
from guerdon.faces.api import merges as api
from guerdon.faces.api.calls import Trial
from guerdon.faces.api.members import MemberView
from guerdon.faces.api.merges import MergeView
from guerdon.faces.asking import ask
from guerdon.faces.console import forms, frame, member, members, people
from guerdon.faces.console.forms import Field
from guerdon.faces.design.shapes import Fact, Link
from guerdon.faces.show import Pen
from guerdon.faces.sure import Lines, Question
from guerdon.faces.visits import Page, Visit

_NEEDS: Final[Right] = "adjustments:write"  # points pass from one to another: no cashier makes them their own by it


class Merging(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is merged into the member, by any identifier."""

    goes: str


def form(visit: Visit, id: str) -> HttpResponse:
    """Who shall be merged, and who has been."""
    return _form(visit, member.read(visit, id), forms.empty(*_fields(visit)))


def join(visit: Visit, id: str) -> HttpResponse:
    """Show all that would pass, then merge."""
    return _run(visit, id, api.join, "merge")


def part(visit: Visit, id: str) -> HttpResponse:
    """Show all that would go back, then undo a merge."""
    return _run(visit, id, api.part, "unmerge")


def _run(visit: Visit, id: str, run: Callable[..., Any], deed: str) -> HttpResponse:
    found = member.read(visit, id)
    try:
        wanted = posted.read(visit.request, Merging)
        body = api.Merger(people.known(visit, wanted.goes))
        if not visit.is_sure:
            return _ask(visit, found, ask(visit, run, found.id, query=Trial(dry_run=True), body=body), deed)
        ask(visit, run, found.id, query=Trial(), body=body, token=posted.token(visit.request))
    except Refusal as refusal:
        return _form(visit, found, forms.filled(visit, *_fields(visit), refusal=refusal), status=422)
    return visit.done(visit.say(f"acts.{deed}_done"), "console.member", found.id)


def _ask(visit: Visit, found: MemberView, tried: MergeView, deed: str) -> HttpResponse:
    pen = Pen(visit)
    facts: list[Fact] = []
    for one in tried.passed:
        facts.append(Fact(visit.say("acts.passes"), pen.points(one.points, one.unit)))
        if one.debt:
            facts.append(Fact(visit.say("acts.debt"), pen.points(one.debt, one.unit)))
    profile = tried.profile
    names = [
        f"{frame.known(visit, f'acts.identifier_{one.kind}', one.kind)}: {one.number}" for one in tried.identifiers
    ]
    clashes = [
        f"{member.called(pen, one.name)}: {_value(visit, one.name, one.kept)} ({_value(visit, one.name, one.given_up)})"
        for one in profile.conflicts
    ]
    filled = [
        *[frame.known(visit, f"members.{one}", one) for one in profile.person],
        *[member.called(pen, one) for one in profile.attributes],
        *[sentences.word("segment", one, visit.programme, visit.language) for one in profile.segments],
    ]
    lists = (
        Lines(visit.say("acts.identifiers"), tuple(names)),
        Lines(visit.say("acts.filled"), tuple(filled)),
        Lines(visit.say("acts.conflicts"), tuple(clashes)),
    )
    asked = Question(
        visit.say(f"acts.{deed}_sure", name=members.name(found), other=tried.merged), visit.say(f"acts.{deed}_yes"),
        visit.to("console.member", found.id), visit.say(f"acts.{deed}_about"), "", "console.members", tuple(facts),
        lists=lists, crumbs=member.crumbs(visit, found),
    )  # fmt: skip
    return visit.sure(asked)


def _value(visit: Visit, name: str, value: Scalar) -> str:
    return sentences.value(name, value, visit.programme, visit.language)


def _form(visit: Visit, found: MemberView, shown: forms.Form, status: int = 200) -> HttpResponse:
    context = {
        "form": shown, "found": found, "title": visit.say("member.merge"), "crumbs": member.crumbs(visit, found),
        "about": visit.say("acts.merge_into", name=members.name(found)), "yes": visit.say("acts.try"),
        "action": visit.to("console.merge", found.id), "back": visit.to("console.member", found.id),
        "merged": tuple([Link(one, visit.to("console.unmerge", found.id)) for one in found.merged]),
        "icon": "eye",
    }  # fmt: skip
    return frame.page(visit, "console/merge.html", context, area="console.members", status=status)


def _fields(visit: Visit) -> tuple[Field, ...]:
    return (Field("goes", visit.say("acts.goes"), hint=visit.say("acts.goes_hint")),)


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/members/<str:id>/merge", _NEEDS, form, "console.merge"),
    Page("console/<slug:programme>/members/<str:id>/merge", _NEEDS, join, "console.merge_do", ("POST",)),
    Page("console/<slug:programme>/members/<str:id>/unmerge", _NEEDS, part, "console.unmerge", ("POST",)),
)
