"""A programme under headings: members are told what they need, managers everything, in each language."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from msgspec import structs

import guerdon
from guerdon.core import sentences
from guerdon.core.period import Period
from guerdon.core.sentences import summaries
from guerdon.features.programmes import forms
from tests import strategies

AURORA = forms.load((Path(guerdon.__file__).parent / "demo" / "aurora.yaml").read_bytes())


def told(programme, language="en", audience="member"):
    return {one.topic: one for one in sentences.summary(programme, language, audience=audience)}


@pytest.mark.parametrize("language", sentences.LANGUAGES)
def test_every_topic_of_the_demo_has_its_heading(language):
    found = told(AURORA, language)
    assert set(found) == set(summaries.HEADINGS["en"]) == set(summaries.HEADINGS[language])
    assert [one.of for one in found["earning"].paragraphs] == [rule.key for rule in AURORA.rules]


def test_members_are_told_nothing_of_budgets():
    text = {who: str(told(AURORA, audience=who)) for who in ("member", "manager")}
    assert "in total for all members" not in text["member"]
    (party,) = [rule for rule in AURORA.rules if rule.key == "night_of_coffee"]
    sentence = {
        who: next(one.sentence for one in told(AURORA, audience=who)["earning"].paragraphs if one.of == party.key)
        for who in text
    }
    assert len(sentence["member"]) < len(sentence["manager"])
    assert "second person" in text["manager"] and "second person" not in text["member"]


INSIDE = {
    "en": ("costs the programme", "members together", "debt of at most", "pieces are counted", "codes are left"),
    "bg": ("струва на програмата", "Всички членове заедно", "дълг", "бройките", "останат"),
    "tr": ("programa", "Tüm üyeler birlikte", "borç en fazla", "adetleri", "kalınca haber"),
}


@pytest.mark.parametrize("language", INSIDE)
def test_members_are_told_no_costs_no_stock_no_debt_and_no_alarms(language):
    whole = " ".join(sentences.programme(AURORA, language))
    member = str(told(AURORA, language))
    assert [text for text in INSIDE[language] if text not in whole] == []
    assert [text for text in INSIDE[language] if text in member] == []


def test_members_are_told_by_name_which_vouchers_do_not_go_together():
    other = structs.replace(AURORA.vouchers["summer"], group="welcome")
    whole = structs.replace(AURORA, vouchers={**AURORA.vouchers, "summer": other})
    texts = {
        who: [one.sentence for one in told(whole, audience=who)["rewards"].paragraphs if one.of == "five_off"]
        for who in ("member", "manager")
    }
    assert "not with “Free delivery in summer”" in texts["member"][0]
    assert "only one of the group “welcome”" in texts["manager"][0]


def test_what_is_over_can_be_left_out():
    now = datetime(2030, 1, 1, tzinfo=UTC)
    kept = summaries.current(AURORA, Period(now))
    assert {rule.key for rule in AURORA.rules} - {rule.key for rule in kept.rules} == {
        rule.key for rule in AURORA.rules if rule.during.until is not None and rule.during.until <= now
    }


@given(strategies.programmes())
def test_any_programme_is_told_in_whole_sentences(programme):
    for language in sentences.LANGUAGES:
        for audience in ("member", "manager"):
            for section in sentences.summary(programme, language, audience=audience):
                assert section.paragraphs
                assert all(one.sentence.endswith(".") for one in section.paragraphs)
