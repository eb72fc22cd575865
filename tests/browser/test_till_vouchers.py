"""Vouchers at the till: tapped, and given back by the key that gives a sale up; and keys that nothing lies upon."""

import pytest

from guerdon.core.activities import Member
from guerdon.engine import vouchers
from guerdon.kit import clock
from tests.browser import looks, tills
from tests.browser.looks import said
from tests.browser.tills import till
from tests.faces.till import counter

cafe, link = tills.cafe, tills.link  # fixtures are found by their names
COVERED = """() => {
  const bar = document.querySelector(".actions").getBoundingClientRect();
  return [...document.querySelectorAll("[data-keypad] .button")].filter((one) => {
    const box = one.getBoundingClientRect();
    return (box.bottom > bar.top && box.top < bar.bottom) || box.bottom > innerHeight;
  }).map((one) => one.value);
}"""


@pytest.fixture(scope="module", autouse=True)
def code(cafe):
    """A voucher of Ann's, made before there is a browser."""
    wanted = vouchers.Issuance(Member(id=counter.member(cafe)), "five_off", "tests", f"given-{cafe.key}")
    (result,) = vouchers.issue_many(programme_id=cafe.programme_id, wanted=[wanted], now=clock.now())
    return result.decision.issued[0].code


@pytest.mark.parametrize(("language", "mode"), [("en", "light"), ("bg", "dark"), ("tr", "light")])
def test_escape_gives_a_sale_up_and_its_voucher_back(site, browser, cafe, link, code, language, mode):
    with till(browser, link, language=language, mode=mode, width=360) as page:
        page.keyboard.type(code)
        looks.enter(page)
        page.keyboard.type("40.00")
        looks.enter(page)
        with page.expect_navigation():
            page.locator("form[action$=voucher].item button").first.click()
        assert page.get_by_text(said("till_rewards.tapped", language)).is_visible()
        looks.whole(page)
        with page.expect_navigation():
            page.keyboard.press("Escape")
        assert page.url.endswith(counter.at(cafe))
        assert said("till_rewards.off_again", language) in page.locator("body").inner_text()


def test_no_key_lies_under_the_button_or_below_the_screen(site, browser, cafe, link):
    with till(browser, link, width=360) as page:
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(site.url + counter.at(cafe, f"members/{counter.member(cafe)}"))
        assert page.evaluate(COVERED) == []
