"""A replay equals the books, member by member and month by month, whatever happened; a fault is found."""

import os
import pickle
import subprocess
import sys
from typing import Any

import msgspec
import numpy as np
import pytest

from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.queries import Lawbook
from guerdon.insight.simulate import gate, jit, questions, replay, scope
from guerdon.insight.simulate.history import History
from guerdon.insight.simulate.prepared import Prepared, Regime
from guerdon.insight.simulate.questions import Question
from guerdon.insight.simulate.replay import Replayed
from guerdon.insight.simulate.tables import BUDGET_MOST, P_UP, Told
from guerdon.kit import ids, store
from tests.engine import pairs
from tests.insight.simulate import towers, worlds
from tests.shop import Shop, document, moment

UNTIL = "2026-12-20"
CONVERTING = {
    "base": worlds.rule({"points": {"unit": "points", "give": 1, "per": "1.00"}}),
    "money": {"when": "converted", "then": [{"fixed": {"unit": "credit", "give": 1}}]},
}
COMPILED = """
import pickle, sys
import django
django.setup()
from guerdon.insight.simulate import jit, replay
from guerdon.insight.simulate.prepared import Prepared
assert jit.COMPILED
found = [
    replay.replay(Prepared(history, [one.programme for one in regimes]), regimes)
    for history, regimes in pickle.loads(sys.stdin.buffer.read())
]
sys.stdout.buffer.write(pickle.dumps(found))
"""


def book_of(cafe: Shop) -> Lawbook:
    return programmes.latest(store.current(), cafe.programme_id)


def replayed(history: History, regimes: Any) -> Replayed:
    every = [one.programme for one in regimes]
    scope.check(history, every)
    return replay.replay(Prepared(history, every), regimes)


def read(parts: dict[str, Any], key: str) -> Programme:
    found = forms.read_document(document(key, **parts)).programme
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(30))
def test_the_published_programmes_replayed_are_the_ledger(database: str, seed: int):
    cafe = Shop(worlds.programme(seed))
    worlds.live(cafe, seed)
    history = worlds.history(cafe, UNTIL)
    found = replayed(history, questions.regimes(history, book_of(cafe)))
    assert not list(gate.differences(history, found.run))
    passed = gate.check(history, found)
    assert passed.points > 0 and passed.postings > 50 and passed.members == len(worlds.NAMES)
    assert not any(unmet.any() for unmet in found.unmet.values())


@pytest.mark.parametrize("seed", [1, 4])
def test_who_is_held_out_of_campaigns_goes_without_them(database: str, seed: int):
    parts = worlds.programme(seed)
    parts["rules"]["base"]["campaign"] = True
    cafe = Shop(parts | {"hold_out": {"share": 50}})
    worlds.live(cafe, seed)
    history = worlds.history(cafe, UNTIL)
    (regime,) = questions.regimes(history, book_of(cafe))
    found = replayed(history, [regime])
    assert not list(gate.differences(history, found.run))
    everybody = replayed(history, [regime._replace(programme=msgspec.structs.replace(regime.programme, hold_out=None))])
    assert list(gate.differences(history, everybody.run))


@pytest.mark.parametrize("seed", range(12))
def test_a_draft_replayed_is_what_the_engine_would_have_done(database: str, seed: int):
    """The same deeds in a café that had the draft from the beginning come to the very same books."""
    one, other = Shop(worlds.programme(seed)), Shop(worlds.programme(seed + 500))
    for cafe in (one, other):
        worlds.live(cafe, seed, spending=False)
    draft = read(worlds.programme(seed + 500), one.key)
    history = worlds.history(one, UNTIL)
    found = replayed(history, questions.regimes(history, book_of(one), draft=draft))
    lived = worlds.history(other, UNTIL)
    names = [one.ids[name] for name in worlds.NAMES], [other.ids[name] for name in worlds.NAMES]
    for of in gate.FLOWS:
        for unit, flow in found.run.flows.items():
            mine = getattr(flow, of)[[found.run.members.index(id) for id in names[0]]]
            theirs = getattr(lived.ledger, of)[unit][[[p.account for p in lived.people].index(id) for id in names[1]]]
            assert (mine == theirs).all(), (of, unit)


def test_the_gate_finds_a_single_point(database: str):
    cafe = Shop(worlds.programme(1))
    worlds.live(cafe, 1)
    history = worlds.history(cafe, UNTIL)
    found = replayed(history, questions.regimes(history, book_of(cafe)))
    gate.check(history, found)
    history.ledger.issued["points"][2, 0] += 1
    with pytest.raises(Refusal) as refused:
        gate.check(history, found)
    told = refused.value.facts
    assert refused.value.code == "what_if_differs" and told["members"] == 1
    assert told["member"] == ids.show("member", history.people[2].account) and told["of"] == "issued"
    assert told["ledger"] == int(str(told["replay"])) + 1


