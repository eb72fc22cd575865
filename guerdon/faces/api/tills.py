"""The till: who is it, what would this basket bring, and take the last thing back."""

from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import activities as activities_law
from guerdon.core import burns as burns_law
from guerdon.core import cards as cards_law
from guerdon.core import codes, households, ledger, limits, paying, phones, rotating
from guerdon.core import members as members_law
from guerdon.core import redemptions as redemptions_law
from guerdon.core import returns as returns_law
from guerdon.core.activities import Activity, IdentifierKind, Line, Member
from guerdon.core.decisions import Capped
from guerdon.core.errors import Refusal
from guerdon.core.money import Money
from guerdon.core.programme import Programme
from guerdon.core.vouchers import GUESSES_TOO_MANY
from guerdon.engine import desk, earn, give_back, showing
from guerdon.engine import undo as engine
from guerdon.engine.batch import Outcome, Told
from guerdon.engine.vouchers import person_of
from guerdon.faces import web
from guerdon.faces.api import guarded, namesakes, tenders, views
from guerdon.faces.api.calls import Call, Client, Endpoint, Reply, Trial
from guerdon.faces.api.programme import named
from guerdon.faces.api.tenders import QuotedCard
from guerdon.faces.api.views import AwardView, ClimbedView, OfUnit, RecordedActivity
from guerdon.faces.api.voucher_uses import UsedVoucher, used_view
from guerdon.features.activities import queries as activities
from guerdon.features.ledger import queries as ledger_queries
from guerdon.features.members import queries as members
from guerdon.features.members import revocations
from guerdon.features.members.queries import MemberRow
from guerdon.features.programmes import queries as programmes
from guerdon.features.vouchers import queries as vouchers
from guerdon.insight import catalogue, tiers, wallet
from guerdon.insight.wallet import Usable, Wallet
from guerdon.kit import ids

_TYPED: Final[tuple[IdentifierKind, ...]] = ("card", "external_id", "email", "phone")
_SOURCE: Final = "quote"
_RIGHTS: Final = {"redemption": "redemptions:write", "burn": "burns:write"}


class Scanned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was scanned or typed: a rotating code, a card, a phone number, an e-mail, an id, the code of a voucher."""

    shown: Annotated[str, Meta(min_length=1, max_length=limits.IDENTIFIER_CHARS_MAX)]


class SpendableView(msgspec.Struct, frozen=True):
    """What a member can spend of a unit now, and what it is worth in money where the programme says so."""

    unit: str
    name: str
    available: int
    worth: Money | None


class TierOf(msgspec.Struct, frozen=True):
    """A member's tier on one ladder."""

    ladder: str
    tier: str
    name: str


class Identified(msgspec.Struct, frozen=True):
    """Who stands at the till, with no more of the person than a cashier needs to greet and to be sure."""

    member: str
    name: str | None
    status: str
    by: str
    household: str | None
    birthday_month: bool
    balances: tuple[SpendableView, ...]
    tiers: tuple[TierOf, ...]


