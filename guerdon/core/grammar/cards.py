"""The grammar of gift cards: the unit in which they are kept, and for how much they are sold."""

from typing import Final

from guerdon.core.cards import GiftCards
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.shapes import Amount, At
from guerdon.core.grammar.words import UnitCode


def _fits(value: GiftCards, at: At) -> bool:
    """The least is not more than the most, and what a card holds is at least what it is sold for."""
    if value.amount_max is not None and value.amount_max < value.amount_min:
        at.under("amount_max").wrong("never_holds", "“amount_max” is below “amount_min”.", "swap the two")
        return False
    if value.balance_max is not None and value.balance_max < value.amount_min:
        told = "A card could never hold what it is sold for at least."
        at.under("balance_max").wrong("never_holds", told, "write a larger “balance_max”")
        return False
    return True


GIFT_CARDS: Final = Record(
    GiftCards,
    Field("unit", UnitCode(), "The unit of money that they hold; its points expire as those of the unit do."),
    Field("amount_min", Amount(), "The least that one is sold for or loaded with."),
    Field("amount_max", Amount(), "The most that one is sold for or loaded with at once."),
    Field("balance_max", Amount(), "The most that one can hold."),
    form="a mapping like {unit: credit, amount_min: 5.00}",
    check=_fits,
)
