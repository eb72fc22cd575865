"""One day at Café Aurora: Ann forgot her card, and Dora puts it right."""

from typing import Final

from guerdon.faces.api.examples.cast import ANN, CLAIM, DIGEST, PURCHASE, Example, Json

_PATH: Final[dict[str, object]] = {"id": CLAIM}
_CLAIM: Final[Json] = {
    "id": CLAIM, "member": ANN, "kind": "missing_points", "state": "open", "priority": 1,
    "due_at": "2026-11-20T14:00:00Z", "overdue": False, "opened_at": "2026-11-20T10:00:00Z", "opened_by": "portal",
    "assigned_to": None, "answered_at": None, "settled_at": None, "reopened": False, "granted": None,
}  # fmt: skip
_ASKED: Final = _CLAIM | {"state": "waiting_for_member", "answered_at": "2026-11-20T11:00:00Z", "assigned_to": "Dora"}
_GRANTED: Final = _ASKED | {"state": "granted", "settled_at": "2026-11-20T12:00:00Z", "granted": PURCHASE}
_TOLD: Final[Json] = {
    "store": "Sofia 1", "day": "2026-11-19", "amount": {"amount": 1250, "currency": "EUR"}, "receipt": "A-0117",
}  # fmt: skip
_SAID: Final = "I had forgotten my card"
_STEP: Final[Json] = {"deed": "open", "at": "2026-11-20T10:00:00Z", "text": _SAID}
_DETAIL: Final[Json] = {
    "claim": _CLAIM, "told": _TOLD,
    "steps": [_STEP | {"number": 1, "state": "open", "actor": "portal", "photos": [DIGEST]}], "twins": [],
}  # fmt: skip
_OWN: Final = {
    "id": CLAIM, "kind": "missing_points", "state": "open", "opened_at": "2026-11-20T10:00:00Z",
    "due_at": "2026-11-20T14:00:00Z", "settled_at": None, "reopened": False, "told": _TOLD,
    "steps": [_STEP | {"by": "member", "photos": [DIGEST]}],
}  # fmt: skip
_SETTLED: Final[Json] = {
    "claim": _GRANTED,
    "decision": {
        "version": 3,
        "awards": [
            {
                "unit": "points", "points": 12, "shares": [{"rule": "base", "points": 12, "exact": "25/2"}],
                "available_at": "2026-11-20T12:00:00Z", "expected_available_at": "2026-11-20T12:00:00Z",
                "expires_at": "2027-11-30T22:00:00Z",
            }
        ],
        "capped": [], "taken": [], "restored": [], "refund": None, "replaced": None, "spent": [], "repaid": [],
        "parked": None,
    },
}  # fmt: skip
_WAITING: Final[Json] = {"claim": _ASKED | {"state": "waiting_for_approval"}, "waiting": True}

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "claims.open": Example(
        _CLAIM,
        body={
            "member": {"external_id": "ann"}, "kind": "missing_points", "text": _SAID, "store": "Sofia 1",
            "day": "2026-11-19", "amount": 1250, "receipt": "A-0117",
        },
    ),
    "claims.list": Example({"claims": [_CLAIM], "next": None}, query={"state": "open"}),
    "claims.count": Example({"counts": [{"state": "open", "claims": 3, "overdue": 1}]}),
    "claims.read": Example(_DETAIL, path=_PATH),
    "claims.answers": Example(
        {"answers": [{"key": "photo", "name": "Send a photo", "text": "Dear Ann, please send us a photo."}]}, path=_PATH
    ),
    "claims.message": Example(_ASKED, path=_PATH, body={"text": "At which till did you pay?"}),
    "claims.reply": Example(_ASKED | {"state": "waiting_for_us"}, path=_PATH, body={"text": "At the left one"}),
    "claims.assign": Example(_CLAIM | {"assigned_to": "Dora"}, path=_PATH, body={"to": "Dora"}),
    "claims.settle": Example(
        _SETTLED,
        path=_PATH,
        body={
            "purchase": {
                "external_id": "2026-11-19/0117", "source": "till", "occurred_at": "2026-11-19T09:12:00+02:00",
                "amount": 1250,
            }
        },
        later=_WAITING,
    ),
    "claims.withdraw": Example(
        _CLAIM | {"state": "withdrawn", "settled_at": "2026-11-20T12:00:00Z"}, path=_PATH, body={}
    ),
    "claims.reopen": Example(
        _ASKED | {"state": "waiting_for_us", "reopened": True}, path=_PATH, body={"text": "It was another till"}
    ),
    "claims.photo": Example({}, path={"id": CLAIM, "hash": DIGEST}),
    "claims.photo_of_member": Example({}, path={"id": ANN, "claim": CLAIM, "hash": DIGEST}),
    "claims.of_member": Example({"claims": [_OWN], "next": None}, path={"id": ANN}),
}  # fmt: skip
