"""Rewards and vouchers in forms: added, changed and taken out in a draft, and told at the field what is wrong."""

import re

import pytest

from guerdon.engine import drafts
from guerdon.faces import words
from guerdon.faces.refusals import filled as filled_words
from guerdon.kit import ids, store
from tests.faces.console import aurora
from tests.faces.console.test_drafts import drafted, drafts_of
from tests.faces.console.test_meanwhile import over
from tests.faces.console.test_rules import fields, told

LANGUAGES = ("en", "bg", "tr")
NAMES = {f"name.{one}": f"Kettle {one}" for one in LANGUAGES}
KETTLE = NAMES | {"kind": "merchandise", "prices.0.points.points": "1 200"}
TEN_OFF = {f"name.{one}": f"Ten off {one}" for one in LANGUAGES} | {"amount": "10"}


@pytest.fixture
def cafe(database):
    return aurora.opened()


TICK = re.compile(r'<input type="checkbox" id="([^"]+)" name="\1" value="([^"]*)"[^>]* checked')


def form(client, place):
    return filled(told(client.get(place)))


def filled(page):
    """What a browser would send of the form as it is, with what is ticked."""
    return fields(page) | dict(TICK.findall(page))


def sent(client, place, **more):
    """What comes of saving a form with these changes."""
    return client.post(place, form(client, place) | {"act": "save"} | more)


def saved(cafe, client, page, **more):
    """The document of the draft that comes of it."""
    answer = sent(client, cafe.at(page), **more)
    return document(cafe, answer)


def document(cafe, answer):
    """The document of the draft that an answer leads to."""
    assert answer.status_code == 303, re.findall(r'class="notice bad.*?</div>', told(answer, 422), re.DOTALL)
    draft = ids.read("draft", answer.headers["Location"].rsplit("/", 1)[1])
    return drafts.document_of(drafts.check(store.current(), cafe.programme_id, draft).draft.source)


def faults(page):
    return dict(re.findall(r'<li><a href="#([^"]+)">([^<]*)<', page))


def test_a_form_that_is_left_as_it_is_changes_nothing(cafe):
    emil = cafe.client("emil")
    file = drafts.document_of(cafe.file())
    pages = [f"rewards/{key}/edit" for key in file["rewards"]] + [
        f"vouchers/kinds/{key}/edit" for key in file["vouchers"]
    ]
    assert len(pages) > 10
    for page in pages:
        answer = sent(emil, cafe.at(page))
        assert answer.status_code == 303, (page, faults(told(answer, 422)))
        assert answer.headers["Location"] == cafe.at(page)
    assert drafts_of(emil, cafe) == set()


def test_a_reward_is_added_and_reads_in_three_languages_before(cafe):
    emil = cafe.client("emil")
    for page in ("rewards", "vouchers"):
        assert cafe.at(f"new-{page[:-1]}") in told(emil.get(cafe.at(page)))
    empty = form(emil, cafe.at("new-reward"))
    page = told(emil.post(cafe.at("new-reward"), empty | KETTLE | {"act": "look"}))
    reads = page[page.index('id="reads"') :][:1500]
    assert "Kettle en" in reads and "Kettle bg" in reads and "Kettle tr" in reads and "1,200" in reads
    more = {
        "terms.en": "One a year.", "terms.bg": "Един на година.", "terms.tr": "Yılda bir.", "category": "goods",
        "prices.0.top_up.points": "100", "prices.0.top_up.amount": "1,50", "prices.0.top_up.least": "200",
        "prices.1.points.points": "600", "prices.1.money": "9.00", "from": "2026-12-01T00:00",
        "until": "2026-12-24T18:00", "stocked": "whole", "limits.year": "1", "total": "50",
        "fulfilment": "by_hand", "fulfil_days": "14",
        "reserve_minutes": "30", "address": "yes", "early_access.gold": "24", "cost": "7.20", "budget": "300",
    }  # fmt: skip
    made = saved(cafe, emil, "new-reward", **KETTLE, **more)["rewards"]["kettle_en"]
    assert made == {
        "name": {one: f"Kettle {one}" for one in LANGUAGES},
        "kind": "merchandise", "category": "goods",
        "terms": {"en": "One a year.", "bg": "Един на година.", "tr": "Yılda bir."},
        "prices": [
            {"points": {"points": 1200}, "top_up": {"points": 100, "amount": "1.50", "least": 200}},
            {"points": {"points": 600}, "money": "9.00"},
        ],
        "from": "2026-12-01", "until": "2026-12-24T18:00", "stocked": "whole", "total": 50, "limits": {"year": 1},
        "fulfilment": "by_hand", "fulfil_days": 14, "reserve_minutes": 30, "address": True,
        "early_access": {"gold": 24},
        "cost": "7.20", "budget": 300,
    }  # fmt: skip


