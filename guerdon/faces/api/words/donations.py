"""The words for the fields of donations."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "NewDonation": {
        "member": "Who gives.",
        "cause": ("The key of the cause; the programme lists them.", phrases.KEY),
        "unit": (phrases.UNIT, phrases.KEY),
        "points": (f"How many, {phrases.STEPS}.", phrases.POINTS),
        "external_id": "The sender's own name for it; told again it does nothing more.",
        "source": "The system that tells it.",
    },
    "DonationView": {
        "id": "The id, `don_…`.",
        "member": "The member's id.",
        "cause": "The key of the cause.",
        "unit": phrases.UNIT,
        "points": "How many were given.",
        "source": "The system that told it.",
        "external_id": "The sender's own name for it.",
        "seq": phrases.SEQ,
        "recorded_at": ("When it was written.", phrases.WHEN),
    },
    "RecordedDonation": {
        "donation": "The donation as it stands in the journal.",
        "seq": "The number the journal reached with it.",
        "dry_run": phrases.DRY_RUN,
        "differs": phrases.DIFFERS,
    },
    "Given": {
        "unit": phrases.UNIT,
        "points": f"All that was given, {phrases.STEPS}.",
        "donations": "In how many donations.",
    },
    "CauseView": {
        "key": "The key of the cause.",
        "name": "Its name; its key where the programme no longer has it.",
        "open": "Whether points can be given to it now.",
        "given": "What it was given, unit by unit.",
    },
    "Causes": {"causes": "The causes of the programme in force, then those of earlier ones."},
}
