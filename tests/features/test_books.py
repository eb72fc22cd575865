"""The ledger of one batch: what is booked does not depend on the order in which the database told its rows."""

from datetime import UTC, datetime, timedelta

import pytest

from guerdon.core.ledger import Lot, Take
from guerdon.core.vesting import WAITING, Life
from guerdon.features.ledger.actions import Books, Cause
from guerdon.features.ledger.guard import BrokenBooks
from guerdon.features.ledger.lots import Purse
from guerdon.features.ledger.made import MadeLot
from guerdon.kit import clock, ids
from tests import shop

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
ANN = ids.new()


@pytest.mark.parametrize("units", [("points", "stamps"), ("stamps", "points")])
def test_purses_come_in_the_order_of_units(units):
    """So debts are repaid in it, too: the engine goes through them as they come."""
    books = Books(ids.new(), NOON, {ANN}, {(ANN, unit): Purse(ANN, unit, 10, 10, debt=4) for unit in units})
    assert [purse.unit for purse in books.purses_of(ANN)] == ["points", "stamps"]


def test_nobody_moves_the_points_of_an_account_that_is_not_locked():
    books = Books(ids.new(), NOON, {ANN}, {})
    with pytest.raises(BrokenBooks, match="not in these hands"):
        books.purse(ids.new(), "points")


# --- the guard: a deliberately wrong write is stopped ---


def _books() -> Books:
    """Ann has 10 points, spends 4 and earns 7."""
    books = Books(ids.new(), NOON, {ANN}, {(ANN, "points"): Purse(ANN, "points", 10, 10)})
    lot = Lot(ids.new(), ids.new(), 10, 0, NOON, NOON, None)
    books.keep(ANN, "points", lot)
    cause = Cause(ANN, ids.new(), 1, NOON)
    books.debit("burn", cause, unit="points", takes=[Take(lot.id, 4)], at=NOON)
    books.credit("earn", cause, unit="points", points=7, available_at=NOON, expires_at=None)
    return books


def _no_allocation(books: Books) -> None:
    books._allocations.clear()


def _posting_changed(books: Books) -> None:
    row = list(books.postings[1])
    row[9] = 8
    books.postings[1] = tuple(row)


def _posting_lost(books: Books) -> None:
    del books.postings[1]


def _lot_lost(books: Books) -> None:
    del books._moved[list(books._moved)[-1]]


def _lot_refilled(books: Books) -> None:
    next(iter(books._moved.values())).remaining += 4


def _balance_raised(books: Books) -> None:
    books.purse(ANN, "points").balance += 1


def _more_available(books: Books) -> None:
    books.purse(ANN, "points").available += 1


def _below_zero(books: Books) -> None:
    purse = books.purse(ANN, "points")
    purse.available, purse.pending = -1, 1


WRONGS = (
    _no_allocation, _posting_changed, _posting_lost, _lot_lost, _lot_refilled, _balance_raised, _more_available,
    _below_zero,
)  # fmt: skip


def test_what_adds_up_is_written():
    tables = {table.name: rows for table, rows in _books().rows()}
    assert len(tables["ledger_posting"]) == 2 and len(tables["ledger_allocation"]) == 1


def test_postings_of_an_entry_are_numbered():
    tables = {table.name: rows for table, rows in _books().rows()}
    assert [(row[5], row[6], row[9], row[10]) for row in tables["ledger_posting"]] == [
        (0, "burn", 4, 6),
        (1, "earn", 7, 13),
    ]


def test_what_has_expired_is_booked_at_its_end_and_what_follows_in_its_own_time():
    """And it is known of the award: of what a return takes back, what already expired counts as taken (LAW 4.3)."""
    ended = NOON - timedelta(days=3)
    books = Books(ids.new(), NOON, {ANN}, {(ANN, "points"): Purse(ANN, "points", 10, 0)})
    lot = Lot(ids.new(), ids.new(), 10, 0, ended - timedelta(days=30), ended - timedelta(days=30), ended)
    books.keep(ANN, "points", lot)
    cause = Cause(ANN, ids.new(), 1, NOON)
    assert books.expire(cause, unit="points") == {"expire": 10}
    books.credit("earn", cause, unit="points", points=7, available_at=NOON, expires_at=None)
    expired, earned = {table.name: rows for table, rows in books.rows()}["ledger_posting"]
    assert clock.micros(ended) in expired and clock.micros(ended) not in earned
    assert books.expired == {(ANN, lot.origin, "points"): 10}


@pytest.mark.parametrize("spent", [0, 3])
def test_a_lot_whose_life_begins_is_written_once(spent):
    """What moved in it stands in the row of its life; other lots that moved have rows of their own."""
    books = Books(ids.new(), NOON, {ANN}, {(ANN, "points"): Purse(ANN, "points", 15, 5, 10)})
    waits = Lot(ids.new(), ids.new(), 10, 0, NOON, WAITING, None)
    other = Lot(ids.new(), ids.new(), 5, 0, NOON, NOON, None)
    for lot in (waits, other):
        books.keep(ANN, "points", lot)
    assert books.begin("points", MadeLot.of(ANN, waits), Life(NOON, None)) == 10
    cause = Cause(ANN, ids.new(), 1, NOON)
    if spent:
        books.debit("burn", cause, unit="points", takes=[Take(waits.id, spent), Take(other.id, 1)], at=NOON)
    rows = [row for table, found in books.rows() if table.name == "ledger_lot" for row in found]
    assert sorted(row[1] for row in rows) == sorted([waits.id, *([other.id] if spent else [])])
    assert {row[1]: row[2] for row in rows} == {waits.id: 10 - spent} | ({other.id: 4} if spent else {})


@pytest.mark.parametrize("wrong", WRONGS, ids=lambda wrong: wrong.__name__.strip("_"))
def test_a_wrong_write_is_stopped(wrong):
    books = _books()
    wrong(books)
    with pytest.raises(BrokenBooks):
        books.rows()


def test_a_purchase_that_would_be_booked_wrongly_leaves_nothing(database, monkeypatch):
    """The whole way: the mistake is ours, so the caller gets no answer, and nothing of the batch is kept."""
    cafe = shop.Shop()
    cafe.enrol("Ann")
    right = Books._post

    def wrong(self, kind, cause, purse, change):  # type: ignore[no-untyped-def]
        purse.balance += 1
        return right(self, kind, cause, purse, change)

    monkeypatch.setattr(Books, "_post", wrong)
    with pytest.raises(BrokenBooks):
        cafe.buy("Ann", 1000)
    monkeypatch.undo()
    assert cafe.count("activities_activity") == cafe.count("ledger_posting") == 0
    assert cafe.audit() == []
