"""Redemptions: rewards reserved or bought, confirmed, fulfilled or given up; the queue of those that wait."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from guerdon.core import activities as activities_law
from guerdon.core import chance, codes, households, ledger
from guerdon.core import members as members_law
from guerdon.core import redemptions as law
from guerdon.core import rewards as rewards_law
from guerdon.core import vouchers as vouchers_law
from guerdon.core.activities import Member
from guerdon.core.limits import KEY_CHARS_MAX, NAME_CHARS_MAX, SETTLED_DAYS
from guerdon.core.money import Money
from guerdon.core.programme import Programme
from guerdon.core.redemptions import Deed, Redemption, State
from guerdon.core.rewards import Address
from guerdon.core.rights import Right
from guerdon.engine import desk, showing
from guerdon.engine import redemptions as engine
from guerdon.engine.batch import Outcome
from guerdon.faces.api import calls, views
from guerdon.faces.api.calls import Call, Endpoint, ExternalId, HandedOver, Page, Reply, Source, Trial
from guerdon.faces.api.programme import named
from guerdon.faces.api.views import OfUnit
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.holds import actions as holds
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.features.redemptions import queries
from guerdon.features.redemptions.queries import Delivery
from guerdon.kit import ids

_DIFFERING: Final = {
    "/member": "/member", "/facts/reward": "/reward", "/facts/price": "/price", "/facts/points": "/points",
    "/facts/reserve": "/reserve", "/store": "/store", "/channel": "/channel",
}  # fmt: skip
_BEARING: Final = frozenset({"cards:spend", "redemptions:write"})  # whoever may have the codes of gift cards
_PRIVATE: Final[Right] = "profiles:read"  # whoever may know where somebody lives, and what they wrote
Choice = Annotated[str, Meta(min_length=1, max_length=NAME_CHARS_MAX)]


class NewRedemption(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A reward that a member wants; (source, external_id) names it for ever.

    `reserve` only keeps it for a while. `points` are so many where money makes up for the rest of the price.
    """

    member: Member
    reward: Annotated[str, Meta(min_length=1, max_length=KEY_CHARS_MAX)]
    external_id: ExternalId
    price: int = 1
    points: int | None = None
    reserve: bool = False
    choices: dict[str, Choice] = {}
    address: Address | None = None
    source: Source = "api"
    store: Annotated[str, Meta(min_length=1, max_length=NAME_CHARS_MAX)] | None = None
    channel: Annotated[str, Meta(min_length=1, max_length=KEY_CHARS_MAX)] | None = None


