"""Figures over the API: what the days came to, the list behind each number, and what points are owed."""

import csv
import io
from datetime import UTC, datetime

import pytest

from guerdon.core import kpis
from guerdon.core.activities import Reference
from guerdon.faces import tables
from guerdon.faces.api import calls
from tests import shop
from tests.faces.api import door
from tests.shop import Shop

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
FEBRUARY = "/v1/figures?from=2026-02-01&until=2026-03-01"
WORTH = {"units": {"points": shop.POINTS | {"worth": {"points": 100, "money": "1.00"}}}}


@pytest.fixture
def cafe(database):
    """Two months at the café: January is closed, and something came late for it."""
    cafe = Shop(WORTH)
    cafe.enrol("Ann", "Ben")
    cafe.enrol("Cleo", now=shop.moment("2026-02-10"))
    cafe.buy("Ann", 4_000, "2026-01-05", store="Sofia")
    cafe.night("2026-02-01T03:00")
    cafe.close("2026-01", "2026-02-02")
    cafe.buy("Ann", 10_000, "2026-02-02", store="Sofia", external_id="large")
    cafe.buy("Ben", 2_000, "2026-02-03", store="Plovdiv", external_id="small")
    cafe.tell(cafe.giving_back("Ann", "large", "2026-02-04", store="Sofia", amount=3_000))
    shop.taken(cafe.burn("Ann", 30, "2026-02-05"))
    cafe.tell(cafe.purchase("Ben", 500, "2026-01-31", external_id="late"), now="2026-02-06")
    cafe.tell(cafe.purchase("Ben", 2_500, "2026-02-07", replaces=Reference(external_id="small")))
    shop.count(cafe, at="2026-03-01")
    return cafe


@pytest.fixture
def api(cafe):
    with_clock = door.opened(cafe, now=lambda: NOW)
    yield with_clock
    with_clock.close()


def told(answer):
    return {(one["kpi"], one["of"]): one["value"] for one in answer.json["figures"]}


def test_every_number_is_its_formula(api):
    answer = api.get(FEBRUARY)
    numbers = told(answer)
    assert numbers["purchases", ""] == 2  # the amended one is one
    assert numbers["revenue", "EUR"] == 10_000 + 2_000 - 3_000 - 2_000 + 2_500
    assert numbers["average_order_value", "EUR"] == 4_750
    assert numbers["new_members", ""] == 1
    assert numbers["points_issued", "points"] == 100 + 20 + 25 + 5  # with what was late for January
    assert numbers["points_redeemed", "points"] == 30
    assert numbers["redemption_rate", "points"] == 20_00
    assert numbers["points_outstanding", "points"] == 40 + 150 - 30 - 30 - 20
    assert numbers["outstanding_worth", "points"] == 110
    assert (numbers["active_members", ""], numbers["active_on_last_day", ""]) == (2, 0)
    assert numbers["purchase_frequency", ""] == 1_50  # three purchases of two members since 30 January
    assert answer.json["counted_until"] == "2026-03-01"
    assert [one["kpi"] for one in answer.json["figures"]] == list(kpis.KPIS)[:-2]  # there are no tiers and no plans


def test_days_are_compared_and_told_in_parts(api):
    answer = api.get(f"{FEBRUARY}&compare=previous_period&granularity=week").json
    assert (answer["compared_from"], answer["compared_until"]) == ("2026-01-04", "2026-02-01")
    bought = next(one for one in answer["figures"] if one["kpi"] == "purchases")
    assert (bought["value"], bought["before"], bought["change"]) == (2, 2, 0)
    assert [(one["starts"], one["value"]) for one in bought["series"]] == [
        ("2026-02-01", 0), ("2026-02-02", 2), ("2026-02-09", 0), ("2026-02-16", 0), ("2026-02-23", 0),
    ]  # fmt: skip
    year = api.get(f"{FEBRUARY}&compare=previous_year&granularity=month").json
    assert (year["compared_from"], year["compared_until"]) == ("2025-02-01", "2025-03-01")
    assert [len(one["series"]) for one in year["figures"]] == [1] * len(year["figures"])


def test_stores_have_their_own(api):
    sofia = told(api.get(f"{FEBRUARY}&stores=Sofia"))
    assert (sofia["purchases", ""], sofia["revenue", "EUR"], sofia["active_members", ""]) == (1, 7_000, 1)
    assert ("points_outstanding", "points") not in sofia
    both = told(api.get(f"{FEBRUARY}&stores=Sofia,Plovdiv"))
    assert (both["purchases", ""], both["revenue", "EUR"]) == (2, 9_000)
    assert ("active_members", "") not in both, "one member may have been in both"


