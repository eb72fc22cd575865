"""One day at Café Aurora: examples of balances."""

from typing import Final

from guerdon.faces.api.examples.cast import ANN, LOT, POSTING, PURCHASE, Example

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
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
            "household": None,
        },
        path={"id": ANN},
    ),
    "balances.list_lots": Example(
        {
            "lots": [
                {
                    "id": LOT, "unit": "points", "origin": PURCHASE, "funder": None, "amount": 40, "remaining": 40,
                    "held": 0, "earned_at": "2026-11-20T06:41:07Z", "available_at": "2026-12-03T22:00:00Z",
                    "expires_at": "2027-11-30T22:00:00Z", "awaits": None, "cancels_at": None,
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
                    "posted_at": "2026-11-20T06:41:07.512340Z", "booked": True, "accounting_month": "2026-11",
                    "prior_period": False,
                },
                {
                    "id": None, "seq": None, "unit": "points", "kind": "expire", "points": -15, "balance": 1275,
                    "activity": None, "effective_at": "2026-11-30T22:00:00Z", "posted_at": None, "booked": False,
                    "accounting_month": None, "prior_period": False,
                },
            ],
            "next": None,
        },
        path={"id": ANN},
        query={"after_seq": 4700},
    ),
}  # fmt: skip
