"""The words for the fields of exchange rates."""

from typing import Any, Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields, Words

_DAY: Final[dict[str, Any]] = {"format": "date"}
_RATE: Final[dict[str, Words]] = {
    "currency": "The foreign currency, ISO 4217.",
    "day": ("The first local day of the rate.", _DAY),
    "home": "So many minor units of the programme's currency are worth `units`.",
    "units": "So many minor units of the foreign currency are worth `home`.",
}

FIELDS: Final[Fields] = {
    "NewRate": _RATE,
    "NewRates": {"rates": "The rates."},
    "RatesTold": {"told": "How many said something new; the others stood already."},
    "RateView": _RATE
    | {
        "told_at": ("When it was told.", phrases.WHEN),
        "told_by": "Who told it: the name of the API key, or the user of the command line.",
        "replaced_at": ("When its day was told otherwise; null for the rate that counts.", phrases.WHEN),
    },
    "Rates": {"rates": "The rates, by currency and day, the tellings of a day in their order.", "next": phrases.NEXT},
}
