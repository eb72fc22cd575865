"""What every field of the API means, in one sentence each, with the limits that types alone don't tell."""

from typing import Any, Final

from guerdon.core import limits

# Names in the description, where the type's own would be misread beside its neighbours.
RENAMED: Final = {
    "Member": "MemberIdentifier",
    "Reference": "PurchaseReference",
    "Line": "BasketLine",
}

_WHEN: Final = {"format": "date-time"}
_KEY: Final = {"minLength": 1, "maxLength": limits.KEY_CHARS_MAX}
_IDENTIFIER: Final = {"minLength": 1, "maxLength": limits.IDENTIFIER_CHARS_MAX}
_TEXT: Final = {"maxLength": limits.TEXT_CHARS_MAX}
_NAME: Final = {"maxLength": limits.NAME_CHARS_MAX}
_MONEY: Final = {"minimum": 0, "maximum": limits.MONEY_MAX}
_EXACT: Final = {"maximum": limits.POINTS_MAX, "minimum": -limits.POINTS_MAX}

_CURSOR: Final = "Where the last page ended: `next` of its answer, unchanged."
_LIMIT: Final = "How many rows at most."
_NEXT: Final = "The cursor of the next page, null on the last one; the header Link holds the whole address."
_LANGUAGE: Final = "The language of names and sentences; that of Accept-Language where it is left out."
_DRY_RUN: Final = (
    "`true` where it was only tried out and nothing is kept: the id and `seq` of a new entry lead nowhere."
)
_DIFFERS: Final = (
    "Where it was told before and said something else then: JSON pointers to what differs in this body. The answer is "
    "the first telling's, nothing of this one was taken; correct what is recorded by a return or an adjustment."
)
_SEQ: Final = "The number of the journal entry; later entries have higher numbers."
_UNIT: Final = "The unit's code."
_STEPS: Final = "in the unit's smallest step"

Words = str | tuple[str, dict[str, Any]]

