"""The support desk: what members claim, those first that come first; each answered, noted upon, and settled."""

from datetime import date, datetime, time
from typing import Annotated, Any, Final

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import claims as law
from guerdon.core import limits, money, period
from guerdon.core.claims import Kind, State
from guerdon.core.errors import Refusal
from guerdon.faces import came_back, posted, settlements, typed
from guerdon.faces.api import activities, balances, tiers
from guerdon.faces.api import claims as api
from guerdon.faces.api import members as members_api
from guerdon.faces.api.claim_views import ClaimDetail, ClaimStep, ClaimView
from guerdon.faces.asking import ask, reply
from guerdon.faces.console import frame, glances
from guerdon.faces.design.shapes import Choice, Fact, Paging
from guerdon.faces.portal.claims import SIGNS, STEPS, shown
from guerdon.faces.portal.claims import facts as told_facts
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.claims import queries
from guerdon.kit import ids

_ROWS: Final = 50
_PURCHASES: Final = 5
_NAMELESS: Final = "member"  # how a member without a name is called by doors that must call everybody something


class Filter(msgspec.Struct, frozen=True):
    """What the queue is narrowed to; without a state it is what waits for us."""

    state: State | None = None
    kind: Kind | None = None
    mine: bool = False
    cursor: str | None = None


class Bought(msgspec.Struct, frozen=True):
    """A purchase of the member's, what came back of it, and whether it is the one with the receipt that was told."""

    id: str
    title: str
    about: str
    meant: bool


class Word(msgspec.Struct, frozen=True):
    """One step of a claim in words."""

    icon: str
    title: str
    when: str
    text: str
    photos: tuple[str, ...]


