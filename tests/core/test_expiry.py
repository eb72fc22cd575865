"""When points die: never dead on arrival, never the later the earlier, counted from the anchor and never in steps."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import msgspec
import pytest
from hypothesis import strategies as st

import guerdon
from guerdon.core import expiry, limits, period, vesting
from guerdon.core.expiry import Calendar, Never, Policy, Rolling, Sliding
from guerdon.core.law import Law
from guerdon.core.vesting import Vesting
from guerdon.features.programmes import forms
from tests import effort
from tests.core.test_period import days, zones

AURORA = forms.load((Path(guerdon.__file__).parent / "demo" / "aurora.yaml").read_bytes())
many = hypothesis.settings(max_examples=effort.times(150, 3_000))
spans = st.none() | st.sampled_from(["month", "quarter", "half_year", "year"])
policies = st.one_of(
    st.builds(Rolling, st.integers(1, 800), st.integers(0, 40), st.integers(0, 3), spans),
    st.builds(Rolling, st.just(0), st.integers(1, 40), st.integers(0, 3), spans),
    st.builds(Calendar, st.integers(1, 12), st.integers(1, 31), st.integers(0, 3)).filter(
        lambda policy: policy.day <= {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}.get(policy.month, 31)
    ),
    st.builds(Sliding, st.integers(1, 400), st.integers(0, 36)),
)
instants = st.datetimes(datetime(1971, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
late = st.one_of(
    st.just(timedelta()), st.integers(0, 60 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)),
    st.integers(0, 2_000).map(lambda number: timedelta(days=number)),
)  # fmt: skip


@many
@hypothesis.given(policies, days, days)
def test_what_is_earned_later_never_dies_earlier(policy, one, other):
    first, second = sorted((one, other))
    assert expiry.last_day(policy, first) <= expiry.last_day(policy, second)


@many
@hypothesis.given(policies, days)
def test_the_last_day_is_never_before_the_first(policy, day):
    assert expiry.last_day(policy, day) >= day


@many
@hypothesis.given(policies, instants, late, zones)
def test_no_award_arrives_dead(policy, earned, delay, key):
    ends = expiry.expires_at(policy, effective_at=earned, posted_at=earned + delay, zone=ZoneInfo(key))
    assert ends > earned + delay


@many
@hypothesis.given(policies, instants, late, late, zones)
def test_news_that_comes_later_never_shortens_a_life(policy, earned, sooner, more, key):
    first, second = (
        expiry.expires_at(policy, effective_at=earned, posted_at=earned + delay, zone=ZoneInfo(key))
        for delay in (sooner, sooner + more)
    )
    assert first <= second


@many
@hypothesis.given(policies, instants, late, zones)
def test_late_points_get_thirty_days_or_their_whole_life(policy, earned, delay, key):
    """`max(effective_at + validity, posted_at + min(grace, validity))`, in whole local days."""
    zone, posted = ZoneInfo(key), earned + delay
    own, today = (period.local_day(at, zone) for at in (earned, posted))
    last = expiry.last_day(policy, own)
    if today > own:
        last = max(last, min(today + timedelta(days=limits.LATE_GRACE_DAYS), expiry.last_day(policy, today)))
    ends = expiry.expires_at(policy, effective_at=earned, posted_at=posted, zone=zone)
    assert ends == period.midnight(last + timedelta(days=1), zone)
    assert ends.astimezone(zone).date() > last >= (ends - timedelta(microseconds=1)).astimezone(zone).date()


@many
@hypothesis.given(st.integers(1, 60), days)
def test_months_are_counted_at_once_and_never_in_steps(months, day):
    assert expiry.last_day(Rolling(months=months), day) == period.add_months(day, months)
    assert expiry.last_day(Rolling(years=months), day) == period.add_months(day, 12 * months)
    assert expiry.last_day(Sliding(months=months), day) == period.add_months(day, months)


@pytest.mark.parametrize(
    ("policy", "anchor", "last"),
    [
        (Rolling(months=1), date(2027, 1, 31), date(2027, 2, 28)),
        (Rolling(months=2), date(2027, 1, 31), date(2027, 3, 31)),
        (Rolling(years=1), date(2028, 2, 29), date(2029, 2, 28)),
        (Rolling(years=4), date(2028, 2, 29), date(2032, 2, 29)),
        (Rolling(days=1), date(2026, 12, 31), date(2027, 1, 1)),
        (Rolling(months=1, days=1), date(2027, 1, 31), date(2027, 3, 1)),
        (Rolling(months=1, round_up="quarter"), date(2026, 2, 28), date(2026, 3, 31)),
        (Rolling(round_up="year"), date(2026, 12, 31), date(2026, 12, 31)),
        (Calendar(3, 31), date(2026, 3, 31), date(2026, 3, 31)),
        (Calendar(3, 31), date(2026, 4, 1), date(2027, 3, 31)),
        (Calendar(2, 29), date(2027, 3, 1), date(2028, 2, 29)),
        (Calendar(2, 29), date(2026, 3, 1), date(2027, 2, 28)),
        (Calendar(12, 31, after_years=1), date(2026, 1, 1), date(2027, 12, 31)),
    ],
)
def test_known_last_days(policy: Policy, anchor: date, last: date):
    assert expiry.last_day(policy, anchor) == last


@hypothesis.given(instants, late, zones)
def test_never_is_never(earned, delay, key):
    assert expiry.expires_at(Never(), effective_at=earned, posted_at=earned + delay, zone=ZoneInfo(key)) is None


@many
@hypothesis.given(st.integers(0, 60), instants, zones)
def test_points_wait_until_the_nth_day_after_begins(number, earned, key):
    zone = ZoneInfo(key)
    starts = vesting.available_at(Vesting(days=number), effective_at=earned, zone=zone)
    assert starts == (
        period.midnight(period.local_day(earned, zone) + timedelta(days=number), zone) if number else earned
    )
    assert starts >= earned


@many
@hypothesis.given(days, instants, zones)
def test_points_wait_until_a_day_begins_and_never_less_than_no_time(day, earned, key):
    starts = vesting.available_at(Vesting(until=day), effective_at=earned, zone=ZoneInfo(key))
    assert starts == max(earned, period.midnight(day, ZoneInfo(key)))


@many
@hypothesis.given(policies, instants, instants, late)
def test_what_is_remembered_of_an_end_is_what_it_was_worked_out_as(policy, one, other, later):
    """Of awards that count from different days each has its own, in whatever order they are asked for."""
    law = Law(msgspec.structs.replace(AURORA, rules=()), 1)
    posted_at = max(one, other) + later
    for effective_at in (one, other, one):
        asked = {"effective_at": effective_at, "posted_at": posted_at}
        assert law.expires_at(policy, **asked) == expiry.expires_at(policy, zone=law.zone, **asked)
