"""The desk of claims in a browser: its queue and a claim whole at every width, and answered by keyboard."""

from contextlib import contextmanager

import pytest

from guerdon.faces import words
from guerdon.kit import ids
from tests.browser import looks
from tests.faces.console import counter
from tests.faces.console.test_claims import opened

PAIRS = (("en", "light"), ("bg", "dark"), ("tr", "light"))


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made before there is a browser: beside its loop Django asks no database."""
    found = counter.opened()
    found.claim = ids.show("claim", opened(found))
    found.link = site.url + found.way_in("support", to="claims/")
    return found


@contextmanager
def signed_in(browser, cafe, **how):
    page = looks.opened(browser, cafe.link, **how)
    try:
        yield page
    finally:
        page.context.close()


@pytest.mark.parametrize(("language", "mode"), PAIRS)
def test_every_screen_is_whole_and_anybody_can_use_it(site, browser, cafe, language, mode):
    with signed_in(browser, cafe, language=language, mode=mode) as page:
        looks.whole(page)
        page.goto(site.url + cafe.desk(f"claims/{cafe.claim}"))
        page.locator("main a img").scroll_into_view_if_needed()  # it is loaded when it is come to
        looks.until(page, "[...document.querySelectorAll('main a img')].every((one) => one.naturalWidth > 0)")
        looks.whole(page)


def test_a_claim_is_taken_and_answered_by_keyboard(site, browser, cafe):
    with signed_in(browser, cafe, width=360) as page:
        page.goto(site.url + cafe.desk(f"claims/{cafe.claim}"))
        looks.reach(page, words.say("console_claims.take", "en"))
        looks.enter(page)
        looks.reach(page, words.say("console_claims.write", "en"))
        page.keyboard.type("We look into it today.")
        looks.reach(page, words.say("claims.send", "en"))
        looks.enter(page)
        assert "We look into it today." in page.inner_text("main")
        assert page.get_by_text(words.say("claims.waiting_for_member", "en")).first.is_visible()
        assert page.faults == []
