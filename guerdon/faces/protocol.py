"""HTTP/1.1 for uvicorn, made for small answers: one write per answer, one sweep against slow and greedy callers."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any, Final, Literal, cast
from urllib.parse import unquote

import httptools
import structlog
from uvicorn.config import Config
from uvicorn.server import ServerState

from guerdon.core import limits

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

_BUFFERED_BYTES_MAX: Final = 256 * 1024  # of a body nobody has asked for yet; then the caller has to wait
_COPIED_BYTES_MAX: Final = 64 * 1024  # of an answer, to go out in one write; a document is sent as it is kept
_PIPELINED_MAX: Final = 16
_RETRY_SECONDS: Final = 5  # for who finds too many connections: some of them end at every sweep
_LINES: Final = {status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() for status in HTTPStatus}

_dated: tuple[object, bytes] = (None, b"")
log = structlog.get_logger(__name__)


class Exchange:
    """One request and its answer, as an ASGI application sees them."""

    __slots__ = (
        "_body", "_continues", "_head", "_protocol", "_waiter", "done", "gone", "keep_alive", "scope", "waiting",
        "whole",
    )  # fmt: skip

    def __init__(self, protocol: "Protocol", scope: Message, *, keep_alive: bool, continues: bool) -> None:
        self.scope = scope
        self.keep_alive = keep_alive
        self.waiting = 0  # bytes of the body that nobody has asked for yet
        self.whole = False  # whether all of the request has come
        self.done = self.gone = False  # answered; or nobody is there to be answered
        self._protocol = protocol
        self._body: list[bytes] = []
        self._continues = continues
        self._waiter: asyncio.Future[None] | None = None
        self._head: list[bytes] | None = None

    def feed(self, part: bytes) -> None:
        """A part of the body has come; what comes after the answer is counted and dropped."""
        self.waiting += len(part)
        if not self.done:
            self._body.append(part)
            self.wake()

    def finish(self) -> None:
        """The body is whole."""
        self.whole = True
        self.wake()

    def wake(self) -> None:
        """Let `receive` look again."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def run(self, application: Application) -> None:
        """Let the application answer; one that breaks is answered for."""
        try:
            await application(self.scope, self.receive, self.send)
        except Exception as error:
            log.error("broken", exc_info=error)
        finally:
            if not self.done and not self.gone:
                self._protocol.refuse(500)

    async def receive(self) -> Message:
        """The next part of the request."""
        while not self.whole and not self._body and not self.gone and not self.done:
            if self._continues:
                self._continues = False
                self._protocol.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        if self.gone or self.done:
            return {"type": "http.disconnect"}
        body = self._body[0] if len(self._body) == 1 else b"".join(self._body)
        self._body.clear()
        self.waiting = 0
        self._protocol.resume_reading()
        return {"type": "http.request", "body": body, "more_body": not self.whole}

    async def send(self, message: Message) -> None:
        """The next part of the answer; beginning and first part go out in one write."""
        if self.gone:
            return
        if message["type"] == "http.response.start":
            self._head = self._begun(message["status"], message["headers"])
            return
        assert not self.done, "an answer ends once"
        body: bytes = message.get("body", b"")
        more = message.get("more_body", False)
        if self._head is not None:
            head = (*self._head, b"\r\n")
            self._head = None
            if len(body) > _COPIED_BYTES_MAX:
                self._protocol.write(b"".join(head))
            else:
                body = b"".join((*head, body))
        self._protocol.write(body)
        if not more:
            self.done = True
            self._protocol.ended(self)
        elif self._protocol.stalled is not None:
            await self._protocol.stalled

    def _begun(self, status: int, headers: list[tuple[bytes, bytes]]) -> list[bytes]:
        head = [_LINES[status], self._protocol.date()]
        sized = False
        for name, value in headers:
            if b"\n" in value or b"\r" in value:
                raise ValueError(f"the header {name!r} is more than one line")
            sized = sized or name == b"content-length"
            head += (name, b": ", value, b"\r\n")
        if not sized and status >= 200 and status != 204:
            self.keep_alive = False  # the end of the answer is then the end of the connection
        if not self.keep_alive:
            head.append(b"connection: close\r\n")
        return head


