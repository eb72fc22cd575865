"""Numbers in forms of the console: what two people would read in two ways is told at its field, and is not saved."""

import re

import pytest

from guerdon.faces import words
from guerdon.kit import ids
from tests.faces.console import aurora, counter, test_rules, test_settings
from tests.faces.console.test_rules import told

ASKS = {"en": "Is it {} or ", "bg": "{} ли е или ", "tr": "{} mı, "}


@pytest.fixture
def cafe(database):
    return aurora.opened()


def rule(cafe, key, language, **filled):
    """A rule's form with something else filled in, and what came of saving it."""
    emil = cafe.client("emil")
    place = cafe.at(f"rules/{key}/edit")
    sent = test_rules.fields(emil.get(place, {"language": language}).content.decode())
    sent |= {name.replace("__", "."): [text] for name, text in filled.items()}
    return emil, emil.post(place, sent | {"act": "save"})


def refused(cafe, page, language, field, thousand):
    assert ASKS[language].format(thousand) in page, page[page.find("<main") :][:3000]
    if field:
        assert f'href="#{field}"' in page
    assert words.say("drafts.none", "en") in told(cafe.client("emil").get(cafe.at("drafts/")))


@pytest.mark.parametrize("language", ("en", "bg", "tr"))
@pytest.mark.parametrize("text", ("1,000", "1.000"))
@pytest.mark.parametrize(
    ("key", "name", "field"),
    [("base", "then__0__give", "then.0"), ("base", "caps__day", "caps.day"), ("base", "budget", "budget"),
     ("base", "then__0__per", "then.0")],
)  # fmt: skip
def test_a_rule_takes_no_thousand_for_one(cafe, key, name, field, text, language):
    _, answer = rule(cafe, key, language, **{name: text})
    refused(cafe, told(answer, 422), language, field, "1000")


@pytest.mark.parametrize("language", ("en", "bg", "tr"))
def test_a_factor_has_the_decimals_that_the_readers_language_writes(cafe, language):
    ours, theirs = ("1.125", "1,125") if language == "en" else ("1,125", "1.125")
    _, answer = rule(cafe, "weekend", language, then__0__by=theirs)
    refused(cafe, told(answer, 422), language, "then.0", "1125")
    emil, answer = rule(cafe, "weekend", language, then__0__by=ours)
    assert answer.status_code == 303
    where = answer.headers["Location"]
    assert "multiply: {unit: points, by: 1.125}" in re.sub("[\"']", "", told(emil.get(where)))
    again = cafe.at(f"rules/weekend/edit?draft={where.rsplit('/', 1)[1]}")
    page = told(emil.get(again))
    assert test_rules.fields(page)["then.0.by"] == [ours]  # and left as it is, it is understood
    assert emil.post(again, test_rules.fields(page) | {"act": "save"}).status_code == 303


@pytest.mark.parametrize("language", ("en", "bg", "tr"))
def test_a_condition_takes_no_thousand_for_one(cafe, language):
    emil, place = cafe.client("emil"), cafe.at("rules/base/edit")
    sent = test_rules.fields(emil.get(place, {"language": language}).content.decode())
    sent = test_rules.fields(emil.post(place, sent | {"if.new": ["basket"], "act": "add if"}).content.decode())
    at = next(name.rpartition(".")[0] for name in sent if name.endswith(".amount_min"))
    page = told(emil.post(place, sent | {f"{at}.amount_min": ["1,000"], "act": "save"}), 422)
    refused(cafe, page, language, at, "1000")
    answer = emil.post(place, sent | {f"{at}.amount_min": ["1 000,50"], "act": "save"})
    assert answer.status_code == 303
    assert "amount_min: 1000.50" in re.sub("[\"']", "", told(emil.get(answer.headers["Location"])))


@pytest.mark.parametrize("language", ("en", "bg", "tr"))
def test_a_setting_takes_no_thousand_for_one(cafe, language):
    emil, place = cafe.client("emil"), cafe.at("settings/unit-points")
    sent = test_settings.fields(told(emil.get(place, {"language": language})))
    for text in ("1,000", "1.000"):
        refused(cafe, told(emil.post(place, sent | {"caps.day": text}), 422), language, "caps.day", "1000")
    answer = emil.post(place, sent | {"caps.day": "1 000"})
    assert answer.status_code == 303 and "day: 1000" in told(emil.get(answer.headers["Location"]))


@pytest.mark.parametrize("language", ("en", "bg", "tr"))
def test_a_rate_has_the_decimals_that_the_readers_language_writes(cafe, language):
    emil, place = cafe.client("emil"), cafe.at("finance/rates")
    emil.get(place, {"language": language})
    ours, theirs = ("1.083", "1,083") if language == "en" else ("1,083", "1.083")
    sent = {"currency": "usd", "day": "2026-01-05"}
    page = told(emil.post(place, sent | {"token": ids.new(), "rate": theirs}), 422)
    assert ASKS[language].format("1083") in page and 'id="rate-fault"' in page
    assert emil.post(place, sent | {"token": ids.new(), "rate": ours}).status_code == 303
    assert f"= {ours} USD" in told(emil.get(place))


@pytest.mark.parametrize("language", ("en", "bg", "tr"))
def test_a_threshold_takes_no_thousand_for_one(database, language):
    cafe = counter.opened()
    manager = cafe.staffed("manager")
    page = told(manager.get(cafe.desk("tiers"), {"language": language}))
    fields = dict(re.findall(r'name="(threshold\.\w+)" value="([^"]+)"', page))
    name = next(iter(fields))
    page = told(manager.post(cafe.desk("tiers/preview"), fields | {name: "1,000"}), 422)
    assert ASKS[language].format("1000") in page and f'id="{name}-fault"' in page


@pytest.mark.parametrize("language", ("en", "bg", "tr"))
def test_a_segment_takes_no_thousand_for_one(cafe, language):
    emil, place = cafe.client("emil"), cafe.at("segments/new")
    emil.get(place, {"language": language})
    form = {"0.of": "all", "0.0.word": "balance", "0.0.unit": "points", "0.0.op": "min", "act": "preview"}
    page = told(emil.post(place, form | {"0.0.value": "1,000"}), 422)
    assert ASKS[language].format("1000") in page
    assert emil.post(place, form | {"0.0.value": "1 000"}).status_code == 200
