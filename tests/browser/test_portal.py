"""The portal as a member has it on the phone: every screen whole, a reward by keyboard, the card without a network."""

import base64
import gzip
from contextlib import contextmanager

import pytest

from guerdon.faces import refusals
from guerdon.faces.signin import entry
from guerdon.kit import clock
from tests import vouchers
from tests.browser import looks
from tests.browser.looks import said
from tests.faces.portal import aurora

SCREENS = ("", "rewards", "rewards/flat_white", "rewards/shirt", "rewards/surprise", "card", "activity", "club",
           "membership", "household", "send", "gift-card", "mine", "vouchers", "welcome", "offline")  # fmt: skip
LIGHT_BYTES = 100_000  # a page with all its files, packed


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made before there is a browser: beside its loop Django asks no database."""
    found = aurora.opened()
    found.give("ann", 1_500)
    found.give("ann", 7, days=60)
    found.code = vouchers.given(found, "ann", "five_off", f"{clock.now():%Y-%m-%d}")
    found.link = site.url + entry.link(email=found.email("ann"), to=found.at())
    return found


@contextmanager
def signed_in(site, browser, cafe, page="", **how):
    """A page of Ann's, in a browser in which she has come in; it has nothing to complain of at the end."""
    there = looks.opened(browser, cafe.link, **how)
    there.goto(site.url + cafe.at(page))
    try:
        yield there
    finally:
        there.context.close()


