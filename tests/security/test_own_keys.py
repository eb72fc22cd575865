"""A key is no second person: whoever made it asked, whichever of their keys agrees (LAW 6.4)."""

import pytest

from guerdon.core import rights
from tests.faces.api.test_adjustments import large


@pytest.fixture
def ann(api):
    return api.post("/v1/members", {"external_ids": ["ann"]}).json["id"]


@pytest.fixture
def strict(api, ann):
    reasons = {"goodwill": {"name": {"en": "Goodwill"}}}
    api.shop.publish(enrol_unknown=True, adjustments={"reasons": reasons, "approve_above": {"points": 100}})
    return api


def child(api, key=None, scopes=rights.RIGHTS):
    """A key made with another one."""
    body = {"name": "second", "scopes": list(scopes), "reason": "x"}
    return api.post("/v1/keys", body, key=key).json["secret"]


def test_nobody_agrees_to_their_own_by_a_key_of_theirs(strict):
    asked = strict.post("/v1/adjustments", large()).json["adjustment"]["id"]
    first = child(strict)
    second = child(strict, key=first)
    for key in (first, second):
        assert strict.post(f"/v1/adjustments/{asked}/approve", {}, key=key).code == "own_adjustment"
        (row,) = strict.get("/v1/adjustments", key=key).json["adjustments"]
        assert row["adjustment"]["mine"]
    mine = strict.post("/v1/adjustments", large(2), key=second).json["adjustment"]["id"]
    assert strict.post(f"/v1/adjustments/{mine}/approve", {}).code == "own_adjustment"
    assert strict.post(f"/v1/adjustments/{mine}/reject", {}).code == "own_adjustment"
    assert strict.post(f"/v1/adjustments/{asked}/approve", {}, key=strict.new_key(name="Maya")).status == 200


def test_what_one_may_do_alone_is_not_more_with_more_keys(strict):
    assert strict.post("/v1/adjustments", large(1, points=60)).status == 201
    assert strict.post("/v1/adjustments", large(2, points=60), key=child(strict)).status == 202


def test_nobody_approves_a_draft_of_theirs_by_a_key_of_theirs(strict):
    draft = strict.post("/v1/programme/drafts", {"title": "x"}).headers["location"]
    edits = {"edits": [{"op": "put", "path": "/name", "value": {"en": "Other"}}], "why": "x"}
    edited = strict.patch(draft, edits, headers={"if-match": "*"})
    assert edited.status == 200, edited.body
    assert strict.post(f"{draft}/submit", {"why": "x"}, headers={"if-match": "*"}).status == 200
    own = strict.post(f"{draft}/approve", {"why": "x"}, headers={"if-match": "*"}, key=child(strict))
    assert own.code == "own_draft"
