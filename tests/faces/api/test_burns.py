"""Burns over the API: all or nothing, once for ever, and given back where they came from."""

import pytest

from tests import shop


def burn(number=1, **more):
    return {"member": {"external_id": "ann"}, "unit": "points", "points": 20, "external_id": f"b-{number}", **more}


@pytest.fixture
def ann(api):
    id = api.post("/v1/members", {"external_ids": ["ann"]}).json["id"]
    given = {"member": {"id": id}, "unit": "points", "points": 50, "reason": "welcome", "external_id": "a-1"}
    assert api.post("/v1/adjustments", given).status == 201
    return id


def available(api, ann):
    return api.get(f"/v1/members/{ann}/balances").json["balances"][0]["available"]


def test_points_are_burned(api, ann):
    made = api.post("/v1/burns", burn())
    assert made.status == 201
    assert made.json["decision"]["spent"] == [{"unit": "points", "points": 20}]
    assert (made.json["burn"]["member"], made.json["burn"]["points"]) == (ann, 20)
    assert api.get(made.headers["location"]).body == made.body
    assert available(api, ann) == 30


def test_told_again_it_does_nothing_more(api, ann):
    first = api.post("/v1/burns", burn())
    again = api.post("/v1/burns", burn())
    assert (again.status, again.body, again.replayed) == (201, first.body, True)
    other = api.post("/v1/burns", burn(points=30))
    assert other.json == first.json | {"differs": ["/points"]}
    assert available(api, ann) == 30


def test_a_dry_run_leaves_nothing(api, ann):
    tried = api.post("/v1/burns?dry_run=true", burn())
    assert (tried.status, tried.json["dry_run"], "location" in tried.headers) == (200, True, False)
    assert api.get("/v1/burns/" + tried.json["burn"]["id"]).code == "burn_unknown"
    assert available(api, ann) == 50


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"points": 51}, 409, "insufficient_points"),
        ({"points": 0}, 422, "points_invalid"),
        ({"points": -5}, 422, "points_invalid"),
        ({"points": 10**16}, 422, "points_invalid"),
        ({"unit": "gold"}, 422, "unit_unknown"),
        ({"external_id": ""}, 422, "value_refused"),
        ({"member": {"external_id": "nobody"}}, 404, "member_unknown"),
        ({"member": {}}, 422, "activity_invalid"),
        ({"reason": "x"}, 422, "value_refused"),
    ],
)
def test_what_is_refused(api, ann, change, status, code):
    answer = api.post("/v1/burns", burn(**change))
    assert (answer.status, answer.code) == (status, code), answer.body


def test_it_is_cancelled_in_parts_and_never_twice(api, ann):
    address = "/v1/burns/" + api.post("/v1/burns", burn()).json["burn"]["id"]
    part = api.post(address + "/cancel", {"points": 5})
    assert (part.status, part.json["cancellation"]["points"]) == (200, 5)
    assert api.get(address).json["burn"]["cancelled"] == 5
    assert api.post(address + "/cancel", {"points": 16}).code == "cancelled_too_much"
    rest = api.post(address + "/cancel", {})
    assert rest.json["decision"]["reinstated"] == [{"unit": "points", "points": 15}]
    assert api.post(address + "/cancel", {}).code == "burn_cancelled"
    assert available(api, ann) == 50
    assert [(by.kind, about) for by, about, _ in api.shop.noted("burn.cancel")] == [("key", address[10:])] * 2


def test_cancelling_under_one_key_restores_once(api, ann):
    first, second = ("/v1/burns/" + api.post("/v1/burns", burn(n, points=10)).json["burn"]["id"] for n in (1, 2))
    key = {"idempotency-key": "k"}
    made = api.post(first + "/cancel", {"points": 5}, headers=key)
    again = api.post(first + "/cancel", {"points": 5}, headers=key)
    assert (again.body, again.replayed) == (made.body, True)
    assert api.post(second + "/cancel", {"points": 5}, headers=key).code == "idempotency_conflict"
    assert available(api, ann) == 35


def test_cancelling_under_one_name_restores_once(api, ann):
    address = "/v1/burns/" + api.post("/v1/burns", burn()).json["burn"]["id"]
    made = api.post(address + "/cancel", {"points": 5, "external_id": "c-1"})
    again = api.post(address + "/cancel", {"points": 6, "external_id": "c-1"})
    assert again.replayed and again.json == made.json | {"differs": ["/points"]}
    assert available(api, ann) == 35


def test_a_cancellation_can_be_tried(api, ann):
    address = "/v1/burns/" + api.post("/v1/burns", burn()).json["burn"]["id"]
    assert api.post(address + "/cancel?dry_run=true", {}).json["dry_run"] is True
    assert available(api, ann) == 30


def test_what_is_no_burn_is_unknown(api, ann):
    assert api.get("/v1/burns/brn_" + "0" * 32).code == "burn_unknown"
    assert api.get("/v1/burns/act_" + "0" * 32).code == "id_malformed"
    made = api.post("/v1/adjustments", {"member": {"id": ann}, "unit": "points", "points": 5, "reason": "x",
                                        "external_id": "a-2"}).json["adjustment"]["id"]  # fmt: skip
    assert api.post(f"/v1/burns/brn_{made[4:]}/cancel", {}).code == "burn_unknown"


def test_a_refusal_names_the_unit_as_the_programme_does(api, ann):
    unit = shop.POINTS | {"name": {"en": "points", "tr": "puan"}}
    names = {"name": {"en": "Café", "tr": "Kafe"}, "languages": ["en", "tr"]}
    rule = shop.BASE | {"name": {"en": "base", "tr": "temel"}}
    api.shop.publish(units={"points": unit}, rules={"base": rule}, **names)
    told = api.post("/v1/burns", burn(points=1_000), headers={"accept-language": "bg;q=0.1, tr"})
    assert told.code == "insufficient_points" and told.json["detail"].startswith("1000 puan istendi")
    lines = [burn(points=-1_000, reason="sorry")]
    batch = api.post("/v1/adjustments/batch", {"adjustments": lines}, headers={"accept-language": "tr"})
    assert batch.json["results"][0]["problem"]["detail"].startswith("1000 puan istendi")
