"""Ladders of tiers and plans as forms over the draft: nothing changes but what was changed, faults at their fields."""

import re

import pytest

from guerdon.engine import drafts, sandbox
from guerdon.faces import words
from guerdon.kit import ids, store
from tests import shop
from tests.engine import plans, test_tiers
from tests.faces.console import aurora, counted
from tests.faces.console.test_drafts import drafts_of
from tests.faces.console.test_rules import told
from tests.faces.console.test_settings import fields

LANGUAGES = ("en", "bg", "tr")
NAMES = {
    "en": "Gold members earn a third more", "bg": "Златните членове печелят с една трета повече",
    "tr": "Altın üyelere üçte bir fazla",
}  # fmt: skip
GOLD = "Rule: Gold members earn a third more"
LADDER, PLAN = "ladders/status/edit", "plans/aurora-plus/edit"


@pytest.fixture
def cafe(database):
    return aurora.opened()


def named(path, text):
    return {f"{path}.{one}": f"{text} {one}" for one in LANGUAGES}


def sent(client, cafe, page, **more):
    """The form as it is, with some fields otherwise; None unticks."""
    form = fields(told(client.get(cafe.at(page)))) | more
    return client.post(cafe.at(page), {key: value for key, value in form.items() if value is not None})


def whole(cafe, answer):
    """The file of the draft that an answer leads to, and its text."""
    assert answer.status_code == 303, re.findall(r'role="alert".*?</', told(answer, 422), re.DOTALL)
    draft = ids.read("draft", answer.headers["Location"].rsplit("/", 1)[1])
    text = drafts.check(store.current(), cafe.programme_id, draft).draft.source
    return drafts.document_of(text), text


def faults(page):
    return dict(re.findall(r'<a href="#([^"]*)">([^<]*)<', page))


@pytest.mark.parametrize("page", [LADDER, PLAN])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_is_left_as_it_is_changes_nothing(cafe, page, language):
    emil = cafe.client("emil")
    emil.get(cafe.at("tiers"), {"language": language})
    assert sent(emil, cafe, page).headers["Location"] == cafe.at(page)
    assert drafts_of(emil, cafe) == set()


def test_a_tier_is_changed_and_the_remarks_of_the_others_stay(cafe):
    found, text = whole(cafe, sent(cafe.client("emil"), cafe, LADDER, **{"levels.gold.from": "120", "grace_days": ""}))
    assert found["tiers"]["status"]["levels"]["gold"]["from"] == 120
    assert "grace_days" not in found["tiers"]["status"]
    assert (
        "platinum:" in text and "# nobody earns it; people are invited" in text and "# a ladder; there may be" in text
    )


def test_a_new_tier_stands_where_its_threshold_says_under_a_key_made_of_its_name(cafe):
    new = named("levels.+.name", "Bronze") | named("levels.+.benefits.+.name", "Early bird") | {
        "levels.+.from": "60", "levels.+.benefits.+.kind": "early_access", "levels.+.benefits.+.hours": "12",
    }  # fmt: skip
    found, _ = whole(cafe, sent(cafe.client("emil"), cafe, LADDER, **new))
    levels = found["tiers"]["status"]["levels"]
    assert list(levels) == ["silver", "bronze_en", "gold", "platinum"]
    assert levels["bronze_en"]["benefits"]["early_bird_en"]["hours"] == 12 and levels["bronze_en"]["from"] == 60


def test_tiers_and_benefits_are_taken_away_but_not_what_a_rule_asks_for(cafe):
    emil = cafe.client("emil")
    new = named("levels.+.name", "Bronze") | {"levels.+.from": "60", "levels.gold.benefits.cakes.gone": "yes"}
    answer = sent(emil, cafe, LADDER, **new)
    levels = whole(cafe, answer)[0]["tiers"]["status"]["levels"]
    assert list(levels["gold"]["benefits"]) == ["first", "friend"]
    place = f"{LADDER}?draft={answer.headers['Location'].rsplit('/', 1)[1]}"
    page = told(sent(emil, cafe, place, **{"levels.platinum.gone": "yes"}), 422)
    assert GOLD in page and "Change that first" in page and "/rules/" not in page[page.index("<main") :]
    levels = whole(cafe, sent(emil, cafe, place, **{"levels.bronze_en.gone": "yes"}))[0]["tiers"]["status"]["levels"]
    assert list(levels) == ["silver", "gold", "platinum"]


