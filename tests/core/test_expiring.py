"""The preview of expiry: all that is free and ends is told once, at its end, and nothing else."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import expiring, period
from guerdon.core.ledger import Lot

SOFIA = ZoneInfo("Europe/Sofia")
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


@st.composite
def lots(draw):
    """A lot of some unit that ends on some day, or never, partly held."""
    remaining = draw(st.integers(0, 50))
    ends = draw(st.none() | st.integers(-5, 60))
    end = None if ends is None else period.midnight(date(2026, 1, 5) + timedelta(days=ends), SOFIA)
    lot = Lot("l", "a", remaining, draw(st.integers(0, remaining)), NOW, NOW, end)
    return draw(st.sampled_from(["points", "stars"])), lot


@given(st.lists(lots(), max_size=12), st.none() | st.integers(0, 70))
def test_what_is_free_and_ends_is_told_once(found, days):
    until = None if days is None else date(2026, 1, 5) + timedelta(days=days)
    told = expiring.preview(found, at=NOW, zone=SOFIA, until=until)
    assert [one.ends_at for one in told] == sorted(one.ends_at for one in told)
    assert len({(one.unit, one.last_day) for one in told}) == len(told)
    for unit in ("points", "stars"):
        mine = [lot for of, lot in found if of == unit and lot.expires_at is not None and not lot.lapsed(NOW)]
        days_of = [(period.local_day(lot.expires_at, SOFIA) - timedelta(days=1), lot.free) for lot in mine]
        expected = sum(free for day, free in days_of if until is None or day <= until)
        assert sum(one.points for one in told if one.unit == unit) == expected


def test_of_what_is_wholly_held_or_spent_nothing_is_told():
    end = period.midnight(date(2026, 2, 1), SOFIA)
    gone = [("points", Lot("a", "a", 5, 5, NOW, NOW, end)), ("points", Lot("b", "b", 0, 0, NOW, NOW, end))]
    assert expiring.preview(gone, at=NOW, zone=SOFIA) == []


def test_until_the_last_day_there_is_is_for_ever():
    lot = Lot("l", "a", 5, 0, NOW, NOW, period.midnight(date(2026, 2, 1), SOFIA))
    told = expiring.preview([("points", lot)], at=NOW, zone=SOFIA, until=date.max)
    assert [one.points for one in told] == [5]


DAYS = st.lists(st.integers(1, 90), max_size=5, unique=True)
TODAY = date(2026, 1, 5)


@given(st.integers(0, 100), st.integers(1, 40), DAYS)
def test_missed_nights_are_made_up_for_by_one_reminder_at_the_smallest_day(left, missed, days):
    last = TODAY + timedelta(days=left)
    looks = [TODAY - timedelta(days=ago) for ago in range(missed, 0, -1)]
    nightly = [expiring.reminder_day(last, today=today + timedelta(days=1), looked=today, days=days) for today in looks]
    told = [one for one in nightly if one is not None]
    assert told == sorted(told, reverse=True) and len(set(told)) == len(told)
    at_once = expiring.reminder_day(last, today=TODAY, looked=looks[0], days=days)
    assert at_once == (min(told) if told else None)


@given(st.integers(0, 100), DAYS)
def test_a_nightly_look_reminds_on_the_very_days_and_the_same_day_tells_nothing_again(left, days):
    last = TODAY + timedelta(days=left)
    first = expiring.reminder_day(last, today=TODAY, looked=TODAY - timedelta(days=1), days=days)
    assert first == (left if left in days else None)
    assert expiring.reminder_day(last, today=TODAY, looked=TODAY, days=days) is None
