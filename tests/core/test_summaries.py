"""A programme under headings: members are told what they need, managers everything, in each language."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from msgspec import structs

import guerdon
from guerdon.core import sentences
from guerdon.core.conditions import Fact
from guerdon.core.period import Period
from guerdon.core.sentences import clauses, summaries
from guerdon.core.sentences.clauses import Speaker
from guerdon.features.programmes import forms
from tests import strategies
from tests.core.test_told_sentences import read

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


def test_of_what_staff_gives_away_only_managers_are_told():
    thanks = structs.replace(AURORA.units["points"], code="thanks", kind="allowance")
    giving = structs.replace(AURORA, units=AURORA.units | {"thanks": thanks})
    found = {who: {one.of for one in told(giving, audience=who)["expiry"].paragraphs} for who in ("member", "manager")}
    assert "points" in found["member"] and found["manager"] >= found["member"] | {"thanks"}
    assert "thanks" not in found["member"]


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


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("the channel app or website", "not paid with a voucher", "they were stars", "it is not “anonymous”",
                "its “topic” is cakes or coffee", "through the channel parcel,", "at partner Ivanovi’s bakery")),
        ("bg", ("през канал приложение или сайт", "не е платено с ваучер", "това са били звезди", "не е „анонимно“",
                "„тема“ на действието е сладкиши или кафе", "колетна пратка", "при партньор пекарна „Иванови“")),
        ("tr", ("kanal uygulama veya web sitesi ise", "ödeme kupon ile yapılmamışsa", "dönüştürülen yıldız ise",
                "“anonim” değilse", "“konu” bilgisi pastalar veya kahve ise", "kanal kargo", "Ivanovi fırını")),
    ],
)  # fmt: skip
def test_the_demo_is_told_without_the_words_of_its_file(language, said):
    text = " ".join([one.sentence for one in told(AURORA, language)["earning"].paragraphs])
    assert [one for one in said if one not in text] == []
    assert [one for one in ("bakery-ivanovi", "“unit”", "„unit“", "paid with voucher") if one in text] == []


def test_what_is_paid_with_and_is_a_yes_or_a_number_is_told_as_such():
    speaker = Speaker(sentences.tongue("en"), AURORA)
    assert speaker.words("tender", {"cash", "meal_ticket"}) == ["cash", "meal_ticket"]
    yes, one = (clauses.told(Fact("score", any_of=frozenset({told})), speaker) for told in (True, 1))
    assert [clauses.text(each, speaker) for each in (yes, one)] == ["it is “score”", "its “score” is 1"]


def limits(whole, audience):
    return [one.sentence for one in told(whole, audience=audience)["limits"].paragraphs]


def test_what_is_good_to_know():
    """Returns and reminders for everybody; who approves what, reasons and reviews for managers."""
    plain = read({})
    returns = "Points of a return that are already spent are owed, and repaid by the next ones."
    assert limits(plain, "member") == [returns]
    assert limits(plain, "manager") == [returns, "Changes are published without a second person."]
    whole = read(
        {
            "returns": "only_pending", "reinstate": {"grace_days": 3}, "review": "required", "remind_days": [7],
            "units": {"points": {"expires": {"rolling": {"days": 9}}}},
            "adjustments": {"reasons": {"a": {"name": {"en": "Goodwill"}}}, "approve_above": {"points": 50}},
        }
    )  # fmt: skip
    both = [
        "A return takes back only points that are still pending.",
        "Points of a cancelled burn that have expired meanwhile live 3 days more.",
        "Members are reminded 7 days before points expire.",
    ]
    assert limits(whole, "member") == both
    assert limits(whole, "manager") == [
        *both,
        "Points given or taken by hand need one of these reasons: Goodwill.",
        "More than 50 points by hand for one member in a day, given or taken, need a second person.",
        "Changes are approved by a second person before they are published.",
    ]


def test_managers_read_how_amounts_are_counted():
    texts = {
        who: [one.sentence for one in told(read({}), audience=who)["earning"].paragraphs]
        for who in ("member", "manager")
    }
    assert texts["member"] == ["When a member makes a purchase, give 1 point for every 1.00 EUR spent."]
    assert texts["manager"] == [
        *texts["member"], "The points of an order are rounded down once, at the end.",
        "Several multipliers multiply each other.", "What is paid with a gift card or points earns nothing.",
    ]  # fmt: skip


NINE, TEN = datetime(2026, 1, 9, tzinfo=UTC), datetime(2026, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "window", "kept"),
    [
        (Period(), Period(NINE, TEN), True), (Period(), Period(), True), (Period(NINE, TEN), Period(), True),
        (Period(until=NINE), Period(NINE), False), (Period(until=TEN), Period(NINE), True),
        (Period(TEN), Period(until=TEN), False), (Period(NINE), Period(until=TEN), True),
        (Period(NINE), Period(TEN), True), (Period(until=TEN), Period(until=NINE), True),
    ],
)  # fmt: skip
def test_which_rules_are_in_force_within_a_window(rule, window, kept):
    whole = read({})
    whole = structs.replace(whole, rules=(structs.replace(whole.rules[0], during=rule),))
    assert bool(summaries.current(whole, window).rules) is kept
