"""Numbers of managers: a change is computed from what was counted."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from guerdon.core import kpis, limits
from guerdon.core.errors import Refusal
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


def test_where_nobody_bought_there_is_no_frequency():
    sheet = Sheet(levels={("purchases_30", ""): 0})
    (said,) = [one for one in kpis.evaluate(sheet, PROGRAMME, stores=0) if one.kpi == "purchase_frequency"]
    assert said.value is None


UNITS = {
    "points": SimpleNamespace(code="points", spendable=True, worth=SimpleNamespace(points=100, amount=50), scale=0),
    "status": SimpleNamespace(code="status", spendable=False, worth=None, scale=0),
}
LADDER = SimpleNamespace(key="club", levels=[SimpleNamespace(key="silver"), SimpleNamespace(key="gold")])
CAFE: Any = SimpleNamespace(currency="EUR", units=UNITS, tiers=(LADDER,), plans={"plus": None})


def numbers(stores=0, **sheet):
    return {(one.kpi, one.of): one.value for one in kpis.evaluate(Sheet(**sheet), CAFE, stores=stores)}


def test_every_number_is_what_was_counted():
    flows = {
        ("enrolled", ""): 4,
        ("purchases", "EUR"): 3,
        ("purchases", "USD"): 1,
        ("spend", "EUR"): 1_000,
        ("spend", "USD"): 70,
        ("returned", "EUR"): 101,
        ("returned", "TRY"): 5,
        ("earn", "points"): 200,
        ("burn", "points"): -50,
        ("expire", "points"): -7,
    }
    levels = {
        ("members", ""): 9,
        ("active_30", ""): 5,
        ("active_1", ""): 2,
        ("purchases_30", ""): 7,
        ("buyers_30", ""): 3,
        ("open_redemptions", ""): 6,
        ("tier", "club/gold"): 1,
        ("plan", "plus"): 8,
    }
    found = numbers(flows=flows, levels=levels, outstanding={"points": 301}, expiring={"points": 12})
    assert found == {
        ("active_members", ""): 5,
        ("active_on_last_day", ""): 2,
        ("new_members", ""): 4,
        ("purchases", ""): 4,
        ("revenue", "EUR"): 899,
        ("revenue", "USD"): 70,
        ("revenue", "TRY"): -5,
        ("average_order_value", "EUR"): 300,
        ("average_order_value", "USD"): 70,
        ("average_order_value", "TRY"): None,
        ("purchase_frequency", ""): 233,
        ("points_issued", "points"): 200,
        ("points_redeemed", "points"): 50,
        ("points_expired", "points"): 7,
        ("redemption_rate", "points"): 25_00,
        ("points_outstanding", "points"): 301,
        ("outstanding_worth", "points"): 150,
        ("expiring_soon", "points"): 12,
        ("open_redemptions", ""): 6,
        ("tier_members", "club/silver"): 0,
        ("tier_members", "club/gold"): 1,
        ("plan_members", "plus"): 8,
    }


def test_what_nobody_counted_is_nothing_or_not_known():
    found = numbers()
    assert found["tier_members", "club/gold"] is found["plan_members", "plus"] is found["open_redemptions", ""] is None
    assert found["new_members", ""] == found["purchases", ""] == found["revenue", "EUR"] == 0
    assert found["points_outstanding", "points"] == found["active_on_last_day", ""] == 0


def test_a_store_has_less_and_several_have_no_members_of_their_own():
    one, several = {kpi for kpi, _ in numbers(stores=1)}, {kpi for kpi, _ in numbers(stores=2)}
    assert {key for key, known in kpis.KPIS.items() if known.whole} == set(kpis.KPIS) - one
    assert one - several == {key for key, known in kpis.KPIS.items() if known.different and not known.whole}


def test_stretches_of_days():
    days = kpis.Span(date(2026, 1, 30), date(2026, 2, 10))
    assert kpis.compared(days, "previous_period") == kpis.Span(date(2026, 1, 19), date(2026, 1, 30))
    assert kpis.compared(days, "previous_year") == kpis.Span(date(2025, 1, 30), date(2025, 2, 10))
    assert [one.since.day for one in kpis.buckets(days, "week")] == [30, 2, 9]
    assert [(one.since.month, one.until.day) for one in kpis.buckets(days, "month")] == [(1, 1), (2, 10)]
    assert [one.days for one in kpis.buckets(days, "day")] == [1] * 11


def test_a_stretch_is_at_least_a_day_and_not_too_long():
    first = date(2026, 1, 1)
    for days in (1, limits.FIGURES_DAYS_MAX):
        kpis.check(kpis.Span(first, first + timedelta(days=days)))
    for days in (0, -1, limits.FIGURES_DAYS_MAX + 1):
        with pytest.raises(Refusal, match="figures_period_invalid"):
            kpis.check(kpis.Span(first, first + timedelta(days=days)))


def test_a_number_is_known_by_its_key():
    assert kpis.kpi("purchases") is kpis.KPIS["purchases"]
    with pytest.raises(Refusal, match="kpi_unknown"):
        kpis.kpi("happiness")


def test_what_was_looked_at_and_not_there_is_nothing():
    """A tier that nobody has is 0 as soon as somebody has counted members, and not known before."""
    found = numbers(levels={("members", ""): 0})
    assert found["tier_members", "club/silver"] == found["tier_members", "club/gold"] == 0
    assert found["plan_members", "plus"] == 0
    assert numbers(levels={("tier", "club/gold"): 4})["tier_members", "club/gold"] is None
    assert numbers(levels={("members", ""): 9, ("tier", "club/gold"): 4})["tier_members", "club/gold"] == 4
