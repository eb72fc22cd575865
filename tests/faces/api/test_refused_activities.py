"""What an activity is refused for, told in place and in words, and nothing written of it."""

import pytest

from guerdon.core import limits
from tests.faces.api.test_activities import count, purchase


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"kind": "juggling"}, 422, "activity_kind_unknown"),
        ({"kind": "burn"}, 422, "activity_kind_unknown"),
        ({"occurred_at": "2062-01-05T10:00:00Z"}, 422, "activity_in_future"),
        ({"occurred_at": "2024-01-05T10:00:00Z"}, 422, "activity_before_programme"),
        ({"occurred_at": "2026-01-05T10:00:00"}, 422, "activity_invalid"),
        ({"occurred_at": "yesterday"}, 422, "value_refused"),
        ({"occurred_at": "9999-12-31T23:59:59Z"}, 422, "activity_invalid"),
        ({"occurred_at": "9998-12-31T23:59:59Z"}, 422, "activity_invalid"),
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, 422, "activity_before_programme"),
        ({"currency": "XXX"}, 422, "currency_unknown"),
        ({"currency": "USD"}, 422, "currency_unknown"),
        ({"member": {}}, 422, "activity_invalid"),
        ({"member": {"card": "1", "email": "a@b.cd"}}, 422, "activity_invalid"),
        ({"member": {"email": "nobody"}}, 422, "identifier_invalid"),
        ({"member": {"id": "mem_1"}}, 422, "id_malformed"),
        ({"member": {"id": "mem_" + "0" * 32}}, 404, "member_unknown"),
        ({"lines": [{"amount": -1}]}, 422, "activity_invalid"),
        ({"lines": [{"amount": 1, "discount": 2}]}, 422, "activity_invalid"),
        ({"lines": [{"amount": 10**14}]}, 422, "activity_invalid"),
        ({"lines": [{"amount": 10**13}, {"amount": 1}]}, 422, "activity_invalid"),
        ({"lines": [{"amount": 1.5}]}, 422, "value_refused"),
        ({"lines": [{"amount": 1}] * (limits.LINES_MAX + 1)}, 422, "activity_invalid"),
        ({"amount": 5}, 422, "activity_invalid"),
        ({"lines": []}, 422, "activity_invalid"),
        ({"tenders": [{"kind": "cash", "amount": 1}]}, 422, "activity_invalid"),
        ({"external_id": ""}, 422, "activity_invalid"),
        ({"external_id": "x" * 256}, 422, "activity_invalid"),
        ({"surprise": 1}, 422, "value_refused"),
        ({"kind": "return", "lines": []}, 422, "return_unnamed"),
        ({"returns": {"external_id": "x" * 300}}, 422, "activity_invalid"),
    ],
)
def test_what_is_refused(api, change, status, code):
    answer = api.post("/v1/activities", purchase(**change))
    assert (answer.status, answer.code) == (status, code), answer.body
    assert answer.json["detail"]


GENEROUS = {"when": "purchase", "then": [{"points": {"unit": "points", "give": 200, "per": "0.01"}}]}
SPENDER = {
    "when": "purchase",
    "if": [{"counter": {"what": "spend", "period": "month", "min": "30.00"}}],
    "then": [{"fixed": {"unit": "points", "give": 4}}],
}
DEAR = {"USD": [{"from": "2025-01-01", "home": "1000000.00", "units": "1.00"}]}


