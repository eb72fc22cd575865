"""What does not fit its type is told in plain words, in the reader's language, with its place."""

import msgspec
import pytest

from guerdon.core.activities import Activity
from guerdon.core.conditions import All, Any, BirthdayMonth, Is, Not
from guerdon.core.ledger import INSUFFICIENT_POINTS
from guerdon.core.members import Person
from guerdon.core.programme import Programme, Unit
from guerdon.core.redemptions import NOT_ELIGIBLE
from guerdon.core.rewards import Reward
from guerdon.faces import refusals, web
from guerdon.faces.api.adjustments import NewAdjustment
from guerdon.faces.refusals import values

WHOLE = {
    "kind": "purchase",
    "source": "till",
    "external_id": "1",
    "occurred_at": "2026-06-05T10:00:00+03:00",
    "member": {"external_id": "ann"},
}


def misfit(kind, told):
    body = msgspec.json.encode(told)
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.json.decode(body, type=kind)
    return web.misfit(caught.value, body=body, kind=kind)


CASES = [
    (Activity, WHOLE | {"amount": 12.5}, "/amount", "send whole minor units: 1250 for 12.50"),
    (Activity, WHOLE | {"lines": [{"amount": "12.50"}]}, "/lines/0/amount", "send whole minor units: 1250 for 12.50"),
    (Activity, WHOLE | {"lines": [{"amount": 1, "quantity": 1.5}]}, "/lines/0/quantity", "send a whole number"),
    (Activity, WHOLE | {"lines": [{"quantity": 1}]}, "/lines/0/amount", "it is missing"),
    (Activity, WHOLE | {"store": 7}, "/store", "send a text"),
    (Activity, WHOLE | {"lines": {}}, "/lines", "send a list"),
    (Activity, WHOLE | {"member": "ann"}, "/member", "send an object"),
    (Activity, WHOLE | {"facts": {"a": 1.5}}, "/facts", "send true or false or a whole number or a text"),
    (Activity, WHOLE | {"occurred_at": "5.6.2026"}, "/occurred_at",
     "send a time with its zone like 2026-06-05T10:00:00+03:00"),
    (Activity, WHOLE | {"occurred_at": "2026-02-30T10:00:00Z"}, "/occurred_at", "the day 2026-02-30 does not exist"),
    (Person, {"birthday": "1990-02-30"}, "/birthday", "the day 1990-02-30 does not exist"),
    (Person, {"birthday": "12.4.1990"}, "/birthday", "send a day like 1990-04-12"),
    (Person, [], "", "send an object"),
    (NewAdjustment, {"member": {}, "unit": "points", "points": 1, "external_id": "a", "reason": ""}, "/reason",
     "send a text of length 1 or more"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "told", "pointer", "words"), CASES)
def test_a_misfit_says_what_is_expected(kind, told, pointer, words):
    problem = web.problem(misfit(kind, told))
    assert [(fault.pointer, fault.message) for fault in problem.errors] == [(pointer, words)]
    assert words in problem.detail


@pytest.mark.parametrize("language", refusals.LANGUAGES)
@pytest.mark.parametrize(("kind", "told"), [case[:2] for case in CASES])
def test_no_words_of_the_machine_in_any_language(kind, told, language):
    detail = web.problem(misfit(kind, told), language=language).detail
    assert not [word for word in ("`", "null", "Expected", "RFC", "type:", "{") if word in detail]
    if language != "en":
        assert detail != web.problem(misfit(kind, told)).detail


def test_all_missing_fields_are_told_at_once():
    problem = web.problem(misfit(Activity, {"kind": "visit", "member": {"external_id": "ann"}}))
    assert [fault.pointer for fault in problem.errors] == ["/source", "/external_id", "/occurred_at"]
    assert {fault.reason for fault in problem.errors} == {"missing"}
    assert "source, external_id, occurred_at" in problem.detail


def test_an_unknown_parameter_is_named():
    problem = web.problem(web.misfit(msgspec.ValidationError("Object contains unknown field `sort`"), query=True))
    assert [fault.pointer for fault in problem.errors] == ["?sort"]


