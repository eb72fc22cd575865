"""The words for the fields of adjustments."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "NewAdjustment": {
        "member": "Whose points.",
        "unit": (phrases.UNIT, phrases.KEY),
        "points": (f"How many to give (+) or take (−), {phrases.STEPS}; never 0.", phrases.SIGNED),
        "reason": "Why; the code of a reason where the programme lists some, else a text for members and auditors.",
        "external_id": "The sender's own name for it; told again it does nothing more.",
        "source": "The system that tells it.",
        "note": "What else is to be said of it.",
    },
    "Adjustment": {
        "id": "The id, `adj_…`.",
        "state": "Booked at once, waiting for a second person, approved or rejected by one.",
        "member": "The member's id.",
        "unit": phrases.UNIT,
        "points": "Given (+) or taken (−).",
        "reason": "Why.",
        "actor": "Who asked for it: the name of the API key.",
        "source": "The system that told it.",
        "external_id": "The sender's own name for it.",
        "seq": phrases.SEQ,
        "recorded_at": ("When it was written.", phrases.WHEN),
        "note": "What else was said of it.",
        "decided_by": "The second person: the name of the API key.",
        "asked_at": ("When it was asked for, where a second person has decided since.", phrases.WHEN),
        "verdict_note": "What the second person said.",
        "mine": "In lists: whether the caller asked for it, so that somebody else must decide.",
    },
    "RecordedAdjustment": {
        "adjustment": "The adjustment as it stands in the journal.",
        "decision": "What it did.",
        "seq": "The number the journal reached with it.",
        "dry_run": phrases.DRY_RUN,
        "differs": phrases.DIFFERS,
    },
    "Judgement": {"note": "Why, for the journal."},
    "Queue": {
        "state": "`waiting` where it is left out, `approved` or `rejected`.",
        "limit": phrases.LIMIT,
        "cursor": phrases.CURSOR,
    },
    "Adjustments": {"adjustments": "The adjustments.", "next": phrases.NEXT},
    "AdjustmentBatch": {"adjustments": "What is given and taken."},
    "AdjustmentResult": {
        "status": "The status it would have got alone.",
        "result": "What it did, where it was taken.",
        "problem": "Why it was refused.",
    },
    "AdjustmentResults": {
        "results": "One for each adjustment, in their order.",
        "taken": "How many were booked, or wait.",
        "waiting": "How many of these wait for a second person.",
        "refused": "How many were refused.",
    },
}
