"""Traces for OpenTelemetry, an optional extra: requests, shared trips to the database, transactions."""

import contextvars
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from guerdon.kit.watch import Asked, Watcher

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

P = ParamSpec("P")
T = TypeVar("T")
PACKAGES_MISSING: Final = (
    "GUERDON_OTEL is set, but the packages of the extra are not there: pip install 'guerdon[otel]'"
)
_SERVER_ERROR: Final = 500


class Unready(Exception):
    """Traces are wanted, and can't be made; the text says why and what to do."""


class Tracing(Watcher):
    """Makes spans of what happens in this process. Their attributes are routes, numbers and the names of engines."""

    def __init__(self, provider: "TracerProvider") -> None:
        from opentelemetry.trace import SpanKind, StatusCode

        self._provider = provider
        self._tracer = provider.get_tracer("guerdon")
        self._server, self._client = SpanKind.SERVER, SpanKind.CLIENT
        self._error = StatusCode.ERROR

    @contextmanager
    def request(self, asked: Asked) -> Iterator[None]:
        with self._tracer.start_as_current_span(
            asked.method, kind=self._server, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield
            finally:
                span.update_name(f"{asked.method} {asked.route or 'unknown'}")
                span.set_attribute("http.request.method", asked.method)
                span.set_attribute("http.route", asked.route or "unknown")
                span.set_attribute("http.response.status_code", asked.status)
                if asked.status >= _SERVER_ERROR:
                    span.set_status(self._error)

    @contextmanager
    def group(self, queue: str, *, size: int, waited_seconds: float) -> Iterator[None]:
        told: dict[str, str | int | float] = {
            "guerdon.queue": queue,
            "guerdon.size": size,
            "guerdon.waited_seconds": waited_seconds,
        }
        with self._tracer.start_as_current_span(
            f"group {queue}", attributes=told, record_exception=False, set_status_on_exception=False
        ):
            yield

    @contextmanager
    def transaction(self, engine: str) -> Iterator[None]:
        told = {"db.system.name": engine}
        # What the database says may repeat a value, so an exception is told by its kind alone.
        with self._tracer.start_as_current_span(
            "transaction", kind=self._client, attributes=told, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield
            except BaseException as error:
                span.set_attribute("error.type", type(error).__qualname__)
                span.set_status(self._error)
                raise


class CarryingPool(ThreadPoolExecutor):
    """A pool whose threads know for which request they work, so that their spans stand under its own."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        context = contextvars.copy_context()
        return super().submit(lambda: context.run(fn, *args, **kwargs))


def to_collector(address: str, *, share: float) -> Tracing:
    """Traces of a share (0 to 1) of all requests, sent in the background to a collector by OTLP over HTTP.

    `address` is the collector's, `http://127.0.0.1:4318`. A collector that is away costs only traces. Raises `Unready`.
    """
    if not address.startswith(("http://", "https://")):
        raise Unready("GUERDON_OTEL must be the address of a collector: http://127.0.0.1:4318")
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
    except ImportError as error:
        raise Unready(PACKAGES_MISSING) from error
    provider = TracerProvider(
        sampler=ParentBased(TraceIdRatioBased(share)), resource=Resource.create({"service.name": "guerdon"})
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{address.rstrip('/')}/v1/traces")))
    return Tracing(provider)
