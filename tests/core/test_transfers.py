"""The law of transfers: fees, limits and the life of offers."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil, floor
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import rules, transfers
from guerdon.core.errors import Refusal
from guerdon.core.grammar.shapes import At, Scope
from guerdon.core.grammar.transfers import Percent
from guerdon.core.transfers import Fee, Transfers


@given(
    st.integers(0, 10**9), st.integers(0, 10_000), st.sampled_from(("up", "down")), st.integers(1, 10**15)
)  # fmt: skip
def test_a_fee_is_its_points_and_its_percentage_rounded_once(fixed, percent, rounding, points):
    whole = ceil if rounding == "up" else floor
    assert Fee(fixed, percent, rounding).of(points) == fixed + whole(Fraction(points * percent, 10_000))


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 40), st.sampled_from("BC")), max_size=30))
def test_no_window_is_ever_overshot(deeds):
    policy = Transfers(caps=rules.Caps(day=50, month=200), per_pair=rules.Caps(week=70))
    counted: dict[tuple[str, str], int] = {}
    gone: list[tuple[date, str, int]] = []
    for points, later, to in deeds:
        day = date(2026, 1, 1) + timedelta(days=later)
        try:
            counts = transfers.within(
                policy, unit="points", to=to, points=points, day=day,
                so_far=lambda key, window: counted.get((key, window), 0),
            )  # fmt: skip
        except Refusal as refusal:
            assert refusal.facts["left"] < points
            continue
        for count in counts:
            counted[count.key, count.window] = counted.get((count.key, count.window), 0) + count.add
        gone.append((day, to, points))
    for day, to, _ in gone:
        assert sum(points for when, _, points in gone if when == day) <= 50
        assert sum(points for when, _, points in gone if (when.year, when.month) == (day.year, day.month)) <= 200
        week = [points for when, whom, points in gone if whom == to and when.isocalendar()[:2] == day.isocalendar()[:2]]
        assert sum(week) <= 70


@pytest.mark.parametrize(
    ("at", "days", "until"),
    [
        ("2026-01-05T10:00+02:00", 1, "2026-01-07T00:00+02:00"),
        ("2026-01-05T23:59+02:00", 1, "2026-01-07T00:00+02:00"),
        ("2026-03-28T12:00+02:00", 1, "2026-03-30T00:00+03:00"),  # the clocks go forward meanwhile
    ],
)
def test_an_offer_ends_at_local_midnight(at, days, until):
    found = transfers.open_until(Transfers(offer_days=days), datetime.fromisoformat(at), ZoneInfo("Europe/Sofia"))
    assert found == datetime.fromisoformat(until)
    assert transfers.state("offered", found, found - timedelta(microseconds=1)) == "offered"
    assert transfers.state("offered", found, found) == "lapsed"
    assert transfers.state("accepted", found, found) == "accepted"


@pytest.mark.parametrize(("hundredths", "written"), [(500, 5), (250, "2.50"), (10_000, 100), (1, "0.01")])
def test_a_percentage_is_written_as_people_write_it(hundredths, written):
    assert Percent().write(hundredths, At(Scope())) == written
