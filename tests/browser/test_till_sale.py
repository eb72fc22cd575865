"""A whole sale as a cashier has it: in three taps, by keys alone with a reward and an undo, with goods."""

import re

import pytest

from tests.browser import looks, tills
from tests.browser.looks import said
from tests.browser.tills import till
from tests.faces.till import counter

cafe, link = tills.cafe, tills.link  # fixtures are found by their names
COUNTED = "addEventListener('pointerdown', () => (sessionStorage.taps = 1 + Number(sessionStorage.taps ?? 0)), true)"
CAMERA = "self.BarcodeDetector = class {}"


def down_to(page, name):
    """Go down with the arrow until the focus is on what is called so."""
    for _ in range(60):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.innerText.trim()") == name:
            return
    raise AssertionError(f"no way down to {name}")


def test_a_sale_takes_three_taps_beside_the_scan_and_the_figures(browser, cafe, link):
    with till(browser, link, width=360) as page:
        page.add_init_script(COUNTED)
        page.reload()
        page.keyboard.type(f"{cafe.key}ann")  # as a scanner types it
        looks.enter(page)
        page.keyboard.type("12.40")
        for name in ("till.look", "till.record", "till.next"):
            with page.expect_navigation():
                page.get_by_role("button", name=said(name)).or_(page.get_by_role("link", name=said(name))).click()
        assert page.url.endswith(counter.at(cafe))
        assert page.evaluate("Number(sessionStorage.taps)") <= 3


def test_a_reward_takes_three_taps_until_it_is_handed_over(browser, cafe, link):
    with till(browser, link, width=360) as page:
        page.add_init_script(COUNTED)
        page.reload()
        page.keyboard.type(f"{cafe.key}ann")
        looks.enter(page)
        wished = page.locator("form.item", has_text=re.compile("flat white", re.I))
        yes, given = (page.get_by_role("button", name=said(name)) for name in ("till.redeem", "till.hand_over"))
        for button in (wished.get_by_role("button"), yes, given):
            with page.expect_navigation():
                button.click()
        assert said("states.fulfilled") in page.locator("main").inner_text()
        assert page.evaluate("Number(sessionStorage.taps)") <= 3


def test_a_reward_a_sale_and_its_undo_by_keys_alone(browser, cafe, link):
    with till(browser, link) as page:
        page.keyboard.type(f"{cafe.key}ann")
        looks.enter(page)
        down_to(page, said("till.redeem"))
        looks.enter(page)  # asked whether it is meant
        looks.enter(page)
        assert "/redemptions/rdm_" in page.url
        looks.enter(page)  # handed over
        looks.enter(page)  # the next customer
        assert page.url.endswith(counter.at(cafe))
        page.keyboard.type(f"{cafe.key}ann")
        for typed in ("", "7.00", ""):
            enter_after(page, typed)
        assert "/receipts/act_" in page.url
        down_to(page, said("till.undo"))
        looks.enter(page)
        looks.enter(page)
        assert page.locator("h1").inner_text() == said("states.taken_back")


def enter_after(page, typed):
    page.keyboard.type(typed)
    looks.enter(page)


@pytest.mark.parametrize(("language", "mode"), [("en", "light"), ("bg", "dark"), ("tr", "light")])
def test_goods_beside_the_total_are_whole_and_count(site, browser, cafe, link, language, mode):
    with till(browser, link, language=language, mode=mode, width=360) as page:
        place = f"members/{counter.member(cafe)}"
        page.goto(site.url + counter.at(cafe, f"{place}?more=yes&voucher=2346-789A-CDEFG"))
        looks.whole(page)
        page.get_by_label(said("till.amount", language)).fill("12.40")
        page.locator("[id='category.1']").select_option("beans")
        page.locator("[id='quantity.1']").fill("2")
        page.locator("[id='amount.1']").fill("9.00")
        enter_after(page, "")
        assert "/purchase" in page.url and "12" in page.locator("main").inner_text()
        looks.whole(page)


@pytest.mark.parametrize(
    ("language", "amount"),
    [
        ("en", "1,234,567.50 EUR"),
        ("bg", "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567,50 EUR"),
        ("tr", "1.234.567,50 EUR"),
    ],
)
def test_amounts_that_have_waited_are_written_as_the_server_writes_them(site, browser, cafe, link, language, amount):
    with till(browser, link, number="9", language=language) as page:
        looks.through_the_worker(page)
        page.context.set_offline(True)
        page.goto(site.url + counter.at(cafe))
        assert page.get_by_text(said("till.offline_not", language)).is_visible()  # why nothing comes back here
        page.get_by_label(said("till.card", language)).fill("9999")
        page.get_by_label(said("till.amount", language)).fill("1234567.5")
        for _ in range(2):  # it is so much that it is asked for
            page.keyboard.press("Enter")
        looks.online(page)
        looks.until(page, "!document.getElementById('refused').hidden")
        assert amount in page.locator("#refused strong").last.inner_text()
        page.faults.clear()  # the browser notes the status of the refusal
        looks.whole(page)
        with page.expect_navigation():
            page.locator("#refused").get_by_role("button", name=said("till.enrol", language)).last.click()
        assert page.locator("#shown").input_value() == "9999" and "9999" not in page.url


def test_the_camera_is_offered_where_the_browser_reads_codes_and_nowhere_else(browser, cafe, link):
    with till(browser, link) as page:
        page.add_init_script("delete self.BarcodeDetector")
        page.reload()
        assert page.locator("[data-camera]").is_hidden()
        page.add_init_script(CAMERA)
        page.reload()
        assert page.get_by_role("button", name=said("till.camera")).is_visible()
