"""Ladders replayed: every step of every member is that of the books, whatever happened; a fault is found."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from guerdon.core.errors import Refusal
from guerdon.insight.simulate import gate, grids, questions, tiers, windows
from guerdon.insight.simulate.history import C_LADDER, C_LEVEL, C_MEMBER, C_SINCE, Climbs
from guerdon.insight.simulate.questions import Question
from guerdon.kit import ids
from tests.insight.simulate import towers, worlds
from tests.insight.simulate.test_replays import book_of, read, replayed
from tests.shop import Shop, document, moment

UNTIL = "2029-12-20"
CLUB = {
    "club": {
        "name": {"en": "Club"}, "basis": {"points": "status"}, "levels": {"gold": {"name": {"en": "Gold"}, "from": 90}}
    }
}  # fmt: skip

RULES = {
    "base": worlds.rule({"points": {"unit": "points", "give": 1, "per": "1.00"}}),
    "status": worlds.rule({"points": {"unit": "status", "give": 1, "per": "1.00"}}),
}


def steps(climbs: Climbs, members: list[int]) -> list[list[tuple[object, ...]]]:
    """What each of the members went through, ladder by ladder."""
    levels = [*climbs.levels, ""]
    found = []
    for member in members:
        rows = [row for row in climbs.rows.tolist() if row[C_MEMBER] == member]
        told = [(climbs.ladders[row[C_LADDER]], levels[row[C_LEVEL]], *row[C_SINCE:]) for row in rows]
        found.append(sorted(told, key=lambda one: one[0]))
    return found


@pytest.mark.parametrize("seed", range(30))
def test_the_published_ladders_replayed_are_the_books(database: str, seed: int):
    cafe = Shop(towers.programme(seed))
    towers.live(cafe, seed)
    history = worlds.history(cafe, UNTIL)
    found = replayed(history, questions.regimes(history, book_of(cafe)))
    assert not gate.tier_differences(history, found.climbs)
    assert not list(gate.differences(history, found.run))
    passed = gate.check(history, found)
    assert passed.points > 0 and passed.steps > 5


@pytest.mark.parametrize("seed", range(14))
def test_what_rules_give_for_a_rise_is_in_the_books(database: str, seed: int):
    """Each rise is a fact of its own: what it gives lifts further, and no return of the order takes it back."""
    cafe = Shop(towers.programme(seed, rises=True))
    towers.live(cafe, seed, by_hand=False)
    history = worlds.history(cafe, UNTIL)
    regimes = questions.regimes(history, book_of(cafe))
    found = replayed(history, regimes)
    gate.check(history, found)
    silent = read(towers.programme(seed), cafe.key)
    without = replayed(history, [one._replace(programme=silent) for one in regimes])
    assert list(gate.differences(history, without.run))


def test_a_rise_that_no_fact_made_is_refused_where_rules_answer_it(database: str):
    rules = {
        "base": worlds.rule({"points": {"unit": "points", "give": 1, "per": "1.00"}}),
        "risen": {"when": "tier_upgraded", "then": [{"fixed": {"unit": "points", "give": 20}}]},
    }
    cafe = Shop({"units": worlds.UNITS, "rules": rules, "tiers": CLUB})
    cafe.enrol("Ann")
    cafe.buy("Ann", 10_00, "2026-01-10")
    cafe.adjust("Ann", 100, "2026-01-11", unit="status")
    history = worlds.history(cafe, UNTIL)
    with pytest.raises(Refusal) as refused:
        replayed(history, questions.regimes(history, book_of(cafe)))
    assert refused.value.facts == {"found": "tier_upgraded × 1", "count": 1}


@pytest.mark.parametrize("seed", range(15))
def test_a_draft_of_ladders_is_what_the_engine_would_have_done(database: str, seed: int):
    """The same deeds in a café that had the draft from the beginning come to the very same steps and points."""
    one, other = Shop(towers.programme(seed)), Shop(towers.programme(seed + 500))
    for cafe in (one, other):
        towers.live(cafe, seed, spending=False)
    draft = read(towers.programme(seed + 500), one.key)
    history = worlds.history(one, UNTIL)
    found = replayed(history, questions.regimes(history, book_of(one), draft=draft))
    lived = worlds.history(other, UNTIL)
    mine, theirs = (
        [[p.account for p in each.people].index(cafe.ids[name]) for name in worlds.NAMES]
        for each, cafe in ((history, one), (lived, other))
    )
    assert steps(found.climbs, mine) == steps(lived.ledger.climbs, theirs)
    for of in gate.FLOWS:
        for unit, flow in found.run.flows.items():
            assert (getattr(flow, of)[mine] == getattr(lived.ledger, of)[unit][theirs]).all(), (of, unit)


@pytest.mark.parametrize("column", [C_LEVEL, C_SINCE])
def test_the_gate_finds_a_single_move(database: str, column: int):
    """One step of one member at another moment, or to another level, and nothing is forecast."""
    cafe = Shop(towers.programme(1))
    towers.live(cafe, 1)
    history = worlds.history(cafe, UNTIL)
    found = replayed(history, questions.regimes(history, book_of(cafe)))
    gate.check(history, found)
    row = history.ledger.climbs.rows[3]
    row[column] = -1 if column == C_LEVEL else row[column] + 1_000_000
    with pytest.raises(Refusal) as refused:
        gate.check(history, found)
    told = refused.value.facts
    assert refused.value.code == "what_if_tier_differs" and told["members"] == 1
    assert told["member"] == ids.show("member", history.people[row[C_MEMBER]].account)
    assert told["ledger"] != told["replay"]


FAULTS: dict[str, tuple[ModuleType, str, Callable[..., Any]]] = {
    "a threshold compared by > instead of ≥": (
        windows, "earned", lambda real: lambda law, ladder, amount, *more: real(law, ladder, amount - 1, *more),
    ),
    "a review that sums what came before its period": (
        windows, "summed", lambda real: lambda *told: real(*told[:3], told[3] - 9, *told[4:]),
    ),
    "a review that never takes a tier": (tiers, "review", lambda real: tiers.keep),
    "a rise at the wrong instant": (tiers, "move", lambda real: lambda *told: real(*told[:4], told[4] + 1, *told[5:])),
    "a return that takes no tier": (tiers, "fall", lambda real: lambda *told: -1),
    "a night that lifts nobody": (tiers, "lift", lambda real: lambda *told: -1),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_loops_of_tiers_never_passes_the_gate(
    database: str, fault: str, monkeypatch: pytest.MonkeyPatch
):  # fmt: skip
    """By hand: Ann is gold with 90 to the point and loses it after a year, Ben by a return, Cleo rises by a night."""
    parts = {"units": worlds.UNITS, "rules": RULES, "tiers": {"club": CLUB["club"] | {"after_return": "immediate"}}}
    cafe = Shop(parts)
    cafe.enrol("Ann", "Ben", "Cleo")
    cafe.buy("Ann", 50_00, "2026-01-05")
    cafe.buy("Ann", 40_00, "2026-01-10")
    cafe.buy("Ben", 95_00, "2026-01-12", external_id="b")
    cafe.tell(cafe.giving_back("Ben", "b", "2026-01-20"))
    cafe.buy("Cleo", 60_00, "2026-02-01")
    lower = CLUB["club"] | {"levels": {"gold": {"name": {"en": "Gold"}, "from": 60}}}
    cafe.publish(**parts | {"tiers": {"club": lower}}, since=moment("2026-03-01"), now=moment("2026-02-20"))
    cafe.night("2026-03-02")
    cafe.buy("Ann", 60_00, "2027-01-10T09:00")  # on the day of the review, after its instant
    history = worlds.history(cafe, UNTIL)
    regimes = questions.regimes(history, book_of(cafe))
    assert gate.check(history, replayed(history, regimes)).steps == 6
    module, name, wrong = FAULTS[fault]
    monkeypatch.setattr(module, name, wrong(getattr(module, name)))
    with pytest.raises(Refusal, match="what_if_tier_differs"):
        gate.check(history, replayed(history, regimes))


def test_a_step_too_few_or_too_many_is_found(database: str):
    cafe = Shop(towers.programme(1))
    towers.live(cafe, 1)
    history = worlds.history(cafe, UNTIL)
    found = replayed(history, questions.regimes(history, book_of(cafe)))
    whole = history.ledger.climbs
    for rows in (whole.rows[:-1], np.concatenate((whole.rows, whole.rows[-1:]))):
        history.ledger.climbs = whole._replace(rows=rows)
        with pytest.raises(Refusal, match="what_if_tier_differs"):
            gate.check(history, found)


def test_thresholds_are_varied_and_moves_counted(database: str):
    """By hand: 100 euros are gold at 90, and at 100, but not at 120, and without the ladder it is as before."""
    rules = {
        "base": worlds.rule({"points": {"unit": "points", "give": 1, "per": "1.00"}}),
        "status": worlds.rule({"points": {"unit": "status", "give": 1, "per": "1.00"}}),
        "gold": worlds.rule({"multiply": {"unit": "points", "by": 2}}, **{"if": [{"tier": {"in": ["gold"]}}]}),
    }
    parts = {"units": worlds.UNITS, "rules": rules, "tiers": CLUB}
    cafe = Shop(parts)
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ann", 100_00, "2026-01-10")
    cafe.buy("Ann", 10_00, "2026-01-12")  # twice as many for gold
    cafe.buy("Ben", 10_00, "2026-01-12")
    history = worlds.history(cafe, "2026-03-05")
    axis = grids.axis("tiers.club.levels.gold.from=90,100,120")
    made = grids.valid(grids.scenarios(document(cafe.key, **parts), [axis]))
    answers = [
        questions.ask(history, book_of(cafe), Question(draft=one.programme, name="x"), progress=lambda *_: None)
        for one in made
        if one.programme is not None
    ]
    issued = [next(of for of in one.mechanical if of.unit == "points").whole.draft.issued for one in answers]
    assert issued == [130, 130, 120]
    moves = [{(each.today, each.draft): each.members for each in one.moves} for one in answers]
    assert moves == [{("", ""): 1, ("gold", "gold"): 1}] * 2 + [{("", ""): 1, ("gold", ""): 1}]
    plain = read({"units": worlds.UNITS, "rules": {"base": rules["base"]}}, cafe.key)
    (move, other) = questions.ask(
        history, book_of(cafe), Question(draft=plain, name="none"), progress=lambda *_: None
    ).moves
    assert {(move.today, move.draft), (other.today, other.draft)} == {("", ""), ("gold", "")}
