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


# --- a second person ---


@pytest.fixture
def strict(api, ann):
    """The café asks for a second person above 100 points, and for one of its reasons."""
    reasons = {"goodwill": {"name": {"en": "Goodwill"}}}
    api.shop.publish(enrol_unknown=True, adjustments={"reasons": reasons, "approve_above": {"points": 100}})
    return api


def large(number=1, **more):
    return adjustment(number, **({"points": 101, "reason": "goodwill"} | more))


def available(api, ann):
    return api.get(f"/v1/members/{ann}/balances").json["balances"][0]["available"]


def test_many_points_wait_for_somebody_else(strict, ann):
    asked = strict.post("/v1/adjustments", large(note="the whole coach was late"))
    told = asked.json["adjustment"]
    assert (asked.status, told["state"], told["note"]) == (202, "waiting", "the whole coach was late")
    assert asked.json["decision"]["parked"] == "approval_missing"
    assert strict.get(asked.headers["location"]).body == asked.body
    assert [one["adjustment"]["id"] for one in strict.get("/v1/adjustments").json["adjustments"]] == [told["id"]]
    path = f"/v1/adjustments/{told['id']}/approve"
    own = strict.post(path, {})
    assert (own.status, own.code) == (403, "own_adjustment")
    assert available(strict, ann) == 0

    maya = strict.new_key(name="Maya")
    approved = strict.post(path, {"note": "of course"}, key=maya, headers={"idempotency-key": "yes"})
    after = approved.json["adjustment"]
    assert (approved.status, after["state"], after["decided_by"]) == (200, "approved", "Maya")
    assert (after["actor"], after["verdict_note"], after["asked_at"]) == ("till", "of course", told["recorded_at"])
    assert available(strict, ann) == 101
    again = strict.post(path, {}, key=strict.new_key(name="Ivan"))
    assert (again.status, again.replayed, again.body) == (200, True, approved.body)
    assert strict.post(path, {"note": "of course"}, key=maya, headers={"idempotency-key": "yes"}).replayed
    other = strict.post("/v1/adjustments", large(2)).json["adjustment"]["id"]
    slip = strict.post(
        f"/v1/adjustments/{other}/approve", {"note": "of course"}, key=maya, headers={"idempotency-key": "yes"}
    )
    assert slip.code == "idempotency_conflict", "one key is for one adjustment, whatever is said of both"
    assert strict.post(f"/v1/adjustments/{other}/reject", {}, key=maya).json["adjustment"]["state"] == "rejected"
    assert strict.post(path.replace("approve", "reject"), {}, key=maya).code == "adjustment_decided"
    assert available(strict, ann) == 101
    assert strict.get("/v1/adjustments").json["adjustments"] == []
    (one,) = strict.get("/v1/adjustments?state=approved").json["adjustments"]
    assert one["adjustment"] == after | {"mine": True}  # who asked sees that somebody else had to decide
    retold = strict.post("/v1/adjustments", large(note="the whole coach was late"))
    assert (retold.status, retold.replayed, retold.json["adjustment"]) == (201, True, after)


def test_what_is_rejected_stays_so(strict, ann):
    told = strict.post("/v1/adjustments", large()).json["adjustment"]
    maya = strict.new_key(name="Maya")
    rejected = strict.post(f"/v1/adjustments/{told['id']}/reject", {"note": "too much"}, key=maya).json
    assert (rejected["adjustment"]["state"], rejected["decision"]["awards"]) == ("rejected", [])
    assert strict.post(f"/v1/adjustments/{told['id']}/approve", {}, key=maya).code == "adjustment_decided"
    assert strict.post("/v1/adjustments", large()).json == rejected
    assert available(strict, ann) == 0


def test_reasons_are_codes(strict, ann):
    answer = strict.post("/v1/adjustments", adjustment())
    assert (answer.status, answer.code) == (422, "reason_unknown")
    assert "goodwill" in answer.json["detail"]


def test_a_key_without_the_right_approves_nothing(strict, ann):
    told = strict.post("/v1/adjustments", large()).json["adjustment"]
    till = strict.new_key(["adjustments:write"])
    assert strict.post(f"/v1/adjustments/{told['id']}/approve", {}, key=till).code == "scope_missing"


def test_the_list_of_those_that_wait_has_pages(strict, ann):
    names = [strict.post("/v1/adjustments", large(n)).json["adjustment"]["id"] for n in range(3)]
    first = strict.get("/v1/adjustments?limit=2").json
    rest = strict.get(f"/v1/adjustments?limit=2&cursor={first['next']}").json
    assert [one["adjustment"]["id"] for page in (first, rest) for one in page["adjustments"]] == names
    assert rest["next"] is None


def test_a_batch_is_one_by_one(strict, ann):
    rows = [large(1, points=60), large(2, points=60), large(3, points=-500), large(4, reason="x"), large(5, points=40)]
    body = {"adjustments": rows}
    answer = strict.post("/v1/adjustments/batch", body, headers={"idempotency-key": "b"})
    assert [one["status"] for one in answer.json["results"]] == [201, 202, 409, 422, 201]
    assert [answer.json[name] for name in ("taken", "waiting", "refused")] == [3, 1, 2]
    assert available(strict, ann) == 100
    again = strict.post("/v1/adjustments/batch", body, headers={"idempotency-key": "b"})
    assert [one["status"] for one in again.json["results"]][:2] == [201, 202]
    assert available(strict, ann) == 100
    other = strict.post("/v1/adjustments/batch", {"adjustments": rows[:1]}, headers={"idempotency-key": "b"})
    assert other.code == "idempotency_conflict"
