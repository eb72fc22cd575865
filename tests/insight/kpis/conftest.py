"""The engines that KPIs are asked of: DuckDB, and Sail in the place of Spark, one server for all tests of a process."""

import sys
from collections.abc import Iterator

import pytest
from pysail.spark import SparkConnectServer

from guerdon.insight.kpis import engines
from guerdon.insight.kpis.engines import Engine
from tests.insight.kpis import by_hand, by_hand_more


@pytest.fixture(scope="session")
def spark_url() -> Iterator[str]:
    main = sys.modules["__main__"]
    if not hasattr(main, "__file__"):
        main.__file__ = (
            __file__  # in a worker of xdist there is none, and Spark's client would look for its own doctests
        )
    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    host, port = server.listening_address
    yield f"sc://{host}:{port}"
    server.stop()


@pytest.fixture(scope="session")
def spark(spark_url: str) -> Iterator[Engine]:
    with engines.opened(spark_url) as engine:
        yield engine


@pytest.fixture(scope="session")
def duckdb() -> Iterator[Engine]:
    with engines.opened() as engine:
        yield engine


@pytest.fixture(params=["duckdb", "spark"])
def each_engine(request: pytest.FixtureRequest) -> Iterator[None]:
    """The test is asked of DuckDB and of Spark."""
    with by_hand.asking(request.getfixturevalue(request.param)):
        yield


@pytest.fixture(params=["duckdb", "spark"])
def each_engine_more(request: pytest.FixtureRequest) -> Iterator[None]:
    """The same of the second history, whose tables have the same names."""
    with by_hand_more.asking(request.getfixturevalue(request.param)):
        yield
