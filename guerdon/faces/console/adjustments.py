"""Points given and taken by hand: tried first, with what one person may do; large ones wait for another."""

from typing import Final, Literal

import msgspec
from django.http import HttpResponse

from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.faces import posted, typed
from guerdon.faces.api import adjustments as api
from guerdon.faces.api import balances
from guerdon.faces.api.adjustments import RecordedAdjustment
from guerdon.faces.api.calls import Trial
from guerdon.faces.api.members import MemberView
from guerdon.faces.asking import ask
from guerdon.faces.console import forms, frame, member, members
from guerdon.faces.console.forms import Field
from guerdon.faces.design.shapes import Choice, Fact
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.visits import Page, Visit
from guerdon.kit import ids

_SOURCE: Final = "console"


class Adjusting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the form says."""

    way: Literal["give", "take"]
    points: str
    unit: str
    reason: str
    note: str = ""


def form(visit: Visit, id: str) -> HttpResponse:
    """The form, and what one person may do alone."""
    found = member.read(visit, id)
    return _form(visit, found, forms.empty(*_fields(visit)))


def make(visit: Visit, id: str) -> HttpResponse:
    """Show what it comes to, then do it: once, however often the form is sent."""
    found = member.read(visit, id)
    token = posted.token(visit.request) if visit.is_sure else ids.new()  # what is tried was never told before
    try:
        wanted = posted.read(visit.request, Adjusting)
        steps = typed.points(visit, wanted.points, wanted.unit)  # whether it is given or taken says the choice above
        body = api.NewAdjustment(
            Member(id=found.id), wanted.unit, steps if wanted.way == "give" else -steps, wanted.reason, token, _SOURCE,
            wanted.note,
        )  # fmt: skip
        if not visit.is_sure:
            tried = ask(visit, api.make, query=Trial(dry_run=True), body=body)
            return _ask(visit, found, tried, token)
        done = ask(visit, api.make, query=Trial(), body=body, token=token)
    except Refusal as refusal:
        return _form(visit, found, forms.filled(visit, *_fields(visit), refusal=refusal), status=422)
    key = "adjust_waits" if done.adjustment.state == "waiting" else "adjusted"
    return visit.done(visit.say(f"acts.{key}"), "console.member", found.id)


def _ask(visit: Visit, found: MemberView, tried: RecordedAdjustment, token: str) -> HttpResponse:
    """What there is, what there will be, and whether somebody else must agree."""
    pen, told = Pen(visit), tried.adjustment
    has = {one.unit: one for one in ask(visit, balances.read, found.id).balances}[told.unit]
    repaid = sum(one.points for one in tried.decision.repaid if one.unit == told.unit)
    after = has.available + told.points - repaid
    sign = "+" if told.points > 0 else "−"
    facts = [
        Fact(visit.say("acts.change"), f"{sign}{pen.points(abs(told.points), told.unit)}"),
        Fact(visit.say("acts.before"), pen.points(has.available, told.unit)),
        Fact(visit.say("acts.after"), pen.points(after, told.unit)),
    ]
    if repaid:
        facts.append(Fact(visit.say("acts.repaid"), pen.points(repaid, told.unit)))
    warnings = (visit.say("acts.second"),) if told.state == "waiting" else ()
    asked = Question(
        visit.say("acts.adjust_sure", name=members.name(found)), visit.say("acts.adjust_yes"),
        visit.to("console.member", found.id), visit.say("acts.because", reason=_reason(visit, pen, told.reason)), "",
        "console.members", tuple(facts), warnings, crumbs=member.crumbs(visit, found),
    )  # fmt: skip
    return visit.sure(asked, token=token)


def _reason(visit: Visit, pen: Pen, code: str) -> str:
    known = visit.programme.adjustments.reasons.get(code)
    return code if known is None else pen.tongue.named(known.name)


def _form(visit: Visit, found: MemberView, shown: forms.Form, status: int = 200) -> HttpResponse:
    pen = Pen(visit)
    alone = visit.programme.adjustments.approve_above
    notes = tuple([visit.say("acts.alone", points=pen.points(most, unit)) for unit, most in alone.items()])
    has = ask(visit, balances.read, found.id).balances
    facts = tuple(
        [Fact(pen.tongue.unit(visit.programme.unit(one.unit)), pen.number(one.available, one.unit)) for one in has]
    )
    context = {
        "form": shown, "title": visit.say("member.adjust"), "about": members.name(found), "notes": notes,
        "facts": facts, "crumbs": member.crumbs(visit, found), "action": visit.to("console.adjust", found.id),
        "yes": visit.say("acts.try"), "icon": "eye", "back": visit.to("console.member", found.id),
        "token": visit.request.POST.get(posted.TOKEN),
    }  # fmt: skip
    return frame.page(visit, "console/form.html", context, area="console.members", status=status)


def _fields(visit: Visit) -> tuple[Field, ...]:
    pen, programme = Pen(visit), visit.programme
    units = tuple([Choice(code, pen.tongue.unit(one)) for code, one in programme.units.items()])
    reasons = tuple([Choice(code, pen.tongue.named(one.name)) for code, one in programme.adjustments.reasons.items()])
    ways = forms.choices(visit, "acts.way", "give", "take")
    return (
        Field("way", visit.say("acts.way"), "choices", value="give", choices=ways),
        Field("points", visit.say("acts.points"), "number"),
        Field("unit", visit.say("acts.unit"), "select", value=members.main_unit(visit), choices=units),
        Field("reason", visit.say("acts.reason"), "select" if reasons else "text", choices=reasons),
        Field("note", visit.say("acts.note"), "area", visit.say("acts.note_hint")),
    )  # fmt: skip


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/members/<str:id>/adjust", "adjustments:write", form, "console.adjust"),
    Page("console/<slug:programme>/members/<str:id>/adjust", "adjustments:write", make, "console.adjust_do", ("POST",)),
)
