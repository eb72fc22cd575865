"""The API as its callers meet it, in this process: bytes in, bytes out, every answer held against the description."""

import asyncio
import functools
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import jsonschema

from guerdon.core import rights
from guerdon.faces import documents
from guerdon.faces.api import openapi, routes
from guerdon.faces.lane import Lane
from guerdon.features.keys import actions as keys
from guerdon.kit import clock, store
from tests.shop import Shop

JSON = "application/json"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of a refusal."""
        assert self.headers["content-type"] == "application/problem+json", self.body
        return self.json["code"]

    @property
    def replayed(self) -> bool:
        return self.headers.get("idempotency-replayed") == "true"


@dataclass
class Api:
    """One lane on the database at hand, and a key of one programme."""

    shop: Shop
    loop: asyncio.AbstractEventLoop
    lane: Lane
    key: str = ""
    checked: bool = True  # whether answers are held against the description
    _sent: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = self.key or self.new_key()

    def new_key(self, scopes: Iterable[str] = rights.RIGHTS, *, name: str = "till", shop: Shop | None = None) -> str:
        """A key of the shop's programme."""
        programme_id = (shop or self.shop).programme_id
        at_hand = store.current()
        return keys.create(at_hand, programme_id=programme_id, name=name, scopes=scopes, now=clock.now())[1]

    def get(self, path: str, **more: Any) -> Answer:
        return self.send("GET", path, **more)

    def post(self, path: str, body: Any, **more: Any) -> Answer:
        return self.send("POST", path, body=body, **more)

    def patch(self, path: str, body: Any, **more: Any) -> Answer:
        return self.send("PATCH", path, body=body, **more)

    def send(self, method: str, path: str, **more: Any) -> Answer:
        """One request, answered."""
        return self.loop.run_until_complete(self.sending(method, path, **more))

    def send_all(self, *requests: dict[str, Any]) -> list[Answer]:
        """Requests that arrive together."""

        async def together() -> list[Answer]:
            return list(await asyncio.gather(*[self.sending(**request) for request in requests]))

        return self.loop.run_until_complete(together())

    async def sending(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        headers: dict[str, str] | None = None,
        parts: int = 1,
    ) -> Answer:
        """One request; a body that is not bytes goes as JSON, in so many parts."""
        path, _, query = path.partition("?")
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        sent = {"host": "guerdon"}
        key = self.key if key is None else key
        if key:
            sent["authorization"] = f"Bearer {key}"
        if body is not None:
            sent |= {"content-type": JSON, "content-length": str(len(raw))}
        sent |= headers or {}
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in sent.items() if value],
        }
        answer = await self.exchange(scope, raw, parts)
        if self.checked:
            check(method, path, answer)
        return answer

    async def exchange(self, scope: dict[str, Any], raw: bytes, parts: int = 1) -> Answer:
        """What the lane answers to a request as its server hands it over."""
        size = max(1, -(-len(raw) // parts))
        pieces = [raw[start : start + size] for start in range(0, len(raw), size)] or [b""]
        told: list[Any] = []

        async def receive() -> dict[str, Any]:
            if not pieces:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

        async def send(message: Any) -> None:
            told.append(message)

        await self.lane(scope, receive, send)
        head, body = told
        headers = {name.decode(): value.decode() for name, value in head["headers"]}
        return Answer(head["status"], headers, body["body"])

    def close(self) -> None:
        self.lane._pool.shutdown()
        self.loop.close()


def opened(shop: Shop, *, now: Any = clock.now, **more: Any) -> Api:
    """A lane of its own for the shop."""
    pool = ThreadPoolExecutor(2)
    lane = Lane(routes.ROUTES, now=now, pool=pool, documents=_documents())
    return Api(shop, asyncio.new_event_loop(), lane, **more)


_documents = functools.cache(documents.load)  # the description alone takes a tenth of a second to write


# --- the description ---


@functools.cache
def description() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(openapi.write())
    return found


@functools.cache
def closed() -> dict[str, Any]:
    """The components of the description in which no object has room for a field that is not described.

    Callers must live with new fields; we must not show any that nobody decided to show.
    """

    def close(kind: Any) -> Any:
        if isinstance(kind, list):
            return [close(one) for one in kind]
        if not isinstance(kind, dict):
            return kind
        inner = {name: close(one) for name, one in kind.items()}
        return {"additionalProperties": False, **inner} if isinstance(kind.get("properties"), dict) else inner

    return {**description()["components"], "schemas": close(description()["components"]["schemas"])}


@functools.cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    whole = {"$ref": f"#/components/schemas/{name}", "components": closed()}
    return jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker())


def validate(name: str, value: Any) -> None:
    """Hold a value against a schema of the description."""
    faults = [f"{fault.json_path}: {fault.message}" for fault in _validator(name).iter_errors(value)]
    assert not faults, (name, faults)


def operation(method: str, path: str) -> dict[str, Any] | None:
    """The described operation at a real address."""
    given = path.split("/")
    exact = {path: description()["paths"][path]} if path in description()["paths"] else description()["paths"]
    for template, operations in exact.items():
        steps = template.split("/")
        fits = len(steps) == len(given) and all(
            (step.startswith("{") and got) or step == got for step, got in zip(steps, given, strict=True)
        )
        if fits and method.lower() in operations:
            found: dict[str, Any] = operations[method.lower()]
            return found
    return None


def check(method: str, path: str, answer: Answer) -> None:
    """An answer says only what the description promises."""
    described = operation("GET" if method == "HEAD" else method, path)
    if described is None or not answer.body:
        return
    content = described["responses"].get(str(answer.status))
    assert content is not None, f"{method} {path} is not described to answer {answer.status}: {answer.body!r}"
    kind = answer.headers["content-type"]
    assert kind in content["content"], (kind, answer.body)
    if kind.startswith("image/") or kind in ("application/zip", "application/pdf", "text/html"):
        return
    schema = content["content"][kind]["schema"]["$ref"].rsplit("/", 1)[1]
    validate(schema, answer.json)
    if kind != JSON:
        told = content["content"][kind]["examples"]
        assert answer.json["code"] in told, f"{answer.json['code']} is not described for {method} {path}"
    lacking = {name.lower() for name in answer.headers} & {"location", "etag", "link", "idempotency-replayed"}
    promised = {name.lower() for name in content.get("headers", {})}
    assert lacking <= promised | ({"idempotency-replayed"} if answer.status >= 400 else set()), lacking - promised
