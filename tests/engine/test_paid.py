"""Purchases paid with points: the burn of a tender comes back with the return, once, wherever its member is by now."""

from typing import Any

import msgspec
import pytest

from guerdon.core.activities import Member, Tender
from guerdon.engine import exchange, households, undo
from guerdon.engine.households import Asked
from guerdon.insight import verify
from guerdon.kit import ids
from tests import shop
from tests.engine.family import available
from tests.engine.pairs import merged, unmerged
from tests.shop import Shop


@pytest.fixture
def cafe(database: str) -> Shop:
    made = Shop()
    made.enrol("Ann", "Ben")
    made.buy("Ann", 10_000, external_id="old")  # 100 points
    return made


def pay(cafe: Shop, points: int, money: int, rest: int, *, by: str = "cup", **more: Any) -> str:
    """Ann burns points, and buys with them and a card; answers the burn's id as it is shown."""
    burn = ids.show("burn", shop.taken(cafe.burn("Ann", points, "2026-01-06", external_id=by)).activity_id)
    tenders = (Tender("points", money, burn), Tender("card", rest))
    shop.taken(cafe.tell(cafe.purchase("Ann", money + rest, "2026-01-06", tenders=tenders, **more))[0])
    return burn


def back(cafe: Shop, amount: int | None, at: str, order: str = "order") -> list[tuple[int, int]]:
    """What of money and of points goes back to each tender."""
    done = shop.taken(cafe.tell(cafe.giving_back("Ann", order, at, amount=amount))[0])
    assert done.decision.refund is not None
    return [(one.amount, one.points) for one in done.decision.refund.tenders]


def holds(cafe: Shop) -> None:
    assert cafe.audit() == []
    report = verify.run(cafe.programme_id, deep=True, at=shop.FAR)
    assert report.ok, [(one.name, str(one.first)) for one in report.broken]


def test_points_come_back_with_the_money_they_paid(cafe):
    pay(cafe, 33, 333, 667, external_id="order")
    assert cafe.amounts("Ann", "2026-01-06").available == 67 + 6
    assert back(cafe, 250, "2026-01-07") == [(83, 8), (167, 0)]  # 33 × 83 / 333 = 8.2
    assert back(cafe, 250, "2026-01-08") == [(84, 8), (166, 0)]  # 33 × 167 / 333 = 16.5
    assert back(cafe, None, "2026-01-09") == [(166, 17), (334, 0)]
    assert cafe.amounts("Ann", "2026-01-09").available == 100
    assert [lot.remaining for lot in cafe.lots("Ann")] == [100]
    holds(cafe)


def test_a_burn_that_paid_is_not_cancelled_by_hand(cafe):
    """Its points come back with the order alone; otherwise the order would go on without them."""
    burn = pay(cafe, 30, 300, 700, external_id="order")
    assert [shop.code(cafe.cancel("cup", "2026-01-07", points=points)) for points in (20, None)] == ["burn_bound"] * 2
    undone = undo.undo(
        programme_id=cafe.programme_id,
        activity_id=ids.read("burn", burn),
        now=shop.moment("2026-01-06T13:00"),
        by=shop.DORA,
    )
    assert shop.code(undone) == "burn_bound"
    assert back(cafe, None, "2026-01-08") == [(300, 30), (700, 0)]
    assert shop.code(cafe.cancel("cup", "2026-01-09")) == "burn_bound"
    assert cafe.amounts("Ann", "2026-01-09").available == 100
    holds(cafe)


@pytest.mark.parametrize("points", [10, None])
def test_a_burn_of_which_something_came_back_pays_nothing(cafe, points):
    burn = ids.show("burn", shop.taken(cafe.burn("Ann", 30, "2026-01-06", external_id="cup")).activity_id)
    shop.taken(cafe.cancel("cup", "2026-01-07", points=points))
    order = cafe.purchase("Ann", 300, "2026-01-08", tenders=(Tender("points", 300, burn),))
    assert shop.code(cafe.tell(order)[0]) == "burn_cancelled"
    holds(cafe)


