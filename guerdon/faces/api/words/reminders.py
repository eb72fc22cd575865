"""The words for the fields of reminders."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "ReminderView": {
        "id": "The reminder's id, which is the subject of its event.",
        "unit": phrases.UNIT,
        "scale": "How many decimals it has: at 1, 125 are 12.5.",
        "points": f"How many were going to end, {phrases.STEPS}.",
        "worth": "What they bought when it was told; null where the programme did not say.",
        "last_day": "The last local day on which they can be spent.",
        "days": "At which of the programme's days it was told; fewer may have been left where a night was missed.",
        "days_left": "Days from the day it was told to the last day.",
        "slides": "Whether earning or spending in the unit moves the end; else only spending keeps them from it.",
        "ends_at": ("The instant at which they end.", phrases.WHEN),
        "told_at": ("When it was told.", phrases.WHEN),
    },
    "Reminders": {
        "member": "The member's id.",
        "reminders": "What was told, oldest first.",
        "next": phrases.NEXT,
    },
}
