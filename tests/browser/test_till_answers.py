"""The till answers with sound and vibration: once, as it went, where the device has them and nobody minds."""

from tests.browser import looks, tills
from tests.browser.looks import said
from tests.browser.tills import till
from tests.faces.till import counter

cafe, link = tills.cafe, tills.link  # fixtures are found by their names
# What is heard and felt is written down instead, over all pages: the height of each tone, and every vibration.
LISTENING = """
const note = (what) => (sessionStorage.noted = `${sessionStorage.noted ?? ""}${what} `);
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (at) { note(this.frequency.value); start.call(this, at); };
Navigator.prototype.vibrate = (pattern) => { note(`[${pattern}]`); return true; };
"""
WITHOUT = "delete self.AudioContext; delete Navigator.prototype.vibrate"
GOOD, BAD = "880 1320 ", "196 196 "


def noted(page):
    """What was heard and felt since it was asked the last time."""
    return page.evaluate("() => { const told = sessionStorage.noted ?? ''; sessionStorage.noted = ''; return told; }")


def typed(page, text):
    page.keyboard.type(text)
    looks.enter(page)


def switched(page, word):
    """Open the menu, where it is not, and switch sounds."""
    if page.locator("[data-sounds]").is_hidden():
        page.locator("summary", has_text=said("till.more")).click()
    page.get_by_role("button", name=said(word)).click()


def test_what_is_done_sounds_otherwise_than_what_is_refused(browser, cafe, link):
    with till(browser, link) as page:
        page.add_init_script(LISTENING)
        page.reload()
        assert noted(page) == ""  # nothing was sent
        typed(page, "nobody-knows")
        assert noted(page) == BAD
        page.reload()
        assert noted(page) == ""
        page.goto(page.url.partition("/till/")[0] + counter.at(cafe))
        typed(page, f"{cafe.key}ann")
        assert noted(page) == GOOD
        typed(page, "-1")
        assert noted(page) == BAD
        page.get_by_label(said("till.amount")).fill("7.00")
        looks.enter(page)
        assert noted(page) == ""  # a question
        looks.enter(page)
        assert "/receipts/act_" in page.url and noted(page) == GOOD
        page.reload()
        assert noted(page) == ""
        assert not [one for one in page.faults if "404" not in one and "422" not in one], page.faults


def test_the_switch_is_kept_on_the_device(browser, cafe, link):
    with till(browser, link) as page:
        page.add_init_script(LISTENING)
        page.reload()
        switched(page, "till.sounds_off")
        assert noted(page) == ""
        page.reload()
        typed(page, f"{cafe.key}ann")
        assert noted(page) == ""
        switched(page, "till.sounds_on")
        assert noted(page) == GOOD  # without vibration: the tests want less motion
        page.emulate_media(reduced_motion="no-preference")
        switched(page, "till.sounds_off")
        switched(page, "till.sounds_on")
        assert noted(page) == "[40] " + GOOD


def test_without_sound_and_vibration_there_is_nothing_to_switch(browser, cafe, link):
    with till(browser, link) as page:
        page.add_init_script(WITHOUT)
        page.reload()
        typed(page, f"{cafe.key}ann")
        assert f"members/{counter.member(cafe)}" in page.url
        assert page.locator("[data-sounds]").is_hidden() and page.faults == []
