"""One day at Café Aurora: examples of adjustments."""

from typing import Final

from guerdon.faces.api.examples.cast import ADJUSTMENT, BEN, Example, Json

_ADJUSTED: Final[Json] = {
    "adjustment": {
        "id": ADJUSTMENT, "state": "booked", "member": BEN, "unit": "points", "points": 50,
        "reason": "The machine was broken", "actor": "office", "source": "api", "external_id": "complaint-88",
        "seq": 4720, "recorded_at": "2026-11-20T10:00:00Z",
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
        "capped": [], "taken": [], "restored": [], "refund": None, "replaced": None,
        "spent": [], "repaid": [], "parked": None,
    },
    "seq": 4720,
}  # fmt: skip

_NOTHING: Final[Json] = {"awards": [], "capped": [], "taken": [], "spent": [], "repaid": []}
_WAITING: Final[Json] = {
    "adjustment": _ADJUSTED["adjustment"] | {"state": "waiting", "points": 5000},
    "decision": _NOTHING | {"version": None, "parked": "approval_missing"},
    "seq": 4720,
}
_VERDICT: Final = {"decided_by": "head office", "asked_at": "2026-11-20T10:00:00Z"}
_APPROVED: Final = _ADJUSTED | {"adjustment": _ADJUSTED["adjustment"] | {"state": "approved"} | _VERDICT}
_REJECTED: Final = {
    "adjustment": _WAITING["adjustment"] | {"state": "rejected"} | _VERDICT | {"verdict_note": "One nought too many"},
    "decision": _NOTHING | {"version": 3, "parked": None},
    "seq": 4731,
}
_BODY: Final = {
    "member": {"external_id": "ben"},
    "unit": "points",
    "points": 50,
    "reason": "The machine was broken",
    "external_id": "complaint-88",
}

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "adjustments.make": Example(_ADJUSTED, body=_BODY, later=_WAITING),
    "adjustments.make_batch": Example(
        {"results": [{"status": 201, "result": _ADJUSTED}], "taken": 1, "waiting": 0, "refused": 0},
        body={"adjustments": [_BODY]},
    ),
    "adjustments.list": Example({"adjustments": [_WAITING], "next": None}, query={"state": "waiting"}),
    "adjustments.read": Example(_ADJUSTED, path={"id": ADJUSTMENT}),
    "adjustments.approve": Example(_APPROVED, path={"id": ADJUSTMENT}, body={}),
    "adjustments.reject": Example(_REJECTED, path={"id": ADJUSTMENT}, body={"note": "One nought too many"}),
}
