"""The pages of rules in a browser: whole at every width, in every language; a rule reads while it is written."""

import pytest

from guerdon.faces.signin import entry
from tests.browser import looks
from tests.faces.console import aurora

LOOKS = [("en", "light"), ("bg", "dark"), ("tr", "light")]
SCREENS = (
    "rules/",
    "rules/gold",
    "rules/feedback/edit",
    "new-rule",
    "drafts/",
    "versions/",
    "settings/",
    "settings/earning",
    "new-reward",
    "rewards/shirt/edit",
    "rewards/surprise/edit",
    "new-voucher",
    "vouchers/kinds/cakes_off/edit",
    "ladders/status/edit",
    "new-ladder",
    "plans/aurora-plus/edit",
    "new-plan",
)


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made before there is a browser: beside its loop Django asks no database."""
    found = aurora.opened()
    found.link = site.url + entry.link(email=found.email("emil"), to=found.at("rules/"))
    return found


@pytest.mark.parametrize(("language", "mode"), LOOKS)
def test_every_screen_is_whole(site, browser, cafe, language, mode):
    page = looks.opened(browser, cafe.link, language=language, mode=mode)
    try:
        for screen in SCREENS:
            page.goto(site.url + cafe.at(screen))
            looks.whole(page)
    finally:
        page.context.close()


def test_a_reward_reads_while_it_is_written_and_what_is_wrong_is_in_sight(site, browser, cafe):
    page = looks.opened(browser, cafe.link, width=360)
    try:
        page.goto(site.url + cafe.at("new-reward"))
        for language in ("en", "bg", "tr"):
            page.locator(f"[name='name.{language}']").fill(f"Kettle {language}")
        page.locator("[name=kind]").select_option("event_ticket")
        page.locator("[name='prices.0.points.points']").fill("700")
        page.locator("[name='prices.0.points.points']").press("Tab")
        page.locator("#reads", has_text="Kettle bg").wait_for()
        page.locator("[name=kind]").select_option("mystery")
        page.locator("button[value=look]").click()
        page.get_by_role("alert").first.wait_for()
        assert page.locator("[name=fallback]").is_visible(), "what is folded opens where something is wrong in it"
        looks.whole(page)
    finally:
        page.context.close()


def test_a_rule_reads_while_it_is_written_and_its_draft_is_tried(site, browser, cafe):
    page = looks.opened(browser, cafe.link)
    try:
        page.goto(site.url + cafe.at("rules/gold/edit"))
        page.locator("[name='then.0.by']").fill("3")
        page.locator("[name='then.0.by']").press("Tab")
        page.locator("#reads", has_text="multiply the points by 3").wait_for()
        page.locator("button[value=save]").last.click()
        page.wait_for_url("**/drafts/*")
        looks.whole(page)
        page.goto(f"{page.url}/try")
        page.locator("[name='line.0.amount']").fill("12.00")
        page.locator("button[value=try]").click()
        page.locator("#given").wait_for()
        looks.whole(page)
    finally:
        page.context.close()
