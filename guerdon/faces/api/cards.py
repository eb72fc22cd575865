"""Gift cards: sold, read by their codes, loaded, spent from, given back, and loaded onto members."""

from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import activities as activities_law
from guerdon.core import burns, codes, households, ledger, limits
from guerdon.core import cards as law
from guerdon.core import members as members_law
from guerdon.core import transfers as transfers_law
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.money import Money
from guerdon.core.programme import UNIT_UNKNOWN
from guerdon.core.vouchers import GUESSES_TOO_MANY
from guerdon.engine import cancel as cancelling
from guerdon.engine import cards as engine
from guerdon.engine import desk
from guerdon.engine.batch import Outcome
from guerdon.engine.cards import Deed
from guerdon.faces.api import calls, guarded
from guerdon.faces.api.calls import Call, Client, Endpoint, ExternalId, Reply, Source, Trial
from guerdon.faces.api.tenders import STAFF
from guerdon.features.activities import queries as activities
from guerdon.features.cards.queries import Card
from guerdon.features.ledger import queries as ledger_queries
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids

# What a repeated telling may say otherwise, by its place in the journal.
_DIFFERING: Final = {"/facts/points": "/amount", "/facts/to": "/to", "/facts/burn": "/spend"}
Amount = Annotated[int, Meta(ge=1, le=limits.MONEY_MAX)]


