"""Metrics: counted by route and never by address, right over several processes, at a door that is not open to all."""

import asyncio
import http.client
import re
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from prometheus_client.parser import text_string_to_metric_families

from guerdon.core import limits
from guerdon.faces import metrics as door
from guerdon.faces import watched
from guerdon.insight import pulse
from guerdon.kit import clock, outbox, store, watch
from guerdon.kit.metrics import Metrics
from tests import databases, shop
from tests.faces.cli.command import guerdon, run, started
from tests.kit.test_worker import tell

TOKEN = "a-token-of-some-length"
OWN = door.Address("127.0.0.1", 0)


@pytest.fixture
def metrics():
    """Metrics of this process, while it is watched."""
    made = Metrics()
    watch.attach(made)
    yield made
    watch.attach()


def families(text):
    return {family.name: family for family in text_string_to_metric_families(text)}


def value(told, name, **labels):
    """The one sample of a name that has at least these labels; None where there is none."""
    found = [
        sample.value
        for family in families(told).values()
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    ]
    assert len(found) <= 1, found
    return found[0] if found else None


def exposed(metrics):
    return door.told(metrics, list)().decode()


def read(url, token=None):
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})
    return urllib.request.urlopen(request, timeout=20).read().decode()


def serve(path, *, route=None, status=200):
    """A request through the watched door, answered by a bare application."""

    async def application(scope, receive, send):
        if route is not None:
            scope[watch.ROUTE] = route
        if status:
            await send({"type": "http.response.start", "status": status, "headers": []})

    async def send(message):
        assert message["status"] == status

    asyncio.run(watched.Watched(application)({"type": "http", "method": "GET", "path": path}, None, send))


def test_requests_are_counted_by_route_and_class_of_status_and_never_by_address(database, metrics):
    serve("/v1/members/mem_123", route="/v1/members/{id}")
    serve("/v1/members/mem_456", route="/v1/members/{id}", status=503)
    serve("/ann@aurora.example", status=404)
    serve("/v1/members/mem_456", route="/v1/members/{id}", status=0)
    told = exposed(metrics)
    count = "guerdon_request_seconds_count"
    for status in ("2xx", "5xx"):
        assert value(told, count, route="/v1/members/{id}", status=status) == 1
    assert value(told, count, status="gone") == 1, "somebody who hung up got no answer"
    assert value(told, count, route="unknown", status="4xx") == 1
    assert "aurora" not in told and "mem_" not in told


def test_a_made_up_method_makes_no_series_of_its_own(database, metrics):
    with watch.watcher.request(watch.Asked("BREW", status=405)):
        pass
    assert value(exposed(metrics), "guerdon_request_seconds_count", method="OTHER") == 1


def test_transactions_retries_and_what_never_got_through_are_counted(database, metrics):
    def clash():
        with store.current().transaction():
            raise store.overtaken("a rival was first")

    with pytest.raises(Exception, match="busy"):
        store.retrying(clash)
    store.committed(lambda at_hand: None)
    told = exposed(metrics)
    assert value(told, "guerdon_transaction_seconds_count", outcome="undone") == limits.RETRIES_MAX
    assert value(told, "guerdon_transaction_seconds_count", outcome="kept") == 1
    assert value(told, "guerdon_transaction_retries_total", cause="SerializationFailure") == limits.RETRIES_MAX
    assert value(told, "guerdon_transactions_given_up_total") == 1


def test_nobody_watches_unless_somebody_wants_to():
    assert watch.watcher is watch.NOBODY
    with watch.watcher.request(watch.Asked("GET")), watch.watcher.transaction("sqlite"):
        watch.watcher.retried(ValueError("x"))


def test_the_pulse_tells_what_waits_and_since_when(pristine_database):
    now = clock.now()
    assert pulse.feel(store.current(), now).outbox == 0
    cafe = shop.Shop()
    cafe.enrol("Ann")
    cafe.buy("Ann")
    tell(2)
    found = pulse.feel(store.current(), now)
    assert found.outbox == outbox.waiting(store.current()) >= 3
    assert found.outbox_since is not None and found.unsealed_since is not None and found.night is not None
    assert guerdon("work", "--once").code == 0
    done = pulse.feel(store.current(), clock.now())
    assert (done.outbox, done.unsealed_since, done.jobs.waiting, done.jobs.due_since) == (0, None, 0, None)
    assert done.night > found.night


def test_figures_of_queues_stop_at_their_limit(pristine_database, monkeypatch):
    tell(7)
    monkeypatch.setattr(limits, "WATCHED_ROWS_MAX", 5)
    assert pulse.feel(store.current(), clock.now()).outbox == 5