@pytest.mark.parametrize("column", [P_UP, BUDGET_MOST])
def test_a_fault_in_what_was_compiled_never_passes_the_gate(
    database: str, column: int, monkeypatch: pytest.MonkeyPatch
):  # fmt: skip
    rules = {
        "base": worlds.rule({"points": {"unit": "points", "give": 1, "per": "1.00"}}),
        "gift": worlds.rule({"fixed": {"unit": "points", "give": 6}}, budget=40),
    }
    cafe = Shop({"units": worlds.UNITS, "rules": rules})
    worlds.live(cafe, 4)
    history = worlds.history(cafe, UNTIL)
    regimes = questions.regimes(history, book_of(cafe))
    gate.check(history, replayed(history, regimes))
    real = replay.walk.walk

    def wrong(order: Any, told: Told, rules: Any, *more: Any) -> None:
        tables = {P_UP: rules.parts, BUDGET_MOST: rules.rules}
        tables[column][:, column] += 1
        real(order, told, rules, *more)
        tables[column][:, column] -= 1

    monkeypatch.setattr(replay.walk, "walk", wrong)
    monkeypatch.setattr(replay, "THREADS", 1)
    with pytest.raises(Refusal, match="what_if_differs"):
        gate.check(history, replayed(history, regimes))


def test_compiled_loops_are_the_same(database: str):
    """Worlds without ladders and with them by numba in a process of its own, and by plain Python here."""
    pytest.importorskip("numba")
    assert not jit.COMPILED, "the tests walk without a compiler"
    flat, rising, drafted = Shop(worlds.programme(3)), Shop(towers.programme(3, rises=True)), Shop(towers.programme(7))
    worlds.live(flat, 3)
    towers.live(rising, 3, by_hand=False)
    towers.live(drafted, 7)
    asked = [(worlds.history(cafe, until), book_of(cafe)) for cafe, until in
             ((flat, UNTIL), (rising, "2029-12-20"), (drafted, "2029-12-20"))]  # fmt: skip
    worlds_of = [(history, questions.regimes(history, book)) for history, book in asked]
    draft = read(towers.programme(507), drafted.key)
    worlds_of.append((asked[2][0], questions.regimes(*asked[2], draft=draft, since=moment("2026-08-01"))))
    for (history, regimes), found in zip(worlds_of, compiled(worlds_of), strict=True):
        plain = replayed(history, regimes)
        for unit, flow in plain.run.flows.items():
            assert all((mine == theirs).all() for mine, theirs in zip(flow, found.run.flows[unit], strict=True))
        assert plain.climbs.ladders == found.climbs.ladders and plain.climbs.levels == found.climbs.levels
        assert np.array_equal(plain.climbs.rows, found.climbs.rows)
        assert all((places == found.run.tiers[key]).all() for key, places in plain.run.tiers.items())
        if regimes[-1].version:
            passed = gate.check(history, found)
            assert passed.points > 0 and (passed.steps > 5 or not found.climbs.ladders)


