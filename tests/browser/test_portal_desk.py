"""Claims, privacy and how the programme works, as members have them on the phone."""

import random
import re
import struct
import zlib
from contextlib import contextmanager

import pytest

from guerdon.core import limits
from guerdon.faces.signin import entry
from tests.browser import looks
from tests.browser.looks import said
from tests.core.test_images import chunk
from tests.faces.portal import aurora

PAIRS = (("en", "light"), ("bg", "dark"), ("tr", "light"))
SCREENS = ("how", "claims", "claims/new", "privacy", "privacy/delete")
WIDE, HIGH = 3_000, 2_000


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made before there is a browser: beside its loop Django asks no database."""
    found = aurora.opened()
    found.give("ann", 1_500)
    found.link = site.url + entry.link(email=found.email("ann"), to=found.at("claims"))
    return found


@contextmanager
def signed_in(browser, cafe, **how):
    """A page of Ann's, in a browser in which she has come in; it has nothing to complain of at the end."""
    page = looks.opened(browser, cafe.link, **how)
    try:
        yield page
        assert page.faults == []
    finally:
        page.context.close()


def noise():
    """A picture of points by chance, which no packing makes smaller: more than may be sent."""
    chance = random.Random(1)
    rows = zlib.compress(b"".join(b"\0" + chance.randbytes(WIDE) for _ in range(HIGH)), 1)
    head = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("language", "mode"), PAIRS)
def test_every_screen_is_whole_and_anybody_can_use_it(site, browser, cafe, language, mode):
    with signed_in(browser, cafe, language=language, mode=mode) as page:
        for screen in SCREENS:
            page.goto(site.url + cafe.at(screen))
            looks.whole(page)


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_how_it_works_is_short_and_unfolds_by_keyboard_without_scripts(site, browser, cafe, language):
    with signed_in(browser, cafe, width=360, language=language, scripts=False) as page:
        page.goto(site.url + cafe.at("how"))
        assert page.locator("main").bounding_box()["height"] <= 2_500
        folds = page.locator("details.fold")
        assert folds.count() == 8 and not page.locator("#rewards").is_visible()
        folds.locator("summary").nth(3).focus()
        page.keyboard.press("Enter")
        assert page.locator("#rewards").is_visible() and page.locator("#rewards li").count() > 10


def test_points_are_claimed_with_a_photo_that_is_made_smaller_first(site, browser, cafe):
    content = noise()
    assert len(content) > limits.CLAIM_PHOTO_BYTES_MAX
    with signed_in(browser, cafe, width=360) as page:
        page.goto(site.url + cafe.at("claims/new"))
        page.get_by_label(said("claims.store")).fill("Sofia 1")
        page.get_by_label(said("claims.day")).fill("2026-01-04")
        page.locator("[name=amount]").fill("12,50")
        page.get_by_label(said("claims.receipt")).fill("A-0117")
        page.locator("[name=photos]").set_input_files(
            [{"name": "receipt.png", "mimeType": "image/png", "buffer": content}]
        )
        page.get_by_role("button", name=said("claims.send")).focus()
        looks.enter(page)  # at once: it waits until the photo is drawn
        page.wait_for_url(re.compile(r"/claims/clm_"))
        photo = page.get_by_role("img", name=f"{said('claims.photo')} 1")
        photo.scroll_into_view_if_needed()
        looks.until(page, "[...document.querySelectorAll('main a img')].every((one) => one.naturalWidth > 0)")
        assert photo.evaluate("one => [one.naturalWidth, one.naturalHeight]") == [2_400, 1_600]
        looks.whole(page)
        page.goto(site.url + cafe.at("claims"))
        assert "Sofia 1" in page.inner_text("main")
        looks.whole(page)


def test_consents_are_given_and_data_taken_along_by_keyboard(site, browser, cafe):
    with signed_in(browser, cafe, width=360) as page:
        page.goto(site.url + cafe.at("privacy"))
        name = page.locator("main form button[aria-label]").last.get_attribute("aria-label")
        looks.reach(page, name)
        looks.enter(page)
        taken_back = name.replace(said("portal_privacy.give"), said("portal_privacy.withdraw"))
        assert page.get_by_role("button", name=taken_back).is_visible()
        looks.reach(page, "JSON")
        with page.expect_download() as taken:
            page.keyboard.press("Enter")
        assert b"Ann" in taken.value.path().read_bytes()


def test_whoever_wants_to_be_deleted_shows_again_who_it_is(site, browser, cafe):
    with signed_in(browser, cafe, width=360) as page:
        page.goto(site.url + cafe.at("privacy"))
        looks.reach(page, said("portal_privacy.delete"))
        looks.enter(page)
        looks.whole(page)
        button = page.locator("main form button").first
        looks.reach(page, button.inner_text().strip())
        looks.enter(page)
        assert page.locator("form[action$='/privacy/keep']").is_visible()
        looks.whole(page)
        page.goto(site.url + cafe.at("rewards"))
        looks.whole(page)
        looks.reach(page, said("portal_privacy.keep"))
        looks.enter(page)
        assert not page.locator("form[action$='/privacy/keep']").is_visible()
