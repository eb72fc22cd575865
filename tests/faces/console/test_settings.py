"""Settings in the console: forms over parts of the file, which change nothing that was not touched."""

import re

import pytest

from guerdon.engine import drafts
from guerdon.kit import ids, store
from tests.faces.console import aurora
from tests.faces.console.test_rules import told

PARTS = [
    "unit-points", "unit-stamps", "unit-stars", "unit-status", "unit-credit", "programme", "earning", "returns",
    "members", "households", "support", "answers", "consents", "adjustments", "causes", "brand", "measure", "drafts",
]  # fmt: skip


@pytest.fixture
def cafe(database):
    return aurora.opened()


def fields(page):
    """What a browser would send of the form as it is."""
    form = page[page.index('method="post"') : page.rindex("</main>")]
    found = {}
    for kind, name, value, ticked in re.findall(
        r'<input (type="checkbox")?[^>]*?name="([\w.+-]+)" value="([^"]*)"([^>]*)', form
    ):
        if not kind:
            found[name] = value
        elif "checked" in ticked:
            found.setdefault(name, []).append(value)
    found |= dict(re.findall(r'<textarea[^>]* name="([\w.+-]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL))
    for name, options in re.findall(r'<select[^>]* name="([\w.+-]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        found[name] = (re.findall(r'value="([^"]*)" selected', options) or [""])[0]
    return found


def test_a_form_that_is_left_as_it_is_changes_nothing(cafe):
    emil = cafe.client("emil")
    for part in PARTS:
        sent = fields(told(emil.get(cafe.at(f"settings/{part}"))))
        answer = emil.post(cafe.at(f"settings/{part}"), sent)
        assert answer.headers["Location"] == cafe.at(f"settings/{part}")
    assert "No drafts yet" in told(emil.get(cafe.at("drafts/")))


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


def test_the_contrast_is_told_while_colours_are_chosen_and_after_they_were_sent(cafe):
    emil = cafe.client("emil")
    place, pale = cafe.at("settings-look"), {"brand.colour": "#ffee88", "brand.accent": "#0f766e"}
    page = told(emil.get(place, pale))
    assert "adjusted, it had 1" in page and "as chosen" in page and "/ffee88-0f766e-round" in page
    assert "six" in told(emil.get(place, {"brand.colour": "brown"}))  # digits are asked for
    sent = fields(told(emil.get(cafe.at("settings/brand"))))
    page = told(emil.post(cafe.at("settings/brand"), sent | pale | {"brand.shape": "oval"}), 422)
    assert 'id="look"' in page


def test_who_only_reads_sees_them_and_changes_nothing(cafe):
    gita = cafe.client("gita")
    for language in ("bg", "tr", "en"):
        page = told(gita.get(cafe.at("settings/"), {"language": language}))
    assert "Save in the draft" not in page
    assert '<fieldset class="stack" disabled>' in page
    assert gita.post(cafe.at("settings/brand")).status_code == 403
    assert gita.get(cafe.at("settings/nothing")).status_code == 404


def drafted(cafe, emil, part, **more):
    """What the file of the draft says that a form makes with these changes; None unticks."""
    sent = fields(told(emil.get(cafe.at(f"settings/{part}")))) | more
    answer = emil.post(cafe.at(f"settings/{part}"), {key: value for key, value in sent.items() if value is not None})
    assert answer.status_code == 303, told(answer, 422)
    draft = ids.read("draft", answer.headers["Location"].rsplit("/", 1)[1])
    return drafts.document_of(drafts.check(store.current(), cafe.programme_id, draft).draft.source)


def test_ways_to_expire_are_fields_of_which_only_those_of_the_way_count(cafe):
    emil = cafe.client("emil")
    more = {"expires.way": "calendar", "expires.month": "6", "expires.day": "30"}
    units = drafted(cafe, emil, "unit-points", **more)["units"]
    assert units["points"]["expires"] == {"calendar": {"month": 6, "day": 30}}
    units = drafted(cafe, emil, "unit-points", **{"expires.way": "never"})["units"]
    assert units["points"]["expires"] == "never"


def test_what_share_of_points_is_expected_to_be_redeemed_is_typed_in_percent(cafe):
    emil = cafe.client("emil")
    units = drafted(cafe, emil, "unit-points", **{"worth.redeemed": "92.5"})["units"]
    assert units["points"]["worth"]["redeemed"] == "92.5"
    sent = fields(told(emil.get(cafe.at("settings/unit-points"))))
    page = told(emil.post(cafe.at("settings/unit-points"), sent | {"worth.redeemed": "101"}), 422)
    assert 'id="worth.redeemed-fault"' in page


def test_what_is_switched_off_is_left_out_and_comes_with_nothing_said(cafe):
    emil = cafe.client("emil")
    assert "households" not in drafted(cafe, emil, "households", households=None)
    assert drafted(cafe, emil, "unit-stars", transfers="yes")["units"]["stars"]["transfers"] == {}


def test_an_entry_is_added_changed_and_taken_away(cafe):
    emil = cafe.client("emil")
    new = {f"consents.+.{what}.{one}": f"{what} {one}" for what in ("name", "text") for one in ("en", "bg", "tr")}
    more = {
        "consents.+.key": "sms", "consents.+.recipients.0.name": "Sinch", "consents.news.version": "3",
        "consents.+.recipients.0.link": "https://sinch.example/", "consents.terms.gone": "yes",
    }  # fmt: skip
    found = drafted(cafe, emil, "consents", **new, **more)["consents"]
    assert list(found) == ["news", "sms"] and found["news"]["version"] == 3
    assert found["sms"]["recipients"] == [{"name": "Sinch", "link": "https://sinch.example/"}]
    nobody = {"consents.news.recipients.0.name": "", "consents.news.recipients.0.link": ""}
    found = drafted(cafe, emil, "consents", **nobody)
    assert "recipients" not in found["consents"]["news"]


def test_faults_are_told_at_their_field_in_the_language_of_the_reader(cafe):
    emil = cafe.client("emil")
    february = {"expires.way": "calendar", "expires.month": "2", "expires.day": "30"}
    wrong = [
        ("households", {"households.persons_max": "1"}, "households.persons_max", "по-малко от възможното"),
        ("support", {"support.tiers.gold.priority": "10"}, "support.tiers.gold.priority", "по-голямо от възможното"),
        ("answers", {"support.answers.photo.text.en": "{when}"}, "support.answers.photo.text.en", "не може да попълни"),
        ("answers", {"support.answers.+.key": "photo"}, "support.answers.+.key", "вече има това кратко име"),
        ("consents", {"consents.+.key": "Ñ"}, "consents.+.key", "малки латински букви"),
        ("consents", {"consents.news.recipients.0.link": "x"}, "consents.news.recipients.0.link", "https://"),
        ("unit-points", {"expires.way": "sliding", "expires.months": ""}, "expires.way", "поне едно"),
        ("unit-points", february, "expires.day", "голямо"),
        ("unit-points", {"transfers.fee.percent": "200"}, "transfers.fee.percent", "голямо"),
        ("unit-status", {"transfers": "yes"}, "transfers", "само се броят"),
    ]  # fmt: skip
    for part, more, name, words in wrong:
        sent = fields(told(emil.get(cafe.at(f"settings/{part}"), {"language": "bg"})))
        page = told(emil.post(cafe.at(f"settings/{part}"), sent | more), 422)
        assert f'href="#{name}"' in page and words in page, (part, more, re.findall(r'<a href="#([^<]*)<', page))


@pytest.mark.parametrize(
    ("language", "missing", "large", "one"),
    [
        ("en", "still missing", "largest possible", "at least one"),
        ("bg", "липсва нещо", "по-голямо", "поне едно"),
        ("tr", "bir şey eksik", "büyük", "en az birini"),
    ],
)
def test_what_is_missing_or_too_large_is_told_at_the_field_that_is_meant(cafe, language, missing, large, one):
    emil, place = cafe.client("emil"), cafe.at("settings/unit-points")
    sent = fields(told(emil.get(place, {"language": language})))
    for name, typed, words in (
        ("worth.money", "", missing), ("pays.money", "", missing), ("vesting.days", "9" * 20, large),
        ("debt_max", "9" * 20, large),
    ):  # fmt: skip
        page = told(emil.post(place, sent | {name: typed}), 422)
        [(at, text)] = re.findall(r'<li><a href="#([^"]+)">([^<]+)', page)
        assert at == name and words in text, (name, at, text)
        assert not re.search(r"Expected|mapping|“\w+” is missing|key", text)
    fee = {"transfers": "yes", "transfers.fee.percent": "", "transfers.fee.points": "", "transfers.fee.rounding": "up"}
    page = told(emil.post(place, sent | fee), 422)
    [(at, text)] = re.findall(r'<li><a href="#([^"]+)">([^<]+)', page)
    assert at == "transfers.fee.points" and one in text
    assert told(emil.post(place, sent | {"caps.day": "1,000"}), 422).count('id="caps.day-fault"') == 1  # 1000, or 1.00?
    assert emil.post(place, sent | {"caps.day": "1 000"}).status_code == 303
