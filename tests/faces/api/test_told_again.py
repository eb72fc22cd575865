"""What is told again: the first answer for ever, with what differs where the second telling says something else."""

from tests.faces.api.test_activities import count, purchase


def test_a_number_told_again_for_something_else_says_what_differs(api):
    first = api.post("/v1/activities", purchase(store="centre"))
    member = first.json["activity"]["member"]
    before = count()
    other = purchase(lines=[{"amount": 1250, "category": "coffee"}, {"amount": 460, "discount": 50}], store="airport")
    answer = api.post("/v1/activities", other)
    assert (answer.status, answer.replayed) == (201, True)
    assert answer.json == first.json | {"differs": ["/lines/1/amount", "/lines/1/product", "/store"]}
    assert api.post("/v1/activities?dry_run=true", other).json["differs"] == answer.json["differs"]
    in_one = api.post("/v1/activities", purchase(lines=[], amount=1650))
    assert in_one.json["differs"] == ["/amount", "/lines", "/store"]
    ben = api.post("/v1/activities", purchase(store="centre", member={"external_id": "ben"}))
    assert ben.json == first.json | {"differs": ["/member"]}
    assert count() == before
    for same in ({}, {"member": {"id": member}}, {"occurred_at": "2026-01-05T08:00:00Z"}):
        assert api.post("/v1/activities", purchase(store="centre", **same)).body == first.body


def test_a_batch_says_what_differs_too(api):
    told = {"activities": [purchase(), purchase(store="airport"), purchase(member={"external_id": "ben"})]}
    results = api.post("/v1/activities/batch", told).json["results"]
    assert [one["result"].get("differs") for one in results] == [None, ["/store"], ["/member"]]
    again = api.post("/v1/activities/batch", told).json["results"]
    assert [one["result"] for one in again] == [one["result"] for one in results]


def test_what_differed_is_answered_again_under_its_key(api):
    first = api.post("/v1/activities", purchase(), headers={"idempotency-key": "k1"})
    other = purchase(store="airport", member={"external_id": "ben"})
    second = api.post("/v1/activities", other, headers={"idempotency-key": "k2"})
    assert second.json["differs"] == ["/member", "/store"]
    assert api.post("/v1/activities", other, headers={"idempotency-key": "k2"}).body == second.body
    path = "/v1/members/" + first.json["activity"]["member"]
    assert api.patch(path, {"external_ids": ["anna"]}, headers={"if-match": "*"}).status == 200
    assert api.post("/v1/activities", purchase(), headers={"idempotency-key": "k1"}).body == first.body
    assert api.post("/v1/activities", purchase()).json["differs"] == ["/member"]  # the name leads to nobody now


def test_who_became_a_member_is_said_once(api):
    assert api.post("/v1/activities?dry_run=true", purchase()).json["enrolled"] is True
    assert api.post("/v1/activities", purchase(lines=[{"amount": -1}])).status == 422
    first = api.post("/v1/activities", purchase())
    assert first.json["enrolled"] is True
    assert api.post("/v1/activities", purchase()).body == first.body
    assert api.get(first.headers["location"]).json == first.json
    assert "enrolled" not in api.post("/v1/activities", purchase(2)).json
    ben = [purchase(number, member={"external_id": "ben"}) for number in (3, 4)]
    results = api.post("/v1/activities/batch", {"activities": ben}).json["results"]
    assert [one["result"].get("enrolled") for one in results] == [True, None]