def test_who_may_have_it_is_said_in_sentences(cafe):
    emil = cafe.client("emil")
    place = cafe.at("rewards/shirt/edit")
    grown = told(emil.post(place, form(emil, place) | {"act": "add if", "if.new": ["tier"]}))
    answer = emil.post(place, filled(grown) | {"act": "save", "if.0.in": ["silver", "gold"]})
    assert answer.status_code == 303, faults(told(answer, 422))
    page = told(emil.get(answer.headers["Location"]))
    assert "silver" in page.lower() and "gold" in page.lower()
    assert "purchase" not in str(re.findall(r'name="if.new".*?</select>', grown, re.DOTALL)), (
        "nothing is bought with it"
    )


def test_a_choice_its_options_and_a_price_come_and_go(cafe):
    emil = cafe.client("emil")
    new = {f"choices.+.name.{one}": f"Colour {one}" for one in LANGUAGES}
    new |= {
        f"choices.+.options.{at}.{one}": f"{name} {one}"
        for at, name in (("+", "Red"), ("+3", "Blue"))
        for one in LANGUAGES
    }
    more = new | {f"choices.size.options.+2.{one}": "XL" for one in LANGUAGES} | {"choices.size.options.s.gone": "yes"}
    found = saved(cafe, emil, "rewards/shirt/edit", **more, **{"choices.text.gone": "yes"})["rewards"]["shirt"]
    assert list(found["choices"]) == ["size", "colour_en"]
    assert list(found["choices"]["size"]["options"]) == ["m", "l", "xl"]
    assert list(found["choices"]["colour_en"]["options"]) == ["red_en", "blue_en"]
    blank = {"prices.0.points.points": "", "prices.2.points.stamps": "12"}
    found = saved(cafe, emil, "rewards/flat_white/edit", **blank)["rewards"]["flat_white"]
    assert found["prices"] == [{"points": {"stamps": 10}}, {"points": {"stamps": 12}}]


def test_prizes_are_rows_with_a_weight(cafe):
    emil = cafe.client("emil")
    before = drafts.document_of(cafe.file())["rewards"]["surprise"]["prizes"]
    rows = len(before)
    more = {"prizes.0.weight": "9", f"prizes.{rows}.reward": "flat_white", f"prizes.{rows}.weight": "4"}
    assert "flat_white" not in before
    found = saved(cafe, emil, "rewards/surprise/edit", **more)["rewards"]["surprise"]["prizes"]
    assert found == before | {next(iter(before)): 9, "flat_white": 4}
    page = told(sent(emil, cafe.at("rewards/surprise/edit"), **{f"prizes.{rows}.reward": next(iter(before))}), 422)
    assert f"prizes.{rows}.reward" in faults(page)


def test_a_voucher_is_added_and_changed(cafe):
    emil = cafe.client("emil")
    more = {
        "from": "2026-12-01T00:00", "until": "2027-01-01T00:00", "valid_days": "20", "uses": "2",
        "uses_per_member": "1", "exclusive": "yes", "group": "winter", "codes": "pool", "alarm_below": "5",
        "key": "winter-10",
    }  # fmt: skip
    made = saved(cafe, emil, "new-voucher", **TEN_OFF, **more)["vouchers"]["winter-10"]
    assert made == {
        "name": {one: f"Ten off {one}" for one in LANGUAGES}, "amount": 10, "from": "2026-12-01", "until": "2027-01-01",
        "valid_days": 20, "uses": 2, "uses_per_member": 1, "group": "winter", "exclusive": True, "codes": "pool",
        "alarm_below": 5,
    }  # fmt: skip
    answer = sent(cafe.client("mara"), cafe.at("vouchers/kinds/five_off/edit"), amount="6.50")  # in a draft of hers
    page = told(emil.get(answer.headers["Location"]))
    assert [one.strip().partition("  ")[0] for one in re.findall(r"<(?:ins|del)>([^<]*)<", page)] == [
        "amount: 5.00", "amount: 6.50",
    ]  # fmt: skip
    draft = drafts.check(store.current(), cafe.programme_id, ids.read("draft", answer.headers["Location"][-36:])).draft
    assert "# after the day it is given" in draft.source, "remarks in the file stay"


