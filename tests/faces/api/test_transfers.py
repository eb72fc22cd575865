"""Transfers and donations over the API: sent, offered, settled, listed on both sides, and given to a cause."""

import pytest

from tests import shop

PARTS = {
    "units": {
        "points": shop.POINTS | {"transfers": {"fee": {"percent": 10}, "caps": {"day": 60}}},
        "stars": {"expires": "never", "transfers": {"acceptance": "needed"}},
    },
    "causes": {"trees": {"name": {"en": "Trees"}}},
}


@pytest.fixture
def friends(api):
    """Ann, with 100 points and 10 stars, and Ben."""
    api.shop.publish(since=shop.OPENING, now=shop.moment("2025-01-02"), **PARTS)
    ids = {name: api.post("/v1/members", {"external_ids": [name]}).json["id"] for name in ("ann", "ben")}
    for unit, points in (("points", 100), ("stars", 10)):
        told = {"member": {"external_id": "ann"}, "unit": unit, "points": points, "reason": "start"}
        assert api.post("/v1/adjustments", {**told, "external_id": f"start-{unit}"}).status == 201
    return ids


def transfer(number=1, **more):
    return {
        "member": {"external_id": "ann"}, "to": {"external_id": "ben"}, "unit": "points", "points": 40,
        "external_id": f"t-{number}", **more,
    }  # fmt: skip


def available(api, member, unit="points"):
    balances = api.get(f"/v1/members/{member}/balances").json["balances"]
    return next(one["available"] for one in balances if one["unit"] == unit)


def test_points_are_sent(api, friends):
    sent = api.post("/v1/transfers", transfer())
    assert sent.status == 201
    told = sent.json["transfer"]
    assert (told["member"], told["to"], told["points"], told["fee"], told["state"]) == (
        friends["ann"], friends["ben"], 40, 4, "done",
    )  # fmt: skip
    assert (told["source"], told["external_id"]) == ("api", "t-1")
    assert (available(api, friends["ann"]), available(api, friends["ben"])) == (56, 40)
    assert api.get(sent.headers["location"]).json["transfer"] == told
    for member in friends.values():
        assert api.get(f"/v1/members/{member}/transfers").json == {"transfers": [told], "next": None}
    kinds = [one["kind"] for one in api.get(f"/v1/members/{friends['ann']}/statement").json["postings"]]
    assert kinds[-2:] == ["transfer_out", "fee"]


def test_told_again_it_moves_nothing_more_and_says_what_differs(api, friends):
    first = api.post("/v1/transfers", transfer())
    again = api.post("/v1/transfers", transfer())
    assert (again.status, again.body, again.replayed) == (201, first.body, True)
    other = api.post("/v1/transfers", transfer(points=41, to={"external_id": "ann"}))
    assert other.json["differs"] == ["/points", "/to"] and other.json["transfer"] == first.json["transfer"]
    assert available(api, friends["ben"]) == 40


def test_an_idempotency_key_is_for_one_body(api, friends):
    key = {"headers": {"idempotency-key": "k1"}}
    first = api.post("/v1/transfers", transfer(), **key)
    assert api.post("/v1/transfers", transfer(), **key).body == first.body
    assert api.post("/v1/transfers", transfer(2), **key).code == "idempotency_conflict"


def test_a_trial_keeps_nothing(api, friends):
    tried = api.post("/v1/transfers?dry_run=true", transfer())
    assert (tried.status, tried.json["dry_run"], tried.json["transfer"]["fee"]) == (200, True, 4)
    assert available(api, friends["ann"]) == 100
    assert api.get(f"/v1/transfers/{tried.json['transfer']['id']}").code == "transfer_unknown"


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"to": {"external_id": "ann"}}, 422, "transfer_to_self"), ({"points": 61}, 409, "transfer_limit"),
        ({"to": {"external_id": "zoe"}}, 404, "member_unknown"), ({"unit": "moons"}, 422, "unit_unknown"),
        ({"points": 0}, 422, "points_invalid"),
    ],
)  # fmt: skip
def test_what_is_refused(api, friends, more, status, code):
    refused = api.post("/v1/transfers", transfer(**more))
    assert (refused.status, refused.code) == (status, code)


def test_an_offer_is_accepted_once(api, friends):
    offer = api.post("/v1/transfers", transfer(unit="stars", points=4)).json["transfer"]
    assert (offer["state"], offer["settled_at"]) == ("offered", None) and offer["until"]
    tried = api.post(f"/v1/transfers/{offer['id']}/accept?dry_run=true", None)
    assert (tried.json["transfer"]["state"], available(api, friends["ben"], "stars")) == ("accepted", 0)
    accepted = api.post(f"/v1/transfers/{offer['id']}/accept", None)
    assert (accepted.status, accepted.json["transfer"]["state"]) == (200, "accepted")
    assert api.post(f"/v1/transfers/{offer['id']}/accept", None).replayed
    late = api.post(f"/v1/transfers/{offer['id']}/withdraw", None)
    assert (late.status, late.code) == (409, "transfer_settled")
    assert available(api, friends["ben"], "stars") == 4


@pytest.mark.parametrize(("deed", "state"), [("decline", "declined"), ("withdraw", "withdrawn")])
def test_an_offer_is_put_away(api, friends, deed, state):
    offer = api.post("/v1/transfers", transfer(unit="stars", points=4)).json["transfer"]
    assert api.post(f"/v1/transfers/{offer['id']}/{deed}", None).json["transfer"]["state"] == state
    assert available(api, friends["ann"], "stars") == 10


def test_no_transfer_of_that_id(api, friends):
    nobody = "trf_" + "0" * 32
    assert api.get(f"/v1/transfers/{nobody}").code == "transfer_unknown"
    assert api.post(f"/v1/transfers/{nobody}/accept", None).code == "transfer_unknown"
    assert api.get(f"/v1/transfers/{friends['ann']}").code == "id_malformed"


def test_points_are_given_to_a_cause(api, friends):
    body = {"member": {"external_id": "ann"}, "cause": "trees", "unit": "points", "points": 30, "external_id": "d-1"}
    given = api.post("/v1/donations", body)
    assert given.status == 201 and available(api, friends["ann"]) == 70
    assert api.get(given.headers["location"]).body == given.body
    assert api.post("/v1/donations", {**body, "points": 5}).json["differs"] == ["/points"]
    assert api.post("/v1/donations", {**body, "external_id": "d-2", "cause": "bees"}).code == "cause_unknown"
    (trees,) = api.get("/v1/programme/causes").json["causes"]
    assert (trees["key"], trees["name"], trees["open"]) == ("trees", "Trees", True)
    assert trees["given"][0] == {"unit": "points", "points": 30, "donations": 1}
    assert api.get("/v1/donations/don_" + "0" * 32).code == "donation_unknown"
