"""Insight in the console: tiles, a page for each KPI, grids, files, and what stands there where nothing can be said."""

import csv
import html
import io
import re
import shutil

import pytest

from guerdon.faces import words
from guerdon.insight import schedule
from guerdon.insight.kpis.definitions import KPIS
from tests import shop
from tests.faces.console import insights
from tests.faces.console.counted import Cafe

QUARTER = "days=own&from=2025-01-01&until=2025-03-31&compare=none"
MARCH = "days=month"


@pytest.fixture
def cafe(sampled):
    return sampled(insights.opened)


@pytest.fixture
def open_house(sampled):
    return sampled(insights.counted)


def text(answer) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def say(key, **facts):
    return words.say(key, "en", **facts)


def test_nothing_is_closed_or_it_is_being_written(pristine_database, tmp_path, monkeypatch):
    insights.placed(monkeypatch, tmp_path)
    fresh = Cafe()
    assert say("insight.none_about") in text(fresh.client("analyst").get(fresh.at("insight/")))
    fresh.night("2025-02-01T03:00")
    fresh.close("2025-01", "2025-02-01T09:00")
    for page in ("insight/", "insight/clv", "insight/kpis/churn"):
        answer = fresh.client("analyst").get(fresh.at(page))
        assert answer.status_code == 200 and say("insight.none_writing") in text(answer), page
    assert fresh.client("analyst").get(fresh.at("insight/kpis/churn.csv")).status_code == 303


def test_every_kpi_is_a_tile_which_leads_to_its_page(open_house):
    client = open_house.client("analyst")
    answer = client.get(open_house.at("insight/"))
    page = text(answer)
    assert "hx-trigger" not in answer.content.decode()  # all was computed before anybody came
    for key in KPIS:
        assert say(f"kpis.{key}") in page, key
        found = client.get(open_house.at(f"insight/kpis/{key}?{MARCH}"))
        assert found.status_code == 200 and say(f"kpis.{key}_formula") in text(found), key
    # Three months: who joined, 250.00 by six purchases, 250 points earned less 30 spent.
    shown = re.sub(r"\s+", " ", page)
    assert "Enrolments 3" in shown and "Average order value 41.67 EUR" in shown
    assert "Points outstanding 220" in shown and "Cash liability 2.20 EUR" in shown


def test_what_nobody_has_computed_is_on_its_way_and_then_there(open_house):
    client, address = open_house.client("analyst"), open_house.at(f"insight/?{MARCH}&store=Sofia")
    first = client.get(address)
    assert say("insight.computing") in text(first) and 'hx-trigger="load delay:2s"' in first.content.decode()
    assert say("kpis.enrolments") not in text(first)  # no store has it
    insights.worked()
    then = client.get(address)
    assert say("insight.computing") not in text(then) and "Average order value 10.00 EUR" in text(then)


def test_a_page_says_the_number_its_course_and_what_it_was_before(open_house):
    client, address = open_house.client("analyst"), open_house.at(f"insight/kpis/average_order_value?{MARCH}")
    client.get(address)
    insights.worked()  # the months of its course
    page = client.get(address)
    assert "30.00 EUR" in text(page) and "65.00 EUR before" in text(page)  # (50 + 10) ÷ 2 after (100 + 30) ÷ 2
    drawn = re.findall(r'data-number="([\d.]+)"', page.content.decode())
    assert drawn == ["30.0", "65.0", "30.0"]  # January: (40 + 20) ÷ 2
    filed = client.get(open_house.at(f"insight/kpis/average_order_value.csv?{MARCH}&compare=none"))
    assert list(csv.reader(io.StringIO(filed.content.decode()))) == [
        ["currency", "numerator", "denominator", "value", "before"], ["EUR", "6000", "2", "30.00", ""],
    ]  # fmt: skip


