"""A bad network between callers and a server: it loses, cuts, delays, doubles and trickles as chance will have it."""

import contextlib
import socket
import socketserver
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import BinaryIO, Final, NamedTuple

import msgspec

MISCHIEFS: Final = (
    "requests lost", "answers lost", "requests cut", "answers cut", "hung up early", "delayed", "sent twice",
    "sent twice at once", "trickled",
)  # fmt: skip
FAIR: Final = 0.4  # the share of requests that nothing happens to
ATTEMPTS_MAX: Final = 5  # whoever has asked so often in vain gets through
DELAY_SECONDS_MAX: Final = 0.3
TRICKLE_SECONDS: Final = 0.0005  # between two bytes
TIMEOUT_SECONDS: Final = 60

Chance = Callable[[str], Random]


class Message(NamedTuple):
    """A request or an answer, to the byte."""

    first: bytes  # its first line
    whole: bytes
    body: bytes
    last: bool  # whether the connection ends with it


class Gone(Exception):
    """One of the two hung up in the middle of a message."""


class Proxy(socketserver.ThreadingTCPServer):
    """Listens at a port of its own; what it does to a request depends on the request and the seed alone."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, chance: Chance) -> None:
        super().__init__(("127.0.0.1", 0), _Line)
        self.target = ("127.0.0.1", port)
        self.done: Counter[str] = Counter()
        self._chance = chance
        self._asked: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    @contextmanager
    def running(self) -> Iterator["Proxy"]:
        """Let it work in threads of its own."""
        thread = threading.Thread(target=self.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield self
        finally:
            self.shutdown()
            thread.join()
            self.server_close()

    def choose(self, message: Message) -> tuple[str, Random]:
        """What happens to a request this time, and the chance with which."""
        name = _name(message)
        with self._lock:
            self._asked[name] += 1
            attempt = self._asked[name]
            chance = self._chance(f"{name} {attempt}")
            fair = attempt > ATTEMPTS_MAX or chance.random() < FAIR
            mischief = "let through" if fair else chance.choice(MISCHIEFS)
            self.done[mischief] += 1
        return mischief, chance


class _Line(socketserver.BaseRequestHandler):
    """One caller's connection, with one of its own to the server."""

    server: Proxy
    request: socket.socket

    def setup(self) -> None:
        self.request.settimeout(TIMEOUT_SECONDS)
        self._caller = self.request.makefile("rb")
        self._there: socket.socket | None = None

    def handle(self) -> None:
        with contextlib.suppress(OSError, Gone):
            while (message := read(self._caller)) is not None:
                mischief, chance = self.server.choose(message)
                if not self._play(mischief, message, chance):
                    return

    def finish(self) -> None:
        self._leave()
        self._caller.close()

    def _play(self, mischief: str, message: Message, chance: Random) -> bool:
        """Do it; answers whether the connection goes on."""
        if mischief == "requests lost":
            return False
        if mischief == "requests cut":
            self._line().sendall(message.whole[: chance.randrange(len(message.whole))])
            return self._break(chance)
        if mischief == "delayed":
            time.sleep(chance.random() * DELAY_SECONDS_MAX)
        if mischief == "trickled":
            _trickle(self._line(), message.whole)
        elif mischief == "sent twice":
            self._line().sendall(message.whole * 2)
        else:
            self._line().sendall(message.whole)
        if mischief == "hung up early":
            return self._break(chance)
        if mischief == "sent twice at once":
            with socket.create_connection(self.server.target, TIMEOUT_SECONDS) as other:
                other.sendall(message.whole)
                self._answer(other)
        answer = self._answer(self._line())
        if mischief == "sent twice" and not answer.last:
            self._answer(self._line())
        return self._hand(mischief, answer, chance)

    def _hand(self, mischief: str, answer: Message, chance: Random) -> bool:
        """Hand the answer to the caller, or some of it; answers whether the connection goes on."""
        if mischief == "answers lost":
            return self._break(chance)
        if mischief == "answers cut":
            self.request.sendall(answer.whole[: chance.randrange(len(answer.whole))])
            return self._break(chance)
        if mischief == "trickled":
            _trickle(self.request, answer.whole)
        else:
            self.request.sendall(answer.whole)
        return not answer.last

    def _line(self) -> socket.socket:
        if self._there is None:
            self._there = socket.create_connection(self.server.target, TIMEOUT_SECONDS)
            self._there.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._told = self._there.makefile("rb")
        return self._there

    def _answer(self, line: socket.socket) -> Message:
        with contextlib.ExitStack() as undo:
            file = self._told if line is self._there else undo.enter_context(line.makefile("rb"))
            found = read(file)
        if found is None:
            raise Gone
        return found

    def _break(self, chance: Random) -> bool:
        """End both connections, half of the times with a reset."""
        if chance.random() < 0.5:
            for line in (self.request, self._there):
                if line is not None:
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._leave()
        return False

    def _leave(self) -> None:
        if self._there is not None:
            self._told.close()
            self._there.close()
            self._there = None


def read(file: BinaryIO) -> Message | None:
    """The next message, or None where there is none. Raises Gone in the middle of one."""
    first = file.readline()
    if not first:
        return None
    head, size, last = [first], -1, False
    while (line := file.readline()) not in (b"\r\n", b""):
        head.append(line)
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            size = int(value)
        elif name.lower() == b"connection":
            last = value.strip().lower() == b"close"
    if not line:
        raise Gone
    body = file.read(size) if size > 0 else b"" if size == 0 or not first.startswith(b"HTTP/") else file.read()
    if size > len(body):
        raise Gone
    return Message(first, b"".join((*head, line, body)), body, last or (size < 0 and first.startswith(b"HTTP/")))


def _name(message: Message) -> str:
    """What a request is called in every run with the same seed: its natural key, else where it goes."""
    if message.body:
        found = msgspec.json.decode(message.body).get("external_id")
        if found is not None:
            return str(found)
    return message.first.decode("latin-1")


def _trickle(line: socket.socket, whole: bytes) -> None:
    for at in range(len(whole)):
        line.sendall(whole[at : at + 1])
        time.sleep(TRICKLE_SECONDS)