class NewGiftCard(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A gift card to sell, in minor units of the programme's currency; (source, external_id) names it for ever."""

    amount: Amount
    external_id: ExternalId
    source: Source = "api"


class NewSpend(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Money to take off a card; (source, external_id) names it for ever."""

    amount: Amount
    external_id: ExternalId
    source: Source = "api"
    client: Client | None = None


class SpendRollback(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How much of what was taken to give back; all that is left of it where no amount is said."""

    spend: str
    external_id: ExternalId
    amount: Amount | None = None
    source: Source = "api"


class GiftCardTransfer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Whose balance the card's money shall go to; all of it where no amount is said."""

    to: Member
    external_id: ExternalId
    amount: Amount | None = None
    source: Source = "api"
    client: Client | None = None


class CardAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For whom a shop looks at a card."""

    client: Client | None = None


class CardPage(calls.Page, frozen=True, forbid_unknown_fields=True):
    """Which part of a statement, and for whom a shop looks."""

    client: Client | None = None


class CardLine(msgspec.Struct, frozen=True):
    """Money that came onto a card or left it, and what was on it then."""

    kind: str
    amount: Money
    balance: Money
    at: datetime


class CardStatement(msgspec.Struct, frozen=True):
    """A page of the statement of a card, the latest first."""

    lines: tuple[CardLine, ...]
    next: str | None


class CardLot(msgspec.Struct, frozen=True):
    """Money on a card that ends together."""

    amount: Money
    expires_at: datetime | None


class GiftCardView(msgspec.Struct, frozen=True):
    """A gift card as of now."""

    code: str
    unit: str
    balance: Money
    lots: tuple[CardLot, ...]
    made_at: datetime


class RecordedGiftCard(msgspec.Struct, frozen=True, omit_defaults=True):
    """A gift card after what was done with it, and the number the journal reached.

    `spend` names what was taken off it, so that it can be given back.
    """

    card: GiftCardView
    seq: int | None
    spend: str | None = None
    amount: Money | None = None
    dry_run: bool = False
    differs: tuple[str, ...] = ()


def issue(call: Call, body: NewGiftCard) -> Reply:
    """Sell a gift card."""
    deed = Deed(body.amount, body.source, body.external_id, call.idempotency(body))
    card, outcome = engine.issue(programme_id=call.programme_id, deed=deed, now=call.now)
    view = RecordedGiftCard(
        _view(call, card), outcome.seq, amount=_money(call, _awarded(outcome)), differs=_differs(outcome)
    )
    return Reply(view, outcome.replayed, location=f"/v1/gift-cards/{card.code}")


def read(call: Call, code: str, query: CardAsked) -> Reply:
    """One gift card as of now."""
    return Reply(RecordedGiftCard(_view(call, _find(call, code, query.client)), None))


def read_statement(call: Call, code: str, query: CardPage) -> Reply:
    """What was loaded and spent, the latest first."""
    card = _find(call, code, query.client)
    seq, part = limits.INT64_MAX, limits.INT64_MAX
    if query.cursor is not None:
        seq, part = calls.after(query.cursor, tuple[int, int])
    found, due = ledger_queries.statement(
        call.store, card.account_id, call.now, seq=seq, part=part, most=query.limit, newest=True,
        due=query.cursor is None,
    )  # fmt: skip
    ends = calls.cursor(found[-1].seq, found[-1].part) if len(found) == query.limit else None
    lines = [CardLine(one.kind, _money(call, one.points), _money(call, one.balance), one.effective_at) for one in due]
    lines += [CardLine(one.kind, _money(call, one.points), _money(call, one.balance), one.effective_at)
              for one in found]  # fmt: skip
    return Reply(CardStatement(tuple(lines), ends), next=ends)


def top_up(call: Call, code: str, body: NewGiftCard) -> Reply:
    """Load more money onto a card."""
    card = _find(call, code, None)
    deed = Deed(body.amount, body.source, body.external_id, call.idempotency(body))
    outcome = engine.top_up(programme_id=call.programme_id, card=card, deed=deed, now=call.now)
    _check_whose(card, outcome)
    view = RecordedGiftCard(
        _view(call, card), outcome.seq, amount=_money(call, _awarded(outcome)), differs=_differs(outcome)
    )
    return Reply(view, outcome.replayed)


def spend(call: Call, code: str, query: Trial, body: NewSpend) -> Reply:
    """Take money off a card; the rest stays on it."""
    card = _find(call, code, body.client)
    deed = Deed(body.amount, body.source, body.external_id, call.idempotency(body))
    outcome = engine.spend(programme_id=call.programme_id, card=card, deed=deed, now=call.now, dry_run=query.dry_run)
    _check_whose(card, outcome)
    (spent,) = outcome.decision.spent
    view = RecordedGiftCard(
        _view(call, card), outcome.seq, ids.show("burn", outcome.activity_id), _money(call, spent.points),
        query.dry_run, _differs(outcome),
    )  # fmt: skip
    return Reply(view, outcome.replayed, status=200 if query.dry_run else 0)


def rollback(call: Call, code: str, query: Trial, body: SpendRollback) -> Reply:
    """Give back what was taken off a card, wholly or in parts, never twice."""
    card = _find(call, code, None)
    found = activities.find(call.store, call.programme_id, ids.read("burn", body.spend), "burn")
    if found is None or found.account_id != card.account_id:
        raise burns.BURN_UNKNOWN(id=body.spend[:60])
    named = (body.source, body.external_id, call.idempotency(body))
    wanted = cancelling.Cancellation(found, call.actor, body.amount, *named)
    (result,) = cancelling.cancel_many(
        programme_id=call.programme_id, cancellations=[wanted], now=call.now, dry_run=query.dry_run
    )
    if isinstance(result, Refusal):
        raise result
    _check_whose(card, result)
    back = sum(result.decision.reinstated.values())
    told = str(result.activity.facts["burn"])
    view = RecordedGiftCard(_view(call, card), result.seq, told, _money(call, back), query.dry_run, _differs(result))
    return Reply(view, result.replayed)


def transfer(call: Call, code: str, query: Trial, body: GiftCardTransfer) -> Reply:
    """Load a card's money onto a member."""
    card = _find(call, code, body.client)
    amount = body.amount or max(1, engine.balance(card, call.now))
    deed = Deed(amount, body.source, body.external_id, call.idempotency(body))
    outcome = engine.transfer(
        programme_id=call.programme_id, card=card, to=body.to, deed=deed, now=call.now, dry_run=query.dry_run
    )
    _check_whose(card, outcome)
    (sent,) = outcome.decision.sent
    differs = tuple(pointer for pointer in _differs(outcome) if pointer != "/amount" or body.amount is not None)
    view = RecordedGiftCard(
        _view(call, card), outcome.seq, amount=_money(call, sent.points), dry_run=query.dry_run, differs=differs
    )
    return Reply(view, outcome.replayed, status=200 if query.dry_run else 0)


def _find(call: Call, code: str, client: str | None) -> Card:
    return guarded.asked(
        call, client, STAFF, lambda refusal: refusal.kind is law.GIFT_CARD_UNKNOWN,
        lambda: engine.find(call.programme_id, code),
    )  # fmt: skip


def _check_whose(card: Card, outcome: Outcome) -> None:
    """What is told under a name that is another account's says nothing of that one. Raises `gift_card_differs`."""
    if outcome.account_id != card.account_id:
        raise law.GIFT_CARD_DIFFERS(name=outcome.activity.external_id)


def _differs(outcome: Outcome) -> tuple[str, ...]:
    return tuple(_DIFFERING[pointer] for pointer in outcome.differs if pointer in _DIFFERING)


def _awarded(outcome: Outcome) -> int:
    return sum(award.points for award in outcome.decision.awards)


def _money(call: Call, amount: int) -> Money:
    return Money(amount, programmes.latest(call.store, call.programme_id).current(call.now).programme.currency)


def _view(call: Call, card: Card) -> GiftCardView:
    lots = ledger_queries.account_lots(
        call.store, card.account_id, call.now, after=ids.NIL, most=limits.PAGE_ROWS_MAX, spent_too=False
    )
    on_it = tuple(CardLot(_money(call, one.remaining), one.expires_at) for one in lots if one.unit == card.unit)
    balance = _money(call, engine.balance(card, call.now))
    return GiftCardView(codes.shown(card.code), card.unit, balance, on_it, card.made_at)


_LOADING: Final = (
    law.GIFT_CARDS_OFF, law.GIFT_CARD_AMOUNT, law.GIFT_CARD_FULL, desk.IDEMPOTENCY_CONFLICT, UNIT_UNKNOWN,
    activities_law.ACTIVITY_INVALID, members_law.MEMBER_NOT_ACTIVE,
)  # fmt: skip
_CODE: Final = (law.GIFT_CARD_UNKNOWN, GUESSES_TOO_MANY)
_TAKING: Final = (
    *_CODE, law.GIFT_CARD_DIFFERS, ledger.INSUFFICIENT_POINTS, desk.IDEMPOTENCY_CONFLICT, UNIT_UNKNOWN,
    activities_law.ACTIVITY_INVALID, members_law.MEMBER_NOT_ACTIVE,
)  # fmt: skip
_TOLD_AGAIN: Final = (
    "Told again, it answers what it answered first and takes or loads nothing more; `differs` points to what is said "
    "otherwise, and a name that was given to something else is refused (`gift_card_differs`)."
)
_GUESSING: Final = (
    "A key without the right `cards:write` must wait after too many wrong codes; they are counted for each `client` "
    "that it names."
)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/gift-cards", "cards:write", issue, "Sell a gift card", RecordedGiftCard, takes=NewGiftCard,
        status=201, refuses=_LOADING, idempotent=True, tag="Gift cards",
        about="It is an account of its own, to which only the code leads. Told again, it answers the same card, and "
        "`differs` points to what is said otherwise.",
    ),
    Endpoint(
        "GET", "/v1/gift-cards/{code}", "cards:spend", read, "Read a gift card", RecordedGiftCard, query=CardAsked,
        refuses=_CODE, tag="Gift cards", about=f"What is on it now, and until when. {_GUESSING}",
    ),
    Endpoint(
        "GET", "/v1/gift-cards/{code}/statement", "cards:spend", read_statement, "Read the statement of a gift card",
        CardStatement, query=CardPage, refuses=(*_CODE, calls.CURSOR_INVALID), tag="Gift cards",
        about=f"What was loaded, spent and given back, the latest first. {_GUESSING}",
    ),
    Endpoint(
        "POST", "/v1/gift-cards/{code}/top-up", "cards:write", top_up, "Load a gift card", RecordedGiftCard,
        takes=NewGiftCard, refuses=(*_LOADING, *_CODE, law.GIFT_CARD_DIFFERS), idempotent=True, tag="Gift cards",
        about=_TOLD_AGAIN,
    ),
    Endpoint(
        "POST", "/v1/gift-cards/{code}/spend", "cards:spend", spend, "Spend from a gift card", RecordedGiftCard,
        takes=NewSpend, query=Trial, status=201, refuses=(*_TAKING, ledger.POINTS_INVALID), idempotent=True,
        tag="Gift cards",
        about="All of the amount or nothing, first ending first; the rest stays on the card. `spend` is its id, by "
        f"which it can be given back. {_TOLD_AGAIN} {_GUESSING}",
    ),
    Endpoint(
        "POST", "/v1/gift-cards/{code}/rollback", "cards:spend", rollback, "Give back what was spent",
        RecordedGiftCard, takes=SpendRollback, query=Trial,
        refuses=(
            *_CODE, law.GIFT_CARD_DIFFERS, burns.BURN_UNKNOWN, burns.BURN_BOUND, burns.BURN_CANCELLED,
            burns.CANCELLED_TOO_MUCH, ledger.POINTS_INVALID,
            ids.ID_MALFORMED, desk.IDEMPOTENCY_CONFLICT, activities_law.ACTIVITY_INVALID,
        ),
        idempotent=True, tag="Gift cards",
        about="Wholly or in parts, into the very lots it came from; never more than was spent.",
    ),
    Endpoint(
        "POST", "/v1/gift-cards/{code}/transfer", "cards:spend", transfer, "Load a gift card onto a member",
        RecordedGiftCard, takes=GiftCardTransfer, query=Trial, status=201,
        refuses=(
            *_TAKING, members_law.MEMBER_UNKNOWN, members_law.IDENTIFIER_INVALID, ids.ID_MALFORMED,
            households.HOUSEHOLD_UNNAMED, ledger.POINTS_INVALID, transfers_law.TRANSFER_TO_SELF,
        ),
        idempotent=True, tag="Gift cards",
        about=f"The money keeps its dates, and the member spends it like any other. {_GUESSING}",
    ),
)  # fmt: skip
