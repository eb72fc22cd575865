"""Staff in the console: who works here, invited, given another role, let go."""

from typing import Final

import msgspec
from django.contrib import messages
from django.http import HttpResponse

from guerdon.core import rights
from guerdon.core.errors import Refusal
from guerdon.faces import posted
from guerdon.faces.api import staff as api
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, meanwhile
from guerdon.faces.design.shapes import Choice, Link
from guerdon.faces.visits import Page, Visit
from guerdon.features.users import queries as users
from guerdon.kit import ids


class Again(msgspec.Struct, frozen=True):
    """A form of a person that waits until what others did is seen: where it is sent, with what, and its button."""

    to: str
    role: str
    reason: str
    seen: str
    yes: str


def show(visit: Visit) -> HttpResponse:
    """Who works here, who is invited, and the form to invite."""
    return _show(visit, {}, {})


def invite(visit: Visit) -> HttpResponse:
    """Invite somebody: by a letter, or by a link that is shown this once."""
    said = visit.request.POST.dict()
    try:
        body = posted.read(visit.request, api.NewStaffInvitation)
        known = [one for one in ask(visit, api.list_).staff if one.ended_at is None and _same(one.email, body.email)]
        if known:
            return _show(visit, said, {}, status=422, others={"known": _known(visit, known[0])})
        made = ask(visit, api.invite, body=body)
    except Refusal as refusal:
        return _show(visit, said, posted.faults(refusal), status=422)
    if made.sent:
        told = visit.say("console_house.invited", name=body.name)
        told += f" {visit.say('console_house.invited_anew')}" if made.replaced else ""
        return visit.done(told, "console.staff")
    if made.replaced:
        messages.info(visit.request, visit.say("console_house.invited_anew"))
    link = visit.request.build_absolute_uri(made.link)
    return _show(visit, {}, {}, link=(link, made.expires_at))


def _same(address: str, typed: str) -> bool:
    return address.strip().casefold() == typed.strip().casefold()


def _known(visit: Visit, one: api.StaffView) -> Link:
    """Who is asked for and works here already, with the way to where their role is changed."""
    told = visit.say("console_house.works_here", name=one.name, role=visit.say(f"signin.as_{one.role}"))
    return Link(told, f"#{one.id}")


def change(visit: Visit, id: str) -> HttpResponse:
    """Give somebody another role."""
    try:
        ask(visit, api.change, id, body=posted.shaped(_said(visit), api.RoleChange))
    except Refusal as refusal:
        return _again(visit, id, refusal, "console.staff_role")
    return visit.done(visit.say("console_house.role_changed"), "console.staff")


def end(visit: Visit, id: str) -> HttpResponse:
    """Let somebody go."""
    try:
        said = {name: text for name, text in _said(visit).items() if name != "role"}
        gone = ask(visit, api.end, id, body=posted.shaped(said, api.Farewell))
    except Refusal as refusal:
        return _again(visit, id, refusal, "console.staff_end")
    text = visit.say("console_house.gone", name=gone.name)
    return visit.done(text, "console.account" if gone.id == _own(visit) else "console.staff")


def _said(visit: Visit) -> dict[str, str]:
    """What the form of a person says, of the role that was looked at last."""
    form = visit.request.POST
    told = {name: str(form.get(name, "")).strip() for name in ("role", "reason")}
    seen = str(form.get(meanwhile.OVER) or form.get("seen", ""))
    return {name: text for name, text in (told | {"seen": seen}).items() if text}


def _again(visit: Visit, id: str, refusal: Refusal, page: str) -> HttpResponse:
    """The page with what was refused; where somebody else was faster, with the form once more over what they did."""
    if refusal.kind is not users.STAFF_CHANGED:
        return _show(visit, {}, posted.faults(refusal), status=422)
    one = users.one(visit.store, visit.programme_id, ids.read("user", id))
    if one.ended_at is not None:
        return _show(visit, {}, {"": visit.say("console_house.gone", name=one.name)}, status=422)
    told = meanwhile.in_staff(visit, one, visit.say(f"signin.as_{one.role}"))
    form = visit.request.POST
    role = str(form.get("role", ""))
    yes = visit.say("console_house.let_go")
    if page == "console.staff_role":
        yes = f"{visit.say('console_house.change_role')}: {visit.say(f'signin.as_{role}')}"
    again = Again(visit.to(page, id), role, str(form.get("reason", "")), str(form.get("seen", "")), yes)
    return _show(visit, {}, {}, status=422, others={"meanwhile": told, "again": again})


def withdraw(visit: Visit, id: str) -> HttpResponse:
    """Take an invitation back."""
    try:
        ask(visit, api.withdraw, id)
    except Refusal as refusal:
        return _show(visit, {}, posted.faults(refusal), status=422)
    return visit.done(visit.say("console_house.withdrawn"), "console.staff")


def _own(visit: Visit) -> str:
    return ids.show("user", visit.user_id or ids.NIL)


def _show(
    visit: Visit,
    said: dict[str, str],
    faults: dict[str, str],
    link: tuple[str, object] | None = None,
    status: int = 200,
    others: dict[str, object] | None = None,
) -> HttpResponse:
    found = ask(visit, api.list_).staff
    roles = [Choice(role, visit.say(f"signin.as_{role}")) for role in rights.STAFF if rights.of(role) <= visit.rights]
    named = {role: visit.say(f"signin.as_{role}") for role in rights.STAFF}
    context = {
        "persons": [(one, named[one.role]) for one in found if one.ended_at is None],
        "former": [(one, named[one.role]) for one in found if one.ended_at is not None],
        "invited": [(one, named[one.role]) for one in ask(visit, api.invitations).invitations],
        "roles": roles, "choices": (Choice("", visit.say("console_house.choose_role")), *roles), "said": said,
        "faults": faults | {"general": faults.get("", "")}, "own": _own(visit), "link": link, **(others or {}),
    }  # fmt: skip
    return frame.page(visit, "console/staff.html", context, area="console.staff", status=status)


_AT: Final = "console/<slug:programme>/staff/"
PAGES: Final[tuple[Page, ...]] = (
    Page(_AT, "staff:write", show, "console.staff"),
    Page(_AT, "staff:write", invite, "console.staff", ("POST",), fresh=True),
    Page(f"{_AT}<str:id>/role", "staff:write", change, "console.staff_role", ("POST",), fresh=True),
    Page(f"{_AT}<str:id>/end", "staff:write", end, "console.staff_end", ("POST",), fresh=True),
    Page(f"{_AT}invitations/<str:id>/withdraw", "staff:write", withdraw, "console.uninvite", ("POST",), fresh=True),
)
