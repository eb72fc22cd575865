"""The express lane: one bare ASGI dispatcher from the table of routes to the endpoints, and back to bytes."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import Executor
from datetime import datetime
from inspect import iscoroutinefunction
from time import perf_counter_ns
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec
import structlog

from guerdon.core import errors, limits
from guerdon.core.errors import Refusal
from guerdon.engine.group_commit import GroupCommit
from guerdon.faces import refusals, web
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.features.keys.queries import KeyRow, Keyring
from guerdon.kit import gate, ids, store

ROUTE_UNKNOWN = errors.declare("unknown", "route_unknown")
METHOD_NOT_ALLOWED = errors.declare("invalid", "method_not_allowed", "method", "allowed")
MEDIA_TYPE_UNSUPPORTED = errors.declare("invalid", "media_type_unsupported", "got")
BODY_TOO_LARGE = errors.declare("invalid", "body_too_large", "bytes_max")
BODY_TOO_SLOW = errors.declare("invalid", "body_too_slow", "seconds_max")
KEY_MISSING = errors.declare("forbidden", "key_missing")
SCOPE_MISSING = errors.declare("forbidden", "scope_missing", "scope")
SERVER_BUSY = errors.declare("busy", "server_busy", "retry_after_seconds")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Header = tuple[bytes, bytes]

log = structlog.get_logger(__name__)

_JSON: Final = (b"content-type", b"application/json")
_PROBLEM: Final = (b"content-type", web.CONTENT_TYPE.encode())
_PRIVATE: Final = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))
_REPLAYED: Final = (b"idempotency-replayed", b"true")
_MEDIA: Final = re.compile(rb"application/(?:json|merge-patch\+json)\s*(?:;\s*charset=\"?utf-8\"?\s*)?\Z", re.IGNORECASE)
_REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9._\-]{1,128}\Z")
_encode: Final = msgspec.json.Encoder().encode


class Hangup(Exception):  # noqa: N818 - nobody is there to be answered
    """The caller closed the connection before the request was whole."""


class Door:
    """An endpoint with its decoders made ready."""

    __slots__ = ("body", "endpoint", "query", "waits")

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.waits = iscoroutinefunction(endpoint.run)
        self.query = endpoint.query
        self.body = None if endpoint.takes is None else msgspec.json.Decoder(endpoint.takes)


class Lane:
    """The ASGI application of the API; `beyond` is who serves every other address."""

    def __init__(
        self,
        endpoints: Iterable[Endpoint],
        *,
        now: Callable[[], datetime],
        pool: Executor,
        beyond: Application | None = None,
        log_all: bool = False,
    ) -> None:
        self.keyring = Keyring()
        self._now = now
        self._pool = pool
        self._beyond = beyond
        self._group = GroupCommit(now)
        self._log_all = log_all
        self._waiting = 0
        self._fixed: dict[str, dict[str, Door]] = {}
        self._shaped: dict[int, list[tuple[tuple[str, ...], dict[str, Door]]]] = {}
        for endpoint in endpoints:
            self._open(endpoint)

    def _open(self, endpoint: Endpoint) -> None:
        """Give an endpoint its place: by the whole path, or by the shape of its steps."""
        if "{" not in endpoint.path:
            self._fixed.setdefault(endpoint.path, {})[endpoint.method] = Door(endpoint)
            return
        steps = tuple("" if step.startswith("{") else step for step in endpoint.path.split("/")[1:])
        shapes = self._shaped.setdefault(len(steps), [])
        doors = next((doors for known, doors in shapes if known == steps), None)
        if doors is None:
            doors = {}
            shapes.append((steps, doors))
        doors[endpoint.method] = Door(endpoint)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        doors, params = self._find(scope["path"])
        if doors is None and self._beyond is not None and not scope["path"].startswith("/v1/"):
            await self._beyond(scope, receive, send)
            return
        began = perf_counter_ns()
        headers = dict(scope["headers"])
        given = headers.get(b"x-request-id")
        request_id = given if given is not None and _REQUEST_ID.match(given) else ids.new().encode()
        method = scope["method"]
        try:
            door = self._choose(doors, "GET" if method == "HEAD" else method)
            key = self._admit(door.endpoint, headers) if door.endpoint.right != "public" else None
            call = Call(door.endpoint, key, self._now(), request_id.decode(), headers, self._group)
            if b"accept-language" in headers:
                call.language = refusals.preferred(headers[b"accept-language"].decode("latin-1"))
            if door.query is not None:
                params = (*params, _query(door.query, scope["query_string"]))
            if door.body is not None:
                params = (*params, await _body(door.body, headers, receive))
            status, body, extra = _answered(door.endpoint, await self._run(door, call, params), scope)
        except Hangup:
            return
        except Exception as error:
            status, body, extra = self._refused(error, request_id, headers, doors)
            if status == 204:
                body = b""
        answer = [*extra, *_PRIVATE, (b"content-length", b"%d" % len(body)), (b"x-request-id", request_id)]
        await send({"type": "http.response.start", "status": status, "headers": answer})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})
        if status >= 400 or self._log_all:
            name = door.endpoint.name if doors is not None and method in doors else "none"
            micros = (perf_counter_ns() - began) // 1_000
            log.info("request", endpoint=name, method=method, status=status, micros=micros, request_id=request_id.decode())

    # --- which door ---

    def _find(self, path: str) -> tuple[dict[str, Door] | None, tuple[Any, ...]]:
        """The doors at an address, by method, and the ids in it."""
        doors = self._fixed.get(path)
        if doors is not None:
            return doors, ()
        given = path.split("/")[1:]
        for steps, found in self._shaped.get(len(given), ()):
            if all([not step or step == got for step, got in zip(steps, given, strict=True)]):
                return found, tuple([got for step, got in zip(steps, given, strict=True) if not step])
        return None, ()
