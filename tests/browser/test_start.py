"""The first steps in a browser: from nothing to a live programme, each step looked at as a whole."""

from guerdon.faces.start import access
from tests.browser import looks


def test_the_clock_of_the_browser_says_where_it_is(site, browser):
    for zone, currency in (("Asia/Tokyo", "JPY"), ("Europe/Istanbul", "TRY")):
        context = browser.new_context(locale="en-GB", timezone_id=zone)
        page = context.new_page()
        page.goto(site.url + access.link())
        page.locator("button[value=cafe]").click()
        assert page.locator("#zone").input_value() == zone and page.locator("#currency").input_value() == currency
        page.locator("#name").fill("Aurora")
        page.locator("#zone").select_option("Europe/Sofia")
        page.locator("#name").press("Enter")
        page.wait_for_url(f"{site.url}/start/owner")
        page.goto(f"{site.url}/start/programme")
        assert page.locator("#zone").input_value() == "Europe/Sofia"  # what was said stays
        context.close()


def test_from_nothing_to_a_live_programme(site, browser):
    page = looks.opened(browser, f"{site.url}/")
    page.faults.clear()  # the browser tells of the status 403
    looks.whole(page)
    page.context.close()
    page = looks.opened(browser, site.url + access.link(), language="tr", scripts=False)
    for template in ("employees", "grocery"):
        page.goto(f"{site.url}/start")
        page.locator(f"button[value={template}]").click()
    page.context.close()

    page = looks.opened(browser, site.url + access.link(), language="bg", mode="dark")
    looks.whole(page)
    bottoms = page.evaluate(
        "[...document.querySelectorAll('button[name=template]')].map(one => one.getBoundingClientRect())"
        ".reduce((rows, box) => ({...rows, [Math.round(box.bottom)]: (rows[Math.round(box.bottom)] ?? 0) + 1}), {})"
    )
    cards = page.locator("button[name=template]").count()
    assert len(bottoms) == -(-cards // max(bottoms.values())), f"buttons of a row stand in one line: {bottoms}"
    page.locator("button[value=miles]").focus()
    page.keyboard.press("Enter")
    page.locator("#name").press("Enter")
    assert page.locator("#name-fault").is_visible() and not page.locator("#key-fault").count()
    page.faults.clear()  # the browser tells of the status 422
    looks.whole(page)
    page.locator("#name").fill("Крилата")
    page.locator("#name").press("Enter")
    looks.whole(page)
    for field, text in {"name": "Емил", "email": "emil@aurora.example", "password": "blue coffee tram Monday"}.items():
        page.locator(f"#{field}").fill(text)
    page.locator("#password").press("Enter")
    assert page.locator("h1").inner_text() == "Това е Крилата"
    looks.whole(page)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"{site.url}/console/krilata/first-steps")
    assert "/my/krilata/welcome" in page.locator("main").inner_text()
    looks.whole(page)
    page.goto(f"{site.url}/console/krilata/")
    assert (
        page.locator("h1").inner_text() == "Начало" and page.locator(".shell > header .name").inner_text() == "Крилата"
    )
    page.context.close()
