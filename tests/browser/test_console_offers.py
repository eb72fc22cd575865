"""Rewards, fulfilment, vouchers, cards, tiers and plans as managers have them on a desk and on a phone."""

from contextlib import contextmanager

import pytest

from guerdon.core.activities import Member
from guerdon.engine import redemptions as engine
from guerdon.faces import words
from guerdon.kit import clock, ids
from tests.browser import looks
from tests.faces.console import counter

SCREENS = ("rewards", "rewards/shirt", "rewards/surprise", "queue", "queue?state=fulfilled", "queue/packing",
           "vouchers", "vouchers/kinds/five_off", "cards", "tiers", "plans")  # fmt: skip
PAIRS = (("en", "light"), ("bg", "dark"), ("tr", "light"))


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made before there is a browser: beside its loop Django asks no database."""
    found = counter.opened()
    for name in ("ann", "ben"):
        _redeemed(found, name)
    found.link = site.url + found.way_in("manager")
    return found


def _redeemed(cafe, name):
    wanted = engine.NewRedemption(
        member=Member(external_id=name), reward="flat_white", source="test", external_id=ids.new(), store="centre"
    )
    engine.redeem_many(programme_id=cafe.programme_id, wanted=[wanted], now=clock.now())


@contextmanager
def signed_in(site, browser, cafe, page="", **how):
    """A page of the manager's, in a browser in which somebody has come in; it has nothing to complain of at the end."""
    there = looks.opened(browser, cafe.link, **how)
    there.goto(site.url + cafe.desk(page))
    try:
        yield there
    finally:
        there.context.close()


@pytest.mark.parametrize(("language", "mode"), PAIRS)
def test_every_screen_is_whole_and_anybody_can_use_it(site, browser, cafe, language, mode):
    with signed_in(site, browser, cafe, language=language, mode=mode) as page:
        for screen in SCREENS:
            page.goto(site.url + cafe.desk(screen))
            looks.whole(page)


def test_labels_of_a_table_on_a_phone_are_read_in_a_line_or_two(site, browser, cafe):
    with signed_in(site, browser, cafe, "vouchers", width=360) as page:
        widths = page.evaluate(
            "[...document.querySelectorAll('.table td[data-label]')]"
            ".map((one) => parseFloat(getComputedStyle(one, '::before').width))"
        )
        assert widths and min(widths) > 40, widths


def test_the_queue_is_worked_off_by_keyboard_alone(site, browser, cafe):
    with signed_in(site, browser, cafe, "queue") as page:
        row = page.get_by_role("checkbox").first
        row.focus()
        page.keyboard.press("Space")
        assert row.is_checked()
        looks.reach(page, words.say("console_queue.fulfil", "en"))
        looks.enter(page)
        assert page.get_by_text(words.say("console_queue.fulfil_done", "en", count=1)).is_visible()
        assert page.get_by_role("checkbox").count() == 1
        looks.whole(page)


def test_other_thresholds_are_tried(site, browser, cafe):
    with signed_in(site, browser, cafe, "tiers", width=360) as page:
        page.get_by_role("button", name=words.say("console_tiers.preview", "en")).click()
        assert page.get_by_text(words.say("console_tiers.nobody", "en")).is_visible()
        looks.whole(page)
