"""One day at Café Aurora: Ann (gold) buys, Ben is new, Emil puts something right; the examples of the description."""

from dataclasses import dataclass, field
from typing import Any, Final

from guerdon.core.errors import Fact

Json = dict[str, Any]

ANN: Final = "mem_019b0f3e7a5c7d118a4be2f1c0a9d301"
BEN: Final = "mem_019b0f3e7a5c7d118a4be2f1c0a9d302"
PURCHASE: Final = "act_019b0f40c1237d6f9e03a1b2c3d4e501"
REVIEW: Final = "act_019b0f40c1237d6f9e03a1b2c3d4e502"
LOT: Final = "lot_019b0f40c1237d6f9e03a1b2c3d4e601"
POSTING: Final = "pst_019b0f40c1237d6f9e03a1b2c3d4e701"
ADJUSTMENT: Final = "adj_019b0f5566777d6f9e03a1b2c3d4e801"
DIGEST: Final = "5ade914009e1deb03d7a6c753c1aa1248456d40b7f2c0ae54e03517a71ab9bce"


@dataclass(frozen=True, slots=True)
class Example:
    """What is sent and what comes back."""

    answer: Json
    body: Json | None = None
    path: dict[str, object] = field(default_factory=dict)
    query: dict[str, object] = field(default_factory=dict)


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
            "expires_at": "2027-11-30T22:00:00Z",
        },
        {
            "unit": "stamps",
            "points": 1,
            "shares": [{"rule": "beans", "points": 1, "exact": "1", "on": 1}],
            "available_at": "2026-11-20T08:41:07+02:00",
            "expires_at": "2027-05-20T21:00:00Z",
        },
    ],
    "capped": [],
    "taken": [],
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
        "version": None, "awards": [], "capped": [], "taken": [], "spent": [], "repaid": [],
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
_ANN: Final = {
    "id": ANN,
    "status": "active",
    "enrolled_at": "2026-01-05T09:12:00Z",
    "external_ids": ["ann"],
    "cards": ["AURORA1001"],
    "person": {
        "name": "Ann Angelova", "email": "ann@example.com", "phone": "+35988123456", "birthday": "1990-04-12",
        "language": "bg",
    },
    "attributes": {"tier": "gold", "diet": "vegetarian"},
    "segments": ["regulars"],
}  # fmt: skip
_VERSION: Final = {
    "number": 3,
    "digest": DIGEST,
    "effective_at": "2026-09-30T21:00:00Z",
    "published_at": "2026-09-25T13:30:00Z",
    "published_by": "Emil",
    "in_force": True,
}
_PROGRAMME: Final = {
    "key": "aurora",
    "name": "Café Aurora",
    "currency": "EUR",
    "zone": "Europe/Sofia",
    "version": _VERSION,
    "units": [
        {
            "code": "points", "name": "points", "kind": "redeemable", "scale": 0,
            "sentence": "“points”: earned and spent, expiring 12 months after they are earned.",
        }
    ],
    "rules": [
        {
            "key": "base", "name": "A point for every euro", "when": ["purchase"],
            "sentence": "Every purchase gives 1 point for every 1.00 EUR.",
        }
    ],
    "document": {"programme": "aurora", "zone": "Europe/Sofia", "currency": "EUR"},
}  # fmt: skip
_ADJUSTED: Final = {
    "adjustment": {
        "id": ADJUSTMENT, "member": BEN, "unit": "points", "points": 50, "reason": "The machine was broken",
        "actor": "office", "source": "api", "external_id": "complaint-88", "seq": 4720,
        "recorded_at": "2026-11-20T10:00:00Z",
    },
    "decision": {
        "version": 3,
        "awards": [
            {
                "unit": "points", "points": 50,
                "shares": [{"rule": "adjustment", "points": 50, "exact": "50"}],
                "available_at": "2026-11-20T10:00:00Z", "expires_at": "2027-11-30T22:00:00Z",
            }
        ],
        "capped": [], "taken": [], "spent": [], "repaid": [], "parked": None,
    },
    "seq": 4720,
}  # fmt: skip

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
    "members.enrol": Example(
        _ANN,
        body={
            "external_ids": ["ann"],
            "cards": ["AURORA 1001"],
            "person": _ANN["person"],
            "attributes": {"tier": "gold", "diet": "vegetarian"},
            "segments": ["regulars"],
        },
    ),
    "members.list": Example({"members": [_ANN], "next": None}, query={"email": "ann@example.com"}),
    "members.read": Example(_ANN, path={"id": ANN}),
    "members.change": Example(
        _ANN | {"segments": ["regulars", "tasters"]},
        path={"id": ANN},
        body={"segments": ["regulars", "tasters"], "attributes": {"children": None}, "person": {"language": "bg"}},
    ),
    "balances.read": Example(
        {
            "member": ANN,
            "as_of": "2026-11-20T06:41:08Z",
            "balances": [
                {
                    "unit": "points", "scale": 0, "available": 1250, "pending": 40, "held": 0, "debt": 0,
                    "worth": {"amount": 1250, "currency": "EUR"},
                },
                {"unit": "stamps", "scale": 0, "available": 7, "pending": 0, "held": 0, "debt": 0, "worth": None},
            ],
        },
        path={"id": ANN},
    ),
    "balances.list_lots": Example(
        {
            "lots": [
                {
                    "id": LOT, "unit": "points", "origin": PURCHASE, "funder": None, "amount": 40, "remaining": 40,
                    "held": 0, "earned_at": "2026-11-20T06:41:07Z", "available_at": "2026-12-03T22:00:00Z",
                    "expires_at": "2027-11-30T22:00:00Z",
                }
            ],
            "next": None,
        },
        path={"id": ANN},
        query={"limit": 50},
    ),
    "balances.read_statement": Example(
        {
            "postings": [
                {
                    "id": POSTING, "seq": 4711, "unit": "points", "kind": "earn", "points": 40, "balance": 1290,
                    "activity": PURCHASE, "effective_at": "2026-11-20T06:41:07Z",
                    "posted_at": "2026-11-20T06:41:07.512340Z", "booked": True,
                },
                {
                    "id": None, "seq": None, "unit": "points", "kind": "expire", "points": -15, "balance": 1275,
                    "activity": None, "effective_at": "2026-11-30T22:00:00Z", "posted_at": None, "booked": False,
                },
            ],
            "next": None,
        },
        path={"id": ANN},
        query={"after_seq": 4700},
    ),
    "adjustments.make": Example(
        _ADJUSTED,
        body={
            "member": {"external_id": "ben"},
            "unit": "points",
            "points": 50,
            "reason": "The machine was broken",
            "external_id": "complaint-88",
        },
    ),
    "adjustments.read": Example(_ADJUSTED, path={"id": ADJUSTMENT}),
    "programme.read": Example(_PROGRAMME, query={"language": "en"}),
    "programme.list_versions": Example({"versions": [_VERSION]}),
    "programme.read_version": Example(_PROGRAMME, path={"number": 3}),
    "health.alive": Example({"status": "ok"}),
    "health.ready": Example(
        {
            "status": "ready",
            "database": "postgresql",
            "settings": {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"},
            "migrations_applied": True,
            "triggers_present": True,
            "faults": [],
        }
    ),
}  # fmt: skip

# The facts of refusals, by name.
FACTS: Final[dict[str, Fact]] = {
    "allowed": "GET, HEAD, OPTIONS, POST",
    "asked": 2000,
    "available": 1250,
    "bytes_max": 8_388_608,
    "currency": "USD",
    "expected": 1,
    "first": "2026-01-01T00:00:00+02:00",
    "got": 2,
    "header": "Idempotency-Key",
    "hint": "at_least:0",
    "id": PURCHASE,
    "key": "till-1-000117",
    "kind": "card",
    "known": "EUR",
    "last": 3,
    "method": "DELETE",
    "most": 1_000_000_000_000_000,
    "now": "2026-11-20T06:41:08+00:00",
    "number": 7,
    "occurred_at": "2062-11-20T08:41:07+02:00",
    "pointer": "/lines/0/amount",
    "points": 0,
    "problem": "input data was truncated",
    "purchase": "2026-11-20/0117",
    "reason": "out_of_range",
    "request": "019b0f40c1237d6f9e03a1b2c3d4e901",
    "retry_after_seconds": 1,
    "scope": "activities:write",
    "status": "blocked",
    "unit": "points",
}
