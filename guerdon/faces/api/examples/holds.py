"""One day at Café Aurora: examples of holds."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import ANN, CAPTURE, HOLD, Example, Json

_NOTHING: Final[Json] = {
    "awards": [], "capped": [], "taken": [], "repaid": [], "parked": None, "reinstated": [], "expired": [],
}  # fmt: skip


def _hold(state: str, *, open: int = 0, captured: int = 0, released: int = 0) -> dict[str, Any]:
    return {
        "id": HOLD, "member": ANN, "unit": "points", "points": 500, "open": open, "captured": captured,
        "released": released, "expired": 0, "state": state, "created_at": "2026-11-20T10:00:00Z",
        "ends_at": "2026-11-23T10:00:00Z", "why": None,
    }  # fmt: skip


_MADE: Final = {"hold": _hold("open", open=500), "source": "shop", "external_id": "cart-88", "seq": 4723}
_CAPTURED: Final = {
    "id": "act_" + CAPTURE,
    "hold": _hold("captured", captured=450, released=50),
    "decision": {"version": 3, **_NOTHING, "spent": [{"unit": "points", "points": 450}]},
    "seq": 4724,
    "recorded_at": "2026-11-21T09:00:00Z",
    "burn": "brn_" + CAPTURE,
}
_RELEASED: Final = {
    "id": "act_" + CAPTURE,
    "hold": _hold("released", released=500),
    "decision": {"version": 3, **_NOTHING, "spent": []},
    "seq": 4724,
    "recorded_at": "2026-11-21T09:00:00Z",
}

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "holds.make": Example(
        _MADE,
        body={
            "member": {"external_id": "ann"}, "unit": "points", "points": 500, "ttl": {"days": 3},
            "external_id": "cart-88", "source": "shop",
        },
    ),
    "holds.read": Example(_MADE, path={"id": HOLD}),
    "holds.list": Example({"holds": [_hold("open", open=500)], "next": None}, path={"id": ANN}),
    "holds.capture": Example(_CAPTURED, body={"points": 450}, path={"id": HOLD}),
    "holds.release": Example(_RELEASED, body={}, path={"id": HOLD}),
}  # fmt: skip
