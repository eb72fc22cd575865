"""The express lane: one bare ASGI dispatcher from the table of routes to the endpoints, and back to bytes."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from inspect import iscoroutinefunction
from time import perf_counter_ns
from types import MappingProxyType
from typing import Any, Final

import msgspec
import structlog

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.engine.group_commit import GroupCommit
from guerdon.engine.group_read import GroupRead
from guerdon.faces import intake, life, refusals, shields, web
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Archive, Call, Endpoint, Image, Paper, Picture, Reply, Spreadsheet, programme_of
from guerdon.faces.documents import Document
from guerdon.features.keys.queries import Keyring, KeyRow
from guerdon.features.programmes import clocks
from guerdon.kit import ids, store, watch

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, intake.Receive, Send], Awaitable[None]]
Headers = Mapping[bytes, bytes]
Answer = tuple[int, list[tuple[bytes, bytes]], bytes]

log = structlog.get_logger(__name__)

_JSON: Final = (b"content-type", b"application/json")
_SVG: Final = (b"content-type", b"image/svg+xml; charset=utf-8")
_CSV: Final = (b"content-type", b"text/csv; charset=utf-8")
_ZIP: Final = (b"content-type", b"application/zip")
_PROBLEM: Final = (b"content-type", web.CONTENT_TYPE.encode())
_UNKEPT: Final = (b"cache-control", b"no-store")
_KEPT: Final = (b"cache-control", b"public, max-age=31536000, immutable")
_REPLAYED: Final = (b"idempotency-replayed", b"true")
_REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9._\-]{1,128}\Z")
_KEY: Final = "guerdon.key"  # in the scope of a request: who was let in
_encode: Final = msgspec.json.Encoder().encode


class Door:
    """An endpoint with everything made ready that does not change from request to request."""

    __slots__ = ("endpoint", "nothing", "query", "run", "takes", "waits")

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.run = endpoint.run
        self.waits = iscoroutinefunction(endpoint.run)
        self.query = endpoint.query
        self.nothing = endpoint.query and endpoint.query()  # the query of a request that has none
        self.takes: msgspec.json.Decoder[Any] | None = (
            None if endpoint.takes is None else msgspec.json.Decoder(endpoint.takes)
        )


Doors = dict[str, Door]  # of one address, by method


class Lane:
    """The ASGI application of the API and its documents; `hooks` take what others tell, `beyond` serves the rest."""

    def __init__(
        self,
        endpoints: Iterable[Endpoint],
        *,
        now: Callable[[], datetime],
        pool: ThreadPoolExecutor,
        documents: Mapping[str, Document] = MappingProxyType({}),
        hooks: Application | None = None,
        beyond: Application | None = None,
        log_all: bool = False,
        https: bool = False,
    ) -> None:
        self.keyring = Keyring()
        self._now = now
        self._pool = pool
        self._documents = documents
        self._hooks = hooks
        self._beyond = beyond
        self._life = life.Life(self.keyring, pool)
        self._group = GroupCommit(self._now_of)
        self._reads = GroupRead(self._now_of)
        self._log_all = log_all
        self._shields = shields.Shields(https=https)
        self._waiting = 0
        self._fixed: dict[str, Doors] = {}
        self._shaped: dict[int, dict[tuple[str, ...], Doors]] = {}
        for endpoint in endpoints:
            self._doors_at(endpoint.path)[endpoint.method] = Door(endpoint)

    def _doors_at(self, path: str) -> Doors:
        """The doors of an address of the table: found by the whole path, or by the shape of its steps."""
        if "{" not in path:
            return self._fixed.setdefault(path, {})
        steps = tuple("" if step.startswith("{") else step for step in path.split("/")[1:])
        return self._shaped.setdefault(len(steps), {}).setdefault(steps, {})

    async def __call__(self, scope: Scope, receive: intake.Receive, send: Send) -> None:
        """Answer one HTTP request, or live through the lifespan of the process."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._life(receive, send)
            return
        send = self._shields.before(send)
        began = perf_counter_ns()
        doors, params = self._find(scope["path"])
        if doors is not None and watch.watcher is not watch.NOBODY:
            scope[watch.ROUTE] = next(iter(doors.values())).endpoint.path
        headers: dict[bytes, bytes] = dict(scope["headers"])
        if doors is None and not self._life.away and await self._lies_beyond(scope, headers, receive, send):
            return
        request_id = headers.get(b"x-request-id", b"")
        if not _REQUEST_ID.match(request_id):
            request_id = ids.new().encode()
        method: str = scope["method"]
        try:
            status, told, body = await self._serve(doors, params, scope, headers, receive, request_id)
        except intake.Hangup:
            return
        except Exception as error:
            status, told, body = _refused(error, headers, request_id, self._programme(error, scope.get(_KEY)))
        if _KEPT not in told and _UNKEPT not in told:
            told.append(_UNKEPT)
        told.append((b"x-request-id", request_id))
        told.append((b"content-length", b"%d" % len(body)))
        await send({"type": "http.response.start", "status": status, "headers": told})
        await send({"type": "http.response.body", "body": body if method != "HEAD" else b""})
        if status >= 400 or self._log_all:
            door = (doors or {}).get(method)
            log.info(
                "request",
                endpoint=door.endpoint.name if door else None,
                method=method,
                status=status,
                micros=(perf_counter_ns() - began) // 1_000,
                request_id=request_id.decode(),
            )

    async def _lies_beyond(self, scope: Scope, headers: Headers, receive: intake.Receive, send: Send) -> bool:
        """Whether the address is none of the API's, and has been answered."""
        document = self._documents.get(scope["path"])
        if document is not None and scope["method"] in ("GET", "HEAD"):
            scope[watch.ROUTE] = "/static/" if scope["path"].startswith("/static/") else scope["path"]
            status, told, body = document.answer(headers)
            told.append((b"content-length", b"%d" % len(body)))
            await send({"type": "http.response.start", "status": status, "headers": told})
            await send({"type": "http.response.body", "body": body if scope["method"] == "GET" else b""})
            return True
        if self._hooks is not None and scope["path"].startswith("/hooks/"):
            scope[watch.ROUTE] = "/hooks/"
            await self._hooks(scope, receive, send)
            return True
        if self._beyond is None or document is not None or scope["path"].startswith("/v1/"):
            return False
        await self._beyond(scope, receive, send)
        return True

    async def _serve(
        self,
        doors: Doors | None,
        params: tuple[Any, ...],
        scope: Scope,
        headers: dict[bytes, bytes],
        receive: intake.Receive,
        request_id: bytes,
    ) -> Answer:
        """Let the caller in, read what is brought, run the endpoint."""
        if self._life.away:
            raise web.DATABASE_UNAVAILABLE(retry_after_seconds=1)
        if doors is None:
            raise web.ROUTE_UNKNOWN()
        method = scope["method"]
        door = doors.get(method)
        if door is None:
            door = doors.get("GET") if method == "HEAD" else None
            if door is None:
                return _elsewhere(doors, method)
        key = self._admit(door.endpoint, headers) if door.endpoint.right != "public" else None
        scope[_KEY] = key
        call = self._call(door.endpoint, params, key, headers, request_id)
        if door.query is not None:
            raw = scope["query_string"]
            asked: Any = intake.query(door.query, raw) if raw else door.nothing
            call.query = asked
            params = (*params, asked)
        elif scope["query_string"] and key is not None:
            intake.query(calls.NoQuery, scope["query_string"])  # what nobody would read is refused, not ignored
        if door.takes is not None:
            params = (*params, await intake.body(door.takes, headers, receive, chars_max=door.endpoint.chars_max))
        if door.waits:
            return _answer(await door.run(call, *params), door.endpoint, scope)
        if door.endpoint.hot:
            return _answer(door.run(call, *params), door.endpoint, scope)
        return await self._aside(lambda: _answer(door.run(call, *params), door.endpoint, scope))

    def _call(
        self, endpoint: Endpoint, params: tuple[Any, ...], key: KeyRow | None, headers: Headers, request_id: bytes
    ) -> Call:
        """What the endpoint is told of who calls; an Idempotency-Key is checked even where it would not be needed."""
        now = self._now() if key is None else self._now_of(key.programme_id)
        call = Call(endpoint, params, key, now, request_id.decode(), headers, self._group, self._reads)
        if b"accept-language" in headers:
            call.language = _language(headers)
        if endpoint.idempotent:
            call.idempotency_key()
        return call

    async def _aside(self, work: Callable[[], Answer]) -> Answer:
        """Work that may take longer, in a thread of the pool; its queue is short, so that nobody waits in vain."""
        if self._waiting >= limits.WAITING_REQUESTS_MAX:
            raise web.SERVER_BUSY(retry_after_seconds=1)
        self._waiting += 1
        watch.watcher.waiting(self._waiting)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1
            watch.watcher.waiting(self._waiting)

    def _find(self, path: str) -> tuple[Doors | None, tuple[Any, ...]]:
        """The doors at an address, and the ids in it."""
        doors = self._fixed.get(path)
        if doors is not None:
            return doors, ()
        given = path.split("/")[1:]
        for steps, found in self._shaped.get(len(given), {}).items():
            if all([got == step if step else got for step, got in zip(steps, given, strict=True)]):
                return found, tuple([got for step, got in zip(steps, given, strict=True) if not step])
        return None, ()

    def _admit(self, endpoint: Endpoint, headers: Headers) -> KeyRow:
        """The key the caller shows, if it has the right. Raises `key_missing`, `key_invalid` or `scope_missing`."""
        shown = headers.get(b"authorization", b"")
        if shown[:7].lower() != b"bearer ":
            raise web.KEY_MISSING()
        key = self.keyring.find(store.current(), shown[7:].strip(), now=self._now())
        if endpoint.right not in key.scopes:
            raise web.SCOPE_MISSING(scope=endpoint.right)
        clocks.note(key.programme_id, key.clock)
        return key

    def _programme(self, error: Exception, key: KeyRow | None) -> Programme | None:
        """The programme in whose names a refusal is told, where somebody was let in."""
        if key is None or not isinstance(error, Refusal):
            return None
        try:
            return programme_of(error, key, self._now_of(key.programme_id))
        except Exception as failure:
            if not store.unavailable(failure):
                raise
            return None  # the refusal stands, and is told without names

    def _now_of(self, programme_id: str) -> datetime:
        """What time it is in the programme."""
        return clocks.now(programme_id, self._now())


