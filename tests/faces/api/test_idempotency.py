"""The Idempotency-Key: one effect per key, the same answer again, and never another body under it (LAW 2.2)."""

import pytest

from guerdon.faces.api import activities
from guerdon.kit import digests, store
from tests.faces.api.test_activities import count, purchase

ANN = {"external_ids": ["ann"], "person": {"name": "Ann", "email": "ann@example.com"}}


def activities_told():
    """How many activities the journals hold."""
    return int(store.current().fetch(store.Statement("SELECT count(*) FROM activities_activity"))[0][0])


def adjustment(number=1, **more):
    return {
        "member": {"external_id": "ann"}, "unit": "points", "points": 50, "reason": "sorry",
        "external_id": f"a-{number}", **more,
    }  # fmt: skip


def keyed(key):
    return {"idempotency-key": key}


@pytest.fixture
def ann(api):
    return api.post("/v1/members", ANN).json["id"]


CASES = [
    ("/v1/activities", purchase(1), purchase(2)),
    ("/v1/activities/batch", {"activities": [purchase(1)]}, {"activities": [purchase(2)]}),
    ("/v1/members", {"external_ids": ["ben"]}, {"external_ids": ["cleo"]}),
    ("/v1/adjustments", adjustment(1), adjustment(2)),
]


@pytest.mark.parametrize(("path", "body", "other"), CASES)
def test_the_same_key_answers_the_same(api, ann, path, body, other):
    first = api.post(path, body, headers=keyed("k-1"))
    before = count()
    again = api.post(path, body, headers=keyed("k-1"))
    assert not first.replayed
    assert again.replayed
    assert (again.status, again.body) == (first.status, first.body)
    assert count() == before


@pytest.mark.parametrize(("path", "body", "other"), CASES)
def test_another_body_is_refused_and_nothing_written(api, ann, path, body, other):
    api.post(path, body, headers=keyed("k-1"))
    before = count()
    answer = api.post(path, other, headers=keyed("k-1"))
    assert (answer.status, answer.code) == (409, "idempotency_conflict")
    assert count() == before
    assert api.post(path, other, headers=keyed("k-2")).status == api.post(path, other, headers=keyed("k-2")).status


def test_what_is_kept_of_a_body_cannot_be_found_by_trying(api, monkeypatch):
    """Whoever has the journal but not the installation's key of digests can't tell which phone a body had."""
    body = purchase(member={"phone": "+35988765432"})
    assert api.post("/v1/activities", body, headers=keyed("k")).status == 201
    monkeypatch.setattr(digests, "_key", lambda: b"another installation's")
    assert api.post("/v1/activities", body, headers=keyed("k")).code == "idempotency_conflict"


def test_the_order_of_fields_and_the_spacing_mean_nothing(api):
    body = purchase()
    first = api.post("/v1/activities", body, headers=keyed("k"))
    turned = dict(reversed(body.items()))
    assert api.post("/v1/activities", turned, headers=keyed("k")).body == first.body


def test_a_key_belongs_to_its_route_and_its_credential(api, ann):
    assert api.post("/v1/activities", purchase(), headers=keyed("k")).status == 201
    assert api.post("/v1/adjustments", adjustment(), headers=keyed("k")).status == 201
    other = api.new_key(name="other till")
    assert api.post("/v1/activities", purchase(2), headers=keyed("k"), key=other).status == 201


def test_a_malformed_request_does_not_burn_the_key(api, ann):
    assert api.post("/v1/activities", purchase(lines=[{"amount": -1}]), headers=keyed("k")).status == 422
    assert api.post("/v1/activities", purchase(), headers=keyed("k")).status == 201
    assert api.post("/v1/adjustments", adjustment(points=0), headers=keyed("k")).status == 422
    assert api.post("/v1/adjustments", adjustment(), headers=keyed("k")).status == 201
    assert api.post("/v1/activities", purchase(2, kind="juggling"), headers=keyed("k2")).status == 422
    assert api.post("/v1/activities", purchase(2), headers=keyed("k2")).status == 201
    assert api.post("/v1/adjustments", adjustment(2, unit="gold"), headers=keyed("k2")).status == 422
    assert api.post("/v1/adjustments", adjustment(2), headers=keyed("k2")).status == 201
    wrong = {"person": {"email": "nobody"}}
    assert api.post("/v1/members", wrong, headers=keyed("k")).status == 422
    assert api.post("/v1/members", {"external_ids": ["ben"]}, headers=keyed("k")).status == 201


