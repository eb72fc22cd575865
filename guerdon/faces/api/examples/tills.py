"""One day at Café Aurora: examples of the till."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import ANN, PURCHASE, Example

_CODE: Final = "GDN1-AGNQ6PT2LR6RDCSL4LY4BKOTAE-46119246"
_RETURN: Final[dict[str, Any]] = {
    "activity": {
        "id": "act_019b0f40c1237d6f9e03a1b2c3d4e509", "kind": "return", "source": "undo", "external_id": PURCHASE,
        "status": "recorded", "member": ANN, "seq": 4750, "occurred_at": "2026-11-20T09:02:00Z",
        "recorded_at": "2026-11-20T09:02:00Z", "returns": {"external_id": "2026-11-20/0117", "source": "till-1"},
    },
    "decision": {
        "version": 3, "awards": [], "capped": [], "restored": [], "replaced": None, "spent": [], "repaid": [],
        "parked": None, "rate": None, "reinstated": [], "expired": [], "released": [], "cancelled": [], "climbed": [],
        "redeemed": None,
        "taken": [{"unit": "points", "asked": 21, "origin": 21}],
        "refund": {"amount": 1420, "left": 0, "currency": "EUR"},
    },
    "seq": 4750,
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "tills.identify": Example(
        {
            "member": ANN, "name": "Ann I.", "status": "active", "by": "rotating_code", "household": None,
            "birthday_month": False,
            "balances": [
                {"unit": "points", "name": "points", "available": 1250, "worth": {"amount": 1250, "currency": "EUR"}},
            ],
            "tiers": [{"ladder": "status", "tier": "silver", "name": "Silver"}],
        },
        body={"shown": _CODE},
    ),
    "namesakes.find": Example(
        {"members": [{"member": ANN, "name": "Ann I.", "ending": "4711"}]}, body={"name": "Ann Iv"}
    ),
    "rotating_codes.read": Example(
        {
            "member": ANN, "shown": _CODE,
            "secret": "5ade914009e1deb03d7a6c753c1aa1248456d40b7f2c0ae54e03517a71ab9bce", "period_seconds": 30,
            "digits": 8,
        },
        path={"id": ANN},
    ),
    "rotating_codes.revoke": Example(
        {"member": ANN, "revoked_at": "2026-11-20T12:00:00Z", "times": 1}, path={"id": ANN}
    ),
    "tills.quote": Example(
        {
            "member": ANN, "total": {"amount": 1420, "currency": "EUR"},
            "awards": [
                {
                    "unit": "points", "points": 14,
                    "shares": [{"rule": "base", "points": 14, "exact": "14.2", "on": 1420}],
                    "available_at": "2026-12-03T22:00:00Z", "expected_available_at": "2026-12-03T22:00:00Z",
                    "expires_at": "2027-11-30T22:00:00Z",
                }
            ],
            "capped": [], "climbed": [],
            "payable": [
                {
                    "unit": "points", "name": "points", "points_min": 200, "points_max": 780,
                    "money_min": {"amount": 180, "currency": "EUR"}, "money_max": {"amount": 702, "currency": "EUR"},
                }
            ],
            "gift_card": {
                "ending": "AHCP", "balance": {"amount": 5000, "currency": "EUR"},
                "pays": {"amount": 1420, "currency": "EUR"}, "left": {"amount": 3580, "currency": "EUR"},
            },
            "rewards": [
                {
                    "reward": "flat_white", "name": "A flat white", "price": 1,
                    "points": [{"unit": "points", "points": 150}], "money": None,
                }
            ],
            "vouchers": [
                {
                    "code": "4F7K-2QWD-9TRX-M", "voucher": "flat_white", "name": "A flat white on us",
                    "off": {"amount": 420, "currency": "EUR"},
                }
            ],
            "best": {
                "off": {"amount": 420, "currency": "EUR"},
                "vouchers": [
                    {
                        "code": "4F7K-2QWD-9TRX-M", "voucher": "flat_white",
                        "off": {"amount": 420, "currency": "EUR"},
                        "lines": [{"line": 1, "off": 420}],
                    }
                ],
            },
        },
        body={
            "member": {"id": ANN},
            "lines": [{"amount": 1420, "product": "sidamo-250", "category": "beans", "quantity": 1}],
            "store": "sofia-centre", "gift_card": "EJHP-7KTH-DAHCP",
        },
    ),
    "tills.undo": Example(_RETURN, body={"id": PURCHASE, "reason": "Rung up twice"}),
}  # fmt: skip
