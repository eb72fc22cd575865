"""Profiles become one and part again: the own word wins, gaps are filled, what was changed since stays (LAW 6.3)."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from guerdon.core import limits, merging
from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.core.merging import Conflict, Filled, Profile

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
BORN = date(1990, 5, 3)
ANN = Profile(NOON, None, {"club": "a", "age": 3}, ("vip",), Person(name="Ann"))
ANNA = Profile(
    NOON - timedelta(days=9), 5, {"club": "b", "age": 3, "dog": True}, ("vip", "new"), Person("Anna", birthday=BORN)
)


def test_the_own_word_wins_and_gaps_are_filled():
    whole, filled = merging.fill(ANN, ANNA)
    assert whole == Profile(
        ANNA.enrolled_at, 5, {"club": "a", "age": 3, "dog": True}, ("new", "vip"), Person("Ann", birthday=BORN)
    )
    assert filled == Filled(
        attributes={"dog": True}, conflicts=(Conflict("club", "a", "b"),), segments=("new",), birthday_month=5,
        person=("birthday",), enrolled_before=NOON, enrolled_since=ANNA.enrolled_at,
    )  # fmt: skip


def test_who_says_the_same_fills_nothing():
    assert merging.fill(ANNA, ANNA) == (msgspec.structs.replace(ANNA, segments=("new", "vip")), Filled())
    whole, filled = merging.fill(ANNA, msgspec.structs.replace(ANN, birthday_month=7))
    assert (whole.birthday_month, whole.enrolled_at, filled.birthday_month) == (5, ANNA.enrolled_at, None)
    assert filled.enrolled_before is filled.enrolled_since is None


def test_parting_takes_out_what_was_filled_in():
    whole, filled = merging.fill(ANN, ANNA)
    assert merging.take_out(whole, filled, ANNA.person) == ANN


def test_what_was_changed_since_stays():
    whole, filled = merging.fill(ANN, ANNA)
    later = Person("Ann", birthday=date(1991, 5, 4))
    now = msgspec.structs.replace(
        whole, attributes={**whole.attributes, "dog": False}, person=later, enrolled_at=NOON - timedelta(days=20)
    )
    left = merging.take_out(now, filled, ANNA.person)
    assert left.attributes == {"club": "a", "age": 3, "dog": False} and left.person == later
    assert left.enrolled_at == now.enrolled_at and left.birthday_month == 5, "of another day in the same month"
    assert merging.take_out(msgspec.structs.replace(now, birthday_month=6), filled, ANNA.person).birthday_month == 6
    nothing = merging.take_out(now, Filled(), ANNA.person)
    assert nothing == now


def test_there_is_room_for_both():
    full = {f"a{n}": 1 for n in range(limits.ATTRIBUTES_MAX - 1)}
    names = tuple(f"s{n}" for n in range(limits.SEGMENTS_MAX - 1))
    stays = msgspec.structs.replace(ANN, attributes=full, segments=names)
    one = msgspec.structs.replace(ANN, attributes={"b": 1}, segments=("t",))
    whole, _ = merging.fill(stays, one)
    assert (len(whole.attributes), len(whole.segments)) == (limits.ATTRIBUTES_MAX, limits.SEGMENTS_MAX)
    for more in ({"attributes": {"b": 1, "c": 1}}, {"segments": ("t", "u")}):
        with pytest.raises(Refusal, match="merge_too_much"):
            merging.fill(stays, msgspec.structs.replace(one, **more))


@pytest.mark.parametrize(("owed", "more", "most", "fits"), [(5, 5, 10, True), (5, 6, 10, False), (5, 6, None, True)])
def test_debts_together_stay_within_the_limit(owed, more, most, fits):
    if fits:
        merging.debt_room(owed, more, most, "points")
    else:
        with pytest.raises(Refusal, match="merge_debt") as refused:
            merging.debt_room(owed, more, most, "points")
        assert refused.value.facts == {"unit": "points", "owed": 11, "most": 10}


@pytest.mark.parametrize(
    ("then", "now", "most", "back"), [(7, 9, None, 7), (7, 5, None, 5), (7, 9, 6, 6), (7, 9, 8, 7)]
)
def test_of_a_debt_goes_back_what_is_not_repaid(then, now, most, back):
    assert merging.unpaid(then, now, most) == back


def test_of_an_answer_the_profile_is_taken_out_and_nothing_else():
    passed = (merging.Passed("points", 5, 1, 0, 0),)
    whole = merging.Merged("m", "ann", "anna", NOON, 7, False, passed, {"points": 2}, 3, {"card": 1},
                           Filled(attributes={"dog": True}, person=("birthday",)))  # fmt: skip
    told = merging.without_profile(msgspec.json.encode(whole).decode())
    assert msgspec.json.decode(told, type=merging.Merged) == msgspec.structs.replace(whole, filled=Filled())
