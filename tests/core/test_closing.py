"""The law of closed months: each posting is in one month for ever, and only what came too late is in a later one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import closing, period
from guerdon.core.closing import COLUMNS, Flow, Sums
from guerdon.core.errors import Refusal
from guerdon.core.ledger import COUNTERPART

SOFIA = ZoneInfo("Europe/Sofia")
ZONES = st.sampled_from([SOFIA, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("America/New_York"), ZoneInfo("UTC")])
SOME_DAY = datetime(2024, 6, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 2 * 366 * 86_400).map(lambda seconds: SOME_DAY + timedelta(seconds=seconds))
SEQS = st.integers(1, 60)


@st.composite
def histories(draw):
    """Closings as they can be: month after month, numbers that never fall, and a zone that may change between them."""
    closings = []
    month, seq = draw(st.sampled_from(["2024-11", "2025-01", "2025-07"])), 0
    for _ in range(draw(st.integers(0, 6))):
        seq += draw(st.integers(0, 12))
        closings.append(closing.border(month, closings=closings, zone=draw(ZONES), seq=seq))
        month = closing.following(month)
    return closings


@given(histories(), INSTANTS, SEQS, ZONES)
def test_nothing_is_ever_added_to_a_closed_month(closings, at, seq, zone):
    place = closing.place(seq=seq, effective_at=at, closings=closings, zone=zone)
    for one in closings:
        if seq > one.seq:
            assert place.month > one.month
    assert place.late == any(seq > one.seq and at < one.until for one in closings)


@given(histories(), INSTANTS, SEQS, ZONES, st.integers(0, 40))
def test_later_closings_move_nothing(closings, at, seq, zone, more):
    """The month of what is numbered already is the same when further months are closed after it."""
    before = closing.place(seq=seq, effective_at=at, closings=closings, zone=SOFIA)
    last = max([seq, *(one.seq for one in closings)])
    month = closing.following(closings[-1].month) if closings else "2025-01"
    grown = [*closings, closing.border(month, closings=closings, zone=SOFIA, seq=last + more)]
    after = closing.place(seq=seq, effective_at=at, closings=grown, zone=SOFIA)
    same_zone = all(one.until == closing.ends(one.month, SOFIA) for one in grown)
    assert after == before or not same_zone
    assert after.late == before.late


@given(histories(), INSTANTS, SEQS)
def test_what_is_in_time_is_in_the_month_in_which_it_counts(closings, at, seq):
    same_zone = all(one.until == closing.ends(one.month, SOFIA) for one in closings)
    place = closing.place(seq=seq, effective_at=at, closings=closings, zone=SOFIA)
    if same_zone and not place.late:
        assert place.month == closing.named(period.local_day(at, SOFIA))
    if place.late:
        last = [one for one in closings if one.seq < seq][-1]
        assert place.month == closing.following(last.month)


@given(histories(), INSTANTS, SEQS, ZONES)
def test_a_border_stands_where_it_was_drawn(closings, at, seq, zone):
    """Whatever zone the programme has today, what is between two borders is in the month between them."""
    for one in closings:
        if one.start <= at < one.until and seq <= one.seq:
            assert closing.place(seq=seq, effective_at=at, closings=closings, zone=zone).month == one.month


def test_the_last_instant_of_a_month_is_its_own():
    until = closing.ends("2026-10", SOFIA)
    october = closing.border("2026-10", closings=[], zone=SOFIA, seq=10)
    for at, month in ((until - timedelta(microseconds=1), "2026-10"), (until, "2026-11")):
        assert closing.place(seq=10, effective_at=at, closings=[october], zone=SOFIA).month == month
    assert closing.place(seq=11, effective_at=until - timedelta(microseconds=1), closings=[october], zone=SOFIA) == (
        closing.Place("2026-11", late=True)
    )


def test_the_first_instant_of_the_first_closed_month_is_its_own():
    october = closing.border("2026-10", closings=[], zone=SOFIA, seq=10)
    begins = closing.starts("2026-10", SOFIA)
    for at, month in ((begins, "2026-10"), (begins - timedelta(microseconds=1), "2026-09")):
        assert closing.place(seq=10, effective_at=at, closings=[october], zone=SOFIA) == closing.Place(
            month, late=False
        )


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "26-10", "2026-1", "2026-10-01", "october", "", "9999-12"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(Refusal, match="month_invalid"):
        closing.first_day(text)


def test_months_are_closed_when_they_are_over_and_one_after_the_other():
    october = closing.border("2026-10", closings=[], zone=SOFIA, seq=10)
    now = closing.ends("2026-11", SOFIA)
    begins = closing.starts("2025-03", SOFIA)
    more = {"zone": SOFIA, "begins": begins}
    closing.may_close("2026-11", closings=[october], now=now, **more)
    for any_of_them in ("2025-03", "2026-10"):
        closing.may_close(any_of_them, closings=[], now=now, **more)
    with pytest.raises(Refusal, match="month_before_programme") as refused:
        closing.may_close("2025-02", closings=[], now=now, **more)
    assert refused.value.facts == {"month": "2025-02", "first": "2025-03"}
    with pytest.raises(Refusal, match="month_not_over"):
        closing.may_close("2026-11", closings=[october], now=now - timedelta(microseconds=1), **more)
    for other in ("2026-09", "2026-08"):
        with pytest.raises(Refusal, match="month_out_of_order"):
            closing.may_close(other, closings=[october], now=now, **more)


def test_every_kind_of_posting_has_its_column():
    assert COLUMNS.keys() == COUNTERPART.keys()
    sums = Sums("points", 5, (Flow("earn", 40, 10), Flow("cancel", -3), Flow("burn", -20)))
    columns = closing.columns(sums)
    assert (columns["issued"], columns["burned"]) == (Flow("issued", 37, 10), Flow("burned", -20))
    assert sums.closing == 5 + sum(flow.points for flow in columns.values()) == 22


def test_after_several_closings_what_is_open_is_in_its_own_month_and_never_in_the_last_closed_one():
    """Where the zone moved west since, its first hours would be in the month that was closed."""
    zone = ZoneInfo("Pacific/Kiritimati")
    closings = []
    for month in ("2026-10", "2026-11", "2026-12"):
        closings.append(closing.border(month, closings=closings, zone=zone, seq=10 + len(closings)))
    first = closing.ends("2026-12", zone)
    for at, month in ((first, "2027-01"), (closing.starts("2027-02", SOFIA), "2027-02")):
        assert closing.place(seq=99, effective_at=at, closings=closings, zone=SOFIA) == closing.Place(month, late=False)
    late = closing.place(seq=12, effective_at=closing.starts("2026-10", zone), closings=closings, zone=SOFIA)
    assert late == closing.Place("2026-12", late=True)


def test_what_was_before_the_first_closing_is_in_the_month_before_it():
    """Where the zone moved east since, its last hours would be in the month that was closed."""
    new_york = ZoneInfo("America/New_York")
    closings = [closing.border("2026-10", closings=[], zone=new_york, seq=10)]
    before = closing.starts("2026-10", new_york) - timedelta(hours=1)
    assert closing.named(period.local_day(before, SOFIA)) == "2026-10"
    assert closing.place(seq=5, effective_at=before, closings=closings, zone=SOFIA) == closing.Place(
        "2026-09", late=False
    )


def test_the_next_month_is_the_one_after_the_last_closed_one():
    closings = []
    for month in ("2026-09", "2026-10", "2026-11"):
        closings.append(closing.border(month, closings=closings, zone=SOFIA, seq=10))
    facts = {"closings": closings, "zone": SOFIA, "begins": closing.starts("2026-01", SOFIA)}
    closing.may_close("2026-12", now=closing.ends("2026-12", SOFIA), **facts)
    with pytest.raises(Refusal, match="month_out_of_order") as refused:
        closing.may_close("2026-10", now=closing.ends("2026-12", SOFIA), **facts)
    assert refused.value.facts["next"] == "2026-12"
    assert closings[2].start == closings[1].until == closing.ends("2026-10", SOFIA)
