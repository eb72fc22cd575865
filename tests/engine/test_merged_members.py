"""What happened before a merge is given back, cancelled or ended after it (LAW 6.3)."""

import pytest

from guerdon.core.activities import Member
from guerdon.engine import merge
from tests import shop
from tests.engine.pairs import cafe_of_two, holds, lives, merged, unmerged
from tests.shop import Shop


def test_a_return_of_what_was_bought_before_takes_from_its_own_lots(database):
    cafe = cafe_of_two()
    merged(cafe, "Ann", "Ben", "2026-01-20")
    back = shop.taken(cafe.tell(cafe.giving_back("Ben", "ben-1", "2026-01-21"))[0])
    assert [(one.asked, one.origin, one.other) for one in back.decision.taken] == [(27, 27, 0)]
    assert back.account_id == cafe.account("Ann")
    assert shop.code(cafe.tell(cafe.giving_back("Ann", "ben-1", "2026-01-22"))[0]) == "already_returned"
    again = cafe.tell(cafe.purchase("Ben", 2000, "2026-01-03", partner="bakery", external_id="ben-1"))[0]
    assert shop.taken(again).replayed and shop.taken(again).differs == ()
    holds(cafe)
    unmerged(cafe, "Ann", "Ben", "2026-01-23")
    assert shop.code(cafe.tell(cafe.giving_back("Ben", "ben-1", "2026-01-24"))[0]) == "already_returned"
    holds(cafe)


@pytest.mark.parametrize("swept", [False, True])
@pytest.mark.parametrize("apart", [False, True])
def test_what_expired_in_either_account_counts_as_taken(database, swept, apart):
    cafe = Shop({"units": {"points": {"expires": {"rolling": {"days": 10}}}}})
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ben", 4000, "2026-01-05", external_id="ben-1")
    shop.taken(cafe.burn("Ben", 10, "2026-01-06"))
    merged(cafe, "Ann", "Ben", "2026-01-07")
    if swept:
        cafe.night("2026-01-20T03:00")
    if apart:
        unmerged(cafe, "Ann", "Ben", "2026-01-21")
    back = shop.taken(cafe.tell(cafe.giving_back("Ben", "ben-1", "2026-01-22"))[0])
    assert [(one.asked, one.lapsed, one.debt) for one in back.decision.taken] == [(40, 30, 10)]
    holds(cafe)


def test_what_came_back_before_a_merge_and_expired_counts_once(database):
    cafe = Shop({"units": {"points": {"expires": {"rolling": {"days": 10}}, "debt_max": 100}}})
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ben", 4000, "2026-01-05", external_id="ben-1")
    shop.taken(cafe.burn("Ben", 30, "2026-01-06", external_id="cup"))
    shop.taken(cafe.cancel("cup", "2026-01-20"))  # they live anew, in a lot of the same award
    merged(cafe, "Ann", "Ben", "2026-01-21")
    cafe.night("2026-03-20T03:00")
    back = shop.taken(cafe.tell(cafe.giving_back("Ben", "ben-1", "2026-03-22"))[0])
    assert [(one.asked, one.lapsed, one.debt) for one in back.decision.taken] == [(40, 40, 0)]
    holds(cafe)


def test_what_came_back_by_a_cancelled_burn_stays_when_they_part(database):
    cafe = Shop({"units": {"points": {}}})
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ben", 4000, "2026-01-05")
    shop.taken(cafe.burn("Ben", 30, "2026-01-06", external_id="cup"))
    merged(cafe, "Ann", "Ben", "2026-01-07")
    shop.taken(cafe.cancel("cup", "2026-01-08"))
    unmerged(cafe, "Ann", "Ben", "2026-01-09")
    assert [cafe.amounts(name, "2026-01-10").available for name in ("Ann", "Ben")] == [30, 10]  # later activity stays
    holds(cafe)


@pytest.mark.parametrize("apart", [False, True])
def test_a_burn_from_before_is_cancelled_to_whoever_has_the_points(database, apart):
    cafe = Shop({"units": {"points": {"expires": {"rolling": {"days": 30}}, "debt_max": 100}}})
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ben", 4000, "2026-01-05", external_id="ben-1")
    shop.taken(cafe.burn("Ben", 30, "2026-01-06", external_id="cup"))
    lots = lives(cafe, "Ben")
    merged(cafe, "Ann", "Ben", "2026-01-07")
    if apart:
        unmerged(cafe, "Ann", "Ben", "2026-01-07T13:00")
    first = shop.taken(cafe.cancel("cup", "2026-01-08", points=10))
    shop.taken(cafe.cancel("cup", "2026-01-09"))
    assert cafe.amounts("Ben" if apart else "Ann", "2026-01-10").available == 40
    assert first.account_id == cafe.ids["Ben"] and first.decision.reinstated == {"points": 10}
    for lot in lives(cafe, "Ben" if apart else "Ann"):  # as it was, in as many parts as it came back in
        assert (*lot[:3], *lot[4:]) == (*lots[0][:3], *lots[0][4:])
    assert shop.code(cafe.cancel("cup", "2026-01-10")) == "burn_cancelled"
    holds(cafe)


