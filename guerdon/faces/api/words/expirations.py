"""The words for the fields of expirations."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "Looking": {"until": "Up to and with this local day; without it to the last end there is."},
    "ExpirationView": {
        "unit": phrases.UNIT,
        "scale": "How many decimals it has: at 1, 125 are 12.5.",
        "points": f"How many end, {phrases.STEPS}.",
        "worth": "What they buy; null where the programme does not say.",
        "last_day": "The last local day on which they can be spent.",
        "days_left": "Days from today to the last day; 0 is today.",
        "ends_at": ("The instant at which they end.", phrases.WHEN),
    },
    "EndingMonth": {
        "unit": phrases.UNIT,
        "scale": "How many decimals it has: at 1, 125 are 12.5.",
        "month": ("The month of their last local day.", {"pattern": "^[0-9]{4}-[0-9]{2}$"}),
        "points": f"How many end, {phrases.STEPS}.",
        "worth": "What they buy; null where the programme does not say.",
    },
    "EndingMonths": {
        "as_of": ("The instant of the nightly run that counted it; null before the first.", phrases.WHEN),
        "months": "What ends, by unit and month.",
    },
    "Expirations": {
        "member": "The member's id.",
        "as_of": ("The instant of this preview.", phrases.WHEN),
        "expirations": "What ends when, the first end first.",
    },
}
