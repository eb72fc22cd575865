"""The words for the fields of closings."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_MONTH: Final = "The month, `2026-10`."

FIELDS: Final[Fields] = {
    "NewClosing": {"month": _MONTH, "reason": "Why it is closed now, for the book of who did what."},
    "FlowView": {
        "points": f"Signed, {phrases.STEPS}: what members got (+) or gave (−).",
        "prior_period": "How much of it counts in a month that was closed before it came.",
    },
    "UnitMonth": {
        "unit": (phrases.UNIT, phrases.KEY),
        "opening": f"What members had when the month began, {phrases.STEPS}.",
        "issued": "Earned, less what was cancelled while pending.",
        "burned": "Spent, less what was given back into its lots.",
        "expired": "Ended unspent.",
        "clawed_back": "Taken back after returns.",
        "adjusted": "Given and taken by hand.",
        "lent": "Debts made (+) and repaid (−).",
        "transferred": "Between members; in sum 0.",
        "given_up": "Fees and donations.",
        "closing": f"What members had when it ended, {phrases.STEPS}: `opening` and all columns.",
    },
    "ClosingView": {
        "month": _MONTH,
        "starts_at": ("Where it begins.", phrases.WHEN),
        "ends_at": ("Where it ends, exclusive.", phrases.WHEN),
        "closed_seq": "The number the journal had reached; what has a greater one comes too late for the month.",
        "closed_at": ("When it was closed.", phrases.WHEN),
        "closed_by": "Who closed it: the name of the API key, or the user of the command line.",
        "counted_at": ("When its figures were counted; null until then.", phrases.WHEN),
        "units": "What it did to every unit; null until it has been counted.",
    },
    "Closings": {
        "closings": "The closed months, oldest first.",
        "next": "The month to close next; null where none is closed yet, and any month that is over may be the first.",
        "first": "The first month in which anything is counted; null before anything is.",
    },
}
