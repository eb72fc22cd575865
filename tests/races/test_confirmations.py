"""Two couriers at the same door, and a return on the way: what waits is released once – and without locks it is not."""

import time
from typing import Any

import pytest

from guerdon.core.errors import Refusal
from guerdon.engine.batch import Batch, Outcome
from tests import effort, shop
from tests.races import crowd
from tests.shop import Shop

RIVALS = effort.times(6, 16)
WAITS: dict[str, Any] = {
    "kinds": {"delivered": {}},
    "units": {"points": shop.POINTS | {"vesting": {"activity": "delivered", "cancel_after_days": 30}}},
}


def order() -> Shop:
    cafe = Shop(WAITS)
    cafe.enrol("Ann")
    cafe.buy("Ann", 4000, external_id="order")
    return cafe


def couriers(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    cafe = order()
    parcels = [cafe.delivery("Ann", "order", external_id=f"parcel-{place}") for place in range(rivals)]
    with crowd.meeting(monkeypatch, min(rivals, 3)):
        return cafe, crowd.together([lambda one=one: cafe.tell(one)[0] for one in parcels])


def released(results: list[Any]) -> list[int]:
    """How many points each of them released."""
    return [sum(one.points for one in each.decision.released) for each in results if isinstance(each, Outcome)]


def broken(results: list[Any]) -> bool:
    return any(isinstance(one, BaseException) and not isinstance(one, Refusal) for one in results)


def test_two_couriers_release_once(database, monkeypatch):
    cafe, results = couriers(monkeypatch, RIVALS)
    assert sorted(released(results)) == [0] * (RIVALS - 1) + [40], results
    assert cafe.amounts("Ann", "2026-01-07").available == 40
    assert cafe.audit() == []


@crowd.control
def test_without_locks_they_both_do(database, monkeypatch):
    crowd.unlock(monkeypatch)
    cafe, results = couriers(monkeypatch, 2)
    assert released(results).count(40) > 1 or broken(results) or cafe.audit()


def parcel_and_return(monkeypatch: pytest.MonkeyPatch) -> tuple[Shop, list[Any]]:
    cafe = order()
    told = (cafe.delivery("Ann", "order"), cafe.giving_back("Ann", "order"))
    with crowd.meeting(monkeypatch, 2):
        return cafe, crowd.together([lambda one=one: cafe.tell(one)[0] for one in told])


@pytest.mark.parametrize("_", range(effort.times(3, 20)))
def test_a_parcel_and_its_return_end_alike_in_any_order(database, monkeypatch, _):
    cafe, results = parcel_and_return(monkeypatch)
    assert not broken(results), results
    assert [results[1].decision.taken[0].origin, *released(results[:1])] in ([40, 0], [40, 40])
    amounts = cafe.amounts("Ann", "2026-01-07")
    assert (amounts.available, amounts.pending, amounts.debt) == (0, 0, 0)
    assert cafe.audit() == []


@crowd.control
def test_without_locks_the_books_are_wrong(database, monkeypatch):
    """Where the return writes last it comes out right by luck, so the parcel is made to."""
    crowd.unlock(monkeypatch)
    commit = Batch.commit

    def late(batch: Batch) -> None:
        if any(one.activity.kind == "delivered" for one in batch.outcomes.values()):
            time.sleep(0.1)
        commit(batch)

    monkeypatch.setattr(Batch, "commit", late)
    cafe, results = parcel_and_return(monkeypatch)
    assert broken(results) or cafe.audit()
