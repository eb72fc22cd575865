"""The style guide in a real browser: nothing breaks, nothing is out of reach, everything can be read."""

from contextlib import contextmanager

import pytest

from guerdon.faces import refusals
from guerdon.faces.design import guide
from tests.browser import looks
from tests.browser.looks import said

PARTS = [*guide.PARTS, *guide.WHOLE]


@contextmanager
def at(browser, site, part, **how):
    """A part of the guide in English; the browser has nothing to complain of at its end."""
    page = looks.opened(browser, f"{site.url}/design/{part}", **how)
    try:
        yield page
        assert page.faults == []
    finally:
        page.context.close()


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


@pytest.mark.parametrize(("language", "mode"), looks.PAIRS)
def test_it_is_whole_and_anybody_can_use_it(site, browser, language, mode):
    page = looks.opened(browser, f"{site.url}/design", language=language, mode=mode)
    try:
        for part in PARTS:
            page.goto(f"{site.url}/design/{part}")
            looks.whole(page)
    finally:
        page.context.close()


def test_each_language_and_each_mode_is_looked_at():
    """Neither is left out of the pairs that stand for their product."""
    languages, modes = map(set, zip(*looks.PAIRS, strict=True))
    assert languages == set(refusals.LANGUAGES) and modes == set(looks.MODES)


def test_a_finding_is_found(site, browser):
    """The control: axe and the measure of width do see what is wrong."""
    with at(browser, site, "foundation") as page:
        page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"data:,\"><input>')")
        with pytest.raises(AssertionError, match="image-alt"):
            looks.whole(page)
    with at(browser, site, "foundation") as page:
        page.evaluate("document.querySelector('h1').style.minInlineSize = '2000px'")
        with pytest.raises(AssertionError, match="sideways"):
            looks.whole(page)


def test_the_policy_is_felt(site, browser):
    """The control: what the policy forbids is among the complaints."""
    page = looks.opened(browser, f"{site.url}/design")
    try:
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")
        assert any("Content Security Policy" in one for one in page.faults)
    finally:
        page.context.close()


def test_a_dialog_by_keyboard_alone(site, browser):
    with at(browser, site, "foundation") as page:
        page.keyboard.press("Tab")
        assert focused(page) == said("page.skip")
        page.keyboard.press("Enter")
        assert focused(page) == "main"
        opener = page.get_by_role("button", name=said("guide.dialog"))
        opener.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name=said("guide.dialog_title"))
        assert dialog.is_visible()
        page.keyboard.press("Escape")
        assert not dialog.is_visible()
        assert opener.evaluate("one => one === document.activeElement")


def test_what_asks_first_is_done_only_when_the_answer_is_yes(site, browser):
    with at(browser, site, "foundation") as page:
        asker = page.get_by_role("button", name=said("guide_forms.ask"))
        dialog = page.get_by_role("dialog", name=said("guide_forms.ask_question"))
        for refused in ("Escape", "Tab+Enter"):
            asker.press("Enter")
            assert dialog.is_visible()
            for key in refused.split("+"):
                page.keyboard.press(key)
            assert not dialog.is_visible()
        page.wait_for_timeout(200)
        assert page.locator("#answered").inner_text() == ""
        asker.press("Enter")
        page.keyboard.press("Enter")
        page.locator("#answered").get_by_text(said("guide_forms.asked_done")).wait_for()
        assert page.locator("#toasts").get_by_text(said("guide_forms.asked_about")).is_visible()
        assert page.locator("#toasts .notice").count() == 1


def test_an_answer_that_fails_is_told(site, browser):
    page = looks.opened(browser, f"{site.url}/design")
    try:
        page.route("**/design/answer", lambda route: route.fulfill(status=500))
        page.get_by_role("button", name=said("guide_forms.ask")).press("Enter")
        page.keyboard.press("Enter")
        page.locator("#toasts").get_by_text(said("page.failed_about")).wait_for()
    finally:
        page.context.close()


def test_a_notice_comes_and_passes_and_the_mode_of_colours_stays(site, browser):
    with at(browser, site, "foundation") as page:
        page.clock.install()
        page.reload()
        page.get_by_role("button", name=said("guide.toast")).click()
        notice = page.locator("#toasts").get_by_text(said("guide.saved"), exact=True)
        assert notice.is_visible()
        page.clock.run_for(9_000)
        assert notice.count() == 0
        page.get_by_role("button", name=said("page.mode")).click()
        page.reload()
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_a_brand_is_tried_and_kept_from_part_to_part(site, browser):
    with at(browser, site, "foundation") as page:
        page.get_by_label(said("guide.colour"), exact=True).fill("#7c2d92")
        page.get_by_role("button", name=said("guide.show")).click()
        page.get_by_role("link", name=said("guide.members")).click()
        button = page.get_by_role("button", name=said("guide.redeem"))
        assert button.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(124, 45, 146)"


def test_a_menu_by_keyboard(site, browser):
    with at(browser, site, "ways") as page:
        summary = page.locator("main summary").first
        last, first = page.locator("main .menu button"), page.locator("main .menu a").first
        summary.focus()
        page.keyboard.press("ArrowUp")
        assert last.evaluate("one => one === document.activeElement")
        page.keyboard.press("ArrowDown")
        assert first.evaluate("one => one === document.activeElement")
        page.keyboard.press("Escape")
        assert not first.is_visible() and summary.evaluate("one => one === document.activeElement")
        page.keyboard.press("Enter")
        assert first.is_visible()
        page.locator("h1").click()
        assert not first.is_visible()


def test_a_menu_opens_where_there_is_room(site, browser):
    for width in (320, 1280):
        with at(browser, site, "ways", width=width) as page:
            for number in range(2):
                page.locator(".menu > summary").nth(number).press("Enter")
                box = page.locator(".menu[open] .choice").bounding_box()
                assert box["x"] >= 0 and box["x"] + box["width"] <= width
                page.keyboard.press("Escape")


def test_the_navigation_of_the_console_hides_behind_a_button_on_a_phone(site, browser):
    with at(browser, site, "ways", width=360) as page:
        link = page.get_by_role("link", name=said("guide.forms"))
        assert not link.is_visible()
        opener = page.get_by_role("button", name=said("page.menu"))
        opener.press("Enter")
        assert link.is_visible()
        page.keyboard.press("Escape")
        assert not link.is_visible() and opener.evaluate("one => one === document.activeElement")
        page.set_viewport_size({"width": 1280, "height": 800})
        assert link.is_visible() and not opener.is_visible()


def test_a_filter_is_sent_when_it_changes(site, browser):
    with at(browser, site, "ways") as page:
        page.get_by_label(said("guide.store")).select_option("station")
        page.wait_for_url("**/design/ways?period=month&store=station&compare=yes")
