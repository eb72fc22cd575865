"""Rewards at the till as a cashier sees them: their prices, one undone, and what is refused without a network."""

import re

import pytest

from tests.browser import looks, tills
from tests.browser.looks import said
from tests.browser.tills import till
from tests.faces.till import counter

cafe, link = tills.cafe, tills.link  # fixtures are found by their names
PAIRS = (("en", "light"), ("bg", "dark"), ("tr", "light"))


def pressed(page, word, language="en"):
    with page.expect_navigation():
        page.get_by_role("button", name=said(word, language), exact=True).click()


@pytest.mark.parametrize(("language", "mode"), PAIRS)
def test_a_reward_that_went_out_by_a_code_is_undone(site, browser, cafe, link, language, mode):
    with till(browser, link, language=language, mode=mode, width=360) as page:
        place = site.url + counter.at(cafe, f"members/{counter.member(cafe)}")
        page.goto(place)
        looks.whole(page)
        with page.expect_navigation():
            page.locator("form[action*='/rewards/delivery']").get_by_role("button").click()
        pressed(page, "till.redeem", language)
        given = page.url
        looks.whole(page)
        page.goto(place)
        page.get_by_text(said("till.just_redeemed", language)).wait_for()
        looks.whole(page)
        page.goto(given)
        pressed(page, "till.undo", language)
        looks.whole(page)
        pressed(page, "till.undo", language)
        assert said("states.cancelled", language) in page.locator("main").inner_text()
        looks.whole(page)


@pytest.mark.parametrize(("language", "mode"), PAIRS)
def test_what_to_type_instead_stands_at_the_field(site, browser, cafe, link, language, mode):
    with till(browser, link, language=language, mode=mode, width=360) as page:
        page.goto(site.url + counter.at(cafe, f"members/{counter.member(cafe)}"))
        page.get_by_label(said("till.amount", language)).fill("1,000")
        page.keyboard.press("Enter")
        told = page.locator("#amount-fault")
        told.wait_for()
        assert "1000" in told.inner_text() and page.locator("#amount").input_value() == "1,000"
        page.faults.clear()  # the browser notes that the form was refused
        looks.whole(page)


def test_without_a_network_an_undo_is_refused_and_nothing_waits(site, browser, cafe, link):
    with till(browser, link, number="9", width=360) as page:
        looks.through_the_worker(page)
        page.goto(site.url + counter.at(cafe, f"members/{counter.member(cafe)}"))
        with page.expect_navigation():
            page.locator("form[action*='/rewards/flat_white']").get_by_role("button").click()
        pressed(page, "till.redeem")
        given = page.url
        page.context.set_offline(True)
        pressed(page, "till.undo")
        assert page.get_by_text(said("till.not_done")).is_visible()
        assert page.locator("#waiting").is_hidden()
        looks.online(page)
        page.goto(given)
        assert said("states.confirmed") in page.locator("main").inner_text()
        page.context.set_offline(True)
        page.goto(site.url + counter.at(cafe))  # nothing was tried since
        assert page.get_by_text(said("till.not_done")).is_hidden()
        page.faults.clear()
        assert re.search(r"offline|till", page.url)
