"""The API fuzzed from its own description by schemathesis, in this process, with keys of every role."""

import random
import warnings
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import requests
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.transport import Response

from guerdon.core import rights
from tests.faces.api import door
from tests.security import world

# Of all checks those that speak of one answer; who may come in is proved cell by cell in the matrix.
HELD = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance",
)  # fmt: skip
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)


@dataclass
class Fuzz:
    """One run: what was asked, what was wrong, and which operations were done at least once."""

    one: world.World
    chance: random.Random
    keys: list[str] = field(default_factory=list)
    asked: int = 0
    answered: Counter[int] = field(default_factory=Counter)
    wrong: dict[str, str] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)

    def send(self, case: Any) -> None:
        """Ask what schemathesis thought of, mostly of things that there are, as earlier answers named them."""
        if case.path_parameters and self.chance.random() < 0.6:
            case.path_parameters = {name: self._known(case, name, told) for name, told in case.path_parameters.items()}
        asked = requests.Request(**case.as_transport_kwargs(base_url="http://guerdon")).prepare()
        url = urlsplit(asked.url or "")
        told = {
            name.lower(): value if isinstance(value, str) else value.decode("latin-1")
            for name, value in asked.headers.items()
            if name.lower() not in ("authorization", "content-length")
        }
        body = asked.body.encode() if isinstance(asked.body, str) else asked.body
        # A slash or a question mark in an id is another address.
        path = requests.utils.unquote(url.path.replace("%2F", "_").replace("%3F", "_"))
        more = {} if body is None else {"content-type": "application/json", "content-length": str(len(body))}
        key = self.chance.choice(self.keys)
        answer = self.one.api.send(
            case.method.upper(), f"{path}?{url.query}", body=body, key=key, headers={"if-match": "*"} | more | told
        )
        self._note(case, asked, answer)

    def not_done(self) -> list[str]:
        """The operations that were never answered well."""
        return sorted({endpoint.name for endpoint in world.routed()} - self.done)

    def _known(self, case: Any, name: str, told: Any) -> Any:
        shown = world.examples.EXAMPLES[case.operation.definition.raw["operationId"]].path.get(name, told)
        kind = str(shown)[:3]
        if name == "code":
            return self.one.codes["gift" if "gift-cards" in case.path else "voucher"]
        if name == "key" and "segments" in case.path:
            return f"{self.one.mark}seg"
        return self.chance.choice(self.one.ids[kind]) if self.one.ids.get(kind) else shown

    def _note(self, case: Any, asked: Any, answer: door.Answer) -> None:
        label = f"{case.method} {case.path}"
        self.asked += 1
        self.answered[answer.status] += 1
        if answer.status < 300:
            self.done.add(case.operation.definition.raw["operationId"])
            if answer.headers["content-type"] == door.JSON:
                self.one.harvest(answer.body.decode())
        headers = {name: [value] for name, value in answer.headers.items()}
        response = Response(answer.status, headers, answer.body, request=asked, elapsed=0.0, verify=True)
        try:
            case.validate_response(response, checks=CHECKS.get_by_names(list(HELD)))
        except (FailureGroup, Failure) as failure:
            self.wrong.setdefault(label, f"{answer.status} {failure!s:.600} {asked.url} {asked.body!s:.600}")


def run(*, examples: int, seed: int, one: world.World | None = None, share: float = 1.0) -> Fuzz:
    """Fuzz every operation with so many examples of each mode; a `share` of the operations, by chance."""
    load_all_checks()
    one = one or world.opened()
    one.api.checked = False
    chance = random.Random(seed)
    keys = [one.api.key] * 9 + [one.api.new_key(rights.of(role)) for role in rights.ROLES]
    fuzz = Fuzz(one, chance, keys)
    described = schemathesis.openapi.from_dict(door.description())
    held = hypothesis.settings(
        max_examples=examples, deadline=None, database=None, phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    for found in described.get_all_operations():
        operation = found.ok()
        if chance.random() >= share:
            continue
        for mode in MODES:
            try:
                strategy = operation.as_strategy(generation_mode=mode)
                test = hypothesis.seed(chance.getrandbits(32))(held(hypothesis.given(strategy)(fuzz.send)))
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    test()
            except (hypothesis.errors.Unsatisfiable, schemathesis.errors.InvalidSchema):
                continue  # there is nothing that could be wrong with it
    for endpoint in world.routed():
        path, body = one.request(endpoint)
        if one.api.send(endpoint.method, path, body=body, headers=world.HEAD).status < 300:
            fuzz.done.add(endpoint.name)
    return fuzz
