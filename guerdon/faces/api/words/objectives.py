"""The words for the fields of objectives."""

from typing import Any, Final

from guerdon.core import limits
from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields, Words

_KEY: Final[dict[str, Any]] = {"maxLength": limits.KEY_CHARS_MAX}
_GOAL: Final[dict[str, Words]] = {
    "name": ("How it is called.", phrases.NAME),
    "kpi": ("The key of a KPI of closed months.", phrases.KEY),
    "of": "Of what the KPI is, in the order of its `of`; left out: the programme's currency, its only unit to spend.",
    "store": ("Only of this store; empty: of all.", _KEY),
    "tier": ("Only of members who had this tier at the end of each month; empty: of all.", _KEY),
    "segment": ("Only of members who were in this segment at the end of each month; empty: of all.", _KEY),
    "measure": "`relative`: a change against the baseline; `absolute`: a number to come to.",
    "target": "Relative: hundredths of a percent; absolute: in the KPI's unit, like its `value`.",
    "direction": "Whether at least or at most that much is wanted; left out it is that of the change, else `at_least`.",
    "first": "The first month that is looked at, like 2026-01; left out it is this one.",
    "last": "The month that decides, like 2026-06.",
    "baseline": "`previous_year`: each month against the same one a year before; `months`: all against some months.",
    "base_first": "The first month of a baseline of `months`.",
    "base_last": "The last month of a baseline of `months`; what they came to together, of counts the mean.",
}
FIELDS: Final[Fields] = {
    "NewObjective": _GOAL,
    "ObjectiveEnd": {"why": ("Why nobody wants it any more.", phrases.NAME)},
    "ObjectiveMonth": {
        "month": "The month.",
        "value": "What the KPI came to; null where that is not known.",
        "baseline": "What it is held against.",
        "asked": "What was due by then on the way to the target.",
        "target": "What would meet the target.",
    },
    "ObjectiveView": {
        "id": "Its id, `obj_…`.",
        **_GOAL,
        "made_at": ("When it was set.", phrases.WHEN),
        "made_by": "Who set it.",
        "ended_at": ("When it was ended.", phrases.WHEN),
        "ended_by": "Who ended it.",
        "why": "Why it was ended.",
        "wish": "What is wanted, as a sentence.",
        "verdict": "met or missed once its last month is known, on_track or behind before, else not_known.",
        "reason": "Why it is not known; empty where it is.",
        "text": "How it goes, in the language of the request.",
        "month": "The last of its months that is known.",
        "change": "By how many hundredths of a percent that month differs from its baseline.",
        "pace": "What every month from then on has to add: hundredths of a percentage point of a relative target, else "
        "the KPI's unit.",
        "next": "What the month after has to come to.",
        "scale": "How many decimals the numbers of its months have.",
        "currency": "Of which currency they are, where they are money.",
        "months": "All its months.",
    },
    "Objectives": {"objectives": "The objectives, the newest first.", "next": phrases.NEXT},
}
