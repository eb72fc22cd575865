"""Slow and greedy callers are cut off in time, while everybody else is served and the server's memory stays bounded."""

import asyncio
import contextlib
import errno
import socket
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guerdon.core import limits
from guerdon.faces import server as server_room
from guerdon.faces.cli.torture import clients, deeds, faults, stand
from guerdon.faces.cli.torture.battery import Findings, Trial
from guerdon.faces.cli.torture.caller import Caller
from guerdon.faces.cli.torture.load import Load, settle

CLIENTS: Final = 4  # well-behaved ones
EACH: Final = 10  # greedy ones of each kind
EXTRA: Final = 20  # connections above the limit
GRACE_SECONDS: Final = 20  # after its limit until somebody must be cut off, on a busy machine, too
GROWTH_MIB_MAX: Final = 256  # of the server, whatever the greedy do
CHUNK: Final = b"10000\r\n" + b" " * 65_536 + b"\r\n"


@dataclass(frozen=True, slots=True)
class Greed:
    """A way to keep a server busy, and what must come of it."""

    name: str
    first: bytes
    drip: bytes  # what is sent again and again
    pause: float  # seconds between
    limit: str  # in core/limits.py, within which the server ends it
    reads: bool = True
    refused: tuple[str, ...] = ()  # the statuses that it may be refused with


def run(trial: Trial, findings: Findings) -> None:
    """Torture one installation."""
    server_room.allow_connections()  # of ours, too
    with stand.standing(trial, programme=deeds.programme()) as one:
        if not trial.full:
            one.circumstance = faults.HURRIED
        server = one.serve()
        Caller(server.port, one.key).enrol(clients.names())
        before = _mebibytes(server.process.pid)
        with Load(server.port, one.key, trial, findings, clients=CLIENTS, timeout=60).running() as load:
            load.wait_answer(time.monotonic_ns())
            asyncio.run(_assail(server.port, greeds(one.key, trial), trial, findings))
            findings.expect(
                load.wait_answer(time.monotonic_ns()) is not None, "nobody is answered any more after the greedy"
            )
        away = findings.figures.get("asked again", 0)
        findings.expect(not away, f"well-behaved callers were turned away {away} times")
        findings.figures["ms the slowest of the well-behaved waited"] = round(load.slowest_seconds * 1_000)
        grown = _mebibytes(server.process.pid) - before
        findings.figures["MiB the server grew"] = grown
        findings.expect(grown <= GROWTH_MIB_MAX, f"the server grew by {grown} MiB")
        settle(load, one, server, findings)
        server.stop()
        one.prove(findings, deep=True)


def greeds(key: str, trial: Trial) -> Sequence[Greed]:
    """All kinds."""
    keyed = b"POST /v1/activities HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
    stranger, keyed = keyed, keyed + b"authorization: Bearer %b\r\n" % key.encode()
    drip = 0.1 if not trial.full else 1.0
    ask = b"GET /v1/openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n"
    return (
        Greed("slow heads", b"GET / HTTP/1.1\r\nx-slow: ", b"a", drip, "HEAD_SECONDS_MAX", refused=("408",)),
        Greed(
            "slow bodies", keyed + b"content-length: 10000\r\n\r\n", b" ", drip, "BODY_SECONDS_MAX", refused=("408",)
        ),
        Greed(
            "endless heads", b"GET / HTTP/1.1\r\n", b"x-more: %b\r\n" % (b"a" * 1_000), 0, "HEAD_SECONDS_MAX",
            refused=("431",),
        ),
        Greed(
            "endless bodies", keyed + b"transfer-encoding: chunked\r\n\r\n", CHUNK, 0, "BODY_SECONDS_MAX",
            refused=("413", "400"),
        ),
        Greed(
            "endless bodies of strangers", stranger + b"transfer-encoding: chunked\r\n\r\n", CHUNK, 0,
            "BODY_SECONDS_MAX", refused=("401",),
        ),
        Greed("callers who never read", ask, ask, drip, "STALLED_SECONDS_MAX", reads=False),
    )  # fmt: skip


async def _assail(port: int, kinds: Sequence[Greed], trial: Trial, findings: Findings) -> None:
    """Let all of them come at once, then so many who say nothing that the limit of connections is passed."""
    greedy = [
        asyncio.create_task(_be_greedy(port, one, _limit(one.limit, trial))) for one in kinds for _ in range(EACH)
    ]
    await asyncio.sleep(0.2)
    idle = Greed("idle connections", b"", b"", 1, "IDLE_SECONDS_MAX", refused=("503",))
    for _ in range(_limit("CONNECTIONS_MAX", trial) + EXTRA):
        greedy.append(asyncio.create_task(_be_greedy(port, idle, _limit(idle.limit, trial))))
    told: Counter[str] = Counter()
    for name, how in await asyncio.gather(*greedy):
        told[f"{name} {how}"] += 1
    for what, times in sorted(told.items()):
        findings.count(what, times)
        findings.expect(what.endswith(("cut off", "refused")), f"{times} {what}")
    turned = told[f"{idle.name} refused"]
    findings.expect(turned > 0, "nobody was refused at the door, though there were more than may come in")


async def _be_greedy(port: int, kind: Greed, limit: int) -> tuple[str, str]:
    """Be greedy until the server has had enough: `cut off`, `refused`, or what should not be."""
    loop = asyncio.get_running_loop()
    line = socket.socket()
    line.setblocking(False)
    if not kind.reads:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    told = b""
    try:
        await asyncio.wait_for(loop.sock_connect(line, ("127.0.0.1", port)), GRACE_SECONDS)
        until = loop.time() + limit + GRACE_SECONDS
        rest = kind.first
        while loop.time() < until:
            with contextlib.suppress(BlockingIOError):
                rest = rest[line.send(rest) :] if rest else b""
            rest = rest or kind.drip
            if kind.reads:
                with contextlib.suppress(BlockingIOError):
                    part = line.recv(65_536)
                    told += part
                    if not part:
                        return kind.name, _judged(kind, told)
            await asyncio.sleep(kind.pause or 0.001)
        return kind.name, f"were not cut off within {limit + GRACE_SECONDS} s"
    except OSError as error:
        if error.errno in (errno.ECONNRESET, errno.EPIPE):
            return kind.name, _judged(kind, told)
        raise
    finally:
        line.close()


def _judged(kind: Greed, told: bytes) -> str:
    """What the server said before it hung up."""
    if not told or not kind.reads:
        return "cut off"
    head = told.partition(b"\r\n\r\n")[0].decode("latin-1").lower()
    status = head.split()[1]
    if status not in kind.refused:
        return f"were answered {status}"
    if status == "503" and "retry-after:" not in head:
        return "were refused with 503 and not told when to come again"
    return "refused"


def _limit(name: str, trial: Trial) -> int:
    """The limit that the server under torture goes by."""
    found: int = getattr(limits, name) if trial.full else faults.HURRIED_LIMITS[name]
    return found


def _mebibytes(process: int) -> int:
    """The most memory that a process has had so far; 0 where the system does not say."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1_024
    return 0
