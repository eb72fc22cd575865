"""Claims over the API: a portal opens them, clerks answer and settle, and members see only what is theirs."""

import base64

import pytest

from tests.core.test_images import png
from tests.shop import POINTS, Shop

WITH = {
    "units": {"points": POINTS, "status": {"kind": "qualifying", "expires": "never"}},
    "rules": {"base": {"when": "purchase", "then": [{"points": {"unit": "points", "give": 1, "per": "1.00"}}]}},
    "adjustments": {"reasons": {"sorry": {"name": {"en": "Sorry"}}}, "approve_above": {"points": 200}},
    "tiers": {
        "status": {
            "name": {"en": "Status"}, "basis": {"spend": True},
            "levels": {"gold": {"name": {"en": "Gold"}, "from": "100.00"}},
        }
    },
    "support": {
        "answer_hours": 24, "tiers": {"gold": {"priority": 1, "answer_hours": 2}},
        "answers": {"photo": {"name": {"en": "Photo"}, "text": {"en": "Dear {name}, you have {points}: {claim}"}}},
    },
}  # fmt: skip
RECEIPT = {"store": "Sofia 1", "day": "2026-01-04", "amount": 1250, "receipt": "A-0117", "text": "No card"}
PURCHASE = {"external_id": "order-117", "source": "pos", "occurred_at": "2026-01-04T10:00:00Z", "amount": 1250}


@pytest.fixture
def shop(database):
    made = Shop(WITH)
    made.enrol("ann", "ben")
    return made


def opened(api, who="ann", **more):
    body = {"member": {"external_id": who}, "kind": "missing_points", **RECEIPT, **more}
    answer = api.post("/v1/claims", body)
    assert answer.status == 201, answer.body
    return answer.json["id"]


def do(api, id, what, body=None, **more):
    return api.post(f"/v1/claims/{id}/{what}", body or {}, **more)


def test_from_a_receipt_to_its_points(api, shop):
    id = opened(api, photos=[base64.b64encode(png(3, 2)).decode()])
    found = api.get(f"/v1/claims/{id}").json
    assert found["told"] == {**{key: RECEIPT[key] for key in ("store", "day", "receipt")},
                             "amount": {"amount": 1250, "currency": "EUR"}}  # fmt: skip
    [step] = found["steps"]
    shown = api.get(f"/v1/claims/{id}/photos/{step['photos'][0]}")
    assert (shown.body, shown.headers["cache-control"]) == (png(3, 2), "no-store")
    assert api.get(f"/v1/claims/{id}/photos/{'0' * 64}").code == "picture_unknown"
    assert do(api, id, "assign").json["assigned_to"] == "till"
    settled = do(api, id, "settle", {"purchase": PURCHASE})
    assert settled.status == 200 and settled.json["decision"]["awards"][0]["points"] == 12
    assert settled.json["claim"]["granted"].startswith("act_")
    assert do(api, id, "settle", {"purchase": PURCHASE}).replayed
    assert do(api, id, "settle", {"goodwill": {"unit": "points", "points": 5}, "reason": "sorry"}).code == "claim_state"


def test_the_clerk_is_told_who_has_the_purchase_and_who_else_shows_the_receipt(api, shop):
    first, second = opened(api), opened(api, "ben")
    assert api.get(f"/v1/claims/{second}").json["twins"] == [first]
    do(api, first, "settle", {"purchase": PURCHASE})
    refused = do(api, second, "settle", {"purchase": PURCHASE})
    assert refused.code == "purchase_known"
    assert refused.json["facts"]["member"] == f"mem_{shop.account('ann')}"


def test_much_goodwill_waits(api, shop):
    id = opened(api)
    waiting = do(api, id, "settle", {"goodwill": {"unit": "points", "points": 500}, "reason": "sorry"})
    assert (waiting.status, waiting.json["waiting"]) == (202, True)
    adjustment = waiting.json["claim"]["granted"]
    assert adjustment.startswith("adj_")
    chief = api.new_key(["adjustments:approve"], name="chief")
    assert api.post(f"/v1/adjustments/{adjustment}/approve", {}, key=chief).status == 200
    after = api.get(f"/v1/claims/{id}").json["claim"]
    assert (after["state"], after["granted"]) == ("granted", adjustment)


