"""Objectives are set once, never changed, ended once and never deleted; the book of acts says by whom."""

import sqlite3

import msgspec
import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.engine import objectives
from guerdon.engine.adjust import Actor
from guerdon.features.objectives import actions, queries
from guerdon.kit import ids, store
from tests import shop
from tests.core.test_objectives import AOV, DORMANT

EMIL = Actor("Emil", "e" * 32, "user")
NOW = shop.moment("2026-01-05")


@pytest.fixture
def cafe(database):
    return shop.Shop()


def begin(cafe, goal=AOV, **more):
    return objectives.begin(goal, programme_id=cafe.programme_id, actor=EMIL, now=NOW, **more)


def end(cafe, id, at="2026-02-05"):
    return objectives.end(programme_id=cafe.programme_id, id=id, why="enough", actor=EMIL, now=shop.moment(at))


def test_what_is_set_is_remembered_as_it_was_told(cafe):
    one, replayed = begin(cafe)
    assert (one.goal, one.made_at, one.made_by, one.ended_at, replayed) == (AOV, NOW, "Emil", None, False)
    other, _ = begin(cafe, DORMANT)
    found = queries.page(store.current(), cafe.programme_id, most=10)
    assert [each.goal for each in found] == [DORMANT, AOV]
    assert queries.page(store.current(), cafe.programme_id, before=other.id, most=10) == [one]
    ((actor, about, _),) = [line for line in cafe.noted("objective.set") if line[1] == ids.show("objective", one.id)]
    assert (actor.kind, actor.name) == ("user", EMIL.id) and about == ids.show("objective", one.id)


def test_the_same_key_sets_it_once(cafe):
    first, _ = begin(cafe, idempotency=shop.keyed("a", route="objectives"))
    again, replayed = begin(cafe, idempotency=shop.keyed("a", route="objectives"))
    assert replayed and again == first and len(queries.open_(store.current(), cafe.programme_id)) == 1


def test_it_is_ended_once(cafe):
    one, _ = begin(cafe)
    ended = end(cafe, one.id)
    assert (ended.goal, ended.ended_by, ended.why) == (AOV, "Emil", "enough")
    assert queries.open_(store.current(), cafe.programme_id) == []
    with pytest.raises(Refusal, match="objective_ended"):
        end(cafe, one.id, "2026-02-06")
    assert queries.get(store.current(), cafe.programme_id, one.id) == ended
    assert len(cafe.noted("objective.ended")) == 1
    with pytest.raises(Refusal, match="objective_unknown"):
        end(cafe, ids.new())


def test_another_programme_knows_nothing_of_it(cafe):
    one, _ = begin(cafe)
    other = shop.Shop()
    with pytest.raises(Refusal, match="objective_unknown"):
        end(other, one.id)
    assert queries.page(store.current(), other.programme_id, most=10) == []


def test_there_are_not_endlessly_many(cafe, monkeypatch):
    monkeypatch.setattr(limits, "OBJECTIVES_OPEN_MAX", 2)
    one, _ = begin(cafe)
    begin(cafe)
    with pytest.raises(Refusal, match="objectives_too_many"):
        begin(cafe)
    end(cafe, one.id)
    begin(cafe)


@pytest.mark.parametrize(
    "change",
    [
        "SET target = 1", "SET kpi = 'churn'", "SET last = '2027-01'", "SET name = 'x'",
        "SET ended_at = ended_at + 1", "SET ended_at = NULL, ended_by = NULL, why = NULL",
    ],
)  # fmt: skip
def test_the_database_refuses_what_nobody_may_change(cafe, change):
    one, _ = begin(cafe)
    end(cafe, one.id)
    for statement in (f"UPDATE objectives_objective {change}", "DELETE FROM objectives_objective"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": 0}, {"target": -10_001}, {"first": "2026-07"}, {"name": ""}, {"base_first": "2025-01"},
        {"baseline": "months"}, {"direction": "up"}, {"measure": "some"}, {"baseline": "never"},
        {"baseline": "months", "base_first": "2025-12", "base_last": "2026-01"},
    ],
)  # fmt: skip
def test_the_database_refuses_what_is_no_objective(cafe, wrong):
    goal = msgspec.structs.replace(AOV, **wrong)
    with pytest.raises((DatabaseError, sqlite3.IntegrityError, psycopg.IntegrityError)):
        store.committed(lambda here: actions.put(here, cafe.programme_id, ids.new(), goal, by="x", now=NOW))
