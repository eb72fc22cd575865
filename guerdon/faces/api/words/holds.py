"""The words for the fields of holds."""

from typing import Final

from guerdon.core import limits
from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_MINUTES: Final = {"minimum": 1, "maximum": limits.HOLD_DAYS_MAX * 24 * 60}

FIELDS: Final[Fields] = {
    "NewHold": {
        "member": "Whose points.",
        "unit": (phrases.UNIT, phrases.KEY),
        "points": (f"How many to reserve, {phrases.STEPS}; more than 0.", phrases.POINTS),
        "external_id": "The sender's own name for it; told again it does nothing more.",
        "ttl": "For how long: exactly one of `minutes`, `hours`, `days`. Or say `ends_at`.",
        "ends_at": ("Until when, instead of `ttl`.", phrases.WHEN),
        "source": "The system that tells it.",
    },
    "TimeToLive": {
        "minutes": ("So many minutes.", _MINUTES),
        "hours": ("So many hours of 60 minutes.", {"minimum": 1, "maximum": limits.HOLD_DAYS_MAX * 24}),
        "days": ("So many calendar days in the programme's zone.", {"minimum": 1, "maximum": limits.HOLD_DAYS_MAX}),
    },
    "Capture": {
        "points": ("How many to take; all that are held where it is not said.", phrases.POINTS),
        "final": "Whether the hold ends with it and the rest is released.",
        "external_id": "The sender's own name for the capture; told again it does nothing more.",
        "source": "The system that tells it.",
    },
    "Release": {
        "external_id": "The sender's own name for the release; told again it does nothing more.",
        "source": "The system that tells it.",
    },
    "HoldView": {
        "id": "The id, `hol_…`.",
        "member": "The member's id.",
        "unit": phrases.UNIT,
        "points": f"How many were reserved, {phrases.STEPS}.",
        "open": "How many still are.",
        "captured": "How many were taken.",
        "released": "How many were given back.",
        "expired": "How many were free again when its time ended.",
        "state": "`open`, `captured`, `released` or `expired`: it ends once.",
        "created_at": ("When they were reserved.", phrases.WHEN),
        "ends_at": ("When the hold ends by itself.", phrases.WHEN),
        "why": "What a redemption holds the points for, in the caller's language; null where none does.",
    },
    "RecordedHold": {
        "hold": "The hold.",
        "source": "The system that told it.",
        "external_id": "The sender's own name for it.",
        "seq": "The number the journal reached with it.",
        "dry_run": phrases.DRY_RUN,
        "differs": phrases.DIFFERS,
    },
    "EndedHold": {
        "id": "The id of the entry, `act_…`.",
        "hold": "The hold after it.",
        "decision": "What it did.",
        "seq": phrases.SEQ,
        "recorded_at": ("When it was written.", phrases.WHEN),
        "burn": "The burn that the capture is; it can be cancelled as any other.",
        "dry_run": phrases.DRY_RUN,
        "differs": phrases.DIFFERS,
    },
    "Holds": {"holds": "The holds.", "next": phrases.NEXT},
}
