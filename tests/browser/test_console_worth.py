"""“Is it worth it?” in a browser: both measures whole in every language, light and dark."""

import shutil

import pytest
from django.conf import settings

from tests.browser import looks
from tests.faces.console import insights
from tests.faces.console.counted import Cafe
from tests.insight.roi import campaign

BESIDE = "insight/worth/beside?begins=2025-12&store=s0&store=s1"
SCREENS = ("insight/worth", "insight/worth?cost=12.00", "insight/worth?cost=much", "insight/worth/beside", BESIDE)


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made before there is a browser: beside its loop Django asks no database; exported where the server looks."""
    found = campaign.run(Cafe(key="aurora"), units=campaign.WORTH)
    insights.written(found)
    found.client("analyst").get(found.at(BESIDE))
    insights.worked()
    found.way_in = site.url + found.link("analyst")
    yield found
    shutil.rmtree(settings.EXPORTS / found.key)


@pytest.mark.parametrize(("language", "mode"), [("en", "light"), ("bg", "dark"), ("tr", "light")])
def test_both_measures_are_whole_and_anybody_can_use_them(site, browser, cafe, language, mode):
    page = looks.opened(browser, cafe.way_in, language=language, mode=mode)
    for screen in SCREENS:
        page.goto(site.url + cafe.at(screen))
        looks.whole(page)
    page.context.close()


def test_who_has_it_is_picked_and_measured(site, browser, cafe):
    page = looks.opened(browser, cafe.way_in)
    page.goto(site.url + cafe.at("insight/worth"))
    page.get_by_role("link", name=looks.said("roi.beside")).click()
    page.goto(site.url + cafe.at(BESIDE))
    assert page.get_by_role("checkbox", name="s1").is_checked()
    assert page.get_by_role("slider").count() == 1  # both sides, month by month
    page.context.close()