def cells(page) -> list[list[str]]:
    grid = re.search(r'<div class="heat".*?</table>', page.content.decode(), re.DOTALL).group(0)
    rows = re.findall(r"<tr>(.*?)</tr>", grid, re.DOTALL)
    return [[re.sub(r"<[^>]+>", " ", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in rows]


def test_cohorts_and_moves_are_grids(open_house):
    client = open_house.client("analyst")
    cohorts = client.get(open_house.at(f"insight/kpis/retention?{QUARTER}"))
    assert cells(cohorts) == [[], ["100%", "50%", "50%"], ["100%", "100%", ""]]
    assert 'role="region" tabindex="0"' in cohorts.content.decode() and 'data-step="9"' in cohorts.content.decode()
    # At the end of January nobody was silver; in February Ann rose, and Ben did not.
    moves = client.get(open_house.at("insight/kpis/tier_migration?days=own&from=2025-02-01&until=2025-03-31"))
    assert cells(moves) == [[], ["50%", "50%"], ["0%", "0%"]] or cells(moves) == [[], ["50%", "50%"], ["", ""]]


def test_a_forecast_is_shown_with_its_doubts_and_its_error(open_house):
    client = open_house.client("analyst")
    page = client.get(open_house.at("insight/clv"))
    told = text(page)
    assert say("insight.held") in told and say("insight.model_came") in told
    assert say("insight.doubt_few_customers", number=3) in told and say("insight.unfit") in told
    other = client.get(open_house.at("insight/clv?months=24"))
    assert say("insight.computing") in text(other)
    insights.worked()
    assert say("insight.computing") not in text(client.get(open_house.at("insight/clv?months=24")))
    filed = client.get(open_house.at("insight/clv.csv"))
    assert filed.content.decode().startswith("member,repeat_purchases,last_purchase")


def test_days_that_are_not_exported_are_refused_with_those_that_are(open_house):
    client = open_house.client("analyst")
    for days in ("from=2025-03-01&until=2025-04-30", "from=x&until=y", "from=2025-03-01&until=2025-01-01"):
        for page in ("insight/", "insight/kpis/churn"):
            answer = client.get(open_house.at(f"{page}?days=own&{days}"))
            assert answer.status_code == 422
            assert say("insight.fault_about", first="January 2025", last="March 2025") in text(answer)
    gone = client.get(open_house.at("insight/kpis/happiness"))
    assert gone.status_code == 404


def test_without_the_packages_the_page_says_what_to_install(open_house, monkeypatch):
    monkeypatch.setattr(schedule, "installed", lambda: False)
    client = open_house.client("analyst")
    for page in ("insight/", "insight/kpis/churn"):
        assert "pip install 'guerdon[insight]'" in text(client.get(open_house.at(page)))
    assert "pip install" not in text(client.get(open_house.at("insight/clv")))  # which does without


def test_files_that_are_not_right_are_told(open_house, tmp_path):
    shutil.rmtree(tmp_path / open_house.key / "month=2025-02")
    answer = open_house.client("analyst").get(open_house.at("insight/"))
    assert say("insight.damaged") in text(answer) and "one is missing" in text(answer)


@pytest.mark.parametrize("language", ["bg", "tr"])
def test_in_other_languages_too(open_house, language):
    client = open_house.client("analyst")
    for page in (
        "insight/",
        "insight/clv",
        "insight/working",
        "insight/kpis/rfm",
        "insight/kpis/retention",
        "insight/kpis/churn",
    ):
        shown = text(client.get(open_house.at(page), {"language": language}))
        assert words.say("insight.insight", language) in shown, page


def test_what_is_not_working_is_shown_with_what_to_do(open_house):
    """The house has one rule, which gives points all the time, and a tier that a small café is not blamed for."""
    client = open_house.client("analyst")
    well = client.get(open_house.at("insight/working"))
    assert well.status_code == 200 and say("working.well") in text(well)  # computed before anybody came
    asked = client.get(open_house.at("insight/working?days=month"))
    assert say("insight.computing") in text(asked)
    insights.worked()
    assert say("working.well_about", count=2) in text(client.get(open_house.at("insight/working?days=month")))


def test_a_rule_that_gives_nothing_stands_there(pristine_database, tmp_path, monkeypatch):
    insights.placed(monkeypatch, tmp_path)
    cafe = Cafe({"rules": {"base": shop.BASE, "owl": shop.BASE | {"when": "snowfall"}},
                                  "kinds": {"snowfall": {}}})  # fmt: skip
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2025-01-05")
    cafe.night("2025-02-01T03:00")
    cafe.close("2025-01", "2025-02-01T09:00")
    insights.written(cafe)
    for role in ("analyst", "manager"):
        page = cafe.client(role).get(cafe.at("insight/working"))
        assert say("working.rule_silent", name="owl") in text(page) and say("working.rule_silent_do") in text(page)
        assert say("working.rule_silent_text", occasions=0, fired=0) in text(page)
        assert f'href="{cafe.at("rules/")}"' in page.content.decode()
