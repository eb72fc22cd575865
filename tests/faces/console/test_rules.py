"""Rules in the console: read as sentences, changed by forms in a draft, and told at the field what is wrong."""

import html
import re

import pytest

from guerdon.faces import words
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
    for name, value in re.findall(
        r'<input type="checkbox" (?:id="[^"]*" )?name="([^"]+)" value="([^"]*)" checked', form
    ):
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


@pytest.mark.parametrize(
    ("key", "ticked", "changed"), [("weekend", ["yes"], ["    campaign: true"]), ("vegan", ["yes"], [])]
)
def test_a_rule_becomes_a_campaign_and_stays_one(cafe, key, ticked, changed):
    emil = cafe.client("emil")
    sent = fields(emil.get(cafe.at(f"rules/{key}/edit")).content.decode())
    assert sent.get("campaign") == (None if changed else ["yes"])
    answer = emil.post(cafe.at(f"rules/{key}/edit"), sent | {"campaign": ticked, "priority": "7", "act": "save"})
    page = told(emil.get(answer.headers["Location"]))
    assert re.findall(r"<(?:ins|del)>([^<]*)<", page) == ["    priority: 7", *changed]


def test_a_rule_is_no_campaign_any_more(cafe):
    emil = cafe.client("emil")
    sent = fields(emil.get(cafe.at("rules/vegan/edit")).content.decode())
    del sent["campaign"]  # as a browser sends a box that is not ticked
    answer = emil.post(cafe.at("rules/vegan/edit"), sent | {"act": "save"})
    (gone,) = re.findall(r"<(?:ins|del)>([^<]*)<", told(emil.get(answer.headers["Location"])))
    assert gone.startswith("    campaign: true ")


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


@pytest.mark.parametrize("language", ("en", "bg", "tr"))
@pytest.mark.parametrize("place", ("new-rule", "rules/base/edit"))
def test_every_fault_of_a_rule_stands_at_its_field_in_the_language_of_the_page(cafe, place, language):
    emil = cafe.client("emil")
    sent = fields(emil.get(cafe.at(place), {"language": language}).content.decode())
    sent |= {"name.en": ["Nice"], "name.bg": ["Хубаво"], "name.tr": ["Güzel"]}
    wrong = {
        "when": "nonsense", "then.0.per": "0", "name.bg": "", "name.tr": "", "caps.day": "x", "uses.day": "1.5",
        "window_until": "2020-01-01T00:00", "budget": "abc", "group": "A B", "priority": "x", "vesting": "{days: x}",
    }  # fmt: skip
    if place == "new-rule":
        wrong["key"] = "Bad Key!"
    sent |= {"window_from": ["2026-01-01T00:00"]}
    for name, value in wrong.items():
        page = told(emil.post(cafe.at(place), sent | {"act": "save", name: [value]}), 422)
        field = {"then.0.per": "then.0", "window_until": "window"}.get(name, name)
        text = re.search(rf'<li><a href="#{re.escape(field)}">([^<]+)</a>', page)
        assert text, (name, re.findall(r'<li><a href="#[^"]*">[^<]+', page))
        assert page.count(text.group(1)) >= 2 and f'id="{field}"' in page, name  # above the form, and at the field
        assert language == "en" or not re.search(r"\b(is|the|Expected)\b", text.group(1)), text.group(1)
    assert words.say("drafts.none", language) in told(emil.get(cafe.at("drafts/")))


@pytest.mark.parametrize("language", ("en", "bg", "tr"))
def test_a_new_rule_takes_no_other_rules_key(cafe, language):
    emil = cafe.client("emil")
    sent = fields(emil.get(cafe.at("new-rule"), {"language": language}).content.decode())
    sent |= {"name.en": ["Nice"], "name.bg": ["Хубаво"], "name.tr": ["Güzel"], "key": ["base"], "act": ["save"]}
    page = told(emil.post(cafe.at("new-rule"), sent), 422)
    assert page.count(words.say("rules.key_taken", language)) == 2 and 'href="#key"' in page
    assert words.say("drafts.none", language) in told(emil.get(cafe.at("drafts/")))


def test_a_saved_segment_is_said_by_its_name_in_the_language_of_the_page(cafe):
    emil, place = cafe.client("emil"), cafe.at("rules/base/edit")
    body = {"name.en": "Old friends", "name.bg": "Стари приятели", "name.tr": "Eski dostlar", "key": "friends"}
    tree = {"0.of": "all", "0.0.word": "last", "0.0.op": "days_min", "0.0.value": "90", "act": "save"}
    assert emil.post(cafe.at("segments/new"), body | tree).status_code == 303
    sent = fields(emil.get(place).content.decode())
    grown = fields(emil.post(place, sent | {"if.new": ["segment"], "act": "add if"}).content.decode())
    looked = told(emil.post(place, grown | {"if.0.in": ["friends"], "act": "look"}))
    assert "the segment Old friends" in looked and "Стари приятели" in looked and "Eski dostlar" in looked
    draft = emil.post(place, grown | {"if.0.in": ["friends"], "act": "save"}).headers["Location"]
    assert "Old friends" in told(emil.get(draft)) and "friends]" in told(emil.get(f"{draft}/file"))
    id = draft.rsplit("/", 1)[1]
    for page in (f"rules/?draft={id}", f"rules/base?draft={id}"):
        assert "Old friends" in told(emil.get(cafe.at(page)))
    assert "Eski dostlar" in told(emil.get(draft, {"language": "tr"}))


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


