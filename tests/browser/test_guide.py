"""The style guide in a real browser: nothing breaks, nothing is out of reach, everything can be read."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from guerdon.faces import refusals, words

AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
WIDTHS = (320, 360, 1280)  # 1280 at 400 % is 320


def opened(browser: Browser, address: str, *, width: int = 1280, mode: str = "light", language: str = "en") -> Page:
    """The page, and in `page.faults` whatever the browser complains of."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=mode, locale=language, reduced_motion="reduce"
    )
    page = context.new_page()
    page.faults = []
    page.on("console", lambda told: page.faults.append(told.text) if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("requestfailed", lambda request: page.faults.append(f"{request.url}: {request.failure}"))
    page.goto(address)
    return page


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("language", refusals.LANGUAGES)
def test_it_is_whole_and_anybody_can_use_it(site, browser, language, mode):
    page = opened(browser, f"{site.url}/design", language=language, mode=mode)
    try:
        assert page.locator("h1").inner_text() == words.say("guide.guide", language)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{width} px: the page can be moved sideways by {wide} px"
            found = Axe().run(page, options=AXE)
            assert found.violations_count == 0, found.generate_report()
        assert page.faults == []
    finally:
        page.context.close()


def test_a_dialog_by_keyboard_alone(site, browser):
    page = opened(browser, f"{site.url}/design")
    try:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == words.say("page.skip", "en")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        opener = page.get_by_role("button", name=words.say("guide.dialog", "en"))
        opener.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name=words.say("guide.dialog_title", "en"))
        assert dialog.is_visible()
        page.keyboard.press("Escape")
        assert not dialog.is_visible()
        assert opener.evaluate("one => one === document.activeElement")
        assert page.faults == []
    finally:
        page.context.close()


def test_a_notice_comes_and_the_mode_of_colours_stays(site, browser):
    page = opened(browser, f"{site.url}/design")
    try:
        page.get_by_role("button", name=words.say("guide.toast", "en")).click()
        assert page.locator("#toasts").get_by_text(words.say("guide.saved", "en")).is_visible()
        page.get_by_role("button", name=words.say("page.mode", "en")).click()
        page.reload()
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
        assert page.faults == []
    finally:
        page.context.close()


def test_without_scripts_it_is_read_all_the_same(site, browser):
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{site.url}/design")
        assert page.get_by_role("heading", name=words.say("guide.guide", "en")).is_visible()
    finally:
        context.close()


def test_a_brand_is_tried(site, browser):
    page = opened(browser, f"{site.url}/design")
    try:
        page.get_by_label(words.say("guide.colour", "en"), exact=True).fill("#7c2d92")
        page.get_by_role("button", name=words.say("guide.show", "en")).click()
        button = page.get_by_role("button", name=words.say("guide.show", "en"))
        assert button.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(124, 45, 146)"
        assert page.faults == []
    finally:
        page.context.close()
