"""One day at Café Aurora: examples of transfers."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import ANN, BEN, TRANSFER, Example

_OFFERED: Final[dict[str, Any]] = {
    "id": TRANSFER, "member": ANN, "to": BEN, "unit": "points", "points": 100, "fee": 2, "state": "offered",
    "source": "api", "external_id": "app-7781", "seq": 4721, "made_at": "2026-11-20T11:00:00Z",
    "until": "2026-12-04T22:00:00Z", "settled_at": None,
}  # fmt: skip


def _settled(state: str, seq: int) -> dict[str, Any]:
    return {"transfer": {**_OFFERED, "state": state, "settled_at": "2026-11-21T08:00:00Z"}, "seq": seq}


# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "transfers.send": Example(
        {"transfer": _OFFERED, "seq": 4721},
        body={
            "member": {"external_id": "ann"},
            "to": {"external_id": "ben"},
            "unit": "points",
            "points": 100,
            "external_id": "app-7781",
        },
    ),
    "transfers.read": Example({"transfer": _OFFERED, "seq": 4721}, path={"id": TRANSFER}),
    "transfers.accept": Example(_settled("accepted", 4730), path={"id": TRANSFER}),
    "transfers.decline": Example(_settled("declined", 4730), path={"id": TRANSFER}),
    "transfers.withdraw": Example(_settled("withdrawn", 4730), path={"id": TRANSFER}),
    "transfers.list": Example({"transfers": [_OFFERED], "next": None}, path={"id": ANN}),
}
