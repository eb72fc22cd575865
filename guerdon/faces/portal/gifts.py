"""Sending points to another member, taking or refusing what others offer, and loading a gift card."""

from typing import Final

import msgspec
from django.http import HttpResponse

from guerdon.core import limits, sentences
from guerdon.core import members as members_law
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.engine import guessing
from guerdon.engine import transfers as engine
from guerdon.faces import posted, typed
from guerdon.faces.api import cards
from guerdon.faces.api import transfers as api
from guerdon.faces.api.calls import Page as Part
from guerdon.faces.api.calls import Trial
from guerdon.faces.api.transfers import TransferView
from guerdon.faces.asking import ask
from guerdon.faces.design.shapes import Choice
from guerdon.faces.portal import frame, own
from guerdon.faces.portal.rewards import CHANNEL
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.visits import Page, Visit
from guerdon.features.activities import queries as activities
from guerdon.features.members import queries as members
from guerdon.features.transfers import queries as transfers
from guerdon.kit import ids

_DEEDS: Final = {"accept": api.accept, "decline": api.decline, "withdraw": api.withdraw}
_FIELDS: Final = ("to", "points", "unit", "code")


class Sending(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Points to send: `to` is an e-mail or the number of a card."""

    to: str
    points: str
    unit: str


class Loading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A gift card to load."""

    code: str


class Sent(msgspec.Struct, frozen=True):
    """A transfer in words, and what can be done about it."""

    id: str
    points: str
    received: bool
    state: str
    day: str
    ways: tuple[str, ...]
    who: str  # from whom, or to whom; nothing where that is nobody's name


def show(visit: Visit) -> HttpResponse:
    """The form, its limits, and what is open."""
    return _show(visit, {}, {})


def send(visit: Visit) -> HttpResponse:
    """Ask whether it is really meant, then send: once, however often the form is sent."""
    said, pen, token = visit.request.POST.dict(), Pen(visit), posted.token(visit.request)
    try:
        wanted = posted.read(visit.request, Sending)
        steps = typed.points(visit, wanted.points, wanted.unit)
        body = api.NewTransfer(
            Member(id=own.shown(visit)), receiver(visit, wanted.to), wanted.unit, steps, token, source=CHANNEL
        )  # fmt: skip
        if not visit.is_sure:
            tried = ask(visit, api.send, query=Trial(dry_run=True), body=body).transfer
            points = pen.points(tried.points, tried.unit)
            key = "send_fee" if tried.fee else "send_free"
            asked = Question(
                visit.say("portal_club.send_sure", points=points, to=wanted.to), visit.say("portal_club.send"),
                visit.to("portal.gifts"), visit.say(f"portal_club.{key}", fee=pen.points(tried.fee, tried.unit)),
                area="portal.club",
            )  # fmt: skip
            return visit.sure(asked)
        ask(visit, api.send, body=body, token=token)
    except Refusal as refusal:
        return _show(visit, said, posted.faults(refusal), status=422)
    return visit.done(visit.say("portal_club.sent"), "portal.gifts")


def act(visit: Visit, id: str, deed: str) -> HttpResponse:
    """Take what was offered or refuse it; take back what one offered."""
    own.transfer(visit, id, received=deed != "withdraw")
    try:
        ask(visit, _DEEDS[deed], id, token=posted.token(visit.request))
    except Refusal as refusal:
        return _show(visit, {}, posted.faults(refusal), status=422)
    return visit.done(visit.say("portal_club.done"), "portal.gifts")


def show_card(visit: Visit) -> HttpResponse:
    """The form for a gift card."""
    return frame.page(visit, "portal/gift_card.html", {"said": {}, "faults": {}}, part="portal.club")


def load(visit: Visit) -> HttpResponse:
    """Say what is on the card, then load all of it; wrong codes are counted."""
    token = posted.token(visit.request)
    try:
        wanted = posted.read(visit.request, Loading)
        if not visit.is_sure:
            balance = ask(visit, cards.read, wanted.code).card.balance
            asked = Question(
                visit.say("portal_club.load_sure", money=Pen(visit).money(balance.amount, balance.currency)),
                visit.say("portal_club.load"), visit.to("portal.gift_card"), visit.say("portal_club.load_about"),
                area="portal.club",
            )  # fmt: skip
            return visit.sure(asked)
        body = cards.GiftCardTransfer(Member(id=own.shown(visit)), token, source=CHANNEL)
        ask(visit, cards.transfer, wanted.code, body=body, token=token)
    except Refusal as refusal:
        context = {"said": visit.request.POST.dict(), "faults": _split(posted.faults(refusal))}
        return frame.page(visit, "portal/gift_card.html", context, part="portal.club", status=422)
    return visit.done(visit.say("portal_club.loaded"), "portal.home")


def _split(faults: dict[str, str]) -> dict[str, str]:
    """What stands at a field, and under `general` what stands at none that is shown."""
    rest = [text for name, text in faults.items() if name not in _FIELDS]
    return {name: text for name, text in faults.items() if name in _FIELDS} | {"general": " ".join(rest)}


def receiver(visit: Visit, to: str) -> Member:
    """Whom points go to. Wrong names are counted, so that nobody finds out by trying who is a member."""
    assert visit.user_id is not None
    known = {"programme_id": visit.programme_id, "credential": visit.user_id, "client": "members"}
    guessing.check(**known, now=visit.now)
    who = Member(email=to) if "@" in to else Member(card=to)
    kind, value = who.identifier()
    if members.find(visit.store, visit.programme_id, kind, members.stored(kind, value)) is None:
        guessing.count(**known, now=visit.now, watched=False)
        raise members_law.MEMBER_UNKNOWN(kind=kind)
    return who


def _show(visit: Visit, said: dict[str, str], faults: dict[str, str], status: int = 200) -> HttpResponse:
    pen, units = Pen(visit), visit.programme.units
    there = [one for one in units.values() if one.transfers is not None]
    found = ask(visit, api.list_, own.shown(visit), query=Part(limit=limits.PAGE_ROWS_MAX)).transfers
    mine = own.accounts(visit)
    names = own.names(visit, [side for one in found for side in (one.member, one.to)])
    open_ = _acceptable(visit, [one.id for one in found if one.state == "offered"])
    context = {
        "said": {"unit": there[0].code if there else ""} | said, "faults": _split(faults),
        "units": tuple([Choice(one.code, pen.tongue.named(one.name)) for one in there]),
        "rules": tuple([sentences.sending(one, visit.programme, visit.language) for one in there]),
        "rows": tuple([_sent(visit, pen, one, mine, names, open_) for one in reversed(found)]),
    }  # fmt: skip
    return frame.page(visit, "portal/gifts.html", context, part="portal.club", status=status)


def _acceptable(visit: Visit, offered: list[str]) -> frozenset[str]:
    """Which offers can still be accepted: who has joined or left a household since has another account."""
    told = activities.named(visit.store, visit.programme_id, [ids.read("transfer", id) for id in offered])
    found = transfers.of_accounts(visit.store, [(one.account_id, id) for id, one in told.items()])
    every = engine.acceptable(visit.store, visit.programme_id, list(found.values()))
    return frozenset(ids.show("transfer", id) for id in every)


def _sent(
    visit: Visit, pen: Pen, one: TransferView, mine: frozenset[str], names: dict[str, str], open_: frozenset[str]
) -> Sent:
    received = ids.read("member", one.member) not in mine
    stands = one.state == "offered" and one.id in open_
    ways = () if one.state != "offered" else ("decline",) if received else ("withdraw",)
    ways = ("accept", *ways) if stands and received else ways
    state = visit.say(f"portal_club.transfer_{one.state if stands or not ways else 'ended'}")
    name = names.get(one.member if received else one.to)
    who = visit.say(f"portal_club.{'sent_by' if received else 'sent_to'}", name=name) if name else ""
    return Sent(one.id, pen.points(one.points, one.unit), received, state, pen.day(one.made_at), ways, who)


PAGES: Final[tuple[Page, ...]] = (
    Page("my/<slug:programme>/send", "self", show, "portal.gifts"),
    Page("my/<slug:programme>/send", "self", send, "portal.send", methods=("POST",)),
    Page("my/<slug:programme>/gift-card", "self", show_card, "portal.gift_card"),
    Page("my/<slug:programme>/gift-card", "self", load, "portal.load", methods=("POST",)),
    *[
        Page(
            f"my/<slug:programme>/send/<str:id>/{deed}", "self",
            lambda visit, id, deed=deed: act(visit, id, deed), f"portal.transfer_{deed}", methods=("POST",),
        )
        for deed in _DEEDS
    ],
)  # fmt: skip
