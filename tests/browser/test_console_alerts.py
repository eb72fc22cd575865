"""Alerts in a browser: whole at every width, and settled by keyboard."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from guerdon.engine import alerts
from guerdon.faces import words
from guerdon.kit import clock
from tests.browser import looks
from tests.faces.console import counter

PAIRS = (("en", "light"), ("bg", "dark"), ("tr", "light"))


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made before there is a browser: beside its loop Django asks no database."""
    found = counter.opened()
    yesterday = f"{clock.now() - timedelta(days=1):%Y-%m-%d}"
    for _ in range(9):
        found.buy("ann", 1000, yesterday, facts={"cashier": "17"}, store="sofia-1")
    alerts.run(programme_id=found.programme_id, now=clock.now())
    found.link = site.url + found.way_in("finance", to="alerts/")
    return found


@contextmanager
def signed_in(browser, cafe, **how):
    page = looks.opened(browser, cafe.link, **how)
    try:
        yield page
    finally:
        page.context.close()


@pytest.mark.parametrize(("language", "mode"), PAIRS)
def test_the_page_is_whole_and_anybody_can_use_it(browser, cafe, language, mode):
    with signed_in(browser, cafe, language=language, mode=mode) as page:
        assert page.get_by_text(words.say("console_alerts.repeated_card", language)).first.is_visible()
        looks.whole(page)


def test_an_alert_is_settled_by_keyboard(browser, cafe):
    with signed_in(browser, cafe, width=360) as page:
        looks.reach(page, words.say("console_alerts.reason", "en"))
        page.keyboard.type("She buys for her whole office.")
        looks.reach(page, words.say("console_alerts.clear", "en"))
        looks.enter(page)
        assert page.get_by_text(words.say("console_alerts.was_cleared", "en")).first.is_visible()
        assert page.faults == []
