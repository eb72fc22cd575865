"""Servers whose clocks differ: a batch may be told an earlier instant than the last one, and the books still hold."""

from itertools import count

import pytest

from guerdon.insight import verify
from guerdon.kit import ids
from tests.shop import FAR, Shop, taken

UNIT = {"points": {"expires": {"rolling": {"days": 7}}}}


@pytest.fixture
def cafe(database) -> Shop:
    """Ten points that end on the thirteenth, at midnight in Sofia, and fifty that came later."""
    shop = Shop({"units": UNIT})
    shop.enrol("Ann")
    shop.buy("Ann", 1000, "2026-01-05", external_id="first")
    shop.buy("Ann", 5000, "2026-01-08")
    return shop


def proved(shop: Shop) -> None:
    report = verify.run(shop.programme_id, deep=True, at=FAR)
    assert report.ok, [verdict for verdict in report.verdicts if verdict.holds is False]


def test_a_burn_by_a_clock_that_is_behind_meets_points_that_have_just_ended(cafe):
    taken(cafe.tell(cafe.purchase("Ann", 100, "2026-01-12T22:00:01"))[0])
    taken(cafe.burn("Ann", 10, "2026-01-12T21:59:59"))  # of the first ten, which are alive by this clock
    assert cafe.amounts("Ann", "2026-01-12T22:00:02").available == 51
    proved(cafe)


def test_a_return_by_a_clock_that_is_behind_its_purchase(cafe):
    cafe.buy("Ann", 300, "2026-01-09T12:00:01", external_id="late")
    taken(cafe.tell(cafe.giving_back("Ann", "late", "2026-01-09T11:59:59"), now="2026-01-09T11:59:59")[0])
    assert cafe.amounts("Ann", "2026-01-09T12:00:02").available == 60
    proved(cafe)


def test_a_balance_asked_by_a_clock_that_is_behind(cafe):
    taken(cafe.tell(cafe.purchase("Ann", 100, "2026-01-12T22:00:01"))[0])
    assert cafe.amounts("Ann", "2026-01-12T21:59:59").available == 60
    assert cafe.amounts("Ann", "2026-01-12T22:00:01").available == 51


def test_a_purchase_told_again_after_a_return_by_a_host_that_is_behind(cafe, monkeypatch):
    """What came later is no part of the first answer, though its id is an earlier one."""
    bought = cafe.purchase("Ann", 300, "2026-01-09T12:00:01", external_id="late")
    first = taken(cafe.tell(bought)[0])
    numbers = count(1)
    monkeypatch.setattr(ids, "new", lambda: f"{next(numbers):032x}")
    taken(cafe.tell(cafe.giving_back("Ann", "late", "2026-01-09T11:59:59"), now="2026-01-09T11:59:59")[0])
    again = taken(cafe.tell(bought)[0])
    assert (again.replayed, again.activity_id, again.returned) == (True, first.activity_id, ())
