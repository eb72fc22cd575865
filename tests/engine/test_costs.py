"""The cost book is told and taken back, never changed nor deleted; the book of acts says by whom, not how much."""

import sqlite3
from datetime import date, timedelta

import msgspec
import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.core.kpis import Span
from guerdon.engine import costs
from guerdon.engine.adjust import Actor
from guerdon.features.costs import actions, queries
from guerdon.kit import ids, store
from tests import shop
from tests.core.test_cost_book import AGENCY, YEAR

EMIL = Actor("Emil", "e" * 32, "user")
NOW = shop.moment("2026-11-05")
REFUSED = (DatabaseError, sqlite3.IntegrityError, psycopg.IntegrityError)


@pytest.fixture
def cafe(database):
    return shop.Shop()


def tell(cafe, entry=AGENCY, **more):
    return costs.tell(entry, programme_id=cafe.programme_id, actor=EMIL, now=NOW, **more)


def reverse(cafe, id, at="2026-11-06", **more):
    now = shop.moment(at)
    return costs.reverse(programme_id=cafe.programme_id, id=id, why="wrong month", actor=EMIL, now=now, **more)


def counting(cafe, since, until):
    return [one.entry for one in queries.on_days(store.current(), cafe.programme_id, Span(since, until))]


def test_what_is_told_is_remembered_as_it_was_told(cafe):
    one, replayed = tell(cafe)
    assert (one.entry, one.told_at, one.told_by, one.reversal, replayed) == (AGENCY, NOW, "Emil", None, False)
    of_rule = msgspec.structs.replace(YEAR, rule="base", store="Sofia")
    other, _ = tell(cafe, of_rule)
    assert [each.entry for each in queries.page(store.current(), cafe.programme_id, most=9)] == [of_rule, AGENCY]
    assert queries.page(store.current(), cafe.programme_id, before=other.id, most=9) == [one]
    lines = cafe.noted("cost.told")
    assert [(actor.kind, actor.name, about) for actor, about, _ in lines].count(
        ("user", EMIL.id, ids.show("cost", one.id))
    ) == 1  # fmt: skip


def test_the_book_of_acts_does_not_tell_the_money(cafe):
    tell(cafe, msgspec.structs.replace(AGENCY, amount=987_654_321))
    reverse(cafe, queries.page(store.current(), cafe.programme_id, most=1)[0].id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM kit_audit WHERE action LIKE 'cost.%'")
        rows = cursor.fetchall()
    assert len(rows) >= 2 and "987654321" not in str(rows) and "wrong month" in str(rows)


def test_an_entry_counts_on_its_days_alone(cafe):
    tell(cafe)
    day = timedelta(1)
    assert counting(cafe, AGENCY.first - day, AGENCY.first) == counting(cafe, AGENCY.until, AGENCY.until + day) == []
    assert counting(cafe, AGENCY.first, AGENCY.first + day) == counting(cafe, AGENCY.until - day, AGENCY.until)
    assert counting(cafe, date(2026, 1, 1), date(2027, 1, 1)) == [AGENCY]


def test_it_is_taken_back_once_and_counts_no_more(cafe):
    one, _ = tell(cafe)
    back, _ = reverse(cafe, one.id)
    assert (back.entry, back.reversal.told_by, back.reversal.why) == (AGENCY, "Emil", "wrong month")
    assert back.reversal.id != one.id and back.reversal.told_at == shop.moment("2026-11-06")
    assert counting(cafe, AGENCY.first, AGENCY.until) == []
    with pytest.raises(Refusal, match="cost_reversed"):
        reverse(cafe, one.id)
    assert queries.get(store.current(), cafe.programme_id, one.id) == back
    assert len(cafe.noted("cost.reversed")) == 1
    for nothing in (ids.new(), back.reversal.id):  # what takes back is itself not taken back
        with pytest.raises(Refusal, match="cost_unknown"):
            reverse(cafe, nothing)


def test_the_same_key_writes_it_once(cafe):
    first, _ = tell(cafe, idempotency=shop.keyed("a", route="costs"))
    again, replayed = tell(cafe, idempotency=shop.keyed("a", route="costs"))
    assert replayed and again == first and queries.count(store.current(), cafe.programme_id) == 1
    key = shop.keyed("b", route="reverse")
    back, _ = reverse(cafe, first.id, idempotency=key)
    assert reverse(cafe, first.id, idempotency=key) == (back, True)


def test_another_programme_knows_nothing_of_it(cafe):
    one, _ = tell(cafe)
    other = shop.Shop()
    with pytest.raises(Refusal, match="cost_unknown"):
        reverse(other, one.id)
    assert queries.page(store.current(), other.programme_id, most=9) == []
    with pytest.raises(REFUSED):  # nor does the database let it
        store.committed(
            lambda here: actions.reverse(here, other.programme_id, one.id, ids.new(), why="x", by="x", now=NOW)
        )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"rule": "never"}, "cost_rule_unknown"), ({"currency": "XYZ"}, "currency_unknown"),
        ({"until": AGENCY.first}, "cost_days_invalid"),
    ],
)  # fmt: skip
def test_what_is_refused(cafe, changed, code):
    with pytest.raises(Refusal, match=code):
        tell(cafe, msgspec.structs.replace(AGENCY, **changed))
    assert queries.count(store.current(), cafe.programme_id) == 0


def test_a_rule_of_an_earlier_version_is_known(cafe):
    cafe.publish(since=shop.moment("2026-06-01"), now=shop.moment("2026-05-01"), rules={"other": shop.BASE})
    for rule in ("base", "other"):
        tell(cafe, msgspec.structs.replace(AGENCY, rule=rule))


def test_there_are_not_endlessly_many(cafe, monkeypatch):
    monkeypatch.setattr(limits, "COSTS_MAX", 2)
    one, _ = tell(cafe)
    tell(cafe)
    reverse(cafe, one.id)
    with pytest.raises(Refusal, match="costs_too_many"):
        tell(cafe)


@pytest.mark.parametrize("change", ["amount = 1", "kind = 'media'", "until = until + 1", "note = 'x'", "told_by = 'x'"])
def test_the_database_refuses_to_change_what_was_told(cafe, change):
    one, _ = tell(cafe)
    reverse(cafe, one.id)
    for statement in (
        f"UPDATE costs_entry SET {change}", "DELETE FROM costs_entry", "UPDATE costs_reversal SET why = 'x'",
        "DELETE FROM costs_reversal",
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0}, {"amount": -1}, {"amount": limits.MONEY_MAX + 1}, {"kind": "gift"}, {"note": ""},
        {"currency": "EURO"}, {"until": AGENCY.first}, {"until": AGENCY.first + timedelta(limits.COST_DAYS_MAX + 1)},
    ],
)  # fmt: skip
def test_the_database_refuses_what_is_no_entry(cafe, wrong):
    entry = msgspec.structs.replace(AGENCY, **wrong)
    with pytest.raises(REFUSED):
        store.committed(lambda here: actions.put(here, cafe.programme_id, ids.new(), entry, by="x", now=NOW))


def test_the_database_refuses_to_take_back_twice(cafe):
    one, _ = tell(cafe)
    reverse(cafe, one.id)
    for why in ("again", ""):
        with pytest.raises(REFUSED):
            store.committed(
                lambda here, why=why: actions.reverse(
                    here, cafe.programme_id, one.id, ids.new(), why=why, by="x", now=NOW
                )
            )
