"""The worker: news at least once, jobs in their turn, crashes and restarts outlived."""

import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from guerdon.kit import ids, jobs, outbox, receivers, store, worker
from guerdon.kit.worker import Worker
from tests.kit import errands

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
PROGRAMME = "0" * 31 + "1"


def tell(count, *, at=NOON):
    """Put news into the outbox, as a committed change does."""
    from guerdon.kit import clock

    rows = [
        outbox.row(
            programme_id=PROGRAMME, topic="activity.recorded", account_id=ids.new(), subject_id=ids.new(),
            seq=number + 1, at=clock.micros(at),
        )
        for number in range(count)
    ]  # fmt: skip
    at_hand = store.current()
    with at_hand.transaction():
        at_hand.write([(outbox.OUTGOING, rows)])
    return [row[0] for row in rows]


class Listener:
    """Hears news; raises, before or after it noted them, as often as it is told."""

    def __init__(self, *, fails=0, after_noting=False):
        self.heard, self.fails, self.after_noting = [], fails, after_noting

    def __call__(self, news):
        if self.fails and not self.after_noting:
            self.fails -= 1
            raise ConnectionError("nobody there")
        self.heard += [one.id for one in news]
        if self.fails:
            self.fails -= 1
            raise ConnectionError("the line broke after all was said")


def make(*listeners, now=NOON, **more):
    return Worker(receivers=listeners, plan=lambda _: None, now=lambda: now, **more)


def drain(found, turns=50):
    for _ in range(turns):
        if not found.turn():
            return
    pytest.fail("the worker never rests")


def test_news_go_to_every_receiver_in_order_once(pristine_database):
    told = tell(1_200)
    one, other = Listener(), Listener()
    found = make(one, other)
    drain(found)
    assert one.heard == other.heard == told
    assert found.audience.heard == {"activity.recorded": 1_200}
    assert outbox.waiting(store.current()) == 0


def test_without_a_receiver_news_are_counted_and_dropped(pristine_database):
    tell(3)
    found = make()
    drain(found)
    assert found.audience.heard.total() == 3
    assert outbox.waiting(store.current()) == 0


def test_what_a_receiver_did_not_take_comes_again(pristine_database):
    told = tell(10)
    listener = Listener(fails=1)
    with pytest.raises(ConnectionError):
        make(listener).turn()
    assert outbox.waiting(store.current()) == 10
    drain(make(listener, now=NOON + timedelta(seconds=1)))
    assert listener.heard == told


def test_a_receiver_that_breaks_after_taking_hears_the_same_again(pristine_database):
    """At least once: it may come twice, recognisable by its id, and never not at all."""
    told = tell(10)
    listener = Listener(fails=2, after_noting=True)
    for seconds in (0, 1):
        with pytest.raises(ConnectionError):
            make(listener, now=NOON + timedelta(seconds=seconds)).turn()
    drain(make(listener, now=NOON + timedelta(hours=1)))
    assert listener.heard == told * 3


def test_a_registered_receiver_hears_too(pristine_database):
    listener = Listener()
    receivers.register("test", listener)
    try:
        told = tell(2)
        drain(make())
        assert listener.heard == told
    finally:
        receivers._registered.pop("test")


def test_the_event_file_holds_a_line_for_each(pristine_database, tmp_path):
    told = tell(700)
    file = tmp_path / "news" / "events.jsonl"
    drain(make(receivers.EventFile(file)))
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line["id"] for line in lines] == told
    assert lines[0].keys() == {"id", "programme_id", "topic", "account_id", "subject_id", "seq", "at"}


def test_half_a_line_of_a_crash_does_not_spoil_the_next(pristine_database, tmp_path):
    file = tmp_path / "events.jsonl"
    file.write_text('{"id": "half')
    told = tell(2)
    drain(make(receivers.EventFile(file)))
    first, *rest = file.read_text().splitlines()
    assert first == '{"id": "half'
    assert [json.loads(line)["id"] for line in rest] == told