FIELDS: Final[dict[str, dict[str, Words]]] = {
    "Activity": {
        "kind": ("purchase, return, visit, review, share, signup, birthday, or a kind of the programme file.", _KEY),
        "source": ("The system that tells it, like `till-1`; (source, kind, external_id) names it for ever.", _KEY),
        "external_id": ("The sender's own name for it, like the number of the receipt.", _IDENTIFIER),
        "occurred_at": ("When it happened, with its offset; the rules in force then decide.", _WHEN),
        "member": "Whose activity it is.",
        "currency": ("ISO 4217; the programme's where it is left out.", {"examples": ["EUR"]}),
        "amount": ("The basket in one sum, in minor units, where lines are not told; a purchase needs either.", _MONEY),
        "lines": ("The basket line by line.", {"maxItems": limits.LINES_MAX}),
        "tenders": ("How it was paid; adds up to the lines.", {"maxItems": limits.TENDERS_MAX}),
        "channel": ("Where it came from, like web or store.", _TEXT),
        "store": ("The store's key.", _TEXT),
        "partner": ("The partner's key.", _TEXT),
        "returns": "The purchase that a return gives back whole: say no amount and no lines, or all of them.",
        "facts": ("What else is known of it, as the programme file says.", {"maxProperties": limits.ATTRIBUTES_MAX}),
    },
    "Member": {
        "id": "The member's id here, `mem_…`.",
        "external_id": ("The sender's own name for the member.", _IDENTIFIER),
        "card": ("The number of the card; spaces and small letters make no difference.", _IDENTIFIER),
        "email": ("The e-mail address.", _IDENTIFIER),
        "phone": ("The phone number with + and the country's number.", _IDENTIFIER),
    },
    "Line": {
        "amount": ("The whole line before its discount, in minor units.", _MONEY),
        "product": ("The product's key.", _TEXT),
        "category": ("The category's key.", _TEXT),
        "brand": ("The brand's key.", _TEXT),
        "tags": ("Further keys.", {"maxItems": limits.TAGS_MAX}),
        "quantity": ("How many pieces.", {"minimum": 0, "maximum": limits.QUANTITY_MAX}),
        "discount": ("What was taken off the line, in minor units.", _MONEY),
        "kind": "Goods earn; whether tax, shipping, fees and gift cards do, the programme says.",
    },
    "Tender": {
        "kind": ("card, cash, points, gift_card, or the sender's own word.", _TEXT),
        "amount": ("How much of it, in minor units.", _MONEY),
    },
    "Reference": {
        "external_id": ("The external_id the purchase was told under.", _IDENTIFIER),
        "source": ("Its source, where that was another one.", _KEY),
    },
    "Money": {
        "amount": "In minor units: 1234 is 12.34 EUR, and 1234 JPY.",
        "currency": "ISO 4217.",
    },
    "ActivityView": {
        "id": "The id, `act_…`.",
        "kind": "The kind of activity.",
        "source": "The system that told it.",
        "external_id": "The sender's own name for it.",
        "status": "Whether it is decided, or waits for something (then `parked` of the decision says for what).",
        "member": "The member's id.",
        "seq": _SEQ,
        "occurred_at": ("When it happened.", _WHEN),
        "recorded_at": ("When it was written here.", _WHEN),
        "total": "The basket net of its discounts.",
        "amount": "The basket in one sum, where it was told so.",
        "currency": "The currency, where it was told.",
        "lines": "The basket line by line.",
        "tenders": "How it was paid.",
        "channel": "Where it came from.",
        "store": "The store's key.",
        "partner": "The partner's key.",
        "returns": "The purchase that is given back.",
        "returned_by": "The return by which this purchase was given back.",
        "facts": "What else is known of it.",
    },
    "DecisionView": {
        "version": "The version of the programme that decided; null while nothing is decided.",
        "awards": "The points given.",
        "capped": "The limits that clamped them.",
        "taken": "What a return took back.",
        "spent": "What left by a burn or by hand.",
        "repaid": "What went to debt at once.",
        "parked": "What it waits for: `purchase_missing` or `rate_missing`; null when it is decided.",
    },
    "Award": {
        "unit": _UNIT,
        "points": f"How many, {_STEPS}.",
        "shares": "Which rules gave them.",
        "available_at": ("From when on they can be spent.", _WHEN),
        "expires_at": ("Until when, exclusive; left out where they never expire.", _WHEN),
        "funder": "Who pays for them, where the rule says so.",
        "lines": "With `explain=full`: what each line of the basket got; together they are the award.",
    },
    "LinePoints": {
        "line": "Which line of the basket, from 1.",
        "points": f"What it got, {_STEPS}.",
        "rules": "The same by the key of the rule.",
    },
    "Share": {
        "rule": "The rule's key.",
        "points": f"What it gave, {_STEPS}.",
        "exact": "What it came to before the one rounding, as a fraction like 25/2.",
        "on": "The eligible minor units, or pieces, it counted.",
    },
    "Capped": {
        "of": "Whether a rule's, a unit's, a budget's or a usage limit clamped.",
        "key": "The rule's or the unit's key.",
        "window": "The window of the limit.",
        "most": "The limit.",
    },
    "Taken": {
        "unit": _UNIT,
        "asked": "What had been given: origin + other + lapsed + debt + shortfall.",
        "origin": "Taken from the very points that were given.",
        "other": "Taken from other points.",
        "lapsed": "Had expired already, which counts as taken.",
        "debt": "Owed from now on.",
        "shortfall": "Given up.",
    },
    "Spent": {"unit": _UNIT, "points": f"How many, {_STEPS}."},
    "Repaid": {"unit": _UNIT, "points": f"How many, {_STEPS}."},
    "Silent": {
        "rule": "The rule's key.",
        "reason": "The first thing that held it back.",
        "pointer": "The place of that in the programme's document.",
    },
    "RecordedActivity": {
        "activity": "The activity as it stands in the journal.",
        "decision": "What was decided on it, and why.",
        "seq": "The number the journal reached with it.",
        "silent": "With `explain=full`, at the first telling and in a dry run: the rules that gave nothing. What the "
        "member was and had then is not kept, so neither a repeated telling nor a later look knows them any more.",
        "sentences": "With `explain=full`: every share, and every rule in `silent`, as a plain sentence.",
        "dry_run": _DRY_RUN,
        "enrolled": "`true` where the member was unknown and became one by this; left out otherwise.",
        "differs": _DIFFERS,
    },
    "Telling": {
        "dry_run": "Decide and answer, but keep nothing.",
        "explain": "`full` also tells what each line got, which rules gave nothing, and everything in sentences.",
        "language": _LANGUAGE,
    },
    "Explaining": {
        "explain": "`full` also tells what each line got, and every share as a plain sentence; no silent rules.",
        "language": _LANGUAGE,
    },
    "Batch": {"activities": "The activities, recorded in this order."},
    "BatchResult": {
        "status": "The HTTP status it would have got alone.",
        "result": "The answer it would have got alone.",
        "problem": "Why it was refused; pointers begin at this activity.",
    },
    "BatchResults": {
        "results": "One result for each activity, in their order.",
        "recorded": "How many were recorded, now or before.",
        "refused": "How many were refused.",
    },
    "Listing": {
        "status": "`parked`: those that wait for something.",
        "member": "A member's id: all activities of the member.",
        "limit": _LIMIT,
        "cursor": _CURSOR,
    },
    "Activities": {"activities": "The activities.", "next": _NEXT},
    "NewMember": {
        "external_ids": "Names of the member in other systems.",
        "cards": "Numbers of cards.",
        "person": "Personal data; kept apart, in the vault.",
        "attributes": (
            "Whatever rules may look at: text, whole numbers, true or false. "
            "Conditions on tiers and memberships look at `tier` and `membership`.",
            {"maxProperties": limits.ATTRIBUTES_MAX},
        ),
        "segments": ("Keys of the groups the member is in.", {"maxItems": limits.SEGMENTS_MAX}),
    },
    "Person": {
        "name": ("The full name.", _NAME),
        "email": ("The e-mail address; members are found by it.", _IDENTIFIER),
        "phone": ("The phone number, with + and the country's number; members are found by it.", _IDENTIFIER),
        "birthday": "The day of birth.",
        "language": ("The language to address the member in.", _NAME),
    },
    "MemberView": {
        "id": "The id, `mem_…`.",
        "status": "active, blocked, closed or erased; only active members earn and spend.",
        "enrolled_at": ("Since when.", _WHEN),
        "external_ids": "Names of the member in other systems.",
        "cards": "Numbers of cards, as they are kept.",
        "person": "Personal data; null where there is none.",
        "attributes": "Whatever rules may look at.",
        "segments": "Keys of the groups the member is in.",
    },
    "MemberChange": {
        "status": "The new status.",
        "external_ids": "All names in other systems, from now on.",
        "cards": "All numbers of cards, from now on.",
        "person": "What changes of the personal data; null forgets all of it.",
        "attributes": ("What changes of the attributes; null removes one.", {"maxProperties": limits.ATTRIBUTES_MAX}),
        "segments": ("All groups, from now on.", {"maxItems": limits.SEGMENTS_MAX}),
    },
    "Search": {
        "external_id": "Find by the name in another system.",
        "card": "Find by the number of the card.",
        "email": "Find by the e-mail address.",
        "phone": "Find by the phone number (+ is written %2B).",
        "limit": _LIMIT,
        "cursor": _CURSOR,
    },
    "Members": {"members": "The members.", "next": _NEXT},
    "Balances": {
        "member": "The member's id.",
        "as_of": ("The instant of these balances.", _WHEN),
        "balances": "One balance for each unit of the programme.",
    },
    "BalanceView": {
        "unit": _UNIT,
        "scale": "How many decimals it has: at 1, 125 are 12.5.",
        "available": f"Can be spent now, {_STEPS}.",
        "pending": "Earned, can be spent later.",
        "held": "Reserved.",
        "debt": "Owed; repaid by what comes next.",
        "worth": "What the available points buy; null where the programme does not say.",
    },
    "LotPage": {"limit": _LIMIT, "cursor": _CURSOR, "spent": "Also those with nothing left."},
    "LotView": {
        "id": "The id, `lot_…`.",
        "unit": _UNIT,
        "origin": "The activity that earned it.",
        "funder": "Who pays for it.",
        "amount": f"How many there were, {_STEPS}.",
        "remaining": "How many are left.",
        "held": "How many of them are reserved.",
        "earned_at": ("When they were earned.", _WHEN),
        "available_at": ("From when on they can be spent.", _WHEN),
        "expires_at": ("Until when, exclusive; null for ever.", _WHEN),
    },
    "Lots": {"lots": "The lots.", "next": _NEXT},
    "StatementPage": {
        "limit": _LIMIT,
        "cursor": _CURSOR,
        "after_seq": "Only postings of later journal entries.",
    },
    "PostingView": {
        "id": "The id, `pst_…`; null where it is not booked yet.",
        "seq": f"{_SEQ} Null where it is not booked yet.",
        "unit": _UNIT,
        "kind": "earn, burn, expire, claw_back, reinstate, adjust_up, adjust_down, lend or repay.",
        "points": f"Given (+) or taken (−), {_STEPS}.",
        "balance": "What there was of the unit after it.",
        "activity": "The activity it belongs to; null where it is not booked yet.",
        "effective_at": ("When it counts.", _WHEN),
        "posted_at": ("When it was written; null where it is not booked yet.", _WHEN),
        "booked": "False for what time has done already and the nightly run will book.",
    },
    "Statement": {
        "postings": "The postings, oldest first; after the last of them what is not booked yet.",
        "next": _NEXT,
    },
    "NewAdjustment": {
        "member": "Whose points.",
        "unit": (_UNIT, _KEY),
        "points": (f"How many to give (+) or take (−), {_STEPS}; never 0.", _EXACT),
        "reason": "Why; members and auditors will read it.",
        "external_id": "The sender's own name for it; told again it does nothing more.",
        "source": "The system that tells it.",
    },
    "Trial": {"dry_run": "Decide and answer, but keep nothing."},
    "Adjustment": {
        "id": "The id, `adj_…`.",
        "member": "The member's id.",
        "unit": _UNIT,
        "points": "Given (+) or taken (−).",
        "reason": "Why.",
        "actor": "Who: the name of the API key.",
        "source": "The system that told it.",
        "external_id": "The sender's own name for it.",
        "seq": _SEQ,
        "recorded_at": ("When it was written.", _WHEN),
    },
    "RecordedAdjustment": {
        "adjustment": "The adjustment as it stands in the journal.",
        "decision": "What it did.",
        "seq": "The number the journal reached with it.",
        "dry_run": _DRY_RUN,
        "differs": _DIFFERS,
    },
    "InLanguage": {"language": _LANGUAGE},
    "ProgrammeView": {
        "key": "The programme's key.",
        "name": "Its name.",
        "currency": "The currency it counts in.",
        "zone": "The time zone of its days.",
        "version": "Which version this is.",
        "units": "What is counted.",
        "rules": "What gives points.",
        "document": ("The canonical document, of which `digest` is the SHA-256.", {"type": "object"}),
    },
    "UnitView": {
        "code": "The code.",
        "name": "The name.",
        "kind": "redeemable, qualifying, allowance or money.",
        "scale": "How many decimals amounts have.",
        "sentence": "The unit, its life and its worth in one sentence.",
    },
    "RuleView": {
        "key": "The key.",
        "name": "The name.",
        "when": "The kinds of activity that trigger it.",
        "sentence": "The rule in one plain sentence.",
    },
    "VersionView": {
        "number": "1 for the first version, then 2, 3 and so on.",
        "digest": "SHA-256 of the canonical document.",
        "effective_at": ("From when on it is in force.", _WHEN),
        "published_at": ("When it was published.", _WHEN),
        "published_by": "By whom.",
        "in_force": "Whether it is the one in force now.",
    },
    "Versions": {"versions": "The versions."},
    "Alive": {"status": "ok."},
    "Ready": {
        "status": "ready or unready.",
        "database": "sqlite or postgresql.",
        "settings": "The durability settings in force.",
        "migrations_applied": "Whether the tables are those of this program.",
        "triggers_present": "Whether the ledger is append-only by trigger.",
        "faults": "What is wrong, in sentences.",
    },
    "Problem": {
        "type": "The address of the explanation.",
        "title": "What went wrong, in short.",
        "status": "The HTTP status.",
        "code": "What went wrong, for programs; stable.",
        "detail": "What went wrong, why, and what to do about it, in the language asked for.",
        "facts": "The facts of it.",
        "errors": "The places in the request that are not right.",
        "request_id": "Under which name the operator finds it in the logs.",
    },
    "Fault": {
        "pointer": "The place: a JSON pointer into the body, or ?name of the query.",
        "reason": "What is wrong there, for programs; stable.",
        "message": "The same in words.",
    },
}
# Fields that mean the same wherever they stand.
FIELDS["PersonChange"] = FIELDS["PersonView"] = FIELDS["Person"]
