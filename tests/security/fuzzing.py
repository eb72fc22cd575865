"""The API fuzzed from its own description by schemathesis, in this process, by each role: all checks, all phases."""

import asyncio
import copy
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.specs.openapi.schemas import OpenApiSchema

from guerdon.core import rights
from guerdon.faces.api import routes
from tests import databases
from tests.faces.api import door
from tests.security import world

DESCRIPTION = "/description"
OURS = "Bearer ours"  # what schemathesis shows; the key of the role goes on
PHASES = ("examples", "coverage", "fuzzing", "stateful")  # of schemathesis, in this order

# All checks of schemathesis look at every answer. What they take for right beside their own:
# - positive_data_acceptance: no schema tells the law. A plan that the programme has not and two filters at once are
#   refused with 422, a state that somebody else has changed with 412; what is taken stands in the stories. What is
#   refused although it has the right shape is found by `takes_what_it_describes`.
# - negative_data_rejection: 412, for the state is looked at before what is to become of it.
# - missing_required_header: 428 alone is the answer to who leaves out If-Match, the only one that is required; who may
#   not come in, and what is not there, is told first.
# `object_level_authorization` finds nothing, for it needs several who sign in by themselves. Who is shown what of whom
# is proved route by route in `test_matrix_api.py`.
EXPECTED = {
    "positive_data_acceptance": ["2xx", "401", "403", "404", "409", "412", "422", "429"],
    "negative_data_rejection": ["400", "401", "403", "404", "405", "406", "409", "412", "415", "422", "428", "429"],
    "missing_required_header": ["428", "403", "404"],
}
# Reasons for which a value is refused that a schema could have told. That a text is Base64 is told, too, but
# schemathesis does not read it: so `malformed` is not among them.
SHAPES = {"missing", "unknown_field", "not_a_choice", "length", "out_of_range", "wrong_type", "not_a_time"}


@schemathesis.check
def says_what_it_describes(ctx: Any, response: Any, case: Any) -> None:
    """Every refusal has a code that is described for the operation."""
    described = case.operation.definition.raw["responses"].get(str(response.status_code))
    if described is None or response.status_code < 400:
        return  # what other methods are told is looked at by other checks
    code = response.json()["code"]
    assert code in described["content"]["application/problem+json"]["examples"], f"{code} is not described"


@schemathesis.check
def takes_what_it_describes(ctx: Any, response: Any, case: Any) -> None:
    """What has the shape that is described is not refused for its shape."""
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code != 422:
        return
    told = response.json()
    if told["code"] != "value_refused" or told["errors"][0]["reason"] not in SHAPES:
        return
    sent = _at(case, told["errors"][0]["pointer"])
    # To JSON Schema 12.0 is a whole number, to Guerdon it is a float; a parameter without a value is told as no text.
    assert isinstance(sent, float) or sent in ("", None), told["detail"]


def _at(case: Any, pointer: str) -> Any:
    """What a case sends at a place."""
    found: Any = case.query if pointer.startswith("?") else case.body
    for step in pointer.lstrip("?/").split("/"):
        found = found[int(step)] if isinstance(found, list) else found.get(step.replace("~1", "/").replace("~0", "~"))
    return found


@dataclass
class Fuzz:
    """What was asked by phase and class of the answer, each status, which checks looked at it, and what was wrong."""

    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    answered: Counter[int] = field(default_factory=Counter)
    checked: Counter[str] = field(default_factory=Counter)
    done: set[str] = field(default_factory=set)
    wrong: dict[str, str] = field(default_factory=dict)

    def note(self, role: str, event: events.ScenarioFinished) -> None:
        """One operation in one phase, or one sequence of several."""
        recorder = event.recorder
        for id, found in recorder.interactions.items():
            if found.response is not None:
                status = found.response.status_code
                self.asked[event.phase.value, f"{status // 100}xx"] += 1
                self.answered[status] += 1
                if status < 300:
                    self.done.add(recorder.cases[id].value.operation.definition.raw["operationId"])
        for id, looks in recorder.checks.items():
            for look in looks:
                self.checked[look.name] += 1
                if look.failure_info is not None and not _refused_inside(look.name, recorder.interactions[id]):
                    where = f"{role}: {recorder.cases[id].value.operation.label}: {look.name}"
                    self.wrong.setdefault(where, _told(look.failure_info.failure, recorder.interactions[id]))


def _refused_inside(check: str, found: Any) -> bool:
    """Whether every part of a batch was refused: by itself, so that it takes no other part with it."""
    if check != "negative_data_rejection" or not found.request.uri.partition("?")[0].endswith("/batch"):
        return False
    return all(one["status"] >= 400 for one in json.loads(found.response.content)["results"])


