"""Merging over HTTP: the preview, the merge, every address of the one who went, and the way back."""

from typing import Any

from tests.faces.api import door


def _two(api: door.Api) -> tuple[str, str]:
    api.shop.enrol("Ann", "Ben")
    api.shop.buy("Ann", 3000, "2026-01-05")
    api.shop.buy("Ben", 2000, "2026-01-05")
    return "mem_" + api.shop.account("Ann"), "mem_" + api.shop.account("Ben")


def _available(api: door.Api, member: str) -> Any:
    return api.get(f"/v1/members/{member}/balances").json["balances"][0]["available"]


def test_every_address_of_who_went_answers_for_who_stayed(api: door.Api):
    ann, ben = _two(api)
    tried = api.post(f"/v1/members/{ann}/merge?dry_run=true", {"from": {"id": ben}})
    assert tried.status == 200 and tried.json["dry_run"] and _available(api, ben) == 20
    made = api.post(f"/v1/members/{ann}/merge", {"from": {"id": ben}})
    assert made.json["passed"] == [{"unit": "points", "points": 20, "lots": 1, "debt": 0, "lapsed": 0, "cancelled": 0}]
    assert _available(api, ben) == _available(api, ann) == 50
    read = api.get(f"/v1/members/{ben}").json
    assert (read["id"], read["merged"], read["external_ids"]) == (ann, [ben], ["Ann", "Ben"])
    assert [one["id"] for one in api.get("/v1/members").json["members"]] == [ann]
    kinds = [one["kind"] for one in api.get(f"/v1/members/{ben}/statement").json["postings"]]
    assert kinds == ["earn", "merge_in"]
    own = [one["kind"] for one in api.get(f"/v1/members/{ben}/statement?own=true").json["postings"]]
    assert own == ["earn", "merge_out"]
    told = [one["activity"]["kind"] for one in api.get(f"/v1/activities?member={ben}&own=true").json["activities"]]
    assert told == ["purchase", "merged"]
    given = {"member": {"id": ben}, "unit": "points", "points": 5, "reason": "sorry", "external_id": "a1"}
    assert api.post("/v1/adjustments", given).json["adjustment"]["member"] == ann
    again = api.post(f"/v1/members/{ann}/merge", {"from": {"external_id": "Ben"}})
    assert again.replayed and again.json == made.json
    assert api.post(f"/v1/members/{ben}/merge", {"from": {"id": ann}}).code == "member_merged"
    back = api.post(f"/v1/members/{ann}/unmerge", {"from": {"id": ben}})
    assert back.json["undone"] and (_available(api, ann), _available(api, ben)) == (35, 20)
    assert api.post(f"/v1/members/{ann}/unmerge", {"from": {"id": ben}}).code == "not_merged"
    whys = {
        who: [
            one["explanation"]["why"][0] for one in api.get(f"/v1/members/{id}/statement?explain=full").json["postings"]
        ]
        for who, id in (("ann", ann), ("ben", ben))
    }
    assert whys["ann"][-1] == f"Went back to {ben}, which is no longer merged into this one."
    assert whys["ben"][-1].startswith(f"Came back from {ann}, into which this one had been merged")


def test_one_key_answers_the_same_for_ever(api: door.Api):
    ann, ben = _two(api)
    key = {"idempotency-key": "merge-1"}
    first = api.post(f"/v1/members/{ann}/merge", {"from": {"id": ben}}, headers=key)
    api.post(f"/v1/members/{ann}/unmerge", {"from": {"id": ben}})
    late = api.post(f"/v1/members/{ann}/merge", {"from": {"id": ben}}, headers=key)
    assert late.replayed and late.json == first.json and _available(api, ben) == 20
    other = api.post(f"/v1/members/{ben}/merge", {"from": {"id": ben}}, headers=key)
    assert other.code == "idempotency_conflict"
    assert api.shop.audit() == []
