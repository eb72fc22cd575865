"""The histories written by hand, asked of every engine."""

from collections.abc import Iterator

import pytest

from tests.insight.kpis import by_hand, by_hand_more


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