class Settling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the form of an end says; amounts and points as people write them."""

    how: str
    external_id: str = ""
    source: str = ""
    store: str | None = None
    day: str = ""
    amount: Annotated[str, Meta(max_length=limits.KEY_CHARS_MAX)] = ""
    unit: str = ""
    points: Annotated[str, Meta(max_length=limits.KEY_CHARS_MAX)] = ""
    reason: api.Name = ""


def list_(visit: Visit) -> HttpResponse:
    """The queue, a page at a time: all of it, what is mine, or what is of a kind."""
    told = {name: text for name, text in visit.request.GET.items() if text}
    try:
        wanted = msgspec.convert(told | {"mine": "mine" in told}, Filter, strict=False)
    except msgspec.ValidationError:
        wanted = Filter()
    whose = visit.name if wanted.mine else None
    query = api.ClaimQueue(_ROWS, wanted.cursor, wanted.state, wanted.kind, whose)
    found = reply(visit, api.list_, query=query)
    asked = [ids.read("claim", one.id) for one in _claims(found.value)]
    known = queries.several(visit.store, visit.programme_id, asked)
    rows = glances.shown(visit, [known[id] for id in asked if id in known], "console.claims")
    counts = {one.state: one.claims for one in ask(visit, api.count).counts}
    ours = visit.say("console_claims.ours", count=sum(counts.get(one, 0) for one in law.OURS))
    states = [
        Choice(one, f"{visit.say(f'claims.{one}')} ({counts[one]})" if one in counts else
               visit.say(f"claims.{one}"))
        for one in SIGNS
    ]  # fmt: skip
    kinds = [Choice(one, visit.say(f"claims.kind_{one}")) for one in glances.KINDS]
    every = Choice("", visit.say("console_claims.every"))
    context = {
        "rows": rows, "states": (Choice("", ours), *states), "kinds": (every, *kinds), "wanted": wanted,
        "paging": None if found.next is None else Paging("", later=_later(visit, found.next)),
    }  # fmt: skip
    return frame.page(visit, "console/claims.html", context, area="console.claims")


def _claims(found: Any) -> tuple[ClaimView, ...]:
    claims: tuple[ClaimView, ...] = found.claims
    return claims


def _later(visit: Visit, cursor: str) -> str:
    query = visit.request.GET.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"


def one(visit: Visit, id: str) -> HttpResponse:
    """One claim with all that helps to settle it."""
    return _shown(visit, id, {})


def _shown(visit: Visit, id: str, faults: dict[str, str], status: int = 200) -> HttpResponse:
    pen = Pen(visit)
    detail: ClaimDetail = ask(visit, api.read, id)
    claim, programme = detail.claim, visit.programme
    units = [Choice(code, pen.tongue.named(one.name)) for code, one in programme.units.items() if one.spendable]
    most = [pen.points(steps, code) for code, steps in programme.adjustments.approve_above.items()]
    reasons = [Choice(key, pen.tongue.named(one.name)) for key, one in programme.adjustments.reasons.items()]
    ready = ask(visit, api.answers, id).answers
    picked = next((one.text for one in ready if one.key == visit.request.GET.get("answer")), "")
    told = detail.told.amount
    shown = "" if told is None else money.plain(told.amount, money.decimals(told.currency))
    whole = queries.one(visit.store, visit.programme_id, ids.read("claim", claim.id))
    context = {
        "given": settlements.of(visit, whole), "when": glances.when(visit, pen, whole),
        "priority": glances.priority(visit, whole), "to_approve": visit.may("rules:read"),
        "claim": claim, "title": visit.say(f"claims.kind_{claim.kind}"),
        "state": visit.say(f"claims.{claim.state}"), "sign": SIGNS[claim.state],
        "facts": told_facts(visit, pen, detail.told), "told": detail.told,
        "words": tuple([_word(visit, pen, each) for each in detail.steps]), "twins": detail.twins,
        "member": _member(visit, pen, claim.member), "answers": ready,
        "bought": _bought(visit, pen, claim.member, detail.told.receipt),
        "live": claim.state in law.LIVE, "settles": claim.state in law.WAYS["grant"], "units": tuple(units),
        "limit": visit.say("console_claims.limit", points=pen.tongue.all_of(most)) if most else "",
        "reasons": tuple(reasons), "amount": visit.request.POST.get("amount", shown),
        "said": visit.request.POST, "faults": faults,
        "day": (detail.told.day or claim.opened_at.astimezone(visit.zone).date()).isoformat(),
        "written": visit.request.POST.get("text", picked), "rest": tuple(faults.values()),
        "writes": visit.may("claims:write"),
    }  # fmt: skip
    return frame.page(visit, "console/claim.html", context, area="console.claims", status=status)


def _member(visit: Visit, pen: Pen, id: str) -> tuple[Fact, ...]:
    """Who it is: name, what there is, tier, and since when."""
    found = ask(visit, members_api.read, id)
    has = ask(visit, balances.read, id).balances
    ladders = ask(visit, tiers.read, id, query=tiers.AsOf()).ladders
    levels = {level.key: level.name for ladder in visit.programme.tiers for level in ladder.levels}
    named = [pen.tongue.named(levels[one.tier]) for one in ladders if one.tier in levels]
    points = [pen.points(one.available, one.unit) for one in has if one.available]
    texts = {
        "name": found.person.name if found.person and found.person.name else id,
        "has": pen.tongue.all_of(points) if points else "–", "tier": pen.tongue.all_of(named) if named else "–",
        "since": pen.day(found.enrolled_at),
    }  # fmt: skip
    return tuple([Fact(visit.say(f"console_claims.{name}"), text or "–") for name, text in texts.items()])


def _bought(visit: Visit, pen: Pen, member: str, receipt: str | None) -> tuple[Bought, ...]:
    """The last purchases, for who may see them; the one that the claim is about stands out."""
    if not visit.may("profiles:read"):
        return ()
    query = activities.Listing(member=member, order="newest", kind="purchase", limit=_PURCHASES, whole=True)
    found = [one.activity for one in ask(visit, activities.list_, query=query).activities]
    gone = came_back.of(visit, [one.id for one in found])
    return tuple([
        Bought(
            told.id, pen.money(told.total.amount, told.total.currency) if told.total else told.external_id,
            " · ".join(filter(None, (
                pen.moment(told.occurred_at), pen.word("store", told.store), told.external_id,
                gone[told.id].told(visit) if told.id in gone else "",
            ))),
            told.external_id == receipt,
        )
        for told in found
    ])  # fmt: skip


def _word(visit: Visit, pen: Pen, one: ClaimStep) -> Word:
    who = visit.say("console_claims.by_member") if one.deed in law.MEMBERS and one.actor == _NAMELESS else one.actor
    title = f"{visit.say(f'claims.step_{one.deed}')} · {who}"
    known = visit.programme.adjustments.reasons.get(one.reason) if one.deed in law.GIVEN else None
    reason = one.reason if known is None else pen.tongue.named(known.name)
    return Word(STEPS[one.deed], title, pen.moment(one.at), one.text or reason, one.photos)


def photo(visit: Visit, id: str, hash: str) -> HttpResponse:
    """A photo, as large as it is."""
    return shown(ask(visit, api.photo, id, hash))


def message(visit: Visit, id: str) -> HttpResponse:
    """Write to the member, by hand or with an answer that is ready; or note something down."""
    said = visit.request.POST
    body = api.ClaimMessage(said.get("text", "").strip(), said.get("answer") or None, said.get("note") == "true")
    return _do(visit, id, api.message, body, "said")


def assign(visit: Visit, id: str) -> HttpResponse:
    """Take it, or give it back."""
    mine = visit.request.POST.get("mine") == "true"
    return _do(visit, id, api.assign, api.Assignment(visit.name if mine else None), "assigned")


def settle(visit: Visit, id: str) -> HttpResponse:
    """End it: by the purchase that was missing, by goodwill, by a refusal, or with nothing more to do."""
    try:
        body = _settlement(visit, posted.read(visit.request, Settling))
        done = ask(visit, api.settle, id, body=body, token=posted.token(visit.request))
    except Refusal as refusal:
        return _shown(visit, id, posted.faults(refusal), 422)
    word = "waits" if done.waiting else "settled"
    return visit.done(visit.say(f"console_claims.{word}"), "console.claim", id)


def _settlement(visit: Visit, told: Settling) -> api.Settlement:
    """What the API is asked. Raises `value_refused`, `claim_invalid`."""
    if told.how == "purchase":
        try:
            day = date.fromisoformat(told.day)
        except ValueError as error:
            raise law.CLAIM_INVALID(pointer="/day", reason="not_a_day" if told.day else "missing") from error
        if day > period.local_day(visit.now, visit.zone):
            raise law.CLAIM_INVALID(pointer="/day", reason="day_ahead")
        at = datetime.combine(day, time(12), visit.zone)
        if not told.external_id or not told.source:
            raise law.CLAIM_INVALID(pointer="/external_id", reason="missing")
        amount = typed.amount(visit, told.amount)
        purchase = api.MissingPurchase(told.external_id, told.source, min(at, visit.now), amount, store=told.store)
        return api.Settlement(purchase=purchase, reason=told.reason)
    if told.how == "goodwill":
        points = typed.points(visit, told.points, told.unit)
        return api.Settlement(goodwill=api.Goodwill(told.unit, points), reason=told.reason)
    return api.Settlement(outcome="refused" if told.how == "refused" else "closed", reason=told.reason)


def _do(visit: Visit, id: str, run: Any, body: msgspec.Struct, done: str) -> HttpResponse:
    try:
        ask(visit, run, id, body=body, token=posted.token(visit.request))
    except Refusal as refusal:
        return _shown(visit, id, posted.faults(refusal), 422)
    return visit.done(visit.say(f"console_claims.{done}"), "console.claim", id)


_AT: Final = "console/<slug:programme>/claims"
PAGES: Final[tuple[Page, ...]] = (
    Page(f"{_AT}/", "claims:read", list_, "console.claims"),
    Page(f"{_AT}/<str:id>", "claims:read", one, "console.claim"),
    Page(f"{_AT}/<str:id>/photos/<str:hash>", "claims:read", photo, "console.claim_photo"),
    Page(f"{_AT}/<str:id>/message", "claims:write", message, "console.claim_message", methods=("POST",)),
    Page(f"{_AT}/<str:id>/assign", "claims:write", assign, "console.claim_assign", methods=("POST",)),
    Page(f"{_AT}/<str:id>/settle", "claims:write", settle, "console.claim_settle", methods=("POST",)),
)
