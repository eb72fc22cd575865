"""Drafts over the API: changed, tried, approved, published, compared; and what is published told in plain words."""

import pytest

DRAFTS = "/v1/programme/drafts"
DOUBLE = {"op": "put", "path": "/rules/base/then/0/points", "value": {"unit": "points", "give": 2, "per": "1.00"}}
ANY = {"if-match": "*"}


@pytest.fixture
def draft(api):
    found = api.post(DRAFTS, {"title": "Spring", "why": "It is spring"})
    assert found.status == 201
    return found.headers["location"]


def edit(api, draft, *edits, **more):
    return api.patch(draft, {"edits": list(edits), "why": "so"}, headers=ANY, **more)


def test_from_a_draft_to_a_version_and_back(api, draft):
    edited = edit(api, draft, DOUBLE)
    assert (edited.json["state"], edited.json["revision"], edited.headers["etag"]) == ("open", 2, '"2"')
    whole = api.get(draft + "?language=en").json
    assert [one["verb"] for one in whole["steps"]] == ["begin", "edit"]
    assert "2 points for every 1.00 EUR" in whole["differences"][0]
    assert api.post(draft + "/publish", {}, headers=ANY).json["version"] == 2
    assert api.get("/v1/programme").json["version"]["number"] == 2
    changed = api.get("/v1/programme/versions/2/diff").json
    assert changed["against"] == 1 and changed["sentences"] == whole["differences"]
    assert [line for line in changed["lines"] if line.startswith("+  ")]
    back = api.post(DRAFTS, {"title": "Back", "content_of": 1}).headers["location"]
    assert api.post(back + "/publish", {}, headers=ANY).json["version"] == 3
    one, _, three = api.get("/v1/programme/versions").json["versions"]
    assert one["digest"] == three["digest"]
    assert [one["state"] for one in api.get(DRAFTS).json["drafts"]] == ["published", "published"]


def test_a_draft_is_begun_on_the_version_that_was_looked_at_or_not_at_all(api, draft):
    edit(api, draft, DOUBLE)
    assert api.post(draft + "/publish", {}, headers=ANY).json["version"] == 2
    begun = len(api.get(DRAFTS).json["drafts"])
    late = api.post(DRAFTS, {"title": "Late", "base": 1})
    assert (late.status, late.code) == (409, "draft_outdated")
    assert len(api.get(DRAFTS).json["drafts"]) == begun
    assert api.post(DRAFTS, {"title": "Now", "base": 2}).json["base"] == 2


def test_every_fault_is_told_where_it_is(api, draft):
    wrong = {"op": "put", "path": "/rules/base/then/0/points", "value": {"unit": "gold", "give": 0, "per": 1.00}}
    answer = edit(api, draft, wrong)
    assert (answer.status, answer.code) == (422, "programme_invalid")
    assert {one["pointer"] for one in answer.json["errors"]} == {
        "/rules/base/then/0/points/unit", "/rules/base/then/0/points/give",
    }  # fmt: skip
    assert edit(api, draft, {"op": "remove", "path": "/nowhere"}).code == "part_unknown"
    assert api.get(draft).json["draft"]["revision"] == 1


def test_what_was_seen_is_what_is_changed(api, draft):
    assert api.patch(draft, {"edits": [DOUBLE]}).status == 428
    assert api.patch(draft, {"edits": [DOUBLE]}, headers={"if-match": '"1"'}).status == 200
    stale = api.patch(draft, {"edits": [DOUBLE]}, headers={"if-match": '"1"'})
    assert (stale.status, stale.code) == (412, "draft_changed")


def test_a_second_person_approves(api, draft):
    edit(api, draft, {"op": "put", "path": "/review", "value": "required"})
    api.post(draft + "/publish", {}, headers=ANY)
    second = api.post(DRAFTS, {"title": "Double"}).headers["location"]
    edit(api, second, DOUBLE)
    assert api.post(second + "/publish", {}, headers=ANY).code == "draft_not_approved"
    assert api.post(second + "/submit", {}, headers=ANY).json["state"] == "in_review"
    own = api.post(second + "/approve", {}, headers=ANY)
    assert (own.status, own.code) == (403, "own_draft")
    maya = api.new_key(["programme:approve"], name="Maya")
    assert api.post(second + "/return", {}, headers=ANY, key=maya).code == "draft_words_missing"
    assert api.post(second + "/return", {"why": "Less"}, headers=ANY, key=maya).json["state"] == "open"
    api.post(second + "/submit", {}, headers=ANY)
    assert api.post(second + "/approve", {}, headers=ANY, key=maya).json["state"] == "approved"
    assert api.post(second + "/publish", {}, headers=ANY).json["version"] == 3


