"""The words for the fields of claims."""

from typing import Final

from guerdon.core import limits
from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_STATE: Final = (
    "`open` until our first word, then `waiting_for_us`, `waiting_for_member` or `waiting_for_approval`; at the end "
    "`granted`, `refused`, `closed` or `withdrawn`."
)
_PHOTOS: Final = (
    f"Photos in base 64, PNG, JPEG or WebP, {limits.CLAIM_PHOTOS_MAX} in all of a claim; "
    "what they say beside the picture is left out."
)
_WHOSE: Final = "Whose claim it must be, by the member's id; of anybody else it is unknown."
_DEED: Final = (
    "`open`, `reply`, `withdraw` and `reopen` by the member; `ask`, `note` and `assign` by clerks; `grant`, `refuse` "
    "and `close` settle it; `request`, `approve` and `reject` are those of goodwill that needs a second person."
)
_KIND: Final = "Points that are missing, a question or a complaint."

FIELDS: Final[Fields] = {
    "NewClaim": {
        "member": "Whose claim it is.",
        "kind": _KIND,
        "text": "What the member says; a question or a complaint needs it.",
        "store": ("Where it was bought.", phrases.NAME),
        "day": "On which day; not in the future.",
        "amount": ("What the receipt comes to, in minor units of the programme's currency.", phrases.MONEY),
        "receipt": "The number on the receipt.",
        "photos": _PHOTOS,
    },
    "ClaimMessage": {
        "text": "What the member reads, or the note.",
        "answer": ("The key of an answer that is ready, instead of a text.", phrases.NAME),
        "note": "`true` for a note that the member never sees.",
    },
    "ClaimReply": {"text": "What the member says.", "photos": _PHOTOS, "member": _WHOSE},
    "Reopening": {"text": "Why it is not settled for the member.", "member": _WHOSE},
    "ClaimWithdrawal": {"reason": ("Why, where the member says so.", phrases.NAME), "member": _WHOSE},
    "Assignment": {"to": "The name of whoever works on it; null for nobody, the caller's where it is left out."},
    "MissingPurchase": {
        "external_id": "The name that its till has for it: told later, it is known.",
        "source": "The till's name, as it tells its purchases.",
        "occurred_at": ("When it was bought.", phrases.WHEN),
        "amount": ("The whole purchase in minor units, where it has no lines.", phrases.MONEY),
        "lines": "What was bought.",
        "store": ("Where.", phrases.NAME),
        "channel": ("Through which channel.", phrases.NAME),
    },
    "Goodwill": {
        "unit": (phrases.UNIT, phrases.KEY),
        "points": (f"How many to give, {phrases.STEPS}.", phrases.POINTS),
    },
    "Settlement": {
        "purchase": "The purchase that was missing.",
        "goodwill": "Points that are given because of it.",
        "outcome": "The end without points: `refused` with a reason, or `closed`.",
        "reason": (
            "Why; the member reads it where it is refused or closed. Goodwill needs one of the programme's.",
            phrases.NAME,
        ),
    },
    "SettledClaim": {
        "claim": "The claim as it is now.",
        "decision": "What was entered for it, where anything was.",
        "waiting": "`true` where a second person must approve the adjustment first.",
    },
    "ClaimView": {
        "id": "The id, `clm_…`.",
        "member": "The member's id; after a merge that of whoever stayed.",
        "kind": _KIND,
        "state": _STATE,
        "priority": "From 1, the highest, by the member's tier; 9 for everybody else.",
        "due_at": ("By when the next word of ours is promised, or was.", phrases.WHEN),
        "overdue": "Whether that time is over, and the next word is ours.",
        "opened_at": ("When it was opened.", phrases.WHEN),
        "opened_by": "Who opened it for the member: the name of the API key.",
        "assigned_to": "Who works on it.",
        "answered_at": ("When our first word was said.", phrases.WHEN),
        "settled_at": ("When it was settled or withdrawn.", phrases.WHEN),
        "reopened": "Whether it was opened a second time.",
        "granted": "The activity or the adjustment by which it was granted, or that waits for a second person.",
    },
    "ClaimStep": {
        "number": "Its number, from 1.",
        "deed": _DEED,
        "state": "The state after it.",
        "at": ("When.", phrases.WHEN),
        "actor": "Who: the name of the API key.",
        "reason": "Why; of an assignment to whom.",
        "text": "What was said; gone once the member was erased.",
        "photos": "The hashes of the photos that came with it.",
    },
    "ToldView": {
        "store": "Where it was bought.",
        "day": "On which day.",
        "amount": "What the receipt comes to.",
        "receipt": "The number on the receipt.",
    },
    "ClaimDetail": {
        "claim": "The claim.",
        "told": "What the member told of the purchase.",
        "steps": "Every step, in order.",
        "twins": "Other claims, of anybody, about a receipt with the same number and day.",
    },
    "ClaimQueue": {
        "kind": "One kind; all of them where it is left out.",
        "assigned_to": "Who works on them, by name; everybody and nobody where it is left out.",
        "state": "One state; those that wait for us, `open` and `waiting_for_us`, where it is left out.",
        "limit": phrases.LIMIT,
        "cursor": phrases.CURSOR,
    },
    "Claims": {"claims": "The claims.", "next": phrases.NEXT},
    "CountedClaims": {
        "state": "The state.",
        "claims": "How many claims are in it.",
        "overdue": "For how many of these the time is over by which a word of ours was promised.",
    },
    "ClaimCounts": {"counts": "One for each state that is not an end and has claims."},
    "ReadyAnswer": {
        "key": "Its key in the programme file.",
        "name": "How clerks find it.",
        "text": "Its text in the member's language, filled in.",
    },
    "Answers": {"answers": "The answers."},
    "OwnStep": {
        "deed": _DEED,
        "by": "Whether the member did it, or we.",
        "at": ("When.", phrases.WHEN),
        "reason": "Why it was refused or closed.",
        "text": "What was said.",
        "photos": "The hashes of the photos that came with it.",
    },
    "OwnClaim": {
        "id": "The id, `clm_…`.",
        "kind": _KIND,
        "state": _STATE,
        "opened_at": ("When it was opened.", phrases.WHEN),
        "due_at": ("By when the next word of ours is promised, or was.", phrases.WHEN),
        "settled_at": ("When it was settled or withdrawn.", phrases.WHEN),
        "reopened": "Whether it was opened a second time.",
        "told": "What the member told of the purchase.",
        "steps": "The steps that the member may see, in order.",
    },
    "MemberClaims": {"claims": "The claims.", "next": phrases.NEXT},
}
