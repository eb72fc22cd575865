"""A what-if on its way: asked once, answered by a process of its own, ended, taken away, begun anew after a death."""

import os
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from django_tasks_db.models import DBTaskResult

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.engine import drafts, simulations
from guerdon.engine.adjust import Actor
from guerdon.engine.simulations import Wish
from guerdon.features.simulations import queries
from guerdon.insight.simulate.answers import Answer
from guerdon.kit import audit, jobs, store
from guerdon.kit.worker import Worker
from tests import shop

EMIL = Actor("Emil", "e" * 32, "user")
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def cafe(pristine_database, monkeypatch):
    monkeypatch.setattr(settings, "SIMULATOR", "tests.engine.simulators.answer")
    return shop.Shop()


def ask(cafe, name="x", **told):
    book_source = drafts.source_of(drafts.programmes.latest(store.current(), cafe.programme_id).versions[-1])
    wish = Wish(source=told.pop("source", book_source), name=name, **told)
    return simulations.ask(wish, programme_id=cafe.programme_id, actor=EMIL, now=NOW)


def work(now=lambda: datetime.now(UTC)):
    worker = Worker(plan=lambda _: None, now=now)
    while worker.turn():
        pass


def state(cafe, id):
    return queries.get(store.current(), cafe.programme_id, id)


def test_a_what_if_is_answered(cafe):
    one, new = ask(cafe)
    assert new
    assert (one.state, one.since, one.until) == ("waiting", date(2025, 2, 1), date(2026, 1, 5))
    work()
    found = state(cafe, one.id)
    assert (found.state, found.share, found.tries) == ("answered", 1_000, 1)
    assert found.ended_at is not None
    told = msgspec.json.decode(queries.answer(store.current(), cafe.programme_id, one.id), type=Answer)
    assert (told.draft, told.since, told.mechanical[0].better_off) == ("x", "2025-02-01", 1)


def test_the_same_is_asked_once_and_counted_once(cafe, tmp_path):
    note = tmp_path / "runs"
    one, _ = ask(cafe, f"x:{note}")
    again, new = ask(cafe, f"x:{note}")
    assert (again.id, new) == (one.id, False)
    work()
    known, new = ask(cafe, f"x:{note}")
    assert (known.id, known.state, new) == (one.id, "answered", False)
    work()
    assert len(note.read_text().splitlines()) == 1
    other, new = ask(cafe, f"x:{note}", since=date(2025, 6, 1))
    assert new
    assert other.id != one.id


def test_what_happened_since_is_another_question(cafe):
    one, _ = ask(cafe)
    cafe.enrol("ann")
    cafe.buy("ann", 1_000, at="2026-01-02")
    other, new = ask(cafe)
    assert new
    assert other.seq > one.seq


def test_a_history_that_was_over_long_ago_is_looked_at_where_it_was(cafe):
    cafe.enrol("ann")
    cafe.buy("ann", 1_000, at="2025-03-10")
    shop.count(cafe, at="2026-01-04T12:00")
    one, _ = ask(cafe)
    assert (one.since, one.until) == (date(2025, 1, 1), date(2025, 4, 1))


def test_a_draft_is_asked_by_its_step(cafe):
    draft = drafts.begin(programme_id=cafe.programme_id, title="More points", actor=EMIL, now=NOW)
    one, _ = simulations.ask(Wish(draft_id=draft.id), programme_id=cafe.programme_id, actor=EMIL, now=NOW)
    assert (one.draft_id, one.revision, one.name) == (draft.id, 1, "More points")
    assert [each.id for each in queries.of_draft(store.current(), cafe.programme_id, draft.id, most=5)] == [one.id]


def test_a_refusal_is_the_outcome_and_may_be_asked_again(cafe):
    one, _ = ask(cafe, "refused")
    work()
    found = state(cafe, one.id)
    assert (found.state, found.refusal.code) == ("refused", "simulation_period_invalid")
    assert found.refusal.facts["first"] == "2025-03-01"
    assert ask(cafe, "refused")[1]


def test_a_refusal_that_was_declared_only_there_is_the_outcome_too(cafe):
    one, _ = ask(cafe, "unheard")
    work()
    found = state(cafe, one.id)
    assert (found.state, found.refusal.again().facts) == ("refused", {"what": "something"})


def test_whatever_goes_wrong_around_it_comes_to_an_end(cafe, monkeypatch):
    monkeypatch.setattr(simulations, "_answered", lambda *_: 1 / 0)
    one, _ = ask(cafe)
    for day in range(1, 5):
        work(lambda day=day: datetime(2099, 1, day, tzinfo=UTC))
    assert state(cafe, one.id).state == "failed"


