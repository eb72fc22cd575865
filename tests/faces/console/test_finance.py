"""Finance in the console: points owed add up, a month is closed once with a reason, rates are told, files taken."""

import csv
import html
import io
import re
from datetime import UTC, datetime

import pytest

from guerdon.core import limits
from guerdon.engine import closing
from guerdon.faces import words
from guerdon.kit import audit, clock, ids, store
from tests import shop
from tests.faces.console import counted

PAGES = ("finance/", "finance/closings", "finance/rates", "finance/exports", "finance/liability.csv",
         "finance/closings.csv")  # fmt: skip


@pytest.fixture
def cafe(database):
    return counted.opened()


def told(answer, status=200):
    text = html.unescape(answer.content.decode())
    assert answer.status_code == status, text[:2000]
    return text


def rows(text):
    """The rows of the tables of a page, as texts."""
    lines = re.findall(r"<tr role=\"row\">(.*?)</tr>", text, re.DOTALL)
    return [re.findall(r"<span>(.*?)</span>(?=</t[hd]>)", re.sub(r"</?a\b[^>]*>", "", one), re.DOTALL) for one in lines]


def closed(client, cafe, month="2025-01", **more):
    fields = {"token": ids.new(), "month": month, "reason": "The books are done.", **more}
    return client.post(cafe.at("finance/closings/close"), fields)


def test_what_is_owed_rolls_on_from_month_to_month(cafe):
    found = rows(told(cafe.client("finance").get(cafe.at("finance/?from=2025-01&until=2025-02"))))
    assert [one[:3] for one in found if one] == [["January 2025", "0", "+40"], ["February 2025", "40", "+120"]]
    assert found[-1][3:7] == ["−30", "−30", "100", "1.00 EUR"]  # spent, taken back with the return, closing, worth


def test_senseless_months_are_refused(cafe):
    text = told(cafe.client("finance").get(cafe.at("finance/?from=2025-02&until=2025-01")), 422)
    assert words.say("console_finance.fault", "en") in text


