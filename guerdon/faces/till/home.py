"""The one field, whatever is shown there; and enrolling somebody in ten seconds."""

from typing import Annotated, Any, Final
from urllib.parse import urlencode

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import codes, finding, limits, phones
from guerdon.core import members as members_law
from guerdon.core import redemptions as redemptions_law
from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.faces import posted, welcomes
from guerdon.faces.api import activities, members, namesakes, redemptions, tills
from guerdon.faces.api.tills import Scanned
from guerdon.faces.api.views import RecordedActivity
from guerdon.faces.asking import ask
from guerdon.faces.show import Pen
from guerdon.faces.till import device, frame
from guerdon.faces.till.members import TAKES_VOUCHERS
from guerdon.faces.visits import Page, Visit
from guerdon.kit import ids


class Enrolling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is enrolled: one way to be known again, and a name if there is time for it."""

    shown: Annotated[str, Meta(min_length=1, max_length=limits.IDENTIFIER_CHARS_MAX)]
    name: Annotated[str, Meta(max_length=limits.NAME_CHARS_MAX)] | None = None


class Known(msgspec.Struct, frozen=True):
    """Somebody of a name that was typed, or a purchase of a number, with as much as tells two of them apart."""

    id: str
    name: str
    about: str


def home(visit: Visit) -> HttpResponse:
    """The one field; on a new device first the question which till it is."""
    if device.of(visit) is None:
        return visit.on(visit.to("till.device"))
    return _page(visit)


def _page(visit: Visit, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    voucher = visit.request.GET.get("voucher", "")[: limits.IDENTIFIER_CHARS_MAX]
    return frame.page(
        visit,
        "till/home.html",
        {"voucher": voucher, "currency": visit.programme.currency, **(context or {})},
        status=status,
    )


def find(visit: Visit) -> HttpResponse:
    """Who stands there, or what was brought: a code to be handed over, or the name of a member."""
    shown = visit.request.POST.get("shown", "").strip()
    if not shown:
        return home(visit)
    try:
        told = posted.read(visit.request, Scanned)
        who = ask(visit, tills.identify, body=told)
        place = visit.to("till.member", who.member)
        voucher = told.shown if who.by == "voucher" else visit.request.GET.get("voucher", "")
        beside = voucher and visit.may(TAKES_VOUCHERS)
        return visit.on(f"{place}?{urlencode({'voucher': voucher})}" if beside else place)
    except Refusal as refusal:
        return _other(visit, shown, refusal)


def _other(visit: Visit, shown: str, refusal: Refusal) -> HttpResponse:
    """What is no way to be known may be the code of a reward, the number of a receipt, or a name."""
    if refusal.kind in (members_law.NOBODY_SHOWN, members_law.IDENTIFIER_INVALID):
        code = _redemption(visit, shown)
        if code is not None:
            return visit.on(visit.to("till.redemption", code))
        if codes.read(shown) is not None and visit.may(TAKES_VOUCHERS):  # who brings it is still asked
            return visit.on(f"{visit.to('till.home')}?{urlencode({'voucher': shown})}")
        bought = _bought(visit, shown)
        if len(bought) == 1:
            return visit.on(visit.to("till.receipt", bought[0].id))
        if bought:
            return _page(visit, {"bought": bought, "shown": shown})
        found = _named(visit, shown)
        if found:
            return _page(visit, {"found": found, "shown": shown})
    context = {"shown": shown, "fault": posted.faults(refusal).get("") or next(iter(posted.faults(refusal).values()))}
    return _page(visit, context, status=404)


def _redemption(visit: Visit, shown: str) -> str | None:
    if len(shown) > limits.KEY_CHARS_MAX:
        return None
    try:
        return str(ask(visit, redemptions.find, body=redemptions.Shown(shown)).redemption.id)
    except Refusal as refusal:
        if refusal.kind is not redemptions_law.REDEMPTION_UNKNOWN:
            raise
        return None


def _bought(visit: Visit, shown: str) -> tuple[Known, ...]:
    """The purchases of a receipt's number, one of each till at most."""
    query = activities.Listing(external_id=shown, limit=limits.TILL_FOUND_MAX)
    pen, found = Pen(visit), ask(visit, activities.list_, query=query).activities
    return tuple(
        [
            Known(
                one.activity.id,
                "–"
                if one.activity.total is None
                else pen.money(one.activity.total.amount, one.activity.total.currency),
                " · ".join((pen.moment(one.activity.occurred_at), _place(pen, one))),
            )
            for one in found
        ]
    )