def test_what_has_just_been_added_is_not_scolded_until_it_is_saved_or_looked_at(cafe):
    emil, place = cafe.client("emil"), cafe.at("rules/base/edit")
    sent = fields(emil.get(place).content.decode())
    page = told(emil.post(place, sent | {"if.new": ["category"], "act": "add if"}))
    assert 'class="fault"' not in page and 'name="if.0.in"' in page
    assert 'class="fault"' in told(emil.post(place, fields(page) | {"act": "look"}))
    assert 'href="#if.0"' in told(emil.post(place, fields(page) | {"act": "save"}), 422)


def test_known_words_are_offered_and_unseen_ones_hinted_at(cafe):
    cafe.enrol("ann")
    lines = [{"amount": 400, "category": "bagels", "product": "sesame-bagel"}]
    cafe.tell(cafe.purchase("ann", lines=lines))
    emil, place = cafe.client("emil"), cafe.at("rules/base/edit")
    sent = fields(emil.get(place).content.decode())
    page = told(emil.post(place, sent | {"if.new": ["category"], "act": "add if"}))
    offered = page[page.index('<datalist id="known-category"') :]
    offered = offered[: offered.index("</datalist>")]
    assert 'value="bagels"' in offered and '<option value="cakes">cakes<' in offered  # heard, and named in the file
    assert 'list="known-category"' in page
    grown = fields(page)
    page = told(emil.post(place, grown | {"if.0.in": ["bagels, cakes"], "act": "look"}))
    assert "Not seen so far" not in page
    page = told(emil.post(place, grown | {"if.0.in": ["bagel, zebra"], "act": "look"}))
    assert "Not seen so far: “bagel”" in page and "Did you mean “bagels”?" in page and "“zebra”" in page
    names = {"name.en": ["Nice"], "name.bg": ["Хубаво"], "name.tr": ["Güzel"]}
    assert emil.post(place, grown | names | {"if.0.in": ["zebra"], "act": "save"}).status_code == 303  # no mistake


@pytest.mark.parametrize("language", ("en", "bg", "tr"))
def test_triggers_are_what_programmes_tell_in_words(cafe, language):
    emil = cafe.client("emil")
    page = told(emil.get(cafe.at("rules/base/edit"), {"language": language}))
    choices = page[page.index('id="when"') :]
    values = re.findall(r'<option value="(\w*)"', choices[: choices.index("</select>")])
    assert "purchase" in values and "survey" in values and "reopen" not in values
    page = told(emil.post(cafe.at("segments/new"), {"0.of": "all", "0.new": "counter", "act": "add 0"}))
    assert "count:visit lifetime" in page and "reopen" not in page


def test_a_trigger_that_is_not_offered_stays_as_it_is(cafe):
    emil, place = cafe.client("emil"), cafe.at("rules/base/edit")
    sent = fields(emil.get(place).content.decode())
    page = told(emil.post(place, sent | {"when": ["reopen"], "act": "add if", "if.new": ["store"]}))
    assert '<option value="reopen" selected>' in page


@pytest.mark.parametrize("language", ("en", "bg", "tr"))
def test_faults_of_a_rule_are_told_in_words_of_a_form(cafe, language):
    emil, place = cafe.client("emil"), cafe.at("rules/base/edit")
    sent = fields(emil.get(place, {"language": language}).content.decode())
    for word in ("category", "basket", "hour", "dates", "nth", "counter", "attribute", "tier"):
        sent = fields(emil.post(place, sent | {"if.new": [word], "act": "add if"}).content.decode())
    page = told(emil.post(place, sent | {"act": "save"}), 422)
    faults = re.findall(r'<li><a href="#if[^"]*">([^<]+)', page)
    assert len(faults) >= 7, faults
    for text in faults:
        assert not re.search(r"Expected|mapping|key|list|“(if|in|from|until|min|name)”|ключ|anahtar|YAML", text), text


def test_a_plain_number_is_one_of_days(cafe):
    emil = cafe.client("emil")
    place = cafe.at("rules/base/edit")
    sent = fields(emil.get(place).content.decode())
    for vesting, lives in (("14", "90"), ("014", "00000000000090")):
        page = told(emil.post(place, sent | {"vesting": vesting, "expires": lives, "act": "look"}))
        assert "spendable after 14 days" in page and "90 days after they are earned" in page
    for much in ("99999", "99999999999999"):
        page = told(emil.post(place, sent | {"vesting": much, "act": "save"}), 422)
        assert 'href="#vesting"' in page


@pytest.mark.parametrize(
    ("word", "reads"),
    [
        ("counter", "counted for the member today – spending : at least , at most"),
        ("nth", "for the member it is number , just this once"),
    ],
)
def test_a_condition_reads_as_a_sentence_while_it_is_written(cafe, word, reads):
    emil = cafe.client("emil")
    place = cafe.at("rules/base/edit")
    sent = fields(emil.get(place).content.decode())
    page = told(emil.post(place, sent | {"if.of": "all", "if.new": word, "act": "add if"}))
    leaf = page[page.index(f'name="if.0.word" value="{word}"') :]
    leaf = leaf[: leaf.index("</div>")]
    leaf = re.sub(r"<label.*?</label>", "", leaf)
    leaf = re.sub(r"(<option[^>]*>[^<]*</option>)((?:\s*<option[^>]*>[^<]*</option>)*)", r"\1", leaf)
    plain = " ".join(re.sub(r"<[^>]*>", " ", leaf).split())
    assert reads in plain, plain