@pytest.mark.parametrize("deed", ["broken", "dead"])
def test_what_breaks_is_tried_again_and_then_given_up(cafe, deed, tmp_path):
    note = tmp_path / "runs"
    one, _ = ask(cafe, f"{deed}:{note}")
    for day in range(1, 6):
        work(lambda day=day: datetime(2099, 1, day, tzinfo=UTC))
    assert state(cafe, one.id).state == "failed"
    assert len(note.read_text().splitlines()) == limits.SIMULATION_TRIES_MAX
    row = DBTaskResult.objects.get(task_path__endswith="simulate")
    assert ("it stumbled" if deed == "broken" else "(7)") in row.traceback
    assert ask(cafe, f"{deed}:{note}")[1]


def test_what_is_taken_away_ends_its_process(cafe, tmp_path):
    note = tmp_path / "runs"
    one, _ = ask(cafe, f"slow:{note}")
    thread = threading.Thread(target=work)
    thread.start()
    wait_until(lambda: state(cafe, one.id).share == 420)
    assert (state(cafe, one.id).state, state(cafe, one.id).stage) == ("running", "replaying")
    simulations.remove(programme_id=cafe.programme_id, id=one.id, actor=EMIL, now=NOW)
    thread.join(20)
    assert not thread.is_alive()
    assert not alive(int(note.read_text()))
    with pytest.raises(Refusal, match="simulation_unknown"):
        state(cafe, one.id)
    lines = audit.page(store.current(), cafe.programme_id, most=9)
    assert [each.action for each in lines][:2] == ["simulation.removed", "simulation.asked"]


def test_a_worker_that_stops_leaves_it_to_the_next_one(cafe):
    one, _ = ask(cafe, "slow")
    stop = threading.Event()
    worker = Worker(plan=lambda _: None, stop=stop)
    thread = threading.Thread(target=worker.run)
    thread.start()
    wait_until(lambda: state(cafe, one.id).share == 420)
    stop.set()
    thread.join(20)
    assert not thread.is_alive()
    found = state(cafe, one.id)
    assert (found.state, found.share, found.tries) == ("waiting", 0, 0)


def test_one_whose_worker_died_is_begun_anew_and_not_for_ever(cafe):
    one, _ = ask(cafe)
    for times in range(limits.SIMULATION_TRIES_MAX):
        assert store.committed(lambda at: queries_begin(at, cafe, one.id)) == times + 1
    work()
    assert state(cafe, one.id).state == "failed"
    other, new = ask(cafe)
    assert new
    assert store.committed(lambda at: queries_begin(at, cafe, other.id)) == 1
    work()
    assert state(cafe, other.id).state == "answered"


def queries_begin(at_hand, cafe, id):
    return simulations.actions.begin(at_hand, cafe.programme_id, id, now=NOW)


def test_nothing_short_waits_for_a_long_one(cafe):
    ask(cafe, "slow")
    stop = threading.Event()
    ran = threading.Event()
    worker = Worker(plan=lambda _: None, stop=stop)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        wait_until(lambda: DBTaskResult.objects.filter(status="RUNNING").exists())
        from tests.kit import errands

        errands.note.enqueue("short")
        wait_until(lambda: "short" in errands.RUNS)
        ran.set()
    finally:
        stop.set()
        thread.join(20)
    assert ran.is_set()
    assert jobs.claim(worker="w", now=datetime.now(UTC), lane=jobs.DEFAULT) is None


def test_only_so_many_are_on_their_way_and_so_many_are_kept(cafe, monkeypatch):
    monkeypatch.setattr(limits, "SIMULATIONS_WAITING_MAX", 2)
    monkeypatch.setattr(limits, "SIMULATIONS_KEPT_MAX", 2)
    first, _ = ask(cafe, "1")
    ask(cafe, "2")
    with pytest.raises(Refusal, match="simulations_too_many"):
        ask(cafe, "3")
    work()
    ask(cafe, "3")
    kept = queries.page(store.current(), cafe.programme_id, most=9)
    assert [one.name for one in kept] == ["3", "2"]
    assert first.id not in {one.id for one in kept}


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2025, 6, 1), date(2025, 6, 1)), (date(2026, 1, 1), date(2026, 1, 6)), (None, date(2025, 1, 1)),
        (date(2000, 1, 1), date(2025, 6, 1)), (date(2025, 6, 2), date(2025, 6, 1)),
    ],
)  # fmt: skip
def test_days_that_are_none_are_refused(cafe, since, until):
    with pytest.raises(Refusal, match="simulation_period_invalid"):
        ask(cafe, since=since, until=until)


def test_a_file_that_is_none_and_another_programme_are_refused(cafe):
    with pytest.raises(Refusal, match="programme_invalid"):
        ask(cafe, source="programme: 7")
    other = shop.Shop()
    foreign = drafts.source_of(drafts.programmes.latest(store.current(), other.programme_id).versions[-1])
    with pytest.raises(Refusal, match="programme_key_changed"):
        ask(cafe, source=foreign)


def wait_until(true, seconds=20):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0]