def test_a_business_refusal_is_the_answer_for_ever(api, ann):
    much = adjustment(points=-500)
    first = api.post("/v1/adjustments", much, headers=keyed("k"))
    assert (first.status, first.code) == (409, "insufficient_points")
    api.post("/v1/adjustments", adjustment(2, points=1000))  # now there would be enough
    again = api.post("/v1/adjustments", much, headers=keyed("k"))
    assert (again.status, again.body, again.replayed) == (first.status, first.body, True)
    assert api.post("/v1/adjustments", much, headers=keyed("k2")).status == 201

    taken = api.post("/v1/members", ANN, headers=keyed("k"))
    assert (taken.status, taken.code) == (409, "identifier_taken")
    again = api.post("/v1/members", ANN, headers=keyed("k"))
    assert (again.status, again.body, again.replayed) == (409, taken.body, True)
    other = api.post("/v1/members", {"external_ids": ["ben"]}, headers=keyed("k"))
    assert other.code == "idempotency_conflict"


def test_a_dry_run_does_not_use_the_key(api):
    api.post("/v1/activities?dry_run=true", purchase(1), headers=keyed("k"))
    assert api.post("/v1/activities", purchase(2), headers=keyed("k")).status == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "tab\there", "é"])
def test_what_a_key_may_be(api, key):
    answer = api.post("/v1/activities", purchase(), headers={"idempotency-key": key or " "})
    if not key:
        assert answer.status == 201  # one space is printable
    else:
        assert (answer.status, answer.code) == (400, "header_invalid")
    assert api.post("/v1/activities", purchase(9), headers=keyed("~" * 255)).status == 201


def test_a_key_that_would_not_be_used_is_checked_nevertheless(api):
    answer = api.post("/v1/activities?dry_run=true", purchase(), headers={"idempotency-key": "é"})
    assert (answer.status, answer.code) == (400, "header_invalid")


def test_the_same_key_at_the_same_time(api, ann):
    requests = [
        {"method": "POST", "path": "/v1/activities", "body": purchase(), "headers": keyed("k")} for _ in range(20)
    ]
    answers = api.send_all(*requests)
    assert len({answer.body for answer in answers}) == 1
    assert sum(not answer.replayed for answer in answers) == 1
    requests = [
        {"method": "POST", "path": "/v1/members", "body": {"external_ids": ["ben"]}, "headers": keyed("k")}
        for _ in range(10)
    ]
    answers = api.send_all(*requests)
    assert len({answer.body for answer in answers}) == 1
    assert sum(not answer.replayed for answer in answers) == 1
    requests = [
        {"method": "POST", "path": "/v1/adjustments", "body": adjustment(n), "headers": keyed("k")} for n in range(10)
    ]
    answers = api.send_all(*requests)
    assert sorted(answer.status for answer in answers) == [201] + [409] * 9


def test_a_batch_repeated_in_part_replays_its_parts(api):
    whole = {"activities": [purchase(n) for n in range(5)]}
    first = api.post("/v1/activities/batch", whole, headers=keyed("k"))
    api.post("/v1/activities", purchase(2))
    again = api.post("/v1/activities/batch", whole, headers=keyed("k"))
    assert again.body == first.body


def test_two_batches_under_one_key_at_once_never_mix(api, ann):
    """The longer body has parts that the shorter one never claimed; none of them may slip in."""
    for number in range(8):
        short = {"activities": [purchase(f"s-{number}-{part}") for part in range(2)]}
        long = {"activities": [purchase(f"l-{number}-{part}") for part in range(5)]}
        before = activities_told()
        told = [{"method": "POST", "path": "/v1/activities/batch", "body": body, "headers": keyed(f"b-{number}")}
                for body in (short, long)]  # fmt: skip
        answers = api.send_all(*told)
        assert sorted(answer.status for answer in answers) == [200, 409]
        won = short if answers[0].status == 200 else long
        assert activities_told() == before + len(won["activities"])


def test_a_batch_that_died_after_taking_its_key_is_recorded_when_told_again(api, ann, monkeypatch):
    body = {"activities": [purchase(1), purchase(2)]}
    before = activities_told()
    with monkeypatch.context() as patched:
        patched.setattr(activities, "_recorded", lambda *_: (_ for _ in ()).throw(RuntimeError("the power went out")))
        assert api.post("/v1/activities/batch", body, headers=keyed("b")).status == 500
    assert activities_told() == before
    other = api.post("/v1/activities/batch", {"activities": [purchase(3)]}, headers=keyed("b"))
    assert (other.status, other.code, activities_told()) == (409, "idempotency_conflict", before)
    again = api.post("/v1/activities/batch", body, headers=keyed("b"))
    assert (again.json["recorded"], activities_told()) == (2, before + 2)
