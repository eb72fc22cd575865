"""Holds and burns at the same moment: a point is promised once, a hold ends once, a burn comes back once."""

from typing import Any

import pytest

from guerdon.core.errors import Refusal
from guerdon.engine.batch import Outcome
from tests import effort, shop
from tests.races import crowd
from tests.races.test_threads import harmed, no_errors, race
from tests.shop import Shop

RIVALS = effort.times(6, 16)


def cafe_with_a_hold() -> Shop:
    cafe = Shop()
    cafe.enrol("Ann")
    cafe.buy("Ann", 4000)
    shop.taken(cafe.hold("Ann", 30, "2026-01-06", external_id="hold-1"))
    return cafe


def codes(results: list[Any]) -> list[str]:
    return sorted(str(shop.code(result)) for result in no_errors(results))


def done(results: list[Any]) -> int:
    return len([result for result in results if isinstance(result, Outcome)])


def captures(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    cafe = cafe_with_a_hold()
    return cafe, race(monkeypatch, [lambda: cafe.capture("hold-1", "2026-01-07")] * rivals)


def test_a_hold_is_captured_once(database, monkeypatch):
    cafe, results = captures(monkeypatch, RIVALS)
    assert codes(results) == ["None"] + ["hold_ended"] * (RIVALS - 1)
    assert (cafe.amounts("Ann", "2026-01-08").available, cafe.amounts("Ann", "2026-01-08").held) == (10, 0)
    assert cafe.audit() == []


@crowd.control
def test_without_locks_it_is_captured_twice(database, monkeypatch):
    crowd.unlock(monkeypatch)
    cafe, results = captures(monkeypatch, 3)
    assert done(results) > 1 or harmed(cafe, results)


def capture_and_release(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    cafe = cafe_with_a_hold()
    both = [lambda: cafe.capture("hold-1", "2026-01-07"), lambda: cafe.release("hold-1", "2026-01-07")]
    return cafe, race(monkeypatch, both * (rivals // 2))


@pytest.mark.parametrize("_", range(effort.times(4, 20)))
def test_of_capture_and_release_one_wins(database, monkeypatch, _):
    cafe, results = capture_and_release(monkeypatch, RIVALS)
    assert codes(results) == ["None"] + ["hold_ended"] * (RIVALS // 2 * 2 - 1)
    assert cafe.amounts("Ann", "2026-01-08").available in (10, 40)
    assert cafe.audit() == []


@crowd.control
def test_without_locks_both_win(database, monkeypatch):
    crowd.unlock(monkeypatch)
    cafe, results = capture_and_release(monkeypatch, 4)
    assert done(results) > 1 or harmed(cafe, results)


def hold_and_burn(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    cafe = Shop()
    cafe.enrol("Ann")
    cafe.buy("Ann", 4000)
    both = [lambda: cafe.hold("Ann", 30, "2026-01-06"), lambda: cafe.burn("Ann", 30, "2026-01-06")]
    return cafe, race(monkeypatch, both * (rivals // 2))


def test_the_last_points_are_held_or_burned(database, monkeypatch):
    cafe, results = hold_and_burn(monkeypatch, RIVALS)
    assert codes(results) == ["None"] + ["insufficient_points"] * (RIVALS // 2 * 2 - 1)
    found = cafe.amounts("Ann", "2026-01-07")
    assert (found.available, found.held) in ((10, 0), (10, 30))
    assert cafe.audit() == []


@crowd.control
def test_without_locks_they_are_both(database, monkeypatch):
    crowd.unlock(monkeypatch)
    cafe, results = hold_and_burn(monkeypatch, 4)
    assert done(results) > 1 or harmed(cafe, results)


def cancellations(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    cafe = Shop()
    cafe.enrol("Ann")
    cafe.buy("Ann", 4000)
    shop.taken(cafe.burn("Ann", 30, "2026-01-06", external_id="burn-1"))
    return cafe, race(monkeypatch, [lambda: cafe.cancel("burn-1", "2026-01-07")] * rivals)


def test_a_burn_comes_back_once(database, monkeypatch):
    cafe, results = cancellations(monkeypatch, RIVALS)
    assert codes(results) == ["None"] + ["burn_cancelled"] * (RIVALS - 1)
    assert cafe.amounts("Ann", "2026-01-07").available == 40
    assert cafe.audit() == []


@crowd.control
def test_without_locks_it_comes_back_twice(database, monkeypatch):
    crowd.unlock(monkeypatch)
    cafe, results = cancellations(monkeypatch, 3)
    assert len([one for one in results if not isinstance(one, Refusal)]) > 1 or harmed(cafe, results)
