"""The queue: retries with back-off, keys, leases – with an explicit clock, on the database at hand."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from guerdon.core import limits
from guerdon.kit import job_list, jobs, store
from guerdon.kit.worker import Worker
from tests.kit import errands

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.at = NOON

    def __call__(self):
        return self.at

    def go(self, **span):
        self.at += timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(autouse=True)
def nothing_ran():
    errands.RUNS.clear()


@pytest.fixture
def worker(pristine_database, clock):
    return Worker(plan=lambda now: None, now=clock, name="one")


def states():
    return [
        (row.task_path.rpartition(".")[2], str(row.status), len(row.worker_ids)) for row in DBTaskResult.objects.all()
    ]


def work(worker, clock, *, most=20):
    """Turn until there is nothing to do at this instant."""
    for _ in range(most):
        if not worker.turn():
            return
    pytest.fail("the worker never rests")


def test_a_job_runs_once(worker, clock):
    errands.note.enqueue("hello")
    work(worker, clock)
    work(worker, clock)
    assert errands.RUNS == ["hello"]
    assert states() == [("note", "SUCCESSFUL", 1)]
    assert DBTaskResult.objects.get().return_value == "hello"


def test_a_failure_is_tried_again_after_a_pause_that_doubles(worker, clock):
    errands.stumble.enqueue("stone", times=2)
    work(worker, clock)
    assert states() == [("stumble", "READY", 1)]
    clock.go(seconds=9)
    work(worker, clock)
    assert len(errands.RUNS) == 1
    clock.go(seconds=1)
    work(worker, clock)
    assert states() == [("stumble", "READY", 2)]
    clock.go(seconds=19)
    work(worker, clock)
    assert len(errands.RUNS) == 2
    clock.go(seconds=1)
    work(worker, clock)
    assert states() == [("stumble", "SUCCESSFUL", 3)]


def test_after_the_last_attempt_it_is_given_up_and_says_why(worker, clock):
    errands.stumble.enqueue("wall", times=99)
    for _ in range(10):
        work(worker, clock)
        clock.go(hours=2)
    assert states() == [("stumble", "FAILED", 3)]
    row = DBTaskResult.objects.get()
    assert row.exception_class_path == "builtins.ValueError" and "stumbled over wall" in row.traceback


def test_a_key_is_not_put_in_twice_while_one_waits(worker, clock):
    first = errands.note.keyed("k").enqueue("a")
    again = errands.note.keyed("k").enqueue("b")
    other = errands.note.keyed("other").enqueue("c")
    assert first.id == again.id != other.id
    work(worker, clock)
    assert sorted(errands.RUNS) == ["a", "c"]
    errands.note.keyed("k").enqueue("d")  # nothing waits any more
    work(worker, clock)
    assert sorted(errands.RUNS) == ["a", "c", "d"]


def test_without_a_key_every_one_counts(worker, clock):
    errands.note.enqueue("x")
    errands.note.enqueue("x")
    work(worker, clock)
    assert errands.RUNS == ["x", "x"]


def test_what_is_wanted_while_it_runs_runs_once_more(worker, clock):
    errands.put_in_again.keyed("again").enqueue("again")
    work(worker, clock)
    assert errands.RUNS == ["again", "again"]


def test_a_retry_keeps_its_key_taken(worker, clock):
    errands.stumble.keyed("k").enqueue("one", times=1)
    work(worker, clock)
    errands.stumble.keyed("k").enqueue("two", times=0)  # the first waits for its second attempt
    clock.go(seconds=10)
    work(worker, clock)
    assert errands.RUNS == ["one", "one"]


def test_a_failed_run_gives_way_to_the_one_put_in_meanwhile(worker, clock):
    errands.stumble.keyed("k").enqueue("old", times=9)
    claimed = jobs.claim(worker="slow", now=clock())
    errands.stumble.keyed("k").enqueue("new", times=0)
    jobs.try_again(claimed, ValueError("too late"), clock())
    assert DBTaskResult.objects.get(pk=claimed.row.pk).exception_class_path == "guerdon.kit.jobs.Superseded"
    assert job_list.standing(clock()).failed == 0  # nobody has to look after it
    work(worker, clock)
    assert errands.RUNS == ["new"]


def test_once_is_once_for_ever(worker, clock):
    errands.note.once("night").enqueue("x")
    work(worker, clock)
    errands.note.once("night").enqueue("x")
    clock.go(days=400)
    work(worker, clock)
    assert errands.RUNS == ["x"]


def test_put_in_with_a_change_that_is_rolled_back_it_never_was(worker, clock):
    with pytest.raises(RuntimeError), store.current().transaction():
        errands.note.keyed("k").enqueue("never")
        raise RuntimeError
    with store.current().transaction():
        errands.note.keyed("k").enqueue("committed")
    work(worker, clock)
    assert errands.RUNS == ["committed"]


def test_a_job_of_a_vanished_worker_goes_to_another_when_its_lease_ends(worker, clock):
    errands.note.enqueue("orphan")
    assert jobs.claim(worker="dead", now=clock()) is not None
    work(worker, clock)
    assert errands.RUNS == []  # negative control: as long as the lease runs nobody else may have it
    clock.go(seconds=limits.JOB_LEASE_SECONDS)
    assert jobs.reclaim(now=clock()) == 1
    assert states() == [("note", "READY", 1)]
    clock.go(seconds=limits.JOB_BACK_OFF_SECONDS)
    work(worker, clock)
    assert errands.RUNS == ["orphan"]


def test_a_job_that_kills_every_worker_is_given_up(worker, clock):
    errands.note.enqueue("poison")
    for _ in range(limits.JOB_ATTEMPTS_MAX):
        assert jobs.claim(worker="dead", now=clock()) is not None
        clock.go(hours=2)
        jobs.reclaim(now=clock())
        clock.go(hours=2)
    assert states() == [("note", "FAILED", limits.JOB_ATTEMPTS_MAX)]


def test_a_worker_that_lost_its_lease_cannot_finish_the_job(worker, clock):
    errands.note.enqueue("slow")
    slow = jobs.claim(worker="slow", now=clock())
    clock.go(seconds=limits.JOB_LEASE_SECONDS)
    jobs.reclaim(now=clock())
    clock.go(seconds=limits.JOB_BACK_OFF_SECONDS)
    fast = jobs.claim(worker="fast", now=clock())
    assert isinstance(jobs.run(slow, now=clock, stop=threading.Event()), jobs.Lost)
    assert states() == [("note", "RUNNING", 2)]
    assert jobs.run(fast, now=clock, stop=threading.Event()) is None
    assert states() == [("note", "SUCCESSFUL", 2)]


def test_checkpoints_keep_a_long_job_ours(worker, clock):
    errands.walk.enqueue("far", steps=50)

    def hasten():
        clock.go(seconds=10)
        return clock.at

    claimed = jobs.claim(worker="one", now=clock())
    lease = claimed.lease
    assert jobs.run(claimed, now=hasten, stop=threading.Event()) is None
    assert claimed.lease > lease
    assert states() == [("walk", "SUCCESSFUL", 1)]


def test_a_stop_leaves_after_the_unit_of_work_and_counts_as_no_attempt(worker, clock):
    errands.walk.keyed("k").enqueue("far", steps=50)
    claimed = jobs.claim(worker="one", now=clock())
    stop = threading.Event()
    stop.set()
    assert isinstance(jobs.run(claimed, now=clock, stop=stop), jobs.Stopped)
    assert errands.RUNS == ["far:0"]
    assert states() == [("walk", "READY", 0)]
    errands.walk.keyed("k").enqueue("far", steps=50)  # its key is taken again
    work(worker, clock)
    assert states() == [("walk", "SUCCESSFUL", 1)]


def test_a_job_whose_function_is_gone_fails_kindly(worker, clock):
    errands.note.enqueue("x")
    DBTaskResult.objects.update(task_path="tests.kit.errands.no_longer_here")
    for _ in range(limits.JOB_ATTEMPTS_MAX):
        work(worker, clock)
        clock.go(hours=2)
    assert states()[0][1] == "FAILED"


def test_two_threads_never_get_the_same_job(pristine_database, clock):
    from django.db import connection

    for number in range(40):
        errands.note.enqueue(str(number))
    claimed, barrier = [], threading.Barrier(4)

    def grab(name):
        barrier.wait()
        while (one := jobs.claim(worker=name, now=clock())) is not None or DBTaskResult.objects.filter(
            status="READY"
        ).exists():
            if one is not None:
                claimed.append(one.id)
        connection.close()

    threads = [threading.Thread(target=grab, args=(f"w{place}",)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed)) == 40


def test_two_threads_never_put_the_same_key_in_twice(pristine_database, clock):
    from django.db import connection

    barrier, found = threading.Barrier(4), []

    def put():
        barrier.wait()
        for number in range(20):
            found.append(
                (number, store.retrying(lambda number=number: errands.note.once(f"k{number}").enqueue("x").id))
            )
        connection.close()

    threads = [threading.Thread(target=put) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 20
    assert DBTaskResult.objects.count() == 20


def keys():
    return {key for (key,) in store.current().fetch(store.Statement("SELECT key FROM kit_job"))}


def test_jobs_that_ended_are_forgotten_after_their_days(worker, clock):
    """Well or badly, once or not; what waits stays however old it is."""
    errands.note.enqueue("done")
    errands.note.once("night:1").enqueue("night")
    errands.stumble.enqueue("given up", 99)
    for _ in range(3):
        work(worker, clock)
        clock.go(seconds=60)
    ended = clock.at
    errands.note.using(run_after=NOON + timedelta(days=400)).enqueue("later")
    errands.note.once("night:2").using(run_after=NOON + timedelta(days=400)).enqueue("night")
    clock.at = NOON + timedelta(days=limits.ENDED_JOB_DAYS, seconds=-1)
    work(worker, clock)
    assert len(states()) == 5 and keys() >= {"night:1", "night:2"}
    clock.at = ended + timedelta(days=limits.ENDED_JOB_DAYS)
    work(worker, clock)
    assert len(states()) == 5, "it looks once a day"
    clock.go(days=1)
    work(worker, clock)
    assert [status for _, status, _ in states()] == ["READY", "READY"]
    assert keys() - {None} == {"night:2"}
    errands.note.once("night:1").enqueue("again")
    work(worker, clock)
    assert errands.RUNS[-1] == "again", "a forgotten key is free again"


def test_old_jobs_go_in_batches_until_none_is_left(worker, clock, monkeypatch):
    for number in range(5):
        errands.note.once(f"night:{number}").enqueue(f"{number}")
    work(worker, clock)
    monkeypatch.setattr("guerdon.kit.worker.ENDED_PER_TURN", 2)
    clock.go(days=limits.ENDED_JOB_DAYS + 1)
    left = []
    while worker.turn():
        left.append((len(states()), len(keys())))
    assert left == [(3, 3), (1, 1), (0, 0)]


def test_a_job_that_gave_way_when_the_worker_stopped_is_forgotten_too(worker, clock):
    """It ended without having been run to its end."""
    errands.walk.keyed("w").enqueue("w", 3)
    claimed = jobs.claim(worker="one", now=clock.at)
    errands.walk.keyed("w").enqueue("w", 3)
    stop = threading.Event()
    stop.set()
    jobs.run(claimed, now=clock, stop=stop)
    assert sorted(status for _, status, _ in states()) == ["READY", "SUCCESSFUL"]
    assert jobs.prune(now=clock.at + timedelta(days=limits.ENDED_JOB_DAYS), most=9) == 1
    assert [status for _, status, _ in states()] == ["READY"]
