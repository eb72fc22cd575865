"""Two people at the same adjustment at the same moment: it is booked once, or turned down, and never both."""

import pytest

from guerdon.core.errors import Refusal
from tests import effort, shop
from tests.races import crowd
from tests.shop import Shop

RIVALS = effort.times(6, 16)


def waiting() -> tuple[Shop, str]:
    """Emil asks for 500 points for Ann, and may give only 100 alone."""
    cafe = Shop({"adjustments": {"approve_above": {"points": 100}}})
    cafe.enrol("Ann")
    return cafe, shop.taken(cafe.adjust("Ann", 500, "2026-01-05")).activity_id


def decide(cafe, asked, verdicts):
    deeds = [
        lambda who=place, verdict=verdict: cafe.judge(asked, verdict, "2026-01-06", actor=f"Maya {who}")
        for place, verdict in enumerate(verdicts)
    ]
    return crowd.together(deeds)


def split(cafe, at_once):
    deeds = [lambda place=place: cafe.adjust("Ann", 60, "2026-01-05", external_id=f"a-{place}") for place in at_once]
    return crowd.together(deeds)


def test_two_approvers_book_once(database, monkeypatch):
    cafe, asked = waiting()
    with crowd.meeting(monkeypatch, 3):
        results = decide(cafe, asked, ["approval"] * RIVALS)
    assert not [one for one in results if isinstance(one, BaseException)], results
    assert [one.replayed for one in results].count(False) == 1
    assert len({str(one.activity.facts["decided_by"]) for one in results}) == 1
    assert cafe.amounts("Ann", "2026-01-06").available == 500
    assert cafe.audit() == []


@pytest.mark.parametrize("_", range(effort.times(3, 20)))
def test_approved_or_rejected_and_never_both(database, monkeypatch, _):
    cafe, asked = waiting()
    with crowd.meeting(monkeypatch, 2):
        results = decide(cafe, asked, ["approval", "rejection"])
    lost = [one for one in results if isinstance(one, Refusal)]
    assert [one.code for one in lost] == ["adjustment_decided"]
    won = 500 if results[0] not in lost else 0
    assert cafe.amounts("Ann", "2026-01-06").available == won
    assert cafe.count("activities_activity") == 1 and cafe.count("activities_parked") == 0
    assert cafe.audit() == []


@crowd.control
def test_without_locks_they_stumble(database, monkeypatch):
    """The control: then only the journal's own key is left, over which the second one falls."""
    crowd.unlock(monkeypatch)
    stumbles = crowd.stumbles(monkeypatch)
    cafe, asked = waiting()
    with crowd.meeting(monkeypatch, 2):
        results = decide(cafe, asked, ["approval", "rejection"])
    broken = [one for one in results if isinstance(one, BaseException) and not isinstance(one, Refusal)]
    assert stumbles or broken


def test_a_threshold_is_never_passed_in_pieces(database, monkeypatch):
    cafe = Shop({"adjustments": {"approve_above": {"points": 100}}})
    cafe.enrol("Ann")
    with crowd.meeting(monkeypatch, 3):
        results = split(cafe, range(RIVALS))
    assert [one.decision.parked for one in results].count(None) == 1
    assert cafe.amounts("Ann", "2026-01-05").available == 60


@crowd.control
def test_without_locks_it_is_passed(database, monkeypatch):
    """The control."""
    crowd.unlock(monkeypatch)
    cafe = Shop({"adjustments": {"approve_above": {"points": 100}}})
    cafe.enrol("Ann")
    with crowd.meeting(monkeypatch, 3):
        results = split(cafe, range(3))
    booked = [one for one in results if not isinstance(one, BaseException) and one.decision.parked is None]
    assert len(booked) > 1 or [one for one in results if isinstance(one, BaseException)]
