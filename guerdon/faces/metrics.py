"""The door of Prometheus: an address of its own, open to this machine, elsewhere only to whoever has the token."""

import hmac
import ipaddress
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Final

import django.db
import msgspec
import structlog
from django.db import connection

import guerdon
from guerdon.insight import pulse
from guerdon.insight.pulse import Pulse
from guerdon.kit import clock, metrics, store
from guerdon.kit.metrics import Metrics

if TYPE_CHECKING:
    from prometheus_client.core import GaugeMetricFamily, Metric

PATH: Final = "/metrics"
NEEDS: Final = "public on this machine's own addresses, elsewhere the token GUERDON_METRICS_TOKEN"
TOKEN_CHARS_MIN: Final = 16
_CACHED_SECONDS: Final = 5.0  # scrapes within so long read the database once
_CALLER_SECONDS: Final = 5.0  # a caller who is slower is hung up on: they are served one after the other
_EXPECTED: Final = "write 127.0.0.1:9464"

log = structlog.get_logger(__name__)
Children = Callable[[], list[int]]


class Address(msgspec.Struct, frozen=True):
    """Where metrics are served."""

    host: str
    port: int

    @property
    def is_own(self) -> bool:
        """Whether nobody but this machine gets there."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def address(text: str, *, token: str) -> Address:
    """The address of the words `host:port`. Raises ValueError for what is none, and for one that is open to others
    without a token."""
    host, _, port = text.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65_535:
        raise ValueError(f"GUERDON_METRICS, or --metrics, must be an address and a port: {_EXPECTED}")
    found = Address(host.strip("[]"), int(port))
    if not found.is_own and len(token) < TOKEN_CHARS_MIN:
        raise ValueError(
            f"Metrics at {text} would be open to other machines: set GUERDON_METRICS_TOKEN, {TOKEN_CHARS_MIN}"
            f" characters or more, which Prometheus then shows as its bearer token, or {_EXPECTED}"
        )
    return found


class Gauges:
    """A collector of what the database knows: how long the queues are, since when something waits."""

    def __init__(self, now: Callable[[], datetime] = clock.now) -> None:
        self._now = now
        self._read_at = -_CACHED_SECONDS
        self._found: Pulse | None = None

    def collect(self) -> "Iterator[Metric]":
        """The figures, as fresh as some seconds; where the database is away only that it is."""
        found = self._pulse()
        yield _gauge("guerdon_database_up", "Whether the database answered.", float(found is not None))
        if found is not None:
            yield from _gauges(found)

    def _pulse(self) -> Pulse | None:
        if time.monotonic() - self._read_at >= _CACHED_SECONDS:
            try:
                self._found = pulse.feel(store.current(), self._now())
            except Exception as error:
                if not (store.unavailable(error) or isinstance(error, django.db.Error)):
                    raise
                log.warning("metrics without the database", reason=" ".join(str(error).split()))
                connection.close()  # the next look makes a new one
                self._found = None
            self._read_at = time.monotonic()
        return self._found


def _gauges(found: Pulse) -> "Iterator[Metric]":
    def age(since: datetime | None) -> float:
        return 0.0 if since is None else max(0.0, (found.at - since).total_seconds())

    yield _gauge("guerdon_outbox_news", "News that wait to go out.", found.outbox)
    yield _gauge("guerdon_outbox_oldest_seconds", "How long the oldest of them has waited.", age(found.outbox_since))
    parked = _gauge("guerdon_parked_facts", "Facts that wait for something, by what for.", None, "reason")
    oldest = _gauge("guerdon_parked_oldest_seconds", "How long the oldest of them has waited.", None, "reason")
    for one in found.parked:
        parked.add_metric([one.reason], one.facts)
        oldest.add_metric([one.reason], age(one.since))
    yield from (parked, oldest)
    yield _gauge("guerdon_letters_waiting", "Letters that wait to be sent.", found.letters)
    yield _gauge("guerdon_letters_oldest_seconds", "How long the oldest of them has waited.", age(found.letters_since))
    yield _gauge("guerdon_letters_failed", "Letters that were given up within a day.", found.letters_failed)
    yield _gauge("guerdon_alerts_open", "Alerts of fraud that nobody has settled.", found.alerts)
    yield _gauge("guerdon_alerts_oldest_seconds", "How long the oldest of them has waited.", age(found.alerts_since))
    jobs = _gauge("guerdon_jobs", "Jobs by state: waiting, running, failed within a day.", None, "state")
    for state in ("waiting", "running", "failed"):
        jobs.add_metric([state], getattr(found.jobs, state))
    yield jobs
    yield _gauge("guerdon_job_due_seconds", "How long the oldest job has been due.", age(found.jobs.due_since))
    yield _gauge(
        "guerdon_night_age_seconds", "How long ago the oldest last night of a programme was.", age(found.night)
    )
    yield _gauge("guerdon_unsealed_oldest_seconds", "How old the oldest unsealed entry is.", age(found.unsealed_since))
    yield _gauge("guerdon_uncounted_months", "Closed months that wait to be counted.", found.uncounted_months)


def _gauge(name: str, about: str, value: float | None, *labels: str) -> "GaugeMetricFamily":
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(name, about, value=value, labels=labels or None)


class Processes:
    """A collector of memory, open files and processor time: process 0 is the one that was started, the others serve."""

    def __init__(self, children: Children) -> None:
        self._children = children

    def collect(self) -> "Iterator[Metric]":
        """What the system says of each process; nothing on systems without `/proc`."""
        from prometheus_client import ProcessCollector
        from prometheus_client.core import InfoMetricFamily, Metric

        pids = [os.getpid(), *self._children()]
        yield InfoMetricFamily("guerdon", "What runs here.", value={"version": guerdon.__version__})
        yield _gauge("guerdon_processes", "Processes of this server or worker.", len(pids))
        families: dict[str, Metric] = {}
        for place, pid in enumerate(pids):
            for metric in ProcessCollector("guerdon", pid=lambda pid=pid: pid, registry=None).collect():  # type: ignore[misc] # bound by its default, so each its own
                family = families.setdefault(metric.name, Metric(metric.name, metric.documentation, metric.type))
                for sample in metric.samples:
                    family.add_sample(sample.name, {"process": str(place)}, sample.value)
        yield from families.values()


class _Server(HTTPServer):
    """One caller after the other: nobody can make it do much at once."""

    def __init__(self, at: Address, tell: Callable[[], bytes], token: str) -> None:
        self.address_family = socket.AF_INET6 if ":" in at.host else socket.AF_INET
        self.tell = tell
        self.token = token.encode()
        super().__init__((at.host, at.port), _Handler)

    def server_bind(self) -> None:
        """Without asking who we are called, which may take long."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller who hung up, or a mistake of ours: the next one is served."""
        log.warning("metrics were not told", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    timeout = _CALLER_SECONDS
    server: _Server

    def do_GET(self) -> None:
        """Tell the metrics to whoever may read them."""
        given = self.headers.get("authorization", "").encode("latin-1", "replace")
        if self.server.token and not hmac.compare_digest(given, b"Bearer " + self.server.token):
            self._answer(401, b"the token is missing or wrong\n", ("www-authenticate", "Bearer"))
        elif self.path.partition("?")[0] != PATH:
            self._answer(404, b"metrics are at /metrics\n")
        else:
            self._answer(200, self.server.tell(), ("content-type", "text/plain; version=0.0.4; charset=utf-8"))

    def _answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response_only(status)
        for name, value in (
            *headers, ("content-length", str(len(body))), ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"), ("connection", "close"),
        ):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Scrapes are not worth a line."""


def told(counted: Metrics, children: Children) -> Callable[[], bytes]:
    """What the door tells: everything, of this process and its children, whenever it is asked."""
    collectors = (Gauges(), Processes(children))
    return lambda: metrics.exposition(counted, collectors, [os.getpid(), *children()])


@contextmanager
def opened(counted: Metrics, at: Address, *, token: str, children: Children = list) -> Iterator[str]:
    """The door, open in a thread of its own; yields its URL. `children` answers the processes started by this one.

    Raises OSError where the address can't be listened at.
    """
    server = _Server(at, told(counted, children), token)
    thread = threading.Thread(target=_serve, args=(server,), name="guerdon-metrics", daemon=True)
    thread.start()
    host = f"[{at.host}]" if ":" in at.host else at.host
    try:
        yield f"http://{host}:{server.server_address[1]}{PATH}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(_CALLER_SECONDS)


def _serve(server: _Server) -> None:
    try:
        server.serve_forever(poll_interval=0.2)
    finally:
        connection.close()