def test_a_ladder_is_written_from_nothing(cafe):
    new = named("name", "Regulars") | named("levels.+.name", "Guest") | named("levels.+2.name", "Regular") | {
        "basis.way": "spend", "window": "calendar_year", "levels.+.from": "0", "levels.+2.from": "150.50",
    }  # fmt: skip
    emil = cafe.client("emil")
    page = told(emil.post(cafe.at("new-ladder"), fields(told(emil.get(cafe.at("new-ladder")))) | new | {"act": "look"}))
    assert "150.50" in page and "Guest en" in page[page.index('id="reads"') :]
    found = whole(cafe, sent(emil, cafe, "new-ladder", **new))[0]["tiers"]["regulars_en"]
    assert found["basis"] == {"spend": True} and found["window"] == "calendar_year"
    assert {key: one["from"] for key, one in found["levels"].items()} == {"guest_en": 0, "regular_en": "150.50"}


@pytest.mark.parametrize(
    ("way", "visits", "basis"),
    [
        ("visits", ["purchase", "review"], {"visits": ["purchase", "review"]}),
        ("spend", [], {"spend": True}), ("points:points", [], {"points": "points"}),
    ],
)  # fmt: skip
def test_what_a_ladder_counts_is_chosen(cafe, way, visits, basis):
    answer = sent(cafe.client("emil"), cafe, LADDER, **{"basis.way": way, "basis.visits": visits})
    assert whole(cafe, answer)[0]["tiers"]["status"]["basis"] == basis


def test_one_more_blank_tier_is_there_after_the_button_and_nothing_typed_is_lost(cafe):
    emil = cafe.client("emil")
    page = told(sent(emil, cafe, LADDER, **{"act": "add levels", "levels.gold.from": "121"}))
    assert 'name="levels.+2.from"' in page and 'value="121"' in page and 'name="blanks.levels" value="2"' in page
    page = told(sent(emil, cafe, LADDER, **{"act": "add levels.gold.benefits"}))
    assert 'name="levels.gold.benefits.+2.kind"' in page and 'name="levels.silver.benefits.+2.kind"' not in page


def test_a_plan_is_changed_in_every_field(cafe):
    more = {
        "price.EUR": "35", "price.USD": "40.50", "period.way": "months", "period.count": "6", "renews": "once",
        "trial_days": "7", "ask_days": "5", "grace_days": "3", "refund_days": "10", "pause_days_max": "0", "rank": "2",
        "joint": None, "benefits.coffee.percent": "7.5", "benefits.delivery.gone": "yes",
    }  # fmt: skip
    found = whole(cafe, sent(cafe.client("emil"), cafe, PLAN, **more))[0]["plans"]["aurora-plus"]
    assert {key: found.get(key) for key in found if key not in ("name", "benefits")} == {
        "prices": {"EUR": 35, "USD": "40.50"}, "period": {"months": 6}, "renews": False, "trial_days": 7,
        "ask_days": 5, "grace_days": 3, "pause_days_max": 0, "refund_days": 10, "rank": 2,
    }  # fmt: skip
    assert list(found["benefits"]) == ["coffee"] and found["benefits"]["coffee"]["percent"] == "7.5"


def test_a_plan_is_written_from_nothing_and_for_ever(cafe):
    new = named("name", "Patron") | {"price.EUR": "500", "period.way": "lifetime", "key": "patron"}
    found = whole(cafe, sent(cafe.client("emil"), cafe, "new-plan", **new))[0]["plans"]
    assert list(found) == ["aurora-plus", "patron"]
    assert {one: found["patron"][one] for one in ("prices", "period")} == {
        "prices": {"EUR": 500}, "period": {"lifetime": True},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("page", "more", "name", "words"),
    [
        (LADDER, {"levels.gold.from": "30"}, "levels.gold.from", "повече от предишното"),
        (LADDER, {"levels.gold.from": "1,000"}, "levels.gold.from", "1000"),
        (LADDER, {"levels.gold.name.bg": ""}, "levels.gold.name.bg", "Дайте име"),
        (LADDER, {"levels.gold.benefits.cakes.percent": "200"}, "levels.gold.benefits.cakes.percent", "голямо"),
        (LADDER, {"levels.gold.benefits.cakes.hours": "2"}, "levels.gold.benefits.cakes.hours", "число"),
        (LADDER, {"levels.+.key": "gold", "levels.+.from": "200"}, "levels.+.key", "вече има това кратко име"),
        (LADDER, {"levels.platinum.from": "300"}, "levels.platinum.from", "покана"),
        (LADDER, {"grace_days": "soon"}, "grace_days", "число"),
        (PLAN, {"price.EUR": "29.005"}, "price.EUR", "хилядите"),
        (PLAN, {"price.EUR": ""}, "price.EUR", "попълнете"),
        (PLAN, {"period.count": "0"}, "period.count", "малко"),
        (PLAN, {"period.count": ""}, "period.count", "попълнете"),
        (LADDER, {"levels.gold.benefits.cakes.percent": ""}, "levels.gold.benefits.cakes.percent", "своето число"),
        (LADDER, named("levels.gold.benefits.+.name", "Off") | {"levels.gold.benefits.+.kind": "percent_off"},
         "levels.gold.benefits.+.percent", "своето число"),
        (PLAN, {"period.way": "lifetime", "period.count": "3"}, "period.count", "Безсрочното"),
        (PLAN, {"benefits.+.kind": "other"}, "benefits.+.name.en", "Дайте име"),
        ("new-plan", {"key": "aurora-plus"}, "key", "вече има това кратко име"),
        ("new-plan", {"key": "Ñ", "price.EUR": "1", "period.count": "1"} | named("name", "N"), "key", "малки латински"),
    ],
)  # fmt: skip
def test_faults_are_told_at_their_field_in_the_language_of_the_reader(cafe, page, more, name, words):
    emil = cafe.client("emil")
    emil.get(cafe.at("tiers"), {"language": "bg"})
    answer = told(sent(emil, cafe, page, **more), 422)
    assert words in faults(answer).get(name, ""), faults(answer)
    assert "No drafts yet" in told(emil.get(cafe.at("drafts/"), {"language": "en"}))


