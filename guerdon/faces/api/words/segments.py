"""The words for the fields of saved segments."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

_IF: Final = "Who is in: all of these conditions must hold."
_NAMES: Final = "How people read it, in each language of the programme."
_WHY: Final = "Why it is said, for whoever reads the versions later."

FIELDS: Final[Fields] = {
    "Definition": {"name": _NAMES, "if": _IF, "why": _WHY},
    "NewSegment": {"key": ("By what it is called.", phrases.KEY), "name": _NAMES, "if": _IF, "why": _WHY},
    "Unsaved": {"if": _IF},
    "KeptCount": {
        "members": "How many members were in.",
        "counted_at": ("When they were counted.", phrases.WHEN),
        "age_seconds": "How long ago that was, in seconds.",
    },
    "SegmentView": {
        "key": "By what it is called.",
        "name": "Its name in the language asked for.",
        "names": "Its name in each language.",
        "if": "Who is in: all of these conditions must hold.",
        "sentence": "The same as one plain sentence.",
        "version": "The number of the version; also the ETag.",
        "changed_at": ("Since when it says this.", phrases.WHEN),
        "changed_by": "Who said so.",
        "why": "Why.",
        "count": "What was counted last; null where nobody has counted what it says now.",
    },
    "Segments": {"segments": "The segments by key."},
    "SegmentVersion": {
        "version": "Its number.",
        "taken_away": "Whether the segment was taken away by it.",
        "changed_at": ("When it was said.", phrases.WHEN),
        "changed_by": "Who said so.",
        "why": "Why.",
    },
    "SegmentVersions": {"versions": "The versions, oldest first."},
    "Fresh": {"max_age": "How many seconds old the count may be; 0 counts now."},
    "CountView": {
        "members": "How many members are in.",
        "version": "The version of the segment that was counted.",
        "counted_at": ("As of when.", phrases.WHEN),
        "age_seconds": "How long ago that was, in seconds.",
        "outdated": "Whether it is older than asked for, because counting took too long.",
    },
    "Reason": {"why": "Why it is taken away."},
    "PreviewView": {
        "sentence": "The conditions as one plain sentence.",
        "members": "How many members they find now.",
        "first": "The first of them by id.",
    },
    "Which": {
        "every": "Whether those are told, too, that the member is not in.",
        "segment": "The key of the one segment to be told.",
        "language": "The language of names and sentences; else that of Accept-Language.",
    },
    "ClauseView": {
        "says": "What it asks, in plain words.",
        "holds": "Whether that is so.",
        "has": "What the member has of it; null for what has parts.",
        "parts": "The parts that decide.",
    },
    "InSegment": {
        "key": "The key of the segment.",
        "name": "Its name.",
        "in": "Whether the member is in.",
        "because": "Why, clause by clause.",
    },
    "InSegments": {
        "status": "The status of the member; only active persons are in any segment.",
        "segments": "The segments by key.",
    },
}
