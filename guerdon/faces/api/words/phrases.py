"""What is said of several fields alike, and the limits that types alone do not tell."""

from typing import Any, Final

from guerdon.core import limits

WHEN: Final = {"format": "date-time"}
KEY: Final = {"minLength": 1, "maxLength": limits.KEY_CHARS_MAX}
IDENTIFIER: Final = {"minLength": 1, "maxLength": limits.IDENTIFIER_CHARS_MAX}
TEXT: Final = {"maxLength": limits.TEXT_CHARS_MAX}
NAME: Final = {"maxLength": limits.NAME_CHARS_MAX}
MONEY: Final = {"minimum": 0, "maximum": limits.MONEY_MAX}
POINTS: Final = {"minimum": 1, "maximum": limits.POINTS_MAX}
SIGNED: Final = {"minimum": -limits.POINTS_MAX, "maximum": limits.POINTS_MAX}

CURSOR: Final = "Where the last page ended: `next` of its answer, unchanged."
LIMIT: Final = "How many rows at most."
NEXT: Final = "The cursor of the next page, null on the last one; the header Link holds the whole address."
LANGUAGE: Final = "The language of names and sentences; that of Accept-Language where it is left out."
DRY_RUN: Final = "`true` where it was only tried out and nothing is kept: the id and `seq` of a new entry lead nowhere."
DIFFERS: Final = (
    "Where it was told before and said something else then: JSON pointers to what differs in this body. The answer is "
    "the first telling's, nothing of this one was taken; correct what is recorded by a return or an adjustment."
)
SEQ: Final = "The number of the journal entry; later entries have higher numbers."
UNIT: Final = "The unit's code."
STEPS: Final = "in the unit's smallest step"

Words = str | tuple[str, dict[str, Any]]
Fields = dict[str, dict[str, Words]]  # by the name of the type, then of the field
