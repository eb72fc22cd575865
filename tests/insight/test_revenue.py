"""Deferred revenue of closed months: from what a café really sold, tied to its points, told only where it can be."""

import msgspec
import pytest

from guerdon.core.activities import Tender
from guerdon.core.closing import Sold
from guerdon.engine import closing
from guerdon.features.closings import actions, queries
from guerdon.features.programmes import queries as programmes
from guerdon.insight import revenue, verify
from guerdon.kit import store
from tests import shop
from tests.shop import Shop

TENTH = shop.BASE | {"then": [{"points": {"unit": "points", "give": 1, "per": "10.00"}}]}
OCTOBER, NOVEMBER, DECEMBER = ("2025-10", "2025-11-02"), ("2025-11", "2025-12-02"), ("2025-12", "2026-01-02")


def says(percent=95, **more):
    """The programme with points worth 1.00 each, of which so many percent are expected to be redeemed."""
    worth = {"points": 1, "money": "1.00"} | ({} if percent is None else {"redeemed": percent})
    return {"units": {"points": shop.POINTS | {"worth": worth}}, "rules": {"base": TENTH}, **more}


@pytest.fixture
def cafe(database):
    """Example 52 of IFRS 15: 100,000.00 of sales in October give 10,000 points, of which 4,500 are spent."""
    cafe = Shop(says())
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ann", 6_000_000, "2025-10-05", external_id="large")
    cafe.buy("Ben", 4_000_000, "2025-10-06")
    shop.taken(cafe.burn("Ann", 4_500, "2025-10-20"))
    return cafe


def close(cafe, *months):
    for month, now in months:
        cafe.night(f"{now}T03:00")
        cafe.close(month, now)


def told(cafe, **asked):
    at_hand = store.current()
    book = programmes.latest(at_hand, cafe.programme_id)
    law = book.current(shop.moment("2026-06-01")).programme
    return revenue.read(at_hand, cafe.programme_id, book, law, **{"since": None, "until": None, **asked})


def sums(line):
    return line.opening, line.allocated, line.recognised, line.closing


def test_the_illustrative_example_lived_through(cafe):
    close(cafe, OCTOBER)
    cafe.publish(since=shop.moment("2025-11-10"), now=shop.moment("2025-11-09"), **says(97))
    shop.taken(cafe.burn("Ben", 4_000, "2025-11-12"))
    close(cafe, NOVEMBER)
    found = told(cafe)
    assert [sums(one) for one in found.months] == [(0, 867_580, 410_959, 456_621), (456_621, 0, 349_292, 107_329)]
    assert [one.price for one in found.months] == [10_000_000, 0]
    assert (found.silent, found.until) == ((), "2025-11")
    assert verify.run(cafe.programme_id, at=shop.FAR).ok


def test_a_version_that_comes_later_changes_no_closed_month(cafe):
    close(cafe, OCTOBER)
    before = told(cafe)
    cafe.publish(since=shop.moment("2025-10-01"), now=shop.moment("2025-11-20"), **says(50))
    assert told(cafe) == before


def test_what_is_late_and_what_comes_back_are_in_the_month_that_has_them(cafe):
    close(cafe, OCTOBER)
    cafe.tell(cafe.purchase("Ben", 1_000_000, "2025-10-30"), now="2025-11-04")
    cafe.tell(cafe.giving_back("Ann", "large", "2025-11-05", amount=500_000))
    close(cafe, NOVEMBER)
    october, november = told(cafe).months
    assert sums(october) == (0, 867_580, 410_959, 456_621)
    assert november.price == 1_000_000 and november.points == 10_000 + 1_000 - 500 - 4_500
    assert november.allocated == round((867_580 + 86_758) * (11_000 - 500) / 11_000) - 867_580
    assert verify.run(cafe.programme_id, at=shop.FAR).ok


def test_what_was_paid_with_points_tax_and_gift_cards_is_no_price(database):
    cafe = Shop(says())
    cafe.enrol("Ann")
    lines = ({"amount": 100_000, "discount": 20_000}, {"amount": 5_000, "kind": "tax"},
             {"amount": 3_000, "kind": "gift_card"}, {"amount": 1_000, "kind": "shipping"})  # fmt: skip
    tenders = (Tender("points", 11_000), Tender("card", 78_000))
    shop.taken(cafe.tell(cafe.purchase("Ann", None, "2025-10-05", lines=lines, tenders=tenders))[0])
    close(cafe, OCTOBER)
    [line] = told(cafe).months
    assert line.price == 80_000 + 1_000 - 11_000


