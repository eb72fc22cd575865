"""One day at Café Aurora: examples of activities."""

from typing import Final

from guerdon.faces.api.examples.cast import ANN, BEN, PURCHASE, REVIEW, Example, Json

_BASKET: Final = [
    {"amount": 1250, "product": "beans-house", "category": "beans", "quantity": 1},
    {"amount": 380, "product": "latte", "category": "coffee"},
    {"amount": 450, "product": "baklava", "category": "cakes", "discount": 50},
]
_TOLD: Final = {
    "kind": "purchase",
    "source": "till-1",
    "external_id": "2026-11-20/0117",
    "occurred_at": "2026-11-20T08:41:07+02:00",
    "member": {"card": "AURORA 1001"},
    "lines": _BASKET,
    "tenders": [{"kind": "card", "amount": 2030}],
    "channel": "store",
    "store": "sofia-centre",
}
_DECISION: Final[Json] = {
    "version": 3,
    "awards": [
        {
            "unit": "points",
            "points": 40,
            "shares": [
                {"rule": "base", "points": 20, "exact": "203/10", "on": 2030},
                {"rule": "early_bird", "points": 10, "exact": "203/20"},
                {"rule": "gold", "points": 10, "exact": "203/20"},
            ],
            "available_at": "2026-12-03T22:00:00Z",
            "expected_available_at": "2026-12-03T22:00:00Z",
            "expires_at": "2027-11-30T22:00:00Z",
        },
        {
            "unit": "stamps",
            "points": 1,
            "shares": [{"rule": "beans", "points": 1, "exact": "1", "on": 1}],
            "available_at": "2026-11-20T08:41:07+02:00",
            "expected_available_at": "2026-11-20T08:41:07+02:00",
            "expires_at": "2027-05-20T21:00:00Z",
        },
    ],
    "capped": [],
    "taken": [],
    "restored": [],
    "refund": None,
    "replaced": None,
    "spent": [],
    "repaid": [],
    "parked": None,
}
_RECORDED: Final = {
    "activity": {
        "id": PURCHASE,
        "kind": "purchase",
        "source": "till-1",
        "external_id": "2026-11-20/0117",
        "status": "recorded",
        "member": ANN,
        "seq": 4711,
        "occurred_at": "2026-11-20T08:41:07+02:00",
        "recorded_at": "2026-11-20T06:41:07.512340Z",
        "total": {"amount": 2030, "currency": "EUR"},
        "lines": _BASKET,
        "tenders": [{"kind": "card", "amount": 2030}],
        "channel": "store",
        "store": "sofia-centre",
    },
    "decision": _DECISION,
    "seq": 4711,
}
_EXPLAINED: Final = _RECORDED | {
    "decision": _DECISION
    | {
        "awards": [
            _DECISION["awards"][0]
            | {
                "lines": [
                    {"line": 1, "points": 24, "rules": {"base": 12, "early_bird": 6, "gold": 6}},
                    {"line": 2, "points": 8, "rules": {"base": 4, "early_bird": 2, "gold": 2}},
                    {"line": 3, "points": 8, "rules": {"base": 4, "early_bird": 2, "gold": 2}},
                ]
            },
            _DECISION["awards"][1] | {"lines": [{"line": 1, "points": 1, "rules": {"beans": 1}}]},
        ]
    },
    "sentences": [
        "1 point for every 1.00 EUR on 20.30 EUR = 20.3, rounded 20",
        "times 1.5: 10.15 more = 10.15, rounded 10",
        "times 1.5: 10.15 more = 10.15, rounded 10",
        "1 stamp for every 1 piece on 1 piece = 1",
    ],
}
_PARKED: Final = {
    "activity": {
        "id": REVIEW,
        "kind": "return",
        "source": "till-1",
        "external_id": "2026-11-20/R003",
        "status": "parked",
        "member": BEN,
        "seq": 4712,
        "occurred_at": "2026-11-20T09:05:00+02:00",
        "recorded_at": "2026-11-20T07:05:00.120000Z",
        "returns": {"external_id": "2026-11-19/0480"},
    },
    "decision": {
        "version": None, "awards": [], "capped": [], "taken": [], "restored": [], "refund": None, "replaced": None,
        "spent": [], "repaid": [],
        "parked": "purchase_missing",
    },
    "seq": 4712,
}  # fmt: skip
_NOT_IN_TIME: Final = {
    "type": "/docs/errors#activity_in_future",
    "title": "From the future",
    "status": 422,
    "code": "activity_in_future",
    "detail": "The activity claims to have happened at 2062-11-20T08:41:07+02:00, and it is only "
    "2026-11-20T06:41:08+00:00. Check the clock and the time zone of the sender.",
    "facts": {"occurred_at": "2062-11-20T08:41:07+02:00", "now": "2026-11-20T06:41:08+00:00"},
}

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "activities.record": Example(_RECORDED, body=_TOLD),
    "activities.record_batch": Example(
        {
            "results": [{"status": 201, "result": _RECORDED}, {"status": 422, "problem": _NOT_IN_TIME}],
            "recorded": 1,
            "refused": 1,
        },
        body={
            "activities": [
                _TOLD,
                _TOLD | {"external_id": "2026-11-20/0118", "occurred_at": "2062-11-20T08:41:07+02:00"},
            ]
        },
    ),
    "activities.read": Example(_EXPLAINED, path={"id": PURCHASE}, query={"explain": "full", "language": "en"}),
    "activities.list": Example({"activities": [_PARKED], "next": None}, query={"status": "parked"}),
}  # fmt: skip
