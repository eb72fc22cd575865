"""Prices behind deferred revenue: kept with each closed month, and counted again of the journal by `guerdon verify`."""

import hashlib

import pytest

from guerdon.core.activities import Tender
from guerdon.core.closing import Valued
from guerdon.engine import closing
from guerdon.features.closings import queries
from guerdon.features.programmes import queries as programmes
from guerdon.insight import verify
from guerdon.kit import store
from tests import shop
from tests.insight import thief
from tests.insight.roll_forward.test_roll_forward import export
from tests.insight.test_revenue import NOVEMBER, OCTOBER, cafe, close, says, told
from tests.shop import Shop

__all__ = ["cafe"]


def broken(cafe):
    return [(one.part, str(one.first)) for one in verify.run(cafe.programme_id, at=shop.FAR).broken]


def test_a_closed_month_keeps_its_prices(cafe):
    close(cafe, OCTOBER)
    [month] = queries.every(store.current(), cafe.programme_id)
    assert [one.valued for one in month.sums or ()] == [Valued(1, 100, 9_500)]
    assert [one.valued for one in closing.rehearse(
        programme_id=cafe.programme_id, month="2025-10", now=shop.moment("2025-11-02")
    )] == [Valued(1, 100, 9_500)]  # fmt: skip
    cafe.publish(since=shop.moment("2025-10-01"), now=shop.moment("2025-11-20"), **says(50))
    assert not broken(cafe)
    twice = Shop({"units": {"points": shop.POINTS}})
    twice.enrol("Ann")
    twice.buy("Ann", 1_000, "2025-10-05")
    close(twice, OCTOBER)
    [silent] = queries.every(store.current(), twice.programme_id)
    assert [one.valued for one in silent.sums or ()] == [None] and not broken(twice)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ('"price":10000000', '"price":10000001', "not what its purchases say"),
        ('"amount":100', '"amount":101', "priced otherwise than the programme said"),
        ('"redeemed":9500', '"redeemed":9400', "priced otherwise than the programme said"),
    ],
)
def test_a_changed_price_of_a_closed_month_is_found(cafe, database, before, after, why):
    """The control is the month as it was closed: it holds."""
    close(cafe, OCTOBER)
    assert not broken(cafe)
    [text] = [row[0] for row in _ask(cafe, "SELECT sums FROM closings_figures WHERE programme_id = :programme")]
    assert text.count(before) == 1
    thief.steal(
        database, f"UPDATE closings_figures SET sums = replace(sums, '{before}', '{after}')"
        f" WHERE programme_id = '{cafe.programme_id}'",
    )  # fmt: skip
    [(part, said)] = broken(cafe)
    assert part == "prices" and why in said and "2025-10" in said


def test_a_changed_worth_of_a_version_is_found(cafe, database):
    """Who rewrites what the programme said, with its hash, changes no closed month, and is found."""
    close(cafe, OCTOBER)
    before = told(cafe)
    [(id, document)] = _ask(cafe, "SELECT id, document FROM programmes_version WHERE programme_id = :programme")
    assert document.count('"redeemed":95}') == 1
    text = document.replace('"redeemed":95}', '"redeemed":94}')
    digest = hashlib.sha256(text.encode()).hexdigest()
    thief.steal(
        database, f"UPDATE programmes_version SET document = '{text}', digest = '{digest}' WHERE id = '{id}'"
    )  # fmt: skip
    programmes._lawbooks.clear()
    assert ("prices", True) in [(part, "priced otherwise" in why) for part, why in broken(cafe)]
    assert told(cafe).months == before.months


def test_months_of_several_units_and_of_what_came_late_hold(database):
    """Two units earned together, something before the first closed month, something late: all of it counted again."""
    other = shop.BASE | {"then": [{"points": {"unit": "stars", "give": 1, "per": "5.00"}}]}
    whole = says()
    whole["units"]["stars"] = {"expires": "never", "worth": {"points": 2, "money": "0.01", "redeemed": 80}}
    whole["rules"]["stars"] = other
    cafe = Shop(whole)
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ann", 50_000, "2025-08-05")
    cafe.buy("Ben", 70_000, "2025-10-06", tenders=(Tender(kind="card", amount=70_000),))
    close(cafe, OCTOBER)
    cafe.tell(cafe.purchase("Ben", 90_000, "2025-10-30"), now="2025-11-04")
    cafe.tell(cafe.purchase("Ann", 30_000, "2025-09-30"), now="2025-11-05")
    cafe.buy("Ann", 10_000, "2025-11-20")
    close(cafe, NOVEMBER)
    cafe.buy("Ann", 10_000, "2025-12-20")
    report = verify.run(cafe.programme_id, at=shop.FAR)
    assert report.ok, report.broken
    [prices] = [one for one in report.verdicts if one.part == "prices"]
    assert prices.figures == {"months": 2, "sales": 4}


def _ask(cafe, text):
    return store.current().fetch(store.Statement(text), programme=cafe.programme_id)


def test_a_month_with_its_prices_is_exported_and_ties(cafe, tmp_path):
    close(cafe, OCTOBER)
    [month] = export(cafe, tmp_path)
    assert [one.valued for one in month.manifest.sums] == [Valued(1, 100, 9_500)]
