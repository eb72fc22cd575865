"""Where a page of the till begins: at what was recorded, at what is wrong; nothing lies on its button. And without a
network it reads what it reads with one.
"""

from guerdon.core.errors import Refusal
from guerdon.faces import typed
from tests.browser import looks, tills
from tests.browser.looks import said
from tests.browser.tills import till
from tests.faces.till import counter

cafe, link = tills.cafe, tills.link  # fixtures are found by their names
PHONE = {"width": 360, "height": 640}
IN_SIGHT = (
    """(one) => { const { top, bottom } = one.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }"""
)
FREE = """(one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""
AMOUNTS = (
    "12.40", "12,4", "€12.40", "12 €", "EUR 5", "1 234,50", "1,234.50", "1\u00a0234", "1'234", "+3", ".5", "5.", "0,50",
    "1.000", "0.500", "12.345", "1,00,0", "1 2", "abc", "", ".", "-7", "\u20137", "0", "1e3", "$5", "9999999",
    "99999999",
)  # fmt: skip
READ = "(all) => all.map((one) => read(one, document.querySelector('[data-apart]').dataset).plain ?? '')"


def with_a_network(text):
    try:
        found = typed.number(text, scale=2, at="/amount", currency="EUR", most=999_999_999)
    except Refusal:
        return ""
    return f"{found // 100}.{found % 100:02}"


def focused(page):
    return page.locator(":focus")


def test_on_a_phone_the_button_has_the_focus_and_what_was_recorded_is_in_sight(site, browser, cafe, link):
    with till(browser, link, number="21") as page:
        page.set_viewport_size(PHONE)
        page.goto(site.url + counter.at(cafe, f"members/{counter.member(cafe)}/purchase?amount=6.00"))
        assert focused(page).inner_text() == said("till.record") and page.evaluate("scrollY") == 0
        looks.enter(page)
        assert focused(page).inner_text() == said("till.next")
        assert page.locator("h1").evaluate(IN_SIGHT) and page.evaluate("scrollY") == 0
        page.get_by_role("button", name=said("till.undo"), exact=True).press("Enter")
        page.wait_for_url("**/undo?sure=*")
        looks.enter(page)
        toast, button = page.locator("#toasts .notice"), page.get_by_role("link", name=said("till.next"))
        assert toast.is_visible() and button.evaluate(FREE)
        box, place = toast.bounding_box(), button.bounding_box()
        assert box["y"] + box["height"] <= place["y"]
        assert not toast.evaluate(FREE)  # a tap goes through it


def test_a_refused_form_begins_at_what_is_wrong_and_a_new_line_at_itself(site, browser, cafe, link):
    with till(browser, link, number="22") as page:
        page.set_viewport_size(PHONE)
        page.goto(site.url + counter.at(cafe, f"members/{counter.member(cafe)}/purchase?category.1=beans&amount.1=x"))
        assert focused(page).get_attribute("id") == "amount.1" and focused(page).evaluate(IN_SIGHT)
        assert page.locator("[id='amount.1-fault']").evaluate(FREE)
        with page.expect_navigation():
            page.get_by_role("button", name=said("till.more_lines")).click()
        assert focused(page).get_attribute("name").endswith(".2") and focused(page).evaluate(IN_SIGHT)


def test_without_a_network_what_was_typed_goes_on_and_amounts_are_read_as_ever(site, browser, cafe, link):
    with till(browser, link, number="23") as page:
        looks.through_the_worker(page)
        page.context.set_offline(True)
        page.keyboard.type(cafe.email("ann"))
        looks.enter(page)
        assert page.get_by_label(said("till.card")).input_value() == cafe.email("ann")
        assert page.locator("#not-done").is_hidden() and focused(page).get_attribute("id") == "amount"
        assert page.evaluate(READ, list(AMOUNTS)) == [with_a_network(one) for one in AMOUNTS]
        page.evaluate("document.getElementById('not-done').hidden = false")  # as after an undo
        page.keyboard.type("€1 234,50")
        page.keyboard.press("Enter")
        assert page.locator("#wrong-really").is_visible()
        page.keyboard.press("Enter")
        assert page.locator("#waiting").is_visible() and page.locator("#not-done").is_hidden()
        looks.online(page)
        page.locator("#waiting").wait_for(state="hidden")
        page.goto(site.url + counter.at(cafe, "day"))
        assert "1,234.50" in page.locator("main").inner_text()
        page.get_by_role("button", name=said("till.lock")).click()
        page.wait_for_url("**/sign-in/**")
        page.context.set_offline(True)
        page.goto(site.url + counter.at(cafe))
        assert page.locator("#locked").is_visible() and page.locator("#unknown").is_hidden()
