"""The words for the fields of the test clock."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "NewTime": {
        "now": ("The instant it is to stand at, with its offset.", phrases.WHEN),
        "advance": "How far on.",
    },
    "Advance": {"days": "Local days; the local time of day stays."},
    "ClockView": {
        "now": ("What time it is in the programme.", phrases.WHEN),
        "test": "Whether the clock has been put there; else it is the real time.",
        "nights": "How many nights on the way had something to do.",
        "expired": "What expired in them, by unit.",
        "repaid": "What became available and repaid debts in them, by unit.",
    },
}
