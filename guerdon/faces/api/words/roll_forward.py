"""The words for the fields of a roll-forward."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_LADDER: Final = "On which ladder members have their tiers"

FIELDS: Final[Fields] = {
    "Cut": {
        "by": "What it is cut by: the unit alone, or also the tier of members at the end of the month, the store of "
        "the fact that earned the points, or who pays for them.",
        "month": "The month, `2026-10`; without it the last one that is exported.",
        "ladder": f"{_LADDER}; it need not be said where there is one.",
    },
    "RolledAmounts": {
        "opening": "What was owed at the end of the month before.",
        "moved": "What members brought with them from the tier they had at the end of the month before; 0 in sum.",
        "issued": "What was earned, less what was cancelled while it was pending.",
        "burned": "What was spent, less what was given back.",
        "expired": "What ended.",
        "clawed_back": "What was taken back after returns, less what was restored.",
        "adjusted": "By hand.",
        "lent": "What the house lent where a return lacked points, less what was repaid.",
        "transferred": "What passed to other members; 0 in sum of all lines.",
        "given_up": "What was donated, and fees.",
        "closing": "All of the above.",
    },
    "RolledLine": {
        "unit": (phrases.UNIT, phrases.KEY),
        "scale": "How many decimals its points have: at 2, 125 are 1.25.",
        "of": "The tier, the store or the funder; null where there is none, where the house pays, and in totals.",
        "points": f"The amounts, {phrases.STEPS}.",
        "prior_period": f"What of it belongs to a month that was closed before it was told, {phrases.STEPS}.",
        "worth": "The same as money in minor units, by the worth at the end of the month, rounded so that every line "
        "and every column adds up; null where the programme says no worth.",
    },
    "RollForwardView": {
        "month": "The month, `2026-10`.",
        "by": "What it is cut by.",
        "ladder": f"{_LADDER}; null where nobody has one, and in other cuts.",
        "currency": "The currency of all money, that of the programme.",
        "lines": "By unit, then by what they are of.",
        "totals": "All lines of each unit together: what the month was closed with.",
    },
}
