"""Days, midnights and months: right in every time zone of the world, in every year that a member may live through."""

from bisect import bisect_left
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import hypothesis
import pytest
from hypothesis import strategies as st

from guerdon.core import period
from guerdon.core.errors import Refusal
from tests import effort

ZONES = sorted(zone for zone in available_timezones() if not zone.startswith(("posix/", "right/", "Factory")))
FIRST, LAST = date(1970, 1, 2), date(2037, 12, 30)
SEARCHED = date(effort.times(2012, 1970), 1, 1)  # changes of clocks are looked for from here on
STEP_DAYS = effort.times(20, 3)  # shorter steps find zones that change twice within weeks
days = st.dates(FIRST, LAST)
zones = st.sampled_from(ZONES)
many = hypothesis.settings(max_examples=effort.times(150, 3_000))


@cache
def transitions(zone_key: str) -> tuple[datetime, ...]:
    """The instants (to the second) at which the zone changed its offset."""
    zone = ZoneInfo(zone_key)
    found = []
    before = datetime(SEARCHED.year, 1, 1, tzinfo=UTC)
    while before.date() < LAST:
        after = before + timedelta(days=STEP_DAYS)
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            low, high = 0, STEP_DAYS * 86_400
            while high - low > 1:
                middle = (low + high) // 2
                between = before + timedelta(seconds=middle)
                same = between.astimezone(zone).utcoffset() == before.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            found.append(before + timedelta(seconds=high))
        before = after
    return tuple(found)


def check_midnight(day: date, zone: ZoneInfo) -> None:
    """It is the first instant at which the wall shows the day, or a later one where the day never was."""
    begins = period.midnight(day, zone)
    assert begins.tzinfo is UTC
    assert begins.astimezone(zone).date() >= day
    for earlier in (timedelta(microseconds=1), *(timedelta(minutes=15 * number) for number in range(1, 105))):
        assert (begins - earlier).astimezone(zone).date() < day, (day, zone.key, earlier)


# In portions, so that a failure names its part of the world.
PORTIONS = [ZONES[start : start + 60] for start in range(0, len(ZONES), 60)]


@pytest.mark.parametrize("portion", PORTIONS, ids=lambda portion: f"{portion[0]}…{portion[-1]}".replace("/", "."))
def test_every_day_around_every_change_of_clocks_begins_at_its_first_instant(portion):
    seen = set()
    for key in portion:
        zone = ZoneInfo(key)
        changes = transitions(key)
        if changes in seen:
            continue  # another name of a zone that was looked at
        seen.add(changes)
        for change in changes if effort.FULL else changes[:24]:
            local = change.astimezone(zone).date()
            for offset in (-1, 0, 1):
                check_midnight(local + timedelta(days=offset), zone)


@many
@hypothesis.given(days, zones)
def test_any_day_begins_at_its_first_instant(day, key):
    check_midnight(day, ZoneInfo(key))


@pytest.mark.parametrize(
    ("zone", "day", "begins"),
    [
        ("America/Sao_Paulo", date(2018, 11, 4), "2018-11-04T03:00"),  # 00:00 jumped to 01:00
        ("America/Havana", date(2026, 11, 1), "2026-11-01T04:00"),  # 00:00 came twice
        ("Asia/Beirut", date(2022, 3, 27), "2022-03-26T22:00"),
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-30T10:00"),  # a day that never was
        ("Europe/Sofia", date(2026, 3, 29), "2026-03-28T22:00"),
        ("Australia/Lord_Howe", date(2026, 4, 5), "2026-04-04T13:00"),
        ("America/St_Johns", date(1988, 4, 3), "1988-04-03T03:30"),  # changed at 00:01
    ],
)
def test_known_midnights(zone, day, begins):
    assert period.midnight(day, ZoneInfo(zone)) == datetime.fromisoformat(begins).replace(tzinfo=UTC)


