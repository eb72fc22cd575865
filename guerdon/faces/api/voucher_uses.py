"""Vouchers shown with a basket: looked at with reasons, redeemed, and rolled back."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Final, Literal, TypeVar

import msgspec
from msgspec import Meta

from guerdon.core import activities as activities_law
from guerdon.core import documents, households, limits, sentences, silence
from guerdon.core import members as members_law
from guerdon.core import vouchers as law
from guerdon.core.activities import Line, Member
from guerdon.core.decisions import VoucherUse
from guerdon.core.errors import Refusal
from guerdon.core.money import Money
from guerdon.core.vouchers import Voucher
from guerdon.engine import desk
from guerdon.engine import voucher_uses as engine
from guerdon.engine.batch import Outcome
from guerdon.engine.voucher_uses import Redemption, Verdict
from guerdon.faces.api import calls, guarded, views, vouchers
from guerdon.faces.api.calls import Call, Client, Endpoint, ExternalId, Page, Reply, Source, Trial
from guerdon.faces.api.vouchers import VoucherOffer
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.programmes import queries as programmes
from guerdon.features.vouchers import queries
from guerdon.kit import ids

T = TypeVar("T")
# Who may give vouchers is told why one is of no use; to all others unknown, used and expired ones are alike.
STAFF: Final = "vouchers:write"
_DIFFERING: Final = ("/lines", "/amount", "/store", "/channel", "/member")

_OF_HOLDER: Final = ("member_not_active", "member_unknown", "household_unnamed")
Code = Annotated[str, Meta(min_length=1, max_length=limits.TEXT_CHARS_MAX)]
Codes = Annotated[tuple[Code, ...], Meta(max_length=limits.VOUCHERS_TOGETHER_MAX - 1)]


class Basket(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A basket beside which vouchers are laid, in the programme's currency.

    Without a member it is of whoever was given the code. `client` says for whom a shop asks, so that one who guesses
    does not make all others wait.
    """

    member: Member | None = None
    together_with: Codes = ()
    lines: tuple[Line, ...] = ()
    amount: int | None = None
    store: str | None = None
    channel: str | None = None
    client: Client | None = None