def test_a_copy_says_the_same_under_another_key(cafe):
    emil = cafe.client("emil")
    place = f"{cafe.at('new-reward')}?like=mug"
    answer = emil.post(cafe.at("new-reward"), form(emil, place) | NAMES | {"act": "save"})
    draft = ids.read("draft", answer.headers["Location"].rsplit("/", 1)[1])
    found = drafts.document_of(drafts.check(store.current(), cafe.programme_id, draft).draft.source)["rewards"]
    same = {key: one for key, one in found["kettle_en"].items() if key != "name"}
    assert same.keys() == found["mug"].keys() - {"name"} and same["prices"] == [
        {"points": {"points": 1900}}, {"points": {"points": 900}, "money": "9.00"},
    ]  # fmt: skip


def test_a_copy_has_the_choices_and_conditions_of_what_it_is_like(cafe):
    emil = cafe.client("emil")
    place = f"{cafe.at('new-reward')}?like=shirt"
    page = told(emil.get(place))
    assert f'action="{place}"' in page, "what it is like goes along"
    found = document(cafe, emil.post(place, filled(page) | NAMES | {"act": "save"}))["rewards"]
    assert found["kettle_en"]["choices"] == found["shirt"]["choices"]


class Said(aurora.Cafe):
    """The café whose file says of a voucher what would be so anyway."""

    def file(self):
        name, said = "    name: {en: Five euros off", "    codes: generated\n    uses: 1\n    exclusive: false\n"
        assert name in super().file()
        return super().file().replace(name, said + name, 1)


def test_what_is_said_though_it_is_so_anyway_stays(database):
    cafe = aurora.opened(Said)
    emil = cafe.client("emil")
    answer = sent(emil, cafe.at("vouchers/kinds/five_off/edit"), amount="6.50")
    assert answer.status_code == 303
    draft = ids.read("draft", answer.headers["Location"].rsplit("/", 1)[1])
    text = drafts.check(store.current(), cafe.programme_id, draft).draft.source
    assert text == cafe.file().replace("    amount: 5.00\n    if", "    amount: 6.50\n    if")


