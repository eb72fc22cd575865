"""Rewards, fulfilment, vouchers, cards, tiers and plans as managers have them on a desk and on a phone."""

from contextlib import contextmanager

import pytest

from guerdon.core.activities import Member
from guerdon.engine import drafts
from guerdon.engine import redemptions as engine
from guerdon.engine.adjust import Actor
from guerdon.faces import words
from guerdon.kit import clock, ids
from tests.browser import looks
from tests.faces.console import counter

SCREENS = ("rewards", "rewards/shirt", "rewards/surprise", "queue", "queue?state=fulfilled", "queue/packing",
           "vouchers", "vouchers/kinds/five_off", "cards", "tiers", "plans")  # fmt: skip
# Of the second cells of a table, where its sentences are: how they begin, and whether they have the width of the row.
SENTENCES = """[...document.querySelectorAll('.table tbody td:nth-child(2) > span')].map((one) =>
  [getComputedStyle(one).textAlign,
   one.getBoundingClientRect().left === one.parentElement.getBoundingClientRect().left])"""
# Whether badges at the end of items end no later than their list does.
BADGES_WITHIN = """(text) => [...document.querySelectorAll('.list .badge')].map((one) => {
  one.textContent = text;
  return one.getBoundingClientRect().right <= one.closest('.list').getBoundingClientRect().right })"""
BAR = """(() => {
  const bar = document.querySelector(".actions"), box = bar.getBoundingClientRect();
  const right = Math.max(...[...bar.children].map((one) => one.getBoundingClientRect().right));
  return [box.height, innerHeight - box.bottom, right];
})()"""
PAIRS = (("en", "light"), ("bg", "dark"), ("tr", "light"))


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made before there is a browser: beside its loop Django asks no database."""
    found = counter.opened()
    for name in ("ann", "ben"):
        _redeemed(found, name)
    emil = Actor("Emil", ids.new())
    drafts.begin(programme_id=found.programme_id, title="Нови цени на наградите за есента", actor=emil, now=clock.now())
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


@pytest.mark.parametrize("language", ["bg", "tr"])
def test_lists_and_bars_have_room_on_a_phone(site, browser, cafe, language):
    with signed_in(site, browser, cafe, "vouchers", language=language) as page:
        page.set_viewport_size({"width": 360, "height": 740})
        sentences = page.evaluate(SENTENCES)
        assert sentences and all(one == ["start", True] for one in sentences), sentences
        page.goto(site.url + cafe.desk("drafts/"))
        assert page.evaluate(BADGES_WITHIN, words.say("drafts.state_in_review", language)) == [True]
        page.goto(site.url + cafe.desk("ladders/status/edit"))
        height, below, right = page.evaluate(BAR)
        assert height <= 168 and below == 0 and right <= 360, "at most three rows, in reach, with all of its buttons"
