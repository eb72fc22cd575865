"""Stripe's news as values: what of them matters here, out of the shapes before and since 2025-03-31."""

from datetime import UTC, datetime
from typing import Any, Final, Literal

import msgspec

from guerdon.kit.payments import minor

# What it comes to, whatever it is called there.
Kind = Literal["paid", "failed", "opened", "expired", "refunded", "ended", "ignored"]
_KINDS: Final[dict[str, Kind]] = {
    "checkout.session.completed": "opened",
    "checkout.session.async_payment_succeeded": "opened",
    "checkout.session.async_payment_failed": "failed",
    "checkout.session.expired": "expired",
    "invoice.paid": "paid",
    "invoice.payment_succeeded": "paid",  # told beside `invoice.paid`, and harmless twice
    "invoice.payment_failed": "failed",
    "charge.refunded": "refunded",
    "customer.subscription.deleted": "ended",
}


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """One piece of news, without anything that says who paid."""

    id: str
    kind: Kind
    type: str
    created: datetime
    object_id: str
    subscription: str | None = None
    invoice: str | None = None
    intent: str | None = None
    payment: str | None = None  # our own id, where Stripe was told it
    begins: str | None = None  # of the first invoice of what repeats: our own id of the payment that began it
    membership: str | None = None
    amount: int | None = None  # in our minor units
    currency: str | None = None
    settled: bool = True  # of a session: whether the money has come
    period_end: datetime | None = None


def read(told: dict[str, Any]) -> Event:
    """The news in a body that was decoded. Raises KeyError, TypeError, ValueError for what is no event."""
    kind = _KINDS.get(told["type"], "ignored")
    one = told["data"]["object"]
    made = Event(
        id=str(told["id"]), kind=kind, type=str(told["type"])[:100],
        created=datetime.fromtimestamp(int(told["created"]), UTC), object_id=str(one.get("id") or ""),
    )  # fmt: skip
    if kind == "ignored":
        return made
    object_type = str(one.get("object") or "")
    facts = {"checkout.session": _session, "invoice": _invoice, "charge": _charge, "subscription": _subscription}
    return msgspec.structs.replace(made, **facts[object_type](one)) if object_type in facts else made


def _session(one: dict[str, Any]) -> dict[str, Any]:
    meta = one.get("metadata") or {}
    return {
        "subscription": _id(one.get("subscription")),
        "invoice": _id(one.get("invoice")),
        "intent": _id(one.get("payment_intent")),
        "payment": meta.get("guerdon_payment") or one.get("client_reference_id"),
        "membership": meta.get("guerdon_membership"),
        "settled": one.get("payment_status") in ("paid", "no_payment_required"),
        **_money(one.get("amount_total"), one.get("currency")),
    }


def _invoice(one: dict[str, Any]) -> dict[str, Any]:
    """Until 2025-03-31 an invoice said its subscription and its payment itself; since then its parent says the one."""
    parent = (one.get("parent") or {}).get("subscription_details") or {}
    before = one.get("subscription_details") or {}
    lines = (one.get("lines") or {}).get("data") or []
    of_lines = [_of_line(line) for line in lines]
    subscription = _id(one.get("subscription")) or _id(parent.get("subscription"))
    meta = parent.get("metadata") or before.get("metadata") or {}
    ends = [line["period"]["end"] for line in lines if (line.get("period") or {}).get("end") is not None]
    return {
        "invoice": _id(one.get("id")),
        "subscription": subscription or next((found for found in of_lines if found), None),
        "intent": _id(one.get("payment_intent")) or _paid_by(one),
        "membership": meta.get("guerdon_membership"),
        "begins": meta.get("guerdon_payment") if one.get("billing_reason") == "subscription_create" else None,
        "period_end": datetime.fromtimestamp(max(ends), UTC) if ends else None,
        **_money(one.get("amount_due") if one.get("amount_paid") is None else one["amount_paid"], one.get("currency")),
    }


def _of_line(line: dict[str, Any]) -> str | None:
    details = (line.get("parent") or {}).get("subscription_item_details") or {}
    return _id(line.get("subscription")) or _id(details.get("subscription"))


def _paid_by(one: dict[str, Any]) -> str | None:
    """The payment of an invoice of the new shape, where it was told with it."""
    for each in (one.get("payments") or {}).get("data") or []:
        intent = _id((each.get("payment") or {}).get("payment_intent"))
        if intent:
            return intent
    return None


def _charge(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "intent": _id(one.get("payment_intent")),
        "invoice": _id(one.get("invoice")),
        **_money(one.get("amount_refunded"), one.get("currency")),
    }


def _subscription(one: dict[str, Any]) -> dict[str, Any]:
    """Until 2025-03-31 a subscription said itself when its period ends; since then each of its items does."""
    items = (one.get("items") or {}).get("data") or []
    ends = [item["current_period_end"] for item in items if item.get("current_period_end") is not None]
    if one.get("current_period_end") is not None:
        ends.append(one["current_period_end"])
    return {
        "subscription": _id(one.get("id")),
        "membership": (one.get("metadata") or {}).get("guerdon_membership"),
        "period_end": datetime.fromtimestamp(max(ends), UTC) if ends else None,
    }


def _money(amount: object, currency: object) -> dict[str, Any]:
    if not isinstance(amount, int) or not isinstance(currency, str):
        return {}
    code = currency.upper()
    return {"amount": minor.inward(amount, code), "currency": code}


def _id(found: object) -> str | None:
    """An id, also where the thing itself stands in its place."""
    if isinstance(found, dict):
        found = found.get("id")
    return found if isinstance(found, str) and found else None
