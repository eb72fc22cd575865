"""The night comes by itself: once per programme and local day, whoever and however many look at the clock."""

import os
import secrets
import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from guerdon.engine import night, publish, sandbox, schedule, settling
from guerdon.features.programmes import forms
from guerdon.kit import clock, store
from guerdon.kit.worker import Worker
from tests import shop

SOFIA, NEW_YORK = ZoneInfo("Europe/Sofia"), ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("now", "zone", "day", "due"),
    [
        ("2026-01-05T00:59", SOFIA, "2026-01-04", "2026-01-04T01:00"),  # 02:59 there
        ("2026-01-05T01:00", SOFIA, "2026-01-05", "2026-01-05T01:00"),  # three o'clock
        ("2026-01-05T21:59", SOFIA, "2026-01-05", "2026-01-05T01:00"),
        ("2026-01-05T07:59", NEW_YORK, "2026-01-04", "2026-01-04T08:00"),
        ("2026-01-05T08:00", NEW_YORK, "2026-01-05", "2026-01-05T08:00"),
        # On 29 March 2026 the clocks of Sofia jump from 03:00 to 04:00: the night comes at the jump.
        ("2026-03-29T00:59", SOFIA, "2026-03-28", "2026-03-28T01:00"),
        ("2026-03-29T01:00", SOFIA, "2026-03-29", "2026-03-29T01:00"),
        # On 25 October 2026 three o'clock comes twice: the first is the night, the second is not another one.
        ("2026-10-25T00:00", SOFIA, "2026-10-25", "2026-10-25T00:00"),
        ("2026-10-25T01:00", SOFIA, "2026-10-25", "2026-10-25T00:00"),
    ],
)
def test_the_night_is_at_three_of_its_zone(now, zone, day, due):
    at, expected = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (now, due))
    assert night.last(at, zone) == (date.fromisoformat(day), expected)


def jobs_of(name="run_night"):
    return DBTaskResult.objects.filter(task_path__endswith=name)


def nights():
    return [(row.args_kwargs["args"], str(row.status)) for row in jobs_of()]


def test_one_night_per_programme_and_local_day(pristine_database):
    cafe = shop.Shop()
    other = shop.Shop()
    at = datetime(2026, 1, 5, 12, tzinfo=UTC)
    for minutes in range(0, 600, 20):
        schedule.plan(at + timedelta(minutes=minutes))
    assert sorted(args[0] for (args, _) in nights()) == sorted([cafe.programme_id, other.programme_id])
    schedule.plan(at + timedelta(days=1))
    schedule.plan(at + timedelta(days=1, hours=5))
    assert len(nights()) == 4


def test_a_sandbox_is_sealed_by_the_hour_and_has_its_nights_when_its_clock_is_moved(pristine_database):
    cafe = shop.Shop(sandbox=True)
    sandbox.move(programme_id=cafe.programme_id, to=None, days=30, real=clock.now())
    schedule.plan(datetime(2026, 1, 5, 12, tzinfo=UTC))
    assert nights() == [] and jobs_of("run_seal").count() == 1


def test_a_programme_without_a_law_in_force_has_no_night(pristine_database):
    shop.Shop().publish(since=datetime(2027, 1, 1, tzinfo=UTC))
    schedule.plan(datetime(2024, 6, 1, tzinfo=UTC))  # before the opening
    assert nights() == []


def test_a_new_zone_counts_from_its_version_on(pristine_database):
    """A version published meanwhile, by another process: the plan reads it, whatever this process had cached."""
    cafe = shop.Shop()
    at = datetime(2026, 1, 5, 5, tzinfo=UTC)  # 07:00 in Sofia, midnight in New York
    schedule.plan(at)
    programme = forms.read_document(shop.document(cafe.key, zone="America/New_York")).programme
    publish.publish(programme=programme, source="", effective_at=at, now=at, by="Emil", sandbox=False)
    schedule.plan(at + timedelta(hours=26))  # 09:00 in Sofia, 02:00 in New York: not yet
    assert len(nights()) == 1
    schedule.plan(at + timedelta(hours=27))
    assert clock.micros(at + timedelta(hours=27)) in [args[1] for args, _ in nights()]


