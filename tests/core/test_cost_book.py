"""The cost book by hand: parts of days, months beside what is known, what campaigns have to bring in again."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import cost_book as law
from guerdon.core import limits
from guerdon.core.cost_book import Count, Entry, Line, Told, Total
from guerdon.core.errors import Refusal
from guerdon.core.kpis import Span

AGENCY = Entry("agency", 80_000, "EUR", date(2026, 10, 1), date(2026, 11, 1), "Autumn")
YEAR = Entry("technology", 36_500, "EUR", date(2026, 1, 1), date(2027, 1, 1), "Platform")
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def test_a_month_has_the_share_of_its_days():
    assert [law.part(YEAR, law.month(f"2026-{month:02}")) for month in (1, 2, 12)] == [3_100, 2_800, 3_100]
    assert law.part(YEAR, law.month("2025-12")) == law.part(YEAR, law.month("2027-01")) == 0
    assert law.part(AGENCY, law.month("2026-10")) == 80_000


def test_ten_cents_of_three_days_are_three_three_and_four():
    """Up to a day it is rounded down: 3, 6, 10; a day has the difference."""
    entry = Entry("other", 10, "EUR", date(2026, 1, 1), date(2026, 1, 4), "x")
    days = [Span(date(2026, 1, day), date(2026, 1, day + 1)) for day in (1, 2, 3)]
    assert [law.part(entry, day) for day in days] == [3, 3, 4]


@given(st.integers(1, limits.MONEY_MAX), DAYS, st.integers(1, limits.COST_DAYS_MAX), st.lists(DAYS, max_size=8))
def test_however_days_are_cut_the_parts_come_to_all_of_it(amount, first, days, cuts):
    entry = Entry("staff", amount, "EUR", first, first + timedelta(days), "x")
    borders = sorted({*cuts, first - timedelta(3), entry.until + timedelta(3)})
    borders = [day for day in borders if first - timedelta(3) <= day <= entry.until + timedelta(3)]
    parts = [law.part(entry, Span(since, until)) for since, until in pairwise(borders)]
    assert sum(parts) == amount and min(parts) >= 0


def test_months_tell_what_was_told_beside_what_is_known_and_what_both_come_to():
    funding = Entry("funding", 5_000, "EUR", date(2026, 10, 1), date(2026, 11, 1), "by a roaster")
    abroad = Entry("media", 700, "USD", date(2026, 10, 31), date(2026, 11, 2), "x")
    lines = law.told([AGENCY, funding, abroad, AGENCY], ["2026-10", "2026-11"])
    assert lines == [
        Line("2026-10", "told", "cost", "media", "", "USD", 1, 350),
        Line("2026-10", "told", "cost", "agency", "", "EUR", 2, 160_000),
        Line("2026-10", "told", "income", "funding", "", "EUR", 1, 5_000),
        Line("2026-11", "told", "cost", "media", "", "USD", 1, 350),
    ]
    counts = [
        Count("letters", "", "EUR", 40, None), Count("campaign_points", "points", "EUR", 900, 900),
        Count("memberships", "plus", "EUR", 2, 1_998), Count("rewards", "merchandise", "EUR", 3, 1_200),
    ]  # fmt: skip
    known = law.known("2026-10", counts)
    assert [(one.kind, one.side) for one in known] == [
        ("rewards", "cost"), ("memberships", "income"), ("campaign_points", "aside"), ("letters", "aside"),
    ]  # fmt: skip
    assert law.totals([*lines, *known]) == [
        Total("2026-10", "EUR", 161_200, 6_998, True), Total("2026-10", "USD", 350, 0, True),
        Total("2026-11", "USD", 350, 0, True),
    ]  # fmt: skip
    assert Total("2026-10", "EUR", 161_200, 6_998, True).net == 154_202
    missing = law.known("2026-10", [Count("points", "beans", "EUR", 5, None)])
    assert law.totals([*lines, *missing])[0] == Total("2026-10", "EUR", 160_000, 5_000, False)


def test_campaigns_have_to_bring_in_what_is_for_them_and_for_the_whole_programme():
    def entry(kind, amount, rule="", currency="EUR", store=""):
        return Entry(kind, amount, currency, date(2026, 10, 1), date(2026, 11, 1), "x", rule, store)

    entries = [
        entry("agency", 31), entry("media", 62, "twice"), entry("media", 100, "base"), entry("funding", 50),
        entry("staff", 93, currency="USD"), entry("media", 31, store="Sofia"),
    ]  # fmt: skip
    days = Span(date(2026, 10, 1), date(2026, 10, 2))
    assert law.of_campaigns(entries, days, "EUR", {"twice"}) == (Told("media", 3), Told("agency", 1))
    assert law.of_campaigns(entries, Span(date(2026, 11, 1), date(2026, 12, 1)), "EUR", {"twice"}) == ()


@pytest.mark.parametrize("days", [0, -1, limits.COST_DAYS_MAX + 1])
def test_days_that_are_none_or_too_many_are_refused(days):
    first = date(2026, 1, 1)
    with pytest.raises(Refusal, match="cost_days_invalid"):
        law.check(Entry("other", 1, "EUR", first, first + timedelta(days), "x"))
    law.check(Entry("other", 1, "EUR", first, first + timedelta(limits.COST_DAYS_MAX), "x"))