def _told(failure: Any, found: Any) -> str:
    said = f"{failure.title} {failure.message}"[:600]
    asked, answer = found.request, found.response
    body = (asked.body or b"").decode("utf-8", "replace")[:600]
    return f"{said}\n{asked.method} {asked.uri} {body}\n{answer.status_code} {answer.content[:600]!r}"


class Gate:
    """The lane as schemathesis asks it, always in the same thread, with the key of a role for who shows ours."""

    def __init__(self, one: world.World, role: rights.Role) -> None:
        self.one, self.role = one, role
        self.key = self._new_key()
        self.thread = ThreadPoolExecutor(1)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http", "there is no life to be lived through"
        if scope["path"] == DESCRIPTION:
            told = [(b"content-type", b"application/json")]
            await send({"type": "http.response.start", "status": 200, "headers": told})
            await send({"type": "http.response.body", "body": json.dumps(described(self.one)).encode()})
            return
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        answer = await asyncio.get_running_loop().run_in_executor(self.thread, self._answer, scope, body)
        headers = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    def _answer(self, scope: Any, body: bytes) -> door.Answer:
        ours = (b"authorization", OURS.encode()) in scope["headers"]
        answer = self._with_key(scope, body)
        if ours and answer.status == 401:  # it has revoked its own key
            self.key = self._new_key()
            answer = self._with_key(scope, body)
        return answer

    def _with_key(self, scope: Any, body: bytes) -> door.Answer:
        shown = {OURS.encode(): f"Bearer {self.key}".encode()}
        headers = [(name, shown.get(value, value)) for name, value in scope["headers"]]
        return self.one.api.loop.run_until_complete(self.one.api.exchange(scope | {"headers": headers}, body))

    def _new_key(self) -> str:
        return self.one.api.new_key(rights.of(self.role), name=f"{self.one.mark} {self.role}")

    def close(self) -> None:
        self.thread.submit(databases.disconnect).result()
        self.thread.shutdown()


def described(one: world.World) -> dict[str, Any]:
    """The description with examples of things that there are in this world."""
    whole = copy.deepcopy(door.description())
    whole["components"]["parameters"]["If-Match"]["example"] = "*"
    for endpoint in world.routed():
        operation = whole["paths"][endpoint.path][endpoint.method.lower()]
        told = one.told(endpoint)
        for parameter in operation.get("parameters", ()):
            if parameter.get("in") == "path":
                parameter["example"] = told.path[parameter["name"]]
        if told.body is not None:
            operation["requestBody"]["content"]["application/json"]["examples"]["cast"]["value"] = told.body
    return whole


@contextmanager
def opened(one: world.World, role: rights.Role, *, examples: int, seed: int) -> Iterator[OpenApiSchema]:
    """The description as schemathesis reads it, to be asked with a key of the role."""
    config = {
        "seed": seed, "workers": 1, "headers": {"Authorization": OURS}, "continue-on-failure": True,
        "suppress-health-check": ["all"],
        "generation": {"max-examples": examples, "no-shrink": True, "database": "none"},
        "phases": {
            "stateful": {"generation": {"max-examples": examples * 5}, "max-steps": 10},
        },
        "checks": {name: {"expected-statuses": statuses} for name, statuses in EXPECTED.items()},
    }  # fmt: skip
    gate = Gate(one, role)
    try:
        yield schemathesis.openapi.from_asgi(DESCRIPTION, gate, config=SchemathesisConfig.from_dict(config))
    finally:
        gate.close()


def allowed(role: rights.Role) -> list[str]:
    """The operations that the role may use; that it is refused all others is proved in `test_matrix_api.py`."""
    return [endpoint.name for endpoint in routes.ROUTES if endpoint.right in ("public", *rights.of(role))]


def run(fuzz: Fuzz, one: world.World, role: rights.Role, *, examples: int, seed: int, only: Iterable[str] = ()) -> None:
    """Fuzz the operations (all, or `only` some) as somebody of the role, with so many examples in each phase."""
    one.api.checked = False  # schemathesis looks
    with opened(one, role, examples=examples, seed=seed) as schema:
        chosen = schema.include(operation_id=list(only)) if only else schema
        for event in from_schema(chosen).execute():
            if isinstance(event, events.ScenarioFinished):
                fuzz.note(role, event)
            elif isinstance(event, events.NonFatalError | events.FatalError):
                error = event.value if isinstance(event, events.NonFatalError) else event.exception
                if only and isinstance(error, schemathesis.errors.NoLinksFound):
                    continue  # nothing follows upon anything in this sample
                fuzz.wrong.setdefault(f"{role}: {type(error).__name__}", repr(error)[:600])