@contextmanager
def room_in_a_file(size):
    """As on a disk that is nearly full: a file may grow to so many bytes, and a write takes what still fits."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heeded = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, heeded)


@pytest.mark.parametrize("before", ["", '{"id": "whole"}\n', '{"id": "half'])
def test_news_that_do_not_fit_on_the_disk_are_not_taken(tmp_path, before):
    file = tmp_path / "events.jsonl"
    file.write_text(before)
    receive = receivers.EventFile(file)
    told = [outbox.News(ids.new(), PROGRAMME, "activity.recorded", ids.new(), ids.new(), 1, NOON) for _ in range(5)]
    with room_in_a_file(400), pytest.raises(OSError):
        receive(told)
    assert file.read_text() == before
    receive(told)
    lines = file.read_text().splitlines()
    assert [json.loads(line)["id"] for line in lines[-5:]] == [one.id for one in told]
    assert lines[:-5] == before.splitlines()


def test_an_event_file_that_cannot_be_written_is_told_at_the_start(tmp_path):
    with pytest.raises(OSError):
        receivers.EventFile(tmp_path)


def test_the_plan_is_asked_at_the_start_and_then_now_and_again(pristine_database):
    asked, at = [], [NOON]
    found = Worker(plan=asked.append, now=lambda: at[0])
    found.turn()
    found.turn()
    assert asked == [NOON]
    at[0] += worker.PLAN_EVERY
    found.turn()
    assert len(asked) == 2


def test_trouble_is_outlived(pristine_database, caplog):
    """A plan that breaks, a receiver that breaks: the worker logs and goes on."""
    stop, calls = threading.Event(), []

    def plan(now):
        calls.append(now)
        if len(calls) == 1:
            raise RuntimeError("a mistake of ours")
        stop.set()

    Worker(plan=plan, stop=stop).run()
    assert len(calls) == 2
    assert "a mistake of ours" in caplog.text


def lose_connection(address):
    """What a restart of the database does to an idle worker."""
    raw = store.current().raw
    if connection.vendor == "sqlite":
        raw.close()
        return
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [raw.info.backend_pid])


def test_a_lost_connection_is_made_again(pristine_database):
    told = tell(1)
    lose_connection(pristine_database)
    stop, listener = threading.Event(), Listener()

    def hear(news):
        listener(news)
        stop.set()

    Worker(receivers=[hear], plan=lambda _: None, stop=stop, now=lambda: NOON).run()
    assert listener.heard == told
    connection.close()


def test_a_thread_works_beside_a_server_and_ends_when_told(pristine_database, tmp_path):
    file = tmp_path / "events.jsonl"
    told = tell(5)
    stop = threading.Event()
    thread = worker.start_thread(stop, events=file)
    deadline = time.monotonic() + 20
    while outbox.waiting(store.current()) and time.monotonic() < deadline:
        time.sleep(0.02)
    stop.set()
    thread.join(20)
    assert not thread.is_alive()
    assert [json.loads(line)["id"] for line in file.read_text().splitlines()] == told


# --- processes ---


def start(*words, **environment):
    return subprocess.Popen(
        [sys.executable, "-m", "guerdon.faces.cli.main", "work", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment},
    )  # fmt: skip


def wait_for(condition, *, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)


def test_kill_9_loses_no_job_and_no_news(pristine_database, tmp_path):
    notes, events = tmp_path / "notes", tmp_path / "events.jsonl"
    told = tell(600)
    errands.write.enqueue(str(notes), "first", 60.0)
    first = start("--events", str(events))
    try:
        wait_for(lambda: notes.exists() and "begin first" in notes.read_text())
    finally:
        first.kill()
        first.communicate()
    row = DBTaskResult.objects.get(task_path="tests.kit.errands.write")
    assert str(row.status) == "RUNNING"  # nobody could note its death

    DBTaskResult.objects.filter(pk=row.pk).update(args_kwargs={"args": [str(notes), "first", 0.0], "kwargs": {}})
    later = [datetime.now(UTC) + timedelta(minutes=1)]
    found = Worker(receivers=worker.file_receivers(events), plan=lambda _: None, now=lambda: later[0])
    drain(found)
    later[0] += timedelta(minutes=10)
    drain(found)
    row.refresh_from_db()
    assert (str(row.status), len(row.worker_ids)) == ("SUCCESSFUL", 2)
    assert notes.read_text().split("\n")[:3] == ["begin first", "begin first", "end first"]
    heard = [json.loads(line)["id"] for line in events.read_text().splitlines() if line.endswith("}")]
    assert set(heard) == set(told)


def test_a_signal_ends_it_after_the_job_at_hand(pristine_database, tmp_path):
    notes = tmp_path / "notes"
    errands.write.enqueue(str(notes), "job", 1.0)
    errands.write.enqueue(str(notes), "next", 0.0)
    running = start()
    wait_for(notes.exists)
    running.send_signal(signal.SIGTERM)
    _, log = running.communicate(timeout=30)
    assert running.returncode == 0, log
    assert notes.read_text() == "begin job\nend job\n"
    assert "Traceback" not in log
    assert sorted(str(row.status) for row in DBTaskResult.objects.all()) == ["READY", "SUCCESSFUL"]


def test_two_processes_share_the_work_and_do_nothing_twice(pristine_database, tmp_path):
    notes, events = tmp_path / "notes", tmp_path / "events.jsonl"
    told = tell(1_500)
    for number in range(30):
        errands.write.enqueue(str(notes), str(number), 0.0)
    both = [start("--once", "--events", str(events)) for _ in range(2)]
    for one in both:
        _, log = one.communicate(timeout=60)
        assert one.returncode == 0, log
    drain(Worker(receivers=worker.file_receivers(events), plan=lambda _: None))
    begun = [line for line in notes.read_text().splitlines() if line.startswith("begin")]
    assert sorted(begun) == sorted(f"begin {number}" for number in range(30))
    heard = [json.loads(line)["id"] for line in events.read_text().splitlines()]
    assert sorted(heard) == sorted(told)
    assert jobs.claim(worker="x", now=datetime.now(UTC)) is None
