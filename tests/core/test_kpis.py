"""Numbers of managers: a change is computed from what was counted."""

from types import SimpleNamespace
from typing import Any

import pytest

from guerdon.core import kpis
from guerdon.core.kpis import Sheet, Value

PROGRAMME: Any = SimpleNamespace(currency="EUR", units={}, tiers=(), plans={})


def frequency(times: int, buyers: int) -> Value:
    sheet = Sheet(levels={("purchases_30", ""): times, ("buyers_30", ""): buyers})
    return next(one for one in kpis.evaluate(sheet, PROGRAMME, stores=0) if one.kpi == "purchase_frequency")


@pytest.mark.parametrize(
    ("now", "before", "shown", "change"),
    [
        ((6, 5), (7, 6), (120, 117), 286),  # 1.2 against 1.1666…; 256 of what is shown
        ((1001, 1000), (1, 1), (100, 100), 10),
        ((1, 3), (2, 3), (33, 67), -50_00),
        ((1, 8), (1, 8), (13, 13), 0),
    ],
)
def test_a_change_is_that_of_what_was_counted_and_not_of_what_is_shown(now, before, shown, change):
    one, other = frequency(*now), frequency(*before)
    assert (one.value, other.value) == shown and kpis.change(one, other) == change


@pytest.mark.parametrize(("now", "before"), [((1, 0), (1, 1)), ((1, 1), (0, 1)), ((1, 1), (1, 0))])
def test_nothing_is_said_of_a_change_from_nothing(now, before):
    assert kpis.change(frequency(*now), frequency(*before)) is None
    assert kpis.change(frequency(1, 1), None) is None
