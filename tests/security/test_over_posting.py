"""Nobody says more than they are asked: unknown and privileged fields are refused wherever a body is taken."""

from typing import Any

import pytest

from guerdon.faces.api import examples, routes
from tests.faces.api import door

TAKING = [one for one in routes.ROUTES if one.takes is not None]
PRIVILEGED = {
    "programme": "other", "programme_id": "prg_" + "0" * 32, "id": "mem_" + "0" * 32, "seq": 1, "role": "owner",
    "scopes": ["staff:write"], "recorded_at": "2020-01-01T00:00:00Z", "points": 10**6, "status": "active",
    "state": "approved", "actor": "Emil", "decided_by": "Emil", "made_by": "0" * 32, "is_staff": True,
    "__proto__": {"admin": True}, "zzz": None,
}  # fmt: skip


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = door.description()["components"]["schemas"][name]
    return found


def described(endpoint: routes.Endpoint) -> str:
    operation = door.operation(endpoint.method, endpoint.path)
    assert operation is not None
    return str(operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]).rsplit("/", 1)[1]


def places(kind: Any, value: Any, path: str = ""):
    """Every object of a body whose fields the description closes, with the fields it has."""
    if "$ref" in kind:
        kind = schema(kind["$ref"].rsplit("/", 1)[1])
    for one in kind.get("anyOf", ()):
        yield from places(one, value, path)
    if isinstance(value, dict) and kind.get("type") == "object":
        if kind.get("additionalProperties") is False:
            yield path, set(kind.get("properties", {}))
        for name, inner in value.items():
            if name in kind.get("properties", {}):
                yield from places(kind["properties"][name], inner, f"{path}/{name}")
    if isinstance(value, list) and kind.get("type") == "array" and value and isinstance(kind.get("items"), dict):
        yield from places(kind["items"], value[0], f"{path}/0")


def put(value: Any, path: str, name: str, told: Any) -> Any:
    """The body with one field more at the place."""
    if not path:
        return value | {name: told}
    step, _, rest = path[1:].partition("/")
    rest = rest and f"/{rest}"
    if isinstance(value, list):
        return [put(value[0], rest, name, told), *value[1:]]
    return value | {step: put(value[step], rest, name, told)}


def test_every_body_is_closed_in_the_description():
    assert [one.name for one in TAKING if schema(described(one)).get("additionalProperties") is not False] == []


@pytest.mark.parametrize("endpoint", TAKING, ids=lambda one: one.name)
def test_no_field_is_taken_that_is_not_asked_for(api, endpoint):
    shown = examples.EXAMPLES[endpoint.name]
    path = endpoint.path
    for name, value in shown.path.items():
        path = path.replace(f"{{{name}}}", str(value))
    closed = dict(places(schema(described(endpoint)), shown.body))
    assert "" in closed
    for place, known in closed.items():
        for name, more in PRIVILEGED.items():
            if name in known:
                continue
            body = put(shown.body, place, name, more)
            answer = api.send(endpoint.method, path, body=body, headers={"if-match": "*"})
            part = place and answer.status == 200  # of a batch, which is refused by itself
            told = answer.json["results"][0]["problem"] if part else answer.json
            assert told["status"] == 422, (place, name, answer.body)
            assert (told["code"], told["errors"][0]["reason"]) == ("value_refused", "unknown_field"), (place, name)


def test_every_answer_has_the_fields_of_its_description_and_no_other():
    """`door.check` holds every answer of the suite against schemas that have no room for what is not described."""
    shown = examples.EXAMPLES["members.read"].answer
    door.validate("MemberView", shown)
    with pytest.raises(AssertionError, match="Additional properties"):
        door.validate("MemberView", shown | {"seed": "x"})
    with pytest.raises(AssertionError, match="not valid"):
        door.validate("MemberView", shown | {"person": {"name": "Ann", "pin": "1"}})
