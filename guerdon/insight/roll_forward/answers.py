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
from guerdon.insight.roll_forward.lines import By, Ladders, RollForward, Unit, Worth


def ask(
    folder: Path, by: By, *, month: str | None = None, ladder: str | None = None, spark: str | None = None
) -> RollForward:
    """The roll-forward of an exported month of a programme, the last one where none is named, by DuckDB or by Spark.

    Raises Damaged where it does not come to the closing of the month, NotExported, Ladders and Unreachable.
    """
    read = until(files.months(folder), month)
    with engines.opened(spark) as engine:
        return of(engine, read, by, ladder)


def of(engine: Engine, months: Sequence[Month], by: By, ladder: str | None = None) -> RollForward:
    """The roll-forward of the last of the months, which are all from the first on. Raises Damaged and Ladders."""
    last = months[-1].manifest
    name = last.closing.month
    before = months[-2].manifest.closing.month if len(months) > 1 else None
    on = _ladder(months, ladder) if by == "tier" else ""
    rows = engine.rows(expressions.moved(engine.read(months), name, before, by, on))
    return RollForward(name, by, on, last.currency, tuple(lines.tied(rows, name, last.sums, _units(months[-1]))))


def until(months: Sequence[Month], month: str | None) -> Sequence[Month]:
    """The months up to the one that is meant. Raises NotExported."""
    names = [one.manifest.closing.month for one in months]
    if not names:
        raise NotExported("no month is exported there")
    if month is not None and month not in names:
        raise NotExported(f"{month} is no exported month ({names[0]} – {names[-1]})")
    return months[: names.index(month) + 1] if month is not None else months


def ladders(months: Sequence[Month]) -> tuple[str, ...]:
    """The ladders on which anybody stood when the last of the months began, or when it ended."""
    return tuple(sorted({one for month in months[-2:] for one in _frame(month, "tiers", ["ladder"])["ladder"]}))


def _ladder(months: Sequence[Month], told: str | None) -> str:
    """The ladder that is meant; nobody has a tier where there is none. Raises Ladders."""
    known = ladders(months)
    if told is not None and told not in known:
        raise Ladders(f"“{told}” is no ladder of {months[-1].manifest.closing.month} ({', '.join(known) or 'none'})")
    if told is None and len(known) > 1:
        raise Ladders(f"there are several ladders: {', '.join(known)}")
    return told or "".join(known)


def _units(month: Month) -> Mapping[str, Unit]:
    """The units as the last version in force at the end of the month has them. Raises NotExported."""
    if files.lacks(month, "units.worth_points"):
        raise NotExported("units.worth_points is not in all months: move the folder away and export anew")
    found = _frame(month, "units", ["version", "unit", "scale", "worth_points", "worth_amount"])
    rows = found.filter(pl.col("version") == pl.col("version").max()).drop("version").rows()
    return {
        code: Unit(code, scale, None if points is None else Worth(points, amount))
        for code, scale, points, amount in rows
    }


def _frame(month: Month, table: str, columns: list[str]) -> pl.DataFrame:
    parts = [month.folder / table / part.name for part in month.manifest.tables[table].parts]
    return pl.read_parquet(parts, columns=columns, hive_partitioning=False)