class NewUse(Basket, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A basket for which vouchers are redeemed; (source, external_id) names that for ever."""

    external_id: ExternalId
    source: Source = "api"


class NewRollback(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Which use of vouchers shall be as if it had not been; (source, external_id) names that for ever."""

    use: str
    external_id: ExternalId
    source: Source = "api"


class LineOff(msgspec.Struct, frozen=True):
    """What comes off one line of the basket, in minor units."""

    line: int
    off: int


class Why(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a voucher is of no use here: the refusal that redeeming would meet, and the condition that did not hold."""

    code: str
    title: str
    detail: str
    pointer: str | None = None
    condition: str | None = None


class VerdictView(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one code comes to beside this basket."""

    code: str
    valid: bool
    offer: VoucherOffer | None = None
    off: Money | None = None
    lines: tuple[LineOff, ...] = ()
    why: Why | None = None


class Looked(msgspec.Struct, frozen=True):
    """What all codes come to; `valid` where redeeming them now would be taken."""

    valid: bool
    off: Money
    vouchers: tuple[VerdictView, ...]


class UsedVoucher(msgspec.Struct, frozen=True):
    """What one voucher took off."""

    code: str
    voucher: str
    off: Money
    lines: tuple[LineOff, ...]


class UseView(msgspec.Struct, frozen=True):
    """A use of vouchers as it stands in the journal."""

    id: str
    member: str
    state: Literal["redeemed", "rolled_back"]
    off: Money
    vouchers: tuple[UsedVoucher, ...]
    source: str
    external_id: str
    seq: int
    recorded_at: datetime


class RecordedUse(msgspec.Struct, frozen=True, omit_defaults=True):
    """A use of vouchers, and the number the journal reached."""

    use: UseView
    seq: int
    dry_run: bool = False
    differs: tuple[str, ...] = ()


class UseStepView(msgspec.Struct, frozen=True):
    """A use of a code, or that it was rolled back: `use` names the use in both."""

    use: str
    member: str
    direction: queries.Direction
    off: Money
    at: datetime
    seq: int


class Steps(msgspec.Struct, frozen=True):
    """A page of what was done with a code, the latest first."""

    uses: tuple[UseStepView, ...]
    next: str | None


def list_(call: Call, code: str, query: Page) -> Reply:
    """The uses of a code and their rollbacks, the latest first."""
    shown = queries.one(call.store, call.programme_id, law.stored(code))
    before = (limits.INT64_MAX, "f" * 32)
    if query.cursor is not None:
        seq, id = calls.after(query.cursor, tuple[int, str])
        before = (seq, calls.after_id(calls.cursor(id)))
    found = queries.steps_of(call.store, call.programme_id, shown.code, before=before, most=query.limit)
    ends = calls.cursor(found[-1].seq, found[-1].id) if len(found) == query.limit else None
    currency = programmes.latest(call.store, call.programme_id).current(call.now).programme.currency
    views = [
        UseStepView(
            ids.show("voucher_use", one.activity_id), ids.show("member", one.account_id), one.direction,
            Money(one.off, currency), one.at, one.seq,
        )
        for one in found
    ]  # fmt: skip
    return Reply(Steps(tuple(views), ends), next=ends)


def validate(call: Call, code: str, body: Basket) -> Reply:
    """What would the codes take off, and why not? Nothing is written."""
    wanted = _wanted(call, code, body, external_id="", source="api")

    def look() -> list[Verdict]:
        return engine.validate(programme_id=call.programme_id, wanted=wanted, now=call.now)

    verdicts = _guarded(call, body, look)
    money = programmes.latest(call.store, call.programme_id).current(call.now).programme.currency
    for verdict in verdicts:
        if verdict.refusal is not None and _hides(call, verdict.refusal):
            guarded.count(call, body.client)
    shown = tuple(_verdict(call, verdict, money) for verdict in verdicts)
    valid = all(one.valid for one in shown)
    off = sum(verdict.use.off for verdict in verdicts if verdict.use is not None) if valid else 0
    return Reply(Looked(valid, Money(off, money), shown))


def redeem(call: Call, code: str, query: Trial, body: NewUse) -> Reply:
    """Use the codes for this basket, all of them or none."""
    wanted = _wanted(call, code, body, external_id=body.external_id, source=body.source)

    def use() -> Outcome:
        result = engine.redeem(programme_id=call.programme_id, wanted=wanted, now=call.now, dry_run=query.dry_run)
        if isinstance(result, Refusal):
            raise result
        return result

    outcome = _guarded(call, body, use)
    back = False if query.dry_run and not outcome.replayed else _is_back(call, outcome)
    differs = tuple(pointer for pointer in outcome.differs if pointer.startswith(_DIFFERING))
    others = set(engine.codes_of(outcome.activity)) != {law.stored(one) for one in wanted.codes}
    differs += ("/together_with",) if others else ()
    view = RecordedUse(_use(call, outcome, back=back), outcome.seq, query.dry_run, differs)
    return Reply(view, outcome.replayed, status=200 if query.dry_run else 0)


def rollback(call: Call, code: str, query: Trial, body: NewRollback) -> Reply:
    """Give every use of a redemption back, once."""
    use_id, stored = ids.read("voucher_use", body.use), law.stored(code)
    found = activities.find(call.store, call.programme_id, use_id, activities_law.VOUCHER_REDEEM)
    if found is None or stored not in engine.codes_of(found.activity):
        raise law.VOUCHER_USE_UNKNOWN(id=body.use[:60])
    result = engine.rollback(
        programme_id=call.programme_id, use_id=use_id, source=body.source, external_id=body.external_id, now=call.now,
        idempotency=call.idempotency(body), dry_run=query.dry_run,
    )  # fmt: skip
    if isinstance(result, Refusal):
        raise result
    return Reply(RecordedUse(_use(call, found, back=True), result.seq, query.dry_run), result.replayed)


def _wanted(call: Call, code: str, body: Basket, *, external_id: str, source: str) -> Redemption:
    return Redemption(
        codes=(code, *body.together_with), source=source, external_id=external_id, member=body.member,
        lines=body.lines, amount=body.amount, store=body.store, channel=body.channel,
        idempotency=call.idempotency(body) if call.endpoint.idempotent else None,
    )  # fmt: skip


# --- who may know why ---


def _hides(call: Call, refusal: Refusal) -> bool:
    """Whether the public is not told of the code."""
    return refusal.code in law.ALIKE and not guarded.is_staff(call, STAFF)


def _hides_here(call: Call, body: Basket, refusal: Refusal) -> bool:
    """Whether the public is not told here: without a member, what is wrong with the holder says that the code is right.

    So does that only the member is missing.
    """
    of_holder = body.member is None and refusal.code in _OF_HOLDER
    missing = refusal.kind is activities_law.ACTIVITY_INVALID and refusal.facts["pointer"] == "/member"
    return _hides(call, refusal) or ((of_holder or missing) and not guarded.is_staff(call, STAFF))


def _guarded(call: Call, body: Basket, ask: Callable[[], T]) -> T:
    """Ask; to the public all that cannot be used is alike."""
    try:
        codes = 1 + len(set(body.together_with))
        return guarded.asked(
            call, body.client, STAFF, lambda refusal: _hides_here(call, body, refusal), ask, codes=codes
        )
    except Refusal as refusal:
        if not _hides_here(call, body, refusal):
            raise
        raise law.VOUCHER_INVALID() from None


# --- what is shown ---


def _verdict(call: Call, one: Verdict, currency: str) -> VerdictView:
    refusal = one.refusal
    if refusal is not None and _hides(call, refusal):
        return VerdictView(views.shown_code(one.code), False, why=_why(call, law.VOUCHER_INVALID(), None))
    offer: Voucher | None = None
    told: VoucherOffer | None = None
    if one.shown is not None:
        book = programmes.latest(call.store, call.programme_id)
        offer, in_force = one.shown.terms(book, book.current(call.now))
        told = vouchers.offer_view(offer, in_force.programme, call.language)
    if one.use is None:
        assert refusal is not None
        return VerdictView(views.shown_code(one.code), False, told, why=_why(call, refusal, offer))
    return VerdictView(views.shown_code(one.code), True, told, Money(one.use.off, currency), _lines(one.use))


def _why(call: Call, refusal: Refusal, offer: Voucher | None) -> Why:
    problem = call.problem(refusal)
    if refusal.kind is not law.VOUCHER_UNMET or offer is None or offer.condition is None:
        return Why(problem.code, problem.title, problem.detail)
    pointer = str(refusal.facts["pointer"])
    under = documents.under(documents.under("/vouchers", offer.key), "if")
    condition = silence.part_at(offer.condition, pointer, under=under)
    programme = programmes.latest(call.store, call.programme_id).current(call.now).programme
    kinds = (activities_law.PURCHASE,)
    asked = None if condition is None else sentences.condition(condition, programme, call.language, kinds=kinds)
    return Why(problem.code, problem.title, problem.detail, pointer, asked)


def _use(call: Call, one: Outcome | Recorded, *, back: bool) -> UseView:
    currency = programmes.latest(call.store, call.programme_id).current(call.now).programme.currency
    used = tuple(used_view(use, currency) for use in one.decision.uses)
    off = sum(use.off for use in one.decision.uses)
    return UseView(
        ids.show("voucher_use", one.activity_id), views.whose(one), "rolled_back" if back else "redeemed",
        Money(off, currency), used, one.activity.source, one.activity.external_id, one.seq, one.recorded_at,
    )  # fmt: skip


def used_view(use: VoucherUse, currency: str) -> UsedVoucher:
    """What one voucher takes off, as it is told."""
    return UsedVoucher(views.shown_code(use.code), use.voucher, Money(use.off, currency), _lines(use))


def _is_back(call: Call, outcome: Outcome) -> bool:
    uses = queries.uses_of(call.store, [(outcome.account_id, outcome.activity_id)])
    return bool(uses) and uses[0].back


def _lines(use: VoucherUse) -> tuple[LineOff, ...]:
    return tuple(LineOff(int(number), off) for number, off in use.lines.items())


_SHOWING: Final = (
    law.VOUCHER_INVALID, law.GUESSES_TOO_MANY, law.VOUCHER_UNKNOWN, law.VOUCHER_CODES_INVALID, law.VOUCHERS_TOO_MANY,
    activities_law.ACTIVITY_INVALID, members_law.MEMBER_UNKNOWN, members_law.MEMBER_NOT_ACTIVE,
    members_law.IDENTIFIER_INVALID, ids.ID_MALFORMED, households.HOUSEHOLD_UNNAMED,
)  # fmt: skip
_ALIKE: Final = (
    "A key without the right `vouchers:write` is not told unknown, used, expired and other people's codes apart, and "
    "must wait after too many wrong ones; they are counted for each `client` that it names."
)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/vouchers/{code}/validate", "vouchers:redeem", validate, "Look at a voucher with a basket",
        Looked, takes=Basket, refuses=_SHOWING, noun="code", tag="Vouchers",
        about="For every code what it would take off which line, or why it is of no use; nothing is written or "
        f"reserved. {_ALIKE}",
    ),
    Endpoint(
        "POST", "/v1/vouchers/{code}/redeem", "vouchers:redeem", redeem, "Redeem a voucher", RecordedUse, takes=NewUse,
        query=Trial, status=201,
        refuses=(
            *_SHOWING, desk.IDEMPOTENCY_CONFLICT, law.VOUCHER_USED, law.VOUCHER_EXPIRED, law.VOUCHER_NOT_YET,
            law.VOUCHER_WITHDRAWN, law.VOUCHER_NOT_GIVEN_OUT, law.VOUCHER_OF_ANOTHER, law.VOUCHER_LIMIT,
            law.VOUCHER_UNMET, law.VOUCHER_TAKES_NOTHING, law.VOUCHERS_TOGETHER,
        ),
        idempotent=True, noun="code", tag="Vouchers",
        about="All codes or none. Told again, it answers what it took off then and uses nothing more. With "
        f"`dry_run=true` it answers 200 and nothing is kept. {_ALIKE}",
    ),
    Endpoint(
        "POST", "/v1/vouchers/{code}/rollback", "vouchers:redeem", rollback, "Roll a use of vouchers back",
        RecordedUse, takes=NewRollback, query=Trial,
        refuses=(
            law.VOUCHER_USE_UNKNOWN, law.VOUCHER_ROLLED_BACK, law.VOUCHER_CODES_INVALID, ids.ID_MALFORMED,
            desk.IDEMPOTENCY_CONFLICT, activities_law.ACTIVITY_INVALID,
        ),
        idempotent=True, noun="code", tag="Vouchers",
        about="All vouchers of that use can be used once more than before, once; what is over by now stays over.",
    ),
    Endpoint(
        "GET", "/v1/vouchers/{code}/uses", "vouchers:read", list_, "List the uses of a code", Steps, query=Page,
        refuses=(law.VOUCHER_UNKNOWN, law.VOUCHER_CODES_INVALID, calls.CURSOR_INVALID), noun="code", tag="Vouchers",
        about="Every use and every rollback, the latest first; with whose account, and what it took off.",
    ),
)  # fmt: skip