def test_the_night_of_the_worker_books_what_expired(pristine_database):
    cafe = shop.Shop()
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2025-02-01")
    found = Worker(now=lambda: shop.moment("2099-03-01"))
    while found.turn():
        pass
    assert [(line.kind, line.points) for line in cafe.statement("Ann")] == [("earn", 40), ("expire", -40)]
    told = {"accounts": 1, "expired": {"points": 40}, "repaid": {}, "cancelled": {}, "reminders": 0, "reviews": 0}
    told |= {"redemptions": 0, "conversions": 0, "conversions_refused": 0, "memberships": 0, "erased": 0}
    told |= {"consents": 0, "looks": 0, "unused": 0, "alerts": 0, "held_up": False, "alerts_failed": False}
    assert jobs_of().get().return_value == told


def test_threads_and_processes_run_a_night_once(pristine_database):
    """Two processes and two threads, all told by the same clock that the night has come."""
    cafes = [shop.Shop() for _ in range(3)]
    at = datetime.now(UTC)
    barrier = threading.Barrier(2)

    def work():
        barrier.wait()
        found = Worker(now=lambda: at)
        while found.turn():
            pass
        connection.close()

    command = [sys.executable, "-m", "guerdon.faces.cli.main", "work", "--once"]
    processes = [
        subprocess.Popen(command, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)
    ]
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for process in processes:
        _, log = process.communicate(timeout=60)
        assert process.returncode == 0, log.decode()
    found = jobs_of()
    # At the stroke of three the processes, whose clock is the real one, may see one night more than `at` does.
    runs = {(row.args_kwargs["args"][0], row.args_kwargs["args"][1]): len(row.worker_ids) for row in found}
    assert set(runs.values()) == {1} and len(runs) == len(found)
    assert {programme for programme, _ in runs} == {cafe.programme_id for cafe in cafes}
    assert {str(row.status) for row in found} == {"SUCCESSFUL"}


def test_without_its_key_a_night_would_run_twice(pristine_database):
    """The negative control of the tests above: the key is what makes it one."""
    cafe = shop.Shop()
    for _ in range(2):
        schedule.run_night.enqueue(cafe.programme_id, 0)
    schedule.run_night.once(secrets.token_hex(4)).enqueue(cafe.programme_id, 0)
    assert len(nights()) == 3


def test_the_worker_seals_once_an_hour(pristine_database):
    cafe = shop.Shop()
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2025-02-01")
    at = datetime(2099, 3, 1, 12, tzinfo=UTC)
    for minutes in (0, 20, 59):
        schedule.plan(at + timedelta(minutes=minutes))
    assert len(jobs_of("run_seal")) == 1
    schedule.plan(at + timedelta(hours=1))
    assert len(jobs_of("run_seal")) == 2
    found = Worker(now=lambda: at + timedelta(hours=1))
    while found.turn():
        pass
    told = sorted((row.return_value["seals"], row.return_value["entries"]) for row in jobs_of("run_seal"))
    assert told == [(0, 0), (1, 2)], "the purchase and the night's entry, under one seal"


def test_a_seal_that_is_held_up_waits_for_the_next_hour(pristine_database, monkeypatch):
    """Whoever took a journal number and does not end costs an hour, not a failed job."""

    def busy():
        raise store.DATABASE_BUSY(retry_after_seconds=1)

    cafe = shop.Shop()
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2025-02-01")
    with monkeypatch.context() as patch:
        patch.setattr(settling, "settled", busy)
        assert schedule.run_seal.func(cafe.programme_id) == {"seals": 0, "held_up": True}
    assert schedule.run_seal.func(cafe.programme_id)["entries"] == 1


def test_a_night_that_is_held_up_is_done_and_nothing_is_proved_of_it(pristine_database, monkeypatch):
    """Whoever is long at writing costs the proof of a night, not the night; what was proved of it once stays so."""

    def busy(**_):
        raise store.DATABASE_BUSY(retry_after_seconds=1)

    def began():
        with connection.cursor() as cursor:
            cursor.execute("SELECT as_of, began_seq FROM programmes_night ORDER BY as_of")
            return dict(cursor.fetchall())

    cafe, at = shop.Shop(), shop.moment("2027-06-01")
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2025-02-01")
    with monkeypatch.context() as patch:
        patch.setattr(settling, "settled", busy)
        done = night.run(programme_id=cafe.programme_id, as_of=at)
        assert done.held_up and done.expired == {"points": 40}
        assert began() == {clock.micros(at): 0}
    assert not night.run(programme_id=cafe.programme_id, as_of=at).held_up
    proved = began()
    assert proved[clock.micros(at)] >= 2
    with monkeypatch.context() as patch:
        patch.setattr(settling, "settled", busy)
        assert night.run(programme_id=cafe.programme_id, as_of=at).held_up
    assert began() == proved
