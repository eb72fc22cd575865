"""Points missing, a question, a complaint: what the member claims, what was answered, and by when we answer."""

from datetime import date
from typing import Annotated, Any, Final

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import claims as law
from guerdon.core import limits
from guerdon.core.activities import Member
from guerdon.core.claims import Kind
from guerdon.core.errors import Refusal
from guerdon.faces import intake, posted, settlements, typed
from guerdon.faces.api import calls, tiers
from guerdon.faces.api import claims as api
from guerdon.faces.api.calls import Page as Part
from guerdon.faces.api.claim_views import MemberClaims, OwnClaim, ToldView
from guerdon.faces.api.tiers import MemberTiers
from guerdon.faces.asking import ask
from guerdon.faces.design.shapes import Choice, Fact, Sign
from guerdon.faces.portal import frame, own
from guerdon.faces.portal.redemptions import from_first, paging
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.visits import Page, Visit
from guerdon.features.claims import queries
from guerdon.kit import ids

_ROWS: Final = 20
_KINDS: Final[tuple[Kind, ...]] = ("missing_points", "question", "complaint")
ICONS: Final = {"missing_points": "receipt", "question": "circle-help", "complaint": "flag"}
SIGNS: Final[dict[str, Sign]] = {
    "open": "brand", "waiting_for_us": "brand", "waiting_for_member": "warn", "waiting_for_approval": "brand",
    "granted": "good", "refused": "bad", "closed": "", "withdrawn": "",
}  # fmt: skip
_FIELDS: Final = frozenset({"kind", "store", "day", "amount", "receipt", "text", "photos"})


