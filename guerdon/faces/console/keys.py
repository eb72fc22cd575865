"""API keys in the console: listed with their last use, made and shown once, revoked."""

from typing import Final

from django.http import HttpResponse

from guerdon.core import rights
from guerdon.core.errors import Refusal
from guerdon.faces import posted
from guerdon.faces.api import keys as api
from guerdon.faces.asking import ask
from guerdon.faces.console import frame
from guerdon.faces.design.shapes import Choice
from guerdon.faces.visits import Page, Visit


def show(visit: Visit) -> HttpResponse:
    """All keys, those that are good first, and the form for a new one."""
    return _show(visit, {}, {})


def make(visit: Visit) -> HttpResponse:
    """Make a key and show it, this once."""
    try:
        made = ask(visit, api.make, body=posted.read(visit.request, api.NewKey), token=posted.token(visit.request))
    except Refusal as refusal:
        return _show(visit, visit.request.POST.dict(), posted.faults(refusal), status=422)
    return _show(visit, {}, {}, made=made)


def revoke(visit: Visit, id: str) -> HttpResponse:
    """End a key, with the reason for the book."""
    try:
        ask(visit, api.revoke, id, body=posted.read(visit.request, api.KeyEnd))
    except Refusal as refusal:
        return _show(visit, {}, posted.faults(refusal), status=422)
    return visit.done(visit.say("console_house.key_revoked"), "console.keys")


def _show(
    visit: Visit, said: dict[str, str], faults: dict[str, str], made: api.MadeKey | None = None, status: int = 200
) -> HttpResponse:
    found = ask(visit, api.list_).keys
    roles = [Choice("", visit.say("console_house.key_role_none"))]
    roles += [Choice(role, visit.say(f"signin.as_{role}")) for role in rights.STAFF if rights.of(role) <= visit.rights]
    context = {
        "good": [one for one in found if one.revoked_at is None], "gone": [one for one in found if one.revoked_at],
        "said": said, "faults": faults | {"general": faults.get("", "")}, "made": made, "roles": roles,
        "scopes": [Choice(one, visit.say(f"rights.{one}"), one) for one in rights.RIGHTS if visit.may(one)],
        "ticked": visit.request.POST.getlist("scopes[]"),
    }  # fmt: skip
    return frame.page(visit, "console/keys.html", context, area="console.keys", status=status)


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/keys/", "keys:write", show, "console.keys"),
    Page("console/<slug:programme>/keys/", "keys:write", make, "console.keys", ("POST",), fresh=True),
    Page(
        "console/<slug:programme>/keys/<str:id>/revoke", "keys:write", revoke, "console.key_end", ("POST",), fresh=True
    ),
)
