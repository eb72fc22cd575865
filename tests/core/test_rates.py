"""The law of rates told beside the file: which one a day has, and what a bank's quote means."""

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
    rates.check([rate], home="EUR")


@pytest.mark.parametrize("text", ["0", "-1.05", "abc", "1.0000001", ""])
def test_what_is_no_quote_is_refused(text):
    with pytest.raises(Refusal, match="money_invalid"):
        rates.quoted(home="EUR", currency="USD", day="2026-01-05", units_of_one=text)