def test_the_same_as_a_file(cafe):
    answer = cafe.client("finance").get(cafe.at("finance/liability.csv?from=2025-01&until=2025-02"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="liability.csv"'
    found = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(one["month"], one["closing"], one["worth_closing"]) for one in found] == [
        ("2025-01", "40", "0.40"), ("2025-02", "100", "1.00"),
    ]  # fmt: skip


def test_a_month_is_looked_at_and_closed_with_a_reason(cafe):
    client = cafe.client("finance")
    look = told(client.get(cafe.at("finance/closings/close?month=2025-01")))
    assert "As it is counted now: January 2025" in look and "+40" in look
    assert closed(client, cafe).status_code == 303
    listed = told(client.get(cafe.at("finance/closings")))
    assert "January 2025 is closed." in listed
    assert [rows(listed)[-1][at] for at in (0, 2)] == ["January 2025", "Finance"]
    [entry] = [one for one in audit.page(store.current(), cafe.programme_id, most=9) if one.action == "month.closed"]
    assert (entry.actor.kind, entry.about, entry.reason) == ("user", "2025-01", "The books are done.")
    page = told(client.get(cafe.at("finance/closings/2025-01")))
    assert words.say("console_finance.uncounted", "en") in page and ["Issued", "+40"] in rows(page)
    [line] = csv.DictReader(io.StringIO(client.get(cafe.at("finance/closings.csv")).content.decode()))
    assert (line["issued"], line["closing"], line["worth_closing"], line["counted"]) == ("40", "40", "0.40", "no")
    closing.count(programme_id=cafe.programme_id, month="2025-01", now=clock.now())
    page = told(client.get(cafe.at("finance/closings/2025-01")))
    assert words.say("console_finance.uncounted", "en") not in page and ["Issued", "+40"] in rows(page)
    assert ["Worth at the opening", "0.00 EUR"] in rows(page) and ["Worth at the closing", "0.40 EUR"] in rows(page)
    [line] = csv.DictReader(io.StringIO(client.get(cafe.at("finance/closings.csv")).content.decode()))
    assert (line["month"], line["closed_by"], line["unit"], line["closing"]) == ("2025-01", "Finance", "points", "40")
    assert (line["worth_opening"], line["worth_closing"], line["counted"]) == ("0.00", "0.40", "yes")


def test_a_month_that_is_not_the_next_stays_open_and_so_does_one_without_a_reason(cafe):
    client = cafe.client("finance")
    closed(client, cafe)
    text = told(closed(client, cafe, "2024-12"), 422)
    assert words.say("console_finance.close_fault", "en") in text and "2025-02" in text
    text = told(closed(client, cafe, "2025-02", reason=" "), 422)
    assert 'aria-invalid="true"' in text
    assert "February 2025" not in [one[0] for one in rows(told(client.get(cafe.at("finance/closings")))) if one]


def test_several_months_are_named_asked_for_and_closed_one_by_one(cafe):
    client = cafe.client("finance")
    look = told(client.get(cafe.at("finance/closings/close?month=2025-02")))
    named = words.say("console_finance.close_many", "en", count=2, first="January 2025", last="February 2025")
    assert named in look and "2024-12" not in look
    assert named in told(client.get(closed(client, cafe, "2025-02").headers["Location"]))
    assert words.say("console_finance.closings_none", "en") in told(client.get(cafe.at("finance/closings")))
    assert closed(client, cafe, "2025-02", sure="true").status_code == 303
    assert [one[0] for one in rows(told(client.get(cafe.at("finance/closings"))))[-2:]] == [
        "February 2025",
        "January 2025",
    ]
    book = audit.page(store.current(), cafe.programme_id, most=9)
    assert sorted(one.about for one in book if one.action == "month.closed") == ["2025-01", "2025-02"]


def test_who_closes_has_shown_a_short_while_ago_who_they_are(cafe, monkeypatch):
    client = cafe.client("finance")
    monkeypatch.setattr(limits, "FRESH_SECONDS", -1)
    for answer in (client.get(cafe.at("finance/closings/close")), closed(client, cafe)):
        assert answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/again")
    assert words.say("console_finance.closings_none", "en") in told(client.get(cafe.at("finance/closings")))


def test_an_analyst_looks_and_closes_nothing(cafe):
    client = cafe.client("analyst")
    for page in PAGES:
        assert client.get(cafe.at(page)).status_code == 200, page
    assert words.say("console_finance.look", "en") not in told(client.get(cafe.at("finance/closings")))
    assert client.get(cafe.at("finance/closings/close")).status_code == 403
    assert closed(client, cafe).status_code == 403
    assert client.post(cafe.at("finance/rates"), {"currency": "USD"}).status_code == 403
    assert words.say("console_finance.rate_tell", "en") not in told(client.get(cafe.at("finance/rates")))


@pytest.mark.parametrize("page", [*PAGES, "finance/closings/close", "finance/closings/2025-01"])
def test_a_cashier_sees_no_finance(cafe, page):
    assert cafe.client("cashier").get(cafe.at(page)).status_code == 403


def test_a_rate_is_told_as_banks_quote_it(cafe):
    client = cafe.client("finance")
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    answer = client.post(
        cafe.at("finance/rates"), {"token": ids.new(), "currency": "usd", "day": day, "rate": "1,0834"}
    )
    assert answer.status_code == 303
    [row] = [one for one in rows(told(client.get(cafe.at("finance/rates")))) if one]
    assert (row[0], row[2], row[4]) == ("USD", "1 EUR = 1.0834 USD", "Finance")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"currency": "EUR"}, "currency"),
        ({"day": "2300-01-01"}, "day"),
        ({"rate": "much"}, ""),
        ({"rate": " "}, "rate"),
    ],
)
def test_a_senseless_rate_is_refused_at_its_field(cafe, fields, field):
    sent = {"token": ids.new(), "currency": "USD", "day": "2025-02-01", "rate": "1.08", **fields}
    text = told(cafe.client("finance").post(cafe.at("finance/rates"), sent), 422)
    assert f'id="{field}-fault"' in text if field else 'role="alert"' in text
    assert f'value="{sent["day"]}"' in text  # what was typed is kept


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_it_reads_in_every_language(cafe, language):
    client = cafe.client("finance")
    closed(client, cafe)
    for page in (*PAGES[:4], "finance/closings/close", "finance/closings/2025-01"):
        assert words.say("console_finance.finance", language) in told(client.get(cafe.at(page), {"language": language}))


def test_a_programme_that_has_just_begun_has_no_month_to_close(database):
    cafe = counted.Cafe()
    shop.count(cafe)
    monthless = cafe.client("finance")
    assert words.say("console_finance.months_none", "en") in told(monthless.get(cafe.at("finance/")))