class NewQuote(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A basket, as a purchase would tell it, and a gift card that shall pay; of nobody it only says what it costs."""

    member: Member
    lines: tuple[Line, ...] = ()
    amount: int | None = None
    channel: str | None = None
    store: str | None = None
    partner: str | None = None
    occurred_at: datetime | None = None
    gift_card: str | None = None
    client: Client | None = None


class PayableView(msgspec.Struct, frozen=True):
    """What of the basket points of a unit can pay: the least and the most at once."""

    unit: str
    name: str
    points_min: int
    points_max: int
    money_min: Money
    money_max: Money


class OfferedReward(msgspec.Struct, frozen=True):
    """A reward that can be had now, with the number of a price that the points are enough for."""

    reward: str
    name: str
    price: int
    points: tuple[OfUnit, ...]
    money: Money | None


class QuotedVoucher(msgspec.Struct, frozen=True):
    """A voucher of the member that would be taken beside the basket, and what it takes off alone."""

    code: str
    voucher: str
    name: str
    off: Money


class BestVouchers(msgspec.Struct, frozen=True):
    """The vouchers that together take most off the basket, and what each of them takes."""

    off: Money
    vouchers: tuple[UsedVoucher, ...]


class Quote(msgspec.Struct, frozen=True):
    """What the basket would bring if it were paid now; nothing is kept, and nothing is reserved."""

    member: str
    total: Money
    awards: tuple[AwardView, ...]
    capped: tuple[Capped, ...]
    climbed: tuple[ClimbedView, ...]
    payable: tuple[PayableView, ...]
    gift_card: QuotedCard | None
    rewards: tuple[OfferedReward, ...]
    vouchers: tuple[QuotedVoucher, ...]
    best: BestVouchers


class Undoing(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is to be undone: a purchase `act_…`, a redemption `rdm_…` or a burn `brn_…`; and why, if that is said."""

    id: Annotated[str, Meta(min_length=1, max_length=limits.KEY_CHARS_MAX)]
    reason: Annotated[str, Meta(max_length=limits.TEXT_CHARS_MAX)] = ""


def identify(call: Call, body: Scanned) -> Reply:
    """The member behind what was scanned or typed."""
    try:
        member, by = _find(call, body.shown)
    except Refusal:
        if rotating.member_of(body.shown) is not None or codes.read(body.shown) is not None:
            guarded.note(call)  # it looked like a code of ours
        raise
    in_force = programmes.latest(call.store, call.programme_id).current(call.now)
    programme, language = in_force.programme, call.language
    persons = showing.persons(call.store, call.programme_id, [member.id], call.looker, now=call.now)
    person = persons.get(member.id)
    found, _ = tiers.of_member(call.store, in_force, member, call.now) if programme.tiers else ((), [])
    local = call.now.astimezone(in_force.zone)
    levels = [(one.ladder, one.ladder.levels[one.ladder.place(one.tier)]) for one in found if one.tier is not None]
    return Reply(
        Identified(
            member=ids.show("member", member.id),
            name=None if person is None or not person.name else namesakes.greeting(person.name),
            status=member.status,
            by=by,
            household=None if member.household_id is None else ids.show("member", member.household_id),
            birthday_month=member.birthday_month == local.month,
            balances=tuple(
                [_balance(one, programme, language) for one in _balances(call, member) if _spendable(one, programme)]
            ),
            tiers=tuple(
                [TierOf(ladder.key, level.key, named(level.name, programme, language)) for ladder, level in levels]
            ),
        )
    )


def quote(call: Call, body: NewQuote) -> Reply:
    """What a basket would earn, what of it points can pay, and which rewards can be had with them."""
    basket = Activity(
        kind=activities_law.PURCHASE, source=_SOURCE, external_id=call.request_id,
        occurred_at=body.occurred_at or call.now, member=body.member, amount=body.amount, lines=body.lines,
        channel=body.channel, store=body.store, partner=body.partner,
    )  # fmt: skip
    (result,) = earn.record_many(programme_id=call.programme_id, told=[Told(basket)], now=call.now, dry_run=True)
    if isinstance(result, Refusal):
        raise result
    book = programmes.latest(call.store, call.programme_id)
    in_force = book.current(call.now)
    programme, language = in_force.programme, call.language
    told = views.decided(result.decision)
    who = None if result.decision.enrolled else members.get(call.store, call.programme_id, _person(result))
    goods = sum(line.net for line in basket.goods)
    offers = () if who is None else catalogue.of_member(call.store, call.programme_id, in_force, who, call.now)
    assert call.key is not None
    found = Wallet()
    if who is not None and "members:read" in call.key.scopes:  # codes are for those who may see a member's
        found = wallet.beside(call.store, book, who, basket, call.now)
    return Reply(
        Quote(
            member=views.whose(result),
            total=Money(sum(line.net for line in basket.lines) if basket.lines else goods, programme.currency),
            awards=told.awards,
            capped=told.capped,
            climbed=told.climbed,
            payable=() if who is None else _payable(call, who, programme, goods),
            gift_card=tenders.quoted(call, body.client, body.gift_card, Money(goods, programme.currency)),
            rewards=tuple(
                [
                    _offered(one, programme, language)
                    for one in offers
                    if one.obstacle is None and one.affordable
                ][: limits.QUOTED_REWARDS_MAX]
            ),
            vouchers=tuple([_quoted(one, programme, language) for one in found.usable]),
            best=_best(found, programme.currency),
        )
    )  # fmt: skip


def undo(call: Call, query: Trial, body: Undoing) -> Reply:
    """Take a purchase back whole, or cancel a redemption or a burn: with the right to do so at its own route, too."""
    meant = _meant(body.id)
    kind = activities.one(call.store, call.programme_id, meant).activity.kind  # whatever the id was written as
    right = _RIGHTS.get("burn" if kind == "capture" else kind)
    assert call.key is not None
    if right is not None and right not in call.key.scopes:
        raise web.SCOPE_MISSING(scope=right)
    result = engine.undo(
        programme_id=call.programme_id, activity_id=meant, now=call.now, by=call.actor, reason=body.reason,
        idempotency=call.idempotency(body), dry_run=query.dry_run,
    )  # fmt: skip
    if isinstance(result, Refusal):
        raise result
    view = views.recorded(call.store, call.programme_id, result, dry_run=query.dry_run)
    return Reply(view, result.replayed)


def _find(call: Call, shown: str) -> tuple[MemberRow, str]:
    """The member and how it was known. Raises `nobody_shown`, `member_unknown`, `code_stale`."""
    text = shown.strip()
    rotated = rotating.member_of(text)
    if rotated is not None:
        member = members.get(call.store, call.programme_id, rotated)
        rotating.check(text, revocations.secret(call.store, rotated), call.now)
        return member, "rotating_code"
    if text.startswith(ids.PREFIXES["member"]):
        return members.get(call.store, call.programme_id, ids.read("member", text)), "id"
    home = phones.international(
        text, programmes.latest(call.store, call.programme_id).current(call.now).programme.country
    )
    likely: tuple[IdentifierKind, ...] = ("email",) if "@" in text else ("phone",) if text[:1] == "+" else _TYPED[:2]
    named = [(kind, text) for kind in likely] + ([] if home is None else [("phone", home)])
    for kind, name in named:
        found = members.find(call.store, call.programme_id, kind, members.stored(kind, name))
        if found is not None:
            return members.get(call.store, call.programme_id, found), kind
    holder = _holder(call, text)
    if holder is not None:
        return members.get(call.store, call.programme_id, holder), "voucher"
    raise members_law.NOBODY_SHOWN()


def _holder(call: Call, text: str) -> str | None:
    """Who was given the voucher whose code it is: of ours only, as a pool's codes look like anything."""
    code = codes.read(text)
    given = None if code is None else vouchers.find(call.store, call.programme_id, [code]).get(code)
    if given is None or given.account_id is None:
        return None
    return person_of(call.programme_id, given) or given.account_id


def _person(result: Outcome) -> str:
    who = result.activity.member.id
    return result.account_id if who is None else ids.read("member", who)


def _balances(call: Call, member: MemberRow) -> list[ledger_queries.Amounts]:
    return ledger_queries.balances(call.store, member.account_id, call.now)


def _balance(one: ledger_queries.Amounts, programme: Programme, language: str) -> SpendableView:
    unit = programme.units[one.unit]
    worth = unit.worth
    money = None if worth is None else Money(one.available * worth.amount // worth.points, programme.currency)
    return SpendableView(unit.code, named(unit.name, programme, language), one.available, money)


def _spendable(one: ledger_queries.Amounts, programme: Programme) -> bool:
    return one.unit in programme.units and programme.units[one.unit].spendable


def _payable(call: Call, member: MemberRow, programme: Programme, goods: int) -> tuple[PayableView, ...]:
    found = []
    for one in _balances(call, member):
        unit = programme.units.get(one.unit)
        if unit is None or unit.pays is None:
            continue
        told = paying.payable(unit.pays, unit=unit.code, basket=goods, available=one.available)
        if told is not None:
            least, most = (Money(amount, programme.currency) for amount in (told.amount_min, told.amount_max))
            name = named(unit.name, programme, call.language)
            found.append(PayableView(unit.code, name, told.points_min, told.points_max, least, most))
    return tuple(found)


def _offered(one: catalogue.Offer, programme: Programme, language: str) -> OfferedReward:
    number, price = next((place, price) for place, price in enumerate(one.own, 1) if price is not None)
    points = tuple([OfUnit(unit, amount) for unit, amount in price.points.items()])
    money = Money(price.money, programme.currency) if price.money else None
    return OfferedReward(one.reward.key, named(one.reward.name, programme, language), number, points, money)


def _quoted(one: Usable, programme: Programme, language: str) -> QuotedVoucher:
    name = named(one.offer.name, programme, language)
    off = Money(one.use.off, programme.currency)
    return QuotedVoucher(views.shown_code(one.shown.code), one.offer.key, name, off)


def _best(found: Wallet, currency: str) -> BestVouchers:
    off = sum(use.off for use in found.best)
    return BestVouchers(Money(off, currency), tuple([used_view(use, currency) for use in found.best]))


def _meant(id: str) -> str:
    """The entry of the journal that an id names."""
    noun = next((noun for noun in _RIGHTS if id.startswith(ids.PREFIXES[noun])), "activity")
    return ids.read(noun, id)


_OF_MEMBER: Final = (
    members_law.MEMBER_UNKNOWN, members_law.MEMBER_NOT_ACTIVE, members_law.IDENTIFIER_INVALID, ids.ID_MALFORMED,
)  # fmt: skip
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/tills/identify", "members:read", identify, "Find who stands at the till", Identified,
        takes=Scanned,
        refuses=(
            *_OF_MEMBER, members_law.NOBODY_SHOWN, rotating.CODE_STALE, programmes.PROGRAMME_UNPUBLISHED,
        ),
        tag="Till",
        about="One field for whatever is scanned or typed. Of the person it tells only how to greet them.",
    ),
    Endpoint(
        "POST", "/v1/quotes", "activities:read", quote, "Price a basket", Quote, takes=NewQuote,
        refuses=(
            *_OF_MEMBER, activities_law.ACTIVITY_INVALID, activities_law.ACTIVITY_IN_FUTURE,
            activities_law.ACTIVITY_BEFORE_PROGRAMME, ledger.AWARD_TOO_LARGE, households.HOUSEHOLD_UNNAMED,
            programmes.PROGRAMME_UNPUBLISHED, cards_law.GIFT_CARD_UNKNOWN, GUESSES_TOO_MANY,
        ),
        tag="Till",
        about="What it would earn, by the very path that records it; what of it points and a gift card can pay; which "
        "rewards can be had now; which of the member's vouchers are of use, and which together take most off (with the "
        "right members:read). Nothing is kept.",
    ),
    Endpoint(
        "POST", "/v1/tills/undo", "activities:write", undo, "Undo the last", RecordedActivity, takes=Undoing,
        query=Trial,
        refuses=(
            *_OF_MEMBER, activities.ACTIVITY_UNKNOWN, activities_law.ACTIVITY_INVALID, desk.IDEMPOTENCY_CONFLICT,
            engine.NOT_UNDONE, engine.UNDO_TOO_LATE, returns_law.ALREADY_RETURNED, give_back.RETURN_OF_ANOTHER,
            redemptions_law.REDEMPTION_ENDED, redemptions_law.REDEMPTION_USED, redemptions_law.OF_REDEMPTION,
            burns_law.BURN_CANCELLED, burns_law.BURN_BOUND,
        ),
        idempotent=True, tag="Till",
        about=f"Whole, once, and within {limits.UNDO_MINUTES_MAX // 60} hours: a purchase comes back as a return, with "
        "the points that paid it; a redemption and a burn are cancelled. What was handed over stays so; "
        "what went out by a code comes back while nobody has used it. Told again it answers the same.",
    ),
)  # fmt: skip