def test_whose_change_counts_is_asked(api, draft):
    other = api.post(DRAFTS, {"title": "Triple"}).headers["location"]
    edit(api, draft, DOUBLE)
    edit(api, other, DOUBLE | {"value": DOUBLE["value"] | {"give": 3}})
    api.post(other + "/publish", {}, headers=ANY)
    assert api.post(draft + "/publish", {}, headers=ANY).code == "draft_outdated"
    assert api.get(draft).json["clashes"] == ["/rules/base"]
    assert api.post(draft + "/rebase", {}, headers=ANY).code == "draft_clashes"
    assert api.post(draft + "/rebase", {"take": {"/rules/base": "mine"}}, headers=ANY).json["base"] == 2
    assert api.post(draft + "/publish", {}, headers=ANY).json["version"] == 3


def test_the_file_as_a_whole_and_giving_up(api, draft):
    file = api.get(draft).json["file"]
    assert api.send("PUT", draft + "/file", body={"file": file + "# more\n"}, headers=ANY).json["revision"] == 2
    assert api.get(draft).json["file"].endswith("# more\n")
    assert api.post(draft + "/discard", {}, headers=ANY).json["state"] == "discarded"


def test_a_sample_is_tried_on_both(api, draft):
    edit(api, draft, DOUBLE)
    tried = api.post(draft + "/try?language=en", {"amount": 1050}).json
    assert tried["compared"] == [{"unit": "points", "points": 21, "published": 10}]
    assert "2 points for every 1.00 EUR on 10.50 EUR = 21" in tried["tried"]["sentences"][0]
    assert (tried["tried"]["version"], tried["published"]["version"]) == (None, 1)
    assert api.post("/v1/programme/try", {"kind": "nonsense"}).code == "activity_kind_unknown"
    assert api.post("/v1/programme/try", {"kind": "return", "amount": 5}).code == "activity_invalid"
    silent = api.post("/v1/programme/try", {"kind": "visit"}).json["tried"]["silent"]
    assert silent == [{"rule": "base", "reason": "trigger", "pointer": "/rules/base/when"}]


def test_what_is_tried_is_what_recording_gives(api):
    ann = api.post("/v1/members", {"external_ids": ["ann"]}).json["id"]
    basket = {"member": {"id": ann}, "lines": [{"amount": 1234, "category": "coffee"}, {"amount": 99}]}
    tried = api.post("/v1/programme/try", basket).json["tried"]
    now = {"kind": "purchase", "source": "till", "external_id": "1", "occurred_at": "2026-11-20T08:00:00Z"}
    dry = api.post("/v1/activities?dry_run=true&explain=full", basket | now).json
    keys = ("unit", "points", "shares", "lines")
    assert [{key: one[key] for key in keys} for one in tried["awards"]] == [
        {key: one[key] for key in keys} for one in dry["decision"]["awards"]
    ]
    assert api.get(f"/v1/members/{ann}/balances").json["balances"][0]["available"] == 0


def test_how_rules_meet_and_what_they_say(api, draft):
    rule = {"name": {"en": "Visit"}, "when": "visit", "then": [{"fixed": {"unit": "points", "give": 5}}], "caps": {"order": 3}}  # noqa: E501 # fmt: skip
    never = {"name": {"en": "Never"}, "when": "purchase", "then": [{"fixed": {"unit": "points", "give": 5}}],
             "if": [{"store": {"in": ["a"]}}, {"store": {"in": ["b"]}}]}  # fmt: skip
    edit(
        api, draft, *({"op": "put", "path": f"/rules/{key}", "value": one} for key, one in (("v", rule), ("n", never)))
    )
    found = api.get(draft + "/conflicts").json
    assert {(one["rule"], one["kind"], one["verdict"]) for one in found["rules"]} == {
        ("v", "cap", "certain"), ("n", "condition", "certain"),
    }  # fmt: skip
    assert api.get("/v1/programme/conflicts?language=bg").json == {"rules": [], "pairs": [], "left_off": 0}
    sections = api.get("/v1/programme/summary?language=tr").json["sections"]
    assert [one["topic"] for one in sections] == ["earning", "expiry", "limits"]
    assert sections[0]["paragraphs"][0]["of"] == "base"
