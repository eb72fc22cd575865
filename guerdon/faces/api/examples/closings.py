"""October at Café Aurora is closed: examples of closings."""

from typing import Final

from guerdon.faces.api.examples.cast import Example

_BORDER: Final = {
    "month": "2026-10", "starts_at": "2026-09-30T21:00:00Z", "ends_at": "2026-10-31T22:00:00Z", "closed_seq": 4700,
    "closed_at": "2026-11-03T08:00:00Z", "closed_by": "office", "counted_at": None, "units": None,
}  # fmt: skip


def _flow(points: int, prior: int = 0) -> dict[str, int]:
    return {"points": points, "prior_period": prior}


_CLOSED: Final = _BORDER | {
    "counted_at": "2026-11-03T08:00:01Z",
    "units": [
        {
            "unit": "points", "opening": 118_400, "issued": _flow(41_250, 40), "burned": _flow(-30_100),
            "expired": _flow(-2_300), "clawed_back": _flow(-410), "adjusted": _flow(50), "lent": _flow(0),
            "transferred": _flow(0), "given_up": _flow(0), "closing": 126_890,
        }
    ],
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "closings.make": Example(_BORDER, body={"month": "2026-10", "reason": "The bank statements of October are in."}),
    "closings.list": Example({"closings": [_CLOSED], "next": "2026-11", "first": "2026-10"}),
    "closings.read": Example(_CLOSED, path={"month": "2026-10"}),
}
