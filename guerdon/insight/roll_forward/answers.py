"""Asking for a roll-forward: the months of a folder up to one are cut, and tied to what that one closed with."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from guerdon.insight.exports import files
from guerdon.insight.exports.files import Month
from guerdon.insight.kpis import engines
from guerdon.insight.kpis.asked import NotExported
from guerdon.insight.kpis.engines import Engine
from guerdon.insight.roll_forward import expressions, lines
from guerdon.insight.roll_forward.lines import By, RollForward, Unit, Worth


def ask(
    folder: Path, by: By, *, month: str | None = None, ladder: str | None = None, spark: str | None = None
) -> RollForward:
    """The roll-forward of an exported month of a programme, the last one where none is named, by DuckDB or by Spark.

    Raises Damaged where it does not come to the closing of the month, NotExported, Ladders and Unreachable.
    """
    read = lines.until(files.months(folder), month)
    with engines.opened(spark) as engine:
        return of(engine, read, by, ladder)


def of(engine: Engine, months: Sequence[Month], by: By, ladder: str | None = None) -> RollForward:
    """The roll-forward of the last of the months, which are all from the first on. Raises Damaged and Ladders."""
    last = months[-1].manifest
    name = last.closing.month
    before = months[-2].manifest.closing.month if len(months) > 1 else None
    on = lines.ladder(months, ladder) if by == "tier" else ""
    rows = engine.rows(expressions.moved(engine.read(months), name, before, by, on))
    return RollForward(name, by, on, last.currency, tuple(lines.tied(rows, name, last.sums, _units(months[-1]))))


def _units(month: Month) -> Mapping[str, Unit]:
    """The units as the last version in force at the end of the month has them. Raises NotExported."""
    if files.lacks(month, lines.NEEDS):
        raise NotExported(f"{lines.NEEDS} is not in all months: move the folder away and export anew")
    found = lines.frame(month, "units", ["version", "unit", "scale", "worth_points", "worth_amount"])
    rows = found.filter(pl.col("version") == pl.col("version").max()).drop("version").rows()
    return {
        code: Unit(code, scale, None if points is None else Worth(points, amount))
        for code, scale, points, amount in rows
    }
