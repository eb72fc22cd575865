"""The cost book in a browser: months with their chart, the form, an entry; whole in every language, light and dark."""

import shutil
from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from guerdon.core.cost_book import Entry
from guerdon.engine import costs
from guerdon.engine.adjust import Actor
from guerdon.kit import ids
from tests.browser import looks
from tests.faces.console import insights

NOW = datetime(2025, 4, 2, tzinfo=UTC)
TOLD = [
    Entry("technology", 240_000, "EUR", date(2025, 1, 1), date(2026, 1, 1), "Platform, a year"),
    Entry("agency", 80_000, "EUR", date(2025, 2, 1), date(2025, 3, 1), "Winter campaign, invoice 118", "base"),
    Entry("funding", 30_000, "EUR", date(2025, 2, 1), date(2025, 3, 1), "A roaster pays a part of it"),
    Entry("media", 45_000, "USD", date(2025, 1, 15), date(2025, 2, 15), "Posters abroad", store="Sofia"),
]
SPAN = "finance/costs?from=2025-01&until=2025-04"


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made before there is a browser: beside its loop Django asks no database; exported where the server looks."""
    found = insights.opened()
    by = {"programme_id": found.programme_id, "actor": Actor("Emil", "e" * 32, "user"), "now": NOW}
    told = [costs.tell(one, **by)[0] for one in TOLD]
    costs.reverse(id=told[-1].id, why="it was for another shop", **by)
    insights.written(found)
    found.ones = [f"finance/costs/{ids.show('cost', one.id)}" for one in (told[1], told[-1])]
    found.way_in = site.url + found.link("manager")
    found.client("manager")
    yield found
    shutil.rmtree(settings.EXPORTS / found.key)


@pytest.mark.parametrize(("language", "mode"), [("en", "light"), ("bg", "dark"), ("tr", "light")])
def test_every_screen_is_whole_and_anybody_can_use_it(site, browser, cafe, language, mode):
    page = looks.opened(browser, cafe.way_in, language=language, mode=mode)
    for screen in (SPAN, *cafe.ones):
        page.goto(site.url + cafe.at(screen))
        looks.whole(page)
    page.context.close()


def test_months_are_drawn_and_a_wrong_form_tells_where(site, browser, cafe):
    page = looks.opened(browser, cafe.way_in)
    page.goto(site.url + cafe.at(SPAN))
    assert page.get_by_role("slider").count() == 1
    page.get_by_label(looks.said("costs.note"), exact=True).fill("Mine")
    page.get_by_label(looks.said("costs.amount"), exact=True).fill("much")
    page.get_by_role("button", name=looks.said("costs.save")).click()
    page.locator("#amount-fault").wait_for()
    page.faults.clear()  # what is refused is told as an error, too
    assert page.get_by_label(looks.said("costs.note"), exact=True).input_value() == "Mine"
    looks.whole(page)
    page.context.close()