def test_words_come_in_three_languages(api):
    names = [api.get(f"{FEBRUARY}&language={one}").json["figures"][0]["name"] for one in ("en", "bg", "tr")]
    assert names == ["Active members", "Активни членове", "Aktif üyeler"]


def rows(api, kpi, more=""):
    found, path = [], f"/v1/figures/{kpi}/list?from=2026-02-01&until=2026-03-01&limit=1{more}"
    cursor = ""
    while True:
        page = api.get(path + cursor).json
        found += page["rows"]
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"


def test_the_rows_behind_a_number_add_up_to_it(api):
    numbers = told(api.get(FEBRUARY))
    assert len(rows(api, "purchases")) == numbers["purchases", ""]
    assert sum(one["amount"] for one in rows(api, "revenue")) == numbers["revenue", "EUR"]
    assert sum(one["amount"] for one in rows(api, "points_issued")) == numbers["points_issued", "points"]
    assert -sum(one["amount"] for one in rows(api, "points_redeemed")) == numbers["points_redeemed", "points"]
    assert sum(one["amount"] for one in rows(api, "points_outstanding")) == numbers["points_outstanding", "points"]
    assert len(rows(api, "active_members")) == numbers["active_members", ""]
    assert len(rows(api, "new_members")) == numbers["new_members", ""]
    assert sum(one["times"] for one in rows(api, "purchase_frequency")) == 3
    sofia = told(api.get(f"{FEBRUARY}&stores=Sofia"))
    assert sum(one["amount"] for one in rows(api, "revenue", "&store=Sofia")) == sofia["revenue", "EUR"]
    for kpi in kpis.KPIS:
        assert isinstance(rows(api, kpi), list)


def test_what_is_owed_goes_from_month_to_month(api, cafe):
    months = api.get("/v1/figures/liability?from=2026-01&until=2026-02").json["months"]
    january, february = months
    assert (january["closed"], january["points"]["opening"], january["points"]["closing"]) == (True, 0, 40)
    assert (february["closed"], february["points"]["opening"]) == (False, 40)
    assert february["points"]["issued"] == {"points": 150, "prior_period": 5}
    assert (february["points"]["closing"], february["worth_closing"]) == (110, 110)
    cafe.night("2026-03-01T03:00")
    cafe.close("2026-02", "2026-03-02")
    [closed] = api.get("/v1/figures/liability?from=2026-02&until=2026-02").json["months"]
    assert (closed["closed"], closed["points"]) == (True, february["points"])
    assert (
        sum(purse[1] for name in ("Ann", "Ben") for purse in [(name, cafe.amounts(name, "2026-03-01").available)])
        == 110
    )


def test_tables_open_in_a_spreadsheet_and_hold_no_formula(api, cafe):
    api.checked = False  # tables are no JSON
    cafe.tell(cafe.purchase("Ann", None, "2026-02-20", kind="visit"))
    shop.count(cafe, at="2026-03-01")
    for path in (FEBRUARY, "/v1/figures/revenue/list?from=2026-02-01&until=2026-03-01", "/v1/figures/liability"):
        answer = api.get(path, headers={"accept": "text/csv"})
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        lines = list(csv.reader(io.StringIO(answer.body.decode())))
        assert len(lines) > 1 and len({len(line) for line in lines}) == 1
    written = tables.write(("what",), [("=HYPERLINK()",), ("+1-1",), ("-12.50",), (-12,), (None,)])
    assert written.splitlines()[1:] == ["'=HYPERLINK()", "'+1-1", "-12.50", "-12", '""']


def test_refusals_say_what_there_is(api):
    assert api.get("/v1/figures?from=2026-03-01&until=2026-03-01").code == "figures_period_invalid"
    assert api.get("/v1/figures?from=2000-01-01&until=2026-03-01").code == "figures_period_invalid"
    assert api.get("/v1/figures/profit/list").code == "kpi_unknown"
    assert api.get("/v1/figures/liability?from=2026-03&until=2026-01").code == "months_invalid"
    assert api.get("/v1/figures/liability?from=2026-13").code == "month_invalid"
    for parts in (("x", "y"), (10**18, "0" * 32), (5, "Robert")):
        for kpi in ("revenue", "tier_members", "active_members"):
            assert api.get(f"/v1/figures/{kpi}/list?cursor={calls.cursor(*parts)}").code == "cursor_invalid"


def test_a_key_needs_the_right(api):
    other = api.new_key(["members:read"])
    assert api.get("/v1/figures", key=other).status == 403
