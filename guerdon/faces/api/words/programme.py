"""The words for the fields of the programme."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "InLanguage": {"language": phrases.LANGUAGE},
    "ProgrammeView": {
        "key": "The programme's key.",
        "name": "Its name.",
        "currency": "The currency it counts in.",
        "zone": "The time zone of its days.",
        "version": "Which version this is.",
        "units": "What is counted.",
        "rules": "What gives points.",
        "document": ("The canonical document, of which `digest` is the SHA-256.", {"type": "object"}),
    },
    "UnitView": {
        "code": "The code.",
        "name": "The name.",
        "kind": "redeemable, qualifying, allowance or money.",
        "scale": "How many decimals amounts have.",
        "sentence": "The unit, its life and its worth in one sentence.",
    },
    "RuleView": {
        "key": "The key.",
        "name": "The name.",
        "when": "The kinds of activity that trigger it.",
        "sentence": "The rule in one plain sentence.",
    },
    "VersionView": {
        "number": "1 for the first version, then 2, 3 and so on.",
        "digest": "SHA-256 of the canonical document.",
        "effective_at": ("From when on it is in force.", phrases.WHEN),
        "published_at": ("When it was published.", phrases.WHEN),
        "published_by": "By whom.",
        "in_force": "Whether it is the one in force now.",
    },
    "Versions": {"versions": "The versions."},
}