def test_whoever_pays_nothing_by_it_leaves_a_burn_alone(cafe):
    """A purchase that was refused has not bound the burn that it named."""
    burn = ids.show("burn", shop.taken(cafe.burn("Ann", 30, "2026-01-06", external_id="cup")).activity_id)
    tenders = (Tender("points", 300, burn), Tender("points", 100, ids.show("burn", ids.new())))
    assert shop.code(cafe.tell(cafe.purchase("Ann", 400, "2026-01-06", tenders=tenders))[0]) == "burn_unknown"
    shop.taken(cafe.cancel("cup", "2026-01-07"))
    holds(cafe)


def test_an_order_opened_again_is_paid_anew(cafe):
    """Its points stay with the member; when it is returned again there are none of that burn to give."""
    pay(cafe, 30, 300, 700, external_id="order")
    back(cafe, None, "2026-01-07")
    again = shop.taken(cafe.tell(cafe.giving_back("Ann", "order", "2026-01-08", kind="reopen", amount=None))[0])
    assert again.decision.refund.tenders[0].points == 0
    assert cafe.amounts("Ann", "2026-01-08").available == 107
    assert back(cafe, None, "2026-01-09") == [(300, 0), (700, 0)]
    holds(cafe)


def test_a_burn_of_somebody_else_pays_nothing(cafe):
    burn = ids.show("burn", shop.taken(cafe.burn("Ann", 30, "2026-01-06", external_id="cup")).activity_id)
    of_ben = cafe.purchase("Ben", 300, "2026-01-06", tenders=(Tender("points", 300, burn),))
    of_nobody = cafe.purchase("Ann", 300, "2026-01-06", tenders=(Tender("points", 300, ids.show("burn", ids.new())),))
    no_id = cafe.purchase("Ann", 300, "2026-01-06", tenders=(Tender("points", 300, "cup"),))
    results = cafe.tell(of_ben, of_nobody, no_id, cafe.purchase("Ann", 300, "2026-01-06"))
    assert [shop.code(one) for one in results] == ["burn_unknown", "burn_unknown", "id_malformed", None]


def test_a_burn_pays_for_one_purchase_once(cafe):
    burn = pay(cafe, 30, 300, 700, external_id="order")
    again = cafe.purchase("Ann", 300, "2026-01-06", tenders=(Tender("points", 300, burn),))
    assert shop.code(cafe.tell(again)[0]) == "burn_spent"
    other = ids.show("burn", shop.taken(cafe.burn("Ann", 10, "2026-01-06", external_id="bun")).activity_id)
    twice = cafe.purchase("Ann", 200, "2026-01-06", tenders=(Tender("points", 100, other),) * 2)
    once = cafe.purchase("Ann", 100, "2026-01-06", tenders=(Tender("points", 100, other),), external_id="once")
    late = cafe.purchase("Ann", 100, "2026-01-06", tenders=(Tender("points", 100, other),), external_id="late")
    results = cafe.tell(twice, once, late)
    assert [shop.code(one) for one in results] == ["burn_spent", None, "burn_spent"]
    assert back(cafe, None, "2026-01-07") == [(300, 30), (700, 0)]
    assert shop.code(cafe.tell(again)[0]) == "burn_spent", "its points are back, so it pays nothing any more"
    holds(cafe)


def test_a_burn_pays_for_the_purchase_that_waits_for_its_rate(cafe):
    burn = ids.show("burn", shop.taken(cafe.burn("Ann", 30, "2026-01-06", external_id="cup")).activity_id)
    tenders = (Tender("points", 300, burn), Tender("card", 700))
    cafe.tell_rates(("USD", "2026-01-08", 86, 100), now="2026-01-08")
    waiting = cafe.purchase("Ann", 1_000, "2026-01-06", tenders=tenders, currency="USD", external_id="order")
    assert shop.taken(cafe.tell(waiting)[0]).decision.parked == "rate_missing"
    again = cafe.purchase("Ann", 300, "2026-01-06", tenders=(Tender("points", 300, burn),))
    assert shop.code(cafe.tell(again)[0]) == "burn_spent"
    cafe.tell_rates(("USD", "2026-01-06", 90, 100))
    released = exchange.release(programme_id=cafe.programme_id, now=shop.moment("2026-01-07"))
    assert (released.released, released.held_back) == (1, {})
    assert back(cafe, None, "2026-01-08") == [(300, 30), (700, 0)]
    holds(cafe)


