"""The first walk through the engine: one of everything, on the database of the run."""

import msgspec

from guerdon.core.activities import Member
from guerdon.kit import ids
from tests import shop
from tests.shop import Shop


def test_a_year_at_the_cafe(database):
    cafe = Shop({"units": {"points": shop.POINTS | {"vesting": {"days": 14}}}})
    cafe.enrol("Ann")
    first = cafe.buy("Ann", 4000, "2026-01-05", external_id="one")
    assert shop.points([first]) == 40
    assert cafe.amounts("Ann", "2026-01-05").pending == 40
    assert cafe.amounts("Ann", "2026-01-20").available == 40
    again = shop.taken(cafe.tell(cafe.purchase("Ann", 4000, "2026-01-05", external_id="one"), now="2026-02-01")[0])
    assert again.replayed and again.decision == first.decision and again.activity_id == first.activity_id
    spent = shop.taken(cafe.burn("Ann", 15, "2026-02-01"))
    assert spent.decision.spent[0].points == 15
    assert shop.code(cafe.burn("Ann", 26, "2026-02-01")) == "insufficient_points"
    assert cafe.amounts("Ann", "2026-02-01").available == 25
    back = shop.taken(cafe.tell(cafe.giving_back("Ann", "one", "2026-02-02"))[0])
    taken = back.decision.taken[0]
    assert (taken.asked, taken.origin, taken.debt) == (40, 25, 15)
    assert cafe.amounts("Ann", "2026-02-02").debt == 15
    shop.taken(cafe.adjust("Ann", 20, "2026-02-03"))
    assert (cafe.amounts("Ann", "2026-02-03").available, cafe.amounts("Ann", "2026-02-03").debt) == (5, 0)
    report = cafe.night("2027-02-04T03:00")
    assert report.expired == {"points": 5}
    assert cafe.night("2027-02-04T03:00").expired == {}
    kinds = [(line.kind, line.points, line.balance) for line in cafe.statement("Ann")]
    assert kinds == [
        ("earn", 40, 40), ("burn", -15, 25), ("lend", 15, 40), ("claw_back", -40, 0), ("adjust_up", 20, 20),
        ("repay", -15, 5), ("expire", -5, 0),
    ]  # fmt: skip


def test_a_return_before_its_purchase_waits_for_it(database):
    cafe = Shop()
    cafe.enrol("Ann")
    parked = shop.taken(cafe.tell(cafe.giving_back("Ann", "one", "2026-01-06", external_id="r"))[0])
    assert parked.decision.parked == "purchase_missing"
    cafe.buy("Ann", 4000, "2026-01-05", external_id="one")
    assert cafe.amounts("Ann", "2026-01-07").available == 0
    again = shop.taken(cafe.tell(cafe.giving_back("Ann", "one", "2026-01-06", external_id="r"))[0])
    assert again.replayed and again.decision.taken[0].asked == 40
    assert cafe.count("activities_parked") == 0


def test_one_member_under_several_names_is_one_member(database):
    cafe = Shop()
    account = cafe.enrol("Ann", cards=("C1",))
    by_name, by_card, by_id = (cafe.purchase("Ann") for _ in range(3))
    names = (Member(external_id="Ann"), Member(card="c 1"), Member(id=ids.show("member", account)))
    facts = [
        msgspec.structs.replace(one, member=name) for one, name in zip((by_name, by_card, by_id), names, strict=True)
    ]
    assert [shop.taken(result).account_id for result in cafe.tell(*facts)] == [account] * 3
    assert cafe.amounts("Ann", "2026-01-05").available == 30
