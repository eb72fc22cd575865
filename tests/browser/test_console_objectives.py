"""Objectives in a browser: the list with its form and one with its way, whole in every language, light and dark."""

import shutil
from datetime import UTC, datetime

import pytest
from django.conf import settings

from guerdon.engine import objectives
from guerdon.engine.adjust import Actor
from guerdon.faces import goals
from guerdon.faces.goals import NewObjective
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids, store
from tests.browser import looks
from tests.faces.console import insights

NOW = datetime(2025, 2, 2, tzinfo=UTC)
WISH = NewObjective(
    "Half as much more", "average_order_value", 5_000, "2025-04", first="2025-02", baseline="months",
    base_first="2025-01", base_last="2025-01",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made before there is a browser: beside its loop Django asks no database; exported where the server looks."""
    found = insights.opened()
    programme = programmes.latest(store.current(), found.programme_id).current(NOW).programme
    goal = goals.made(WISH, programme, now=NOW)
    one, _ = objectives.begin(goal, programme_id=found.programme_id, actor=Actor("Emil", "e" * 32, "user"), now=NOW)
    insights.written(found)
    found.one = f"insight/objectives/{ids.show('objective', one.id)}"
    found.way_in = site.url + found.link("manager")
    found.client("manager")
    yield found
    shutil.rmtree(settings.EXPORTS / found.key)


@pytest.mark.parametrize(("language", "mode"), [("en", "light"), ("bg", "dark"), ("tr", "light")])
def test_every_screen_is_whole_and_anybody_can_use_it(site, browser, cafe, language, mode):
    page = looks.opened(browser, cafe.way_in, language=language, mode=mode)
    for screen in ("insight/objectives", cafe.one):
        page.goto(site.url + cafe.at(screen))
        looks.whole(page)
    page.context.close()


def test_how_one_goes_is_drawn_and_a_wrong_form_tells_where(site, browser, cafe):
    page = looks.opened(browser, cafe.way_in)
    page.goto(site.url + cafe.at("insight/objectives"))
    page.get_by_role("link", name="Half as much more").click()
    assert page.get_by_text(looks.said("objectives.verdict_behind"), exact=True).is_visible()
    assert page.get_by_role("slider").count() == 1  # the way and what became of it, month by month
    page.goto(site.url + cafe.at("insight/objectives"))
    page.get_by_label(looks.said("objectives.name"), exact=True).fill("Mine")
    page.get_by_label(looks.said("objectives.last"), exact=True).fill("2099-06")
    page.get_by_label(looks.said("objectives.target"), exact=True).fill("much")
    page.get_by_role("button", name=looks.said("objectives.save")).click()
    page.locator("#target-fault").wait_for()
    page.faults.clear()  # what is refused is told as an error, too
    assert page.get_by_label(looks.said("objectives.name"), exact=True).input_value() == "Mine"
    looks.whole(page)
    page.context.close()