def test_scrapes_within_some_seconds_read_the_database_once(pristine_database):
    gauges = door.Gauges()
    first = {one.name: one.samples for one in gauges.collect()}
    tell(3)
    assert {one.name: one.samples for one in gauges.collect()} == first
    gauges._read_at -= door._CACHED_SECONDS
    assert {one.name: one.samples for one in gauges.collect()}["guerdon_outbox_news"][0].value == 3


def test_without_the_database_the_door_tells_that_it_is_away(database, metrics, monkeypatch):
    import django.db

    def away(at_hand, now):
        raise django.db.OperationalError("gone")

    monkeypatch.setattr(pulse, "feel", away)
    told = exposed(metrics)
    assert value(told, "guerdon_database_up") == 0
    assert value(told, "guerdon_outbox_news") is None
    assert value(told, "guerdon_processes") == 1


@pytest.mark.parametrize("text", ["127.0.0.1:9464", "[::1]:9464", "localhost:9464"])
def test_this_machine_reads_without_a_token(text):
    assert door.address(text, token="").is_own


@pytest.mark.parametrize("text", ["0.0.0.0:9464", "[::]:9464", "10.0.0.1:9464", "metrics.example:9464"])
def test_others_read_only_with_a_token(text):
    for token in ("", "short"):
        with pytest.raises(ValueError, match="GUERDON_METRICS_TOKEN"):
            door.address(text, token=token)
    assert not door.address(text, token=TOKEN).is_own


@pytest.mark.parametrize("text", ["9464", ":9464", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:x"])
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ValueError, match="9464"):
        door.address(text, token=TOKEN)


def test_the_door_asks_for_its_token_and_has_one_page(database, metrics):
    with door.opened(metrics, OWN, token=TOKEN) as url:
        for token in (None, "wrong", TOKEN + "x"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                read(url, token)
            assert refused.value.code == 401 and "guerdon_" not in refused.value.read().decode()
        assert "guerdon_database_up 1.0" in read(url, TOKEN)
        with pytest.raises(urllib.error.HTTPError) as refused:
            read(url.replace("/metrics", "/"), TOKEN)
        assert refused.value.code == 404


def test_a_caller_who_says_nothing_does_not_keep_the_door(database, metrics, monkeypatch):
    monkeypatch.setattr(door._Handler, "timeout", 0.2)
    with door.opened(metrics, OWN, token="") as url:
        silent = http.client.HTTPConnection(url.split("/")[2])
        silent.connect()
        assert "guerdon_database_up" in read(url)
        silent.close()


@contextmanager
def running(*words):
    """A command that serves, until its URLs are told: that of the pages, if any, and that of the metrics."""
    process = started(*words)
    told = {}
    try:
        for line in process.stderr:
            if found := re.search(r"Metrics are at (http://\S+)", line):
                told["metrics"] = found[1]
            if found := re.search(r"serves at (http://[\d.:]+)", line):
                told["pages"] = found[1]
            if len(told) == (1 if words[0] == "work" else 2):
                break
        yield told
    finally:
        process.terminate()
        _, rest = process.communicate(timeout=60)
    assert "Traceback" not in rest, rest


def test_figures_are_right_over_all_processes(pristine_database):
    shop.Shop(key="cafe")
    with running("serve", "--port", "0", "--processes", "3", "--no-work", "--metrics", "127.0.0.1:0") as at:
        for _ in range(60):  # each a connection of its own, which any of the processes takes
            assert urllib.request.urlopen(f"{at['pages']}/healthz", timeout=20).status == 200
        told = read(at["metrics"])
    assert value(told, "guerdon_request_seconds_count", route="/healthz", status="2xx") == 60
    assert value(told, "guerdon_database_up") == 1
    processes = value(told, "guerdon_processes")
    assert processes == (1 if databases.is_sqlite(pristine_database) else 4)
    memory = families(told)["guerdon_process_resident_memory_bytes"].samples
    assert len(memory) == processes and all(one.value > 1_000_000 for one in memory)


def test_a_worker_tells_when_it_last_worked_and_what_it_did(pristine_database):
    cafe = shop.Shop(key="cafe")
    cafe.enrol("Ann")
    with running("work", "--metrics", "127.0.0.1:0") as at:
        for _ in range(200):
            told = read(at["metrics"])
            if value(told, "guerdon_worker_last_turn_timestamp_seconds"):  # told when a turn has ended, after its jobs
                break
    assert value(told, "guerdon_job_seconds_count", job="run_night", outcome="done") == 1
    assert value(told, "guerdon_news_sent_total") == 1
    assert clock.now().timestamp() - value(told, "guerdon_worker_last_turn_timestamp_seconds") < 60


def test_metrics_that_cannot_be_served_stop_the_start(pristine_database):
    shop.Shop(key="cafe")
    for where, word in (("0.0.0.0:0", "GUERDON_METRICS_TOKEN"), ("nowhere", "127.0.0.1:9464")):
        ended = run("work", "--metrics", where)
        assert ended.code == 2 and word in ended.err
