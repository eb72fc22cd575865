"""Members over the API: enrolled, found by anything that names them, changed by whoever saw the latest state."""

import pytest

from guerdon.core import limits
from guerdon.kit import store

ANN = {
    "external_ids": ["ann"],
    "cards": ["au 1001"],
    "person": {
        "name": "Ann", "email": "Ann@Example.com", "phone": "+359 88 123 456", "birthday": "1990-04-12",
        "language": "bg",
    },
    "attributes": {"tier": "gold", "children": 2, "vegan": False},
    "segments": ["regulars"],
}  # fmt: skip


@pytest.fixture
def ann(api):
    return api.post("/v1/members", ANN)


def at(answer):
    return "/v1/members/" + answer.json["id"]


def test_a_member_is_enrolled_and_read_again(api, ann):
    assert ann.status == 201
    assert ann.headers["location"] == at(ann)
    assert ann.headers["etag"] == '"1"'
    assert ann.json["cards"] == ["AU1001"]
    assert ann.json["person"]["email"] == "Ann@Example.com"
    again = api.get(at(ann))
    assert (again.body, again.headers["etag"]) == (ann.body, '"1"')


def test_a_member_may_be_nobody_yet(api):
    nobody = api.post("/v1/members", {})
    assert nobody.status == 201
    assert nobody.json["person"] is None


@pytest.mark.parametrize(
    "query", ["external_id=ann", "card=AU%201001", "card=au1001", "email=ann%40example.COM", "phone=%2B35988123456",
              "phone=0035988123456"],
)  # fmt: skip
def test_a_member_is_found_by_any_identifier(api, ann, query):
    found = api.get("/v1/members?" + query).json
    assert [one["id"] for one in found["members"]] == [ann.json["id"]]
    assert found["next"] is None


def test_nobody_is_found_by_what_nobody_has(api, ann):
    assert api.get("/v1/members?card=1").json == {"members": [], "next": None}


@pytest.mark.parametrize(
    ("query", "code"),
    [("card=1&email=a@b.cd", "filter_invalid"), ("email=x", "identifier_invalid"), ("name=Ann", "value_refused"),
     ("card=", "identifier_invalid"), ("cursor=%25", "cursor_invalid")],
)  # fmt: skip
def test_searches_that_make_no_sense(api, query, code):
    assert api.get("/v1/members?" + query).code == code


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"external_ids": ["ann"]}, 409, "identifier_taken"),
        ({"cards": ["AU1001"]}, 409, "identifier_taken"),
        ({"person": {"email": "ANN@example.com"}}, 409, "identifier_taken"),
        ({"person": {"phone": "0035988123456"}}, 409, "identifier_taken"),
        ({"person": {"phone": "088 123"}}, 422, "identifier_invalid"),
        ({"person": {"birthday": "12.4.1990"}}, 422, "value_refused"),
        ({"person": {"name": "x" * 300}}, 422, "member_invalid"),
        ({"external_ids": [""]}, 422, "identifier_invalid"),
        ({"external_ids": ["a\tb"]}, 422, "identifier_invalid"),
        ({"external_ids": [str(n) for n in range(limits.IDENTIFIERS_MAX + 1)]}, 422, "value_refused"),
        ({"attributes": {"x": 1.5}}, 422, "value_refused"),
        ({"attributes": {"x": None}}, 422, "value_refused"),
        ({"attributes": {"x": 10**30}}, 422, "input_refused"),
        ({"attributes": {str(n): n for n in range(60)}}, 422, "member_invalid"),
        ({"segments": ["x" * 70]}, 422, "member_invalid"),
        ({"status": "closed"}, 422, "value_refused"),
    ],
)
def test_what_is_refused(api, ann, body, status, code):
    answer = api.post("/v1/members", body)
    assert (answer.status, answer.code) == (status, code), answer.body


