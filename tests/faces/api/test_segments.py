"""Saved segments over the API: said, changed, counted, listed, and explained for one member."""

import pytest

from guerdon.core import limits
from guerdon.features.segments import membership

SLEEPERS = {
    "key": "sleepers", "name": {"en": "Sleepers"}, "why": "spring",
    "if": [{"last": {"days_min": 90}}, {"balance": {"unit": "points", "min": 10}}],
}  # fmt: skip


@pytest.fixture
def people(api, shop):
    shop.enrol("ann", "ben", "cleo")
    shop.buy("ann", 5_000, "2026-01-05")
    shop.buy("ben", 500, "2026-01-05")
    return {name: "mem_" + shop.ids[name] for name in ("ann", "ben", "cleo")}


@pytest.fixture
def sleepers(api, people):
    return api.post("/v1/segments", SLEEPERS)


def change(api, etag, **more):
    body = {"name": {"en": "Sleepers"}, "if": SLEEPERS["if"], "why": "again"} | more
    return api.send("PUT", "/v1/segments/sleepers", body=body, headers={"if-match": etag} if etag else {})


def test_a_segment_is_saved_and_told_as_a_sentence(api, sleepers):
    assert sleepers.status == 201 and sleepers.headers["etag"] == '"1"', sleepers.body
    assert sleepers.headers["location"] == "/v1/segments/sleepers"
    again = api.get("/v1/segments/sleepers").json
    assert again == sleepers.json
    assert again["if"] == SLEEPERS["if"]
    assert again["sentence"] == (
        "A member is in “Sleepers” if the member's last purchase was at least 90 days ago, and the member has at least"
        " 10 points to spend."
    )
    assert [one["key"] for one in api.get("/v1/segments").json["segments"]] == ["sleepers"]
    bulgarian = api.get("/v1/segments/sleepers?language=bg").json["sentence"]
    assert bulgarian.startswith("Член е в „Sleepers“, ако последната покупка на члена е била преди поне 90 дни")


def test_only_whoever_saw_the_latest_state_changes_it(api, sleepers):
    assert change(api, None).code == "etag_missing"
    assert change(api, '"1"', name={"en": "Quiet"}).headers["etag"] == '"2"'
    assert change(api, '"1"').code == "segment_outdated"
    assert change(api, '"2"', name={"en": "Quiet"}).json["version"] == 2  # the same again is no new version
    gone = api.send("DELETE", "/v1/segments/sleepers?why=done", headers={"if-match": '"2"'})
    assert gone.status == 200 and api.get("/v1/segments/sleepers").code == "segment_unknown"
    told = api.get("/v1/segments/sleepers/versions").json["versions"]
    assert [(one["version"], one["taken_away"], one["why"]) for one in told] == [
        (1, False, "spring"), (2, False, "again"), (3, True, "done"),
    ]  # fmt: skip
    assert api.post("/v1/segments", SLEEPERS).json["version"] == 4


@pytest.mark.parametrize(
    ("condition", "pointer"),
    [
        ([{"balance": {"unit": "miles", "min": 1}}], "/if/0/balance/unit"),
        ([{"counter": {"what": "spend", "period": "year", "min": 1}}], "/if/0/counter"),
        ([{"tier": {"in": ["gold"]}}, {"basket": {"amount_min": 1}}], "/if/1/basket"),
        ([{"joined": {"days_min": 9, "days_max": 3}}], "/if/0/joined/days_max"),
        ([{"joined": {"from": "2026-02-02", "until": "2026-01-01"}}], "/if/0/joined/until"),
        ([{"days_since": {"days_min": 3}}], "/if/0/days_since"),
        ([{"birthday_month": {"in": [13]}}], "/if/0/birthday_month/in/0"),
        ([{"voucher": {"in": ["none"]}}], "/if/0/voucher/in/0"),
        ([{"last": {"days_min": 1.5}}], "/if/0/last/days_min"),
        ([{"not": {"not": {"not": {"not": {"not": {"not": {"joined": {"days_min": 1}}}}}}}}], "/if/0" + "/not" * 6),
    ],
)
def test_what_can_not_be_meant_is_refused_where_it_stands(api, people, condition, pointer):
    for refused in (
        api.post("/v1/segments", SLEEPERS | {"if": condition}), api.post("/v1/segments/preview", {"if": condition})
    ):  # fmt: skip
        assert (refused.code, refused.json["facts"]["pointer"]) == ("segment_invalid", pointer)


