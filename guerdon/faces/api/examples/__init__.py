"""One day at Café Aurora: Ann (gold) buys, Ben is new, Emil puts something right; the examples of the description."""

from typing import Final

from guerdon.core.errors import Fact
from guerdon.faces.api.examples import (
    activities,
    adjustments,
    balances,
    closings,
    expirations,
    health,
    members,
    programme,
    rates,
    reminders,
)
from guerdon.faces.api.examples.cast import PURCHASE
from guerdon.faces.api.examples.cast import Example as Example

_ROOMS: Final = (activities, adjustments, balances, closings, expirations, health, members, programme, rates, reminders)
EXAMPLES: Final = {name: example for room in _ROOMS for name, example in room.EXAMPLES.items()}

# The facts of refusals, by name.
FACTS: Final[dict[str, Fact]] = {
    "allowed": "GET, HEAD, OPTIONS, POST",
    "asked": 2000,
    "available": 1250,
    "bytes_max": 8_388_608,
    "currency": "USD",
    "ends": "2026-12-01T00:00:00+02:00",
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
    "month": "2026-11",
    "most": 1_000_000_000_000_000,
    "next": "2026-10",
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
