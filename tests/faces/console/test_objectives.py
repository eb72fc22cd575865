"""Objectives in the console: set in a form, their way drawn beside what became of it, a file, an end."""

import html
import re

import pytest

from guerdon.faces import words
from guerdon.features.objectives import queries
from guerdon.kit import ids, store
from tests.faces.console import insights
from tests.faces.console.counted import Cafe

# It is long ago that its months were closed, so the café's clock stands still there; pages go by today.
FORM = {
    "name": "Half as much more", "kpi": "average_order_value", "measure": "relative", "target": "50",
    "direction": "at_least", "first": "", "last": "2099-12", "baseline": "previous_year",
}  # fmt: skip


def text(answer) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def say(key, **facts):
    return words.say(f"objectives.{key}", "en", **facts)


@pytest.fixture
def cafe(pristine_database, tmp_path, monkeypatch):
    insights.placed(monkeypatch, tmp_path)
    return Cafe()


def all_of(cafe):
    return queries.page(store.current(), cafe.programme_id, most=9)


def test_without_any_it_says_what_one_is(cafe):
    page = text(cafe.client("analyst").get(cafe.at("insight/objectives")))
    assert say("none_about") in page and say("new") not in page  # an analyst sets none


def test_one_is_set_shown_and_ended(cafe, monkeypatch):
    client = cafe.client("manager")
    form = FORM | {"first": "2099-06"}
    answer = client.post(cafe.at("insight/objectives"), form, follow=True)
    assert answer.status_code == 200 and say("saved") in text(answer)
    (one,) = all_of(cafe)
    assert (one.goal.target, one.goal.first, one.goal.of, one.made_by) == (5_000, "2099-06", ("EUR",), "Manager")
    assert "Half as much more" in text(answer) and say("verdict_not_known") in text(answer)
    here = cafe.at(f"insight/objectives/{ids.show('objective', one.id)}")
    page = text(client.get(here))
    assert say("text_no_month") in page and "12.2099" in page and say("asked") in page
    sheet = client.get(f"{here}/course.csv").content.decode().splitlines()
    assert sheet[0] == "month,value,baseline,asked,target" and len(sheet) == 8
    assert client.post(here, {"why": ""}).status_code == 422
    assert all_of(cafe)[0].ended_at is None
    ended = text(client.post(here, {"why": "enough"}, follow=True))
    assert say("end_done") in ended and "enough" in ended and say("end_about") not in ended
    assert client.post(here, {"why": "again"}).status_code == 422
    assert all_of(cafe)[0].why == "enough"


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"target": "much"}, "target"), ({"target": ""}, "target"), ({"target": "1.234"}, "target"),
        ({"name": ""}, "name"), ({"last": "soon"}, ""), ({"last": ""}, "last"), ({"baseline": "months"}, ""),
        ({"kpi": "retention"}, ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_what_was_typed_stays(cafe, changed, fault):
    client = cafe.client("manager")
    answer = client.post(cafe.at("insight/objectives"), FORM | {"first": "2099-06", "name": "Mine"} | changed)
    page = answer.content.decode()
    assert answer.status_code == 422 and say("fault") in text(answer) and not all_of(cafe)
    assert not fault or f'id="{fault}-fault"' in page, fault
    assert "name" in changed or 'value="Mine"' in page


def test_a_number_to_reach_is_read_in_its_own_unit(cafe):
    client = cafe.client("marketer")
    wish = {"measure": "absolute", "target": "24,50", "direction": "at_most", "first": "2099-06"}
    client.post(cafe.at("insight/objectives"), FORM | wish)
    assert [one.goal.target for one in all_of(cafe)] == [2_450]
    client.post(cafe.at("insight/objectives"), FORM | wish | {"kpi": "enrolments", "target": "7"})
    assert all_of(cafe)[0].goal.target == 7
    refused = client.post(cafe.at("insight/objectives"), FORM | wish | {"kpi": "enrolments", "target": "7.5"})
    assert refused.status_code == 422 and len(all_of(cafe)) == 2


def test_who_may_only_look_can_not_set_one(cafe):
    assert cafe.client("analyst").post(cafe.at("insight/objectives"), FORM).status_code == 403
    assert not all_of(cafe)
