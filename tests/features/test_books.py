"""The ledger of one batch: what is booked does not depend on the order in which the database told its rows."""

from datetime import UTC, datetime

import pytest

from guerdon.features.ledger.actions import Books
from guerdon.features.ledger.lots import Purse
from guerdon.kit import ids

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
ANN = ids.new()


@pytest.mark.parametrize("units", [("points", "stamps"), ("stamps", "points")])
def test_purses_come_in_the_order_of_units(units):
    """So debts are repaid in it, too: the engine goes through them as they come."""
    books = Books(ids.new(), NOON, {(ANN, unit): Purse(ANN, unit, 10, 10, debt=4) for unit in units})
    assert [purse.unit for purse in books.purses_of(ANN)] == ["points", "stamps"]
