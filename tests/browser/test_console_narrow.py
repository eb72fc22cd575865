"""The console on a narrow phone: a long name is cut, what a form does is all in sight, and what is typed has room."""

import pytest

from guerdon.faces.signin import entry
from tests.browser import looks
from tests.faces.console import aurora

LONG = "document.querySelector('.name > span').textContent = 'The Neighbourhood Grocer of the whole long street'"
APART = """(() => {
    const box = (one) => one.getBoundingClientRect(), header = document.querySelector('.shell > header');
    const name = box(header.querySelector('.name'));
    const beside = (at) => at.right <= name.left + 1 || at.left >= name.right - 1 || at.top >= name.bottom;
    return header.scrollWidth <= innerWidth
        && [...header.querySelectorAll(':scope > :not(.name)')].map(box).every((at) => !at.width || beside(at));
})()"""
IN_SIGHT = """[...document.querySelectorAll('.actions .button')].every((one) => {
    const at = one.getBoundingClientRect();
    return at.left >= 0 && at.right <= innerWidth;
})"""
FORMS = ("rules/gold/edit", "rewards/shirt/edit", "vouchers/kinds/cakes_off/edit", "ladders/status/edit",
         "plans/aurora-plus/edit")  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    found = aurora.opened()
    found.link = site.url + entry.link(email=found.email("emil"), to=found.at("rules/"))
    return found


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_names_are_cut_and_actions_wrap(site, browser, cafe, language):
    page = looks.opened(browser, cafe.link, language=language, width=360)
    try:
        for form in FORMS:
            page.goto(site.url + cafe.at(form))
            assert page.locator(".actions .button").count() >= 2
            assert page.evaluate(IN_SIGHT), form
        page.evaluate(LONG)
        assert page.evaluate(APART)
    finally:
        page.context.close()


def test_anything_else_as_yaml_has_room(site, browser, cafe):
    page = looks.opened(browser, cafe.link)
    try:
        page.goto(site.url + cafe.at("rules/gold/edit"))
        page.locator("[name='then.new']").select_option("yaml")
        with page.expect_navigation():
            page.locator("button[name=act][value='add then']").click()
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.locator(".leaf textarea").bounding_box()["width"] > 200
    finally:
        page.context.close()
