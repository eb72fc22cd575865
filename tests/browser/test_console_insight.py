"""Insight in a browser: every screen whole in every language, light and dark; grids and charts by keyboard."""

import shutil
from contextlib import contextmanager

import pytest
from django.conf import settings

from tests.browser import looks
from tests.faces.console import insights

SCREENS = (
    "insight/", "insight/?days=own&from=2030-01-01&until=2030-02-01", "insight/clv", "insight/kpis/retention",
    "insight/kpis/tier_migration?days=month", "insight/kpis/rfm", "insight/kpis/average_order_value",
    "insight/kpis/ultimate_redemption_rate", "insight/kpis/spend_by_redeeming", "insight/kpis/net_promoter_score",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made before there is a browser: beside its loop Django asks no database; exported where the server looks."""
    found = insights.opened()
    insights.written(found)
    client = found.client("analyst")
    for screen in SCREENS:
        client.get(found.at(screen))
    insights.worked()
    found.way_in = site.url + found.link("analyst")
    yield found
    shutil.rmtree(settings.EXPORTS / found.key)


@contextmanager
def signed_in(site, browser, cafe, page="", **how):
    there = looks.opened(browser, cafe.way_in, **how)
    there.goto(site.url + cafe.at(page))
    try:
        yield there
    finally:
        there.context.close()


@pytest.mark.parametrize(("language", "mode"), [("en", "light"), ("bg", "dark"), ("tr", "light")])
def test_every_screen_is_whole_and_anybody_can_use_it(site, browser, cafe, language, mode):
    with signed_in(site, browser, cafe, language=language, mode=mode) as page:
        for screen in SCREENS:
            page.goto(site.url + cafe.at(screen))
            if page.locator(".notice.bad").count():
                page.faults.clear()  # what is refused is told as an error, too
            looks.whole(page)


def test_a_grid_is_moved_and_a_chart_is_walked_by_keyboard(site, browser, cafe):
    with signed_in(site, browser, cafe, "insight/kpis/retention", width=320) as page:
        grid = page.get_by_role("region", name=looks.said("kpis.retention"))
        grid.focus()
        page.keyboard.press("ArrowRight")
        looks.until(page, "document.querySelector('.heat').scrollLeft > 0")
    with signed_in(site, browser, cafe, "insight/kpis/average_order_value") as page:
        chart = page.get_by_role("slider")
        chart.focus()
        page.keyboard.press("End")
        assert "30.00 EUR" in chart.get_attribute("aria-valuetext")


def test_everything_reads_without_scripts(site, browser, cafe):
    with signed_in(site, browser, cafe, "insight/", scripts=False) as page:
        page.get_by_role("link", name=looks.said("kpis.average_order_value"), exact=True).click()
        assert page.get_by_role("cell", name="30.00 EUR").count() >= 1
