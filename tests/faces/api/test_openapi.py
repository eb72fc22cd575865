"""The description of the API: valid, complete, worded, and the same as the committed file."""

import re

import jsonschema
import msgspec
import openapi_spec_validator
import pytest

from guerdon.core.activities import Activity
from guerdon.faces.api import activities, calls, examples, openapi, routes, words
from tests.faces.api import door
from tests.house import source

COMMITTED = source.ROOT / openapi.FILE
OPERATIONS = [
    (method, path, operation)
    for path, operations in door.description()["paths"].items()
    for method, operation in operations.items()
]


def test_it_is_valid():
    openapi_spec_validator.validate(door.description())


def test_the_committed_file_is_today():
    assert COMMITTED.read_text("utf-8") == openapi.write(), "run: guerdon openapi --write"


def test_every_route_is_described():
    assert {(method.upper(), path) for method, path, _ in OPERATIONS} == {
        (endpoint.method, endpoint.path) for endpoint in routes.ROUTES
    }
    assert set(examples.EXAMPLES) == {endpoint.name for endpoint in routes.ROUTES}


def test_operations_read_as_methods_of_a_client():
    ids = {operation["operationId"] for _, _, operation in OPERATIONS}
    assert {"activities.record", "activities.list", "members.list", "balances.read", "programme.list_versions"} <= ids
    for noun, _, verb in (name.partition(".") for name in ids):
        assert verb.isidentifier(), (noun, verb)
        assert verb.strip("_") == verb != noun


def test_a_path_says_what_kind_of_id_it_takes():
    prefixes = {
        "/v1/memberships/": "mbr_",
        "/v1/payments/": "pay_",
        "/v1/activities/": "act_", "/v1/members/": "mem_", "/v1/adjustments/": "adj_", "/v1/burns/": "brn_",
        "/v1/holds/": "hol_", "/v1/transfers/": "trf_", "/v1/donations/": "don_",
        "/v1/tiers/grants/": "grt_", "/v1/redemptions/": "rdm_",
        "/v1/households/": "mem_", "/v1/claims/": "clm_", "/v1/alerts/": "alr_", "/v1/programme/drafts/": "drf_",
        "/v1/keys/": "key_", "/v1/jobs/": "job_", "/v1/letters/": "ltr_", "/v1/staff/{id}": "usr_",
        "/v1/staff/invitations/": "sti_", "/v1/simulations/": "sim_", "/v1/objectives/": "obj_",
        "/v1/costs/": "cst_",
    }  # fmt: skip
    for _, path, operation in OPERATIONS:
        for one in operation.get("parameters", []):
            if one.get("in") == "path" and one["name"] == "id":
                (prefix,) = [prefix for start, prefix in prefixes.items() if path.startswith(start)]
                assert one["schema"]["pattern"] == f"^{prefix}[0-9a-f]{{32}}$"


def test_what_stands_in_an_address_is_what_it_is_said_to_be():
    for _, path, operation in OPERATIONS:
        for one in operation.get("parameters", []):
            if one.get("in") == "path":
                jsonschema.validate(one["example"], one["schema"])
                assert f"{{{one['name']}}}" in path


@pytest.mark.parametrize("key", ["a", "till-1 000117", "~" * 255, "", "x" * 256, "ключ", "a\tb", "a\x7f"])
def test_a_key_for_a_request_looks_as_it_is_described(key):
    described = door.description()["components"]["parameters"]["Idempotency-Key"]["schema"]
    fits = jsonschema.Draft202012Validator(described).is_valid(key)
    assert fits == bool(calls._IDEMPOTENCY_KEY.match(key))


def test_a_time_in_a_query_is_described_as_one():
    (at,) = [one for one in door.operation("GET", "/v1/members/x/tiers")["parameters"] if one.get("name") == "at"]
    assert at["schema"] == {"type": "string", "format": "date-time"}


