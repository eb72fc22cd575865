"""One day at Café Aurora: examples of burns."""

from typing import Final

from guerdon.faces.api.examples.cast import ANN, BURN, CANCELLATION, Example, Json

_NOTHING: Final[Json] = {"awards": [], "capped": [], "taken": [], "repaid": [], "parked": None, "expired": []}
_BURNED: Final = {
    "burn": {
        "id": BURN, "member": ANN, "unit": "points", "points": 150, "source": "till-1", "external_id": "reward-17",
        "seq": 4721, "recorded_at": "2026-11-20T10:05:00Z",
    },
    "decision": {"version": 3, **_NOTHING, "spent": [{"unit": "points", "points": 150}], "reinstated": []},
    "seq": 4721,
}  # fmt: skip
_CANCELLED: Final = {
    "cancellation": {
        "id": CANCELLATION, "burn": BURN, "member": ANN, "unit": "points", "points": 150, "source": "till-1",
        "external_id": "reward-17-back", "seq": 4722, "recorded_at": "2026-11-20T10:20:00Z",
    },
    "decision": {"version": 3, **_NOTHING, "spent": [], "reinstated": [{"unit": "points", "points": 150}]},
    "seq": 4722,
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "burns.make": Example(
        _BURNED,
        body={
            "member": {"card": "2900001234567"}, "unit": "points", "points": 150, "external_id": "reward-17",
            "source": "till-1",
        },
    ),
    "burns.read": Example(_BURNED, path={"id": BURN}),
    "burns.cancel": Example(
        _CANCELLED, body={"external_id": "reward-17-back", "source": "till-1"}, path={"id": BURN}
    ),
}  # fmt: skip
