"""A sample of the fuzz: no mistake of ours, every answer is the described one, and every operation can be done."""

import json
import os

import pytest

from guerdon.core import rights
from tests import databases

pytestmark = pytest.mark.skipif(
    not os.environ.get(databases.VARIABLE, "").startswith("sqlite"), reason="what is described is the same on both"
)
# One room whole, whose verbs follow each other, for who may all; of all others a few operations, others for each role.
ROOM = ["holds.make", "holds.read", "holds.capture", "holds.release", "segments.add", "segments.read", "segments.take"]

WELL = {"status": 200, "headers": {"content-type": "application/json"}, "body": b'{"holds": [], "next": null}'}
MISFIT = {"code": "value_refused", "detail": "?", "errors": [{"reason": "missing", "pointer": "?limit"}]}


def test_every_operation_is_done_well(database):
    from tests.security import scenes, world

    one = world.opened()
    assert scenes.play(one) == []
    one.api.close()


def test_the_api_answers_as_it_is_described(database):
    from schemathesis.checks import CHECKS

    from tests.security import fuzzing, world

    fuzz, one = fuzzing.Fuzz(), world.opened()
    names = [endpoint.name for endpoint in world.routed() if endpoint.name not in (*ROOM, "keys.revoke")]
    fuzzing.run(fuzz, one, "owner", examples=4, seed=1, only=ROOM)
    for place, role in enumerate(rights.ROLES):
        fuzzing.run(fuzz, one, role, examples=1, seed=place, only=names[place :: len(names) // 2])
    one.api.close()
    assert fuzz.wrong == {}, "\n\n".join(f"{where}: {what}" for where, what in fuzz.wrong.items())
    assert set(fuzz.checked) == set(CHECKS.get_all_names()) - {"max_response_time"}
    assert all(fuzz.asked[phase, "2xx"] for phase in fuzzing.PHASES), fuzz.asked
    assert fuzz.asked.total() > 1_000 and {200, 201, 401, 403, 404, 405, 415, 422} <= set(fuzz.answered), fuzz.answered


@pytest.mark.parametrize(
    ("check", "wrong"),
    [
        ("not_a_server_error", {"status": 500}),
        ("status_code_conformance", {"status": 418}),
        ("content_type_conformance", {"headers": {"content-type": "text/html"}}),
        ("response_schema_conformance", {"body": b'{"holds": 1}'}),
        ("says_what_it_describes", {"status": 422, "body": b'{"code": "no_such_code"}'}),
        ("takes_what_it_describes", {"status": 422, "body": json.dumps(MISFIT).encode()}),
        ("negative_data_rejection", WELL),
        ("ignored_auth", WELL),
        ("unsupported_method", WELL),
    ],
)
def test_what_is_wrong_is_found(database, monkeypatch, check, wrong):
    """A lane that answers wrongly is caught by the check that is there for it."""
    from tests.faces.api import door
    from tests.security import fuzzing, world

    one = world.opened()
    exchange = one.api.exchange

    async def wrongly(scope, raw, parts=1):
        right = await exchange(scope, raw, parts)
        told = {"status": right.status, "headers": right.headers, "body": right.body} | wrong
        size = {"content-length": str(len(told["body"]))}
        return door.Answer(told["status"], right.headers | told["headers"] | size, told["body"])

    monkeypatch.setattr(one.api, "exchange", wrongly)
    fuzz = fuzzing.Fuzz()
    fuzzing.run(fuzz, one, "owner", examples=1, seed=1, only=["holds.list"])
    one.api.close()
    assert f"owner: GET /v1/members/{{id}}/holds: {check}" in fuzz.wrong
