"""The trail that is looked for says something in every field, and the files are swept as the guide tells."""

import random
from typing import Any

import msgspec
import pytest

from guerdon.faces.cli.torture import traces, trails
from guerdon.faces.cli.torture.battery import Findings
from guerdon.faces.cli.torture.caller import Call, Caller
from tests import walls

GUIDE = walls.ROOT / "docs" / "guides" / "operator" / "privacy.md"
OPENAPI = walls.ROOT / "docs" / "reference" / "openapi.json"
# Words of a request that say nothing of a member: names of the programme's, of systems and of what they tell.
NAMES = frozenset(
    [
        "answer",
        "brand",
        "burn",
        "card",
        "cards",
        "category",
        "cause",
        "channel",
        "client",
        "code",
        "codes",
        "currency",
        "email",
        "external_id",
        "external_ids",
        "file",
        "gift_card",
        "id",
        "key",
        "kind",
        "member",
        "memberships",
        "partner",
        "path",
        "phone",
        "picture",
        "plan",
        "product",
        "reason",
        "reward",
        "segments",
        "shown",
        "source",
        "spend",
        "tags",
        "tier",
        "tiers",
        "title",
        "to",
        "together_with",
        "unit",
        "use",
        "variant",
        "voucher",
        "why",
    ]
)
# What others say: of the staff, of tills, of rules, of sums. The guide asks for no names there.
ELSEWHERE = frozenset(
    [
        "/v1/adjustments .note", "/v1/adjustments/batch .adjustments[].note", "/v1/adjustments/{id}/approve .note",
        "/v1/adjustments/{id}/reject .note", "/v1/keys .name", "/v1/staff/invitations .name",
        "/v1/memberships/{id}/renew .reference", "/v1/memberships/{id}/change .reference",
        "/v1/payments/{id}/paid .reference", "/v1/memberships .reference", "/v1/activities .facts.*",
        "/v1/activities .store", "/v1/activities/batch .activities[].store", "/v1/redemptions .store",
        "/v1/closings .month",
        "/v1/activities/batch .activities[].facts.*", "/v1/segments .name.*", "/v1/segments/{key} .name.*",
    ]
)  # fmt: skip
# The same things that are said elsewhere in the trail: by another method, or in another place.
AGAIN = frozenset(
    [
        "patch /v1/members/{id} .attributes.*", "patch /v1/members/{id} .person.language",
        "patch /v1/members/{id} .person.name", "post /v1/claims/{id}/replies .photos[]",
        "post /v1/claims/{id}/reopen .text", "post /v1/claims/{id}/settle .purchase.store",
    ]
)  # fmt: skip


class Yes(Caller):
    """Grants everything, so that a trail can be walked without a server."""

    def __init__(self) -> None:
        super().__init__(0, "")

    def ask(self, method: str, path: str, body: Any = None, *, token: str | None = None) -> Call:
        wrong = "@" not in body["person"]["email"] if body and set(body.get("person", ())) == {"email"} else False
        return Call(method, path, body, 0, 0, 422 if wrong or "maiden" in (body or {}) else 200, {"id": "x"})


def fields(body: Any, path: str = "") -> set[str]:
    """The places of a body in which there is text."""
    if isinstance(body, dict):
        return {one for key, part in body.items() for one in fields(part, f"{path}.{key}")}
    if isinstance(body, list):
        return {one for part in body for one in fields(part, f"{path}[]")}
    return {path} if isinstance(body, str) else set()


def free(schema: dict[str, Any], schemas: dict[str, Any], path: str = "", seen: tuple[str, ...] = ()) -> set[str]:
    """The places of a described body that take any text."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return set() if name in seen else free(schemas[name], schemas, path, (*seen, name))
    found: set[str] = set()
    for each in (part for word in ("anyOf", "oneOf", "allOf") for part in schema.get(word, [])):
        found |= free(each, schemas, path, seen)
    for name, part in schema.get("properties", {}).items():
        found |= free(part, schemas, f"{path}.{name}", seen)
    if isinstance(schema.get("additionalProperties"), dict):
        found |= free(schema["additionalProperties"], schemas, f"{path}.*", seen)
    if schema.get("type") == "array":
        found |= free(schema.get("items", {}), schemas, f"{path}[]", seen)
    if schema.get("type") == "string" and not {"enum", "const", "format", "pattern"} & set(schema):
        found.add(path)
    return found


@pytest.fixture(scope="module")
def said() -> set[str]:
    """`post /v1/members .person.name` and so on: where the trail says a word."""
    trail = trails.Trail(Yes(), random.Random(1), Findings())
    trail.live(0)
    return {
        f"{method.lower()} {path.replace('/x/', '/{id}/')} {field}"
        for method, path, body in trail.asked
        for field in fields(body)
    }


def test_every_field_that_may_say_something_of_a_person_says_it(said: set[str]) -> None:
    described = msgspec.json.decode(OPENAPI.read_bytes())
    silent = [
        f"{method} {path} {field}"
        for path, operations in described["paths"].items()
        if not path.startswith(
            (
                "/v1/programme",
                "/v1/simulations",
                "/v1/objectives",
                "/v1/costs",
                "/v1/rewards",
                "/v1/tills",
                "/v1/quotes",
                "/v1/gift-cards",
                "/v1/vouchers",
            )
        )
        for method, operation in operations.items()
        for content in operation.get("requestBody", {}).get("content", {}).values()
        for field in sorted(free(content["schema"], described["components"]["schemas"]))
        if field.replace("[]", "").rpartition(".")[2] not in NAMES
        and f"{path} {field}" not in ELSEWHERE
        and f"{method} {path} {field}" not in AGAIN
        and not any(one.startswith(f"{method} {path} {field.split('*')[0]}") for one in said)
    ]
    assert silent == []


def test_what_is_said_again_is_described() -> None:
    text = OPENAPI.read_text("utf-8")
    assert all(f'"{one.split()[1]}"' in text for one in AGAIN) and all(
        f'"{one.split()[0]}"' in text for one in ELSEWHERE
    )


def test_the_guide_tells_how_the_files_are_swept() -> None:
    guide = GUIDE.read_text("utf-8")
    assert all(f"{statement};" in guide for statement in (*traces.SWEEP_SQLITE, *traces.SWEEP_POSTGRESQL))
