"""The words for the fields of adjustments."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "NewAdjustment": {
        "member": "Whose points.",
        "unit": (phrases.UNIT, phrases.KEY),
        "points": (f"How many to give (+) or take (−), {phrases.STEPS}; never 0.", phrases.EXACT),
        "reason": "Why; members and auditors will read it.",
        "external_id": "The sender's own name for it; told again it does nothing more.",
        "source": "The system that tells it.",
    },
    "Trial": {"dry_run": "Decide and answer, but keep nothing."},
    "Adjustment": {
        "id": "The id, `adj_…`.",
        "member": "The member's id.",
        "unit": phrases.UNIT,
        "points": "Given (+) or taken (−).",
        "reason": "Why.",
        "actor": "Who: the name of the API key.",
        "source": "The system that told it.",
        "external_id": "The sender's own name for it.",
        "seq": phrases.SEQ,
        "recorded_at": ("When it was written.", phrases.WHEN),
    },
    "RecordedAdjustment": {
        "adjustment": "The adjustment as it stands in the journal.",
        "decision": "What it did.",
        "seq": "The number the journal reached with it.",
        "dry_run": phrases.DRY_RUN,
        "differs": phrases.DIFFERS,
    },
}
