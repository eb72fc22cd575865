"""The words for the fields of balances."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "Balances": {
        "member": "The member's id.",
        "as_of": ("The instant of these balances.", phrases.WHEN),
        "balances": "One balance for each unit of the programme.",
    },
    "BalanceView": {
        "unit": phrases.UNIT,
        "scale": "How many decimals it has: at 1, 125 are 12.5.",
        "available": f"Can be spent now, {phrases.STEPS}.",
        "pending": "Earned, can be spent later.",
        "held": "Reserved by holds.",
        "debt": "Owed; repaid by what comes next.",
        "worth": "What the available points buy; null where the programme does not say.",
    },
    "LotPage": {"limit": phrases.LIMIT, "cursor": phrases.CURSOR, "spent": "Also those with nothing left."},
    "LotView": {
        "id": "The id, `lot_…`.",
        "unit": phrases.UNIT,
        "origin": "The activity that earned it.",
        "funder": "Who pays for it.",
        "amount": f"How many there were, {phrases.STEPS}.",
        "remaining": "How many are left.",
        "held": "How many of them are reserved.",
        "earned_at": ("When they were earned.", phrases.WHEN),
        "available_at": ("From when on they can be spent; null while they wait for an activity.", phrases.WHEN),
        "expires_at": ("Until when, exclusive; null for ever.", phrases.WHEN),
        "awaits": "The kind of activity that they wait for; null where they wait for none.",
        "cancels_at": ("When they are cancelled if it has not come; null where they wait for none.", phrases.WHEN),
    },
    "Lots": {"lots": "The lots.", "next": phrases.NEXT},
    "StatementPage": {
        "limit": phrases.LIMIT,
        "cursor": phrases.CURSOR,
        "after_seq": "Only postings of later journal entries.",
    },
    "PostingView": {
        "id": "The id, `pst_…`; null where it is not booked yet.",
        "seq": f"{phrases.SEQ} Null where it is not booked yet.",
        "unit": phrases.UNIT,
        "kind": "earn, burn, expire, cancel, claw_back, reinstate, adjust_up, adjust_down, lend or repay.",
        "points": f"Given (+) or taken (−), {phrases.STEPS}.",
        "balance": "What there was of the unit after it.",
        "activity": "The activity it belongs to; null where it is not booked yet.",
        "effective_at": ("When it counts.", phrases.WHEN),
        "posted_at": ("When it was written; null where it is not booked yet.", phrases.WHEN),
        "booked": "False for what time has done already and the nightly run will book.",
    },
    "Statement": {
        "postings": "The postings, oldest first; after the last of them what is not booked yet.",
        "next": phrases.NEXT,
    },
}