def _place(pen: Pen, one: RecordedActivity) -> str:
    return pen.word("store", one.activity.store) or one.activity.source


def _named(visit: Visit, shown: str) -> tuple[Known, ...]:
    """Members of a name. What no name can be finds nobody."""
    if len(shown) > limits.NAME_CHARS_MAX:
        return ()
    try:
        found = ask(visit, namesakes.find, body=namesakes.NameTyped(shown)).members
    except Refusal as refusal:
        if refusal.kind not in (finding.SEARCH_TOO_SHORT, members_law.IDENTIFIER_INVALID):
            raise
        return ()
    return tuple([Known(one.member, one.name or one.member, _about(visit, one)) for one in found])


def _about(visit: Visit, one: namesakes.NamesakeView) -> str:
    return visit.say("till.ends", end=one.ending) if one.ending else ""


def offer(visit: Visit) -> HttpResponse:
    """The form to enrol somebody."""
    return _form(visit, {}, {})


def enrol(visit: Visit) -> HttpResponse:
    """Enrol somebody, once however often the form is sent; training enrols nobody.

    With `begin` only the form is shown, with what was typed before: it is of a person, so no address carries it.
    """
    if "begin" in visit.request.POST:
        return _form(visit, {"shown": visit.request.POST.get("shown", "")[: limits.IDENTIFIER_CHARS_MAX]}, {})
    try:
        told = posted.read(visit.request, Enrolling)
        if device.here(visit).training:
            return visit.done(visit.say("till.trained"), "till.home")
        made = ask(visit, members.enrol, body=_wanted(visit, told), token=device.token(visit))
    except Refusal as refusal:
        return _form(visit, visit.request.POST.dict(), posted.faults(refusal), 422)
    gift = welcomes.told(visit, ids.read("member", made.id), "till")
    said = visit.say("till.enrolled_gift", gift=gift) if gift else visit.say("till.enrolled")
    return visit.done(said, "till.member", made.id)


def _wanted(visit: Visit, told: Enrolling) -> members.NewMember:
    """An @ makes an e-mail, a + ahead or a number of the country a phone number, all else is a card."""
    shown = told.shown.strip()
    shown = phones.international(shown, visit.programme.country) or shown
    language = visit.language
    if "@" in shown:
        return members.NewMember(person=Person(name=told.name, email=shown, language=language))
    if shown[:1] == "+":
        return members.NewMember(person=Person(name=told.name, phone=shown, language=language))
    person = Person(name=told.name, language=language) if told.name else None
    return members.NewMember(cards=(shown,), person=person)


def _form(visit: Visit, said: dict[str, Any], faults: dict[str, str], status: int = 200) -> HttpResponse:
    other = [text for name, text in faults.items() if name not in ("shown", "name")]
    context = {"said": said, "faults": faults, "general": " ".join(other), "token": device.token(visit)}
    return frame.page(visit, "till/enrol.html", context, status=status)


PAGES: Final[tuple[Page, ...]] = (
    frame.at_till("till/<slug:programme>/", "activities:write", home, "till.home"),
    frame.at_till("till/<slug:programme>/", "members:read", find, "till.find", methods=("POST",)),
    frame.at_till("till/<slug:programme>/enrol", "members:enrol", offer, "till.offer"),
    frame.at_till("till/<slug:programme>/enrol", "members:enrol", enrol, "till.enrol", methods=("POST",)),
)
