"""What every answer tells browsers, whoever made it: guess no type, run nothing, frame nothing, tell nobody."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

# Of an answer that says nothing else itself: pages and documents have policies of their own.
_SHIELDS: Final = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"content-security-policy": b"default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none';"
    b" frame-ancestors 'none'",
}
_HTTPS: Final = {b"strict-transport-security": b"max-age=31536000; includeSubDomains"}


class Shields:
    """Makes of the `send` of a request one that adds what an answer does not say; over https that it stays https."""

    def __init__(self, *, https: bool) -> None:
        self._told = tuple((_SHIELDS | (_HTTPS if https else {})).items())

    def before(self, send: Send) -> Send:
        async def shielded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                said = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *[one for one in self._told if one[0] not in said]]
            await send(message)

        return shielded
