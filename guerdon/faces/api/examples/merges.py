"""One day at Café Aurora: Ann turns out to have a second card, enrolled as somebody else."""

from typing import Final

from guerdon.faces.api.examples.cast import ANN, BEN, PURCHASE, Example

_MERGED: Final = {
    "id": PURCHASE, "member": ANN, "merged": BEN, "merged_at": "2026-11-20T10:00:00Z", "undone": False,
    "passed": [{"unit": "points", "points": 370, "lots": 3, "debt": 0, "lapsed": 0, "cancelled": 0}],
    "repaid": [{"unit": "points", "points": 20}],
    "counters": 6,
    "identifiers": [{"kind": "card", "number": 1}, {"kind": "external_id", "number": 1}],
    "profile": {
        "attributes": {"shoe": 42},
        "conflicts": [{"name": "diet", "kept": "vegetarian", "given_up": "vegan"}],
        "segments": ["tasters"],
        "person": ["phone"],
        "enrolled_at": "2025-03-01T08:00:00Z",
    },
    "seq": 4721,
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "merges.join": Example(_MERGED, path={"id": ANN}, body={"from": {"card": "AURORA1002"}}),
    "merges.part": Example(_MERGED | {"undone": True, "repaid": []}, path={"id": ANN}, body={"from": {"id": BEN}}),
}  # fmt: skip
