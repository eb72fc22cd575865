"""Claims: opened for members, answered and settled by clerks, each settled by an entry of the journal or a reason."""

from datetime import date, datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from guerdon.core import activities as activities_law
from guerdon.core import adjustments as by_hand
from guerdon.core import claims as law
from guerdon.core import images, ledger, limits
from guerdon.core import members as members_law
from guerdon.core.activities import Activity, Line, Member
from guerdon.core.claims import Claim, Kind, State, Told
from guerdon.core.images import Image
from guerdon.core.programme import UNIT_UNKNOWN
from guerdon.engine import claim_grants, claims, desk
from guerdon.engine.claim_grants import Granting
from guerdon.engine.claims import Asked, Opening
from guerdon.faces.api import calls, claim_views, views
from guerdon.faces.api.calls import Call, Endpoint, ExternalId, Page, Reply, Source
from guerdon.faces.api.claim_views import (
    Answers,
    ClaimCounts,
    ClaimDetail,
    Claims,
    ClaimView,
    CountedClaims,
    MemberClaims,
)
from guerdon.faces.api.views import DecisionView
from guerdon.features.claims import queries
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.features.rewards.pictures import PICTURE_UNKNOWN
from guerdon.insight import tiers
from guerdon.kit import clock, ids

_PHOTO_CHARS_MAX: Final = limits.CLAIM_PHOTO_BYTES_MAX // 3 * 4  # of its base 64
Name = Annotated[str, Meta(max_length=limits.NAME_CHARS_MAX)]
Words = Annotated[str, Meta(max_length=limits.TEXT_CHARS_MAX)]
Photos = Annotated[list[bytes], Meta(max_length=limits.CLAIM_PHOTOS_MAX)]