def test_members_see_no_notes_and_no_clerks(api, shop):
    id = opened(api)
    do(api, id, "messages", {"text": "His third one", "note": True})
    do(api, id, "assign", {"to": "Dora"})
    do(api, id, "messages", {"answer": "photo"})
    do(api, id, "replies", {"text": "Here"})
    do(api, id, "settle", {"outcome": "refused", "reason": "No such receipt"})
    [own] = api.get(f"/v1/members/mem_{shop.account('ann')}/claims").json["claims"]
    assert [(one["deed"], one["by"]) for one in own["steps"]] == [
        ("open", "member"), ("ask", "us"), ("reply", "member"), ("refuse", "us"),
    ]  # fmt: skip
    assert (
        own["steps"][1]["text"] == "Dear member, you have 0: receipt A-0117"
        and own["steps"][3]["reason"] == "No such receipt"
    )
    assert "third" not in str(own) and "Dora" not in str(own)
    assert api.get(f"/v1/claims/{id}/answers").json["answers"][0]["text"] == own["steps"][1]["text"]


def test_the_queue_begins_with_who_is_promised_most(api, shop):
    shop.buy("ben", 10_000)
    plain, gold = opened(api), opened(api, "ben")
    assert [(one["id"], one["priority"]) for one in api.get("/v1/claims").json["claims"]] == [(gold, 1), (plain, 9)]
    first = api.get("/v1/claims?limit=1").json
    rest = api.get(f"/v1/claims?limit=1&cursor={first['next']}").json
    assert [one["id"] for one in first["claims"] + rest["claims"]] == [gold, plain]
    assert api.get("/v1/claims/counts").json == {"counts": [{"state": "open", "claims": 2, "overdue": 0}]}
    do(api, gold, "withdraw", {"member": f"mem_{shop.account('ben')}"})
    assert [one["id"] for one in api.get("/v1/claims?state=withdrawn").json["claims"]] == [gold]


def test_a_step_with_the_same_key_is_taken_once(api, shop):
    id = opened(api)
    sent = [do(api, id, "messages", {"text": "Which till?"}, headers={"idempotency-key": "once"}) for _ in range(2)]
    assert [one.replayed for one in sent] == [False, True]
    assert len(api.get(f"/v1/claims/{id}").json["steps"]) == 2
    assert shop.audit() == []


@pytest.mark.parametrize(
    ("what", "body", "code"),
    [
        ("settle", {}, "claim_invalid"),
        ("settle", {"outcome": "closed", "goodwill": {"unit": "points", "points": 1}}, "claim_invalid"),
        ("settle", {"outcome": "refused"}, "claim_invalid"),
        ("settle", {"goodwill": {"unit": "points", "points": 1}, "reason": "?"}, "reason_unknown"),
        ("messages", {}, "claim_invalid"), ("messages", {"text": "a", "answer": "photo"}, "claim_invalid"),
        ("messages", {"answer": "no"}, "answer_unknown"), ("reopen", {}, "claim_state"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(api, shop, what, body, code):
    assert do(api, opened(api), what, body).code == code


def test_a_portal_reaches_only_the_claims_of_its_member(api, shop):
    id, ben = opened(api), f"mem_{shop.account('ben')}"
    for what, body in (("replies", {"text": "mine"}), ("withdraw", {}), ("reopen", {})):
        assert do(api, id, what, {**body, "member": ben}).code == "claim_unknown"
    assert opened(api, "ben", text="", photos=[]) != id
    assert api.post("/v1/claims", {"member": {"external_id": "ann"}, "kind": "question", "text": "?",
                                   "photos": ["YWJj"]}).code == "picture_invalid"  # fmt: skip
