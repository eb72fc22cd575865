"""The law of gift cards: stored money that belongs to whoever has the code (LAW 8.4)."""

from typing import Final

import msgspec

from guerdon.core import errors

GIFT_CARDS_OFF = errors.declare("invalid", "gift_cards_off")
GIFT_CARD_UNKNOWN = errors.declare("unknown", "gift_card_unknown")
GIFT_CARD_DIFFERS = errors.declare("clash", "gift_card_differs", "name")
GIFT_CARD_AMOUNT = errors.declare("invalid", "gift_card_amount", "asked", "least", "most")
GIFT_CARD_FULL = errors.declare("spent", "gift_card_full", "asked", "left")
GIFT_CARD_SHORT = errors.declare("spent", "gift_card_short", "pointer", "asked", "left")

GIFT_CARD: Final = "gift_card"  # what stands in the place of a rule, where money was paid for the points


class GiftCards(msgspec.Struct, frozen=True):
    """How gift cards are sold: in which unit of money they are kept, and for how much; amounts in minor units."""

    unit: str
    amount_min: int = 1
    amount_max: int | None = None  # of one sale or load
    balance_max: int | None = None  # what a card can hold


def check(policy: GiftCards | None, amount: int, most: int) -> GiftCards:
    """The policy under which a card may be loaded with so much. Raises `gift_cards_off`, `gift_card_amount`."""
    if policy is None:
        raise GIFT_CARDS_OFF()
    most = policy.amount_max or most
    if not policy.amount_min <= amount <= most:
        raise GIFT_CARD_AMOUNT(asked=amount, least=policy.amount_min, most=most)
    return policy


def check_room(policy: GiftCards, amount: int, balance: int) -> None:
    """Refuse to load more than a card can hold. Raises `gift_card_full`."""
    if policy.balance_max is not None and balance + amount > policy.balance_max:
        raise GIFT_CARD_FULL(asked=amount, left=max(0, policy.balance_max - balance))


def check_left(pointer: str, amount: int, left: int) -> None:
    """Refuse a tender that says more than is left on its card. Raises `gift_card_short`."""
    if amount > left:
        raise GIFT_CARD_SHORT(pointer=pointer, asked=amount, left=left)


class Payable(msgspec.Struct, frozen=True):
    """How much of a basket a gift card can pay, in minor units, and what would be left on it."""

    amount: int
    left: int


def payable(balance: int, basket: int) -> Payable:
    """The most of what a basket costs that a card with so much on it can pay."""
    amount = min(balance, basket)
    return Payable(amount, balance - amount)
