"""The words for the fields of letters."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "StoppedLetters": {
        "kind": "The kind of letters.",
        "since": ("Since when the member does without them.", phrases.WHEN),
    },
    "LettersView": {
        "member": "The member's id.",
        "wanted": "The kinds that are sent: reminders (`expiring`), the tier (`tier`), statements (`statement`).",
        "stopped": "The kinds that are not.",
    },
    "LettersWanted": {"wanted": "The kinds that are to be sent; all others are stopped."},
}