@pytest.mark.parametrize(
    ("body", "pointer", "reason"),
    [
        ({"segments": ["vip", "x" * 65]}, "/segments/1", "length"),
        ({"attributes": {"n": 2**53}}, "/attributes/n", "out_of_range"),
        ({"person": {"birthday": "2999-01-01"}}, "/person/birthday", "day_ahead"),
        ({"person": {"birthday": "1700-01-01"}}, "/person/birthday", "birthday_too_old"),
        ({"segments": ["x"] * (limits.SEGMENTS_MAX + 1)}, "/segments", "too_many"),
        ({"attributes": {"a/b": "x" * 201}}, "/attributes/a~1b", "too_long"),
    ],
)
def test_a_refusal_points_to_the_place(api, body, pointer, reason):
    answer = api.post("/v1/members", body)
    assert [(one["pointer"], one["reason"]) for one in answer.json["errors"]] == [(pointer, reason)]


def test_as_many_attributes_are_forgotten_at_once_as_there_may_be(api, ann):
    gone = dict.fromkeys(map(str, range(limits.ATTRIBUTES_MAX)))
    assert api.patch(at(ann), {"attributes": gone}, headers={"if-match": "*"}).status == 200
    refused = api.patch(at(ann), {"attributes": gone | {"more": None}}, headers={"if-match": "*"})
    assert refused.json["errors"] == [{"pointer": "/attributes", "reason": "too_many", "message": "there are too many"}]


def test_a_change_keeps_what_it_does_not_name(api, ann):
    body = {"person": {"name": "Ann A.", "phone": None}, "attributes": {"children": None, "diet": "vegan"}}
    changed = api.patch(at(ann), body, headers={"if-match": '"1"'})
    assert changed.headers["etag"] == '"2"'
    assert changed.json["attributes"] == {"tier": "gold", "vegan": False, "diet": "vegan"}
    assert changed.json["person"] == ann.json["person"] | {"name": "Ann A.", "phone": None}
    assert changed.json["cards"] == ann.json["cards"]
    assert changed.json["segments"] == ["regulars"]
    assert api.get("/v1/members?phone=%2B35988123456").json["members"] == []
    assert api.get(at(ann)).body == changed.body


def test_identifiers_are_replaced_as_a_list(api, ann):
    changed = api.patch(at(ann), {"cards": ["b 2", "a 1"], "external_ids": []}, headers={"if-match": "*"})
    assert sorted(changed.json["cards"]) == ["A1", "B2"]
    assert changed.json["external_ids"] == []
    assert api.get("/v1/members?external_id=ann").json["members"] == []
    free = api.post("/v1/members", {"external_ids": ["ann"]})
    assert free.status == 201


def test_a_person_can_be_forgotten(api, ann):
    changed = api.patch(at(ann), {"person": None}, headers={"if-match": "*"})
    assert changed.json["person"] is None
    assert api.get("/v1/members?email=ann@example.com").json["members"] == []


@pytest.mark.parametrize(
    ("kind", "told", "spelt"),
    [("email", "Ben@Example.com", "ben@example.COM"), ("phone", "+359 88 765 432", "0035988765432")],
)
def test_who_came_in_by_a_purchase_stays_the_same_member(api, kind, told, spelt):
    """Neither a change that does not name the person nor one that names another field takes the identifier away."""
    purchase = {
        "kind": "purchase", "source": "till", "occurred_at": "2026-01-05T10:00:00Z", "amount": 1000,
    }  # fmt: skip
    first = api.post("/v1/activities", purchase | {"external_id": "order-1", "member": {kind: told}}).json
    ben = "/v1/members/" + first["activity"]["member"]
    assert api.get(ben).json["person"][kind] == told
    for body in ({"segments": ["vip"]}, {"person": {"name": "Ben"}}, {"person": {"language": None}}):
        assert api.patch(ben, body, headers={"if-match": "*"}).json["person"][kind] == told
    second = api.post("/v1/activities", purchase | {"external_id": "order-2", "member": {kind: spelt}}).json
    assert second["activity"]["member"] == first["activity"]["member"]
    assert api.patch(ben, {"person": {kind: None}}, headers={"if-match": "*"}).json["person"][kind] is None
    third = api.post("/v1/activities", purchase | {"external_id": "order-3", "member": {kind: told}}).json
    assert third["activity"]["member"] != first["activity"]["member"]