class NewClaim(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a member claims, asks or complains about, as the member tells it."""

    member: Member
    kind: Kind
    text: Words = ""
    store: Name | None = None
    day: date | None = None
    amount: Annotated[int, Meta(ge=0, le=limits.MONEY_MAX)] | None = None
    receipt: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)] | None = None
    photos: Photos = []


class ClaimMessage(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A word of ours to the member: a text or an answer that is ready; or a note, which the member never sees."""

    text: Words = ""
    answer: Name | None = None
    note: bool = False


class ClaimReply(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A word of the member's; `member` says whose claim it must be."""

    text: Annotated[str, Meta(min_length=1, max_length=limits.TEXT_CHARS_MAX)]
    photos: Photos = []
    member: str | None = None


class Reopening(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Why it is not settled for the member."""

    text: Words = ""
    member: str | None = None


class ClaimWithdrawal(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """That the member no longer claims it."""

    reason: Name = ""
    member: str | None = None


class Assignment(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Who works on it; null for nobody, the caller where it is left out."""

    to: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)] | msgspec.UnsetType | None = msgspec.UNSET


class MissingPurchase(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The purchase that was missing, as its till would have told it: what is known under that name is refused."""

    external_id: ExternalId
    source: Source
    occurred_at: datetime
    amount: Annotated[int, Meta(ge=0, le=limits.MONEY_MAX)] | None = None
    lines: tuple[Line, ...] = ()
    store: Name | None = None
    channel: Name | None = None


class Goodwill(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Points given because of it; more than one person may give waits for a second one."""

    unit: str
    points: Annotated[int, Meta(ge=1, le=limits.POINTS_MAX)]


class Settlement(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How it ends: by exactly one of a purchase, goodwill, a refusal with its reason, or an answer alone."""

    purchase: MissingPurchase | None = None
    goodwill: Goodwill | None = None
    outcome: Literal["refused", "closed"] | None = None
    reason: Name = ""


class ClaimQueue(Page, frozen=True, forbid_unknown_fields=True):
    """Which claims: those that wait for us, or those in one state; of one kind, of who works on them."""

    state: State | None = None
    kind: Kind | None = None
    assigned_to: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)] | None = None


class SettledClaim(msgspec.Struct, frozen=True, omit_defaults=True):
    """A claim and what was entered for it; `waiting` where a second person must agree first."""

    claim: ClaimView
    decision: DecisionView | None = None
    waiting: bool = False


def open_(call: Call, body: NewClaim) -> Reply:
    """Open a claim for a member."""
    told = Told(body.text, body.store, body.day, body.amount, body.receipt)
    opening = Opening(body.member, body.kind, told, _photos(body.photos), _tiers(call, body.member))
    claim, known = claims.open_(_asked(call, body), opening)
    view = claim_views.claim(call, claim)
    return Reply(view, known, location=f"/v1/claims/{view.id}")


def list_(call: Call, query: ClaimQueue) -> Reply:
    """The claims that wait for us, what is overdue before the highest priority; or those in a state, due first."""
    place = calls.after(query.cursor, queries.Place) if query.cursor else queries.Place(clock.micros(call.now))
    found = queries.queue(
        call.store, call.programme_id, state=query.state, place=place, most=query.limit, kind=query.kind,
        whose=query.assigned_to or "",
    )  # fmt: skip
    ends = calls.cursor(*msgspec.structs.astuple(place.next(found[-1]))) if len(found) == query.limit else None
    return Reply(Claims(claim_views.claims(call, found), ends), next=ends)


def count(call: Call) -> Reply:
    """How many claims are not settled, by state, and how many of these are overdue."""
    counts = queries.counts(call.store, call.programme_id, call.now)
    found = sorted(counts.items(), key=lambda one: law.LIVE.index(one[0]))
    counted = [CountedClaims(state, one.claims, one.overdue if state in law.OURS else 0) for state, one in found]
    return Reply(ClaimCounts(tuple(counted)))


def read(call: Call, id: str) -> Reply:
    """A claim with all that clerks may see: what was told, every step, and who else has shown the same receipt."""
    return Reply(claim_views.detail(call, _one(call, id)))


def answers(call: Call, id: str) -> Reply:
    """The answers that are ready, in the member's language, with what is known filled in."""
    return Reply(Answers(claim_views.answers(call, _one(call, id))))


def message(call: Call, id: str, body: ClaimMessage) -> Reply:
    """Write to the member, or note something down."""
    if bool(body.text.strip()) is (body.answer is not None):
        raise law.CLAIM_INVALID(pointer="/text", reason="missing" if body.answer is None else "answer_or_text")
    claim = _one(call, id)
    text = body.text if body.answer is None else claim_views.answer(call, claim, body.answer)
    claim, known = claims.say(_asked(call, body), claim.id, "note" if body.note else "ask", Told(text))
    return Reply(claim_views.claim(call, claim), known)


def reply(call: Call, id: str, body: ClaimReply) -> Reply:
    """Add what the member says, and maybe more photos."""
    asked = _asked(call, body, body.member)
    claim, known = claims.say(asked, _id(id), "reply", Told(body.text), _photos(body.photos))
    return Reply(claim_views.claim(call, claim), known)


def assign(call: Call, id: str, body: Assignment) -> Reply:
    """Give it to somebody to work on."""
    asked = _asked(call, body)
    claim, known = claims.assign(asked, _id(id), asked.actor.name if body.to is msgspec.UNSET else body.to)
    return Reply(claim_views.claim(call, claim), known)


def settle(call: Call, id: str, body: Settlement) -> Reply:
    """Grant it by the purchase that was missing or by goodwill, refuse it, or close it with an answer."""
    if sum(one is not None for one in (body.purchase, body.goodwill, body.outcome)) != 1:
        raise law.CLAIM_INVALID(pointer="", reason="settle_one")
    if body.outcome is not None:
        deed: claims.End = "refuse" if body.outcome == "refused" else "close"
        claim, known = claims.end(_asked(call, body), _id(id), deed, body.reason)
        return Reply(SettledClaim(claim_views.claim(call, claim)), known)
    granting = Granting(call.programme_id, _id(id), call.doer, call.now, body.reason, call.idempotency(body))
    if body.purchase is not None:
        granted = claim_grants.by_purchase(granting, _purchase(body.purchase))
    else:
        assert body.goodwill is not None
        granted = claim_grants.by_goodwill(granting, unit=body.goodwill.unit, points=body.goodwill.points)
    waiting = granted.claim.state == "waiting_for_approval"
    view = SettledClaim(claim_views.claim(call, granted.claim), views.decided(granted.outcome.decision), waiting)
    return Reply(view, granted.outcome.replayed, status=202 if waiting else 200)


def withdraw(call: Call, id: str, body: ClaimWithdrawal) -> Reply:
    """Take it back, as the member."""
    claim, known = claims.end(_asked(call, body, body.member), _id(id), "withdraw", body.reason)
    return Reply(claim_views.claim(call, claim), known)


def reopen(call: Call, id: str, body: Reopening) -> Reply:
    """Open a settled one again, as the member: once, and not long after."""
    claim, known = claims.reopen(_asked(call, body, body.member), _id(id), Told(body.text))
    return Reply(claim_views.claim(call, claim), known)


def photo(call: Call, id: str, hash: str) -> Reply:
    """A photo of a claim."""
    return _photo(call, _one(call, id), hash)


def _photo(call: Call, claim: Claim, hash: str) -> Reply:
    found = queries.photo(call.store, claim, hash)
    if found is None:
        raise PICTURE_UNKNOWN(id=hash[:64])
    media_type, content = found
    return Reply(calls.Image(content, media_type, hash, private=True))


def of_member(call: Call, id: str, query: Page) -> Reply:
    """The claims of a member as the member may see them, the latest first."""
    before = calls.after_id(query.cursor) if query.cursor else "f" * 32
    found = queries.of_member(call.store, _accounts(call, id), before=before, most=query.limit)
    ends = calls.cursor(found[-1].id) if len(found) == query.limit else None
    return Reply(MemberClaims(claim_views.own(call, found), ends), next=ends)


def photo_of_member(call: Call, id: str, claim: str, hash: str) -> Reply:
    """A photo of a claim, if the claim is the member's."""
    accounts, found = _accounts(call, id), _one(call, claim)
    if found.account_id not in accounts:
        raise law.CLAIM_UNKNOWN(id=claim)
    return _photo(call, found, hash)


def _accounts(call: Call, id: str) -> list[str]:
    return claims.accounts_of(call.store, members.get(call.store, call.programme_id, ids.read("member", id)))


def _id(id: str) -> str:
    return ids.read("claim", id)


def _one(call: Call, id: str) -> Claim:
    return queries.one(call.store, call.programme_id, _id(id))


def _asked(call: Call, body: msgspec.Struct, member: str | None = None) -> Asked:
    whose = None if member is None else ids.read("member", member)
    return Asked(call.programme_id, call.doer, call.now, call.idempotency(body), whose)


def _photos(sent: list[bytes]) -> tuple[Image, ...]:
    bytes_max, pixels_max = limits.CLAIM_PHOTO_BYTES_MAX, limits.CLAIM_PHOTO_PIXELS_MAX
    read = [
        images.read(content, pointer=f"/photos/{at}", bytes_max=bytes_max, pixels_max=pixels_max, from_phone=True)
        for at, content in enumerate(sent)
    ]
    return tuple(read)


def _tiers(call: Call, member: Member) -> tuple[str, ...]:
    """The tiers that the member has now; of nobody none."""
    in_force = programmes.latest(call.store, call.programme_id).current(call.now)
    if not in_force.programme.support.tiers or not in_force.programme.tiers:
        return ()
    kind, value = desk.name_of(member)
    id = value if kind == "id" else members.find(call.store, call.programme_id, kind, value)
    if id is None:
        raise members_law.MEMBER_UNKNOWN(kind=kind)
    row = members.get(call.store, call.programme_id, id)
    found, _ = tiers.of_member(call.store, in_force, row, call.now)
    return tuple([one.tier for one in found if one.tier is not None])


def _purchase(body: MissingPurchase) -> Activity:
    return Activity(
        kind=activities_law.PURCHASE, source=body.source, external_id=body.external_id, occurred_at=body.occurred_at,
        member=Member(), amount=body.amount, lines=body.lines, store=body.store, channel=body.channel,
    )  # fmt: skip


_NAMED: Final = (law.CLAIM_UNKNOWN, ids.ID_MALFORMED)
_DONE: Final = (*_NAMED, law.CLAIM_STATE, law.CLAIM_INVALID, desk.IDEMPOTENCY_CONFLICT)
_SAID: Final = (*_DONE, law.CLAIM_OVER, members_law.MEMBER_NOT_ACTIVE)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/claims", "claims:open", open_, "Open a claim", ClaimView, takes=NewClaim, status=201,
        chars_max=_PHOTO_CHARS_MAX,
        refuses=(
            members_law.MEMBER_UNKNOWN, members_law.MEMBER_NOT_ACTIVE, members_law.IDENTIFIER_INVALID,
            ids.ID_MALFORMED, activities_law.ACTIVITY_INVALID, images.PICTURE_INVALID, law.CLAIM_INVALID,
            law.CLAIMS_OPEN, law.CLAIMS_TODAY, law.CLAIM_OVER, desk.IDEMPOTENCY_CONFLICT,
            programmes.PROGRAMME_UNPUBLISHED,
        ),
        idempotent=True, tag="Claims",
        about="On behalf of a member. Missing points need store, day, amount and receipt, and best a photo of it: PNG, "
        f"JPEG or WebP, {limits.CLAIM_PHOTO_BYTES_MAX // 1024} KiB each, cleaned of all but the picture. What is told "
        "is kept sealed, and erased with the member. By when it is answered follows from the member's tier.",
    ),
    Endpoint(
        "GET", "/v1/claims", "claims:read", list_, "List claims", Claims, query=ClaimQueue,
        refuses=(calls.CURSOR_INVALID,), tag="Claims",
        about="Without a state what waits for us: what is overdue, then by priority, then what is due first.",
    ),
    Endpoint(
        "GET", "/v1/claims/counts", "claims:read", count, "Count claims", ClaimCounts, tag="Claims",
    ),
    Endpoint(
        "GET", "/v1/claims/{id}", "claims:read", read, "Read a claim", ClaimDetail, refuses=_NAMED, noun="claim",
        tag="Claims",
    ),
    Endpoint(
        "GET", "/v1/claims/{id}/answers", "claims:read", answers, "List answers that are ready", Answers,
        refuses=_NAMED, noun="claim", tag="Claims",
    ),
    Endpoint(
        "POST", "/v1/claims/{id}/messages", "claims:write", message, "Write to the member", ClaimView,
        takes=ClaimMessage, refuses=(*_SAID, law.ANSWER_UNKNOWN), idempotent=True, noun="claim", tag="Claims",
        about="The claim waits for the member then; with `note` it is for clerks alone, and nothing else changes.",
    ),
    Endpoint(
        "POST", "/v1/claims/{id}/replies", "claims:open", reply, "Reply as the member", ClaimView, takes=ClaimReply,
        chars_max=_PHOTO_CHARS_MAX, refuses=(*_SAID, images.PICTURE_INVALID, members_law.MEMBER_UNKNOWN),
        idempotent=True, noun="claim", tag="Claims",
    ),
    Endpoint(
        "POST", "/v1/claims/{id}/assign", "claims:write", assign, "Assign a claim", ClaimView, takes=Assignment,
        refuses=_DONE, idempotent=True, noun="claim", tag="Claims",
    ),
    Endpoint(
        "POST", "/v1/claims/{id}/settle", "claims:write", settle, "Settle a claim", SettledClaim, takes=Settlement,
        later=True,
        refuses=(
            *_DONE, law.PURCHASE_KNOWN, members_law.MEMBER_UNKNOWN, members_law.MEMBER_NOT_ACTIVE, UNIT_UNKNOWN,
            ledger.POINTS_INVALID, by_hand.REASON_MISSING, by_hand.REASON_UNKNOWN, activities_law.ACTIVITY_INVALID,
        ),
        idempotent=True, noun="claim", tag="Claims",
        about="By the `purchase` that was missing, under the name its till has for it: where it is known already, "
        "nothing is given, and the refusal says whose it is. By `goodwill`, as far as one person may give; what is "
        "more is answered 202, and settled once a second person approves the adjustment. Or by an `outcome` without "
        "points: `refused`, with the reason for the member, or `closed`.",
    ),
    Endpoint(
        "POST", "/v1/claims/{id}/withdraw", "claims:open", withdraw, "Withdraw a claim", ClaimView,
        takes=ClaimWithdrawal, refuses=(*_DONE, members_law.MEMBER_UNKNOWN), idempotent=True, noun="claim",
        tag="Claims",
    ),
    Endpoint(
        "POST", "/v1/claims/{id}/reopen", "claims:open", reopen, "Open a claim again", ClaimView, takes=Reopening,
        refuses=(*_SAID, law.CLAIM_REOPENED, law.CLAIM_TOO_OLD, members_law.MEMBER_UNKNOWN), idempotent=True,
        noun="claim", tag="Claims",
        about="Once, within the days that the programme says.",
    ),
    Endpoint(
        "GET", "/v1/claims/{id}/photos/{hash}", "claims:read", photo, "Show a photo of a claim", calls.Image,
        refuses=(*_NAMED, PICTURE_UNKNOWN), noun="claim", tag="Claims",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/claims", "claims:open", of_member, "List a member's claims", MemberClaims, query=Page,
        refuses=(members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED, calls.CURSOR_INVALID), noun="member", tag="Claims",
        about="As the member may see them: without notes, and without who works on them.",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/claims/{claim}/photos/{hash}", "claims:open", photo_of_member,
        "Show a photo of a member's claim", calls.Image, refuses=(*_NAMED, members_law.MEMBER_UNKNOWN, PICTURE_UNKNOWN),
        noun="member", tag="Claims",
    ),
)  # fmt: skip
