"""The wait after a new address over the API: lifted once, with words, by whoever has the right."""

import pytest

from tests import shop as shops
from tests.faces.api import door


@pytest.fixture
def ann(api):
    """Ann, who got a new phone a moment ago."""
    api.shop.publish(since=shops.OPENING, now=shops.moment("2025-01-02"), address_wait_hours=24)
    made = api.post("/v1/members", {"external_ids": ["ann"], "person": {"email": "ann@x.example"}})
    place = f"/v1/members/{made.json['id']}"
    answer = api.patch(place, {"person": {"phone": "+359888000001"}}, headers={"if-match": made.headers["etag"]})
    assert answer.status == 200
    return place


def test_a_wait_is_lifted_once_with_words(api, ann):
    place, key = f"{ann}/address-wait/lift", {"headers": {"idempotency-key": "k-1"}}
    assert api.post(place, {"reason": ""}).status == 422
    done = api.post(place, {"reason": "by passport"}, **key)
    assert (done.status, done.json["member"]) == (200, ann.rpartition("/")[2])
    again = api.post(place, {"reason": "by passport"}, **key)
    assert again.json == done.json and again.headers["idempotency-replayed"] == "true"
    assert api.post(place, {"reason": "another"}, **key).code == "idempotency_conflict"
    assert api.post(place, {"reason": "once more"}).code == "address_wait_none"
    lines = api.get("/v1/audit").json["lines"]
    assert [one["reason"] for one in lines if one["action"] == "member.wait_lifted"] == ["by passport"]


def test_who_writes_addresses_down_has_no_right_to_it(api, ann):
    clerk = door.opened(api.shop, key=api.new_key(["members:write"]))
    told = clerk.post(f"{ann}/address-wait/lift", {"reason": "by passport"})
    clerk.close()
    assert (told.status, told.code) == (403, "scope_missing")
