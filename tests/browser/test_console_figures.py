"""Home and finance of the console in a browser: every screen whole, what numbers mean opens by keyboard."""

from contextlib import contextmanager

import pytest

from guerdon.faces import words
from tests.browser import looks
from tests.faces.console import counted
from tests.faces.console.counted import FEBRUARY

SCREENS = (
    f"?{FEBRUARY}", "?days=own&from=2025-12-01&until=2025-01-01", f"figures/points_issued?{FEBRUARY}",
    "figures/expiring_soon", "finance/?from=2025-01&until=2025-03", "finance/closings", "finance/closings/2025-01",
    "finance/closings/close", "finance/rates", "finance/exports",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made before there is a browser: beside its loop Django asks no database."""
    found = counted.opened()
    found.close("2025-01", "2025-03-02")
    found.client("finance")
    found.way_in = site.url + found.link("finance")
    return found


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


def test_what_a_number_means_opens_by_keyboard(site, browser, cafe):
    with signed_in(site, browser, cafe, f"?{FEBRUARY}", width=360) as page:
        means = words.say("page.means", "en", what=words.say("figures.revenue", "en"))
        page.get_by_text(means).locator("xpath=ancestor::summary").focus()
        about = page.get_by_text(words.say("figures.revenue_about", "en"))
        assert not about.is_visible()
        page.keyboard.press("Enter")
        assert about.is_visible()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0


def test_everything_reads_without_scripts(site, browser, cafe):
    with signed_in(site, browser, cafe, f"?{FEBRUARY}", scripts=False) as page:
        page.get_by_role("link", name=words.say("figures.purchases", "en"), exact=True).click()
        assert page.get_by_role("row").count() == 3
