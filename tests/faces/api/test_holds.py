"""Holds over the API: reserved, captured whole or in parts, released, over by themselves."""

import pytest


def hold(number=1, **more):
    body = {"member": {"external_id": "ann"}, "unit": "points", "points": 40, "external_id": f"h-{number}"}
    return body | {"ttl": {"days": 3}} | more


@pytest.fixture
def ann(api):
    id = api.post("/v1/members", {"external_ids": ["ann"]}).json["id"]
    given = {"member": {"id": id}, "unit": "points", "points": 50, "reason": "welcome", "external_id": "a-1"}
    assert api.post("/v1/adjustments", given).status == 201
    return id


def split(api, ann):
    (found, *_) = api.get(f"/v1/members/{ann}/balances").json["balances"]
    return found["available"], found["held"]


def test_points_are_held_and_captured(api, ann):
    made = api.post("/v1/holds", hold())
    assert (made.status, made.json["hold"]["state"], made.json["hold"]["open"]) == (201, "open", 40)
    address = made.headers["location"]
    assert api.get(address).json == made.json
    assert [one["id"] for one in api.get(f"/v1/members/{ann}/holds").json["holds"]] == [made.json["hold"]["id"]]
    assert split(api, ann) == (10, 40)
    part = api.post(address + "/capture", {"points": 10, "final": False}).json
    assert (part["hold"]["state"], part["hold"]["open"], part["hold"]["captured"]) == ("open", 30, 10)
    last = api.post(address + "/capture", {"points": 25}).json
    assert (last["hold"]["state"], last["hold"]["captured"], last["hold"]["released"]) == ("captured", 35, 5)
    assert api.get(f"/v1/burns/{last['burn']}").json["burn"]["points"] == 25
    assert api.post(address + "/capture", {}).code == "hold_ended"
    assert api.post(address + "/release", {}).code == "hold_ended"
    assert split(api, ann) == (15, 0)
    assert api.get(f"/v1/members/{ann}/holds").json["holds"] == []


def test_a_capture_is_a_burn_and_can_be_cancelled(api, ann):
    address = api.post("/v1/holds", hold()).headers["location"]
    burn = api.post(address + "/capture", {}).json["burn"]
    assert api.post(f"/v1/burns/{burn}/cancel", {}).status == 200
    assert split(api, ann) == (50, 0)


def test_points_are_released(api, ann):
    address = api.post("/v1/holds", hold()).headers["location"]
    over = api.post(address + "/release", {}).json
    assert (over["hold"]["state"], over["hold"]["released"], "burn" in over) == ("released", 40, False)
    assert split(api, ann) == (50, 0)


def test_told_again_nothing_more_is_done(api, ann):
    first = api.post("/v1/holds", hold())
    address = first.headers["location"]
    key = {"idempotency-key": "k"}
    captured = api.post(address + "/capture", {"points": 10}, headers=key)
    again = api.post(address + "/capture", {"points": 10}, headers=key)
    assert (again.body, again.replayed) == (captured.body, True)
    told = api.post("/v1/holds", hold())  # it has ended since, but this is what was answered
    assert (told.body, told.replayed) == (first.body, True)
    other = api.post("/v1/holds", hold(points=1, ttl={"hours": 3}))
    assert other.json == first.json | {"differs": other.json["differs"]}
    assert sorted(other.json["differs"]) == ["/points", "/ttl"]


def test_dry_runs_leave_nothing(api, ann):
    tried = api.post("/v1/holds?dry_run=true", hold())
    assert (tried.status, tried.json["dry_run"]) == (200, True)
    assert split(api, ann) == (50, 0)
    address = api.post("/v1/holds", hold()).headers["location"]
    assert api.post(address + "/capture?dry_run=true", {}).json["hold"]["state"] == "captured"
    assert api.post(address + "/release?dry_run=true", {}).json["hold"]["state"] == "released"
    assert split(api, ann) == (10, 40)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"points": 51}, 409, "insufficient_points"),
        ({"points": 0}, 422, "points_invalid"),
        ({"unit": "gold"}, 422, "unit_unknown"),
        ({"ttl": {}}, 422, "hold_time_invalid"),
        ({"ttl": {"days": 1, "hours": 1}}, 422, "hold_time_invalid"),
        ({"ttl": {"days": 367}}, 422, "hold_time_invalid"),
        ({"ttl": {"days": 0}}, 422, "hold_time_invalid"),
        ({"ttl": {"minutes": -1}}, 422, "hold_time_invalid"),
        ({"ttl": {"hours": 10**17}}, 422, "hold_time_invalid"),
        ({"ttl": {"weeks": 1}}, 422, "value_refused"),
        ({"ends_at": "2020-01-01T00:00:00Z", "ttl": None}, 422, "hold_time_invalid"),
        ({"ends_at": "2099-01-01T00:00:00Z", "ttl": None}, 422, "hold_time_invalid"),
        ({"ends_at": "2099-01-01T00:00:00", "ttl": None}, 422, "activity_invalid"),
        ({"ends_at": "2099-01-01T00:00:00Z"}, 422, "activity_invalid"),
        ({"ttl": None}, 422, "hold_time_invalid"),
        ({"member": {"external_id": "nobody"}}, 404, "member_unknown"),
    ],
)
def test_what_is_refused(api, ann, change, status, code):
    answer = api.post("/v1/holds", hold(**change))
    assert (answer.status, answer.code) == (status, code), answer.body
    assert split(api, ann) == (50, 0)


def test_a_capture_of_more_is_refused(api, ann):
    address = api.post("/v1/holds", hold()).headers["location"]
    assert api.post(address + "/capture", {"points": 41}).code == "capture_too_large"
    assert api.post(address + "/capture", {"points": 0}).code == "points_invalid"
    assert api.post("/v1/holds/hol_" + "0" * 32 + "/capture", {}).code == "hold_unknown"
    assert api.get("/v1/holds/act_" + "0" * 32).code == "id_malformed"


def test_open_holds_come_in_pages(api, ann):
    made = [api.post("/v1/holds", hold(n, points=1)).json["hold"]["id"] for n in range(5)]
    first = api.get(f"/v1/members/{ann}/holds?limit=3").json
    rest = api.get(f"/v1/members/{ann}/holds?limit=3&cursor={first['next']}").json
    assert [one["id"] for one in first["holds"] + rest["holds"]] == made
    assert rest["next"] is None
