"""Trouble inside stays inside: a lost database, a full queue, a mistake of ours, each told without its entrails."""

import asyncio
import contextlib
import io
import logging
import threading
import time

import psycopg
import pytest
from django.db import connection

from guerdon.core import limits
from guerdon.faces import lane
from guerdon.faces.api import balances
from guerdon.kit import logs, store
from tests.faces.api.test_activities import purchase


@pytest.fixture
def log():
    """What is written to the log, as the server writes it."""
    root = logging.getLogger()
    before, level = root.handlers, root.level
    logs.configure(as_json=True)
    written = io.StringIO()
    root.handlers[0].setStream(written)
    yield written
    root.handlers, root.level = before, level


def test_a_lost_connection_is_told_and_forgotten(api):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no connection to lose")
    api.post("/v1/activities", purchase())
    pid = store.current().fetch(store.Statement("SELECT pg_backend_pid()"))[0][0]
    api.lane.keyring.forget()
    with store.current().raw.__class__.connect(store.current().raw.info.dsn, password=_password()) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
    answer = api.post("/v1/activities", purchase(2))
    assert (answer.status, answer.code) == (503, "database_unavailable")
    assert answer.headers["retry-after"] == "1"
    assert api.post("/v1/activities", purchase(2)).status == 201


def test_a_refusal_is_told_though_the_names_can_not_be_read(api, monkeypatch):
    """The disk turned read-only between the decision and its telling."""
    member = api.post("/v1/activities", purchase()).json["activity"]["member"]

    def unreadable(*_):
        raise psycopg.errors.InsufficientPrivilege("could not open file: Read-only file system")

    monkeypatch.setattr(lane, "programme_of", unreadable)
    burn = {"member": {"id": member}, "unit": "points", "points": 1_000_000, "external_id": "b-1"}
    told = api.post("/v1/burns", burn)
    assert (told.status, told.code) == (409, "insufficient_points")


@contextlib.contextmanager
def somebody_holds(member):
    """Another connection has the row of the member."""
    at_hand = store.current()
    with at_hand.raw.__class__.connect(at_hand.raw.info.dsn, password=_password()) as other:
        other.execute("SELECT id FROM members_member WHERE id = %s FOR UPDATE", [member])
        yield other


def test_who_waits_for_a_row_does_not_stop_the_loop(api):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no row locks")
    member = api.post("/v1/activities", purchase()).json["activity"]["member"][4:]
    requests = [
        {"method": "POST", "path": "/v1/activities", "body": purchase(2)},
        {"method": "POST", "path": "/v1/activities?dry_run=true", "body": purchase(3)},
        {"method": "GET", "path": "/healthz"},
    ]
    with somebody_holds(member):
        began = time.monotonic()
        told, tried, alive = api.send_all(*requests)
        waited = time.monotonic() - began
    assert waited < 2, "two transactions, of which each gives up after 300 ms"
    assert (told.status, told.code, told.headers["retry-after"]) == (503, "database_busy", "1")
    assert (tried.status, tried.code, alive.status) == (503, "database_busy", 200)
    again = api.post("/v1/activities", purchase(2))
    assert (again.status, again.replayed) == (201, False)


def test_who_waits_outside_the_loop_has_patience(api):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no row locks")
    member = api.post("/v1/activities", purchase()).json["activity"]["member"][4:]
    with somebody_holds(member) as other:
        letting_go = threading.Timer(3 * limits.LOOP_LOCK_MILLIS_MAX / 1000, other.rollback)
        letting_go.start()
        answer = api.post("/v1/activities/batch", {"activities": [purchase(2)]})
        letting_go.join()
    assert answer.json["recorded"] == 1


def _password():
    return connection.settings_dict["PASSWORD"]


def test_all_tasks_of_the_loop_share_one_connection(api):
    async def look():
        return store.current()

    async def several():
        return await asyncio.gather(*[look() for _ in range(5)])

    seen = api.loop.run_until_complete(several())
    assert len({id(one) for one in seen}) == 1
    connection.close()  # as when the database went away
    again = api.loop.run_until_complete(several())
    assert len({id(one) for one in again}) == 1
    assert again[0].django is store.current().django is seen[0].django


