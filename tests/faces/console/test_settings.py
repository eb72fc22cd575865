"""Settings in the console: forms over parts of the file, which change nothing that was not touched."""

import re

import pytest

from tests.faces.console import aurora
from tests.faces.console.test_rules import told

PARTS = ["unit-points", "unit-stamps", "unit-credit", "earning", "returns", "members", "brand", "drafts"]


@pytest.fixture
def cafe(database):
    return aurora.opened()


def fields(page):
    """What a browser would send of the form as it is."""
    form = page[page.index('method="post"') : page.rindex("</main>")]
    found = dict(re.findall(r'name="([\w.]+)" value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea[^>]* name="([\w.]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL))
    for name, options in re.findall(r'<select[^>]* name="([\w.]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        found[name] = (re.findall(r'value="([^"]*)" selected', options) or [""])[0]
    return found


def test_a_form_that_is_left_as_it_is_changes_nothing(cafe):
    emil = cafe.client("emil")
    for part in PARTS:
        sent = fields(told(emil.get(cafe.at(f"settings/{part}"))))
        answer = emil.post(cafe.at(f"settings/{part}"), sent)
        page = told(emil.get(answer.headers["Location"]))
        assert "Nothing is changed yet" in page, part
        emil.post(f"{answer.headers['Location']}/discard", {"revision": "1"})


def test_only_what_was_changed_changes_and_remarks_stay(cafe):
    emil = cafe.client("emil")
    sent = fields(told(emil.get(cafe.at("settings/unit-points"))))
    answer = emil.post(cafe.at("settings/unit-points"), sent | {"vesting.days": "10", "caps.day": ""})
    page = told(emil.get(answer.headers["Location"]))
    assert sorted([one.strip().partition("  ")[0] for one in re.findall(r"<(?:ins|del)>([^<]*)<", page)]) == [
        "caps: {order: 2000, day: 5000}", "caps: {order: 2000}", "vesting: {days: 10}", "vesting: {days: 14}",
    ]  # fmt: skip
    assert "# pending until an order can no longer be sent back" in page


def test_what_is_wrong_is_told_at_its_field_and_kept(cafe):
    emil = cafe.client("emil")
    sent = fields(told(emil.get(cafe.at("settings/brand"))))
    page = told(emil.post(cafe.at("settings/brand"), sent | {"brand.colour": "brown"}), 422)
    assert 'href="#brand.colour"' in page and 'value="brown"' in page
    assert "No drafts yet" in told(emil.get(cafe.at("drafts/")))


def test_who_only_reads_sees_them_and_changes_nothing(cafe):
    gita = cafe.client("gita")
    for language in ("bg", "tr", "en"):
        page = told(gita.get(cafe.at("settings/"), {"language": language}))
    assert "Save in the draft" not in page
    assert gita.post(cafe.at("settings/brand")).status_code == 403
    assert gita.get(cafe.at("settings/nothing")).status_code == 422
