"""The words for the fields of gift cards."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_CLIENT: Final = "For whom a shop asks, in a word of its own: who guesses makes only this one wait."
_NAME: Final = "The sender's own name for it; told again it does nothing more."
_SOURCE: Final = "The system that tells it."

FIELDS: Final[Fields] = {
    "NewGiftCard": {
        "amount": "How much money it is loaded with, in minor units.",
        "external_id": _NAME,
        "source": _SOURCE,
    },
    "CardAsked": {"client": _CLIENT},
    "NewSpend": {
        "amount": "How much to take, in minor units.",
        "external_id": _NAME,
        "source": _SOURCE,
        "client": _CLIENT,
    },
    "SpendRollback": {
        "spend": "What to give back: the `spend` of the answer that took it, `brn_…`.",
        "external_id": _NAME,
        "amount": "How much of it, in minor units; all that is left of it where it is not said.",
        "source": _SOURCE,
    },
    "GiftCardTransfer": {
        "to": "Who is to have the money.",
        "external_id": _NAME,
        "amount": "How much, in minor units; all that is on the card where it is not said.",
        "source": _SOURCE,
        "client": _CLIENT,
    },
    "CardLot": {
        "amount": "What is left of it.",
        "expires_at": ("When it ends, exclusive; null where it does not.", phrases.WHEN),
    },
    "GiftCardView": {
        "code": "The code, as people read it; it can be typed in small letters, with blanks or hyphens.",
        "unit": phrases.UNIT,
        "balance": "What can be spent now.",
        "lots": "The same by the instants at which it ends.",
        "made_at": ("When it was sold.", phrases.WHEN),
    },
    "RecordedGiftCard": {
        "card": "The card as of now.",
        "seq": "The number the journal reached with it; null where it was only read.",
        "spend": "The id of what was taken, `brn_…`, by which it can be given back.",
        "amount": "How much was moved.",
        "dry_run": phrases.DRY_RUN,
        "differs": phrases.DIFFERS,
    },
    "CardPage": {"limit": phrases.LIMIT, "cursor": phrases.CURSOR, "client": "For whom a shop looks."},
    "CardLine": {
        "kind": "What happened: `earn` for money that was loaded, `burn` for what was spent, and others.",
        "amount": "How much came onto the card; below zero what left it.",
        "balance": "What was on it then.",
        "at": ("When it counts.", phrases.WHEN),
    },
    "CardStatement": {"lines": "The lines, the latest first.", "next": phrases.NEXT},
}