def test_a_cancelled_burn_repays_what_is_owed_where_the_points_are_now(database):
    cafe = Shop({"units": {"points": {"debt_max": 100}}})
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ben", 4000, "2026-01-05", external_id="ben-1")
    shop.taken(cafe.burn("Ben", 30, "2026-01-06", external_id="cup"))
    shop.taken(cafe.tell(cafe.giving_back("Ben", "ben-1", "2026-01-06T13:00"))[0])
    merged(cafe, "Ann", "Ben", "2026-01-07")
    assert cafe.amounts("Ann", "2026-01-08").debt == 30
    shop.taken(cafe.cancel("cup", "2026-01-08"))
    now = cafe.amounts("Ann", "2026-01-08")
    assert (now.available, now.debt) == (0, 0)
    holds(cafe)


def test_a_hold_from_before_has_ended(database):
    cafe = Shop({"units": {"points": {}}})
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ben", 4000, "2026-01-05")
    shop.taken(cafe.hold("Ben", 30, "2026-01-06", external_id="cup"))
    shop.taken(cafe.capture("cup", "2026-01-06T13:00"))
    merged(cafe, "Ann", "Ben", "2026-01-07")
    assert shop.code(cafe.capture("cup", "2026-01-08")) == shop.code(cafe.release("cup", "2026-01-08")) == "hold_ended"
    holds(cafe)


def test_returns_before_and_after_a_merge_are_returns_of_one_purchase(database):
    """What expired and was counted by the first is not counted again by the second, in whatever account."""
    cafe = cafe_of_two()
    shop.taken(cafe.burn("Ben", 20, "2026-01-10"))
    cafe.night("2027-01-10T01:00")  # the other 7 of ben-1 have ended
    first = shop.taken(cafe.tell(cafe.giving_back("Ben", "ben-1", "2027-01-10T02:00", amount=500))[0])
    merged(cafe, "Ann", "Ben", "2027-01-11")
    rest = shop.taken(cafe.tell(cafe.giving_back("Ben", "ben-1", "2027-01-12"))[0])
    lapsed = [(one.asked, one.lapsed) for back in (first, rest) for one in back.decision.taken]
    assert lapsed == [(5, 5), (22, 2)]
    holds(cafe, "2027-02-01")


def test_a_trial_of_a_merge_that_is_there_says_so(database):
    cafe = cafe_of_two()
    named = {"programme_id": cafe.programme_id, "into": cafe.account("Ann"), "goes": Member(external_id="Ben")}
    tried = [
        merge.merge(**named, actor="Emil", now=shop.moment("2026-01-20"), dry_run=dry_run)[1]
        for dry_run in (True, False, True, False)
    ]
    assert tried == [False, False, True, True]


def test_an_order_opened_again_repays_the_debt_that_its_return_made(database: str):
    """The return is told while Ben is Ann, and makes a debt that stays hers; he opens the order again (LAW 6.3)."""
    cafe = Shop()
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ben", 3000, "2026-01-05", external_id="order")
    shop.taken(cafe.burn("Ben", 30, "2026-01-06"))
    merged(cafe, "Ann", "Ben", "2026-01-07")
    shop.taken(cafe.tell(cafe.giving_back("Ben", "order", "2026-01-08"))[0])
    unmerged(cafe, "Ann", "Ben", "2026-01-09")
    assert cafe.amounts("Ann", "2026-01-09").debt == 30
    shop.taken(cafe.tell(cafe.giving_back("Ben", "order", "2026-01-10", kind="reopen"))[0])
    assert (cafe.amounts("Ann", "2026-01-10").debt, cafe.amounts("Ben", "2026-01-10").available) == (0, 0)
    holds(cafe)


def test_a_return_told_while_merged_waits_for_a_person_once_they_are_two_again(database: str):
    """It waits with who stayed, and nobody knows whose it was: the purchase of the other one does not meet it."""
    cafe = Shop()
    cafe.enrol("Ann", "Ben")
    merged(cafe, "Ann", "Ben", "2026-01-05")
    cafe.tell(cafe.giving_back("Ben", "order", "2026-01-06", external_id="back"))
    unmerged(cafe, "Ann", "Ben", "2026-01-07")
    cafe.buy("Ben", 1000, "2026-01-08", external_id="order")
    assert cafe.amounts("Ben", "2026-01-08").available == 10
    again = shop.taken(cafe.tell(cafe.giving_back("Ben", "order", "2026-01-09", external_id="back"))[0])
    assert (again.decision.parked, again.account_id) == ("purchase_missing", cafe.account("Ann"))
    shop.taken(cafe.tell(cafe.giving_back("Ben", "order", "2026-01-09", external_id="told-anew"))[0])
    assert cafe.amounts("Ben", "2026-01-09").available == 0
    holds(cafe)
