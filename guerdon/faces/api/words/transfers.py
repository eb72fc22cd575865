"""The words for the fields of transfers."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "NewTransfer": {
        "member": "Who sends.",
        "to": "Who is to have the points; another member of the same programme.",
        "unit": (phrases.UNIT, phrases.KEY),
        "points": (f"How many arrive, {phrases.STEPS}; the fee comes on top.", phrases.POINTS),
        "external_id": "The sender's own name for it; told again it does nothing more.",
        "source": "The system that tells it.",
    },
    "TransferView": {
        "id": "The id, `trf_…`.",
        "member": "The sender's id.",
        "to": "The receiver's id.",
        "unit": phrases.UNIT,
        "points": f"How many arrive, {phrases.STEPS}.",
        "fee": "What the sender pays on top.",
        "state": "done at once; or offered, then accepted, declined, withdrawn or lapsed.",
        "source": "The system that told it.",
        "external_id": "The sender's own name for it.",
        "seq": "The number of the journal entry that began it.",
        "made_at": ("When it was made.", phrases.WHEN),
        "until": ("Of an offer: when it lapses, exclusive.", phrases.WHEN),
        "settled_at": ("When the points moved, or the offer was put away; null while it is open.", phrases.WHEN),
    },
    "RecordedTransfer": {
        "transfer": "The transfer as of now.",
        "seq": "The number the journal reached with it.",
        "dry_run": phrases.DRY_RUN,
        "differs": phrases.DIFFERS,
    },
    "Transfers": {"transfers": "What the member sent and received.", "next": phrases.NEXT},
}
