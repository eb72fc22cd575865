"""One night at Café Aurora: Dora's card was on the counter too often, and Emil asks her why."""

from typing import Final

from guerdon.faces.api.examples.cast import ALERT, ANN, PURCHASE, Example, Json

_PATH: Final[dict[str, object]] = {"id": ALERT}
_ALERT: Final[Json] = {
    "id": ALERT, "kind": "repeated_card", "state": "open", "who": "Dora", "members": [ANN], "times": 6,
    "points": {"points": 74}, "first_at": "2026-11-20T06:41:07Z", "last_at": "2026-11-20T15:12:55Z",
    "activities": [PURCHASE], "raised_at": "2026-11-21T01:00:00Z", "mine": False, "settled_at": None,
    "settled_by": None, "reason": None,
}  # fmt: skip
_REASON: Final = "Ann buys coffee for her whole office, one by one"
_CLEARED: Final = _ALERT | {
    "state": "cleared", "settled_at": "2026-11-21T08:00:00Z", "settled_by": "Emil", "reason": _REASON,
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "alerts.list": Example({"alerts": [_ALERT], "next": None}, query={"state": "open"}),
    "alerts.read": Example(_ALERT, path=_PATH),
    "alerts.settle": Example(_CLEARED, path=_PATH, body={"outcome": "cleared", "reason": _REASON}),
}