def test_foreign_money_counts_by_the_rate_of_its_decision(database):
    cafe = Shop(says(rates={"USD": [{"from": "2025-01-01", "home": "0.80", "units": "1.00"}]}))
    cafe.enrol("Ann")
    cafe.buy("Ann", 100_001, "2025-10-05", currency="USD")
    close(cafe, OCTOBER)
    [line] = told(cafe).months
    assert line.price == 80_001  # 80,000.8 rounded half up


def test_what_was_before_the_first_closed_month_is_brought_forward(cafe):
    close(cafe, NOVEMBER)
    [line] = told(cafe).months
    assert sums(line) == (456_621, 0, 0, 456_621) and line.begins


def test_units_earned_together_share_the_price(database):
    both = [{"points": {"unit": unit, "give": 1, "per": "10.00"}} for unit in ("points", "stars")]
    worth = {"worth": {"points": 1, "money": "1.00", "redeemed": 95}}
    units = {"points": shop.POINTS | worth, "stars": shop.POINTS | worth}
    cafe = Shop({"units": units, "rules": {"base": shop.BASE | {"then": both}}})
    cafe.enrol("Ann")
    cafe.buy("Ann", 10_000_000, "2025-10-05")
    close(cafe, OCTOBER)
    points, stars = told(cafe).months
    assert (points.allocated, stars.allocated) == (798_319, 798_319)  # 100,000 × 9,500 ÷ 119,000 each


@pytest.mark.parametrize(
    ("parts", "why"),
    [({"units": {"points": shop.POINTS}, "rules": {"base": TENTH}}, "no_worth"), (says(None), "no_share")],
)
def test_where_it_is_not_said_there_is_none_and_why(database, parts, why):
    cafe = Shop(parts)
    cafe.enrol("Ann")
    cafe.buy("Ann", 10_000, "2025-10-05")
    close(cafe, OCTOBER)
    found = told(cafe)
    assert found.months == () and [(one.unit, one.why) for one in found.silent] == [("points", why)]


def test_a_share_that_is_said_later_begins_the_statement(cafe):
    cafe.publish(since=shop.moment("2025-10-30"), now=shop.moment("2025-10-30"), **says(None))
    close(cafe, OCTOBER)
    cafe.publish(since=shop.moment("2025-11-10"), now=shop.moment("2025-11-10"), **says(95))
    assert [(one.unit, one.why) for one in told(cafe).silent] == [("points", "not_closed")]
    close(cafe, NOVEMBER)
    [line] = told(cafe).months
    assert line.begins and sums(line) == (456_621, 0, 0, 456_621)


def test_months_can_be_chosen_and_those_not_counted_wait(cafe):
    close(cafe, OCTOBER, NOVEMBER, DECEMBER)
    assert [one.month for one in told(cafe, since="2025-11", until="2025-11").months] == ["2025-11"]
    cafe.night("2026-02-02T03:00")
    closing.close(programme_id=cafe.programme_id, month="2026-01", now=shop.moment("2026-02-02"), by="Emil")
    found = told(cafe)
    assert found.until == "2025-12" and len(found.months) == 3


def test_a_fault_in_the_figures_of_a_month_is_named_and_verify_finds_it(cafe):
    close(cafe, OCTOBER)
    cafe.night("2025-12-02T03:00")
    made = closing.close(programme_id=cafe.programme_id, month="2025-11", now=shop.moment("2025-12-02"), by="Emil")
    [right] = closing.rehearse(programme_id=cafe.programme_id, month="2025-11", now=shop.moment("2025-12-02"))
    wrong = msgspec.structs.replace(right, opening=right.opening + 1, sold=(Sold(1, 100),))
    now = made.month.closed_at
    store.committed(lambda at_hand: actions.keep(at_hand, cafe.programme_id, "2025-11", [wrong], now=now))
    with pytest.raises(AssertionError, match="2025-11, points: it opens with 5501 points, but it is 5500"):
        told(cafe)
    broken = verify.run(cafe.programme_id, at=shop.FAR).broken
    assert any("sales of a closed month" in str(one) for one in broken)
    assert queries.one(store.current(), cafe.programme_id, "2025-11").sums == (wrong,)


def test_counting_later_and_by_pages_comes_to_the_same(cafe, monkeypatch):
    close(cafe, OCTOBER)
    kept = queries.one(store.current(), cafe.programme_id, "2025-10").sums
    monkeypatch.setattr("guerdon.features.closings.sales.ACCOUNTS_PER_PAGE", 1)
    cafe.buy("Ben", 5_000, "2025-11-03")
    again = closing.rehearse(programme_id=cafe.programme_id, month="2025-10", now=shop.moment("2025-11-04"))
    assert tuple(again) == kept and kept[0].sold == (Sold(10_000, 10_000_000),)
