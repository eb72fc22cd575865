"""Deferred revenue in the console: on the page of points owed, why there is none, and a closed month's journal."""

import csv
import io

import pytest

from guerdon.faces import words
from tests import shop
from tests.faces.console import counted
from tests.faces.console.test_finance import rows, told
from tests.insight.test_revenue import OCTOBER, close, says

FINANCE, MONTH = "finance/?from=2025-10&until=2025-10", "finance/closings/2025-10"


@pytest.fixture
def cafe(database):
    cafe = counted.Cafe(says())
    cafe.enrol("Ann")
    cafe.buy("Ann", 10_000_000, "2025-10-05")
    shop.taken(cafe.burn("Ann", 4_500, "2025-10-20"))
    close(cafe, OCTOBER)
    shop.count(cafe, at="2025-11-03")
    return cafe


def test_the_statement_stands_with_the_points_that_are_owed(cafe):
    client = cafe.client("finance")
    text = told(client.get(cafe.at(FINANCE)))
    assert words.say("console_finance.deferred", "en") in text
    assert rows(text)[-1] == [
        "October 2025", "95%", "100,000.00 EUR", "0.00 EUR", "8,675.80 EUR", "4,109.59 EUR", "205.48 EUR",
        "4,566.21 EUR",
    ]  # fmt: skip
    answer = client.get(cafe.at("finance/revenue.csv?from=2025-10&until=2025-10"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="deferred-revenue.csv"'
    [line] = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (line["month"], line["closing"]) == ("2025-10", "4566.21")
    assert words.say("console_finance.file_revenue", "en") in told(client.get(cafe.at("finance/exports")))


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
@pytest.mark.parametrize(
    ("parts", "why"), [({"units": {"points": shop.POINTS}}, "no_worth"), (says(None), "no_share"), (says(), "closed")]
)
def test_a_page_without_one_says_why(database, parts, why, language):
    cafe = counted.Cafe(parts)
    cafe.enrol("Ann")
    cafe.buy("Ann", 10_000, "2025-10-05")
    shop.count(cafe, at="2025-11-03")
    text = told(cafe.client("finance").get(cafe.at(FINANCE), {"language": language, "from": "2025-10"}))
    reason = {"closed": "not_closed"}.get(why, why)
    assert words.say(f"console_finance.silent_{reason}", language, unit="Points") in text


def test_a_closed_month_shows_its_journal_and_hands_it_out(cafe):
    client = cafe.client("finance")
    text = told(client.get(cafe.at(MONTH)))
    assert rows(text)[-5:] == [
        ["Points: deferred", "Income:Sales", "8,675.80 EUR", ""],
        ["Points: deferred", "Liabilities:Deferred-Revenue:Points", "", "8,675.80 EUR"],
        ["Points: recognised", "Liabilities:Deferred-Revenue:Points", "4,109.59 EUR", ""],
        ["Points: recognised", "Income:Points-Redeemed", "", "3,904.11 EUR"],
        ["Points: recognised", "Income:Points-Breakage", "", "205.48 EUR"],
    ]
    answer = client.get(cafe.at(f"{MONTH}/journal.csv"))
    assert len(list(csv.DictReader(io.StringIO(answer.content.decode())))) == 5
    answer = client.get(cafe.at(f"{MONTH}/journal.beancount"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="journal-2025-10.beancount"'
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "  Income:Points-Breakage  -205.48 EUR" in answer.content.decode()


@pytest.mark.parametrize("page", [FINANCE, "finance/revenue.csv", f"{MONTH}/journal.csv", f"{MONTH}/journal.beancount"])
def test_an_analyst_reads_it_and_a_cashier_does_not(cafe, page):
    assert cafe.client("analyst").get(cafe.at(page)).status_code == 200
    assert cafe.client("cashier").get(cafe.at(page)).status_code == 403
