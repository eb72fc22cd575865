"""Stripe's news at the real door: signed, kept once, answered at once, and done by a job."""

import asyncio
import contextlib
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from guerdon.core.activities import Member
from guerdon.engine import memberships, schedule
from guerdon.engine.memberships import Joining
from guerdon.faces.hooks import door
from guerdon.faces.hooks.door import Hooks
from guerdon.faces.lane import Lane
from guerdon.features.memberships import queries
from guerdon.insight import verify
from guerdon.kit import clock, store
from guerdon.kit.outward import places
from guerdon.kit.payments import signature, stripe
from guerdon.kit.store import Statement
from guerdon.kit.worker import Worker
from tests.engine import stand_in
from tests.shop import FAR, Shop, taken

PLANS = {"plus": {"name": {"en": "Plus"}, "prices": {"EUR": "12.00"}, "period": {"months": 1}}}
STORED = Statement("SELECT told FROM memberships_event WHERE programme_id = :programme")


@dataclass
class Door:
    """The door of the server, without the server."""

    shop: Shop
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(4))

    def __post_init__(self):
        self.lane = Lane((), now=clock.now, pool=self.pool, documents={}, hooks=Hooks(self.pool))

    def send(self, body, *, secret=stand_in.SECRET, path=None, method="POST", header=None, late=0):
        """One request; answers its status and what it says."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        signed = stand_in.signed(raw, clock.now() - timedelta(seconds=late), secret) if header is None else header
        scope = {
            "type": "http", "method": method, "path": path or f"/hooks/stripe/{self.shop.key}", "query_string": b"",
            "headers": [(b"content-type", b"application/json"), (b"stripe-signature", signed.encode())],
        }  # fmt: skip
        pieces = [raw[start : start + 65_536] for start in range(0, len(raw), 65_536)] or [b""]
        told = []

        async def receive():
            return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

        async def send(message):
            told.append(message)

        asyncio.run(self.lane(scope, receive, send))
        head, content = told
        return head["status"], json.loads(content["body"])

    def refused(self, *args, **more):
        status, told = self.send(*args, **more)
        return status, told["code"]

    @property
    def one(self):
        account = self.shop.account("ann")
        return queries.of_member(store.current(), account, account)[-1]

    def payments(self):
        return queries.payments(store.current(), [self.one]).get(self.one.id, [])

    def paid(self, id="evt_1"):
        thing = stand_in.session("cs_1", self.payments()[0].id, self.one.id, payment_intent="pi_1")
        return stand_in.event(id, "checkout.session.completed", thing, clock.now())


@pytest.fixture
def account(monkeypatch):
    with stand_in.running() as found:
        monkeypatch.setenv(stripe.KEY, stand_in.KEY)
        monkeypatch.setenv(stripe.URL, found.url)
        monkeypatch.setenv(places.ALLOWED, stand_in.NETWORK)
        monkeypatch.setenv(signature.SECRETS, stand_in.SECRET)
        yield found


@contextlib.contextmanager
def opened():
    """The door of a shop whose Ann waits for her checkout."""
    shop = Shop({"plans": PLANS})
    shop.enrol("ann")
    wanted = Joining(Member(external_id="ann"), "plus", "EUR", "app", "j-1", "stripe")
    taken(memberships.join_many(programme_id=shop.programme_id, wanted=[wanted], now=clock.now())[0])
    found = Door(shop)
    yield found
    found.pool.shutdown()


@pytest.fixture
def hooks(account, database):
    with opened() as found:
        yield found


def test_who_cannot_sign_is_refused(hooks):
    event = hooks.paid()
    assert hooks.refused(event, secret="whsec_of_a_stranger") == (403, "signature_invalid")
    assert hooks.refused(event, header="") == (403, "signature_invalid")
    assert hooks.refused(event, late=400) == (403, "signature_invalid")
    whole = json.dumps(event).encode()
    signed = stand_in.signed(whole, clock.now())
    assert hooks.refused(whole + b" ", header=signed) == (403, "signature_invalid")
    assert store.current().fetch(STORED, programme=hooks.shop.programme_id) == []


def test_while_secrets_change_both_hold(hooks, monkeypatch):
    monkeypatch.setenv(signature.SECRETS, f"whsec_new,{stand_in.SECRET}")
    assert hooks.send(hooks.paid("evt_old"))[0] == 200
    assert hooks.send(hooks.paid("evt_new"), secret="whsec_new")[0] == 200
    monkeypatch.setenv(signature.SECRETS, "whsec_new")
    assert hooks.refused(hooks.paid("evt_late")) == (403, "signature_invalid")
    monkeypatch.delenv(signature.SECRETS)
    assert hooks.refused(hooks.paid("evt_off"))[1] == "provider_off"


def test_what_is_no_news_is_refused(hooks):
    assert hooks.refused(hooks.paid(), path="/hooks/stripe/nowhere") == (404, "programme_unknown")
    assert hooks.refused(hooks.paid(), path="/hooks/other/" + hooks.shop.key) == (404, "route_unknown")
    assert hooks.refused(b"", method="GET") == (405, "method_not_allowed")
    assert hooks.refused(b"x" * (door.BYTES_MAX + 1)) == (413, "body_too_large")
    for body in (b"", b"{", b"[]", b"{}", b'{"type": {}}', b'{"id": 1, "type": "x", "created": 1e99, "data": 7}',
                 json.dumps(hooks.paid() | {"created": 10**30}).encode()):  # fmt: skip
        assert hooks.refused(body) == (400, "json_malformed"), body


def test_news_are_kept_once_without_who_paid(hooks):
    event = hooks.paid()
    assert hooks.send(event) == (200, {"received": True, "new": True})
    assert hooks.send(event) == (200, {"received": True, "new": False})
    assert hooks.send(stand_in.event("evt_2", "product.created", {"id": "prod_1"}, clock.now()))[0] == 200
    told = [row[0] for row in store.current().fetch(STORED, programme=hooks.shop.programme_id)]
    assert len(told) == 2
    assert not any("ann@example.com" in str(one) for one in told)


def test_the_same_news_at_the_same_time_are_kept_once(hooks):
    event = hooks.paid()
    barrier = threading.Barrier(4)

    def knock():
        barrier.wait()
        return hooks.send(event)

    with ThreadPoolExecutor(4) as pool:
        told = [one.result() for one in [pool.submit(knock) for _ in range(4)]]
    assert all(status == 200 for status, _ in told)
    assert [answer["new"] for _, answer in told].count(True) == 1


def test_from_the_checkout_to_the_membership_and_the_refund(pristine_database, account):
    """Nothing is called by hand here: the plan of jobs and the worker do it all."""

    def work():
        schedule.plan(clock.now())
        found = Worker()
        while found.turn():
            pass

    with opened() as hooks:
        work()
        url = queries.payment(store.current(), hooks.shop.programme_id, hooks.payments()[0].id)[1]
        assert url == "https://checkout.test/cs_1"
        assert hooks.one.last is None
        hooks.send(hooks.paid())
        work()
        assert (hooks.one.number, hooks.payments()[0].state) == (1, "paid")
        asked = memberships.Asked("refund", hooks.one.id)
        taken(memberships.act(programme_id=hooks.shop.programme_id, asked=asked, now=clock.now()))
        work()
        work()
        refunds = [form for method, path, form in account.calls if path == "/v1/refunds"]
        assert [(form["payment_intent"], form["amount"]) for form in refunds] == [("pi_1", "1200")]
        charge = {
            "id": "ch_1",
            "object": "charge",
            "payment_intent": "pi_1",
            "amount_refunded": 1200,
            "currency": "eur",
        }
        hooks.send(stand_in.event("evt_9", "charge.refunded", charge | {"currency": "eur"}, clock.now()))
        work()
        assert hooks.payments()[0].state == "refunded"
        report = verify.run(hooks.shop.programme_id, at=FAR)
        assert report.ok, [(verdict.name, str(verdict.first)) for verdict in report.broken]
