"""The real server, a process of its own: it starts only where nothing can be lost, and ends without losing anything."""

import contextlib
import http.client
import json
import os
import resource
import signal
import socket
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from guerdon.core import limits, rights
from guerdon.faces import server as faces_server
from guerdon.faces.cli.torture import cluster, kills
from guerdon.features.keys import actions as keys
from guerdon.kit import clock, durability, store
from tests import databases
from tests.faces.api.test_activities import purchase
from tests.faces.site import Site
from tests.shop import Shop

START_SECONDS = 60


@pytest.fixture
def shop(pristine_database):
    made = Shop({"enrol_unknown": True})
    made.key = keys.create(
        store.current(), programme_id=made.programme_id, name="till", scopes=rights.RIGHTS, now=clock.now()
    )[1]
    return made


@pytest.fixture
def start(shop):
    started = []

    def one(**more):
        started.append(Site(**more))
        return started[-1]

    yield one
    for site in started:
        site.kill()


def test_a_server_allows_itself_the_files_that_its_connections_need():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1_024, before[1]))
        faces_server.allow_connections()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= min(limits.CONNECTIONS_MAX, before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def tell(connection, shop, body, path="/v1/activities"):
    headers = {"authorization": f"Bearer {shop.key}", "content-type": "application/json"}
    connection.request("POST", path, json.dumps(body), headers)
    answer = connection.getresponse()
    return answer.status, answer.read(), dict(answer.getheaders())


def recorded(shop):
    """The external ids in the journal."""
    rows = store.current().fetch(
        store.Statement("SELECT external_id FROM activities_activity WHERE programme_id = :id"), id=shop.programme_id
    )
    return {row[0] for row in rows}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_ends_when_told(start, shop, number):
    site = start()
    line = site.connect()
    status, body, headers = tell(line, shop, purchase())
    assert status == 201
    assert headers["x-request-id"]
    assert tell(line, shop, purchase())[:2] == (201, body)
    line.request("GET", "/readyz")
    ready = json.loads(line.getresponse().read())
    assert (ready["status"], ready["faults"]) == ("ready", [])
    code, seconds = site.stop(number)
    assert code == 0
    assert seconds < 10
    assert site.process.stdout.read().strip() == "ended"
    assert "Traceback" not in "".join(site.errors)


def read_alone(url, copy):
    """The external ids in a copy of the database file without its log: what a backup of only that file would hold."""
    copy.write_bytes(Path(url.removeprefix("sqlite:///")).read_bytes())
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        return {row[0] for row in connection.execute("SELECT external_id FROM activities_activity")}


@pytest.mark.parametrize("others", [False, True])
def test_after_a_stop_the_file_alone_is_the_whole_database(start, shop, pristine_database, tmp_path, others):
    if not databases.is_sqlite(pristine_database):
        pytest.skip("PostgreSQL looks after its own log")
    site = start()
    assert tell(site.connect(), shop, purchase())[0] == 201
    assert read_alone(pristine_database, tmp_path / "early.db") == set()  # it is in the log only
    connection.close()
    with contextlib.closing(sqlite3.connect(pristine_database.removeprefix("sqlite:///"))) as reader:
        if others:  # a reader that is still at it, like a proof
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM activities_activity").fetchone()
        code, seconds = site.stop()
    assert code == 0 and seconds < 10 and "Traceback" not in "".join(site.errors)
    log = Path(pristine_database.removeprefix("sqlite:///") + "-wal")
    if not others:
        assert not log.exists() or log.stat().st_size == 0
        assert read_alone(pristine_database, tmp_path / "late.db") == recorded(shop) != set()
    assert recorded(shop) != set()


def test_many_at_once_are_recorded_once_each(start, shop):
    site = start()

    def till(lane):
        line = site.connect()
        told = [purchase(n, member={"external_id": f"m{n % 7}"}) for n in range(40)]
        return [tell(line, shop, one)[:2] for one in told]

    with ThreadPoolExecutor(8) as pool:
        everybody = list(pool.map(till, range(8)))
    assert all(answers == everybody[0] for answers in everybody), "the same order was answered in two ways"
    assert {status for status, _ in everybody[0]} == {201}
    assert len(recorded(shop)) == 40


def _shop_until_refused(site, shop, name, acknowledged):
    try:
        line = site.connect()
        for n in range(100_000):
            number = f"{name}-{n}"
            status, _, _ = tell(line, shop, purchase(number, member={"external_id": f"m{n % 20}"}))
            if status != 201:
                return
            acknowledged.append(f"order-{number}")
    except (OSError, http.client.HTTPException):
        return


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_what_was_acknowledged_is_there(start, shop, number):
    site = start()
    acknowledged = []
    tills = [threading.Thread(target=_shop_until_refused, args=(site, shop, name, acknowledged)) for name in range(6)]
    for till in tills:
        till.start()
    while len(acknowledged) < 60:
        time.sleep(0.01)
    code, seconds = site.stop(number)
    for till in tills:
        till.join()
    assert code == (0 if number == signal.SIGTERM else -signal.SIGKILL)
    assert seconds < 10
    kept = recorded(shop)
    assert set(acknowledged) <= kept
    assert len(acknowledged) <= len(kept) <= len(acknowledged) + len(tills)
    if number == signal.SIGTERM:
        assert set(acknowledged) == kept, "an accepted request was not answered"
    again = start()
    status, _, headers = tell(again.connect(), shop, purchase(acknowledged[0].removeprefix("order-")))
    assert (status, headers.get("idempotency-replayed")) == (201, "true")


def test_several_processes(start, shop):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite is served by one process, whatever is asked for")
    site = start(processes=2)
    lines = [site.connect() for _ in range(6)]
    answers = [tell(line, shop, purchase(n % 3))[:2] for n, line in enumerate(lines)]
    assert answers[:3] == answers[3:]
    doomed = keys.create(
        store.current(), programme_id=shop.programme_id, name="x", scopes=rights.RIGHTS, now=clock.now()
    )
    key, shop.key = shop.key, doomed[1]
    assert {tell(line, shop, purchase(9))[0] for line in lines} == {201}
    keys.revoke(store.current(), key_id=doomed[0].id, now=clock.now())
    time.sleep(2)
    assert {tell(line, shop, purchase(9))[0] for line in lines} == {401}
    shop.key = key
    assert site.stop()[0] == 0


def test_a_process_that_is_started_while_the_database_is_away_asks_to_come_again(start, shop, pristine_database):
    """Else it would take the whole server down with it, for a database that is back in a moment."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite is served by one process, whatever is asked for")
    site = start(processes=2)
    before = _serving(site)
    assert tell(site.connect(), shop, purchase(1))[0] == 201
    with databases.away(pristine_database):
        for process in before:
            os.kill(process, signal.SIGKILL)
        status, _, headers = _heard(site, shop)
        assert (status, headers["retry-after"]) == (503, "1")
        assert not set(before) & set(_serving(site))
        line = site.connect()
        line.request("GET", "/sign-in/")  # a page is told the same
        assert line.getresponse().status == 503
    until = time.monotonic() + START_SECONDS
    while (status := tell(site.connect(), shop, purchase(2))[0]) == 503 and time.monotonic() < until:
        time.sleep(0.1)
    assert status == 201
    assert site.stop()[0] == 0


def _serving(site):
    """The processes that serve."""
    return [child for child in cluster.children(site.process.pid) if kills.serves(child)]


def _heard(site, shop):
    """The first answer of a server whose processes are started again."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            return tell(site.connect(), shop, purchase(2))
        except (OSError, http.client.HTTPException):
            assert time.monotonic() < until
            time.sleep(0.1)


def test_no_process_outlives_its_parent_s_mistake(start):
    """Else they would serve on with nobody to tell them to stop."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite is served by one process, whatever is asked for")
    site = start(processes=2, rude=True)
    assert site.process.wait(START_SECONDS) != 0
    with pytest.raises(ConnectionRefusedError):
        site.connect().connect()


def test_a_taken_port_is_told(shop):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        site = Site(port=port)
        assert site.process.wait(START_SECONDS) != 0
        time.sleep(0.1)
        assert f"PortTaken: 127.0.0.1:{port} can't be listened at" in "".join(site.errors)
    with pytest.raises(faces_server.PortTaken):
        faces_server.listen("127.0.0.1", 70_000)


# --- it refuses to serve where something could be lost ---


def faults():
    return " ".join(durability.inspect(store.current()).faults)


def run_sql(text):
    with connection.cursor() as cursor:
        cursor.execute(text)


def test_a_sound_database_has_no_faults(pristine_database):
    assert faults() == ""


def test_a_missing_trigger_is_found(start, shop):
    if connection.vendor == "sqlite":
        run_sql("DROP TRIGGER ledger_posting_no_update")
    else:
        run_sql("DROP TRIGGER ledger_posting_append_only ON ledger_posting")
    assert "ledger_posting" in faults()
    site = start()
    assert site.process.wait(START_SECONDS) != 0
    time.sleep(0.1)
    assert "Unfit" in "".join(site.errors)
    assert "trigger ledger_posting" in "".join(site.errors)


def test_a_disabled_trigger_is_missing(pristine_database):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's triggers can't be disabled, only dropped")
    run_sql("ALTER TABLE ledger_lot DISABLE TRIGGER ALL")
    run_sql("ALTER TABLE ledger_posting DISABLE TRIGGER ALL")
    assert "ledger_posting" in faults()


def test_a_missing_migration_is_found(pristine_database):
    run_sql("DELETE FROM django_migrations WHERE app = 'ledger'")
    assert "ledger.0001_initial" in faults()


WEAK = {
    "sqlite": [
        "PRAGMA synchronous=1", "PRAGMA synchronous=0", "PRAGMA foreign_keys=OFF", "PRAGMA recursive_triggers=OFF",
    ],
    "postgresql": ["SET synchronous_commit=off"],
}  # fmt: skip


@pytest.mark.parametrize("statement", WEAK[connection.vendor])
def test_weak_settings_are_found(pristine_database, statement):
    run_sql(statement)
    assert "the setting" in faults()
    connection.close()
    assert faults() == ""