def test_the_points_of_a_member_who_was_merged_come_to_who_stayed(cafe):
    pay(cafe, 30, 300, 700, external_id="order")
    merged(cafe, "Ben", "Ann", "2026-01-07")
    done = shop.taken(cafe.tell(cafe.giving_back("Ben", "order", "2026-01-08", amount=500))[0])
    assert [one.points for one in done.decision.refund.tenders] == [15, 0]
    assert cafe.amounts("Ben", "2026-01-08").available == 70 + 3 + 15
    shop.taken(cafe.tell(cafe.giving_back("Ben", "order", "2026-01-09", amount=None))[0])
    assert cafe.amounts("Ben", "2026-01-09").available == 100
    holds(cafe)


def test_a_burn_from_before_a_merge_pays_afterwards_and_comes_back_wherever_it_belongs_by_then(cafe):
    burn = ids.show("burn", shop.taken(cafe.burn("Ann", 30, "2026-01-06", external_id="cup")).activity_id)
    merged(cafe, "Ben", "Ann", "2026-01-07")
    tenders = (Tender("points", 300, burn), Tender("card", 700))
    shop.taken(cafe.tell(cafe.purchase("Ben", 1_000, "2026-01-08", tenders=tenders, external_id="order"))[0])
    done = shop.taken(cafe.tell(cafe.giving_back("Ben", "order", "2026-01-09", amount=500))[0])
    assert [one.points for one in done.decision.refund.tenders] == [15, 0]
    assert cafe.amounts("Ben", "2026-01-09").available == 70 + 15 + 3
    unmerged(cafe, "Ben", "Ann", "2026-01-10")
    done = shop.taken(cafe.tell(cafe.giving_back("Ben", "order", "2026-01-11", amount=None))[0])
    assert [one.points for one in done.decision.refund.tenders] == [15, 0]
    # What came back while they were one has stayed with Ben.
    assert [cafe.amounts(name, "2026-01-11").available for name in ("Ann", "Ben")] == [70 + 15, 15]
    holds(cafe)


def test_a_return_that_came_first_finds_the_burn(cafe):
    shop.taken(cafe.tell(cafe.giving_back("Ann", "order", "2026-01-06", amount=None))[0])
    pay(cafe, 30, 300, 700, external_id="order")
    assert cafe.amounts("Ann", "2026-01-06").available == 100
    holds(cafe)


def test_what_the_household_paid_comes_back_to_the_household_also_from_who_has_left(database):
    """With `take` the points of the purchase went along with Ben, but the points that paid for it were everybody's."""
    home = Shop({"households": {"leaving": "take"}})
    home.enrol("Ann", "Ben")
    home.buy("Ann", 10_000, "2026-01-05")
    asked = Asked(home.programme_id, "Emil", shop.moment("2026-01-06"))
    household = households.found(asked, owner=Member(external_id="Ann")).household.id
    both = {"household_id": household, "by": Member(external_id="Ann"), "member": Member(external_id="Ben")}
    invited = households.invite(asked, role="adult", **both).invitation
    households.answer(asked, household_id=household, invitation_id=invited.id, deed="accept")
    burn = ids.show("burn", shop.taken(home.burn("Ben", 10, "2026-01-07", external_id="cup")).activity_id)
    tenders = (Tender("points", 100, burn), Tender("card", 900))
    shop.taken(home.tell(home.purchase("Ben", 1_000, "2026-01-07", tenders=tenders, external_id="order"))[0])
    later = msgspec.structs.replace(asked, now=shop.moment("2026-01-08"))
    households.leave(later, household_id=household, member=Member(external_id="Ben"))
    assert home.amounts("Ben", "2026-01-08").available == 9
    back = shop.taken(home.tell(home.giving_back("Ben", "order", "2026-01-09", amount=None))[0])
    assert [one.points for one in back.decision.refund.tenders] == [10, 0]
    assert (home.amounts("Ben", "2026-01-09").available, available(household, "2026-01-09")) == (0, 100)
    holds(home)