def compiled(told: object) -> list[Replayed]:
    """What each of the histories comes to under its regimes in a process that compiles."""
    around = {name: value for name, value in os.environ.items() if name != jit.PLAIN}
    done = subprocess.run(
        [sys.executable, "-c", COMPILED], input=pickle.dumps(told), env=around, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    found: list[Replayed] = pickle.loads(done.stdout)  # noqa: S301 - what the process of this test has just said
    return found


def test_a_draft_is_in_force_from_its_day(database: str):
    cafe = Shop({"enrol_unknown": True, "rewards": {}})
    cafe.enrol("Ann")
    cafe.buy("Ann", 10_00, "2026-01-10")
    cafe.buy("Ann", 30_00, "2026-02-10")
    cafe.burn("Ann", 25, "2026-02-20")
    twice = {"base": worlds.rule({"points": {"unit": "points", "give": 2, "per": "1.00"}})}
    question = Question(draft=read({"rules": twice}, cafe.key), name="twice", since=moment("2026-02-01").date())
    answer = questions.ask(worlds.history(cafe, "2026-03-05"), book_of(cafe), question, progress=lambda *_: None)
    (points,) = answer.mechanical
    assert (answer.since, answer.until, answer.activities, answer.gate.points) == ("2026-02-01", "2026-04-01", 2, 40)
    # By hand: from February on, 30 and then 60 points; 10 of January are there under both.
    assert (points.whole.today.issued, points.whole.draft.issued) == (30, 60)
    assert (points.whole.today.outstanding, points.whole.draft.outstanding) == (15, 45)
    assert (points.better_off, points.worse_off, points.winners[0].draft) == (1, 0, 60)
    less = Question(draft=read({"rules": {"base": {**twice["base"], "caps": {"order": 5}}}}, cafe.key), name="less")
    (points,) = questions.ask(
        worlds.history(cafe, "2026-03-05"), book_of(cafe), less, progress=lambda *_: None
    ).mechanical
    # Two orders of five points: 25 are never there, so the redemption does not happen.
    assert (points.whole.draft.redeemed, points.whole.draft.unmet, points.whole.draft.outstanding) == (0, 1, 10)
    assert [pair.key for pair in points.months] == ["2026-01", "2026-02"]


def test_what_came_late_can_be_told_as_it_happened(database: str):
    """Imported a year later, points live for thirty days from then; as it happened, they were gone in time."""
    cafe = Shop({"units": {"points": {"expires": {"rolling": {"months": 1}}}}})
    cafe.enrol("Ann")
    cafe.tell(cafe.purchase("Ann", 10_00, "2025-03-10"), now="2026-03-10")
    history, draft = worlds.history(cafe, "2026-03-12"), book_of(cafe).newest().programme
    told, happened = (
        questions.ask(
            history, book_of(cafe), Question(draft=draft, name="same", as_it_happened=apart), progress=lambda *_: None
        ).mechanical[0].whole.today
        for apart in (False, True)
    )  # fmt: skip
    assert (told.expired, told.outstanding, happened.expired, happened.outstanding) == (0, 10, 10, 0)


def test_what_is_not_known_is_refused_by_name(database: str):
    cafe = Shop({"kinds": {"delivered": {}}, "units": {"points": {"vesting": {"activity": "delivered", "days": 1,
                 "cancel_after_days": 9}}}})  # fmt: skip
    cafe.enrol("Ann")
    cafe.buy("Ann", 10_00, "2026-01-10")
    history = worlds.history(cafe, UNTIL)
    with pytest.raises(Refusal) as refused:
        replayed(history, questions.regimes(history, book_of(cafe)))
    assert refused.value.facts == {"found": "units.points.vesting.activity", "count": 1}
    enough = Shop({"units": {"points": {"converts_at": 10}, "credit": {}}, "rules": CONVERTING})
    for name, amount in (("Ann", 9_00), ("Ben", 8_00)):
        enough.enrol(name)
        enough.buy(name, amount, "2026-01-10")
    history = worlds.history(enough, UNTIL)
    replayed(history, questions.regimes(history, book_of(enough)))  # nobody has enough to be converted
    enough.buy("Ben", 2_00, "2026-01-11")
    history = worlds.history(enough, UNTIL)
    with pytest.raises(Refusal) as refused:
        replayed(history, questions.regimes(history, book_of(enough)))
    assert refused.value.facts == {"found": "units.points.converts_at × 1", "count": 1}
    other = Shop()
    other.enrol("Ann", "Ben")
    other.buy("Ben", 50_00, "2026-01-10")
    pairs.merged(other, "Ann", "Ben", "2026-01-11")
    with pytest.raises(Refusal) as refused:
        scope.check(worlds.history(other, UNTIL), [])
    assert refused.value.facts == {"found": "merge × 1, merged × 1", "count": 2}


def test_rates_too_fine_for_a_word_are_refused(database: str):
    fine = {
        f"r{number}": worlds.rule({"multiply": {"unit": "points", "by": f"{prime + 1}/{prime}"}})
        for number, prime in enumerate((997, 991, 983, 977, 971, 967))
    } | {"base": worlds.rule({"points": {"unit": "points", "give": 1, "per": "1.00"}})}
    cafe = Shop({"rules": fine})
    cafe.enrol("Ann")
    cafe.buy("Ann", 10_00, "2026-01-10")
    history = worlds.history(cafe, UNTIL)
    with pytest.raises(Refusal, match="what_if_too_large"):
        replayed(history, questions.regimes(history, book_of(cafe)))


def test_many_programmes_share_what_does_not_change(database: str):
    cafe = Shop(worlds.programme(6))
    worlds.live(cafe, 6)
    history = worlds.history(cafe, UNTIL)
    regimes = questions.regimes(history, book_of(cafe))
    drafts = [read(worlds.programme(seed), cafe.key) for seed in (6, 7, 8)]
    prepared = Prepared(history, [*drafts, *(one.programme for one in regimes)])
    many = list(replay.replay_many(prepared, [regimes, *((Regime(draft),) for draft in drafts)]))
    alone = [replayed(history, regimes), *(replayed(history, (Regime(draft),)) for draft in drafts)]
    for one, other in zip(many, alone, strict=True):
        for unit, flow in other.run.flows.items():
            assert all(np.array_equal(mine, theirs) for mine, theirs in zip(one.run.flows[unit], flow, strict=True))
