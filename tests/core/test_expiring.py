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