class Telling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the form of a claim says; the amount as people write it."""

    kind: Kind = "missing_points"
    store: api.Name | None = None
    day: date | None = None
    amount: Annotated[str, Meta(max_length=limits.KEY_CHARS_MAX)] | None = None
    receipt: api.Name | None = None
    text: api.Words = ""


class Word(msgspec.Struct, frozen=True):
    """One step of a claim in words."""

    icon: str
    title: str
    when: str
    text: str
    photos: tuple[str, ...]


class Row(msgspec.Struct, frozen=True):
    """A claim in the list."""

    id: str
    icon: str
    title: str
    about: str
    state: str
    sign: Sign


def list_(visit: Visit) -> HttpResponse:
    """What was claimed, the latest first, each with what we promise."""
    query = Part(limit=_ROWS, cursor=visit.request.GET.get("cursor"))
    found: MemberClaims = ask(visit, api.of_member, own.shown(visit), query=query)
    pen = Pen(visit)
    rows = tuple([_row(visit, pen, one) for one in found.claims])
    return frame.page(visit, "portal/claims.html", {"rows": rows, "paging": paging(found.next)}, part="portal.home")


def _row(visit: Visit, pen: Pen, one: OwnClaim) -> Row:
    title = visit.say(f"claims.kind_{one.kind}")
    if one.told.store and one.told.amount:
        title = f"{one.told.store} · {pen.money(one.told.amount.amount, one.told.amount.currency)}"
    return Row(
        one.id, ICONS[one.kind], title, promise(visit, pen, one), _state(visit, one),
        SIGNS[one.state],
    )  # fmt: skip


def _state(visit: Visit, one: OwnClaim) -> str:
    """How it stands, as it is told to whom it belongs."""
    return visit.say("claims.waiting_for_you" if one.state == "waiting_for_member" else f"claims.{one.state}")


def promise(visit: Visit, pen: Pen, one: OwnClaim) -> str:
    """By when we answer; or when it was settled."""
    if one.state in law.OURS:
        late = "claims.late" if one.due_at <= visit.now else "claims.promise"
        return visit.say(late, until=pen.until(one.due_at))
    if one.settled_at is not None:
        return visit.say("claims.settled_on", day=pen.day(one.settled_at))
    return visit.say(f"claims.about_{one.state}")


def new(visit: Visit) -> HttpResponse:
    """The form of a new claim."""
    said = {"kind": visit.request.GET.get("kind", "missing_points")}
    return _form(visit, said, {})


def open_(visit: Visit) -> HttpResponse:
    """Open it, once however often the form is sent."""
    try:
        posted.check_whole(visit.request)
        told = posted.read(visit.request, Telling)
        amount = _amount(visit, told.amount)
        lacking = law.lacking(told.kind, law.Told(told.text, told.store, told.day, amount, told.receipt))
        if lacking:  # all of it at once, where the law stops at the first
            return _form(visit, visit.request.POST.dict(), dict.fromkeys(lacking, visit.say("claims.lacking")), 422)
        body = api.NewClaim(
            Member(id=own.shown(visit)), told.kind, told.text, told.store, told.day, amount, told.receipt,
            _photos(visit),
        )  # fmt: skip
        made = ask(visit, api.open_, body=body, token=posted.token(visit.request))
    except Refusal as refusal:
        faults = posted.faults(refusal)
        if refusal.kind is intake.BODY_TOO_LARGE:
            return _form(visit, visit.request.POST.dict(), {"photos": posted.fault(refusal)}, 413)
        if refusal.facts.get("reason") == "day_before_programme":
            faults["day"] = visit.say("claims.day_before", day=Pen(visit).day(visit.book.begins()))
        return _form(visit, visit.request.POST.dict(), faults, 422)
    return visit.done(visit.say("claims.opened"), "portal.claim", made.id)


def _amount(visit: Visit, text: str | None) -> int | None:
    """Minor units, where an amount was said. Raises `value_refused`."""
    return None if text is None else typed.amount(visit, text, least=0)


def _photos(visit: Visit) -> list[bytes]:
    """The photos that were sent; of one that is too large as much as is needed to see that."""
    sent = visit.request.FILES.getlist("photos")[: limits.CLAIM_PHOTOS_MAX + 1]
    return [one.read(limits.CLAIM_PHOTO_BYTES_MAX + 1) for one in sent]


def _form(visit: Visit, said: dict[str, Any], faults: dict[str, str], status: int = 200) -> HttpResponse:
    faults = _of_photos(faults)
    rest = [text for name, text in faults.items() if name not in _FIELDS]
    kinds = [Choice(one, visit.say(f"claims.kind_{one}"), icon=ICONS[one]) for one in _KINDS]
    _, hours = visit.programme.support.attention(_tiers(visit))
    context = {
        "said": said, "faults": faults, "rest": rest, "kinds": tuple(kinds),
        "first": visit.book.begins().astimezone(visit.zone).date().isoformat(),
        "today": visit.now.astimezone(visit.zone).date().isoformat(),
        "currency": visit.programme.currency, "promise": Pen(visit).tongue.counted(hours, "hour"),
        "room": _room(visit),
    }  # fmt: skip
    return frame.page(visit, "portal/claim_new.html", context, part="portal.home", status=status)


def _tiers(visit: Visit) -> tuple[str, ...]:
    """The tiers that the member has now, which say how soon we answer."""
    if not visit.programme.support.tiers:
        return ()
    found: MemberTiers = ask(visit, tiers.read, own.shown(visit))
    return tuple([one.tier for one in found.ladders if one.tier is not None])


def _of_photos(faults: dict[str, str]) -> dict[str, str]:
    """What is wrong with one of the photos stands at the field of all of them."""
    return {"photos" if name.startswith("photos") else name: text for name, text in faults.items()}


def _room(visit: Visit) -> tuple[str, str, str]:
    """How many photos there can be, and how many megabytes one of them and all of a form may have."""
    tongue, million = Pen(visit).tongue, 1024 * 1024
    one, all_ = limits.CLAIM_PHOTO_BYTES_MAX * 10 // million, limits.BODY_BYTES_MAX // million
    return str(limits.CLAIM_PHOTOS_MAX), tongue.number(one, 1), str(all_)


def one(visit: Visit, id: str) -> HttpResponse:
    """One claim: what was told, what was said since, and what can be done."""
    return _shown(visit, id, {})


def _own(visit: Visit, id: str) -> OwnClaim:
    """A claim of the member's as the member may see it. Raises `claim_unknown`."""
    found = queries.one(visit.store, visit.programme_id, ids.read("claim", id))
    if found.account_id not in own.accounts(visit):
        raise law.CLAIM_UNKNOWN(id=id)
    beside = f"{int(found.id, 16) + 1:032x}"  # the list goes from the latest back: this one is the next
    page: MemberClaims = ask(visit, api.of_member, own.shown(visit), query=Part(limit=1, cursor=calls.cursor(beside)))
    return page.claims[0]


def _shown(visit: Visit, id: str, faults: dict[str, str], status: int = 200) -> HttpResponse:
    found, pen, faults = _own(visit, id), Pen(visit), _of_photos(faults)
    claim = queries.one(visit.store, visit.programme_id, ids.read("claim", id))
    context = {
        "given": settlements.of(visit, claim),
        "one": found, "state": _state(visit, found), "sign": SIGNS[found.state],
        "promise": promise(visit, pen, found), "facts": facts(visit, pen, found.told),
        "words": tuple([_word(visit, pen, each) for each in found.steps]),
        "title": visit.say(f"claims.kind_{found.kind}"), "live": found.state in law.LIVE,
        "withdraws": found.state in law.WAYS["withdraw"],
        "reopens": found.state in law.WAYS["reopen"] and not found.reopened, "said": visit.request.POST,
        "faults": faults, "room": _room(visit),
        "rest": tuple([text for name, text in faults.items() if name not in ("text", "photos")]),
    }  # fmt: skip
    return frame.page(visit, "portal/claim.html", context, part="portal.home", status=status)


