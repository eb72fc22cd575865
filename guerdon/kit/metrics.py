"""Figures of the running program for Prometheus: counted in each process, added up over all of them when asked for."""

import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guerdon.kit.watch import Asked, Watcher

if TYPE_CHECKING:
    from prometheus_client.registry import Collector

SHARED: Final = "PROMETHEUS_MULTIPROC_DIR"  # where the library keeps the figures of several processes, if any
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_SIZES: Final = (1, 2, 4, 8, 16, 32, 64, 128, 256)
_JOB_SECONDS: Final = (0.01, 0.1, 1.0, 10.0, 60.0, 600.0, 3600.0)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@contextmanager
def shared() -> Iterator[None]:
    """Around a server of several processes: they all count into one folder, which is gone afterwards.

    The library looks for the folder when it is loaded, so this comes before any `Metrics`.
    """
    with tempfile.TemporaryDirectory(prefix="guerdon-metrics-") as folder:
        os.environ[SHARED] = folder
        try:
            yield
        finally:
            del os.environ[SHARED]


class Metrics(Watcher):
    """Counts what happens in this process."""

    def __init__(self) -> None:
        # Loaded here: whoever is not watched does without the library, and its files are where `shared` says.
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self.registry = registry = CollectorRegistry()
        self._requests = Histogram(
            "guerdon_request_seconds", "How long requests took, by the template of their route.",
            ("method", "route", "status"), buckets=_SECONDS, registry=registry,
        )  # fmt: skip
        self._sizes = Histogram(
            "guerdon_group_size", "How many callers shared one trip to the database.",
            ("queue",), buckets=_SIZES, registry=registry,
        )  # fmt: skip
        self._waits = Histogram(
            "guerdon_group_wait_seconds", "How long the first caller of a group waited for its trip.",
            ("queue",), buckets=_SECONDS, registry=registry,
        )  # fmt: skip
        self._trips = Histogram(
            "guerdon_group_seconds", "How long a group's trip to the database took.",
            ("queue",), buckets=_SECONDS, registry=registry,
        )  # fmt: skip
        self._transactions = Histogram(
            "guerdon_transaction_seconds", "How long transactions that write took, from BEGIN to the durable COMMIT.",
            ("outcome",), buckets=_SECONDS, registry=registry,
        )  # fmt: skip
        self._retries = Counter(
            "guerdon_transaction_retries", "Transactions that were run again, by what the database said.",
            ("cause",), registry=registry,
        )  # fmt: skip
        self._given_up = Counter(
            "guerdon_transactions_given_up", "Transactions that never got through (database_busy).", registry=registry
        )
        self._failures = Counter(
            "guerdon_failures", "What broke: the database was away (database), or a mistake of ours (program).",
            ("of",), registry=registry,
        )  # fmt: skip
        self._lane = Gauge(
            "guerdon_lane_waiting", "Requests that wait for a thread or have one.",
            multiprocess_mode="livesum", registry=registry,
        )  # fmt: skip
        self._connections = Gauge(
            "guerdon_connections", "Connections that are open, as of the last look some seconds ago.",
            multiprocess_mode="livesum", registry=registry,
        )  # fmt: skip
        self._turned = Gauge(
            "guerdon_worker_last_turn_timestamp_seconds", "When a worker here last came to the end of a turn.",
            multiprocess_mode="max", registry=registry,
        )  # fmt: skip
        self._news = Counter(
            "guerdon_news_sent", "News that workers here handed to their receivers.", registry=registry
        )
        self._jobs = Histogram(
            "guerdon_job_seconds", "How long jobs ran: done, failed or left for later.",
            ("job", "outcome"), buckets=_JOB_SECONDS, registry=registry,
        )  # fmt: skip
        for away in (True, False):  # a figure that is not there yet can't be seen to rise
            self._failures.labels(_of(away))

    @contextmanager
    def request(self, asked: Asked) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            method = asked.method if asked.method in _METHODS else "OTHER"
            status = f"{asked.status // 100}xx" if asked.status else "gone"
            self._requests.labels(method, asked.route or "unknown", status).observe(time.perf_counter() - began)

    def group(self, queue: str, *, size: int, waited_seconds: float) -> AbstractContextManager[None]:
        self._sizes.labels(queue).observe(size)
        self._waits.labels(queue).observe(waited_seconds)
        return self._trips.labels(queue).time()

    @contextmanager
    def transaction(self, engine: str) -> Iterator[None]:
        began, outcome = time.perf_counter(), "undone"
        try:
            yield
            outcome = "kept"
        finally:
            self._transactions.labels(outcome).observe(time.perf_counter() - began)

    def retried(self, error: Exception) -> None:
        # Its name alone, `DeadlockDetected` or `SQLITE_BUSY`: the text may repeat a value.
        self._retries.labels(getattr(error, "sqlite_errorname", None) or type(error).__name__).inc()

    def gave_up(self) -> None:
        self._given_up.inc()

    def failed(self, *, away: bool) -> None:
        self._failures.labels(_of(away)).inc()

    def waiting(self, requests: int) -> None:
        self._lane.set(requests)

    def connected(self, connections: int) -> None:
        self._connections.set(connections)

    def turned(self, now: datetime) -> None:
        self._turned.set(now.timestamp())

    def sent(self, news: int) -> None:
        self._news.inc(news)

    def job_ended(self, name: str, outcome: str, seconds: float) -> None:
        self._jobs.labels(name, outcome).observe(seconds)


def _of(away: bool) -> str:
    return "database" if away else "program"


def exposition(metrics: Metrics, more: "Iterable[Collector]", alive: Iterable[int]) -> bytes:
    """Everything as Prometheus reads it: the figures of all processes, and what further collectors find.

    `alive` are the processes that still run. What the others counted stays, for a counter never falls; what they had
    at hand, such as open connections, is gone with them.
    """
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

    folder = os.environ.get(SHARED)
    asked = CollectorRegistry() if folder else metrics.registry
    if folder:
        living = set(alive)
        for dead in {int(file.stem.rpartition("_")[2]) for file in Path(folder).glob("gauge_live*.db")} - living:
            mark_process_dead(dead, folder)  # type: ignore[no-untyped-call] # the library has types nearly everywhere
        MultiProcessCollector(asked, folder)  # type: ignore[no-untyped-call]
    found = generate_latest(asked)
    extra = CollectorRegistry()
    for one in more:
        extra.register(one)
    return found + generate_latest(extra)
