"""The ledger of one batch: what is posted does not depend on the order in which the database told its rows."""

from datetime import UTC, datetime, timedelta

import pytest

from guerdon.core.ledger import Lot
from guerdon.features.ledger.actions import Books, Cause
from guerdon.features.ledger.queries import Purse
from guerdon.kit import ids

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
ANN = ids.new()


@pytest.mark.parametrize("units", [("points", "stamps"), ("stamps", "points")])
def test_debts_are_repaid_in_the_order_of_units(units):
    books = Books(ids.new(), NOON, {(ANN, unit): Purse(ANN, unit, 10, 10, debt=4) for unit in units})
    for unit in units:
        vested = NOON - timedelta(days=1)
        books.keep(ANN, unit, Lot(ids.new(), ids.new(), 10, 0, vested, vested, None))
    assert list(books.repay_vested(Cause(ANN, ids.new(), 1, NOON))) == ["points", "stamps"]
    assert [purse.unit for purse in books.purses_of(ANN)] == ["points", "stamps"]