@pytest.mark.parametrize("words", [values.HINTS, values.TYPES, values.BOUNDS])
def test_every_language_has_all_the_words(words):
    assert {frozenset(words[language]) for language in refusals.LANGUAGES} == {frozenset(words["en"])}
    assert set(words) == set(refusals.LANGUAGES)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("bg;q=0.1, tr", "tr"),
        ("bg;q=0.9, tr;q=0.91", "tr"),
        ("tr;q=0.5, bg;q=0.5", "tr"),
        ("de, bg-BG;q=0.3, en;q=0.2", "bg"),
        ("bg;q=0, tr;q=0", "en"),
        ("tr; q = 0.7, en;Q=0.8", "en"),
        ("bg;q=x, tr;q=0.1", "tr"),
        ("fr, *", "en"),
        ("", "en"),
    ],
)
def test_the_language_liked_best_is_spoken(accepted, language):
    assert refusals.preferred(accepted) == language


UNITS = {
    "points": Unit("points", "redeemable", {"en": "points", "bg": "точки", "tr": "puan"}),
    "miles": Unit("miles", "redeemable", {"en": "miles", "tr": "mil"}, scale=2),
}
OLD = Not(Any((Is("tier", frozenset({"gold"})), BirthdayMonth())))
REWARDS = {
    "mug": Reward(
        "mug", {"en": "The “blue” mug", "bg": "Синята чаша", "tr": "Mavi kupa"}, "merchandise", (),
        condition=All((Is("segment", frozenset({"vip"})), OLD)),
    )
}  # fmt: skip
CAFE = Programme("cafe", {"en": "Café"}, "UTC", "EUR", ("en",), UNITS, (), rewards=REWARDS)


def test_a_refusal_calls_a_unit_by_its_name():
    refusal = INSUFFICIENT_POINTS(unit="points", asked=1_000_000, available=5)
    told = {language: web.problem(refusal, language=language, programme=CAFE).detail for language in refusals.LANGUAGES}
    assert told["bg"].startswith("Поискани са 1000000 точки, ")
    assert told["tr"].startswith("1000000 puan istendi, ")
    assert web.problem(refusal, language="tr", programme=CAFE).facts["unit"] == "points", "programs get the key"
    assert "1000000 points istendi" in web.problem(refusal, language="tr").detail
    weighed = web.problem(INSUFFICIENT_POINTS(unit="miles", asked=150, available=25), language="tr", programme=CAFE)
    assert weighed.detail.startswith("1,50 mil istendi, ama şu anda yalnızca 0,25 ")


NOT_ELIGIBLE_IN = {
    "en": "The reward “The ‘blue’ mug” asks for something that does not hold: the member is in the segment vip."
    " The catalogue says for whom it is.",
    "bg": "Наградата „Синята чаша“ има условие, което не е изпълнено: членът е в сегмент vip."
    " Каталогът казва за кого е.",
    "tr": "“Mavi kupa” ödülünün sağlanmayan bir koşulu var: üye vip segmentinde ise."
    " Kimin için olduğunu katalog söyler.",
}


def test_a_reward_that_is_not_for_a_member_says_for_whom_it_is():
    refusal = NOT_ELIGIBLE(reward="mug", condition="segment", pointer="/rewards/mug/if/0/segment")
    for language, told in NOT_ELIGIBLE_IN.items():
        problem = web.problem(refusal, language=language, programme=CAFE)
        assert problem.detail == told
        assert problem.facts["condition"] == "segment" and problem.facts["reward"] == "mug", "programs get the keys"
    whole = NOT_ELIGIBLE(reward="mug", condition="not", pointer="/rewards/mug/if/1/not")
    assert "the member's tier is not gold and it is not the member's birthday month" in (
        web.problem(whole, programme=CAFE).detail
    )


@pytest.mark.parametrize(
    ("reward", "pointer"),
    [
        ("mug", "/rewards/mug/if/2/tier"), ("mug", "/rewards/mug/if/0/tier"), ("mug", "/rewards/mug/if/x"),
        ("mug", "/rewards/mug/if/1/not/tier"), ("mug", "/rewards/cup/if/0/segment"), ("mug", ""), ("mug", None),
        ("cup", "/rewards/cup/if/0/segment"),
    ],
)  # fmt: skip
def test_a_condition_of_another_version_is_told_by_its_word(reward, pointer):
    told = web.problem(NOT_ELIGIBLE(reward=reward, condition="tier", pointer=pointer), programme=CAFE).detail
    assert "does not hold: tier." in told


def test_without_a_programme_keys_are_told():
    told = web.problem(NOT_ELIGIBLE(reward="mug", condition="segment", pointer="/rewards/mug/if/0/segment")).detail
    assert told.startswith("The reward “mug” asks for something that does not hold: segment.")
