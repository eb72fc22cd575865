"""Clients that each keep one request under way over one kept-alive connection; as cheap as Python can make them."""

import select
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Load:
    """What a run of clients saw; latencies in seconds."""

    answered: int = 0
    refused: list[bytes] = field(default_factory=list)  # the first answers that were no success
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        """The latency that this share of the requests did not exceed."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def request(method: str, path: str, *, key: str, body: bytes = b"", extra: str = "") -> bytes:
    """One HTTP/1.1 request as it goes over the wire."""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n{extra}"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def run(port: int, requests: Sequence[bytes], *, clients: int, keep_bodies: bool = False) -> Load:
    """Send all requests over `clients` connections, each sending its next one when the last is answered."""
    load = Load()
    poll = select.epoll()
    waiting = iter(requests)
    open_sockets: dict[int, socket.socket] = {}
    began: dict[int, float] = {}
    partial: dict[int, bytes] = {}
    for _ in range(min(clients, len(requests))):
        one = socket.create_connection(("127.0.0.1", port))
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        open_sockets[one.fileno()] = one
        poll.register(one.fileno(), select.EPOLLIN)
    clock = time.perf_counter
    start = clock()
    for number, one in open_sockets.items():
        began[number] = clock()
        one.sendall(next(waiting))
    while open_sockets:
        for number, _ in poll.poll():
            one = open_sockets[number]
            answer = partial.pop(number, b"") + one.recv(1 << 18)
            if not _complete(answer):
                assert answer, "the server closed the connection"
                partial[number] = answer
                continue
            load.answered += 1
            load.latencies.append(clock() - began[number])
            if not answer.startswith(b"HTTP/1.1 2") and len(load.refused) < 5:
                load.refused.append(answer)
            if keep_bodies:
                load.bodies.append(answer.partition(b"\r\n\r\n")[2])
            following = next(waiting, None)
            if following is None:
                poll.unregister(number)
                open_sockets.pop(number).close()
                continue
            began[number] = clock()
            one.sendall(following)
    load.seconds = clock() - start
    return load


def _complete(answer: bytes) -> bool:
    head, found, body = answer.partition(b"\r\n\r\n")
    if not found:
        return False
    place = head.lower().find(b"content-length:")
    assert place >= 0, f"an answer without a length: {head[:200]!r}"
    return len(body) >= int(head[place + 15 :].split(b"\r\n", 1)[0])
