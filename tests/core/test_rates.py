"""The law of rates told beside the file: which one a day has, and what a bank's quote means."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import money, rates
from guerdon.core.errors import Refusal
from guerdon.core.programme import Rate

DAYS = st.dates().map(lambda day: day.isoformat())
TABLES = st.lists(st.tuples(DAYS, st.integers(1, 99)), max_size=8, unique_by=lambda one: one[0]).map(
    lambda rows: sorted((Rate(day, home, 100) for day, home in rows), key=lambda rate: rate.start)
)


@given(DAYS, TABLES, TABLES)
def test_the_latest_that_had_begun_counts_and_of_one_day_the_told_one(day, of_file, told):
    begun = [rate for rate in (*of_file, *told) if rate.start <= day]
    if not begun:
        with pytest.raises(LookupError):
            rates.latest(day, of_file, told)
        return
    found = rates.latest(day, of_file, told)
    assert found.start == max(rate.start for rate in begun)
    assert found in told or found.start not in {rate.start for rate in told}


@given(DAYS, TABLES, TABLES)
def test_what_was_decided_by_a_rate_is_decided_by_it_again(day, of_file, told):
    """The rate that stands in a decision, told alone beside the same file, is found again."""
    try:
        found = rates.latest(day, of_file, told)
    except LookupError:
        return
    assert rates.latest(day, of_file, [found]) == found


@given(st.sampled_from(["USD", "JPY", "KWD"]), st.integers(1, 10**9))
def test_a_quote_is_exact(currency, millionths):
    text = money.plain(millionths, 6)
    rate = rates.quoted(home="EUR", currency=currency, day="2026-01-05", units_of_one=text)
    one_home, one_unit = Fraction(rate.home, 100), Fraction(rate.units, 10 ** money.decimals(currency))
    assert one_unit / one_home == Fraction(millionths, 10**6)
    rates.check([rate], home="EUR", today=date(2026, 1, 5))


@pytest.mark.parametrize(
    ("told", "pointer", "reason"),
    [
        ([("USD", "2026-01-05", 1), ("USD", "2026-01-05", 2)], "/rates/1", "rate_twice"),
        ([("USD", "2026-01-05", 1), ("USD", "2026-01-05", 1)], "/rates/1", "rate_twice"),
        ([("USD", "1969-12-31", 1)], "/rates/0/day", "day_far_off"),
        ([("USD", "2026-01-05", 1), ("USD", "2027-01-07", 1)], "/rates/1/day", "day_far_off"),
        ([("USD", "2026-1-5", 1)], "/rates/0/day", "not_a_day"),
        ([("EUR", "2026-01-05", 1)], "/rates/0/currency", "not_foreign"),
    ],
)
def test_what_can_be_told_at_once(told, pointer, reason):
    table = [rates.ToldRate(currency, day, home, 1) for currency, day, home in told]
    with pytest.raises(Refusal) as refused:
        rates.check(table, home="EUR", today=date(2026, 1, 5))
    assert refused.value.facts == {"pointer": pointer, "reason": reason}
    days = [rates.ToldRate(*row, 1, 1) for row in (("USD", "1970-01-01"), ("USD", "2027-01-06"), ("JPY", "2027-01-06"))]
    rates.check(days, home="EUR", today=date(2026, 1, 5))


@pytest.mark.parametrize("text", ["0", "-1.05", "abc", "1.0000001", ""])
def test_what_is_no_quote_is_refused(text):
    with pytest.raises(Refusal, match="money_invalid"):
        rates.quoted(home="EUR", currency="USD", day="2026-01-05", units_of_one=text)
