"""The words for the fields of what campaigns are worth."""

from typing import Final

from guerdon.faces.api.words.phrases import Fields, Words

_ENDS: Final[dict[str, Words]] = {
    "value": "The number: minor units, or hundredths of a percent.",
    "low": "The lower end of its interval of 95 %.",
    "high": "The upper end of its interval of 95 %.",
}
_P: Final = "How likely chance alone is as far off, in millionths."
FIELDS: Final[Fields] = {
    "RoiDays": {
        "from": "The first local day; without any days, of all whole months in which members were held out.",
        "until": "The local day after the last one.",
        "margin": "Of what is spent, how much is left, in hundredths of a percent; without it that of the programme.",
        "cost": "What campaigns cost in these days, in minor units; without it what they gave, and what the cost book "
        "says for a key that may read it (`costs:read`).",
        "language": "In which language the verdict is told; without it in that of Accept-Language.",
    },
    "RoiAmount": _ENDS,
    "RoiEstimate": {**_ENDS, "p_millionths": _P},
    "RoiBalance": {
        "as_drawn": "Whether the held-out group is as large as it was drawn; where it is not, nothing is concluded.",
        "held_out": "How many members are held out.",
        "expected": "How many were expected to be.",
        "p_millionths": _P,
    },
    "RoiMonth": {
        "month": "The month.",
        "treated": "What one who has campaigns, or had what began, spent on average, in minor units.",
        "others": "What one of the others spent on average, in minor units.",
    },
    "RoiCost": {
        "kind": "Points that campaigns gave, or vouchers of theirs that were used.",
        "of": "The unit, or the key of the voucher.",
        "count": "How many smallest steps of the unit, or how many uses less those that were rolled back.",
        "amount": "What they cost, in minor units; null where the unit says no worth.",
    },
    "RoiTold": {
        "kind": "For what it was.",
        "amount": "Of the entries for the whole programme and for campaigns the share of these days, in minor units; "
        "those in the currency of all money.",
    },
    "RoiView": {
        "from": "The first local day.",
        "until": "The local day after the last one.",
        "began": "Since when members are held out.",
        "currency": "The currency of all money.",
        "verdict": "Whether campaigns bring more than they cost; without a cost, whether they bring anything.",
        "text": "The verdict in words.",
        "members": "How many members have campaigns.",
        "changed": "How many left or came into the held-out group, and are in neither.",
        "balance": "Whether both groups are as large as they were drawn.",
        "few": "Whether less than a hundred of a group bought anything.",
        "buyers": "By how much more of them bought, in hundredths of a percentage point.",
        "plain": "What a member with campaigns spent more (Welch), in minor units.",
        "lopsided": "The same by the bootstrap.",
        "adjusted": "The same less what members were like before (CUPED).",
        "reduction": "Which share of the variance what was before explains, in hundredths of a percent.",
        "spend": "What a member with campaigns spent more, by the best of the three that there is.",
        "total": "The same of all of them.",
        "margin": "Of what is spent, how much is left, in hundredths of a percent.",
        "gain": "What is left of the total.",
        "cost": "What campaigns cost, in minor units: what was asked with, else what they gave, where that is known, "
        "and what was told of them in the cost book.",
        "costs": "What they gave, and what each costs; null where the exported months do not know.",
        "told": "What the cost book says beside it, by kind; null for a key that may not read it.",
        "returns": "(gain − cost) ÷ cost, in hundredths of a percent.",
        "course": "What members of both groups spent month by month.",
    },
    "BesideAsked": {
        "stores": "Keys of stores that have it, between commas.",
        "tiers": "Keys of tiers that have it, between commas.",
        "segments": "Keys of segments that have it, between commas.",
        "from": "The first local day; without it that of the last 24 exported months.",
        "until": "The local day after the last one; without it the end of the last exported month.",
        "language": "In which language the verdict is told; without it in that of Accept-Language.",
    },
    "BesidePlacebo": {
        "month": "The month in which it had not begun.",
        "found": "What would have been found.",
    },
    "BesideView": {
        "begins": "The month with which it began.",
        "months": "The months that are looked at.",
        "currency": "The currency of all money.",
        "verdict": "Whether they spend more, less, or it can't be said.",
        "why": "Why nothing can be said; empty where it can.",
        "text": "The verdict in words.",
        "treated": "How many members have it.",
        "others": "How many have not.",
        "by_store": "Whether members of a store were taken together.",
        "bunches_treated": "How many stores have it, or members where these are not taken together.",
        "bunches_others": "How many have not.",
        "effect": "How much more those who have it spend per member and month, in minor units.",
        "parallel": "Whether no placebo found anything; null where there are too few months before it.",
        "placebos": "Each month before, asked as if it had begun there.",
        "course": "What members of both sides spent month by month.",
    },
}
