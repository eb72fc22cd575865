"""The history that the tests of this floor look at, lived once, then copied for each test; and engines to ask."""

import sys
from collections.abc import Iterator

import pytest

from guerdon.insight.kpis import engines
from guerdon.insight.kpis.engines import Engine
from tests import databases
from tests.insight import lived
from tests.insight.lived import Lived


@pytest.fixture(scope="session")
def history(template_database: str) -> Iterator[Lived]:
    """A database with a rich and healthy history; nobody writes to it any more."""
    own = databases.name_new(template_database)
    databases.copy(template_database, to=own)
    with databases.selected(own):
        found = lived.live(own)
    yield found
    databases.drop(own)


@pytest.fixture
def copy(history: Lived) -> Iterator[Lived]:
    """A copy of the history for this test alone, selected."""
    own = databases.name_new(history.url)
    databases.copy(history.url, to=own)
    with databases.selected(own):
        yield Lived(own, history.cafe, history.grocer, history.club)
    databases.drop(own)


@pytest.fixture(scope="session")
def spark_url() -> Iterator[str]:
    """Sail in the place of Spark: one server for all tests of a process."""
    from pysail.spark import SparkConnectServer

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
