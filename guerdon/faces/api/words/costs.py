"""The words for the fields of the cost book."""

from typing import Any, Final

from guerdon.core import limits
from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields, Words

_KEY: Final[dict[str, Any]] = {"maxLength": limits.KEY_CHARS_MAX}
_ENTRY: Final[dict[str, Words]] = {
    "kind": "For what it is; `funding` and `income` bring money, all others cost some.",
    "amount": "How much, in minor units of its currency.",
    "note": ("What for.", phrases.NAME),
    "rule": ("The key of the campaign or rule for which it is; empty: for the whole programme.", _KEY),
    "store": ("The store for which it is; empty: all.", _KEY),
}
_WHO: Final[dict[str, Words]] = {"told_at": ("When it was told.", phrases.WHEN), "told_by": "Who told it."}
FIELDS: Final[Fields] = {
    "NewCost": {
        **_ENTRY,
        "currency": "The currency, ISO 4217; left out: the programme's own.",
        "month": "The month for which it is, like 2026-10; or else both days.",
        "from": "The first local day for which it is.",
        "until": "The local day after the last one.",
    },
    "CostReversal": {"why": ("Why it is taken back.", phrases.NAME)},
    "ReversalView": {"id": "Its own id, `cst_…`.", "why": "Why the other one was taken back.", **_WHO},
    "CostView": {
        "id": "Its id, `cst_…`.",
        **_ENTRY,
        **_WHO,
        "side": "Whether it costs money or brings some.",
        "currency": "The currency, ISO 4217.",
        "from": "The first local day for which it is.",
        "until": "The local day after the last one.",
        "reversed": "The entry that took it back; null where none did.",
    },
    "Costs": {"costs": "The entries, the last told first.", "next": phrases.NEXT},
    "CostLine": {
        "source": "Whether people told it, or it is known of a closed month.",
        "side": "Whether it costs money, brings some, or stands `aside` of the totals.",
        "kind": "What was told: the kind of its entries. What is known: rewards taken, points paid with, vouchers, "
        "`top_ups` that members paid for rewards, memberships paid, points that campaigns gave, letters sent.",
        "of": "Of what is known: the kind of reward, the unit, the voucher, the plan.",
        "currency": "The currency of the amount.",
        "count": "How many entries, pieces, smallest steps of the unit, uses, payments or letters.",
        "amount": "What it comes to in the month, in minor units; null where nobody knows.",
    },
    "CostTotal": {
        "currency": "The currency.",
        "cost": "What the month costs, in minor units.",
        "income": "What it brings.",
        "net": "What it costs less what it brings.",
        "whole": "Whether nothing is missing, as of what nobody knows the cost.",
    },
    "CostMonth": {
        "month": "The month.",
        "known": "Whether what is known stands in it; else it waits for a worker, is `open`, or `too_old`.",
        "lines": "What was told, by kind, then what is known.",
        "totals": "What it comes to, in each currency.",
    },
    "CostMonths": {"currency": "The programme's currency.", "months": "The months, the oldest first."},
}
