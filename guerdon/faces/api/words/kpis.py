"""The words for the fields of KPIs of closed months."""

from typing import Final

from guerdon.faces.api.words.phrases import Fields

_LANGUAGE: Final = "In which language names and definitions are told; without it in that of Accept-Language."

FIELDS: Final[Fields] = {
    "KpiLanguage": {"language": _LANGUAGE},
    "KpiDays": {
        "from": "The first local day; without it that of the last exported month.",
        "until": "The local day after the last one; without it the end of the last exported month.",
        "stores": "Only what was told with these stores, separated by commas.",
        "tiers": "Only members who have one of these tiers at the end, by their keys, separated by commas.",
        "segments": "Only members of these segments at the end, told or saved ones, separated by commas.",
        "compare": "Compared with as many days just before, or with the same days of the year before.",
        "language": _LANGUAGE,
    },
    "KpiView": {
        "kpi": "The key of the KPI.",
        "name": "What it is called.",
        "definition": "What it means.",
        "formula": "How it is counted.",
        "window": "What is looked at.",
        "kind": "Whether it counts, is a percentage, a ratio, money (in minor units), or points (in smallest steps).",
        "of": "Its dimensions, like `currency`, `unit` or `cohort`; none where it is one number.",
        "of_stores": "Whether it can be asked of stores.",
    },
    "KpisView": {
        "months": "The months that are exported, `2026-10`.",
        "kpis": "The KPIs, in the order in which they are shown.",
    },
    "KpiRow": {
        "of": "What the number is of, one value for each dimension.",
        "numerator": "What was counted.",
        "denominator": "Of how much; null where it is a count.",
        "value": "The number, rounded half up; null where nothing can be said.",
        "before": "The number of the days that it is compared with; null where there is none.",
        "scale": "How many decimals it has: at 2, 125 are 1.25.",
        "currency": "Of money: in which currency; null for others.",
    },
    "KpiAnswer": {
        "kpi": "What it is.",
        "from": "The first local day.",
        "until": "The local day after the last one.",
        "compared_from": "The first day of what it is compared with; null without a comparison.",
        "compared_until": "The day after the last one of what it is compared with.",
        "rows": "The numbers, in their order.",
    },
}