@many
@hypothesis.given(zones, st.datetimes(datetime(1971, 1, 1), datetime(2037, 1, 1)), st.booleans())  # noqa: DTZ001
def test_a_doubtful_wall_time_is_refused_never_guessed(key, local, near):
    zone = ZoneInfo(key)
    changes = transitions(key)
    if near and changes:  # most wall times are in no doubt
        change = changes[bisect_left(changes, local.replace(tzinfo=UTC)) % len(changes)]
        local = (change + timedelta(minutes=local.minute - 30)).astimezone(zone).replace(tzinfo=None, fold=0)
        local += timedelta(minutes=local.second - 30)
    meant = {
        instant for hours in range(-16, 17) for instant in [local.replace(tzinfo=UTC) + timedelta(hours=hours)]
        for shift in range(-4, 5)
        for instant in [instant + timedelta(minutes=15 * shift)]
        if instant.astimezone(zone).replace(tzinfo=None) == local
    }  # fmt: skip
    try:
        assert meant == {period.instant(local, zone)} or not meant  # odd offsets of old days are not in the grid
    except Refusal as refusal:
        assert refusal.code == ("local_time_missing" if not meant else "local_time_ambiguous")
        assert len(meant) != 1


@hypothesis.given(days, st.integers(0, 1_200))
def test_months_are_counted_from_the_anchor_and_a_missing_day_is_the_last(day, months):
    later = period.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])


@hypothesis.given(days, days, st.integers(0, 240))
def test_a_later_day_never_comes_earlier_months_on(one, other, months):
    first, second = sorted((one, other))
    assert period.add_months(first, months) <= period.add_months(second, months)


@hypothesis.given(days, st.sampled_from(["month", "quarter", "half_year", "year"]))
def test_the_end_of_a_span_is_its_last_day(day, span):
    end = period.end_of(day, span)
    months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[span]
    assert day <= end and (end.year, (end.month - 1) // months) == (day.year, (day.month - 1) // months)
    after = end + timedelta(days=1)
    assert after.day == 1 and (after.month - 1) % months == 0


@hypothesis.given(days, days, st.sampled_from(period.WINDOWS))
def test_two_days_share_a_window_exactly_when_they_share_its_span(one, other, kind):
    def span(day: date) -> object:
        return {
            "day": day, "week": day - timedelta(days=day.weekday()), "month": (day.year, day.month),
            "quarter": (day.year, (day.month - 1) // 3), "year": day.year, "lifetime": "",
        }[kind]  # fmt: skip

    assert (period.window(one, kind) == period.window(other, kind)) is (span(one) == span(other))


@pytest.mark.parametrize(
    ("zone", "local", "begins"),
    [
        ("Europe/Sofia", (2026, 3, 27, 3, 30), (2026, 3, 28, 1, 30)),  # nothing is swallowed yet
        ("Europe/Sofia", (2026, 3, 28, 3, 30, 0, 7), (2026, 3, 29, 1, 0)),  # 03:00 became 04:00
        ("Australia/Lord_Howe", (2025, 10, 4, 2, 15), (2025, 10, 4, 15, 30)),  # 02:00 became 02:30
        ("Pacific/Apia", (2011, 12, 29, 18, 45), (2011, 12, 30, 10, 0)),  # the whole day was left out
    ],
)
def test_a_time_that_a_gap_swallows_is_the_first_instant_after_it(zone, local, begins):
    """However deep in the gap it is, in the middle of a night or of a day that never was."""
    at = datetime(*local, tzinfo=ZoneInfo(zone))
    assert period.days_later(at, 1, ZoneInfo(zone)) == datetime(*begins, tzinfo=UTC)


def test_a_midnight_in_the_midst_of_a_gap_is_the_end_of_the_gap():
    """In Toronto clocks went from 23:30 to 00:30 on 30 March 1919."""
    assert period.midnight(date(1919, 3, 31), ZoneInfo("America/Toronto")) == datetime(1919, 3, 31, 4, 30, tzinfo=UTC)


def test_names_of_different_windows_never_meet():
    names = [period.window(day, kind) for kind in period.WINDOWS for day in (FIRST, LAST, date(2026, 3, 1))]
    assert len(set(names)) == 5 * 3 + 1


@hypothesis.given(st.none() | st.integers(0, 9), st.none() | st.integers(0, 9), st.integers(0, 9))
def test_a_period_holds_its_beginning_and_not_its_end(start, until, at):
    noon = datetime(2026, 1, 1, tzinfo=UTC)
    moments = [None if hours is None else noon + timedelta(hours=hours) for hours in (start, until)]
    told = period.Period(*moments).holds(noon + timedelta(hours=at))
    assert told is ((start is None or start <= at) and (until is None or at < until))
