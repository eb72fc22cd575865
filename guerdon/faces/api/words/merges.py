"""The words for the fields of merges."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "Merger": {"from": "The other member; also by an identifier that a merge has brought here."},
    "PassedView": {
        "unit": phrases.UNIT,
        "points": f"Points that passed, {phrases.STEPS}; each lot keeps its dates, origin and funder.",
        "lots": "In how many lots.",
        "debt": "Debt that passed.",
        "lapsed": "What had expired before; it stays expired.",
        "cancelled": "What had waited in vain for an activity; it stays cancelled.",
    },
    "NamedCount": {"kind": "external_id, card, email or phone.", "number": "How many."},
    "Conflict": {
        "name": "The attribute.",
        "kept": "The value of the member who stays, which wins.",
        "given_up": "The other's value.",
    },
    "ProfileView": {
        "attributes": "Attributes that the member who stays did not have.",
        "conflicts": "Attributes that both have, with different values.",
        "segments": "Segments that the member who stays was not in.",
        "person": "Personal data that the member who stays lacked, by the names of their fields.",
        "enrolled_at": ("Since when, where the other one had joined earlier; null elsewhere.", phrases.WHEN),
    },
    "MergeView": {
        "id": "The id of the entry in the journal, `act_…`.",
        "member": "The member who stays.",
        "merged": "The member who was merged into it.",
        "merged_at": ("When.", phrases.WHEN),
        "undone": "True for the undoing: everything passed the other way.",
        "passed": "What passed, by unit.",
        "repaid": "What of it went into debts at once.",
        "counters": "How many counters were added, or taken out again.",
        "identifiers": "How many identifiers lead to the other member from now on, by kind.",
        "profile": "What was filled in, or taken out again unless it has been changed since.",
        "seq": phrases.SEQ,
        "dry_run": phrases.DRY_RUN,
    },
}