@pytest.mark.parametrize(("language", "mode"), looks.PAIRS)
def test_every_screen_is_whole_and_anybody_can_use_it(site, browser, cafe, language, mode):
    with signed_in(site, browser, cafe, language=language, mode=mode) as page:
        for screen in SCREENS:
            page.goto(site.url + cafe.at(screen))
            looks.whole(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_what_only_a_script_can_do_is_offered_where_there_are_scripts(site, browser, cafe, scripts):
    with signed_in(site, browser, cafe, f"vouchers/{cafe.code}", scripts=scripts) as page:
        assert page.locator("[data-copies]").is_visible() == scripts


def test_amounts_do_not_break_within_a_word_however_narrow_it_is(site, browser, cafe):
    with signed_in(site, browser, cafe, "activity", width=360) as page:
        heights = page.locator(".change").evaluate_all("""every => every.map((one) => {
            one.parentElement.style.width = "2rem";
            return one.getBoundingClientRect().height;
        })""")
        assert heights and max(heights) < 32


BROKEN = """(every) => every.flatMap((one) => {
    const text = document.createTreeWalker(one, NodeFilter.SHOW_TEXT), found = [];
    while (text.nextNode())
        for (const { index, 0: word } of text.currentNode.data.matchAll(/[^\\s-]+/g)) {
            const range = document.createRange();
            range.setStart(text.currentNode, index);
            range.setEnd(text.currentNode, index + word.length);
            if (range.getClientRects().length > 1) found.push(word);
        }
    return found;
})"""


@pytest.mark.parametrize("page", ["activity", "receipt"])
def test_words_beside_amounts_are_whole_on_a_small_phone(site, browser, cafe, page):
    with signed_in(site, browser, cafe, "activity", width=360) as shown:
        if page == "receipt":
            shown.locator("main a.item").first.click()
        rows = ".item" if page == "activity" else ".receipt li:has(> :nth-child(2))"
        row = shown.locator(f"main {rows}").first
        row.locator("strong, span").first.evaluate("(one) => { one.textContent = 'Отидоха в домакинството' }")
        last = row.locator(".change + br + span, :scope > span:last-child").last
        last.evaluate("(one) => { one.textContent = 'после общо 12 240 точки' }")
        assert shown.locator(f"main {rows}").evaluate_all(BROKEN) == []


def test_the_card_of_who_has_no_tier_has_its_name_above_its_points(site, browser, cafe):
    with signed_in(site, browser, cafe, width=360) as page:
        places = page.evaluate("""() => {
            document.querySelectorAll(".member-card :is(.tier, .number)").forEach(one => one.remove());
            return [":first-child", ".points"].map(one => {
                const box = document.querySelector(`.member-card > ${one}`).getBoundingClientRect();
                return [box.left, box.top];
            });
        }""")
    (name_left, name_top), (points_left, points_top) = places
    assert name_left == points_left and name_top < points_top


@pytest.mark.parametrize("language", refusals.LANGUAGES)
def test_a_reward_by_keyboard_alone(site, browser, cafe, language):
    with signed_in(site, browser, cafe, "rewards/flat_white", width=360, language=language) as page:
        looks.reach(page, said("portal_rewards.have", language))
        looks.enter(page)
        looks.reach(page, said("portal_rewards.yes", language))
        looks.enter(page)
        assert "/mine/rdm_" in page.url
        assert page.locator(".pass .code").inner_text().count("-") == 2
        looks.whole(page)
        looks.reach(page, said("portal_rewards.cancel", language))
        looks.enter(page)
        looks.reach(page, said("portal_rewards.cancel", language))
        looks.enter(page)
        assert page.url.endswith("/mine")
        assert page.faults == []


def test_a_question_is_loaded_again_gone_back_to_and_answered_once(site, browser, cafe):
    with signed_in(site, browser, cafe, "rewards/flat_white", width=360) as page:
        with page.expect_navigation():
            page.get_by_role("button", name=said("portal_rewards.have")).click()
        asked = page.url
        looks.whole(page)
        page.reload()  # a form that was sent would be asked for once more by the browser
        assert page.url == asked and page.get_by_role("heading", level=1).is_visible()
        with page.expect_navigation():
            page.get_by_role("button", name=said("portal_rewards.yes")).click()
        made = page.url
        page.go_back()  # the question is answered: on to what came of it, and it is said
        assert page.url == made and said("page.sure_done") in page.content() and page.faults == []
        looks.reach(page, said("portal_rewards.cancel"))
        looks.enter(page)
        looks.reach(page, said("portal_rewards.cancel"))
        looks.enter(page)
        assert page.url.endswith("/mine")


def test_pages_read_without_scripts(site, browser, cafe):
    with signed_in(site, browser, cafe, scripts=False) as page:
        assert "1,5" in page.locator(".member-card").inner_text()
        page.goto(site.url + cafe.at("card"))
        assert page.locator(".pass svg").is_visible()
        assert page.get_by_role("link", name=said("portal.renew")).is_visible()


def test_the_code_of_the_card_is_drawn_and_counted_down(site, browser, cafe):
    with signed_in(site, browser, cafe, "card") as page:
        page.wait_for_selector(".drawn svg[role=img][aria-label]")
        left = said("portal.code_left").partition("0")[0]
        looks.until(page, f"document.querySelector('[data-left]').textContent.startsWith('{left}')")
        drawn = page.locator(".drawn path").get_attribute("d").count("M")
        told = page.evaluate("fetch(document.querySelector('[data-codes]').dataset.codes).then((one) => one.json())")
        dots = [sum(byte.bit_count() for byte in base64.b64decode(one)) for one in told["codes"][:2]]
        assert drawn in dots
        looks.whole(page)


def test_card_and_home_are_there_without_a_network_until_somebody_signs_out(site, browser, cafe):
    with signed_in(site, browser, cafe) as page:
        looks.through_the_worker(page)
        for screen in ("", "card"):
            page.goto(site.url + cafe.at(screen))
        looks.until(page, "Object.keys(localStorage).some((key) => key.startsWith('codes '))")
        page.context.set_offline(True)
        page.goto(site.url + cafe.at())
        assert "Ann" in page.locator(".member-card").inner_text()
        page.goto(site.url + cafe.at("card"))
        assert page.locator(".drawn svg").is_visible()
        page.goto(site.url + cafe.at("activity"))
        assert said("page.offline") in page.inner_text("main")
        page.context.set_offline(False)
        page.goto(site.url + cafe.at())
        page.locator("[data-leaves]").evaluate("form => form.requestSubmit()")
        page.wait_for_url("**/welcome")
        kept = page.evaluate("caches.keys().then((names) => names.filter((name) => name.endsWith(' pages')).length)")
        assert kept == 0
        assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('codes ')).length") == 0


@pytest.mark.parametrize("screen", SCREENS)
def test_a_page_is_light(site, browser, cafe, screen):
    """All that a first visit loads, each file packed."""
    with signed_in(site, browser, cafe) as page:
        page.context.add_init_script("Object.defineProperty(navigator, 'serviceWorker', {value: undefined})")
        page.goto("about:blank")  # what the page before still loads is none of this one
        loaded = []
        page.on("response", lambda one: loaded.append(one))  # noqa: PLW0108 - Playwright wants a function of Python
        page.goto(site.url + cafe.at(screen), wait_until="networkidle")
        bodies = {one.url: one.body() for one in loaded if one.status == 200}
        assert len(bodies) > 4
        assert sum(len(gzip.compress(body)) for body in bodies.values()) < LIGHT_BYTES
