"""Adjustments over the API: by hand, with a reason and an actor, never below zero."""

import pytest


def adjustment(number=1, **more):
    return {
        "member": {"external_id": "ann"}, "unit": "points", "points": 50, "reason": "The machine was broken",
        "external_id": f"c-{number}", **more,
    }  # fmt: skip


@pytest.fixture
def ann(api):
    return api.post("/v1/members", {"external_ids": ["ann"]}).json["id"]


def test_points_are_given_and_taken(api, ann):
    given = api.post("/v1/adjustments", adjustment())
    assert given.status == 201
    told = given.json["adjustment"]
    assert (told["points"], told["reason"], told["actor"], told["member"]) == (
        50,
        "The machine was broken",
        "till",
        ann,
    )
    assert given.json["decision"]["awards"][0]["points"] == 50
    taken = api.post("/v1/adjustments", adjustment(2, points=-20)).json
    assert taken["decision"]["spent"] == [{"unit": "points", "points": 20}]
    assert taken["seq"] > given.json["seq"]
    assert api.get(f"/v1/members/{ann}/balances").json["balances"][0]["available"] == 30
    assert api.get(given.headers["location"]).body == given.body


def test_told_again_it_does_nothing_more(api, ann):
    first = api.post("/v1/adjustments", adjustment())
    again = api.post("/v1/adjustments", adjustment())
    assert (again.status, again.body, again.replayed) == (201, first.body, True)
    assert api.get(f"/v1/members/{ann}/balances").json["balances"][0]["available"] == 50


def test_told_again_for_something_else_it_says_what_differs(api, ann):
    first = api.post("/v1/adjustments", adjustment())
    other = api.post("/v1/adjustments", adjustment(points=60, reason="twice sorry"), key=api.new_key(name="Emil"))
    assert (other.status, other.replayed) == (201, True)
    assert other.json == first.json | {"differs": ["/points", "/reason"]}


def test_a_dry_run_leaves_nothing(api, ann):
    tried = api.post("/v1/adjustments?dry_run=true", adjustment(), headers={"idempotency-key": "k"})
    assert (tried.status, tried.json["dry_run"], "location" in tried.headers) == (200, True, False)
    assert tried.json["decision"]["awards"][0]["points"] == 50
    assert api.post("/v1/adjustments?dry_run=true", adjustment(points=-1)).code == "insufficient_points"
    assert api.get(f"/v1/members/{ann}/balances").json["balances"][0]["available"] == 0
    assert api.get("/v1/adjustments/" + tried.json["adjustment"]["id"]).code == "adjustment_unknown"
    made = api.post("/v1/adjustments", adjustment(), headers={"idempotency-key": "k"})
    assert (made.status, made.replayed, "dry_run" in made.json) == (201, False, False)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"points": -1}, 409, "insufficient_points"),
        ({"points": 0}, 422, "points_invalid"),
        ({"points": 10**16}, 422, "points_invalid"),
        ({"points": 10**30}, 422, "input_refused"),
        ({"points": "5"}, 422, "value_refused"),
        ({"unit": "gold"}, 422, "unit_unknown"),
        ({"reason": ""}, 422, "value_refused"),
        ({"reason": "  "}, 422, "reason_missing"),
        ({"reason": "x" * 201}, 422, "value_refused"),
        ({"external_id": ""}, 422, "value_refused"),
        ({"member": {"external_id": "nobody"}}, 404, "member_unknown"),
        ({"member": {"email": "x"}}, 422, "identifier_invalid"),
        ({"member": {}}, 422, "activity_invalid"),
        ({"actor": "Emil"}, 422, "value_refused"),
    ],
)
def test_what_is_refused(api, ann, change, status, code):
    answer = api.post("/v1/adjustments", adjustment(**change))
    assert (answer.status, answer.code) == (status, code), answer.body


def test_an_activity_is_no_adjustment(api, ann):
    body = {
        "kind": "visit", "source": "door", "external_id": "v", "occurred_at": "2026-01-05T10:00:00Z",
        "member": {"id": ann},
    }  # fmt: skip
    told = api.post("/v1/activities", body).json["activity"]["id"]
    assert api.get("/v1/adjustments/adj_" + told[4:]).code == "adjustment_unknown"
    assert api.get("/v1/adjustments/adj_" + "0" * 32).code == "adjustment_unknown"
    assert api.get("/v1/adjustments/" + told).code == "id_malformed"
