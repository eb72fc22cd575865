"""The words for the fields of what does not work."""

from typing import Final

from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "WorkingDays": {
        "from": "The first local day; without it that of the last three exported months.",
        "until": "The local day after the last one; without it the end of the last exported month.",
        "language": "In which language findings are told; without it in that of Accept-Language.",
    },
    "WorkingFigure": {
        "name": "What it is, like `fired` or `given`.",
        "value": "The number: a count, minor units, smallest steps of the unit, or hundredths of a percent.",
        "kind": "Which of these it is.",
    },
    "WorkingFinding": {
        "kind": "What does not work.",
        "of": "Its key: of a rule, reward, voucher, tier (`ladder/tier`), unit, store or segment; empty of campaigns.",
        "name": "What that is called.",
        "since": "Since which local day; null where that can't be said.",
        "unit": "The unit of its points; empty where it has none.",
        "figures": "Its numbers.",
        "title": "What it is, in words.",
        "text": "Its numbers, in words.",
        "advice": "What to do.",
    },
    "WorkingView": {
        "from": "The first local day.",
        "until": "The local day after the last one.",
        "compared_from": "The first day of what stores and segments are compared with; null without a comparison.",
        "compared_until": "The day after the last one of what they are compared with.",
        "currency": "The currency of all money.",
        "looked_at": "How many rules, rewards, vouchers and tiers were there all the days.",
        "findings": "What does not work, what weighs most first; none where all is well.",
    },
}