def test_what_is_changed_by_who_saw_it_is_described_with_its_etag():
    drafts = {path for _, path, _ in OPERATIONS if path.startswith("/v1/programme/drafts")}
    tagged = {path for _, path, operation in OPERATIONS if "ETag" in str(operation["responses"])}
    assert tagged - drafts == {"/v1/members", "/v1/members/{id}", "/v1/segments", "/v1/segments/{key}"}


def test_what_was_made_leads_to_what_can_be_done_with_it():
    """Each link names an operation, and what it tells of the answer is what that one asks for."""
    by_id = {operation["operationId"]: (path, operation) for _, path, operation in OPERATIONS}
    count = 0
    for _, path, operation in OPERATIONS:
        for response in operation["responses"].values():
            for link in response.get("links", {}).values():
                other, asked = by_id[link["operationId"]]
                schemas = {one["name"]: one["schema"] for one in asked["parameters"] if one.get("in") == "path"}
                assert set(link["parameters"]) == set(re.findall(r"{(\w+)}", other))
                for name, expression in link["parameters"].items():
                    source, _, place = expression.partition("#")
                    if source == "$request.path." + name:
                        assert f"{{{name}}}" in path
                        continue
                    value = response["content"]["application/json"]["examples"]["cast"]["value"]
                    for step in place.split("/")[1:]:
                        value = value[step]
                    jsonschema.validate(value, schemas[name])
                    count += 1
    assert count > 100
    assert set(door.description()["paths"]["/v1/holds"]["post"]["responses"]["201"]["links"]) == {
        "holds.read", "holds.capture", "holds.release",
    }  # fmt: skip


def test_who_must_say_what_they_saw_is_told_so():
    """If-Match is required wherever an answer without it is refused."""
    for _, path, operation in OPERATIONS:
        told = {"$ref": "#/components/parameters/If-Match"} in operation.get("parameters", [])
        assert told == ("428" in operation["responses"]), path


@pytest.mark.parametrize("endpoint", routes.ROUTES, ids=lambda one: one.name)
def test_examples_are_what_the_code_takes_and_gives(endpoint):
    shown = examples.EXAMPLES[endpoint.name]
    schema = words.RENAMED.get(endpoint.answers.__name__, endpoint.answers.__name__)
    if endpoint.answers not in (calls.Picture, calls.Image, calls.Archive, calls.Paper):
        door.validate(schema, shown.answer)
    if endpoint.takes is not None:
        body = msgspec.json.encode(shown.body)
        taken = msgspec.json.decode(body, type=endpoint.takes)
        if isinstance(taken, activities.Batch):
            for raw in taken.activities:
                msgspec.json.decode(raw, type=Activity)
        door.validate(words.RENAMED.get(endpoint.takes.__name__, endpoint.takes.__name__), shown.body)
    if endpoint.query is not None:
        told = {name: str(value) for name, value in shown.query.items()}
        msgspec.convert(told, endpoint.query, strict=False)
    assert set(shown.path) == set(re.findall(r"{(\w+)}", endpoint.path))


@pytest.mark.parametrize("name", sorted(door.description()["components"]["schemas"]))
def test_every_field_has_a_sentence(name):
    schema = door.description()["components"]["schemas"][name]
    assert schema["description"]
    for field, of in schema["properties"].items():
        assert of["description"].endswith("."), (name, field)


def test_no_sentence_is_left_over():
    described = {name: set(schema["properties"]) for name, schema in openapi._raw_schemas().items()}
    for name, fields in words.FIELDS.items():
        assert set(fields) == described[name], name


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=lambda one: str(one)[:40])
def test_every_operation_is_whole(method, path, operation):
    assert operation["summary"]
    assert operation["description"]
    for response in operation["responses"].values():
        assert response["description"]
        for content in response.get("content", {}).values():
            assert content["examples"]
    for parameter in operation.get("parameters", []):
        assert "$ref" in parameter or "description" in parameter or parameter["in"] == "path"


def test_no_room_of_words_or_examples_hides_another():
    for package, name in ((words, "FIELDS"), (examples, "EXAMPLES")):
        rooms = [getattr(room, name) for room in package._ROOMS]
        assert sum(map(len, rooms)) == len(getattr(package, name))
