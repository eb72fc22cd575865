"""Gift cards among the tenders of purchases: who may show a code, and how often a wrong one (LAW 8.3)."""

from collections.abc import Sequence
from typing import Final

import msgspec

from guerdon.core import cards as law
from guerdon.core import codes
from guerdon.core.activities import Activity
from guerdon.core.errors import Refusal
from guerdon.core.money import Money
from guerdon.engine import cards, guessing, paid
from guerdon.faces import web
from guerdon.faces.api import guarded
from guerdon.faces.api.calls import Call

RIGHT: Final = "cards:spend"  # as at the card's own route
STAFF: Final = "cards:write"  # who sells cards need not guess their codes


class QuotedCard(msgspec.Struct, frozen=True):
    """How much of a basket a gift card can pay now; nothing is reserved."""

    ending: str
    balance: Money
    pays: Money
    left: Money


def shows_card(told: Activity) -> bool:
    return any(tender.card is not None for tender in told.tenders)


def check_right(call: Call) -> None:
    """Refuse whoever may not spend from gift cards. Raises `scope_missing`."""
    assert call.key is not None
    if RIGHT not in call.key.scopes:
        raise web.SCOPE_MISSING(scope=RIGHT)


def obstacle(call: Call, client: str | None, told: Sequence[Activity]) -> Refusal | None:
    """Why none of these that show a gift card may be taken in now; None where they may, and where none does.

    Wrong codes are counted, all of them, before anything is said of any: among many that were shown at once a right one
    must not stand out.
    """
    showing = [one for one in told if shows_card(one)]
    if not showing:
        return None
    try:
        check_right(call)
        if not guarded.is_staff(call, STAFF):
            _count(call, client, showing)
    except Refusal as refusal:
        return refusal
    return None


def _count(call: Call, client: str | None, showing: Sequence[Activity]) -> None:
    """Count what they show that is no gift card's code. Raises `guesses_too_many`."""
    assert call.key is not None
    guessing.check(programme_id=call.programme_id, credential=call.key.id, client=client or "", now=call.now)
    typed = [tender.card for one in showing for tender in one.tenders if tender.card is not None]
    shown = {codes.read(one) or one for one in typed}
    for _ in range(len(shown) - len(paid.cards_of(call.store, call.programme_id, showing))):
        guarded.count(call, client)


def quoted(call: Call, client: str | None, typed: str | None, basket: Money) -> QuotedCard | None:
    """What of the basket the card with the code can pay. Raises `scope_missing`, `gift_card_unknown`."""
    if typed is None:
        return None
    check_right(call)
    card = guarded.asked(
        call, client, STAFF, lambda refusal: refusal.kind is law.GIFT_CARD_UNKNOWN,
        lambda: cards.find(call.programme_id, typed),
    )  # fmt: skip
    balance, currency = cards.balance(card, call.now), basket.currency
    told = law.payable(balance, basket.amount)
    return QuotedCard(
        codes.ending(card.code), Money(balance, currency), Money(told.amount, currency), Money(told.left, currency)
    )
