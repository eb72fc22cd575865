"""Members in the console as managers see them: every screen whole in three languages, the tree of a segment by hand."""

from contextlib import contextmanager

import pytest

from guerdon.core.segments import PURCHASE
from guerdon.engine import segments
from guerdon.engine.segments import Says
from guerdon.faces import words
from guerdon.faces.signin import entry
from guerdon.kit import clock
from tests.browser import looks
from tests.faces.console import staff

LOOKS = (("en", "light"), ("bg", "dark"), ("tr", "light"))


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made before there is a browser: beside its loop Django asks no database."""
    found = staff.opened()
    found.buy("ann", 2_000, "2026-03-02")
    staff.appoint(found, "emil", "owner")
    for number in range(30):
        found.join(f"guest{number}")
    long = "Неизползвали-възнаграждението-си-добронамерени-дългогодишни-членове"
    condition = [
        {"last": {"kind": PURCHASE, "days_min": 90}},
        {"any": [{"balance": {"unit": "points", "min": 10}}, {"tier": {"in": ["gold"]}}]},
    ]
    says = Says({"en": "Sleepers", "bg": long, "tr": "Uyuyanlar"}, condition, "Emil", "spring")
    segments.add(programme_id=found.programme_id, key="sleepers", says=says, now=clock.now())
    found.link = site.url + entry.link(email=found.email("emil"), to=staff.at(found, "members/"))
    return found


@contextmanager
def signed_in(browser, cafe, **how):
    """A page of Emil's, in a browser in which he has come in."""
    there = looks.opened(browser, cafe.link, **how)
    try:
        yield there
    finally:
        there.context.close()


def screens(cafe):
    ann = f"members/mem_{cafe.ids['ann']}"
    tabs = ("", "/timeline", "/lots", "/segments", "/notes", "/privacy", "/adjust", "/merge", "/view", "/erase")
    return (
        "members/",
        "enrol",
        *[ann + tab for tab in tabs],
        "segments/",
        "segments/sleepers",
        "segments/sleepers/edit",
    )


@pytest.mark.parametrize(("language", "mode"), LOOKS)
def test_every_screen_is_whole_and_anybody_can_use_it(site, browser, cafe, language, mode):
    with signed_in(browser, cafe, language=language, mode=mode) as page:
        for screen in screens(cafe):
            page.goto(site.url + staff.at(cafe, screen))
            looks.whole(page)


def test_a_segment_grows_without_scripts_and_tells_whom_it_finds(site, browser, cafe):
    with signed_in(browser, cafe, scripts=False) as page:
        page.goto(site.url + staff.at(cafe, "segments/new"))
        page.locator("select[name='0.new']").select_option("birthday_month")
        page.get_by_role("button", name=words.say("page.add_condition", "en")).first.click()
        assert page.locator("select[name='0.1.month']").is_visible()
        page.get_by_role("button", name=words.say("page.remove_part", "en", at="1.2")).click()
        page.get_by_role("button", name=words.say("segments.preview", "en"), exact=True).last.click()
        assert words.say("segments.found", "en", count=1) in page.inner_text("main")


def test_staff_see_the_members_pages_under_a_banner(site, browser, cafe):
    with signed_in(browser, cafe) as page:
        page.goto(site.url + staff.at(cafe, f"members/mem_{cafe.ids['ann']}/view"))
        page.locator("input[name=reason]").fill("Ann asks why")
        page.locator("main form button[type=submit]").click()
        page.wait_for_url(site.url + cafe.at())
        for screen in ("", "card", "rewards"):
            page.goto(site.url + cafe.at(screen))
            assert words.say("portal.viewing", "en", name="Ann") in page.locator(".banner:not([hidden])").inner_text()
            looks.whole(page)
        page.locator(".banner form button").click()
        page.wait_for_url(f"**/members/mem_{cafe.ids['ann']}")
