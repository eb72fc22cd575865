"""A stand-in for Stripe: a real HTTP server that keeps what it is told, as Stripe does, and can fail on demand."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

KEY = "sk_test_stand_in"
SECRET = "whsec_stand_in"
NETWORK = "127.0.0.1/32"  # where it stands


class StandIn:
    """What a Stripe account knows."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, dict[str, str]]] = []
        self.once: dict[str, dict[str, Any]] = {}  # answers by Idempotency-Key
        self.failing = 0  # how many calls to come fail
        self.payments: dict[str, str] = {}  # the intent of each invoice
        self.refunded: set[str] = set()  # intents, by hand
        self.sessions: dict[str, str] = {}  # the status of each checkout session
        self.url = ""

    def answer(self, method: str, path: str, form: dict[str, str], headers: Any) -> tuple[int, dict[str, Any]]:
        if headers.get("Authorization") != f"Bearer {KEY}":
            return 401, {"error": {"type": "invalid_request_error"}}
        if self.failing:
            self.failing -= 1
            return 503, {"error": {"type": "api_error"}}
        key = headers.get("Idempotency-Key")
        if key in self.once:
            return 200, self.once[key]
        self.calls.append((method, path, form))
        status, told = self._do(method, urlsplit(path), form)
        if key and status == 200:
            self.once[key] = told
        return status, told

    def _do(self, method: str, parts: Any, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        number = len(self.calls)
        if parts.path.startswith("/v1/checkout/sessions/"):
            return self._session(*parts.path.split("/")[4:])
        if parts.path == "/v1/checkout/sessions":
            self.sessions[f"cs_{number}"] = "open"
            return 200, {
                "id": f"cs_{number}",
                "object": "checkout.session",
                "url": f"https://checkout.test/cs_{number}",
            }
        if parts.path == "/v1/refunds" and form["payment_intent"] in self.refunded:
            return 400, {"error": {"code": "charge_already_refunded", "type": "invalid_request_error"}}
        if parts.path == "/v1/refunds":
            return 200, {"id": f"re_{number}", "object": "refund", "status": "succeeded"}
        if parts.path == "/v1/invoice_payments":
            invoice = dict(parse_qsl(parts.query))["invoice"]
            found = [{"payment": {"type": "payment_intent", "payment_intent": self.payments[invoice]}}]
            return 200, {"object": "list", "data": found}
        if parts.path.startswith("/v1/subscriptions/"):
            if parts.path.endswith("sub_gone"):
                return 404, {"error": {"code": "resource_missing"}}
            return 200, {"id": parts.path.rpartition("/")[2], "object": "subscription"}
        return 404, {"error": {"code": "unknown_path", "type": method}}

    def _session(self, id: str, verb: str = "") -> tuple[int, dict[str, Any]]:
        """One session, or its end: only what is open can be expired."""
        status, kind = self.sessions.get(id), "invalid_request_error"
        if status is None:
            return 404, {"error": {"code": "resource_missing", "param": "session", "type": kind}}
        if verb == "expire" and status != "open":
            only = (
                f'Only Checkout Sessions with a status in ["open"] can be expired. This one has a status of {status}.'
            )
            return 400, {"error": {"message": only, "type": kind}}
        if verb == "expire":
            self.sessions[id] = status = "expired"
        url = f"https://checkout.test/{id}" if status == "open" else None
        return 200, {"id": id, "object": "checkout.session", "status": status, "url": url}


@contextmanager
def running() -> Iterator[StandIn]:
    """The stand-in, at an address of its own."""
    account = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            form = dict(parse_qsl(body, keep_blank_values=True))
            status, told = account.answer(self.command, self.path, form, self.headers)
            raw = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = do_DELETE = _serve

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    account.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield account
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def signed(body: bytes, at: datetime, *secrets: str) -> str:
    """The header with which Stripe signs a body."""
    seconds = int(at.timestamp())
    parts = [f"t={seconds}"]
    for secret in secrets or (SECRET,):
        digest = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
        parts.append(f"v1={digest}")
    return ",".join(parts)


# --- news, in the shapes that Stripe has told them in ---


def event(id: str, type: str, thing: dict[str, Any], at: datetime) -> dict[str, Any]:
    return {
        "id": id, "object": "event", "type": type, "created": int(at.timestamp()), "livemode": False,
        "pending_webhooks": 1, "data": {"object": thing},
    }  # fmt: skip


def session(id: str, payment: str, membership: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id, "object": "checkout.session", "client_reference_id": payment, "payment_status": "paid",
        "metadata": {"guerdon_payment": payment, "guerdon_membership": membership},
        "customer_details": {"email": "ann@example.com"}, "subscription": None, "invoice": None,
        "payment_intent": None, "amount_total": None, "currency": None,
    } | more  # fmt: skip


def old_invoice(id: str, subscription: str, amount: int, currency: str = "eur", **more: Any) -> dict[str, Any]:
    """Before 2025-03-31: the invoice says its subscription and its payment."""
    return {
        "id": id, "object": "invoice", "subscription": subscription, "payment_intent": f"pi_{id}",
        "charge": f"ch_{id}", "amount_due": amount, "amount_paid": amount, "currency": currency,
        "billing_reason": "subscription_cycle", "customer_email": "ann@example.com",
        "subscription_details": {"metadata": {}},
        "lines": {"object": "list", "data": [
            {"id": "il_1", "subscription": subscription, "period": {"start": 1763561586, "end": 1766153586}},
        ]},
    } | more  # fmt: skip


def new_invoice(id: str, subscription: str, amount: int, currency: str = "eur", **more: Any) -> dict[str, Any]:
    """Since 2025-03-31: its parent says the subscription, and nothing says the payment."""
    return {
        "id": id, "object": "invoice", "amount_due": amount, "amount_paid": amount, "currency": currency,
        "billing_reason": "subscription_cycle", "customer_email": "ann@example.com",
        "parent": {
            "type": "subscription_details", "quote_details": None,
            "subscription_details": {"metadata": more.pop("metadata", {}), "subscription": subscription},
        },
        "lines": {"object": "list", "data": [{
            "id": "il_1", "period": {"start": 1763561586, "end": 1766153586},
            "parent": {
                "type": "subscription_item_details", "subscription_item_details": {"subscription": subscription},
            },
        }]},
    } | more  # fmt: skip
