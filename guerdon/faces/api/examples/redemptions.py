"""One day at Café Aurora: examples of redemptions."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import ANN, REDEMPTION, Example

_MADE: Final[dict[str, Any]] = {
    "id": REDEMPTION, "member": ANN, "reward": "flat_white", "name": "A flat white", "state": "confirmed", "price": 1,
    "points": [{"unit": "points", "points": 150}], "money": None, "code": "7NX4-A2GT-93KPM", "source": "api",
    "external_id": "app-9120", "seq": 4731, "made_at": "2026-11-20T11:00:00Z", "until": "2026-12-20T22:00:00Z",
    "confirmed_at": "2026-11-20T11:00:00Z", "settled_at": None,
}  # fmt: skip
_GAVE: Final[dict[str, Any]] = {
    **_MADE, "id": "rdm_01a0f1c2b7a87c31b8f0d93a5c2e7f44", "reward": "five_euros", "name": "Five euros off",
    "state": "fulfilled", "points": [{"unit": "points", "points": 450}], "code": "9QHK-4RTM-2WXPA",
    "external_id": "app-9177", "seq": 4790, "made_at": "2026-11-22T09:30:00Z", "until": None,
    "confirmed_at": "2026-11-22T09:30:00Z", "settled_at": "2026-11-22T09:30:00Z", "voucher": "EJHP-7KTH-DAHCP",
}  # fmt: skip
_RECORDED: Final = {"redemption": _MADE, "seq": 4731}


def _ended(state: str) -> dict[str, Any]:
    return {"redemption": {**_MADE, "state": state, "settled_at": "2026-11-21T08:00:00Z"}, "seq": 4740}


# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "redemptions.make": Example(
        _RECORDED, body={"member": {"external_id": "ann"}, "reward": "flat_white", "external_id": "app-9120"}
    ),
    "redemptions.list": Example({"redemptions": [_MADE], "next": None}, query={"reward": "flat_white"}),
    "redemptions.find": Example(_RECORDED, body={"code": "7nx4 a2gt 93kpm"}),
    "redemptions.read": Example(_RECORDED, path={"id": REDEMPTION}),
    "redemptions.confirm": Example({"redemption": _MADE, "seq": 4739}, path={"id": REDEMPTION}),
    "redemptions.fulfil": Example(_ended("fulfilled"), path={"id": REDEMPTION}),
    "redemptions.cancel": Example(_ended("cancelled"), path={"id": REDEMPTION}),
    "redemptions.list_of_member": Example({"redemptions": [_GAVE, _MADE], "next": None}, path={"id": ANN}),
}
