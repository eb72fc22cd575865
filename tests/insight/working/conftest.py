"""The engines of the KPIs: DuckDB, and Sail in the place of Spark."""

from tests.insight.kpis.conftest import duckdb, spark, spark_url  # noqa: F401 - fixtures
