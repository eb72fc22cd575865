"""Deferred revenue over the API: the statement of closed months, why there is none, and the journal that books it."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from guerdon.engine import closing
from tests import shop
from tests.faces.api import door
from tests.insight.test_revenue import OCTOBER, cafe, close

__all__ = ["cafe"]
NOW = datetime(2026, 1, 10, 8, tzinfo=UTC)
STATEMENT, JOURNAL = "/v1/figures/revenue", "/v1/closings/2025-10/journal"


@pytest.fixture
def api(cafe):
    close(cafe, OCTOBER)
    with_clock = door.opened(cafe, now=lambda: NOW)
    yield with_clock
    with_clock.close()


def table(api, path):
    api.checked = False  # tables are no JSON
    answer = api.get(path, headers={"accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.body.decode())))


def test_the_statement_of_a_closed_month(api):
    told = api.get(STATEMENT).json
    [month] = told["months"]
    assert (told["closed_until"], told["silent"], told["currency"]) == ("2025-10", [], "EUR")
    assert month["price"] == 10_000_000 and month["expected_share"] == 9_500
    assert [month[name] for name in ("opening", "allocated", "recognised", "closing")] == [0, 867_580, 410_959, 456_621]
    assert [month[name] for name in ("points", "redeemed", "expected")] == [5_500, 4_500, 9_500]
    assert api.get(f"{STATEMENT}?from=2025-11&until=2025-12").json["months"] == []
    [line] = table(api, STATEMENT)
    assert (line["expected_share_percent"], line["allocated"], line["closing"]) == ("95.00", "8675.80", "4566.21")


def test_it_ties_to_the_points_that_are_owed(api):
    [month] = api.get(STATEMENT).json["months"]
    [owed] = api.get("/v1/figures/liability?from=2025-10&until=2025-10").json["months"]
    assert month["points"] == owed["points"]["closing"]


def test_a_journal_balances_and_comes_to_the_statement(api):
    told = api.get(JOURNAL).json
    assert [one["entry"] for one in told["entries"]] == ["allocated", "recognised"]
    assert all(sum(side["amount"] for side in one["sides"]) == 0 for one in told["entries"])
    owed = [side["amount"] for one in told["entries"] for side in one["sides"] if "Deferred" in side["account"]]
    assert sum(owed) == -456_621
    assert told["beancount"].startswith(f'2025-10-31 * "{told["beancount"].split(chr(34))[1]}" "Part of the price')
    lines = table(api, JOURNAL)
    for entry in ("allocated", "recognised"):
        sides = [line for line in lines if line["entry"] == entry]
        assert sum(Decimal(one["debit"] or 0) - Decimal(one["credit"] or 0) for one in sides) == 0 != len(sides)
    assert {line["date"] for line in lines} == {"2025-10-31"}


def test_refusals_say_what_there_is(api, cafe):
    assert api.get(f"{STATEMENT}?from=2025-12&until=2025-11").code == "months_invalid"
    assert api.get(f"{STATEMENT}?from=2025-13").code == "month_invalid"
    assert api.get("/v1/closings/2025-11/journal").code == "month_unknown"
    assert api.get("/v1/closings/2025-1x/journal").code == "month_invalid"
    cafe.night("2025-12-02T03:00")
    now = shop.moment("2025-12-02")
    closing.close(programme_id=cafe.programme_id, month="2025-11", now=now, by="Emil")
    assert api.get("/v1/closings/2025-11/journal").code == "month_uncounted"


def test_a_key_needs_the_right(api):
    other = api.new_key(["members:read"])
    assert api.get(STATEMENT, key=other).status == 403
    assert api.get(JOURNAL, key=other).status == 403
