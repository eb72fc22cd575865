"""The cost book in the console: entries told in a form, months beside what is known, a file, one taken back."""

import html
import re

import pytest

from guerdon.faces import words
from guerdon.features.costs import queries
from guerdon.kit import ids, store
from tests.faces.console import insights

FORM = {"kind": "agency", "amount": "800,00", "currency": "", "month": "2025-03", "first": "", "end": "", "rule": "",
        "store": "", "note": "invoice 118"}  # fmt: skip
HERE = "finance/costs"
SPAN = f"{HERE}?from=2025-02&until=2025-03"


def text(answer) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def say(key, **facts):
    return words.say(f"costs.{key}", "en", **facts)


@pytest.fixture
def cafe(pristine_database, tmp_path, monkeypatch):
    insights.placed(monkeypatch, tmp_path)
    return insights.opened()


def all_of(cafe):
    return queries.page(store.current(), cafe.programme_id, most=9)


def test_without_any_it_says_what_one_is(cafe):
    page = text(cafe.client("analyst").get(cafe.at(HERE)))
    assert say("none_about") in page and say("new_about") not in page  # an analyst tells none


def test_one_is_told_shown_and_taken_back(cafe):
    client = cafe.client("finance")
    answer = client.post(cafe.at(HERE), FORM | {"rule": "base"}, follow=True)
    assert answer.status_code == 200 and say("saved") in text(answer) and "invoice 118" in text(answer)
    (one,) = all_of(cafe)
    assert (one.entry.amount, one.entry.currency, one.entry.rule, one.told_by) == (80_000, "EUR", "base", "Finance")
    here = cafe.at(f"{HERE}/{ids.show('cost', one.id)}")
    page = text(client.get(here))
    assert "March 2025" in page and "invoice 118" in page and say("back_about") in page
    assert client.post(here, {"why": ""}).status_code == 422 and all_of(cafe)[0].reversal is None
    back = text(client.post(here, {"why": "twice"}, follow=True))
    assert say("back_done") in back and "twice" in back and say("back_about") not in back
    assert client.post(here, {"why": "again"}).status_code == 422
    assert all_of(cafe)[0].reversal.why == "twice" and say("reversed") in text(client.get(cafe.at(HERE)))


def test_months_stand_beside_what_is_known_and_in_a_file(cafe):
    """Ann paid with 30 points in March: 0.30."""
    insights.written(cafe)
    client = cafe.client("manager")
    for more in ({}, {"kind": "media", "amount": "12,50"}, {"kind": "funding", "amount": "100"}):
        client.post(cafe.at(HERE), FORM | more)
    answer = client.get(cafe.at(SPAN))
    page = text(answer)
    for shown in ("812.80", "100.00", "712.80", say("kind_agency"), say("kind_funding"), say("state_known")):
        assert shown in page, shown
    assert say("known_points", of="Points") in page and 'data-chart="stacked"' in answer.content.decode()
    assert "03.2025" in page and say("all_known") in page
    sheet = client.get(cafe.at("finance/costs.csv?from=2025-03&until=2025-03")).content.decode().splitlines()
    assert "2025-03,told,cost,media,,1,EUR,12.50" in sheet and "2025-03,total,net,,,,EUR,712.80" in sheet
    assert text(client.get(cafe.at(f"{HERE}?from=2025-05&until=2025-03"))).count(say("title"))
    assert client.get(cafe.at(f"{HERE}?from=2025-05&until=2025-03")).status_code == 422


def test_what_is_closed_and_not_counted_yet_is_put_into_the_queue(cafe):
    client = cafe.client("manager")
    assert say("state_waiting") in text(client.get(cafe.at(SPAN)))
    insights.written(cafe)
    assert say("state_waiting") not in text(client.get(cafe.at(SPAN)))


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"amount": "much"}, "amount"), ({"amount": ""}, "amount"), ({"amount": "1.234"}, "amount"),
        ({"amount": "0"}, "amount"), ({"note": ""}, "note"), ({"month": ""}, ""), ({"month": "soon"}, "month"),
        ({"first": "2025-03-01"}, ""), ({"first": "soon"}, "first"), ({"currency": "euros"}, "currency"),
        ({"currency": "XYZ"}, ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_what_was_typed_stays(cafe, changed, fault):
    client = cafe.client("manager")
    answer = client.post(cafe.at(HERE), FORM | {"store": "Sofia"} | changed)
    assert answer.status_code == 422 and say("fault") in text(answer) and not all_of(cafe)
    page = answer.content.decode()
    assert 'value="Sofia"' in page and (not fault or f'id="{fault}-fault"' in page), fault


def test_other_days_and_another_currency(cafe):
    client = cafe.client("marketer")
    days = {"month": "", "first": "2025-01-15", "end": "2025-02-15", "currency": "jpy", "amount": "1200"}
    client.post(cafe.at(HERE), FORM | days)
    (one,) = all_of(cafe)
    assert (one.entry.first.isoformat(), one.entry.until.isoformat()) == ("2025-01-15", "2025-02-15")
    assert (one.entry.amount, one.entry.currency) == (1_200, "JPY")


def test_who_may_only_look_can_not_tell_and_who_may_not_look_sees_nothing(cafe):
    assert cafe.client("analyst").post(cafe.at(HERE), FORM).status_code == 403
    assert cafe.client("support").get(cafe.at(HERE)).status_code == 403
    assert not all_of(cafe)
