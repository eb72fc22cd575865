"""One day at Café Aurora: examples of adjustments."""

from typing import Final

from guerdon.faces.api.examples.cast import ADJUSTMENT, BEN, Example

_ADJUSTED: Final = {
    "adjustment": {
        "id": ADJUSTMENT, "member": BEN, "unit": "points", "points": 50, "reason": "The machine was broken",
        "actor": "office", "source": "api", "external_id": "complaint-88", "seq": 4720,
        "recorded_at": "2026-11-20T10:00:00Z",
    },
    "decision": {
        "version": 3,
        "awards": [
            {
                "unit": "points", "points": 50,
                "shares": [{"rule": "adjustment", "points": 50, "exact": "50"}],
                "available_at": "2026-11-20T10:00:00Z", "expected_available_at": "2026-11-20T10:00:00Z",
                "expires_at": "2027-11-30T22:00:00Z",
            }
        ],
        "capped": [], "taken": [], "spent": [], "repaid": [], "parked": None,
    },
    "seq": 4720,
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "adjustments.make": Example(
        _ADJUSTED,
        body={
            "member": {"external_id": "ben"},
            "unit": "points",
            "points": 50,
            "reason": "The machine was broken",
            "external_id": "complaint-88",
        },
    ),
    "adjustments.read": Example(_ADJUSTED, path={"id": ADJUSTMENT}),
}  # fmt: skip
