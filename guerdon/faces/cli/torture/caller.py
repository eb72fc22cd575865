"""A caller of the API over one kept connection, who notes when each request left and when its answer came."""

import http.client
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from guerdon.faces.cli.torture.battery import Findings

TIMEOUT_SECONDS: Final = 30
AWAY: Final = 0  # the status of a request whose outcome is unknown


@dataclass(frozen=True, slots=True)
class Call:
    """A request and its answer; `left` and `came` are monotonic nanoseconds, `status` is AWAY where none came."""

    method: str
    path: str
    body: Mapping[str, Any] | None
    left: int
    came: int
    status: int
    answer: dict[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def code(self) -> str:
        """The stable code of a refusal."""
        return str(self.answer.get("code", ""))

    @property
    def known(self) -> bool:
        """Whether the outcome is known: neither away, nor asked to come again."""
        return self.status not in (AWAY, 503)


Heard = Callable[[Call], None]


class Caller:
    """One caller; not to be shared between threads."""

    def __init__(
        self, port: int, key: str, *, timeout: float = TIMEOUT_SECONDS, heard: Heard = lambda call: None
    ) -> None:
        self.port, self.key, self.timeout = port, key, timeout
        self._heard = heard  # every answer, also those after which it is asked again
        self._line: http.client.HTTPConnection | None = None

    def post(self, path: str, body: Mapping[str, Any], *, token: str | None = None) -> Call:
        """Ask once; `token` is the Idempotency-Key."""
        return self.ask("POST", path, body, token=token)

    def get(self, path: str) -> Call:
        """Read once."""
        return self.ask("GET", path)

    def read(self, path: str, *, seconds: float = 30, pause: float = 0.05) -> Call:
        """Read until it is answered: after a database ended, each thread of a server meets its old connection once.

        Raises RuntimeError where that is never.
        """
        until = time.monotonic() + seconds
        call = self.get(path)
        while not call.known and time.monotonic() < until:
            time.sleep(pause)
            call = self.get(path)
        if not call.known:
            raise RuntimeError(f"{path} was not answered within {seconds:g} s: {call.status} {call.answer}")
        return call

    def enrol(self, names: Iterable[str]) -> None:
        """Let members come in, each known by its external id. Raises RuntimeError where one may not."""
        for name in names:
            call = self.post("/v1/members", {"external_ids": [name]})
            if not call.ok:
                raise RuntimeError(f"{name} could not be enrolled: {call.status} {call.answer}")

    def pages(self, path: str, name: str) -> list[dict[str, Any]]:
        """Read all pages of a list. Raises RuntimeError where one is refused."""
        found: list[dict[str, Any]] = []
        mark = "&" if "?" in path else "?"
        at: str | None = path
        while at:
            call = self.read(at)
            if not call.ok:
                raise RuntimeError(f"{at} could not be read: {call.status} {call.answer}")
            found += call.answer[name]
            at = f"{path}{mark}cursor={call.answer['next']}" if call.answer["next"] else None
        return found

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None, *, token: str | None = None) -> Call:
        """Ask once; whatever the network does is an answer, too."""
        call = self._ask(method, path, body, token)
        self._heard(call)
        return call

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None, token: str | None) -> Call:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        if method == "PATCH":
            headers["If-Match"] = "*"
        if token is not None:
            headers["Idempotency-Key"] = token
        encoded = None if body is None else json.dumps(body).encode()
        left = time.monotonic_ns()
        try:
            if self._line is None:
                self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
            self._line.request(method, path, encoded, headers)
            got = self._line.getresponse()
            text = got.read()
            if got.headers.get("Content-Length") != str(len(text)) and got.status != HTTPStatus.NO_CONTENT:
                raise http.client.IncompleteRead(text)  # Python takes a head that was cut as whole
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return Call(method, path, body, left, time.monotonic_ns(), AWAY)
        came = time.monotonic_ns()
        answer = json.loads(text) if text and got.headers.get_content_type().endswith("json") else {}
        return Call(method, path, body, left, came, got.status, answer, dict(got.headers.items()))

    def insist(
        self, path: str, body: Mapping[str, Any], *, seconds: float = 60, pause: float = 0.05, token: str | None = None
    ) -> Call:
        """Ask again until the outcome is known, as a client with a key does; `left` is when it was asked first."""
        until = time.monotonic() + seconds
        first = call = self.post(path, body, token=token)
        while not call.known and time.monotonic() < until:
            time.sleep(pause)
            call = self.post(path, body, token=token)
        return Call(call.method, call.path, body, first.left, call.came, call.status, call.answer, call.headers)

    def hang_up(self) -> None:
        """Close the connection; the next request makes a new one."""
        if self._line is not None:
            self._line.close()
            self._line = None


def judge(call: Call, findings: Findings) -> None:
    """Any 5xx is a finding, but 503 with Retry-After."""
    if call.status >= 500 and not (call.status == 503 and "Retry-After" in {key.title() for key in call.headers}):
        findings.broken.append(f"{call.method} {call.path} was answered {call.status}: {str(call.answer)[:300]}")