def test_the_book_tells_who_changed_what_and_nothing_of_whom(api, ann):
    body = {"person": {"email": "ann@new.example", "phone": None}, "cards": ["AURORA 7"]}
    assert api.patch(at(ann), body, headers={"if-match": "*"}).status == 200
    (line,) = api.get("/v1/audit?action=member.changed").json["lines"]
    assert line["after"] == {"changed": ["cards", "person.email", "person.phone"]} and line["before"] is None
    assert line["about"] == f"member {ann.json['id']}" and line["actor"]["kind"] == "key"


def test_a_change_of_something_else_keeps_the_birthday_month(api, ann):
    api.patch(at(ann), {"segments": ["vip"]}, headers={"if-match": "*"})
    months = store.current().fetch(
        store.Statement("SELECT birthday_month FROM members_member WHERE id = :id"), id=ann.json["id"][4:]
    )
    assert months == [(4,)]


def test_two_who_change_at_once(api, ann):
    first = api.patch(at(ann), {"segments": ["a"]}, headers={"if-match": '"1"'})
    second = api.patch(at(ann), {"segments": ["b"]}, headers={"if-match": '"1"'})
    assert first.status == 200
    assert (second.status, second.code) == (412, "etag_outdated")
    assert second.json["facts"] == {"expected": 1, "got": 2}
    assert api.get(at(ann)).json["segments"] == ["a"]
    together = [
        {"method": "PATCH", "path": at(ann), "body": {"segments": [str(n)]}, "headers": {"if-match": '"2"'}}
        for n in range(8)
    ]
    assert sorted(answer.status for answer in api.send_all(*together)) == [200] + [412] * 7


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ("", 428, "etag_missing"),
        ("1", 422, "etag_invalid"),
        ('"x"', 422, "etag_invalid"),
        ('W/"1"', 422, "etag_invalid"),
        ('"1", "2"', 422, "etag_invalid"),
        ('"99999999999"', 422, "etag_invalid"),
        ('"7"', 412, "etag_outdated"),
    ],
)
def test_if_match(api, ann, given, status, code):
    answer = api.patch(at(ann), {"segments": []}, headers={"if-match": given})
    assert (answer.status, answer.code) == (status, code)


def test_a_refused_change_changes_nothing(api, ann):
    api.post("/v1/members", {"cards": ["ben 1"]})
    answer = api.patch(at(ann), {"segments": ["x"], "cards": ["ben 1"]}, headers={"if-match": "*"})
    assert answer.code == "identifier_taken"
    answer = api.patch(at(ann), {"segments": ["x"], "person": {"email": "nobody"}}, headers={"if-match": "*"})
    assert answer.code == "identifier_invalid"
    answer = api.patch(at(ann), {"segments": ["x"], "status": "erased"}, headers={"if-match": "*"})
    assert answer.code == "value_refused"
    assert api.get(at(ann)).body == ann.body


def test_the_list_comes_in_pages(api):
    ids = [api.post("/v1/members", {"external_ids": [f"m{n}"]}).json["id"] for n in range(5)]
    found, path = [], "/v1/members?limit=2"
    while path:
        page = api.get(path)
        found += [one["id"] for one in page.json["members"]]
        link = page.headers.get("link", "")
        path = link[1 : link.index(">")] if link else ""
    assert found == ids


def test_unknown_members(api):
    for path in ("/v1/members/mem_" + "0" * 32, "/v1/members/mem_" + "0" * 32 + "/balances"):
        assert (api.get(path).status, api.get(path).code) == (404, "member_unknown")
    for path in ("/v1/members/ann", "/v1/members/act_" + "0" * 32, "/v1/members/mem_" + "G" * 32 + "/lots"):
        assert (api.get(path).status, api.get(path).code) == (422, "id_malformed")