def _elsewhere(doors: Doors, method: str) -> Answer:
    """An address without a door for the method: tell which there are."""
    allowed = sorted({*doors, "OPTIONS", *(["HEAD"] if "GET" in doors else [])})
    if method == "OPTIONS":
        return 204, [(b"allow", ", ".join(allowed).encode())], b""
    raise web.METHOD_NOT_ALLOWED(method=method[:20], allowed=", ".join(allowed))


def _answer(reply: Reply, endpoint: Endpoint, scope: Scope) -> Answer:
    """An endpoint's reply as status, headers and bytes."""
    headers = [_JSON]
    if reply.replayed:
        headers.append(_REPLAYED)
    if reply.location is not None:
        headers.append((b"location", reply.location.encode()))
    if reply.etag is not None:
        headers.append((b"etag", b'"%d"' % reply.etag))
    if reply.next is not None:
        query = intake.next_query(scope["query_string"], reply.next)
        headers.append((b"link", f'<{scope["path"]}?{query}>; rel="next"'.encode()))
    if isinstance(reply.value, Image):
        return _shown(reply.value)
    if isinstance(reply.value, Picture):
        headers[0] = _SVG
        return reply.status or endpoint.status, headers, reply.value.svg.encode()
    if endpoint.csv:
        headers.append((b"vary", b"Accept"))
    if isinstance(reply.value, Spreadsheet | Paper):
        headers[0], content = _file(reply.value)
        headers.append((b"content-disposition", f'attachment; filename="{reply.value.name}"'.encode()))
        return reply.status or endpoint.status, headers, content
    if isinstance(reply.value, Archive):
        headers[0] = _ZIP
        return reply.status or endpoint.status, headers, reply.value.content
    return reply.status or endpoint.status, headers, _encode(reply.value)


