"""API keys in the console: listed with their last use, made and shown once, revoked."""

from typing import Final

import msgspec
from django.contrib import messages
from django.http import HttpResponse

from guerdon.core import rights
from guerdon.core.errors import Refusal
from guerdon.faces import posted
from guerdon.faces.api import keys as api
from guerdon.faces.asking import ask
from guerdon.faces.console import frame
from guerdon.faces.design.shapes import Choice
from guerdon.faces.visits import Page, Visit
from guerdon.features.keys import actions

_MADE: Final = "keys.made"  # in the sealed session: the last key that was made, until its secret is shown


class Made(msgspec.Struct, frozen=True):
    """A key that was made: of which programme, by which form, and its secret, which is "" once it was shown."""

    programme: str
    token: str
    name: str
    secret: str


def show(visit: Visit) -> HttpResponse:
    """All keys, those that are good first, and the form for a new one; one just made with its secret, this once."""
    made = _made(visit)
    if made is None or not made.secret:
        return _show(visit, {}, {})
    visit.request.session[_MADE] = msgspec.to_builtins(msgspec.structs.replace(made, secret=""))
    return _show(visit, {}, {}, made=made)


def make(visit: Visit) -> HttpResponse:
    """Make a key, one however often the form is sent, and go on to where it is shown."""
    token, before = posted.token(visit.request), _made(visit)
    try:
        made = ask(visit, api.make, body=posted.read(visit.request, api.NewKey), token=token)
    except Refusal as refusal:
        if refusal.kind is actions.KEY_MADE_ALREADY:
            if before is not None and before.token == token and not before.secret:
                messages.info(visit.request, visit.say("console_house.key_made_before"))
            return visit.on(visit.to("console.keys"))  # of a double click the first one's secret is shown there
        faults = posted.faults(refusal)
        if refusal.kind is actions.RIGHTS_NONE:
            faults = {"scopes": visit.say("console_house.key_rightless")}
        return _show(visit, visit.request.POST.dict(), faults, status=422)
    found = Made(visit.programme_id, token, made.key.name, made.secret)
    visit.request.session[_MADE] = msgspec.to_builtins(found)
    return visit.on(visit.to("console.keys"))


def _made(visit: Visit) -> Made | None:
    kept = visit.request.session.get(_MADE)
    made = None if kept is None else msgspec.convert(kept, Made)
    return made if made and made.programme == visit.programme_id else None


def revoke(visit: Visit, id: str) -> HttpResponse:
    """End a key, with the reason for the book."""
    try:
        ask(visit, api.revoke, id, body=posted.read(visit.request, api.KeyEnd))
    except Refusal as refusal:
        return _show(visit, {}, posted.faults(refusal), status=422)
    return visit.done(visit.say("console_house.key_revoked"), "console.keys")


def _show(
    visit: Visit, said: dict[str, str], faults: dict[str, str], made: Made | None = None, status: int = 200
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
