"""Goods come back at the till by three taps, in every language; without a network it is said why they can't."""

import pytest

from tests.browser import looks, tills
from tests.browser.looks import said
from tests.browser.tills import till
from tests.faces.till import counter

cafe, link = tills.cafe, tills.link

SCREENS = pytest.mark.parametrize(("language", "mode"), [("en", "light"), ("bg", "dark"), ("tr", "light")])


@SCREENS
def test_a_part_of_a_purchase_comes_back_by_three_taps(browser, cafe, link, language, mode):
    with till(browser, link, language=language, mode=mode, width=360) as page:
        page.keyboard.type(f"{cafe.key}ann")
        looks.enter(page)
        page.keyboard.type("12.40")
        looks.enter(page)
        looks.enter(page)
        receipt = page.url
        page.get_by_role("link", name=said("till_returns.begin", language)).click()  # the first
        looks.whole(page)
        page.get_by_label(said("till_returns.amount_alone", language)).fill("2.50")
        page.get_by_role("button", name=said("till_returns.look", language)).click()  # the second
        page.wait_for_url("**/return?sure=*")
        looks.whole(page)
        page.get_by_role("button", name=said("till_returns.yes", language)).click()  # the third
        page.wait_for_url(receipt)
        assert page.locator("h1").inner_text() == said("states.taken_back_part", language)
        looks.whole(page)
        place = page.url.partition("/till/")[0] + counter.at(cafe)
        page.goto(f"{place}members/{counter.member(cafe)}/purchases")
        looks.whole(page)
        page.goto(f"{place}day")
        assert said("till_returns.returns", language) in page.locator("main").inner_text()
        looks.whole(page)


def test_a_return_that_lost_its_network_is_not_done_and_said_why(site, browser, cafe, link):
    with till(browser, link, number="3") as page:
        page.goto(site.url + counter.at(cafe))
        page.keyboard.type(f"{cafe.key}ann")
        looks.enter(page)
        page.keyboard.type("5.00")
        looks.enter(page)
        looks.enter(page)
        looks.through_the_worker(page)
        page.get_by_role("link", name=said("till_returns.begin")).click()
        page.wait_for_url("**/return")
        page.context.set_offline(True)
        page.get_by_role("button", name=said("till_returns.look")).click()
        page.get_by_text(said("till.not_done")).wait_for()
        assert page.get_by_text(said("till.offline_not")).is_visible()
        assert page.locator("#waiting").is_hidden()  # nothing of it waits
