"""What is done with a member in one step: blocked, let in again, codes or a wait ended, pages looked at."""

from typing import Annotated, Final, Literal

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.core.rights import Right
from guerdon.engine import enrolment, viewing
from guerdon.faces import posted, visits
from guerdon.faces.api import address_waits, rotating_codes
from guerdon.faces.api.members import MemberView
from guerdon.faces.asking import ask
from guerdon.faces.console import forms, frame, member, members
from guerdon.faces.console.forms import Field
from guerdon.faces.visits import Page, Visit
from guerdon.kit import ids

Act = Literal["block", "unblock", "revoke", "lift", "view"]
_KINDS: Final[dict[Act, str]] = {"block": "danger", "unblock": "", "revoke": "danger", "lift": "danger", "view": ""}
_ICONS: Final[dict[Act, str]] = {
    "block": "lock",
    "unblock": "play",
    "revoke": "smartphone",
    "lift": "hourglass",
    "view": "eye",
}

_RIGHTS: Final[dict[Act, Right]] = {"lift": "members:vouch", "view": visits.VIEWS}


class Why(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why something is done."""

    reason: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]


def form(visit: Visit, id: str, act: Act) -> HttpResponse:
    """What it means, and the field for the reason."""
    return _form(visit, member.read(visit, id), act, forms.empty(*_fields(visit, act)))


def do(visit: Visit, id: str, act: Act) -> HttpResponse:
    """Do it, once, and go back to the member; to look one goes to the member's own pages."""
    found = member.read(visit, id)
    member_id = ids.read("member", found.id)
    try:
        if act == "revoke":
            ask(visit, rotating_codes.revoke, found.id, token=posted.token(visit.request))
            return visit.done(visit.say("acts.revoke_done"), "console.member", found.id)
        reason = posted.read(visit.request, Why).reason
        if act == "lift":
            body = address_waits.Lifting(reason)
            ask(visit, address_waits.lift, found.id, body=body, token=posted.token(visit.request))
            return visit.done(visit.say("acts.lift_done"), "console.member", found.id)
        if act == "view":
            return _view(visit, member_id, reason)
        enrolment.restate(
            programme_id=visit.programme_id, member_id=member_id, status="blocked" if act == "block" else "active",
            by=visit.actor, reason=reason, now=visit.now,
        )  # fmt: skip
    except Refusal as refusal:
        return _form(visit, found, act, forms.filled(visit, *_fields(visit, act), refusal=refusal), status=422)
    return visit.done(visit.say(f"acts.{act}_done"), "console.member", found.id)


def _view(visit: Visit, member_id: str, reason: str) -> HttpResponse:
    """From now on the portal shows what the member sees; the look is noted before anything is shown."""
    viewed = viewing.begin(
        programme_id=visit.programme_id, member_id=member_id, by=visit.actor, name=visit.name, reason=reason,
        now=visit.now,
    )  # fmt: skip
    visits.view(visit, viewed)
    return visit.on(visit.to("portal.home"))


def view_end(visit: Visit) -> HttpResponse:
    """The own pages are one's own again."""
    viewed = visits.viewed(visit)
    visits.view(visit, None)
    if viewed is None:
        return visit.on("/")
    viewing.end(programme_id=visit.programme_id, member_id=viewed, by=visit.actor, now=visit.now)
    return visit.done(visit.say("acts.view_done"), "console.member", ids.show("member", viewed))


def _form(visit: Visit, found: MemberView, act: Act, shown: forms.Form, status: int = 200) -> HttpResponse:
    context = {
        "form": shown, "title": visit.say(f"member.{act}"), "about": members.name(found),
        "notes": (visit.say(f"acts.{act}_about"),), "crumbs": member.crumbs(visit, found), "icon": _ICONS[act],
        "action": visit.to(f"console.{act}", found.id), "yes": visit.say(f"member.{act}"),
        "back": visit.to("console.member", found.id), "kind": _KINDS[act],
    }  # fmt: skip
    return frame.page(visit, "console/form.html", context, area="console.members", status=status)


def _fields(visit: Visit, act: Act) -> tuple[Field, ...]:
    if act == "revoke":
        return ()
    return (Field("reason", visit.say("acts.reason"), hint=visit.say("acts.reason_hint")),)


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/view/end", "signed in", view_end, "console.view_end", ("POST",)),
    *[
        page
        for act in _KINDS
        for page in (
            Page(
                f"console/<slug:programme>/members/<str:id>/{act}", _RIGHTS.get(act, "members:write"),
                lambda visit, id, act=act: form(visit, id, act), f"console.{act}", fresh=act == "lift",
            ),
            Page(
                f"console/<slug:programme>/members/<str:id>/{act}", _RIGHTS.get(act, "members:write"),
                lambda visit, id, act=act: do(visit, id, act), f"console.{act}_do", ("POST",), fresh=act == "lift",
            ),
        )
    ],
)  # fmt: skip
