"""One day at Café Aurora: examples of vouchers."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import ANN, VOUCHER, VOUCHER_USE, Example

_CODE: Final = "EJHP-7KTH-DAHCP"
_OFFER: Final[dict[str, Any]] = {
    "voucher": "welcome", "name": "Five euros off", "kind": "amount", "amount": {"amount": 500, "currency": "EUR"},
}  # fmt: skip
_VOUCHER: Final[dict[str, Any]] = {
    "code": _CODE, "id": VOUCHER, "member": ANN, "offer": _OFFER, "state": "active", "uses": 1, "used": 0,
    "issued_at": "2026-11-20T11:00:00Z", "expires_at": "2026-12-20T22:00:00Z", "withdrawn_at": None, "rule": None,
}  # fmt: skip
_USE: Final[dict[str, Any]] = {
    "id": VOUCHER_USE, "member": ANN, "state": "redeemed", "off": {"amount": 500, "currency": "EUR"},
    "vouchers": [
        {"code": _CODE, "voucher": "welcome", "off": {"amount": 500, "currency": "EUR"},
         "lines": [{"line": 1, "off": 350}, {"line": 2, "off": 150}]},
    ],
    "source": "till-1", "external_id": "2026-11-21/0042", "seq": 4760, "recorded_at": "2026-11-21T09:00:00Z",
}  # fmt: skip
_LINES: Final = [
    {"amount": 1400, "product": "cake", "quantity": 2},
    {"amount": 600, "product": "tea"},
]

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "vouchers.issue": Example(
        {"voucher": _VOUCHER, "seq": 4755},
        body={"member": {"external_id": "ann"}, "voucher": "welcome", "external_id": "crm-118"},
    ),
    "vouchers.read": Example({"voucher": _VOUCHER, "seq": 4755}, path={"code": _CODE}),
    "vouchers.withdraw": Example(
        {"voucher": {**_VOUCHER, "state": "withdrawn", "withdrawn_at": "2026-11-21T08:00:00Z"}, "seq": 4755},
        path={"code": _CODE}, body={"reason": "sent to the wrong member"},
    ),
    "vouchers.draw": Example({}, path={"code": _CODE}, query={"symbol": "code128"}),
    "vouchers.list": Example({"vouchers": [_VOUCHER], "next": None}, path={"id": ANN}),
    "voucher_uses.validate": Example(
        {
            "valid": False,
            "off": {"amount": 500, "currency": "EUR"},
            "vouchers": [
                {"code": _CODE, "valid": True, "offer": _OFFER, "off": {"amount": 500, "currency": "EUR"},
                 "lines": [{"line": 1, "off": 350}, {"line": 2, "off": 150}]},
                {"code": "SUMMER10", "valid": False,
                 "why": {"code": "voucher_invalid", "title": "Not a valid voucher",
                         "detail": "This code is no voucher that can be used. Check the code."}},
            ],
        },
        path={"code": _CODE},
        body={"member": {"external_id": "ann"}, "together_with": ["summer10"], "lines": _LINES, "client": "web-7f3a"},
    ),
    "voucher_uses.redeem": Example(
        {"use": _USE, "seq": 4760}, path={"code": _CODE},
        body={"member": {"external_id": "ann"}, "lines": _LINES, "source": "till-1", "external_id": "2026-11-21/0042"},
    ),
    "voucher_uses.rollback": Example(
        {"use": {**_USE, "state": "rolled_back"}, "seq": 4761}, path={"code": _CODE},
        body={"use": VOUCHER_USE, "source": "till-1", "external_id": "2026-11-21/0042-void"},
    ),
    "voucher_pools.add": Example(
        {"voucher": "film", "made": 2, "known": 0, "elsewhere": 0, "codes": ["FILM-0001", "FILM-0002"]},
        path={"pool": "film"},
        body={"codes": ["film-0001", "film-0002"], "external_id": "cinema-2026-11"},
    ),
    "voucher_pools.codes": Example(
        {"codes": [{"code": "FILM-0002", "uses": 1, "used": 0, "expires_at": None}], "next": None},
        path={"pool": "film"},
    ),
    "voucher_pools.list": Example(
        {"pools": [{"voucher": "film", "added": 2, "left": 1, "alarm_below": 10, "low": True}]},
    ),
    "voucher_uses.list": Example(
        {
            "uses": [
                {"use": VOUCHER_USE, "member": ANN, "direction": "use", "off": {"amount": 500, "currency": "EUR"},
                 "at": "2026-11-21T09:00:00Z", "seq": 4760},
            ],
            "next": None,
        },
        path={"code": _CODE},
    ),
}  # fmt: skip
