"""Vouchers: given to members, read by their codes, listed and withdrawn."""

from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import activities as activities_law
from guerdon.core import households, limits
from guerdon.core import members as members_law
from guerdon.core import vouchers as law
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.money import Money
from guerdon.core.programme import Programme
from guerdon.core.vouchers import Kind, State, Voucher
from guerdon.engine import desk
from guerdon.engine import vouchers as engine
from guerdon.engine.batch import Outcome
from guerdon.faces import pictures
from guerdon.faces.api import calls, views
from guerdon.faces.api.calls import Call, Endpoint, ExternalId, Page, Picture, Reply, Source, Trial
from guerdon.faces.api.programme import named
from guerdon.faces.pictures import Symbol
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.features.vouchers import queries
from guerdon.features.vouchers.queries import Shown
from guerdon.kit import ids

_DIFFERING: Final = {"/member": "/member", "/facts/voucher": "/voucher"}
Reason = Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]


class NewVoucher(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A voucher of the programme for a member; (source, external_id) names it for ever."""

    member: Member
    voucher: str
    external_id: ExternalId
    source: Source = "api"


class Withdrawal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a voucher shall be of no use any more."""

    reason: Reason


class VoucherOffer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a voucher gives, as the programme says it."""

    voucher: str
    name: str
    kind: Kind
    amount: Money | None = None
    percent: str | None = None
    amount_max: Money | None = None
    product: str | None = None
    gift: str | None = None


class VoucherView(msgspec.Struct, frozen=True):
    """A voucher as of now, by its code; a code that no member was given has no id."""

    code: str
    id: str | None
    member: str | None
    offer: VoucherOffer
    state: State
    uses: int
    used: int
    issued_at: datetime
    expires_at: datetime | None
    withdrawn_at: datetime | None
    rule: str | None


class IssuedVoucher(msgspec.Struct, frozen=True, omit_defaults=True):
    """A voucher, and the number the journal reached."""

    voucher: VoucherView
    seq: int | None
    dry_run: bool = False
    differs: tuple[str, ...] = ()


class Drawing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As what a code is drawn."""

    symbol: Symbol = "qr"


class Vouchers(msgspec.Struct, frozen=True):
    """A page of vouchers."""

    vouchers: tuple[VoucherView, ...]
    next: str | None


def issue(call: Call, query: Trial, body: NewVoucher) -> Reply:
    """Give a member a voucher."""
    wanted = engine.Issuance(body.member, body.voucher, body.source, body.external_id, call.idempotency(body))
    (result,) = engine.issue_many(programme_id=call.programme_id, wanted=[wanted], now=call.now, dry_run=query.dry_run)
    if isinstance(result, Refusal):
        raise result
    differs = tuple(_DIFFERING[pointer] for pointer in result.differs if pointer in _DIFFERING)
    shown = _tried(result, call) if query.dry_run and not result.replayed else _issued(call, result)
    view = IssuedVoucher(_view(call, shown), result.seq, query.dry_run, differs)
    if query.dry_run:
        return Reply(view, result.replayed, status=200)
    return Reply(view, result.replayed, location=f"/v1/vouchers/{shown.code}")


def read(call: Call, code: str) -> Reply:
    """One voucher as of now."""
    shown = queries.one(call.store, call.programme_id, law.stored(code))
    return Reply(IssuedVoucher(_view(call, shown), shown.seq))


def withdraw(call: Call, code: str, body: Withdrawal) -> Reply:
    """Make a voucher of no use to anybody, for good."""
    shown, known = engine.withdraw(
        programme_id=call.programme_id, code=code, reason=body.reason, now=call.now, idempotency=call.idempotency(body)
    )
    return Reply(IssuedVoucher(_view(call, shown), shown.seq), known)


def draw(call: Call, code: str, query: Drawing) -> Reply:
    """The code as a picture that is scanned."""
    shown = queries.one(call.store, call.programme_id, law.stored(code))
    return Reply(Picture(pictures.svg(shown.code, query.symbol)))


def list_(call: Call, id: str, query: Page) -> Reply:
    """What a member was given, in that order, those too that are used or over."""
    member = members.get(call.store, call.programme_id, ids.read("member", id))
    last = calls.after_id(query.cursor)
    theirs = {member.id, member.account_id, *members.followers_of(call.store, [member.id]).get(member.id, ())}
    found = queries.of_accounts(call.store, sorted(theirs), after=last, most=query.limit)
    ends = calls.cursor(str(found[-1].id)) if len(found) == query.limit else None
    return Reply(Vouchers(tuple(_view(call, one) for one in found), ends), next=ends)


def _issued(call: Call, result: Outcome) -> Shown:
    (issued,) = result.decision.issued
    return queries.one(call.store, call.programme_id, issued.code)


def _tried(result: Outcome, call: Call) -> Shown:
    """A voucher that was only tried: nothing of it can be read again, so its code is nobody's."""
    (issued,) = result.decision.issued
    offer = (
        programmes.lawbook(call.store, call.programme_id).law(result.decision.version).programme.voucher(issued.voucher)
    )
    return Shown(
        "", issued.voucher, result.decision.version, result.account_id, issued.id, call.now, issued.expires_at,
        offer.uses, 0, None,
    )  # fmt: skip


def offer_view(one: Voucher, programme: Programme, language: str) -> VoucherOffer:
    """What a voucher gives, in the caller's language."""
    currency = programme.currency
    percent = None if one.percent is None else f"{one.percent // 100}.{one.percent % 100:02}".rstrip("0").rstrip(".")
    return VoucherOffer(
        one.key, named(one.name, programme, language), one.kind,
        None if one.amount is None else Money(one.amount, currency), percent,
        None if one.amount_max is None else Money(one.amount_max, currency), one.product,
        None if one.gift is None else named(one.gift, programme, language),
    )  # fmt: skip


def _view(call: Call, one: Shown) -> VoucherView:
    book = programmes.latest(call.store, call.programme_id)
    offer, in_force = one.terms(book, book.current(call.now))
    return VoucherView(
        views.shown_code(one.code), None if one.id is None else ids.show("voucher", one.id),
        None if one.account_id is None else ids.show("member", one.account_id),
        offer_view(offer, in_force.programme, call.language), one.as_of(call.now), one.uses, one.used,
        one.issued_at, one.expires_at, one.withdrawn_at, one.rule,
    )  # fmt: skip


_MEMBER: Final = (
    members_law.MEMBER_UNKNOWN, members_law.MEMBER_NOT_ACTIVE, members_law.IDENTIFIER_INVALID, ids.ID_MALFORMED,
    activities_law.ACTIVITY_INVALID, desk.IDEMPOTENCY_CONFLICT, households.HOUSEHOLD_UNNAMED,
)  # fmt: skip
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/vouchers", "vouchers:write", issue, "Give a voucher", IssuedVoucher, takes=NewVoucher,
        query=Trial, status=201, refuses=(*_MEMBER, law.VOUCHER_UNDEFINED, law.VOUCHER_EXPIRED, law.VOUCHER_POOL_EMPTY),
        idempotent=True, tag="Vouchers",
        about="The code is made now, or taken from the voucher's pool. Told again, it answers the same voucher. With "
        "`dry_run=true` it answers 200 without a code, and nothing is kept.",
    ),
    Endpoint(
        "GET", "/v1/vouchers/{code}", "vouchers:read", read, "Read a voucher", IssuedVoucher,
        refuses=(law.VOUCHER_UNKNOWN, law.VOUCHER_CODES_INVALID), noun="code", tag="Vouchers",
        about="A code can be written in small letters, with blanks or hyphens.",
    ),
    Endpoint(
        "GET", "/v1/vouchers/{code}/image.svg", "vouchers:read", draw, "Draw a voucher's code", Picture, query=Drawing,
        refuses=(law.VOUCHER_UNKNOWN, law.VOUCHER_CODES_INVALID, pictures.CODE_NOT_DRAWN), tag="Vouchers",
        about="As a QR code for phones, or in Code 128 for the scanner of a till.",
    ),
    Endpoint(
        "POST", "/v1/vouchers/{code}/withdraw", "vouchers:write", withdraw, "Withdraw a voucher", IssuedVoucher,
        takes=Withdrawal,
        refuses=(law.VOUCHER_UNKNOWN, law.VOUCHER_CODES_INVALID, desk.IDEMPOTENCY_CONFLICT),
        idempotent=True, noun="code", tag="Vouchers",
        about="It is of no use from now on, for good; what it was used for before stays.",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/vouchers", "members:read", list_, "List a member's vouchers", Vouchers, query=Page,
        refuses=(members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED, calls.CURSOR_INVALID), noun="member", tag="Vouchers",
    ),
)  # fmt: skip
