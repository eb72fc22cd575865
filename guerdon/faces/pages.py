"""Pages beside the API: a WSGI application, Django's, answers what the lane does not know, in threads of the pool."""

import asyncio
import io
import sys
from collections.abc import Callable, Iterable, MutableMapping
from concurrent.futures import Executor
from typing import Any
from wsgiref.types import WSGIApplication

from guerdon.core import limits
from guerdon.faces import intake, refusals, web
from guerdon.kit import watch

Scope = MutableMapping[str, Any]
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
        if len(body) > limits.BODY_BYTES_MAX:
            status, headers, told = _too_large(scope)
        else:
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

        environment = _environment(scope, body)
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


def _too_large(scope: Scope) -> Answer:
    """What is said of a form that is never read, such as one with too many photos."""
    asked = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
    refusal = intake.BODY_TOO_LARGE(bytes_max=limits.BODY_BYTES_MAX)
    told = web.problem(refusal, language=refusals.preferred(asked)).detail.encode()
    return 413, [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(told))], told


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