def test_a_mistake_of_ours_shows_nothing_of_the_inside(api, log, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(balances.ledger, "balances_of", broken)
    answer = api.get("/v1/members/mem_" + "0" * 32 + "/balances", headers={"x-request-id": "till-7"})
    assert (answer.status, answer.code) == (500, "internal")
    assert "secret" not in answer.body.decode()
    assert answer.json["request_id"] == answer.headers["x-request-id"] == "till-7"
    assert "the secret of the house" in log.getvalue()
    assert "till-7" in log.getvalue()


def test_who_comes_when_all_wait_is_sent_away(api):
    hold = threading.Event()
    for _ in range(2):
        api.lane._pool.submit(hold.wait)
    try:
        api.lane._waiting = limits.WAITING_REQUESTS_MAX
        answer = api.get("/v1/programme")
        assert (answer.status, answer.code) == (503, "server_busy")
        assert api.post("/v1/activities", purchase()).status == 201, "the hot routes need no thread"
    finally:
        api.lane._waiting = 0
        hold.set()
    assert api.get("/v1/programme").status == 200


def test_logs_carry_neither_secrets_nor_persons(api, log):
    api.lane._log_all = True
    person = {"name": "Ann Angelova", "email": "ann@example.com", "phone": "+35988123456"}
    member = api.post("/v1/members", {"person": person, "cards": ["4711"]}).json["id"]
    api.post("/v1/members", {"person": person})
    api.get("/v1/members?email=ann%40example.com")
    api.get("/v1/members/ann@example.com")
    api.get("/ann@example.com")
    api.post("/v1/activities", purchase(member={"email": "ann@example.com"}))
    api.post("/v1/activities", purchase(member={"email": "ann@example"}))
    api.get("/v1/programme", key=api.key + "x")
    logging.getLogger("x").warning(
        "said", extra={"email": "ann@example.com", "authorization": api.key, "place": "door"}
    )
    written = log.getvalue()
    assert "members.enrol" in written
    assert '"place": "door"' in written
    for secret in ("ann@", "Angelova", "88123456", "4711", api.key, api.key[4:36], member):
        assert secret not in written, secret


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"content-type": "text/plain"}, 415, "media_type_unsupported"),
        ({"content-type": ""}, 415, "media_type_unsupported"),
        ({"content-type": "application/json; charset=latin-1"}, 415, "media_type_unsupported"),
        ({"content-encoding": "gzip"}, 415, "media_type_unsupported"),
        ({"content-length": str(limits.BODY_BYTES_MAX + 1)}, 413, "body_too_large"),
        ({"content-type": 'application/json; charset="UTF-8"'}, 201, ""),
        ({"content-type": "APPLICATION/JSON;charset=utf-8"}, 201, ""),
    ],
)
def test_how_a_body_may_come(api, headers, status, code):
    answer = api.post("/v1/activities", purchase(), headers=headers)
    assert answer.status == status
    assert not code or answer.code == code


@pytest.mark.parametrize("parts", [1, 3])
def test_a_giant_body_is_refused_while_it_comes(api, parts):
    raw = b" " * (limits.BODY_BYTES_MAX + 1)
    answer = api.post("/v1/activities", raw, headers={"content-length": ""}, parts=parts)
    assert (answer.status, answer.code) == (413, "body_too_large")


def test_a_caller_who_hangs_up_gets_no_answer(api):
    scope = {
        "type": "http", "method": "POST", "path": "/v1/activities", "query_string": b"",
        "headers": [(b"authorization", f"Bearer {api.key}".encode()), (b"content-type", b"application/json")],
    }  # fmt: skip
    told = []

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message):
        told.append(message)

    api.loop.run_until_complete(api.lane(scope, receive, send))
    assert told == []


def test_health_needs_no_key_and_tells_the_settings(api):
    assert api.get("/healthz", key="").json == {"status": "ok"}
    ready = api.get("/readyz", key="").json
    assert ready["status"] == "ready"
    wanted = {"synchronous": "2"} if connection.vendor == "sqlite" else {"fsync": "on", "synchronous_commit": "on"}
    assert wanted.items() <= ready["settings"].items()


def test_a_log_never_says_what_an_address_asked_for(log):
    from django.test import RequestFactory

    request = RequestFactory().get("/nowhere?email=ann@aurora.example")
    logging.getLogger("django.request").warning("Not Found: %s", request.path, extra={"request": request})
    assert "/nowhere" in log.getvalue() and "ann@" not in log.getvalue()