NEW_SIZE = "choices.size.options.+"
WRONG = [
    ("new-reward", KETTLE | {"kind": "money_off"}, "amount"),
    ("new-reward", KETTLE | {"kind": "mystery"}, "fallback"),
    ("new-reward", KETTLE | {"name.tr": ""}, "name.tr"),
    ("new-reward", KETTLE | {"terms.en": "Soon."}, "terms.bg"),
    ("new-reward", KETTLE | {"prices.0.points.points": ""}, "prices.0.points.points"),
    ("new-reward", KETTLE | {"prices.0.points.points": "many"}, "prices.0.points.points"),
    ("new-reward", KETTLE | {"prices.2.free": "yes", "prices.2.money": "1"}, "prices.2.free"),
    ("new-reward", KETTLE | {"key": "mug"}, "key"),
    ("new-reward", KETTLE | {"key": "Ñ"}, "key"),
    ("new-reward", KETTLE | {"from": "2026-12-02T00:00", "until": "2026-12-01T00:00"}, "until"),
    ("new-reward", KETTLE | {"amount": "5"}, "amount"),
    ("rewards/shirt/edit", {f"{NEW_SIZE}.key": "m", f"{NEW_SIZE}.en": "M"}, f"{NEW_SIZE}.key"),
    ("rewards/shirt/edit", {f"{NEW_SIZE}.en": "XL"}, f"{NEW_SIZE}.bg"),
    ("new-voucher", TEN_OFF | {"percent": "5"}, "amount"),
    ("new-voucher", TEN_OFF | {"amount": ""}, "amount"),
    ("new-voucher", TEN_OFF | {"alarm_below": "5"}, "alarm_below"),
    ("new-voucher", TEN_OFF | {"uses": "0"}, "uses"),
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_told_at_its_field_and_kept(cafe, language):
    emil = cafe.client("emil")
    emil.get(cafe.at("rewards"), {"language": language})
    for page, more, field in WRONG:
        text = told(sent(emil, cafe.at(page), **more), 422)
        assert field in faults(text), (page, more, faults(text))
        assert f'id="{field}"' in text
        assert all(f'value="{one}"' in text for name, one in more.items() if one and name.startswith("name."))
    assert words.say("drafts.none", language) in told(emil.get(cafe.at("drafts/")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_of_two_who_edit_a_reward_is_told_and_loses_nothing(cafe, language):
    emil, mara = cafe.client("emil"), cafe.client("mara")
    draft = drafted(cafe, emil).rsplit("/", 1)[1]
    place = cafe.at(f"rewards/mug/edit?draft={draft}")
    mara.get(cafe.at("rules/"), {"language": language})
    first, second = form(emil, place), form(mara, place)
    assert emil.post(place, first | {"act": "save", "prices.0.points.points": "1700"}).status_code == 303
    page = told(mara.post(place, second | {"act": "save", "cost": "5.50"}), 422)
    assert words.say("drafts.meanwhile", language) in page and "Emil" in page
    kept = filled(page)
    assert kept["cost"] == ["5.50"] and kept["revision"] == second["revision"]
    assert mara.post(place, kept | {"act": "save"}).status_code == 422, "once more is no yes"
    assert mara.post(place, kept | {"act": "save", "over": over(page)}).status_code == 303


def test_two_who_begin_at_once_share_a_draft(cafe):
    emil, mara = cafe.client("emil"), cafe.client("mara")
    place = cafe.at("rewards/mug/edit")
    first, second = form(emil, place), form(mara, cafe.at("vouchers/kinds/five_off/edit"))
    one = emil.post(place, first | {"act": "save", "cost": "5.50"}).headers["Location"]
    other = mara.post(cafe.at("vouchers/kinds/five_off/edit"), second | {"act": "save", "amount": "7"})
    assert other.headers["Location"] == one


@pytest.mark.parametrize("language", LANGUAGES)
def test_taking_one_out_is_asked_with_what_waits_for_it(cafe, language):
    emil = cafe.client("emil")
    emil.get(cafe.at("rewards"), {"language": language})
    hidden = {
        key: one for key, one in form(emil, cafe.at("rewards/shirt/edit")).items() if key in ("revision", "known")
    }
    hidden["token"] = ids.new()
    asked = told(emil.post(cafe.at("rewards/shirt/remove"), hidden, follow=True))
    assert (
        words.say("entries.remove_reward", language) in asked and words.say("entries.waiting_reward", language) in asked
    )
    answer = emil.post(cafe.at("rewards/shirt/remove"), hidden | {"sure": "true"})
    draft = ids.read("draft", answer.headers["Location"].rsplit("/", 1)[1])
    found = drafts.document_of(drafts.check(store.current(), cafe.programme_id, draft).draft.source)
    assert "shirt" not in found["rewards"] and "mug" in found["rewards"]
    for place in ("vouchers/kinds/five_off", "rewards/mug"):  # rules give the one, a draw the other
        page = told(emil.post(cafe.at(f"{place}/remove"), hidden), 422)
        assert words.say("entries.still_used", language, where="")[:20] in page
    hidden["token"] = ids.new()
    assert emil.post(cafe.at("vouchers/kinds/summer/remove"), hidden | {"sure": "true"}).status_code == 303


def test_a_draft_lists_its_rewards_and_vouchers_and_who_only_reads_changes_nothing(cafe):
    emil, gita = cafe.client("emil"), cafe.client("gita")
    answer = sent(emil, cafe.at("new-reward"), **KETTLE)
    draft = answer.headers["Location"]
    for page in ("rewards", "vouchers"):
        assert f'href="{draft}/{page}"' in told(emil.get(draft))
    assert "Kettle en" in told(gita.get(f"{draft}/rewards")) and "Five euros off" in told(gita.get(f"{draft}/vouchers"))
    query = f"?draft={draft.rsplit('/', 1)[1]}"
    edit = cafe.at(f"rewards/kettle_en/edit{query}")
    assert edit in told(emil.get(f"{draft}/rewards")) and edit not in told(gita.get(f"{draft}/rewards"))
    assert "Kettle bg" in told(emil.get(edit))
    assert "Kettle bg" in told(emil.get(cafe.at("rewards/kettle_en/edit"))), "it is in the draft that Emil has open"
    assert cafe.client("mara").get(cafe.at("rewards/kettle_en/edit")).status_code == 404, "it is in no version yet"
    for page in ("new-reward", "new-voucher", "rewards/mug/edit", "vouchers/kinds/five_off/edit"):
        assert gita.get(cafe.at(page)).status_code == 403
        assert gita.post(cafe.at(page)).status_code == 403
    assert cafe.at("new-reward") not in told(gita.get(cafe.at("rewards")))


def test_only_what_members_spend_is_a_price_each_by_its_name(cafe):
    emil = cafe.client("emil")
    page = told(emil.get(cafe.at("new-reward")))
    assert re.findall(r'name="prices\.0\.points\.([^"]+)"', page) == [
        code for code, one in drafts.valid(cafe.file()).units.items() if one.spendable
    ]
    assert "stamps" in page[page.index('name="prices.0.points.stamps"') :][:400].lower()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "cake.png", "https://"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_is_an_address_of_the_web(cafe, address, language):
    emil = cafe.client("emil")
    emil.get(cafe.at("rewards"), {"language": language})
    page = told(sent(emil, cafe.at("rewards/cake/edit"), image=address), 422)
    assert filled_words.tell("bad_address", "", language) in faults(page)["image"]
    assert sent(emil, cafe.at("rewards/cake/edit"), image="https://cake.example/1.png").status_code == 303
