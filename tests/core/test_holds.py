"""Holds and cancelled burns by the law: nothing is lost, nothing comes twice, and days are those of the calendar."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from hypothesis import strategies as st

from guerdon.core import burns, holds, ledger, limits
from guerdon.core.due import due
from guerdon.core.errors import Refusal
from guerdon.core.holds import Hold, TimeToLive
from guerdon.core.ledger import Lot, Take

NOW = datetime(2026, 1, 20, tzinfo=UTC)
SOFIA = ZoneInfo("Europe/Sofia")
ZONE = ZoneInfo("UTC")
POINTS = st.lists(st.integers(1, 30), min_size=1, max_size=5)


def parts_of(points: list[int]) -> tuple[Take, ...]:
    return tuple(Take(f"lot-{place}", part) for place, part in enumerate(points))


def hold_of(points: list[int]) -> Hold:
    return Hold("h", "ann", "points", sum(points), NOW, NOW + timedelta(days=1), parts_of(points))


@hypothesis.given(POINTS, st.lists(st.integers(1, 40), max_size=6))
def test_captures_and_the_rest_are_the_hold(points, asked):
    hold, taken = hold_of(points), list[Take]()
    for one in asked:
        if one > hold.open or hold.state != "open":
            with pytest.raises(Refusal):
                holds.capture(hold, one, final=False)
            continue
        hold, took, rest = holds.capture(hold, one, final=False)
        assert sum(take.points for take in took) == one and not rest
        taken += took
    assert sum(take.points for take in hold.parts) == hold.open
    whole = [*taken, *hold.parts]
    for place, part in enumerate(points):
        assert sum(take.points for take in whole if take.lot == f"lot-{place}") == part
    assert [take.lot for take in whole] == sorted(take.lot for take in whole), "the first points in order come first"
    assert (hold.state == "open") == (hold.open > 0)


@hypothesis.given(POINTS, st.lists(st.integers(1, 40), max_size=6))
def test_a_burn_comes_back_once_however_it_is_sliced(points, asked):
    taken, before, back = parts_of(points), 0, dict[str, int]()
    for one in [*asked, None]:
        try:
            for take in burns.returned(taken, before, one):
                back[take.lot] = back.get(take.lot, 0) + take.points
                before += take.points
        except Refusal as refusal:
            left = sum(points) - before
            assert left == 0 or (one is not None and one > left), refusal
        last = sum(points[place] - back.get(f"lot-{place}", 0) for place in range(len(points)))
        assert last == sum(points) - before
    assert back == {take.lot: take.points for take in taken}


@hypothesis.given(st.integers(0, 60), st.integers(1, 30), st.integers(-5, 5), st.integers(0, 10))
def test_what_ends_repays_then_expires(debt, held, end, later):
    """A hold over a lot: when it ends its points repay while the lot lives, and expire with what is left of them."""
    ends_at, dies = NOW + timedelta(days=1), NOW + timedelta(days=1 + end)
    early = NOW - timedelta(days=30)
    lot = Lot("lot-0", "order", held, held, early, early, max(dies, NOW))
    hold = Hold("h", "ann", "points", held, early, ends_at, (Take("lot-0", held),))
    at = ends_at + timedelta(days=later)
    found = {one.kind: one for one in due([lot], debt, [hold], at=at)}
    assert found["free"].points == held and found["free"].at == ends_at
    repaid = min(debt, held) if end > 0 else 0
    assert (found["repay"].points if "repay" in found else 0) == repaid
    dead = held - repaid if lot.lapsed(at) else 0
    assert (found["expire"].points if "expire" in found else 0) == dead
    if dead:
        assert found["expire"].at == max(ends_at, lot.expires_at or ledger.FOR_EVER)
    assert due([lot], debt, [hold], at=ends_at - timedelta(microseconds=1)) == []


@pytest.mark.parametrize(
    ("began", "life", "ends"),
    [
        ("2026-03-28T18:00+02:00", TimeToLive(days=1), "2026-03-29T18:00+03:00"),  # 23 hours
        ("2026-03-28T18:00+02:00", TimeToLive(hours=24), "2026-03-29T19:00+03:00"),
        ("2026-10-24T18:00+03:00", TimeToLive(days=1), "2026-10-25T18:00+02:00"),  # 25 hours
        ("2026-03-28T03:30+02:00", TimeToLive(days=1), "2026-03-29T04:00+03:00"),  # 03:30 does not exist
        ("2026-10-24T03:30+03:00", TimeToLive(days=1), "2026-10-25T03:30+03:00"),  # twice: the first
        ("2026-01-31T12:00+02:00", TimeToLive(minutes=90), "2026-01-31T13:30+02:00"),
    ],
)
def test_an_hour_is_an_hour_and_a_day_is_a_day(began, life, ends):
    created_at = datetime.fromisoformat(began).astimezone(UTC)
    assert holds.ends_at(life, created_at=created_at, zone=SOFIA) == datetime.fromisoformat(ends)


@pytest.mark.parametrize("days, last", [(0, "2026-01-21"), (3, "2026-01-24")])
def test_the_day_of_the_cancellation_is_day_zero(days, last):
    assert burns.grace_ends(NOW, days, SOFIA) == datetime.fromisoformat(f"{last}T00:00+02:00")


MOST_MINUTES = limits.HOLD_DAYS_MAX * 24 * 60


@pytest.mark.parametrize(
    ("life", "reason"),
    [
        (TimeToLive(), "one_measure"),
        (TimeToLive(minutes=1, days=1), "one_measure"),
        (TimeToLive(minutes=0), "out_of_range"),
        (TimeToLive(days=-1), "out_of_range"),
        (TimeToLive(minutes=MOST_MINUTES + 1), "out_of_range"),
        (TimeToLive(days=limits.HOLD_DAYS_MAX + 1), "out_of_range"),
    ],
)
def test_a_time_to_live_that_cannot_be(life, reason):
    with pytest.raises(Refusal, match="hold_time_invalid") as refused:
        holds.ends_at(life, created_at=NOW, zone=SOFIA)
    assert refused.value.facts["reason"] == reason


def test_the_shortest_and_the_longest_time_to_live():
    longest = NOW + timedelta(minutes=MOST_MINUTES)
    assert holds.ends_at(TimeToLive(minutes=1), created_at=NOW, zone=ZONE) == NOW + timedelta(minutes=1)
    assert holds.ends_at(TimeToLive(minutes=MOST_MINUTES), created_at=NOW, zone=ZONE) == longest
    assert holds.ends_at(TimeToLive(days=limits.HOLD_DAYS_MAX), created_at=NOW, zone=ZONE) == longest
    for end in (NOW + holds.SHORTEST, longest):
        holds.check_life(NOW, end, ZONE)
    for end in (NOW + holds.SHORTEST - timedelta(microseconds=1), longest + timedelta(microseconds=1)):
        with pytest.raises(Refusal, match="hold_time_invalid"):
            holds.check_life(NOW, end, ZONE)


def test_a_hold_has_one_end():
    over = holds.release(hold_of([3, 4]))
    assert (over.state, over.released, over.open, over.parts) == ("released", 7, 0, ())
    for end in (holds.release, holds.expire, holds.check_open):
        with pytest.raises(Refusal, match="hold_ended"):
            end(over)
    with pytest.raises(Refusal, match="capture_too_large"):
        holds.capture(hold_of([3, 4]), 8, final=True)