def test_who_would_move_is_seen_from_the_form_and_nothing_is_saved(cafe):
    emil = cafe.client("emil")
    page = told(sent(emil, cafe, LADDER, act="preview", **{"levels.silver.from": "39"}))
    assert 'id="moves"' in page and 'value="39"' in page
    assert "No drafts yet" in told(emil.get(cafe.at("drafts/")))


def test_what_something_else_asks_for_is_not_taken_out(cafe):
    emil = cafe.client("emil")
    new = named("name", "Regulars") | named("levels.+.name", "Guest") | {"levels.+.from": "5", "basis.way": "spend"}
    draft = sent(emil, cafe, "new-ladder", **new).headers["Location"].rsplit("/", 1)[1]
    form = fields(told(emil.get(cafe.at(f"{LADDER}?draft={draft}"))))
    page = told(emil.post(cafe.at("ladders/status/remove"), form), 422)
    assert "still asks for it" in page and GOLD in page
    assert emil.post(cafe.at("ladders/nothing/remove")).status_code == 404
    assert emil.get(cafe.at("plans/nothing/edit")).status_code == 404


@pytest.mark.parametrize("page", ["ladders/status/remove", "plans/aurora-plus/remove"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_only_ladder_and_the_only_plan_are_not_taken_out_while_a_rule_asks_for_them(cafe, page, language):
    emil = cafe.client("emil")
    emil.get(cafe.at("tiers"), {"language": language})
    answer = told(emil.post(cafe.at(page), {"sure": "true"}), 422)
    where = [words.say("rules.writing", language, name=NAMES[language])]
    where += [words.say("settings.part_support", language)] if page.startswith("ladders") else []
    for one in (words.say("entries.still_used", language, where="")[:20], *where):
        assert one in answer
    assert words.say("entries.unread", language) not in answer, "what is there reads"
    assert drafts_of(emil, cafe) == set()


def test_a_plan_that_nothing_asks_for_is_taken_out_in_the_same_draft(cafe):
    emil = cafe.client("emil")
    new = named("name", "Patron") | {"price.EUR": "500", "period.way": "lifetime", "key": "patron"}
    draft = sent(emil, cafe, "new-plan", **new).headers["Location"].rsplit("/", 1)[1]
    listed = told(emil.get(cafe.at(f"drafts/{draft}/plans")))
    assert f"plans/patron/edit?draft={draft}" in listed
    form = fields(told(emil.get(cafe.at(f"plans/patron/edit?draft={draft}"))))
    asked = told(emil.post(cafe.at("plans/patron/remove"), form, follow=True))
    assert words.say("entries.remove_plan", "en") in asked
    answer = emil.post(cafe.at("plans/patron/remove"), form | {"sure": "true"})
    assert list(whole(cafe, answer)[0]["plans"]) == ["aurora-plus"]
    assert "Aurora Circle" in told(emil.get(cafe.at(f"drafts/{draft}/tiers")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_one_is_taken_out_it_is_told_how_many_had_it_last_night(database, language):
    rules = {"base": test_tiers.RULES["base"]}  # no rule asks for a tier
    parts = {"rules": rules, "tiers": test_tiers.ladder(), "plans": {"plus": plans.PLUS}}
    cafe = counted.Cafe(parts, sandbox=True)
    cafe.enrol("ann", "ben", "cleo")
    for name in ("ann", "ben"):
        cafe.buy(name, 100_000, "2026-05-02")
    plans.join(cafe, "ann", "plus", "2026-05-02", reference="paid")
    last, real = shop.moment("2026-05-10T04:00"), shop.moment("2026-05-03")
    sandbox.move(programme_id=cafe.programme_id, to=last, days=0, real=real)
    shop.count(cafe, at="2026-05-10T04:00")
    owner = cafe.client("owner")
    owner.get(cafe.at("tiers"), {"language": language})
    for page, noun, many in (("ladders/status", "ladder", "2"), ("plans/plus", "plan", "1")):
        form = fields(told(owner.get(cafe.at(f"{page}/edit"))))
        asked = told(owner.post(cafe.at(f"{page}/remove"), form, follow=True))
        fact = re.escape(words.say(f"entries.waiting_{noun}", language)) + r"</dt>\s*<dd[^>]*>" + many
        assert re.search(fact, asked), page
        assert words.say(f"entries.remove_{noun}", language) in asked


@pytest.mark.parametrize(
    ("page", "field"), [("rewards/shirt", "cost"), ("vouchers/kinds/summer", "valid_days"), ("plans/patron", "rank")]
)
def test_the_second_of_two_is_told_before_one_is_taken_out_and_begins_again_at_its_form(cafe, page, field):
    emil, mara = cafe.client("emil"), cafe.client("mara")
    new = named("name", "Patron") | {"price.EUR": "500", "period.way": "lifetime", "key": "patron"}
    draft = sent(emil, cafe, "new-plan", **new).headers["Location"].rsplit("/", 1)[1]
    place = f"{page}/edit?draft={draft}"
    form = fields(told(mara.get(cafe.at(place))))
    assert sent(emil, cafe, place, **{field: "3"}).status_code == 303
    answer = told(mara.post(cafe.at(f"{page}/remove"), form | {"sure": "true"}), 422)
    assert words.say("drafts.meanwhile", "en") in answer and "Emil" in answer
    assert f'href="{cafe.at(place)}"' in answer and f'action="{cafe.at(page)}/edit"' in answer
    form = fields(told(mara.get(cafe.at(place))))
    assert mara.post(cafe.at(f"{page}/remove"), form | {"sure": "true"}).status_code == 303


def test_the_second_of_two_who_edit_a_ladder_is_told_and_loses_nothing(cafe):
    emil, mara = cafe.client("emil"), cafe.client("mara")
    draft = sent(emil, cafe, LADDER, grace_days="5").headers["Location"].rsplit("/", 1)[1]
    place = f"{LADDER}?draft={draft}"
    second = fields(told(mara.get(cafe.at(place))))
    assert sent(emil, cafe, place, grace_days="6").status_code == 303
    page = told(mara.post(cafe.at(place), second | {"grace_days": "8"}), 422)
    assert 'name="over"' in page and "Emil" in page and 'value="8"' in page
    over = re.search(r'name="over" value="(\d+)"', page).group(1)
    answer = mara.post(cafe.at(place), second | {"grace_days": "8", "over": over})
    assert whole(cafe, answer)[0]["tiers"]["status"]["grace_days"] == 8


def test_who_may_not_write_sees_no_way_to_it(cafe):
    gita = cafe.client("gita")
    for page in ("tiers", "plans"):
        assert "/edit" not in told(gita.get(cafe.at(page)))
    for page in (LADDER, PLAN, "new-ladder", "new-plan"):
        assert gita.get(cafe.at(page)).status_code == 403
        assert gita.post(cafe.at(page)).status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_told_with_the_tier_the_benefit_and_the_field(cafe, language):
    emil = cafe.client("emil")
    emil.get(cafe.at("tiers"), {"language": language})
    level = drafts.document_of(cafe.file())["tiers"]["status"]["levels"]["gold"]
    names = [level["name"][language], level["benefits"]["cakes"]["name"][language]]
    more = {"levels.gold.benefits.cakes.percent": "150", "levels.gold.from": "x"}
    found = faults(told(sent(emil, cafe, LADDER, **more), 422))
    label = words.say("entry_fields.benefit_percent", language)
    assert found["levels.gold.benefits.cakes.percent"].startswith(", ".join([*names, label]) + ": ")
    assert list(found) == ["levels.gold.from", "levels.gold.benefits.cakes.percent"], "in the order of the page"
    assert found["levels.gold.from"].startswith(names[0])


def test_a_new_ladder_asks_for_what_stands_in_what_is_counted(cafe):
    page = told(cafe.client("emil").get(cafe.at("new-ladder")))
    chosen = re.search(r'name="basis.way".*?<option value="([^"]+)"', page, re.DOTALL).group(1)
    threshold = page[page.index('name="levels.+.from"') :][:600]
    assert chosen.startswith("points:") and "EUR" not in threshold, threshold
