"""The words for the fields of burns."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "NewBurn": {
        "member": "Whose points.",
        "unit": (phrases.UNIT, phrases.KEY),
        "points": (f"How many to take, {phrases.STEPS}; more than 0.", phrases.POINTS),
        "external_id": "The sender's own name for it; told again it does nothing more.",
        "source": "The system that tells it.",
    },
    "BurnCancellation": {
        "points": ("How many to give back; all that is left where it is not said.", phrases.POINTS),
        "external_id": "The sender's own name for the cancellation; told again it does nothing more.",
        "source": "The system that tells it.",
    },
    "Burn": {
        "id": "The id, `brn_…`.",
        "member": "The member's id.",
        "unit": phrases.UNIT,
        "points": f"How many were taken, {phrases.STEPS}.",
        "source": "The system that told it.",
        "external_id": "The sender's own name for it.",
        "seq": phrases.SEQ,
        "recorded_at": ("When it was written.", phrases.WHEN),
        "cancelled": "How many of them have come back.",
    },
    "RecordedBurn": {
        "burn": "The burn as it stands in the journal.",
        "decision": "What it did.",
        "seq": "The number the journal reached with it.",
        "dry_run": phrases.DRY_RUN,
        "differs": phrases.DIFFERS,
    },
    "Cancelled": {
        "id": "The id of the entry, `act_…`.",
        "burn": "The burn whose points come back.",
        "member": "The member's id.",
        "unit": phrases.UNIT,
        "points": f"How many came back, {phrases.STEPS}.",
        "source": "The system that told it.",
        "external_id": "The sender's own name for it, or one of ours.",
        "seq": phrases.SEQ,
        "recorded_at": ("When it was written.", phrases.WHEN),
    },
    "CancelledBurn": {
        "cancellation": "The cancellation as it stands in the journal.",
        "decision": "What it did.",
        "seq": "The number the journal reached with it.",
        "dry_run": phrases.DRY_RUN,
        "differs": phrases.DIFFERS,
    },
    "OfUnit": {"unit": phrases.UNIT, "points": f"How many, {phrases.STEPS}."},
}