def facts(visit: Visit, pen: Pen, told: ToldView) -> tuple[Fact, ...]:
    """What was told of the purchase, in words; nothing of what was not."""
    amount = "" if told.amount is None else pen.money(told.amount.amount, told.amount.currency)
    texts = {
        "store": told.store, "day": None if told.day is None else pen.day(told.day), "amount": amount,
        "receipt": told.receipt,
    }  # fmt: skip
    return tuple([Fact(visit.say(f"claims.{name}"), text) for name, text in texts.items() if text])


STEPS: Final = {
    "open": "flag", "reply": "user", "ask": "message-circle", "grant": "circle-check", "request": "hourglass",
    "approve": "circle-check", "reject": "undo-2", "refuse": "circle-alert", "close": "check", "withdraw": "x",
    "reopen": "rotate-ccw", "note": "lock", "assign": "user-plus",
}  # fmt: skip


def _word(visit: Visit, pen: Pen, one: Any) -> Word:
    said = "claims.reply" if one.deed == "reply" else f"claims.step_{one.deed}"
    return Word(STEPS[one.deed], visit.say(said), pen.moment(one.at), one.text or one.reason, one.photos)


def photo(visit: Visit, id: str, hash: str) -> HttpResponse:
    """A photo of the member's own claim."""
    return shown(ask(visit, api.photo_of_member, own.shown(visit), id, hash))


def shown(picture: calls.Image) -> HttpResponse:
    """A photo as large as it is, which nobody on the way keeps."""
    headers = {"Cache-Control": "no-store, private"}
    return HttpResponse(picture.content, content_type=picture.media_type, headers=headers)


def reply(visit: Visit, id: str) -> HttpResponse:
    """Add to it, maybe with more photos."""
    _own(visit, id)
    body = api.ClaimReply(visit.request.POST.get("text", "").strip(), _photos(visit), own.shown(visit))
    if not body.text:
        return _shown(visit, id, {"text": visit.say("claims.words_needed")}, 422)
    return _do(visit, id, api.reply, body, "replied")


def withdraw(visit: Visit, id: str) -> HttpResponse:
    """Take it back."""
    _own(visit, id)
    if not visit.is_sure:
        asked = Question(
            visit.say("claims.withdraw_sure"), visit.say("claims.withdraw"), visit.to("portal.claim", id),
            visit.say("claims.withdraw_about"), "danger", "portal.home",
        )  # fmt: skip
        return visit.sure(asked)
    return _do(visit, id, api.withdraw, api.ClaimWithdrawal(member=own.shown(visit)), "withdrawn_done")


def reopen(visit: Visit, id: str) -> HttpResponse:
    """Open a settled one again, once."""
    _own(visit, id)
    body = api.Reopening(visit.request.POST.get("text", "").strip(), own.shown(visit))
    return _do(visit, id, api.reopen, body, "reopened_done")


def _do(visit: Visit, id: str, run: Any, body: msgspec.Struct, done: str) -> HttpResponse:
    try:
        ask(visit, run, id, body=body, token=posted.token(visit.request))
    except Refusal as refusal:
        return _shown(visit, id, posted.faults(refusal), 422)
    return visit.done(visit.say(f"claims.{done}"), "portal.claim", id)


_AT: Final = "my/<slug:programme>/claims"
PAGES: Final[tuple[Page, ...]] = (
    Page(_AT, "self", from_first(list_), "portal.claims"),
    Page(f"{_AT}/new", "self", new, "portal.claim_new"),
    Page(f"{_AT}/new", "self", open_, "portal.claim_open", methods=("POST",), cut=True),
    Page(f"{_AT}/<str:id>", "self", one, "portal.claim"),
    Page(f"{_AT}/<str:id>/photos/<str:hash>", "self", photo, "portal.claim_photo"),
    Page(f"{_AT}/<str:id>/reply", "self", reply, "portal.claim_reply", methods=("POST",)),
    Page(f"{_AT}/<str:id>/withdraw", "self", withdraw, "portal.claim_withdraw", methods=("POST",)),
    Page(f"{_AT}/<str:id>/reopen", "self", reopen, "portal.claim_reopen", methods=("POST",)),
)
