"""What the style guide's forms, tables, charts and tills do by keyboard, and without scripts."""

import base64

import pytest

from tests.browser import looks
from tests.browser.looks import said
from tests.browser.test_guide import at, focused

# a picture of one point
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def test_what_is_wrong_is_told_first_and_leads_to_its_field(site, browser):
    with at(browser, site, "forms") as page:
        assert said("guide_forms.errors") in focused(page)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert focused(page) == "email"
        field = page.locator("#email")
        assert field.get_attribute("aria-invalid") == "true"
        assert page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text() == said("guide.email_fault")


def test_choices_by_keyboard(site, browser):
    with at(browser, site, "forms") as page:
        page.get_by_role("radio", name=said("guide_forms.week")).focus()
        page.keyboard.press("ArrowRight")
        assert page.get_by_role("radio", name=said("guide_forms.month")).is_checked()
        page.get_by_role("radio", name=said("guide_forms.delivery_till")).focus()
        page.keyboard.press("ArrowDown")
        assert page.get_by_role("radio", name=said("guide_forms.delivery_post")).is_checked()
        switch = page.get_by_role("switch", name=said("guide_forms.live"))
        switch.press("Space")
        assert not switch.is_checked()


def test_a_picture_is_shown_before_it_is_sent(site, browser):
    with at(browser, site, "forms") as page:
        image = page.locator("[data-file] img")
        assert not image.is_visible()
        file = {"name": "mug.png", "mimeType": "image/png", "buffer": base64.b64decode(PIXEL)}
        page.locator("#picture").set_input_files([file])
        image.wait_for(state="visible")
        assert image.evaluate("one => one.complete && one.naturalWidth") == 1
        page.locator("#picture").set_input_files([{"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"}])
        assert not image.is_visible()


def test_the_buttons_of_a_form_stay_in_reach_on_a_phone(site, browser):
    with at(browser, site, "forms", width=360) as page:
        assert page.get_by_role("button", name=said("guide_forms.save")).bounding_box()["y"] < 800


def test_a_table_turns_into_cards_with_every_heading(site, browser):
    with at(browser, site, "lists") as page:
        table = page.get_by_role("table").first
        assert table.get_by_role("columnheader", name=said("guide.points")).get_attribute("aria-sort") == "descending"
        page.set_viewport_size({"width": 360, "height": 800})
        cell = table.get_by_role("row").nth(1).get_by_role("cell").first
        assert said("guide.reward") in cell.evaluate("one => getComputedStyle(one, '::before').content")
        table.get_by_role("link", name=said("guide.member")).press("Enter")
        page.wait_for_url("**/design/lists?order=member")
        head = page.get_by_role("table").first.get_by_role("columnheader", name=said("guide.member"))
        assert head.get_attribute("aria-sort") == "ascending"


def test_a_row_is_a_link_wherever_it_is_clicked(site, browser):
    with at(browser, site, "lists") as page:
        page.get_by_text(said("guide.waiting")).click(force=True)
        page.wait_for_url("**/design/lists#facts")


def test_a_chart_is_walked_along_by_keyboard(site, browser):
    with at(browser, site, "charts") as page:
        chart = page.get_by_role("slider", name=said("guide_rules.earned_chart"))
        chart.focus()
        page.keyboard.press("End")
        assert chart.get_attribute("aria-valuenow") == "27"
        page.keyboard.press("ArrowLeft")
        told = chart.get_attribute("aria-valuetext")
        assert told.startswith("27 May") and f"{said('guide_rules.earned')}: " in told
        assert page.locator("output").first.inner_text() == told
        page.keyboard.press("Tab")
        assert not page.locator("output").first.is_visible()


@pytest.mark.parametrize("at_index", [0, 1, 2, 3], ids=["line", "bars", "stacked", "beside"])
def test_a_chart_is_drawn_follows_its_room_and_its_colours(site, browser, at_index):
    with at(browser, site, "charts") as page:
        canvas = page.locator("canvas").nth(at_index)
        drawn = "one => one.getContext('2d').getImageData(0, 0, one.width, one.height).data.some(part => part)"
        assert canvas.evaluate(drawn)
        light, wide = canvas.evaluate("one => one.toDataURL()"), canvas.bounding_box()["width"]
        page.set_viewport_size({"width": 360, "height": 800})
        widths = "[...document.querySelectorAll('canvas')].map((one) => one.getBoundingClientRect().width)"
        looks.until(page, f"{widths}[{at_index}] < {min(wide, 360)}")
        page.set_viewport_size({"width": 1280, "height": 800})
        page.get_by_role("button", name=said("page.mode")).click()
        looks.until(page, f"document.querySelectorAll('canvas')[{at_index}].toDataURL() !== '{light}'")
        assert page.locator("canvas").count() == 4


COLOURS = """(canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const marks = canvas.closest("figure").querySelectorAll(".legend .mark");
    return [...marks].map((mark) => {
        const [red, green, blue] = getComputedStyle(mark).color.match(/\\d+/g).map(Number);
        const rows = new Set();
        for (let at = 0; at < data.length; at += 4) {
            const near = Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue);
            if (near < 6 && data[at + 3] > 250) rows.add((at / 4) % canvas.width);
        }
        return [...rows];
    });
}"""


