"""“Is it worth it?” in the console: the measure of who is held out, and of some beside all others."""

import csv
import html
import io
import re

import pytest

from guerdon.faces import words
from tests.faces.console import insights
from tests.insight.roi import campaign


@pytest.fixture
def cafe(sampled):
    return sampled(campaign.counted)


def text(answer) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def say(key, **facts):
    return words.say(key, "en", **facts)


def test_the_verdict_stands_there_before_anybody_asks(cafe):
    page = cafe.client("analyst").get(cafe.at("insight/worth"))
    told = text(page)
    assert page.status_code == 200 and "hx-trigger" not in page.content.decode()
    assert say("roi.can_not_say_spend") in told and say("roi.few") in told
    assert say("roi.groups_well") in told and say("roi.plain") in told and "(p)" in told
    assert say("roi.margin", margin="40%") in told and say("roi.returns") not in told
    ways = re.search(r"As it is \(Welch\) (-?[\d.]+) EUR (-?[\d.]+) EUR (-?[\d.]+) EUR ", told)
    low, value, high = (float(one) for one in ways.groups())
    assert low < value < high and abs(value - 20) < 0.5
    course = [float(one) for one in re.findall(r'data-number="([-\d.]+)"', page.content.decode())]
    assert len(course) == 6 and abs(course[0] - course[1]) < 0.25 and abs(course[2] - course[3] - 10) < 0.25
    filed = cafe.client("analyst").get(cafe.at("insight/worth.csv"))
    rows = list(csv.reader(io.StringIO(filed.content.decode())))
    assert rows[0] == ["month", "treated", "others"] and [row[0] for row in rows[1:]] == [
        "2025-10",
        "2025-11",
        "2025-12",
    ]


def test_a_cost_makes_a_return_and_one_that_is_none_is_told(cafe):
    client = cafe.client("manager")
    told = text(client.get(cafe.at("insight/worth?cost=100.00")))
    assert say("roi.returns") in told and "100.00 EUR" in told and say("roi.can_not_say") in told
    for wrong in ("a lot", "-1", "1.234"):
        assert say("roi.cost_wrong") in text(client.get(cafe.at(f"insight/worth?cost={wrong}")))


def test_other_days_are_on_their_way_and_then_there(cafe):
    client = cafe.client("analyst")
    address = cafe.at("insight/worth?days=month")
    assert say("insight.computing") in text(client.get(address))
    insights.worked()
    told = text(client.get(address))
    assert "1 December 2025 – 31 December 2025" in told and say("insight.computing") not in told
    client.get(cafe.at("insight/worth?days=quarter"))
    insights.worked()
    assert say("roi.too_early") in text(client.get(cafe.at("insight/worth?days=quarter")))


def test_some_beside_all_others(cafe):
    client = cafe.client("analyst")
    empty = client.get(cafe.at("insight/worth/beside"))
    assert say("roi.pick_about") in text(empty)
    assert client.get(cafe.at("insight/worth/beside.csv")).status_code == 303
    address = cafe.at("insight/worth/beside?begins=2025-12&store=s0&store=s1")
    assert say("insight.computing") in text(client.get(address))
    insights.worked()
    page = client.get(address)
    told = text(page)
    assert say("roi.placebos_about") in told and say("roi.bunches", treated="2", others="2") in told
    assert "Nothing can be said" in told and say("roi.effect") in told
    filed = client.get(cafe.at("insight/worth/beside.csv?begins=2025-12&store=s0&store=s1"))
    assert filed.content.decode().startswith("month,treated,others")
    alone = cafe.at("insight/worth/beside?begins=2025-12&store=s0")
    client.get(alone)
    insights.worked()
    assert say("roi.too_few") in text(client.get(alone))


def test_what_campaigns_gave_stands_there_by_kind(cafe):
    told = text(cafe.client("analyst").get(cafe.at("insight/worth")))
    members = sum(not campaign.held(cafe, name) for name in campaign.NAMES)
    assert f" {40 * members} {say('roi.cost_unknown')}" in told and say("roi.cost_points") in told
    assert say("roi.cost_amount") in told and say("roi.costs_none") not in told


@pytest.mark.parametrize("language", ["bg", "tr"])
def test_in_other_languages_too(cafe, language):
    client = cafe.client("analyst")
    shown = text(client.get(cafe.at("insight/worth"), {"language": language}))
    assert words.say("roi.can_not_say_spend", language) in shown and words.say("roi.how_about", language) in shown


def test_where_nobody_is_held_out_it_says_what_to_do(sampled):
    cafe = sampled(insights.opened)
    assert say("insight.none_writing") in text(cafe.client("analyst").get(cafe.at("insight/worth")))
    insights.written(cafe)
    told = text(cafe.client("analyst").get(cafe.at("insight/worth")))
    assert say("roi.nobody_held_out") in told
