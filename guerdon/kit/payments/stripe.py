"""Stripe: checkout sessions, refunds and subscriptions by its plain HTTPS interface; keys are never told or logged."""

import os
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from guerdon.kit.outward import calls, targets
from guerdon.kit.payments import minor
from guerdon.kit.payments.port import Asking, Follow, Opened, Troubled, back_urls

KEY: Final = "GUERDON_STRIPE_KEY"
URL: Final = "GUERDON_STRIPE_URL"
API_URL: Final = "https://api.stripe.com"
SECONDS_MAX: Final = 20.0
_ANSWER_BYTES_MAX: Final = 4 * 1024 * 1024
YEAR: Final = 12  # months
REFUNDED: Final = "charge_already_refunded"  # all of it, by hand at Stripe

Params = dict[str, str]
_decode: Final = msgspec.json.Decoder(dict[str, Any]).decode


class Stripe:
    """One account. `url` is another one only where a stand-in answers."""

    def __init__(self, key: str, url: str = API_URL) -> None:
        self._key = key
        self._url = url.rstrip("/")

    def __repr__(self) -> str:
        return f"Stripe({urlsplit(self._url).hostname})"  # never the key

    # --- the port ---

    def open(self, asking: Asking) -> Opened:
        """Make a Checkout Session; what repeats later than now begins when the amount of today is used up."""
        success, cancel = back_urls()
        repeats = asking.repeats
        params: Params = {
            "mode": "payment" if repeats is None else "subscription",
            "success_url": success,
            "cancel_url": cancel,
            "client_reference_id": asking.id,
            "metadata[guerdon_payment]": asking.id,
            "metadata[guerdon_membership]": asking.group,
        }
        lines = [_line(asking, asking.amount, 0)] if repeats is None or repeats.starts is not None else []
        if repeats is not None:
            lines.append(_line(asking, repeats.amount, repeats.months))
            params["subscription_data[metadata][guerdon_membership]"] = asking.group
            params["subscription_data[metadata][guerdon_payment]"] = asking.id
            if repeats.starts is not None:
                params["subscription_data[trial_end]"] = str(repeats.starts)
        for place, line in enumerate(lines):
            params |= {f"line_items[{place}]{name}": value for name, value in line.items()}
        made = self._call("POST", "/v1/checkout/sessions", params, once=f"open-{asking.id}")
        return Opened(str(made["url"]), (("session", str(made["id"])),))

    def close(self, session: str) -> None:
        """Expire a Checkout Session. One that is complete, expired or forgotten is refused there, and is closed."""
        path = f"/v1/checkout/sessions/{quote(session, safe='')}"
        try:
            self._call("POST", f"{path}/expire", {})
        except Troubled:
            if self._call("GET", path, {}, gone=True).get("status") == "open":
                raise

    def give_back(self, *, id: str, names: dict[str, str], amount: int, currency: str) -> None:
        """Refund so much of the payment behind a session or an invoice."""
        intent = names.get("intent") or self._intent_of(names.get("invoice"))
        params: Params = {"payment_intent": intent, "amount": str(minor.outward(amount, currency))}
        params |= {"metadata[guerdon_payment]": id}
        self._call("POST", "/v1/refunds", params, once=f"refund-{id}-{amount}", done=REFUNDED)

    def follow(self, subscription: str, wanted: Follow) -> None:
        """Let a subscription go on, rest, end with what is paid, or end now."""
        path = f"/v1/subscriptions/{quote(subscription, safe='')}"
        if wanted == "cancelled":
            self._call("DELETE", path, {}, gone=True)
            return
        params: Params = {"cancel_at_period_end": "true" if wanted == "ending" else "false"}
        if wanted == "paused":
            params["pause_collection[behavior]"] = "void"
        else:
            params["pause_collection"] = ""
        self._call("POST", path, params)

    # --- calls ---

    def _intent_of(self, invoice: str | None) -> str:
        """The payment intent that paid an invoice: since 2025-03-31 the invoice itself does not say it."""
        if invoice is None:
            raise Troubled("nothing is known of the payment at Stripe", passing=False)
        found = self._call("GET", "/v1/invoice_payments?" + urlencode({"invoice": invoice, "status": "paid"}), {})
        for each in found.get("data", ()):
            intent = (each.get("payment") or {}).get("payment_intent")
            if intent:
                return intent if isinstance(intent, str) else str(intent["id"])
        raise Troubled(f"the invoice {invoice} has no payment", passing=False)

    def _call(
        self, method: str, path: str, params: Params, *, once: str | None = None, gone: bool = False, done: str = ""
    ) -> dict[str, Any]:
        """One request. `once` is the Idempotency-Key; with `gone` it is as good that there is no such thing, and with
        the problem `done` that somebody was faster."""
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/x-www-form-urlencoded"}
        if once is not None:
            headers["Idempotency-Key"] = once
        answer = self._reach(method, path, urlencode(params).encode() if params else None, headers)
        if answer.status == HTTPStatus.NOT_FOUND and gone:
            return {}
        if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            problem = _problem(answer.body)
            if problem == done:
                return {}
            passing = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status in (409, 429)
            raise Troubled(f"Stripe answers {answer.status}: {problem}", passing=passing)
        return _decode(answer.body)

    def _reach(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> calls.Answer:
        try:
            return calls.call(method, self._url + path, body, headers, seconds=SECONDS_MAX, bytes_max=_ANSWER_BYTES_MAX)
        except calls.Unanswered as error:
            raise Troubled(f"Stripe does not answer: {error}", passing=True) from error
        except targets.Barred as error:
            raise Troubled(f"Stripe's address is not called: {error.reason}", passing=False) from error


def _line(asking: Asking, amount: int, months: int) -> Params:
    """One line of a session, every so many months or, with 0, once."""
    found: Params = {
        "[quantity]": "1",
        "[price_data][currency]": asking.currency.lower(),
        "[price_data][unit_amount]": str(minor.outward(amount, asking.currency)),
        "[price_data][product_data][name]": asking.about,
    }
    if months:
        years = months % YEAR == 0
        found["[price_data][recurring][interval]"] = "year" if years else "month"
        found["[price_data][recurring][interval_count]"] = str(months // YEAR if years else months)
    return found


def _problem(body: bytes) -> str:
    """What Stripe says is wrong: its code, never what was sent."""
    try:
        told = _decode(body).get("error", {})
    except msgspec.DecodeError:
        return "no reason"
    return str(told.get("code") or told.get("type") or "no reason")


def from_environment() -> Stripe | None:
    """The account of this server; None where it has no key."""
    key = os.environ.get(KEY)
    return Stripe(key, os.environ.get(URL) or API_URL) if key else None