def _file(value: Spreadsheet | Paper) -> tuple[tuple[bytes, bytes], bytes]:
    """What kind of file it is, and its bytes."""
    if isinstance(value, Spreadsheet):
        return _CSV, value.csv.encode()
    return (b"content-type", value.media_type.encode()), value.content


def _shown(image: Image) -> Answer:
    """A picture, or that the caller has it already."""
    etag = b'"%b"' % image.hash.encode()
    headers = [(b"content-type", image.media_type.encode()), _UNKEPT if image.private else _KEPT, (b"etag", etag)]
    return (304, headers, b"") if image.content is None else (200, headers, image.content)


def _refused(error: Exception, headers: Headers, request_id: bytes, programme: Programme | None) -> Answer:
    """The problem that a refusal, or a mistake of ours, is told as; nothing of the inside gets out."""
    refusal = error if isinstance(error, Refusal) else None
    if refusal is None:
        name = request_id.decode()
        log.error("broken", request_id=name, exc_info=error)
        away = store.unavailable(error)
        watch.watcher.failed(away=away)
        refusal = web.DATABASE_UNAVAILABLE(retry_after_seconds=1) if away else web.INTERNAL(request=name)
    noted = request_id.decode() if refusal.kind is web.INTERNAL else None
    problem = web.problem(refusal, language=_language(headers), request_id=noted, programme=programme)
    told = [_PROBLEM]
    if refusal.replayed:
        told.append(_REPLAYED)
    if problem.status == 401:
        told.append((b"www-authenticate", b"Bearer"))
    if problem.status == 405:
        told.append((b"allow", str(refusal.facts["allowed"]).encode()))
    if "retry_after_seconds" in refusal.facts:
        told.append((b"retry-after", str(refusal.facts["retry_after_seconds"]).encode()))
    return problem.status, told, _encode(problem)


def _language(headers: Headers) -> str:
    return refusals.preferred(headers.get(b"accept-language", b"").decode("latin-1"))
