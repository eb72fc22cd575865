"""Where expressions run: DuckDB in this process, or Spark where the data outgrows it; both read the same files."""

import functools
import socket
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import ibis
from ibis import Table

from guerdon.insight.exports.files import Month
from guerdon.insight.exports.shapes import TABLES

MEMORY: Final = "1GB"  # what one question may have in this process; the rest goes to disk
SPARK_PORT: Final = 15002
SPARK_SECONDS: Final = 10  # Spark's own client would try for ten minutes to reach what is not there
Row = Mapping[str, Any]


class Unreachable(Exception):
    """A Spark that was named and does not answer."""


class Engine(Protocol):
    """The tables of exported months, and how the rows of an expression over them come out: whole numbers stay whole."""

    def read(self, months: Sequence[Month]) -> Mapping[str, Table]:
        """The tables of the months: the files that their manifests name, and no others."""

    def rows(self, wanted: Table) -> Sequence[Row]:
        """The rows of an expression, in no order."""

    def close(self) -> None: ...


@contextmanager
def opened(spark: str | None = None) -> Iterator[Engine]:
    """An engine for one question: that of this process, or the Spark at `sc://host:port`. Raises Unreachable."""
    engine: Engine = DuckDB() if spark is None else Spark(spark)
    try:
        yield engine
    finally:
        engine.close()


class DuckDB:
    """An engine of its own, which asks nobody else for anything."""

    def __init__(self) -> None:
        self.ibis = ibis.duckdb.connect(
            memory_limit=MEMORY, temp_directory=tempfile.gettempdir(), autoinstall_known_extensions="false"
        )

    def read(self, months: Sequence[Month]) -> Mapping[str, Table]:
        return {
            name: self.ibis.read_parquet(
                [str(path) for path in _paths(months, name)],
                table_name=name, hive_partitioning=True, hive_types_autocast=False, union_by_name=False,
            )
            for name in TABLES
            if _paths(months, name)  # others were thought of later
        }  # fmt: skip

    def rows(self, wanted: Table) -> Sequence[Row]:
        found: Sequence[Row] = self.ibis.to_pyarrow(wanted).to_pylist()
        return found

    def close(self) -> None:
        self.ibis.disconnect()


class Spark:
    """A Spark that is reached by Spark Connect; its servers see the folder of exports under the same name."""

    def __init__(self, url: str) -> None:
        _reach(url)
        with warnings.catch_warnings():
            # Spark's client warns of pandas 3, through which no row comes here.
            warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
            from pyspark.sql import SparkSession, functions

            # A session of its own: one that is shared in this process would end for all with the first that closes it.
            self.session = SparkSession.builder.remote(url).create()
            self.ibis = ibis.pyspark.connect(self.session)
        self.literal = functions.lit

    def read(self, months: Sequence[Month]) -> Mapping[str, Table]:
        return _Views(self, months)

    def view(self, months: Sequence[Month], name: str) -> Table:
        """A table of the months. Which month it is is told, never guessed: Spark takes “2026-01” for its first day."""
        frames = [
            self.session.read.parquet(*paths).withColumn("month", self.literal(month.manifest.closing.month))
            for month in months
            if (paths := [f"file://{path.resolve()}" for path in _paths([month], name)])
        ]
        functools.reduce(lambda whole, frame: whole.unionByName(frame), frames).createOrReplaceTempView(name)
        return self.ibis.table(name)

    def rows(self, wanted: Table) -> Sequence[Row]:
        """By Arrow: the way of ibis leads through pandas, where a whole number beside a missing one is a float."""
        found: Sequence[Row] = self.session.sql(self.ibis.compile(wanted)).toArrow().to_pylist()
        return found

    def close(self) -> None:
        self.ibis.disconnect()


class _Views(Mapping[str, Table]):
    """Tables that are registered when somebody asks for them: each costs Spark a look at every file."""

    def __init__(self, spark: Spark, months: Sequence[Month]) -> None:
        self._spark = spark
        self._months = months
        self._found: dict[str, Table] = {}

    def __getitem__(self, name: str) -> Table:
        if name not in self._found:
            self._found[name] = self._spark.view(self._months, name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


def _paths(months: Sequence[Month], table: str) -> list[Path]:
    told = [(month.folder / table, month.manifest.tables[table]) for month in months if table in month.manifest.tables]
    return [folder / part.name for folder, table_told in told for part in table_told.parts]


def _reach(url: str) -> None:
    """Look whether somebody is there. Raises Unreachable."""
    try:
        where = urlsplit(url)
        if where.scheme != "sc" or not where.hostname:
            raise Unreachable(f"{url} is no address of Spark Connect")
        socket.create_connection((where.hostname, where.port or SPARK_PORT), timeout=SPARK_SECONDS).close()
    except (OSError, ValueError) as error:
        raise Unreachable(f"{url} does not answer: {error}") from error