def test_bars_of_several_series_stand_side_by_side(site, browser):
    """Points burned are more than those that ended in every week: one behind the other would hide the fewer, or be
    hidden."""
    with at(browser, site, "charts") as page:
        first, second = page.locator("canvas").nth(3).evaluate(COLOURS)
        assert len(first) > 50 and len(second) > 50
        assert not set(first) & set(second)  # in no column of the picture are there both


def test_without_scripts_the_figures_of_a_chart_are_read(site, browser):
    with at(browser, site, "charts", scripts=False) as page:
        assert page.get_by_role("table", name=said("guide_rules.out_chart")).is_visible()
        assert page.get_by_role("slider").count() == 0


def test_a_tree_grows_without_scripts(site, browser):
    with at(browser, site, "rules", scripts=False) as page:
        page.get_by_role("button", name=said("page.add_condition")).first.click()
        assert page.get_by_text("Done: add 0.1").is_visible()
        page.get_by_role("button", name=said("page.remove_part", at="1.2.1")).click()
        assert page.get_by_text("Done: remove 0.1.0").is_visible()


def test_a_sentence_is_changed_by_keyboard(site, browser):
    with at(browser, site, "rules") as page:
        page.get_by_label(said("guide_rules.trigger")).press("ArrowDown")
        assert page.get_by_label(said("guide_rules.trigger")).input_value() == "review"
        page.get_by_label(said("guide_rules.most")).fill("250")


def test_big_numbers_write_into_the_field(site, browser):
    with at(browser, site, "till") as page:
        assert focused(page) == "amount"
        for key in ("1", "2", ".", "5", "0"):
            page.get_by_role("button", name=key, exact=True).click()
        page.get_by_role("button", name=said("page.delete")).press("Enter")
        assert page.locator("#amount").input_value() == "12.5"
    with at(browser, site, "till", scripts=False) as page:
        assert page.locator("#amount").is_visible() and not page.locator(".keypad").is_visible()


def test_every_big_key_is_as_wide_as_the_others(site, browser):
    for width in (360, 1280):
        page = looks.opened(browser, f"{site.url}/design/till", width=width)
        try:
            widths = page.evaluate("[...document.querySelectorAll('.keypad button')].map((one) => one.offsetWidth)")
            assert len(widths) == 12 and max(widths) - min(widths) <= 1, widths
        finally:
            page.context.close()


def test_tabs_that_have_no_room_in_a_row_go_on_in_the_next(site, browser):
    page = looks.opened(browser, f"{site.url}/design/ways", width=360)
    try:
        hidden = "[...document.querySelectorAll('.tabs')].map((one) => one.scrollWidth - one.clientWidth)"
        tabs = page.locator(".tabs").first
        many = "(one) => { for (let at = 0; at < 18; at++) one.append(one.firstElementChild.cloneNode(true)); }"
        tabs.evaluate(many)
        assert max(page.evaluate(hidden)) == 0
    finally:
        page.context.close()


def test_who_is_offline_is_told(site, browser):
    with at(browser, site, "portal") as page:
        banner = page.get_by_text(said("page.offline"))
        assert not banner.is_visible()
        page.context.set_offline(True)
        banner.wait_for(state="visible")
        page.context.set_offline(False)
        banner.wait_for(state="hidden")


def test_the_bar_of_the_portal_is_at_the_foot_of_a_phone_and_beside_a_wide_page(site, browser):
    with at(browser, site, "portal", width=360) as page:
        link = page.get_by_role("link", name=said("guide_members.history"))
        assert link.bounding_box()["y"] > 700
        page.set_viewport_size({"width": 1280, "height": 800})
        assert link.bounding_box()["x"] < 200


@pytest.mark.parametrize("part", ["foundation", "lists", "forms", "ways", "rules", "members", "portal", "till"])
def test_without_scripts_it_is_read_all_the_same(site, browser, part):
    with at(browser, site, part, scripts=False) as page:
        assert page.locator("h1").is_visible()
        assert page.get_by_role("link", name=said("page.skip")).count() == 1


def test_a_receipt_is_printed_alone_without_what_is_around_it(site, browser):
    with at(browser, site, "lists") as page:
        page.emulate_media(media="print")
        assert page.locator(".receipt").is_visible()
        assert not page.locator(".shell > header").is_visible() and not page.locator(".shell > nav").is_visible()


def test_colours_that_are_forced_leave_nothing_unseen(site, browser):
    with at(browser, site, "forms") as page:
        page.emulate_media(forced_colors="active")
        switch = page.get_by_role("switch")
        assert switch.evaluate("one => getComputedStyle(one, '::before').backgroundColor") != switch.evaluate(
            "one => getComputedStyle(one).backgroundColor"
        )


def test_enlarged_four_times_nothing_that_stays_covers_the_page(site, browser):
    for part in ("portal", "forms", "till"):
        with at(browser, site, part, width=320) as page:
            page.set_viewport_size({"width": 320, "height": 200})
            assert page.evaluate(
                "[...document.querySelectorAll('body *')].filter(one => one.checkVisibility() && one.offsetHeight > 1"
                " && ['fixed', 'sticky'].includes(getComputedStyle(one).position)).map(one => one.className)"
            ) in ([], ["toasts"]), part


def test_from_right_to_left_nothing_is_wider_than_the_screen(site, browser):
    for part in ("foundation", "lists", "forms", "ways", "rules", "portal", "till"):
        with at(browser, site, part, width=360) as page:
            page.evaluate("document.documentElement.dir = 'rtl'")
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, part
