"""Traces: spans of requests, shared trips and transactions, under each other and without a word of what was said."""

import asyncio

import pytest

pytest.importorskip("opentelemetry.sdk")
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from guerdon.engine.batch import Told
from guerdon.engine.group_commit import GroupCommit
from guerdon.kit import store, tracing, watch
from guerdon.kit.watch import Asked
from tests import shop

AT = shop.moment("2026-01-06")


@pytest.fixture
def spans():
    """What was exported so far, while this process is traced."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    watch.attach(tracing.Tracing(provider))
    yield lambda: {span.name: span for span in exporter.get_finished_spans()}
    watch.attach()


def test_a_purchase_is_a_request_a_shared_trip_and_a_transaction_under_each_other(pristine_database, spans):
    cafe = shop.Shop()
    cafe.enrol("Ann")

    async def ask():
        asked = Asked("POST", "/v1/activities", 201)
        with watch.watcher.request(asked):
            return await GroupCommit(lambda _: AT).submit(cafe.programme_id, Told(cafe.purchase("Ann", 1_000)))

    asyncio.run(ask())
    found = spans()
    request, group, transaction = found["POST /v1/activities"], found["group write"], found["transaction"]
    assert transaction.parent.span_id == group.context.span_id and group.parent.span_id == request.context.span_id
    assert request.attributes["http.route"] == "/v1/activities"
    assert request.attributes["http.response.status_code"] == 201
    assert group.attributes["guerdon.size"] == 1
    told = str([dict(span.attributes) for span in found.values()])
    assert "Ann" not in told and cafe.programme_id not in told


def test_what_broke_is_told_by_its_kind_alone(database, spans):
    with pytest.raises(ValueError), store.current().transaction():
        raise ValueError("ann@aurora.example")
    span = spans()["transaction"]
    assert not span.status.is_ok and span.attributes["error.type"] == "ValueError"
    assert "aurora" not in span.to_json()


def test_threads_of_the_pool_work_under_their_request(database, spans):
    with tracing.CarryingPool(1) as pool, watch.watcher.request(Asked("GET", "/x", 500)):
        pool.submit(lambda: store.committed(lambda at_hand: None)).result()
    found = spans()
    assert found["transaction"].parent.span_id == found["GET /x"].context.span_id
    assert not found["GET /x"].status.is_ok


def test_metrics_and_traces_can_be_had_together(database, spans):
    from guerdon.kit.metrics import Metrics

    metrics = Metrics()
    watch.attach(metrics, watch.watcher)
    store.committed(lambda at_hand: None)
    kept = metrics.registry.get_sample_value("guerdon_transaction_seconds_count", {"outcome": "kept"})
    assert kept == 1 and "transaction" in spans()


def test_an_address_that_is_none_is_refused():
    with pytest.raises(tracing.Unready, match="GUERDON_OTEL"):
        tracing.to_collector("localhost", share=1.0)


def test_without_the_packages_it_says_which_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(tracing.Unready, match="otel"):
        tracing.to_collector("http://127.0.0.1:4318", share=1.0)


def test_a_collector_gets_what_happens(monkeypatch):
    made = tracing.to_collector("http://127.0.0.1:1", share=0.0)
    with made.request(Asked("GET", "/x", 200)):
        pass  # none of them is kept, so nobody is called
    made._provider.shutdown()
