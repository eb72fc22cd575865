"""The house's own business as its owner sees it: every screen whole, in light and dark, in three languages."""

import pytest

from guerdon.core.rights import RIGHTS
from guerdon.engine import keys, staff
from guerdon.faces.signin import entry
from guerdon.kit import clock
from guerdon.kit.audit import Actor
from tests.browser import looks
from tests.faces.portal import aurora

SCREENS = ("approvals/", "parked/", "works/", "staff/", "keys/", "audit/", "account")
OPERATOR = Actor("operator", "test")
PAIRS = (("en", "light"), ("bg", "dark"), ("tr", "light"))


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made before there is a browser: beside its loop Django asks no database."""
    found = aurora.opened()
    shared = {"programme_id": found.programme_id, "by": OPERATOR, "now": clock.now()}
    staff.appoint(email=found.email("emil"), name="Emil", role="owner", **shared)
    staff.appoint(email=found.email("dora"), name="Александрина Непрокопсанова-Стоименова", role="cashier", **shared)
    staff.invite(email=found.email("fay"), name="Fay", role="finance", **shared)
    keys.make(name="till-1", scopes=RIGHTS, reason="The new till", **shared)
    found.adjust("ann", 9_000, unit="points", at=f"{clock.now():%Y-%m-%d}")
    found.link = site.url + entry.link(email=found.email("emil"), to=f"/console/{found.key}/account")
    return found


@pytest.mark.parametrize(("language", "mode"), PAIRS)
def test_every_screen_is_whole_and_anybody_can_use_it(site, browser, cafe, language, mode):
    page = looks.opened(browser, cafe.link, language=language, mode=mode)
    try:
        for screen in SCREENS:
            page.goto(f"{site.url}/console/{cafe.key}/{screen}")
            looks.whole(page)
    finally:
        page.context.close()


def test_a_form_in_a_menu_has_room_on_a_phone_and_the_keys_of_its_fields(site, browser, cafe):
    page = looks.opened(browser, cafe.link, width=320)
    try:
        page.goto(f"{site.url}/console/{cafe.key}/staff/")
        page.locator("main details[data-menu] summary").first.press("Enter")
        box = page.locator("main details[data-menu][open] .choice").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 320
        role = page.locator("main details[data-menu][open] select")
        before = role.evaluate("one => one.selectedIndex")
        role.press("ArrowDown")
        assert role.evaluate("one => one.selectedIndex") == before + 1
        role.press("Escape")
        assert not role.is_visible()
    finally:
        page.context.close()
