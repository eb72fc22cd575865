"""The words for the fields of deferred revenue and its journal."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_MONTH: Final = "The month, `2026-10`."
_CURRENCY: Final = "The currency of all money, that of the programme."

FIELDS: Final[Fields] = {
    "DeferredMonth": {
        "month": _MONTH,
        "unit": (phrases.UNIT, phrases.KEY),
        "scale": "How many decimals its points have: at 2, 125 are 1.25.",
        "expected_share": "Which share of all points is expected to be redeemed, in hundredths of a percent.",
        "price": "What was paid where points were earned, without tax, gift cards and what was paid with points.",
        "points": f"What members have at the end, {phrases.STEPS}: as the closed month says.",
        "redeemed": f"What has been redeemed so far, {phrases.STEPS}.",
        "expected": f"What is expected to have been redeemed in the end, {phrases.STEPS}, rounded down.",
        "opening": "What was deferred when the month began.",
        "allocated": "What of prices was allotted to points, less what returns took back.",
        "recognised": "What became revenue; less than nothing where more is expected to be redeemed than before.",
        "breakage": "How much of the recognised is there because some points are never redeemed.",
        "closing": "What is deferred when it ends.",
        "brought_forward": "Whether the opening is brought forward: nothing was said of the month before.",
    },
    "SilentUnit": {
        "unit": (phrases.UNIT, phrases.KEY),
        "reason": "`no_worth` and `no_share`: the programme does not say it; `not_closed`: no month has closed since "
        "it does; `no_sales`: months were closed before sales were counted with them.",
    },
    "DeferredRevenue": {
        "currency": _CURRENCY,
        "closed_until": "The last closed month whose figures are counted; null before there is one.",
        "months": "Unit by unit, the months in their order.",
        "silent": "The units that can be spent and of which nothing can be said as of the last closed month.",
    },
    "SideView": {
        "account": "Its name, as beancount takes them.",
        "amount": "In minor units: a debit is more than nothing, a credit less.",
    },
    "EntryView": {
        "entry": "What it books.",
        "unit": (phrases.UNIT, phrases.KEY),
        "date": "The last day of the month.",
        "text": "What it books, in words.",
        "sides": "The accounts; in sum 0.",
    },
    "JournalView": {
        "month": _MONTH,
        "currency": _CURRENCY,
        "entries": "The entries, unit by unit; none where nothing moved.",
        "beancount": "The same as text that beancount reads.",
    },
}
