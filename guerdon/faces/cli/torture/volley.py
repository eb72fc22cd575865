"""A volley: requests on warm connections, each but for its last byte, and then all their last bytes at once."""

import http.client
import json
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from guerdon.faces.cli.torture.caller import AWAY, Call

SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Shot:
    """A request that will be sent with others; `form` in place of a body is sent as a page sends it."""

    path: str
    body: Mapping[str, Any] = field(default_factory=dict)
    form: str = ""
    cookies: str = ""
    key: str = ""  # another than that of all others
    origin: str = "127.0.0.1"  # the network address it comes from

    def encoded(self, port: int, key: str) -> bytes:
        """All of it as it goes over the wire."""
        payload = (self.form or json.dumps(self.body)).encode()
        head = [f"POST {self.path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Content-Length: {len(payload)}"]
        if self.form:
            head += ["Content-Type: application/x-www-form-urlencoded", f"Cookie: {self.cookies}"]
        else:
            head += ["Content-Type: application/json", f"Authorization: Bearer {self.key or key}"]
        return "\r\n".join([*head, "", ""]).encode() + payload


def fire(port: int, key: str, shots: Sequence[Shot]) -> list[Call]:
    """Send all of them, and release them together; answers what came back, in their order."""
    lines = [_warm(port, shot.origin) for shot in shots]
    try:
        wires = [shot.encoded(port, key) for shot in shots]
        for line, wire in zip(lines, wires, strict=True):
            line.sendall(wire[:-1])
        time.sleep(0.05)  # so that every server has read what there is
        left = time.monotonic_ns()
        for line, wire in zip(lines, wires, strict=True):
            line.sendall(wire[-1:])
        return [_answer(line, shot, left) for line, shot in zip(lines, shots, strict=True)]
    finally:
        for line in lines:
            line.close()


def _warm(port: int, origin: str) -> socket.socket:
    """A connection on which something has been asked and answered already."""
    line = socket.create_connection(("127.0.0.1", port), timeout=SECONDS, source_address=(origin, 0))
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    line.sendall(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    found = http.client.HTTPResponse(line)
    found.begin()
    found.read()
    return line


def _answer(line: socket.socket, shot: Shot, left: int) -> Call:
    try:
        found = http.client.HTTPResponse(line, method="POST")
        found.begin()
        text = found.read()
    except (OSError, http.client.HTTPException):
        return Call("POST", shot.path, shot.body, left, time.monotonic_ns(), AWAY)
    is_json = found.headers.get_content_type().endswith("json")
    answer = json.loads(text) if text and is_json else {"page": text.decode(errors="replace")}
    return Call("POST", shot.path, shot.body, left, time.monotonic_ns(), found.status, answer, dict(found.headers))
