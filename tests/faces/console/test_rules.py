"""Rules in the console: read as sentences, changed by forms in a draft, and told at the field what is wrong."""

import html
import re

import pytest

from guerdon.kit import ids
from tests.faces.console import aurora


@pytest.fixture
def cafe(database):
    return aurora.opened()


def told(answer, status=200):
    text = html.unescape(answer.content.decode())
    assert answer.status_code == status, text[text.find("<main") :][:3000]
    return text


def fields(text):
    """What a browser would send of the last form of a page that is left as it is."""
    form = text[text.rindex("<form", 0, text.rindex('name="act" value="save"')) : text.rindex("</main>")]
    found = {}
    for name, value in re.findall(
        r'<input (?:class="\w+" )?(?:type="hidden" )?(?:id="[^"]*" )?name="([^"]+)" value="([^"]*)"', form
    ):
        found.setdefault(name, []).append(html.unescape(value))
    for name, value in re.findall(r'<input class="input" type="datetime-local" name="([^"]+)" value="([^"]*)"', form):
        found[name] = [value]
    for name, value in re.findall(r'<input type="checkbox" name="([^"]+)" value="([^"]*)" checked', form):
        found.setdefault(name, []).append(value)
    for name, value in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        found[name] = [html.unescape(value)]
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'value="([^"]*)" selected', options) or re.findall(r'value="([^"]*)"', options)[:1]
        found.setdefault(name, []).extend(chosen)
    return found


def test_the_list_reads_every_rule_and_filters(cafe):
    gita = cafe.client("gita")
    for language in ("bg", "tr", "en"):
        told(gita.get(cafe.at("rules/"), {"language": language}))
    page = told(gita.get(cafe.at("rules/")))
    assert "Double points at the weekend" in page and "A point for every euro" in page
    assert "New rule" not in page  # who may not write is not offered it
    page = told(gita.get(cafe.at("rules/"), {"when": "signup"}))
    assert "Welcome" in page and "Double points at the weekend" not in page
    assert "No rule is like that" in told(gita.get(cafe.at("rules/"), {"q": "zebra"}))
    assert gita.get(cafe.at("new-rule")).status_code == 403


def test_every_rule_is_shown_and_its_form_says_the_same(cafe):
    emil = cafe.client("emil")
    for key in re.findall(r'href="/console/[^"/]+/rules/(\w+)"', told(emil.get(cafe.at("rules/")))):
        told(emil.get(cafe.at(f"rules/{key}")))
        page = emil.get(cafe.at(f"rules/{key}/edit")).content.decode()
        answer = emil.post(cafe.at(f"rules/{key}/edit"), fields(page) | {"act": "look"})
        assert "It is not a whole rule yet" not in told(answer), key


def test_an_edit_makes_a_draft_and_changes_only_what_was_changed(cafe):
    emil = cafe.client("emil")
    sent = fields(emil.get(cafe.at("rules/weekend/edit")).content.decode())
    sent["then.0.by"] = "3"
    answer = emil.post(cafe.at("rules/weekend/edit"), sent | {"act": "save"})
    assert answer.status_code == 303, told(answer)
    page = told(emil.get(answer.headers["Location"]))
    assert "Saved in the draft." in page and "Rule: Double points at the weekend" in page
    assert re.findall(r"<(?:ins|del)>([^<]*)<", page) == [
        "      - multiply: {unit: points, by: 2}", "      - multiply: {unit: points, by: 3}",
    ]  # fmt: skip
    draft = answer.headers["Location"].rsplit("/", 1)[1]
    page = told(emil.get(cafe.at("rules/weekend"), {"draft": draft}))
    assert "You are in the draft" in page


def test_conditions_grow_and_shrink_by_posting(cafe):
    emil = cafe.client("emil")
    place = cafe.at("rules/base/edit")
    sent = fields(emil.get(place).content.decode())
    page = emil.post(place, sent | {"if.new": ["store"], "act": "add if"}).content.decode()
    sent = fields(page)
    assert sent["if.0.word"] == ["store"]
    sent["if.0.in"] = ["centre, station"]
    page = told(emil.post(place, sent | {"act": "look"}))
    assert "centre" in page and "station" in page
    sent = fields(emil.post(place, sent | {"act": "nest if"}).content.decode())
    assert sent["if.1.of"] == ["any"] and sent["if.1.0.word"] == ["store"]
    sent = fields(emil.post(place, sent | {"act": "remove if.0"}).content.decode())
    assert "if.0.word" not in sent and sent["if.0.of"] == ["any"]


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_begun(cafe):
    emil = cafe.client("emil")
    sent = fields(emil.get(cafe.at("new-rule")).content.decode())
    page = told(emil.post(cafe.at("new-rule"), sent | {"act": "save", "then.0.per": "0"}), 422)
    assert 'href="#then.0"' in page and 'href="#name.en"' in page
    assert "No drafts yet" in told(emil.get(cafe.at("drafts/")))


def test_a_new_rule_is_written_copied_and_removed(cafe):
    emil = cafe.client("emil")
    sent = fields(emil.get(cafe.at("new-rule")).content.decode())
    names = {"name.en": "Twice as nice", "name.bg": "Двойно", "name.tr": "İki kat"}
    answer = emil.post(cafe.at("new-rule"), sent | names | {"act": "save", "token": ids.new()})
    assert answer.status_code == 303, told(answer)
    draft = answer.headers["Location"].rsplit("/", 1)[1]
    assert "Twice as nice" in told(emil.get(cafe.at("rules/twice_as_nice"), {"draft": draft}))
    copied = fields(emil.get(cafe.at("new-rule"), {"like": "twice_as_nice", "draft": draft}).content.decode())
    answer = emil.post(cafe.at("new-rule"), copied | {"act": "save"})
    assert answer.headers["Location"].endswith(draft), told(answer)
    told(emil.get(cafe.at("rules/twice_as_nice_2"), {"draft": draft}))
    seen = fields(emil.get(cafe.at("rules/twice_as_nice_2/edit"), {"draft": draft}).content.decode())["revision"]
    emil.post(cafe.at("rules/twice_as_nice_2/remove"), {"draft": draft, "revision": seen})
    assert emil.get(cafe.at("rules/twice_as_nice_2"), {"draft": draft}).status_code in (404, 422)


def test_who_only_reads_changes_nothing(cafe):
    gita = cafe.client("gita")
    for place in ("rules/base/edit", "rules/base/remove", "new-rule", "versions/upload", "versions/1/back"):
        assert gita.post(cafe.at(place)).status_code == 403, place
