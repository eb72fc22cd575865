"""Two engines, one answer: every KPI of histories drawn by chance is the same number on DuckDB and on Spark."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from guerdon.core.kpis import Span
from guerdon.insight.kpis import answers, definitions, engines
from guerdon.insight.kpis.asked import Question
from guerdon.insight.kpis.engines import Engine, Unreachable
from tests.insight.kpis import by_chance, exported
from tests.insight.kpis.by_chance import LARGE

QUESTIONS = (
    Question(Span(date(2026, 1, 1), date(2026, 4, 1))),
    Question(Span(date(2025, 12, 10), date(2026, 3, 1)), tiers=("silver", "ötesi"), segments=("vip", "гости")),
    Question(Span(date(2026, 1, 5), date(2026, 4, 21)), stores=("Южен пазар", "", "o'clock")),
)


@pytest.mark.parametrize(("seed", "questions"), [(1, QUESTIONS[:2]), (2, QUESTIONS[2:])])
def test_every_kpi_of_any_history(
    duckdb: Engine, spark: Engine, tmp_path: Path, seed: int, questions: tuple[Question, ...]
):
    months = exported.write(tmp_path, by_chance.MONTHS, by_chance.frames(seed))
    tables = [(engine, engine.read(months)) for engine in (duckdb, spark)]
    asked = [(key, one) for key, kpi in definitions.KPIS.items() for one in questions if not (kpi.whole and one.stores)]
    for key, question in asked:
        one, other = (
            answers.of(*each, "EUR", by_chance.MONTHS, definitions.KPIS[key], question) for each in tables
        )  # fmt: skip
        assert one == other and any(answer.value is not None for answer in one), (key, question)
    assert len(asked) >= 10


def test_whole_numbers_stay_whole(duckdb: Engine, spark: Engine, tmp_path: Path):
    """2⁵³ + 1 is no float, and a number beside nothing is none either; a month is its name, not its first day."""
    frames = by_chance.frames(1)
    months = exported.write(tmp_path, by_chance.MONTHS, frames)
    wanted = frames["activities"].filter(pl.col("spent") == LARGE).select("activity", "spent", "currency", "month")
    assert wanted.height
    for engine in (duckdb, spark):
        facts = engine.read(months)["activities"]
        large = facts.filter(facts.spent == LARGE).select("activity", "spent", "currency", "month")
        beside = large.mutate(nothing=large.spent.nullif(LARGE), large=large.spent)
        rows = sorted(engine.rows(beside), key=lambda row: row["activity"])
        assert [tuple(row.values())[:4] for row in rows] == sorted(wanted.rows())
        assert {(row["nothing"], row["large"]) for row in rows} == {(None, LARGE)}


def test_a_spark_that_is_not_there_is_told_at_once():
    for url, what in (("sc://127.0.0.1:9", "does not answer"), ("http://x", "no address"), ("sc://", "no address")):
        with pytest.raises(Unreachable, match=what), engines.opened(url):
            pass


def test_one_that_is_closed_leaves_the_others_be(spark_url: str, spark: engines.Spark):
    with engines.opened(spark_url):
        pass
    assert [tuple(row) for row in spark.session.sql("SELECT 1").collect()] == [(1,)]
