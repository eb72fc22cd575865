"""The door of inbound webhooks: the very bytes that were signed, bounded, and an answer as soon as they are kept."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import Executor
from typing import Any, Final

import msgspec
import structlog

from guerdon.core.errors import Refusal
from guerdon.faces import intake, web
from guerdon.faces.hooks import stripe
from guerdon.kit import store, watch

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

BYTES_MAX: Final = 1024 * 1024  # of one piece of news
PREFIX: Final = "/hooks/stripe/"
log = structlog.get_logger(__name__)


class Hooks:
    """The ASGI application of every address under `/hooks/`."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool

    async def __call__(self, scope: Scope, receive: intake.Receive, send: Send) -> None:
        """Take one piece of news in."""
        path: str = scope["path"]
        if not path.startswith(PREFIX):
            await _answer(send, web.problem(web.ROUTE_UNKNOWN()))
            return
        if scope["method"] != "POST":
            refused = web.METHOD_NOT_ALLOWED(method=scope["method"][:20], allowed="POST")
            await _answer(send, web.problem(refused), (b"allow", b"POST"))
            return
        body = await _body(receive)
        if body is None:
            await _answer(send, web.problem(intake.BODY_TOO_LARGE(bytes_max=BYTES_MAX)))
            return
        headers = dict(scope["headers"])
        told = headers.get(b"stripe-signature", b"").decode("latin-1")
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._pool, _take, path.removeprefix(PREFIX), told, body)
        await _answer(send, found)


def _take(programme: str, signature: str, body: bytes) -> stripe.Heard | web.Problem:
    try:
        return stripe.receive(programme, signature, body)
    except Refusal as refusal:
        return web.problem(refusal)
    except Exception as error:
        away = store.unavailable(error)
        watch.watcher.failed(away=away)
        log.error("broken", endpoint="hooks.stripe", exc_info=error)
        busy = web.DATABASE_UNAVAILABLE(retry_after_seconds=1) if away else web.INTERNAL(request="hooks")
        return web.problem(busy)


async def _body(receive: intake.Receive) -> bytes | None:
    """The whole body; None where it is more than there may be, or nobody is there any more."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        part = message.get("body", b"")
        size += len(part)
        if size > BYTES_MAX:
            return None
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


async def _answer(send: Send, told: stripe.Heard | web.Problem, *more: tuple[bytes, bytes]) -> None:
    status = told.status if isinstance(told, web.Problem) else 200
    kind = web.CONTENT_TYPE if isinstance(told, web.Problem) else "application/json"
    body = msgspec.json.encode(told)
    headers = [
        (b"content-type", kind.encode()),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *more]})
    await send({"type": "http.response.body", "body": body})
