"""The console by keyboard alone: points given by hand and approved by another, a rule changed, tried and handed in."""

from contextlib import contextmanager

import pytest

from guerdon.faces.signin import entry
from tests.browser import looks
from tests.browser.looks import said
from tests.faces.console import aurora, counter


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made before there is a browser: beside its loop Django asks no database."""
    found = counter.opened()
    found.ways = {role: site.url + found.way_in(role, to="") for role in ("manager", "owner")}
    rules = aurora.opened()
    found.ways["author"] = site.url + entry.link(email=rules.email("emil"), to=rules.at("rules/gold/edit"))
    return found


@contextmanager
def signed_in(browser, cafe, role):
    page = looks.opened(browser, cafe.ways[role])
    try:
        yield page
        assert page.faults == []
    finally:
        page.context.close()


def press(page, *names):
    """Go to each of the links or buttons, press Enter, and see the page that comes."""
    for name in names:
        looks.reach(page, name)
        looks.enter(page)


def write(page, name, text):
    """Go to the field and write into it."""
    looks.reach(page, name)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_points_by_hand_are_asked_for_approved_by_another_and_seen_in_the_book(browser, cafe):
    with signed_in(browser, cafe, "manager") as page:
        press(page, said("console.members"))
        write(page, said("members.find"), "ann")
        looks.enter(page)
        press(page, "Ann")
        looks.reach(page, said("member.acts"))
        page.keyboard.press("Enter")
        press(page, said("member.adjust"))
        write(page, said("acts.points"), "5000")
        press(page, said("acts.try"), said("acts.adjust_yes"))
        assert page.get_by_text(said("acts.adjust_waits")).is_visible()
    with signed_in(browser, cafe, "owner") as page:
        looks.reach(page, said("console_house.house"))  # a folded part of the menu
        page.keyboard.press("Enter")
        press(page, said("console_house.approvals"))
        write(page, said("console_house.words"), "I was there")
        press(page, said("console_house.approve"))
        assert page.get_by_text(said("console_house.approvals_none")).is_visible()
        press(page, said("console_works.audit"))
        assert "I was there" in page.inner_text("main")


def test_a_rule_is_changed_tried_and_handed_in(browser, cafe):
    with signed_in(browser, cafe, "author") as page:
        button = said("rules.add_effect")
        press(page, button)
        assert page.evaluate(looks.FOCUSED) == button  # the page came anew, and the focus is where it was
        last = page.get_by_role("button", name=said("page.remove")).last
        looks.reach(page, last.inner_text().strip(), by="Shift+Tab")
        looks.enter(page)
        assert page.evaluate("document.activeElement.name") == "act"
        name = page.locator("[name='then.0.by']").evaluate("one => one.labels[0].textContent.trim()")
        looks.reach(page, name, by="Shift+Tab")
        page.keyboard.press("Control+A")
        page.keyboard.type("3")
        page.keyboard.press("Tab")
        page.locator("#reads", has_text="multiply the points by 3").wait_for()
        assert page.evaluate("document.activeElement !== document.body")  # what reads was put in, and took no focus
        press(page, said("rules.save"), said("drafts.try"))
        write(page, said("drafts.line_amount"), "12.00")
        press(page, said("drafts.try_it"))
        assert page.locator("#given").is_visible()
        page.go_back()
        page.go_back()
        write(page, said("drafts.why"), "Gold is worth more")
        press(page, said("drafts.submit"))
        assert page.get_by_text(said("drafts.waits")).is_visible()
