"""One day at Café Aurora: examples of draws."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import ANN, REDEMPTION, Example

_HASH: Final = "4bb06f8e4e3a7715d201d573d0aa423762e55dabd61a2c02278fa56cc6d294e0"
_IN_USE: Final[dict[str, Any]] = {
    "number": 42, "hash": _HASH, "made_at": "2026-11-18T01:00:00Z", "seed": None, "retired_at": None,
}  # fmt: skip
_SWITCH: Final[dict[str, Any]] = {
    "member": ANN, "on": False, "off_at": "2026-11-20T11:00:00Z", "on_again_from": "2026-11-27T11:00:00Z",
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "draws.list_seeds": Example({"seeds": [_IN_USE]}),
    "draws.read": Example(
        {
            "redemption": REDEMPTION, "reward": "surprise", "version": 3, "source": "app", "external_id": "app-9130",
            "prizes": [
                {"prize": "cake", "weight": 60}, {"prize": "mug", "weight": 30}, {"prize": "present", "weight": 10},
            ],
            "fallback": "flat_white", "guarantee": {"prize": "present", "within": 20}, "gone": ["mug"], "dry": 4,
            "seed_number": 42, "seed_hash": _HASH, "seed": None, "ticket": 71, "prize": "flat_white",
            "prize_redemption": "rdm_019b0f6677887d6f9e03a1b2c3d4e842",
        },
        path={"id": REDEMPTION},
    ),
    "draws.read_switch": Example(_SWITCH, path={"id": ANN}),
    "draws.switch": Example(_SWITCH, body={"on": False}, path={"id": ANN}),
}  # fmt: skip