@pytest.mark.parametrize(
    ("rules", "change", "code"),
    [
        ({"base": GENEROUS}, {"amount": limits.MONEY_MAX}, "award_too_large"),
        ({"spender": SPENDER}, {"amount": limits.MONEY_MAX, "currency": "USD"}, "activity_invalid"),
    ],
)
def test_what_no_posting_and_no_counter_can_hold_is_refused(api, shop, rules, change, code):
    shop.enrol("ann")
    shop.publish(rules=rules, rates=DEAR)
    before = count()
    answer = api.post("/v1/activities", purchase(lines=[], **change))
    assert (answer.status, answer.code) == (422, code), answer.body
    assert count() == before
    assert api.post("/v1/activities", purchase(lines=[], amount=limits.MONEY_MAX // 2)).status == 201


def test_a_refusal_points_to_the_place(api):
    wrong = api.post("/v1/activities", purchase(lines=[{"amount": 1}, {"amount": "1"}]))
    assert [(one["pointer"], one["reason"]) for one in wrong.json["errors"]] == [("/lines/1/amount", "wrong_type")]
    lacking = api.post("/v1/activities", {"kind": "visit"})
    assert lacking.json["errors"][0]["reason"] == "missing"
    unknown = api.post("/v1/activities", purchase(member={"name": "Ann"}))
    assert unknown.json["errors"][0]["pointer"] == "/member/name"


@pytest.mark.parametrize(
    ("change", "pointer", "reason"),
    [
        ({"lines": [{"amount": 1}, {"amount": -1}]}, "/lines/1/amount", "out_of_range"),
        ({"lines": [{"amount": 10**14, "quantity": -1}]}, "/lines/0/amount", "out_of_range"),
        ({"lines": [{"amount": 1}, {"amount": 1, "discount": 2}]}, "/lines/1/discount", "out_of_range"),
        ({"lines": [{"amount": 1, "discount": -1}]}, "/lines/0/discount", "out_of_range"),
        ({"lines": [{"amount": 1, "quantity": -1}]}, "/lines/0/quantity", "out_of_range"),
        ({"lines": [{"amount": 1, "tags": ["x"] * (limits.TAGS_MAX + 1)}]}, "/lines/0/tags", "too_many"),
        ({"tenders": [{"kind": "cash", "amount": 1651}, {"kind": "x", "amount": -1}]}, "/tenders/1/amount",
         "out_of_range"),
        ({"member": None}, "/member", "wrong_type"),
        ({"lines": [{"quantity": 1}]}, "/lines/0/amount", "missing"),
        ({"lines": []}, "/amount", "missing"),
        ({"lines": [{"amount": 1, "a/b~c": 1}]}, "/lines/0/a~1b~0c", "unknown_field"),
        ({"quo`te": 1}, "/quo`te", "unknown_field"),
        ({"facts": {"a/b": 1}}, "/facts/a~1b", "unknown_fact"),
        ({"facts": {"a": 1.5}}, "/facts", "wrong_type"),  # of which fact, the reader of JSON does not tell
    ],
)  # fmt: skip
def test_a_refusal_points_to_the_very_field(api, shop, change, pointer, reason):
    base = {"when": "purchase", "then": [{"fixed": {"unit": "points", "give": 1}}]}
    kinds = {"tasting": {"facts": {"guests": {"type": "integer"}}}}
    shop.publish(enrol_unknown=True, rules={"base": base}, kinds=kinds)
    kind = "tasting" if "facts" in change else "purchase"
    answer = api.post("/v1/activities", purchase(**{"kind": kind, **change}))
    assert [(one["pointer"], one["reason"]) for one in answer.json["errors"]] == [(pointer, reason)]


def test_a_purchase_without_a_value_keeps_its_number_free(api):
    """A till that forgot the basket is told so, and its corrected telling counts."""
    headers = {"idempotency-key": "k"}
    assert api.post("/v1/activities", purchase(lines=[]), headers=headers).status == 422
    corrected = api.post("/v1/activities", purchase(), headers=headers)
    assert (corrected.status, corrected.replayed) == (201, False)
    assert corrected.json["decision"]["awards"]
    assert api.post("/v1/activities", purchase(2, lines=[], amount=0)).status == 201  # given away, and said so
    for kind in ("visit", "review"):
        assert api.post("/v1/activities", purchase(kind=kind, lines=[])).status == 201


def test_a_refusal_names_the_parameter(api):
    for query, place in (("limit=x", "?limit"), ("sort=x", "?sort"), ("limit=%00", "?limit")):
        assert api.get("/v1/members?" + query).json["errors"][0]["pointer"] == place


def test_sentences_come_in_the_callers_language(api):
    texts = {
        language: api.post("/v1/activities", purchase(kind="x"), headers={"accept-language": language}).json["title"]
        for language in ("en", "bg-BG,bg;q=0.9", "tr", "de")
    }
    assert len(set(texts.values())) == 3
    assert texts["de"] == texts["en"]
