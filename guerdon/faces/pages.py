"""Pages beside the API: a WSGI application, Django's, answers what the lane does not know, in threads of the pool."""

import asyncio
import io
import re
import sys
from collections.abc import Callable, Iterable, MutableMapping
from concurrent.futures import Executor
from typing import Any, Final
from wsgiref.types import WSGIApplication

from guerdon.core import limits
from guerdon.faces import intake
from guerdon.kit import watch

Scope = MutableMapping[str, Any]
_PARTS: Final = re.compile(rb'multipart/form-data\s*;.*\bboundary="?([^";,\s]{1,70})', re.IGNORECASE)
Answer = tuple[int, list[tuple[bytes, bytes]], bytes]


class Pages:
    """The ASGI application around a WSGI one; bodies and answers are whole, and bounded."""

    def __init__(self, application: WSGIApplication, pool: Executor) -> None:
        self._application = application
        self._pool = pool

    async def __call__(self, scope: Scope, receive: intake.Receive, send: Callable[[Any], Any]) -> None:
        """Answer one request."""
        body, message = b"", await receive()
        while message["type"] == "http.request":
            body += message.get("body", b"")
            if len(body) > limits.BODY_BYTES_MAX or not message.get("more_body"):
                break
            message = await receive()
        else:
            return  # nobody is there any more
        loop = asyncio.get_running_loop()
        status, headers, told = await loop.run_in_executor(self._pool, self._answer, scope, body)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": told})

    def _answer(self, scope: Scope, body: bytes) -> Answer:
        begun: list[tuple[int, list[tuple[bytes, bytes]]]] = []

        def start(status: str, headers: list[tuple[str, str]], problem: object = None) -> Callable[[bytes], object]:
            told = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
            begun.append((int(status[:3]), told))
            return lambda part: None

        environment = _environment(scope, body) if len(body) <= limits.BODY_BYTES_MAX else _cut(scope, body)
        parts: Iterable[bytes] = self._application(environment, start)
        try:
            told = b"".join(parts)
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()
        if watch.ROUTE in environment:
            scope[watch.ROUTE] = environment[watch.ROUTE]
        status, headers = begun[-1]
        if not any(name == b"content-length" for name, _ in headers):
            headers.append((b"content-length", b"%d" % len(told)))
        return status, headers, told if scope["method"] != "HEAD" else b""


def _cut(scope: Scope, body: bytes) -> dict[str, Any]:
    """The request of a form that is too large, with a mark of that: of one with files those parts that came whole.

    Nothing may be done with them; what was typed stands before the files, and so can be shown again.
    """
    parts = _PARTS.match(dict(scope["headers"]).get(b"content-type", b""))
    end = -1 if parts is None else body.rfind(b"\r\n--" + parts[1], 0, limits.BODY_BYTES_MAX)
    if parts is None or end < 0:
        return _environment(scope, b"") | {intake.TOO_LARGE: "gone"}
    whole = body[:end] + b"\r\n--" + parts[1] + b"--\r\n"
    return _environment(scope, whole) | {intake.TOO_LARGE: "cut"}


def _environment(scope: Scope, body: bytes) -> dict[str, Any]:
    """The request in the words of WSGI (PEP 3333): texts are bytes read as Latin-1."""
    host, port = scope.get("server") or ("localhost", 80)
    found: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogatepass").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        key = name.decode("latin-1").upper().replace("-", "_")
        if key == "CONTENT_TYPE":
            found[key] = value.decode("latin-1")
        elif key != "CONTENT_LENGTH":
            key = f"HTTP_{key}"
            joined = [found[key], value.decode("latin-1")] if key in found else [value.decode("latin-1")]
            found[key] = ("; " if key == "HTTP_COOKIE" else ",").join(joined)
    return found
