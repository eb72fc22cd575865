"""Purchases that wait in the browser while there is no network, told afterwards; and the page that opens without it."""

from datetime import datetime, timedelta
from importlib import resources
from typing import Annotated, Final, Literal

import msgspec
from django.http import HttpResponse
from django.urls import reverse
from msgspec import Meta

from guerdon.core import limits, money, rotating, till_names
from guerdon.core.activities import ACTIVITY_INVALID, Member
from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.faces import posted, show, typed, web
from guerdon.faces.api import activities, tills
from guerdon.faces.api.activities import Telling
from guerdon.faces.api.tills import Scanned
from guerdon.faces.asking import ask
from guerdon.faces.design import assets
from guerdon.faces.design.brand import Brand
from guerdon.faces.refusals import people
from guerdon.faces.show import Pen
from guerdon.faces.till import device, frame, purchases
from guerdon.faces.till.purchases import Paid
from guerdon.faces.visits import Page, Visit
from guerdon.features.members import revocations
from guerdon.kit import ids


class Waited(Paid, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A purchase as the browser has kept it: of what was typed as the card, or of the opaque id of who stood there."""

    name: Annotated[str, Meta(max_length=limits.IDENTIFIER_CHARS_MAX)]
    store: device.StoreName
    number: device.Number
    at: datetime
    card: Annotated[str, Meta(max_length=limits.IDENTIFIER_CHARS_MAX)] | None = None
    member: Annotated[str, Meta(max_length=limits.IDENTIFIER_CHARS_MAX)] | None = None


class Answered(msgspec.Struct, frozen=True):
    """What became of one that waited; what is to be told again later has no answer of ours."""

    state: Literal["recorded", "refused"]
    said: str
    moment: str = ""  # when it happened, as pages say it


class Kept(msgspec.Struct, frozen=True):
    """What the worker keeps: the files of every page, and the page that stands in for all others."""

    name: str
    files: tuple[str, ...]
    offline: str


def tell(visit: Visit) -> HttpResponse:
    """Record one purchase that has waited, under the name that it got then: once, however often it is told.

    It is told by whoever typed it: with another cashier at the till it waits on, for renamed it could count twice.
    A card of nobody enrols nobody, as it does not while there is a network.
    """
    try:
        told = posted.read(visit.request, Waited)
        if not till_names.is_token(told.name):
            raise ACTIVITY_INVALID(pointer="/external_id", reason="out_of_range")
        if till_names.whose(told.name) != till_names.mark(visit.user_id or ""):
            return HttpResponse(status=409)
        source = device.Device(told.store, told.number)
        at = min(told.at, visit.now)  # clocks of devices run ahead
        who = told.member if told.card is None else _whose(visit, told.card, at)
        fact = purchases.purchase(visit, source, Member(id=who), told, token=told.name)
        fact = msgspec.structs.replace(fact, occurred_at=at)
        ask(visit, activities.record, query=Telling(), body=fact)
    except Refusal as refusal:
        status = web.status(refusal.kind)
        if status >= 500:  # it is told again
            return HttpResponse(status=status)
        said = " ".join(posted.faults(refusal, visit.language).values())
        return _answer(Answered("refused", said, _moment(visit)), status)
    return _answer(Answered("recorded", ""), 200)


def _whose(visit: Visit, shown: str, at: datetime) -> str:
    """Who it was whose card, phone number, e-mail or code was typed at the instant.

    A code that changes counts if it was good then, as nobody stands there any more to show the one of now; not so one
    that was revoked since, or is told too late. Raises what `identify` raises.
    """
    rotated = rotating.member_of(shown)
    if rotated is not None and at >= visit.now - timedelta(hours=limits.TILL_CODE_HOURS_MAX):
        secret = revocations.secret(visit.store, rotated)
        shown = ids.show("member", rotated) if rotating.is_of(shown, secret, at) else shown
    return str(ask(visit, tills.identify, body=Scanned(shown)).member)


def _moment(visit: Visit) -> str:
    """When what is told happened; empty where that is no time."""
    try:
        return Pen(visit).moment(msgspec.convert(visit.request.POST.get("at", ""), datetime, strict=False))
    except (msgspec.ValidationError, ValueError, OverflowError):
        return ""


def _answer(told: Answered, status: int) -> HttpResponse:
    headers = {"Cache-Control": "no-store, private"}
    return HttpResponse(msgspec.json.encode(told), content_type="application/json", status=status, headers=headers)


def offline(visit: Visit) -> HttpResponse:
    """The page without a network: of nobody, as browsers keep it."""
    context = {
        "currency": visit.programme.currency, "decimals": money.decimals(visit.programme.currency),
        "digits": limits.TILL_DIGITS_MAX, "marks": " ".join(typed.marks(visit.programme.currency)),
        "asks_above": _plain(visit.programme),
        "unclear": people.at_field("not_a_number", "typed_unclear:{0}|{1}", visit.language),
        "mark": "." if visit.language == "en" else ",",
    }  # fmt: skip
    return show.page(visit, "till/offline.html", context)


def _plain(programme: Programme) -> str:
    asks_above = programme.till_asks_above
    return "" if asks_above is None else money.plain(asks_above, money.decimals(programme.currency))


def worker(visit: Visit) -> HttpResponse:
    """The worker of the till's pages: it stands at their root, so that it reaches no others."""
    files = ("guerdon.css", "guerdon.js", "answers.js", "till.js", "vendor/lucide/icons.svg", "vendor/htmx/htmx.min.js")
    kept = Kept(
        name=f"till {visit.row.key} ",
        files=(*map(assets.address, files), reverse("brand", args=[Brand.of(visit.programme.brand).name])),
        offline=visit.to("till.offline"),
    )
    script = resources.files(__package__).joinpath("worker.js").read_text("utf-8")
    told = f"const kept = {msgspec.json.encode(kept).decode()};\n{script}"
    return HttpResponse(told, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


PAGES: Final[tuple[Page, ...]] = (
    frame.at_till("till/<slug:programme>/waiting", "activities:write", tell, "till.waiting", methods=("POST",)),
    Page("till/<slug:programme>/offline", "public", offline, "till.offline"),
    Page("till/<slug:programme>/worker.js", "public", worker, "till.worker"),
)