class PrizeView(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a draw gave, by a redemption of its own."""

    reward: str
    name: str
    redemption: str
    code: str
    state: State
    seed: int
    voucher: str | None = None
    gift_card: str | None = None


class RedemptionView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A redemption as of now; one whose time is over has expired, whether or not the night has been there.

    `points` and `money` are what it costs, `voucher` or `gift_card` the code of what it gave; of a card its last
    letters for whoever may neither spend cards nor redeem. `texts` and `address` are told where a single one is read,
    and in the queue, to keys with `profiles:read` alone.
    """

    id: str
    member: str
    reward: str
    name: str
    state: State
    price: int
    points: tuple[OfUnit, ...]
    money: Money | None
    code: str
    source: str
    external_id: str
    seq: int
    made_at: datetime
    until: datetime | None
    confirmed_at: datetime | None
    settled_at: datetime | None
    choices: dict[str, str] = {}
    texts: dict[str, str] = {}
    address: Address | None = None
    household: str | None = None
    voucher: str | None = None
    gift_card: str | None = None
    prize: PrizeView | None = None
    store: str | None = None


class RecordedRedemption(msgspec.Struct, frozen=True, omit_defaults=True):
    """A redemption, and the number the journal reached with what was done now."""

    redemption: RedemptionView
    seq: int
    dry_run: bool = False
    differs: tuple[str, ...] = ()


class Redemptions(msgspec.Struct, frozen=True):
    """A page of redemptions."""

    redemptions: tuple[RedemptionView, ...]
    next: str | None


class Waiting(Page, frozen=True, forbid_unknown_fields=True):
    """Which part of the queue is wanted: in which state, of one reward or one store where one is named."""

    reward: Annotated[str, Meta(min_length=1, max_length=KEY_CHARS_MAX)] | None = None
    state: State = "confirmed"
    store: Annotated[str, Meta(min_length=1, max_length=NAME_CHARS_MAX)] | None = None


class Shown(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A code that somebody shows, however it is typed."""

    code: Annotated[str, Meta(min_length=1, max_length=KEY_CHARS_MAX)]


def make(call: Call, query: Trial, body: NewRedemption) -> Reply:
    """Redeem a reward, or reserve it: points, eligibility, limits, stock and budget in one transaction."""
    wanted = engine.NewRedemption(
        member=body.member, reward=body.reward, source=body.source, external_id=body.external_id, number=body.price,
        points=body.points, reserve=body.reserve, choices=body.choices, address=body.address, store=body.store,
        channel=body.channel, idempotency=call.idempotency(body),
    )  # fmt: skip
    (result,) = engine.redeem_many(programme_id=call.programme_id, wanted=[wanted], now=call.now, dry_run=query.dry_run)
    outcome = calls.taken(result)
    stored = {} if not outcome.replayed else queries.one(call.store, call.programme_id, outcome.activity_id).choices
    options = {f"/facts/choice:{key}": f"/choices/{key}" for key in {*stored, *body.choices} if key in stored}
    differs = tuple(
        [known[pointer] for pointer in outcome.differs for known in (_DIFFERING | options,) if pointer in known]
    )
    if query.dry_run and not outcome.replayed:
        return Reply(RecordedRedemption(_tried(call, outcome), outcome.seq, dry_run=True), status=200)
    view = _view(call, queries.one(call.store, call.programme_id, outcome.activity_id))
    answer = RecordedRedemption(view, outcome.seq, query.dry_run, differs)
    if query.dry_run:
        return Reply(answer, outcome.replayed, status=200)
    return Reply(answer, outcome.replayed, location=f"/v1/redemptions/{view.id}")


def read(call: Call, id: str) -> Reply:
    """One redemption as of now."""
    found = queries.one(call.store, call.programme_id, ids.read("redemption", id))
    return Reply(RecordedRedemption(_view(call, found), found.seq))


def find(call: Call, body: Shown) -> Reply:
    """The redemption that a code leads to, for whoever hands it over."""
    code = codes.read(body.code)
    found = queries.by_code(call.store, call.programme_id, code) if code is not None else None
    if found is None:
        raise law.REDEMPTION_UNKNOWN(id=body.code)
    return Reply(RecordedRedemption(_view(call, found), found.seq))


def confirm(call: Call, id: str, query: Trial) -> Reply:
    """Take the points that were held for it."""
    return _settle(call, id, "confirm", query)


def fulfil(call: Call, id: str, query: HandedOver) -> Reply:
    """Note that it was handed over, sent or done."""
    return _settle(call, id, "fulfil", query, query.where(call))


def cancel(call: Call, id: str, query: Trial) -> Reply:
    """Give points and piece back."""
    return _settle(call, id, "cancel", query)


def list_(call: Call, query: Waiting) -> Reply:
    """What waits, the oldest first; what has ended in the last months, the latest first."""
    asked: dict[str, Any] = {"reward": query.reward or "", "shop": query.store or "", "state": query.state}
    place = None
    if query.cursor is not None:
        at, id = calls.after(query.cursor, tuple[int, str])
        place = (at, calls.after_id(calls.cursor(id)))
    if query.state in ("reserved", "confirmed"):
        found = queries.queue(
            call.store, call.programme_id, call.now, after=place or queries.FIRST, most=query.limit, **asked
        )
    else:
        since = call.now - timedelta(days=SETTLED_DAYS)
        found = queries.ended(
            call.store, call.programme_id, since, before=place or queries.NEWEST, most=query.limit, **asked
        )
    ends = calls.cursor(*queries.place(found[-1])) if len(found) == query.limit else None
    return Reply(Redemptions(_views(call, found, private=True), ends), next=ends)


def list_of_member(call: Call, id: str, query: Page) -> Reply:
    """What a member has redeemed, the latest first; in a household what its persons have."""
    member = members.get(call.store, call.programme_id, ids.read("member", id))
    own = sorted({member.account_id, member.id})  # who shares an account by now has also what was had alone
    accounts = [*own, *[each for those in members.followers_of(call.store, own).values() for each in those]]
    before = calls.after_id(query.cursor) if query.cursor is not None else queries.LAST
    found = queries.of_member(call.store, accounts, before=before, most=query.limit)
    ends = calls.cursor(found[-1].id) if len(found) == query.limit else None
    return Reply(Redemptions(_views(call, found), ends), next=ends)


def _settle(call: Call, id: str, deed: Deed, query: Trial, where: Mapping[str, str] | None = None) -> Reply:
    found = queries.one(call.store, call.programme_id, ids.read("redemption", id))
    (result,) = engine.settle_many(
        programme_id=call.programme_id, found=[found], deed=deed, now=call.now, by=call.actor,
        idempotency=call.idempotency(), dry_run=query.dry_run, where=where,
    )  # fmt: skip
    outcome = calls.taken(result)
    if query.dry_run and not outcome.replayed:
        assert outcome.decision.redeemed is not None
        state: Any = outcome.decision.redeemed.state
        found = msgspec.structs.replace(found, state=state, until=outcome.decision.redeemed.until)
    else:
        found = queries.one(call.store, call.programme_id, found.id)
    view = _view(call, found)
    return Reply(RecordedRedemption(view, outcome.seq, query.dry_run), outcome.replayed)


def _tried(call: Call, outcome: Outcome) -> RedemptionView:
    """A redemption that was only tried: nothing of it can be read again, and its code leads nowhere."""
    told = outcome.decision.redeemed
    assert told is not None
    state: Any = told.state
    one = Redemption(
        id=outcome.activity_id, account_id=outcome.account_id, reward=told.reward, variant=told.variant, state=state,
        price=rewards_law.Price(told.paid, told.money), cost=told.cost, made_at=call.now, until=told.until,
        version=outcome.decision.version, number=int(outcome.activity.facts["price"]), seq=outcome.seq,
        confirmed_at=None if state == "reserved" else call.now,
        settled_at=call.now if state == "fulfilled" else None,
    )  # fmt: skip
    return _shown(call, one, outcome, Delivery(), None)


def _view(call: Call, one: Redemption) -> RedemptionView:
    return _views(call, [one], private=True)[0]


def _views(call: Call, found: Sequence[Redemption], *, private: bool = False) -> tuple[RedemptionView, ...]:
    """As of now; the journal knows who redeemed them, and by which names they were told."""
    assert call.key is not None
    private = private and _PRIVATE in call.key.scopes
    told = activities.recorded(call.store, [(one.account_id, one.id) for one in found])
    named = [(one.account_id, one.id, one.person_id or one.account_id) for one in found] if private else []
    sent = showing.deliveries(call.store, call.programme_id, named, call.looker, now=call.now) if private else {}
    drawn = {id: each.decision.drawn.redemption for id, each in told.items() if each.decision.drawn is not None}
    won = queries.of_accounts(call.store, [(one.account_id, drawn[one.id]) for one in found if one.id in drawn])
    return tuple(
        [_shown(call, one, told[one.id], sent.get(one.id, Delivery()), won.get(drawn.get(one.id, ""))) for one in found]
    )


def _shown(
    call: Call, one: Redemption, told: Recorded | Outcome, sent: Delivery, won: Redemption | None
) -> RedemptionView:
    programme = programmes.lawbook(call.store, call.programme_id).law(one.version).programme
    fact = told.activity
    voucher, gift_card = _given(call, one, programme)
    return RedemptionView(
        id=ids.show("redemption", one.id),
        member=views.whose(told),
        reward=one.reward,
        name=named(programme.reward(one.reward).name, programme, call.language),
        state=one.as_of(call.now),
        price=one.number,
        points=tuple([OfUnit(unit, points) for unit, points in one.price.points.items()]),
        money=Money(one.price.money, programme.currency) if one.price.money else None,
        code=codes.shown(one.code),
        source=fact.source,
        external_id=fact.external_id,
        seq=one.seq,
        made_at=one.made_at,
        until=one.until,
        confirmed_at=one.confirmed_at,
        settled_at=one.settled_at,
        choices=one.choices,
        texts=sent.texts,
        address=sent.address,
        household=views.household(told),
        voucher=voucher,
        gift_card=gift_card,
        prize=None if won is None else _prize(call, won, told, programme),
        store=fact.store,
    )


def _prize(call: Call, won: Redemption, told: Recorded | Outcome, programme: Programme) -> PrizeView:
    assert told.decision.drawn is not None
    return PrizeView(
        won.reward, named(programme.reward(won.reward).name, programme, call.language),
        ids.show("redemption", won.id), codes.shown(won.code), won.as_of(call.now), told.decision.drawn.seed,
        *_given(call, won, programme),
    )  # fmt: skip


def _given(call: Call, one: Redemption, programme: Programme) -> tuple[str | None, str | None]:
    """The code of the voucher, or of the gift card, that it handed over.

    A card is money to whoever has its code: that is told to who may spend or give cards, and its ending to others.
    """
    if one.given is None:
        return (None, None)
    if programme.reward(one.reward).gives == "voucher":
        return (views.shown_code(one.given), None)
    assert call.key is not None
    bearing = _BEARING.intersection(call.key.scopes)
    return (None, views.shown_code(one.given) if bearing else codes.ending(one.given))


_OF_MEMBER: Final = (
    members_law.MEMBER_UNKNOWN, members_law.MEMBER_NOT_ACTIVE, ids.ID_MALFORMED, desk.IDEMPOTENCY_CONFLICT,
)  # fmt: skip
_GIVING: Final = (vouchers_law.VOUCHER_POOL_EMPTY, vouchers_law.VOUCHER_EXPIRED, vouchers_law.VOUCHER_LIMIT)
_SETTLING: Final = (*_OF_MEMBER, law.REDEMPTION_UNKNOWN, law.REDEMPTION_ENDED)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/redemptions", "redemptions:write", make, "Redeem a reward", RecordedRedemption,
        takes=NewRedemption, query=Trial, status=201,
        refuses=(
            *_OF_MEMBER, members_law.IDENTIFIER_INVALID, activities_law.ACTIVITY_INVALID, rewards_law.REWARD_UNKNOWN,
            rewards_law.PRICE_UNKNOWN, rewards_law.TOP_UP_INVALID, rewards_law.CHOICE_INVALID, law.REWARD_NOT_YET,
            law.REWARD_OVER, law.NOT_ELIGIBLE, law.REWARD_LIMIT, law.OUT_OF_STOCK, law.REWARD_GONE,
            law.REWARD_BUDGET_SPENT, law.FREE_LIMIT, chance.CHANCE_OFF, chance.DRAW_NOT_RESERVED,
            ledger.INSUFFICIENT_POINTS, households.ROLE_MAY_NOT_SPEND, households.HOUSEHOLD_UNNAMED,
            holds.HOLDS_TOO_MANY, members_law.ADDRESS_NEW, *_GIVING,
        ),
        idempotent=True, tag="Redemptions",
        about="Points, eligibility, limits, stock and budget are looked at in one transaction: all or nothing, and "
        "whoever comes second for the last piece keeps every point. With `reserve` points and piece are only kept "
        "until it is confirmed, or the time is over. Told again it answers what it has become.",
    ),
    Endpoint(
        "GET", "/v1/redemptions", "profiles:read", list_, "List redemptions by state", Redemptions, query=Waiting,
        refuses=(calls.CURSOR_INVALID,), tag="Redemptions",
        about="What waits to be handed over where no `state` is said. `reserved` and `confirmed` ones come the oldest "
        f"first; the others the latest first, as far as they were made in the last {SETTLED_DAYS} days.",
    ),
    Endpoint(
        "POST", "/v1/redemptions/find", "members:read", find, "Find a redemption by its code", RecordedRedemption,
        takes=Shown, refuses=(law.REDEMPTION_UNKNOWN,), tag="Redemptions",
        about="Blanks, hyphens and small letters don't matter. Texts and the address are answered to keys with "
        "`profiles:read` alone.",
    ),
    Endpoint(
        "GET", "/v1/redemptions/{id}", "members:read", read, "Read a redemption", RecordedRedemption,
        refuses=(law.REDEMPTION_UNKNOWN, ids.ID_MALFORMED), noun="redemption", tag="Redemptions",
        about="Texts and the address are answered to keys with `profiles:read` alone.",
    ),
    Endpoint(
        "POST", "/v1/redemptions/{id}/confirm", "redemptions:write", confirm, "Confirm a reservation",
        RecordedRedemption, query=Trial, refuses=(*_SETTLING, *_GIVING), idempotent=True, noun="redemption",
        tag="Redemptions",
        about="The held points are burned, as of the instant of the reservation; what the reward gives by a code is "
        "handed over with it.",
    ),
    Endpoint(
        "POST", "/v1/redemptions/{id}/fulfil", "redemptions:write", fulfil, "Fulfil a redemption", RecordedRedemption,
        query=HandedOver, refuses=(*_SETTLING, law.REDEMPTION_UNCONFIRMED, activities_law.ACTIVITY_INVALID),
        idempotent=True, noun="redemption", tag="Redemptions",
        about="It was handed over, sent or done. A till that says which it is, and how it names this, counts it.",
    ),
    Endpoint(
        "POST", "/v1/redemptions/{id}/cancel", "redemptions:write", cancel, "Cancel a redemption", RecordedRedemption,
        query=Trial, refuses=(*_SETTLING, law.REDEMPTION_USED), idempotent=True, noun="redemption", tag="Redemptions",
        about="Points go back to the lots they came from, which keep their dates; the piece can be had again, and the "
        "member's limit is open again. A voucher that it gave is withdrawn, the money on a gift card taken back, as "
        "long as nobody has used it.",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/redemptions", "members:read", list_of_member, "List a member's redemptions",
        Redemptions, query=Page,
        refuses=(members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED, calls.CURSOR_INVALID), noun="member", tag="Redemptions",
    ),
)  # fmt: skip
