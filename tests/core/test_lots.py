"""The laws of lots: first expiring first out, nothing taken that is not there, every claw-back accounted for."""

from datetime import UTC, datetime, timedelta

import hypothesis
import pytest
from hypothesis import strategies as st

from guerdon.core import ledger
from guerdon.core.due import due
from guerdon.core.errors import Refusal
from guerdon.core.ledger import Lot, Take
from tests import effort

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
FOR_EVER = datetime.max.replace(tzinfo=UTC)
many = hypothesis.settings(max_examples=effort.times(150, 3_000))
hours = st.integers(-5, 5).map(lambda number: NOW + timedelta(hours=number))


@st.composite
def lots(draw):
    """Some lots around now: pending, alive, dead, partly held, of three origins."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        remaining = draw(st.integers(0, 20))
        ends = draw(st.none() | hours)
        found.append(
            Lot(
                id=f"{draw(st.integers(0, 99)):02}{number}",
                origin=draw(st.sampled_from(["order", "other", "third"])),
                remaining=remaining,
                held=draw(st.integers(0, remaining)) if draw(st.booleans()) else 0,
                earned_at=draw(hours),
                available_at=draw(hours),
                expires_at=ends,
            )
        )
    return found


def alive(lot: Lot) -> bool:
    """Spendable, in the words of the law."""
    return lot.available_at <= NOW and (lot.expires_at is None or lot.expires_at > NOW)


def free(found: list[Lot]) -> int:
    return sum(lot.remaining - lot.held for lot in found)


def rank(lot: Lot) -> tuple[datetime, datetime, str]:
    return (lot.expires_at or FOR_EVER, lot.earned_at, lot.id)


def check_takes(takes: tuple[Take, ...], found: list[Lot]) -> None:
    """Every take is positive, out of a lot of its own, and no more than is free there."""
    by_id = {lot.id: lot for lot in found}
    assert len({take.lot for take in takes}) == len(takes)
    assert all(0 < take.points <= by_id[take.lot].remaining - by_id[take.lot].held for take in takes)


def check_order(takes: tuple[Take, ...], found: list[Lot]) -> None:
    """What ranks first was emptied before the next was touched."""
    ranked = sorted((lot for lot in found if lot.remaining > lot.held), key=rank)
    taken = {take.lot: take.points for take in takes}
    touched = [lot for lot in ranked if lot.id in taken]
    assert touched == ranked[: len(touched)]
    assert all(taken[lot.id] == lot.remaining - lot.held for lot in touched[:-1])


@many
@hypothesis.given(lots(), st.integers(1, 60))
def test_a_debit_takes_what_expires_first_and_exactly_what_was_asked(found, points):
    spendable = [lot for lot in found if alive(lot)]
    if free(spendable) < points:
        with pytest.raises(Refusal) as refusal:
            ledger.take(found, points, at=NOW, unit="points")
        assert refusal.value.facts == {"unit": "points", "asked": points, "available": free(spendable)}
        return
    takes = ledger.take(found, points, at=NOW, unit="points")
    assert sum(take.points for take in takes) == points
    check_takes(takes, found)
    check_order(takes, spendable)


@many
@hypothesis.given(
    lots(), st.integers(1, 80), st.integers(0, 30), st.integers(0, 40),
    st.sampled_from(["debt", "within_balance", "only_pending"]),
)  # fmt: skip
def test_a_claw_back_is_accounted_for_to_the_last_point(found, asked, lapsed, room, policy):
    back = ledger.claw_back(asked, origin="order", lapsed=lapsed, lots=found, at=NOW, policy=policy, debt_room=room)
    assert asked == back.origin + back.other + back.lapsed + back.debt + back.shortfall
    assert min(back.origin, back.other, back.lapsed, back.debt, back.shortfall) >= 0
    assert sum(take.points for take in back.takes) == back.origin + back.other
    check_takes(back.takes, found)
    by_id = {lot.id: lot for lot in found}
    own = {take for take in back.takes if by_id[take.lot].origin == "order"}
    assert back.origin == sum(take.points for take in own)
    dead = [lot for lot in found if lot.expires_at is not None and lot.expires_at <= NOW]
    assert not {take.lot for take in back.takes} & {lot.id for lot in dead}, "what has expired is not taken again"
    assert all(alive(by_id[take.lot]) for take in back.takes if take not in own), "others' pending points stay"
    assert back.lapsed == min(asked - back.origin, lapsed)
    assert back.debt <= room and (policy == "debt" or back.debt == 0)
    assert not back.shortfall or policy != "debt" or back.debt == room


@many
@hypothesis.given(lots(), st.integers(1, 80))
def test_a_claw_back_prefers_the_orders_own_points_and_pending_ones_first(found, asked):
    back = ledger.claw_back(asked, origin="order", lapsed=0, lots=found, at=NOW, policy="debt", debt_room=10**6)
    taken = {take.lot: take.points for take in back.takes}
    living = [lot for lot in found if lot.expires_at is None or lot.expires_at > NOW]
    own = [lot for lot in living if lot.origin == "order"]
    stages = [
        [lot for lot in own if lot.available_at > NOW],
        [lot for lot in own if lot.available_at <= NOW],
        [lot for lot in living if lot.origin != "order" and alive(lot)],
    ]
    left = asked
    for stage in stages:
        points = sum(taken.get(lot.id, 0) for lot in stage)
        assert points == min(left, free(stage)), "a later stage was touched before this one was empty"
        check_order(tuple(Take(lot.id, taken[lot.id]) for lot in stage if lot.id in taken), stage)
        left -= points
    assert back.debt == left


@many
@hypothesis.given(lots(), st.integers(0, 60))
def test_what_vests_repays_in_the_order_of_time(found, debt):
    """Each instant takes what became available then, also what has died since, never what was dead before it began."""
    parts = [(one.at, one.takes) for one in due(found, debt, at=NOW) if one.kind == "repay"]
    instants = [instant for instant, _ in parts]
    assert instants == sorted(set(instants))
    vested = [
        lot for lot in found
        if lot.available_at <= NOW and (lot.expires_at is None or lot.available_at < lot.expires_at)
    ]  # fmt: skip
    takes = tuple(take for _, some in parts for take in some)
    check_takes(takes, vested)
    assert sum(take.points for take in takes) == min(debt, free(vested))
    by_id = {lot.id: lot for lot in found}
    assert all(by_id[take.lot].available_at == instant for instant, some in parts for take in some)
    for instant, some in parts:
        check_order(some, [lot for lot in vested if lot.available_at == instant])


@many
@hypothesis.given(lots())
def test_a_lot_is_in_one_state_at_a_time(found):
    for lot in found:
        states = (lot.pending(NOW), lot.lapsed(NOW), lot.spendable(NOW))
        assert sum(states) <= 1
        assert any(states) or not lot.free, "free points are pending, spendable or dead"
