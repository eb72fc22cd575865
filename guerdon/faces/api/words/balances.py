"""The words for the fields of balances."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "Balances": {
        "member": "The member's id.",
        "as_of": ("The instant of these balances.", phrases.WHEN),
        "balances": "One balance for each unit of the programme.",
        "household": "The household whose balances they are; null where they are the member's own.",
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
        "own": "`true` for the account of this very id, also where it has been merged into another member.",
        "whole": "`true` for a person of a household: what was before, too, and the household's since then.",
        "person": "Of a household's statement only what was posted for this person, by the id `mem_…`.",
        "explain": "`full` tells why each posting is there.",
        "order": "`newest` begins with the latest posting, and before it with what is not booked yet.",
        "language": phrases.LANGUAGE,
    },
    "PostingView": {
        "id": "The id, `pst_…`; null where it is not booked yet.",
        "seq": f"{phrases.SEQ} Null where it is not booked yet.",
        "unit": phrases.UNIT,
        "kind": "earn, burn, expire, cancel, claw_back, restore, reinstate, adjust_up, adjust_down, lend, repay, "
        "transfer_out, transfer_in, fee, donate, merge_in, merge_out, pool_in or pool_out.",
        "points": f"Given (+) or taken (−), {phrases.STEPS}.",
        "balance": "What there was of the unit after it.",
        "activity": "The activity it belongs to; null where it is not booked yet.",
        "effective_at": ("When it counts.", phrases.WHEN),
        "posted_at": ("When it was written; null where it is not booked yet.", phrases.WHEN),
        "accounting_month": "The month it is accounted for in, `2026-10`; null where it is not booked yet.",
        "prior_period": "Whether it counts in a month that was closed before it came.",
        "booked": "False for what time has done already and the nightly run will book.",
        "person": "Who earned or burned, in the account of a household.",
        "explanation": "Why it is there, where `explain=full` asked for it.",
    },
    "Explanation": {
        "version": "The version of the programme that decided; null where time did it.",
        "shares": "What each rule gave of the award, and its arithmetic.",
        "rate": "The exchange rate by which the foreign money behind the award was counted; null for all else.",
        "lots": "The lots it made, took from or gave back to.",
        "why": "All that in sentences.",
    },
    "LotMove": {
        "lot": "The lot, `lot_…`.",
        "direction": "`made` by the posting, taken `out` by it, given `back`.",
        "points": f"How many of its points, {phrases.STEPS}.",
        "origin": "The activity that earned them.",
        "funder": "Who pays for them.",
        "available_at": ("From when on they can be spent.", phrases.WHEN),
        "expires_at": ("Until when, exclusive; null for ever.", phrases.WHEN),
    },
    "Statement": {
        "postings": "The postings, oldest first or as `order` says; beyond the latest what is not booked yet.",
        "next": phrases.NEXT,
    },
}
