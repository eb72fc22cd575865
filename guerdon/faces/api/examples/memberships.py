"""One day at Café Aurora: examples of memberships, payments and what they are worth."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import ANN, BEN, MEMBERSHIP, PAYMENT, Example


def _euro(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "EUR"}


_OFF: Final = {"key": "coffee", "kind": "percent_off", "name": "Off everything", "percent": "5.00"}
_PAYMENT: Final[dict[str, Any]] = {
    "id": PAYMENT, "membership": MEMBERSHIP, "number": 1, "purpose": "first", "plan": "aurora-plus",
    "amount": _euro(2900), "refunded": _euro(0), "method": "invoice", "paid_by": "invoice", "state": "paid",
    "asked_at": "2026-11-20T12:00:00Z", "settled_at": "2026-11-20T12:00:00Z", "reference": "till 1", "attempts": 0,
}  # fmt: skip
_MEMBERSHIP: Final[dict[str, Any]] = {
    "id": MEMBERSHIP, "member": BEN, "plan": "aurora-plus", "name": "Aurora Plus", "state": "active", "in_force": True,
    "price": _euro(2900), "method": "invoice", "joint": True, "asked_at": "2026-11-20T12:00:00Z",
    "covered_until": "2027-11-19T22:00:00Z", "paused_until": None, "cancelled_at": None,
    "ends_at": "2027-11-26T22:00:00Z",
    "next_plan": None,
    "periods": [
        {
            "kind": "period", "number": 1, "plan": "aurora-plus", "start": "2026-11-20T12:00:00Z",
            "until": "2027-11-19T22:00:00Z", "value": _euro(2900),
        }
    ],
    "payments": [_PAYMENT],
}  # fmt: skip
_PAUSED: Final[dict[str, Any]] = _MEMBERSHIP | {
    "state": "paused", "in_force": False, "paused_until": "2027-01-30T22:00:00Z",
}  # fmt: skip


def _done(amount: int | None = None, **facts: Any) -> dict[str, Any]:
    whole = _MEMBERSHIP | facts
    money = None if amount is None else _euro(amount)
    return {"membership": whole, "state": whole["state"], "amount": money, "seq": 4812}


_ONE: Final[dict[str, object]] = {"id": MEMBERSHIP}
# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "memberships.list_plans": Example(
        {
            "plans": [
                {
                    "key": "aurora-plus", "name": "Aurora Plus", "prices": [_euro(2900)], "months": 12, "days": 0,
                    "renews": True, "trial_days": 14, "grace_days": 7, "refund_days": 14, "pause_days_max": 60,
                    "rank": 1, "joint": True,
                    "benefits": [_OFF],
                }
            ]
        }
    ),
    "coming.list": Example(
        {"memberships": [{"at": "2027-11-19T22:00:00Z", "membership": _MEMBERSHIP}], "next": None},
        query={"plan": "aurora-plus"},
    ),
    "memberships.join": Example(
        _done(2900),
        body={
            "member": {"id": BEN}, "plan": "aurora-plus", "external_id": "till-1-000131", "reference": "till 1",
        },
    ),
    "memberships.read": Example(_MEMBERSHIP, path=_ONE),
    "memberships.list": Example({"member": BEN, "memberships": [_MEMBERSHIP]}, path={"id": BEN}),
    "memberships.renew": Example(_done(2900), body={"reference": "invoice 2027-0114"}, path=_ONE),
    "memberships.pause": Example(_done(**_PAUSED), path=_ONE),
    "memberships.resume": Example(_done(), path=_ONE),
    "memberships.change": Example(_done(1900), body={"plan": "aurora-gold"}, path=_ONE),
    "memberships.cancel": Example(
        _done(state="cancelled", cancelled_at="2026-12-01T09:00:00Z", ends_at="2027-11-19T22:00:00Z"),
        body={"when": "period_end"}, path=_ONE,
    ),
    "memberships.refund": Example(
        _done(-2900, state="ended", in_force=False, cancelled_at="2026-11-25T09:00:00Z",
              ends_at="2026-11-25T09:00:00Z"),
        body={}, path=_ONE,
    ),
    "paying.list_unresolved": Example(
        {
            "going_back": [
                {"payment": PAYMENT, "member": BEN, "amount": _euro(2900), "reference": "in_1Pq2rS",
                 "since": "2026-11-20T12:00:00Z"},
            ],
            "news": [
                {"id": "evt_1Pq2rS", "type": "invoice.paid", "state": "waiting", "about": "in_1Pq2rT",
                 "amount": _euro(2900), "received_at": "2026-11-20T12:00:00Z"},
            ],
        }
    ),
    "paying.read": Example({"payment": _PAYMENT, "url": None}, path={"id": PAYMENT}),
    "paying.paid": Example(
        {"payment": _PAYMENT, "url": None}, body={"reference": "invoice 2027-0114"}, path={"id": PAYMENT}
    ),
    "paying.failed": Example(
        {"payment": _PAYMENT | {"state": "failed", "attempts": 1, "paid_by": None}, "url": None}, path={"id": PAYMENT}
    ),
    "paying.weigh": Example(
        {
            "member": ANN, "plan": "aurora-plus", "tier": None, "purchases": 14, "spent": _euro(41_200),
            "points": [{"unit": "points", "points": 137, "worth": _euro(137)}],
            "benefits": [
                {"key": "coffee", "kind": "percent_off", "name": "Off everything", "amount": _euro(2060),
                 "on": _euro(41_200)},
                {"key": "delivery", "kind": "free_shipping", "name": "Free delivery", "amount": _euro(490),
                 "on": _euro(490)},
            ],
            "total": _euro(2687), "cost": _euro(2900), "by": _euro(-213), "worth_it": False, "uncounted": [],
            "undecided": 0,
        },
        path={"id": ANN}, query={"plan": "aurora-plus"},
    ),
}  # fmt: skip
