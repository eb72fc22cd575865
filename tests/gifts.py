"""Gift cards as the tests deal with them."""

import itertools
from typing import Any

from guerdon.core.activities import Member
from guerdon.engine import cards
from guerdon.engine.batch import Outcome
from guerdon.engine.cards import Deed
from guerdon.features.cards.queries import Card
from tests import shop
from tests.shop import Shop

CREDIT: dict[str, Any] = {"kind": "money", "scale": 2, "expires": {"rolling": {"years": 3}}}
PARTS: dict[str, Any] = {"units": {"points": shop.POINTS, "credit": CREDIT}, "gift_cards": {"unit": "credit"}}
_NUMBERS = itertools.count()


def cafe(**policy: Any) -> Shop:
    """Café Aurora, which sells gift cards, and Ann and Ben."""
    found = Shop(PARTS | {"gift_cards": {"unit": "credit", **policy}})
    found.enrol("Ann", "Ben")
    return found


def deed(amount: int, name: str | None = None) -> Deed:
    return Deed(amount, "till", name or f"card-{next(_NUMBERS)}")


def sell(at: Shop, amount: int, day: str = "2026-01-05", name: str | None = None) -> Card:
    return cards.issue(programme_id=at.programme_id, deed=deed(amount, name), now=shop.moment(day))[0]


def load(at: Shop, card: Card, amount: int, day: str = "2026-01-05", name: str | None = None) -> Outcome:
    return cards.top_up(programme_id=at.programme_id, card=card, deed=deed(amount, name), now=shop.moment(day))


def spend(at: Shop, card: Card, amount: int, day: str = "2026-01-06", name: str | None = None) -> Outcome:
    return cards.spend(programme_id=at.programme_id, card=card, deed=deed(amount, name), now=shop.moment(day))


def hand(at: Shop, card: Card, to: str, amount: int, day: str = "2026-01-06") -> Outcome:
    """Load money of the card onto a member."""
    return cards.transfer(
        programme_id=at.programme_id, card=card, to=Member(external_id=to), deed=deed(amount), now=shop.moment(day)
    )


def left(card: Card, day: str = "2026-01-07") -> int:
    return cards.balance(card, shop.moment(day))
