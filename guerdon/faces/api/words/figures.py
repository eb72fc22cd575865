"""The words for the fields of figures."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_FIRST: Final = "The first local day; without it the thirty days up to the end."
_UNTIL: Final = "The local day after the last one; without it today, so that all days are over."
_KPI: Final = "The key of the number."
_OF: Final = "Of what: the currency, the unit or the tier; empty where there is only one such number."
_SEQ: Final = "The number of the journal up to which everything is counted."
_SCALE: Final = "How many decimals it has: at 2, 125 are 1.25."

FIELDS: Final[Fields] = {
    "InForm": {"form": "As what: a tagged PDF, or a page that needs nothing else.", "language": phrases.LANGUAGE},
    "Days": {
        "from": _FIRST,
        "until": _UNTIL,
        "stores": "Only of these stores, separated by commas; numbers that no store has are left out.",
        "compare": "Compared with as many days just before, or with the same days of the year before.",
        "granularity": "How long the parts of the series are; weeks begin on Monday.",
        "language": "In which language names and definitions are told; without it in that of Accept-Language.",
    },
    "DaysBehind": {
        "from": _FIRST,
        "until": _UNTIL,
        "store": "Only what this store counted.",
        "limit": phrases.LIMIT,
        "cursor": phrases.CURSOR,
    },
    "Months": {
        "from": "The first month, `2026-01`; without it twelve are told.",
        "until": "The last month, `2026-12`; without it the present one.",
    },
    "PointView": {
        "starts": "The first day of the part.",
        "value": "The number of the part; null where nothing is known.",
    },
    "FigureView": {
        "kpi": _KPI,
        "of": _OF,
        "name": "What it is called.",
        "definition": "What it means, with its formula.",
        "kind": "Whether it counts, is money (in minor units), points, a percentage or a ratio.",
        "scale": _SCALE,
        "currency": "Of money: in which currency; null for others.",
        "value": "The number of all days, or as of the last one; null where nothing can be said.",
        "before": "The number of the days that it is compared with.",
        "change": "By how many hundredths of a percent it changed; null where that can't be said.",
        "series": "The number of each part of the days.",
    },
    "FiguresView": {
        "from": "The first local day.",
        "until": "The local day after the last one.",
        "compared_from": "The first day of what it is compared with.",
        "compared_until": "The day after the last one of what it is compared with.",
        "counted_seq": _SEQ,
        "counted_until": "Up to, not including, this day different members are counted; the night goes on with it.",
        "stores": "The stores of which anything is counted, by their keys.",
        "figures": "The numbers, in the order in which they are shown.",
    },
    "RowView": {
        "member": "The member's id.",
        "day": "The local day on which it counts.",
        "activity": "The activity, or the redemption, that it comes from.",
        "what": "The kind of the activity or posting, the tier, or the reward.",
        "of": "The currency of money, or the unit of points.",
        "amount": "Money in minor units, or points in smallest steps; what was given back is less than nothing.",
        "times": "How often.",
    },
    "RowsView": {
        "kpi": _KPI,
        "from": "The first local day.",
        "until": "The local day after the last one.",
        "rows": "What it counted.",
        "next": "The cursor of the next page; null on the last.",
    },
    "LiabilityMonth": {
        "month": "The month, `2026-10`.",
        "closed": "Whether it is closed: then it never changes.",
        "scale": _SCALE,
        "points": "What it did to the unit, column by column.",
        "worth_opening": "What the points it opened with are worth, in minor units; null where no worth is declared.",
        "worth_closing": "What the points it closed with are worth, in minor units; null where no worth is declared.",
    },
    "Liability": {
        "currency": "The currency of what points are worth.",
        "counted_seq": _SEQ,
        "months": "The months in their order, each with its units.",
    },
}
