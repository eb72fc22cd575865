"""One day at Café Aurora: Emil asks what two points a euro would have meant in the last twelve months."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import ANN, BEN, Example

_ID: Final = "sim_019b0f40c1237d6f9e03a1b2c3d4e9ab"
_DRAFT: Final = "drf_019b0f40c1237d6f9e03a1b2c3d4e9aa"
_ASKED: Final = {
    "id": _ID, "draft": _DRAFT, "revision": 2, "version": 3, "name": "A summer of coffee", "from": "2025-11-20",
    "until": "2026-11-20", "seq": 184_220, "asked_at": "2026-11-20T08:41:07Z", "asked_by": "Emil", "refused": None,
    "sweep": None, "responses": {"spend": "middle", "goal": "middle", "redemption": "middle"}, "as_it_happened": False,
}  # fmt: skip
_WAITS: Final = _ASKED | {
    "state": "waiting", "stage": "waiting", "share": 0, "started_at": None, "ended_at": None,
}  # fmt: skip
_DONE: Final = _ASKED | {
    "state": "answered", "stage": "comparing", "share": 1000, "started_at": "2026-11-20T08:41:08Z",
    "ended_at": "2026-11-20T08:41:12Z",
}  # fmt: skip


def _pair(key: str, members: int, share: int) -> dict[str, Any]:
    """What a part of the year came to: `share` of the whole in hundredths."""
    today = {"issued": 41_200, "redeemed": 18_000, "unmet": 0, "expired": 2_400, "outstanding": 20_800, "cost": 96_000,
             "liability": 104_000}  # fmt: skip
    draft = {"issued": 82_400, "redeemed": 36_000, "unmet": 0, "expired": 4_800, "outstanding": 41_600, "cost": 192_000,
             "liability": 208_000}  # fmt: skip
    sides = {"today": today, "draft": draft}
    parts = {side: {name: value * share // 100 for name, value in told.items()} for side, told in sides.items()}
    return {"key": key, "members": members, **parts}


_UNIT: Final = {
    "unit": "points", "whole": _pair("", 312, 100), "months": [_pair("2026-10", 204, 10)],
    "segments": [_pair("regulars", 80, 60)], "tiers": [_pair("gold", 31, 40)],
    "winners": [{"member": ANN, "today": 940, "draft": 1_880}], "losers": [{"member": BEN, "today": 60, "draft": 55}],
    "better_off": 311, "worse_off": 1, "bands": [{"of": "cost", "low": 88_000, "middle": 96_000, "high": 104_500}],
}  # fmt: skip
_ANSWER: Final = {
    "version": 3, "from": "2025-11-20", "until": "2026-11-20",
    "activities": 9_120, "lines": 14_330, "milliseconds": 640,
    "gate": {"members": 312, "postings": 12_004, "points": 41_200, "steps": 74}, "mechanical": [_UNIT],
    "moves": [{"ladder": "status", "today": "silver", "draft": "gold", "members": 12}], "behavioural": [],
    "assumptions": [],
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "simulations.ask": Example(_WAITS, body={"draft": _DRAFT, "from": "2025-11-20", "until": "2026-11-20"}),
    "simulations.list": Example({"simulations": [_DONE], "next": None}),
    "simulations.read": Example(
        {"simulation": _DONE, "currency": "EUR", "answer": _ANSWER, "swept": None}, path={"id": _ID}
    ),
    "simulations.remove": Example(_DONE, path={"id": _ID}),
}
