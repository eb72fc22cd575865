"""Cancelled burns: which can be, how much comes back from which lots, and until when it lives again (LAW 5.5)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import burns, paying
from guerdon.core.activities import CONVERSION, Activity, Member, Tender
from guerdon.core.errors import Refusal
from guerdon.core.ledger import Take
from guerdon.core.paying import Pays

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
TAKEN = (Take("a", 30), Take("b", 20), Take("c", 50))


@pytest.mark.parametrize(("source", "free"), [("till", True), (paying.SOURCE, False), (CONVERSION, False)])
def test_what_is_part_of_something_else_stands(source, free):
    burn = Activity("burn", source, "1", NOON, Member(id="m"), amount=5)
    if free:
        return burns.check_free(burn)
    with pytest.raises(Refusal, match="burn_bound"):
        burns.check_free(burn)


def test_a_burn_that_pays_is_whole():
    burns.check_whole(0)
    with pytest.raises(Refusal, match="burn_cancelled"):
        burns.check_whole(1)


@pytest.mark.parametrize(
    ("pays", "amount", "foreign", "code"),
    [
        (Pays(100, 90), 180, False, None), (Pays(100, 90), 181, False, "burn_too_small"), (None, 999, True, None),
        (Pays(100, 90), 1, True, "activity_invalid"),
    ],
)  # fmt: skip
def test_burned_points_pay_no_more_than_they_are_worth(pays, amount, foreign, code):
    tender = Tender("points", amount, burn="burn_1")
    if code is None:
        return burns.check_worth(pays, tender, 200, foreign=foreign)
    with pytest.raises(Refusal, match=code):
        burns.check_worth(pays, tender, 200, foreign=foreign)


@pytest.mark.parametrize(
    ("before", "points", "back"),
    [
        (0, None, [("c", 50), ("b", 20), ("a", 30)]), (0, 50, [("c", 50)]), (0, 51, [("c", 50), ("b", 1)]),
        (49, 2, [("c", 1), ("b", 1)]), (50, 1, [("b", 1)]), (70, None, [("a", 30)]), (99, 1, [("a", 1)]),
    ],
)  # fmt: skip
def test_the_last_taken_comes_back_first(before, points, back):
    assert [(take.lot, take.points) for take in burns.returned(TAKEN, before, points)] == back


@pytest.mark.parametrize(("before", "points", "code"), [(100, None, "burn_cancelled"), (100, 1, "burn_cancelled"),
                                                        (60, 41, "cancelled_too_much")])  # fmt: skip
def test_no_more_comes_back_than_was_taken(before, points, code):
    with pytest.raises(Refusal, match=code):
        burns.returned(TAKEN, before, points)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=5), st.data())
def test_in_pieces_the_same_comes_back_as_at_once(sizes, data):
    taken = tuple(Take(f"l{place}", size) for place, size in enumerate(sizes))
    back: dict[str, int] = {}
    before = 0
    while before < sum(sizes):
        piece = data.draw(st.integers(1, sum(sizes) - before))
        found = burns.returned(taken, before, piece)
        assert sum(take.points for take in found) == piece and all(take.points for take in found)
        for take in found:
            back[take.lot] = back.get(take.lot, 0) + take.points
        before += piece
    assert back == {take.lot: take.points for take in taken}


def test_grace_is_told_in_whole_local_days():
    late = datetime(2026, 1, 5, 22, 30, tzinfo=UTC)  # the sixth in Sofia
    assert burns.grace_ends(NOON, 0, ZoneInfo("Europe/Sofia")) == datetime(2026, 1, 5, 22, tzinfo=UTC)
    assert burns.grace_ends(late, 2, ZoneInfo("Europe/Sofia")) == datetime(2026, 1, 8, 22, tzinfo=UTC)
