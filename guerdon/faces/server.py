"""The server: one process on SQLite, several on PostgreSQL, on one socket; it ends in order when told to."""

import asyncio
import resource
import signal
import socket
import threading
from collections.abc import Callable
from types import FrameType
from typing import Final

import uvicorn
from django.db import connection
from uvicorn.supervisors import Multiprocess

from guerdon.core import limits
from guerdon.faces import life
from guerdon.faces.protocol import Protocol
from guerdon.kit import durability, store, watch

APPLICATION: Final = "guerdon.site.asgi:application"
READY_SECONDS: Final = 120  # for the first process to serve
# After so long without a sign a process hangs. On a busy machine it may take a while before it can give the first one.
HUNG_SECONDS: Final = 60
GRACE_SECONDS: Final = 10  # for requests that are being answered when the server is told to stop
_OTHER_FILES: Final = 500  # databases, logs, the files of Python
_SWEEP_TICKS: Final = 50  # uvicorn ticks ten times a second

Worker = Callable[[threading.Event], threading.Thread]


_supervisors: "list[Supervisor]" = []  # of this process: the one, while there are several who serve


class PortTaken(Exception):
    """Somebody else listens at the address, or it is not ours to listen at."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"{host}:{port} can't be listened at: {reason}")
        self.host, self.port, self.reason = host, port, reason


class Server(uvicorn.Server):
    """uvicorn's server with a sweep against slow callers, and a word when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None] | None = None) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self._ready is not None:
            self._ready()

    async def on_tick(self, counter: int) -> bool:
        if counter % _SWEEP_TICKS == 0:
            sweep(self)
        return await super().on_tick(counter)


def sweep(server: uvicorn.Server) -> None:
    """Judge every connection; a copy, because those that end leave the set."""
    now = asyncio.get_running_loop().time()
    watch.watcher.connected(len(server.server_state.connections))
    for protocol in list(server.server_state.connections):
        if isinstance(protocol, Protocol):
            protocol.judge(now)


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    processes: int = 1,
    worker: Worker | None = None,
    ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve until SIGTERM or SIGINT, then finish what was accepted, fold SQLite's log back and return.

    `worker` starts a thread of background work in this process, `ready` is told the URL once requests are welcome.
    SQLite has one writer, so it is served by one process whatever `processes` says. Raises `Unfit` where the database
    would not keep what it acknowledged, and `PortTaken`.
    """
    life.check_database()
    allow_connections()
    several = processes > 1 and connection.vendor != "sqlite"
    connection.close()
    listener = listen(host, port)
    at = url(host, listener.getsockname()[1])
    stop = threading.Event()
    thread = worker(stop) if worker is not None else None
    try:
        if several:
            _serve_several(listener, processes, lambda: ready(at))
        else:
            _serve_alone(listener, lambda: ready(at))
    finally:
        listener.close()
        stop.set()
        if thread is not None:
            thread.join(GRACE_SECONDS)
        if connection.vendor == "sqlite":
            durability.fold_log(store.current())
            connection.close()


def listen(host: str, port: int) -> socket.socket:
    """A socket at the address; port 0 takes any that is free. Raises `PortTaken`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(limits.CONNECTIONS_MAX)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise PortTaken(host, port, reason) from error
    listener.set_inheritable(True)
    return listener


def allow_connections() -> None:
    """Let this process and its children open as many files as their connections need, as far as the system lets it.

    Many systems give a process 1,024 to begin with; a server that has no more takes nobody in, and can't say so.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = files_wanted()
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def files_wanted() -> int:
    """How many files a serving process may come to have open."""
    return limits.CONNECTIONS_MAX + _OTHER_FILES


def children() -> list[int]:
    """The processes that this one has started to serve."""
    return [one.pid for supervisor in _supervisors for one in supervisor.processes if one.pid]


def url(host: str, port: int) -> str:
    """Where a person on this machine finds a server that listens there."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def _config(processes: int) -> uvicorn.Config:
    return uvicorn.Config(
        APPLICATION,
        http=Protocol,
        ws="none",
        loop="auto",
        lifespan="on",
        workers=processes,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        backlog=limits.CONNECTIONS_MAX,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_worker_healthcheck=HUNG_SECONDS,
    )


def _serve_alone(listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve in this process. uvicorn raises the signal that stopped it again, which would be an exit in error."""
    before = {number: signal.signal(number, _swallow) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        Server(_config(1), ready).run(sockets=[listener])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _serve_several(listener: socket.socket, processes: int, ready: Callable[[], None]) -> None:
    """Serve in child processes that are started again when they die."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    supervisor = Supervisor(_config(processes), [listener], ready)
    _supervisors.append(supervisor)
    try:
        supervisor.run()
    finally:
        _supervisors.remove(supervisor)
        for number, handler in before.items():
            signal.signal(number, handler)


class Supervisor(Multiprocess):
    """uvicorn's supervisor of child processes, with a word when the first is ready; it never ends without them."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket], ready: Callable[[], None]) -> None:
        super().__init__(config, sockets)
        self._ready = ready

    def run(self) -> None:
        try:
            super().run()
        except BaseException:
            self.terminate_all()  # else they would serve on with nobody to tell them to stop
            self.join_all()
            raise

    def init_processes(self) -> None:
        super().init_processes()
        if self.processes[0].wait_until_ready(READY_SECONDS, self.should_exit):
            self._ready()


def _swallow(number: int, frame: FrameType | None) -> None:
    """The signal has been obeyed already."""
