"""The ledger without a database: its guard, the split of purses, and what time has done, as people read it."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest

from guerdon.core.due import ORDER
from guerdon.core.holds import Hold
from guerdon.core.ledger import Take
from guerdon.core.vesting import WAITING, Life
from guerdon.features.ledger import guard, moves, queries
from guerdon.features.ledger.guard import BrokenBooks
from guerdon.features.ledger.lots import Lots, Purse
from guerdon.features.ledger.made import MadeLot
from guerdon.features.ledger.queries import Holding, LotLine
from guerdon.kit import clock

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
DAY = timedelta(days=1)
# A batch that adds up. Ann has 10 points in the lot `old`, of which 3 are held; she spends 4 of it and earns 7, of
# which 2 repay a debt.
OPENED = {("ann", "points"): 10, ("ann", "stars"): 5}
BEFORE = {"old": 10}
POSTINGS = [
    ["ann", "burned", "cafe", "points", 1, 0, "burn", "ann", "house", 4, 6],
    ["ann", "earned", "cafe", "points", 1, 1, "earn", "house", "ann", 7, 13],
    ["ann", "repaid", "cafe", "points", 1, 2, "repay", "ann", "house", 2, 11],
]
MADE = [["ann", "new", "cafe", "points", "earned", "bag", None, 7, 5, 1]]
MOVED = [["ann", "old", 6, 3]]
ALLOCATIONS = [["ann", "a", "burned", "old", "out", 4], ["ann", "b", "repaid", "new", "out", 2]]
BALANCES = [["ann", "points", "cafe", 11, 7, 0, 4, 1], ["ann", "stars", "cafe", 5, 5, 0, 0, 0]]
# Numbers that may be others: what has expired and is not booked is in no part, and a debt is whatever it is.
FREE = {("balances", 0, 4, -1), ("balances", 0, 6, -1), ("balances", 0, 7, 1), ("balances", 0, 7, -1),
        ("balances", 1, 4, -1), ("balances", 1, 7, 1), ("made", 0, 9, 1), ("made", 0, 9, -1), ("moved", 0, 3, 1),
        ("moved", 0, 3, -1)}  # fmt: skip
LOOKED_AT = {"postings": (9, 10), "made": (7, 8, 9), "moved": (2, 3), "allocations": (5,), "balances": (3, 4, 5, 6, 7)}


def batch():
    rows = {"postings": POSTINGS, "made": MADE, "moved": MOVED, "allocations": ALLOCATIONS, "balances": BALANCES}
    copied = {name: [list(row) for row in table] for name, table in rows.items()}
    return {"opened": dict(OPENED), "before": dict(BEFORE), **copied}


def test_what_adds_up_passes():
    guard.check(**batch())


@pytest.mark.parametrize("by", [1, -1])
@pytest.mark.parametrize(
    ("table", "row", "cell"),
    [(table, row, cell) for table, cells in LOOKED_AT.items() for row in range(len(batch()[table])) for cell in cells],
)
def test_any_number_moved_by_one_is_stopped(table, row, cell, by):
    rows = batch()
    rows[table][row][cell] += by
    if (table, row, cell, by) in FREE:
        return guard.check(**rows)
    with pytest.raises(BrokenBooks):
        guard.check(**rows)


@pytest.mark.parametrize("by", [1, -1])
@pytest.mark.parametrize(
    ("table", "key"), [("opened", ("ann", "points")), ("opened", ("ann", "stars")), ("before", "old")]
)
def test_so_is_another_beginning(table, key, by):
    rows = batch()
    rows[table][key] += by
    with pytest.raises(BrokenBooks):
        guard.check(**rows)


@pytest.mark.parametrize(
    ("table", "row", "cell", "value"),
    [
        ("made", 0, 9, 6), ("made", 0, 9, -1), ("moved", 0, 3, 7), ("moved", 0, 3, -1), ("balances", 1, 6, -1),
        ("balances", 1, 5, 1), ("postings", 0, 8, "ann"), ("allocations", 0, 4, "in"), ("balances", 0, 7, -1),
        ("postings", 0, 9, 0),
    ],
)  # fmt: skip
def test_so_is_what_can_not_be(table, row, cell, value):
    """More held than is there, a part below nothing, points that move the other way."""
    rows = batch()
    rows[table][row][cell] = value
    with pytest.raises(BrokenBooks):
        guard.check(**rows)


@pytest.mark.parametrize(
    ("change", "row"),
    [(lambda rows: rows["allocations"].pop(0), "burned"), (lambda rows: rows["made"].pop(), "earned")],
)
def test_a_posting_without_its_lots_is_stopped(change, row):
    rows = batch()
    change(rows)
    with pytest.raises((BrokenBooks, KeyError)):
        guard.check(**rows)


# --- the purses ---


def purse_of(*, lives):
    """A purse with a waiting lot of 7 whose life then begins as it is told."""
    books = Lots("cafe", NOON, {"ann"}, {("ann", "points"): Purse("ann", "points", 7, 0, 7)})
    waits = MadeLot("ann", "new", WAITING, None, 7)
    lot = LotLine("new", "points", "bag", None, 7, 7, 0, NOON - DAY, WAITING, None).as_lot()
    books.keep("ann", "points", lot)
    assert books.begin("points", waits, lives) == 7
    return books.purses["ann", "points"]


@pytest.mark.parametrize(
    ("begins", "ends", "split", "fresh"),
    [
        (NOON, None, (7, 0), (NOON, None)),
        (NOON + DAY, None, (0, 7), (None, NOON + DAY)),
        (NOON - DAY, NOON + DAY, (7, 0), (NOON - DAY, NOON + DAY)),
        (NOON + DAY, NOON + 2 * DAY, (0, 7), (None, NOON + DAY)),
        (NOON - 2 * DAY, NOON + DAY, (7, 0), (NOON - 2 * DAY, NOON + DAY)),
    ],
)
def test_points_that_waited_are_split_as_their_life_says(begins, ends, split, fresh):
    """And the purse knows between which instants that is so."""
    purse = purse_of(lives=Life(begins, ends))
    assert (purse.available, purse.pending) == split
    since, until = (None if at is None else clock.micros(at) for at in fresh)
    assert (purse.fresh_from, purse.fresh_until) == (since or 0, until or clock.NEVER)
    assert purse.is_fresh(clock.micros(NOON))
    if until is not None:
        assert purse.is_fresh(until - 1) and not purse.is_fresh(until)
    if since is not None:
        assert purse.is_fresh(since) and not purse.is_fresh(since - 1)


# --- what is due, as lines of a statement ---


def line(id, unit, points, expires_at, *, begins=NOON - 9 * DAY, held=0):
    return LotLine(id, unit, "bag", None, points, points, held, NOON - 9 * DAY, begins, expires_at)


def test_what_the_night_would_book_comes_in_its_order():
    """All debts first, whichever unit they are in, then what expired; a hold that ends is no posting."""
    hold = Hold("h", "ann", "points", 3, NOON - 2 * DAY, NOON - DAY, (Take("b", 3),))
    lots = [line("a", "points", 5, NOON), line("b", "points", 7, NOON + DAY, held=3)]
    points = Holding(Purse("ann", "points", 12, 9, held=3), lots, [hold])
    stars = Holding(Purse("ann", "stars", 9, 0, 9, debt=4), [line("c", "stars", 9, NOON, begins=NOON - DAY)], [])
    found = queries._due_lines([points, stars], NOON)
    assert [(one.unit, one.kind, one.points, one.balance, one.effective_at) for one in found] == [
        ("stars", "repay", -4, 5, NOON - DAY), ("points", "expire", -5, 7, NOON), ("stars", "expire", -5, 0, NOON),
    ]  # fmt: skip
    assert [ORDER[one.kind] for one in found] == sorted(ORDER[one.kind] for one in found)
    assert [(lot.remaining, lot.held) for lot in points.left(NOON)] == [(0, 0), (7, 0)]
    assert [lot.remaining for lot in stars.left(NOON)] == [0]
    assert [(lot.remaining, lot.held) for lot in points.left(NOON - DAY)] == [(5, 0), (7, 0)]
    assert [lot.held for lot in points.left(NOON - 2 * DAY)] == [0, 3]


class Rows:
    """A store that answers these rows."""

    def __init__(self, *rows):
        self.rows = rows

    def fetch(self, statement, **facts):
        return list(self.rows)

    def reading(self):
        return contextlib.nullcontext()


def test_the_lots_behind_a_posting_come_first_expiring_first():
    def row(lot, earned, ends):
        at = [
            clock.micros(NOON + earned * DAY),
            clock.micros(NOON),
            None if ends is None else clock.micros(NOON + ends * DAY),
        ]
        return ("p", "out", 5, lot, "bag", None, *at)

    rows = [
        row("never", -9, None),
        row("late", -8, 9),
        row("soon", -1, 2),
        row("older", -10, None),
        row("as_soon", 0, 2),
    ]
    found = moves.of_postings(Rows(*rows), "ann", ["p"])
    assert [one.lot for one in found["p"]] == ["as_soon", "soon", "late", "older", "never"]


def test_postings_of_an_entry_are_lines_of_the_statement():
    def row(kind, amount, part):
        return (
            7,
            part,
            f"p{part}",
            "points",
            kind,
            amount,
            50,
            "act",
            clock.micros(NOON),
            clock.micros(NOON + DAY),
            None,
        )

    found = moves.of_entry(Rows(row("burn", 5, 0), row("earn", 9, 1)), "ann", 7)
    assert [(one.kind, one.points, one.balance, one.part) for one in found] == [("burn", -5, 50, 0), ("earn", 9, 50, 1)]
    assert (found[0].effective_at, found[0].posted_at, found[0].unit) == (NOON, NOON + DAY, "points")


def test_of_nobody_there_is_nothing():
    assert queries.balances_of(Rows(), "cafe", ["ann"], NOON) == ({}, 0)


def test_several_versions_are_told_beside_the_balances():
    cells = (5, 5, 0, 0, 0, 0, clock.NEVER)
    rows = [(3, "ann", None, "a", "points", *cells), (3, "ben", "h", "b", None, *[None] * 7)]
    found, versions = queries.balances_of(Rows(*rows), "cafe", ["ann", "ben"], NOON)
    assert versions == 3 and [(one.unit, one.available) for one in found["ann"][0]] == [("points", 5)]
    assert found["ann"][1] is None and found["ben"] == ([], "h")


@pytest.mark.parametrize(("newest", "order"), [(False, ["repay", "expire"]), (True, ["expire", "repay"])])
def test_the_latest_comes_first_where_that_is_asked_for(monkeypatch, newest, order):
    lots = [line("a", "points", 5, NOON, begins=NOON - DAY), line("b", "points", 7, None, begins=NOON - DAY)]
    holding = Holding(Purse("ann", "points", 12, 0, 12, debt=2), lots, [])
    monkeypatch.setattr(queries, "_holdings", lambda store, account: [holding])
    booked, due = queries.statement(Rows(), "ann", NOON, seq=0, part=0, most=5, newest=newest)
    assert booked == [] and [one.kind for one in due] == order


@pytest.mark.parametrize(
    ("most", "person", "due"), [(2, None, ["expire"]), (1, None, []), (2, "p", []), (1, "p", [])]
)  # fmt: skip
def test_what_is_due_ends_the_last_page_of_an_account_and_is_nobodys(monkeypatch, most, person, due):
    holding = Holding(Purse("ann", "points", 5, 0, 5), [line("a", "points", 5, NOON, begins=NOON - DAY)], [])
    monkeypatch.setattr(queries, "_holdings", lambda store, account: [holding])
    row = (1, 0, "p1", "points", "earn", 5, 5, "act", 0, 0, None)
    _, found = queries.statement(Rows(row), "ann", NOON, seq=0, part=0, most=most, person_id=person)
    assert [one.kind for one in found] == due


def test_how_many_the_night_will_look_at():
    assert queries.count_due(Rows((3,)), "prg", NOON) == 3