def test_names_and_keys_are_once_and_in_the_languages_of_the_programme(api, sleepers):
    assert api.post("/v1/segments", SLEEPERS).code == "segment_taken"
    assert api.post("/v1/segments", SLEEPERS | {"key": "b", "name": {"bg": "Б"}}).json["facts"]["pointer"] == "/name/bg"
    assert api.post("/v1/segments", SLEEPERS | {"key": "Not a key"}).json["facts"]["pointer"] == "/key"


def test_there_is_a_limit(api, sleepers, monkeypatch):
    monkeypatch.setattr(limits, "SAVED_SEGMENTS_MAX", 1)
    assert api.post("/v1/segments", SLEEPERS | {"key": "b"}).code == "segments_full"


def test_members_are_counted_listed_and_previewed(api, people, sleepers):
    assert sleepers.json["count"] is None
    counted = api.get("/v1/segments/sleepers/count").json
    assert (counted["members"], counted["age_seconds"], counted["outdated"]) == (1, 0, False)
    assert api.get("/v1/segments/sleepers").json["count"]["members"] == 1
    listed = api.get("/v1/segments/sleepers/members").json["members"]
    assert [one["id"] for one in listed] == [people["ann"]]
    tried = api.post("/v1/segments/preview", {"if": [{"not": SLEEPERS["if"][1]}]}).json
    assert (tried["members"], {one["id"] for one in tried["first"]}) == (2, {people["ben"], people["cleo"]})
    assert tried["sentence"] == "A member is in “…” if the member does not have at least 10 points to spend."
    change(api, '"1"', **{"if": [{"joined": {"days_min": 0}}]})
    assert api.get("/v1/segments/sleepers").json["count"] is None  # it says something else now
    pages = [api.get("/v1/segments/sleepers/members?limit=2").json]
    pages.append(api.get(f"/v1/segments/sleepers/members?limit=2&cursor={pages[0]['next']}").json)
    assert [len(page["members"]) for page in pages] == [2, 1]


def test_a_count_is_kept_for_whoever_can_wait_and_for_when_counting_takes_too_long(api, shop, sleepers, monkeypatch):
    api.get("/v1/segments/sleepers/count")
    shop.enrol("dora")
    shop.buy("dora", 5_000, "2026-01-05")
    assert api.get("/v1/segments/sleepers/count?max_age=600").json["members"] == 1
    assert api.get("/v1/segments/sleepers/count").json["members"] == 2

    def slow(*_, **__):
        from guerdon.kit.store import READ_TOO_LONG

        raise READ_TOO_LONG(retry_after_seconds=60)

    monkeypatch.setattr(membership, "count", slow)
    late = api.get("/v1/segments/sleepers/count").json
    assert (late["members"], late["outdated"]) == (2, True)
    change(api, '"1"', **{"if": [{"joined": {"days_min": 0}}]})
    refused = api.get("/v1/segments/sleepers/count")
    assert (refused.status, refused.code) == (503, "read_too_long")


def test_why_a_member_is_in_and_why_not(api, people, sleepers):
    told = api.get(f"/v1/members/{people['ann']}/segments").json
    (one,) = told["segments"]
    assert (one["key"], one["in"], one["because"]["holds"]) == ("sleepers", True, True)
    last, balance = one["because"]["parts"]
    assert last["has"] == "5 January 2026" and last["says"] == "the member's last purchase was at least 90 days ago"
    assert balance == {
        "says": "the member has at least 10 points to spend", "holds": True, "has": "50 points", "parts": [],
    }  # fmt: skip
    assert api.get(f"/v1/members/{people['ben']}/segments").json["segments"] == []
    (other,) = api.get(f"/v1/members/{people['ben']}/segments?segment=sleepers").json["segments"]
    assert [part["holds"] for part in other["because"]["parts"]] == [True, False] and other["in"] is False
    (never,) = api.get(f"/v1/members/{people['cleo']}/segments?every=true&language=tr").json["segments"]
    assert [part["has"] for part in never["because"]["parts"]] == ["hiç", "0 points"]
    assert api.get(f"/v1/members/{people['ann']}/segments?segment=none").code == "segment_unknown"


def test_who_is_blocked_is_in_no_segment(api, people, sleepers):
    api.patch(f"/v1/members/{people['ann']}", {"status": "blocked"}, headers={"if-match": "*"})
    told = api.get(f"/v1/members/{people['ann']}/segments?every=true").json
    assert (told["status"], told["segments"][0]["in"], told["segments"][0]["because"]["holds"]) == (
        "blocked",
        False,
        True,
    )
    assert api.get("/v1/segments/sleepers/count").json["members"] == 0