class Protocol(asyncio.Protocol):
    """One connection. Requests are answered one after the other, in the order they came."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._application: Application = config.loaded_app
        self._state = server_state
        self._loop = _loop or asyncio.get_running_loop()
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport
        self._client: tuple[str, int] | None = None
        self._queue: deque[Exchange] = deque()  # the first is being answered
        self._in_head = False
        self._head_bytes = 0
        self._paused = False
        self._closing = False
        self._held = False  # whether the next request waits until the caller has read the answers before it
        self.stalled: asyncio.Future[None] | None = None  # while the caller does not read what we write
        self.state: Literal["idle", "head", "body", "answer"] = "idle"  # what the connection is waiting for
        self.since = self._stalled_since = self._loop.time()  # and since when

    # --- the connection ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own kind of it
        peer = transport.get_extra_info("peername")
        self._client = peer[:2] if isinstance(peer, tuple) else None
        self._state.connections.add(self)  # type: ignore[arg-type] # uvicorn's own set, of its own protocols
        if len(self._state.connections) > limits.CONNECTIONS_MAX:
            self.refuse(503)

    def connection_lost(self, exc: Exception | None) -> None:
        self._state.connections.discard(self)
        for exchange in self._queue:
            exchange.gone = True
            exchange.wake()
        self._held = False
        self.resume_writing()

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            return  # nothing is upgraded here; the request is answered, then the connection ends
        except httptools.HttpParserError:
            self.refuse(400)
            return
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > limits.HEAD_BYTES_MAX:
                self.refuse(431)

    def eof_received(self) -> None:
        """The caller has said everything; what is being answered still is."""

    def pause_writing(self) -> None:
        if self.stalled is None:
            self.stalled = self._loop.create_future()
            self._stalled_since = self._loop.time()

    def resume_writing(self) -> None:
        if self.stalled is not None and not self.stalled.done():
            self.stalled.set_result(None)
        self.stalled = None
        if self._held:
            self._held = False
            self._next()

    def pause_reading(self) -> None:
        """Let the caller wait with what follows."""
        if not self._paused and not self._transport.is_closing():
            self._paused = True
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        """What was being waited for has been taken."""
        if self._paused and len(self._queue) < _PIPELINED_MAX and not self._transport.is_closing():
            self._paused = False
            self._transport.resume_reading()

    def write(self, data: bytes) -> None:
        """Hand bytes to the connection, which keeps what it can't send yet."""
        self._transport.write(data)

    def date(self) -> bytes:
        """The header that says when; the server makes it anew every second."""
        global _dated  # noqa: PLW0603 - one per process, shared by all connections
        if _dated[0] is not self._state.default_headers:
            headers = self._state.default_headers
            _dated = (headers, b"".join([b"%b: %b\r\n" % header for header in headers]))
        return _dated[1]

    def shutdown(self) -> None:
        """The server stops: end now when idle, else after the answer."""
        self._closing = True
        if not self._queue:
            self._transport.close()

    def refuse(self, status: int) -> None:
        """End the connection with a bare status, before there is a request that an application could answer."""
        if self._transport.is_closing():
            return
        text = HTTPStatus(status).phrase.encode()
        about = b"connection: close\r\ncontent-type: text/plain\r\ncontent-length: %d\r\n" % len(text)
        about += b"retry-after: %d\r\n\r\n" % _RETRY_SECONDS if status == HTTPStatus.SERVICE_UNAVAILABLE else b"\r\n"
        self._transport.write(_LINES[status] + about + text)
        self._transport.close()

    # --- the parser ---

    def on_message_begin(self) -> None:
        self._url = b""
        self._headers: list[tuple[bytes, bytes]] = []
        self._continues = False
        self._in_head = True
        self._head_bytes = 0
        if not self._queue:
            self.state, self.since = "head", self._loop.time()

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        name = name.lower()
        if name == b"expect":
            self._continues = value.lower() == b"100-continue"
        self._headers.append((name, value))

    def on_headers_complete(self) -> None:
        self._in_head = False
        parser = self._parser
        path, _, query = self._url.partition(b"?")
        if path[:1] != b"/":  # the absolute form, which proxies use, or the * of OPTIONS
            parsed = httptools.parse_url(self._url)
            path, query = parsed.path or b"/", parsed.query or b""
        version = parser.get_http_version()
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": version,
            "scheme": "http",
            "root_path": "",
            "method": parser.get_method().decode("ascii"),
            "path": unquote(path.decode("latin-1")) if b"%" in path else path.decode("latin-1"),
            "raw_path": path,
            "query_string": query,
            "headers": self._headers,
            "client": self._client,
            "server": None,
        }
        keep_alive = version == "1.1" and parser.should_keep_alive() and not parser.should_upgrade()
        exchange = Exchange(self, scope, keep_alive=keep_alive, continues=self._continues)
        self._queue.append(exchange)
        if len(self._queue) == 1 and not self._held:
            self._begin(exchange)
        elif len(self._queue) >= _PIPELINED_MAX:
            self.pause_reading()

    def on_body(self, part: bytes) -> None:
        if not self._queue:
            return
        exchange = self._queue[-1]
        exchange.feed(part)
        if exchange.done and exchange.waiting > limits.BODY_BYTES_MAX:
            self._transport.close()
        elif not exchange.done and sum(one.waiting for one in self._queue) > _BUFFERED_BYTES_MAX:
            self.pause_reading()

    def on_message_complete(self) -> None:
        if not self._queue:
            return
        exchange = self._queue[-1]
        exchange.finish()
        if exchange is self._queue[0]:
            if exchange.done:
                self._advance()
            else:
                self.state, self.since = "answer", self._loop.time()

    # --- one after the other ---

    def _begin(self, exchange: Exchange) -> None:
        self.state = "answer" if exchange.whole else "body"
        task = self._loop.create_task(exchange.run(self._application))
        self._state.tasks.add(task)
        task.add_done_callback(self._state.tasks.discard)

    def ended(self, exchange: Exchange) -> None:
        """The answer is out. Whoever is still sending the request may finish, so that the answer can be read."""
        self._state.total_requests += 1
        if exchange.whole:
            self._advance()
        else:
            exchange.waiting = 0
            self.resume_reading()

    def _advance(self) -> None:
        """The next request's turn."""
        exchange = self._queue.popleft()
        if not exchange.keep_alive or (self._closing and not self._queue):
            self._transport.close()
            return
        if self.stalled is None:
            self._next()
        else:  # or the answers to a caller who reads none would fill the memory
            self._held = True
            self.pause_reading()

    def _next(self) -> None:
        """Begin with it, or wait for one."""
        self.resume_reading()
        if self._queue:
            self._begin(self._queue[0])
        else:
            self.state, self.since = "idle", self._loop.time()

    def judge(self, now: float) -> None:
        """End the connection of a caller who is too slow; called for every connection every few seconds."""
        waited = now - self.since
        if self.stalled is not None:
            if now - self._stalled_since > limits.STALLED_SECONDS_MAX:
                self._transport.abort()
        elif self.state == "idle":
            if waited > limits.IDLE_SECONDS_MAX:
                self._transport.close()
        elif (self.state == "head" and waited > limits.HEAD_SECONDS_MAX) or (
            self.state == "body" and waited > limits.BODY_SECONDS_MAX
        ):
            if self._queue and self._queue[0].done:
                self._transport.close()
            else:
                self.refuse(408)
