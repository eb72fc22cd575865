"""Asking a KPI: the months of a folder are opened, the expression runs, and the division comes last, exactly."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

import msgspec
from ibis import Table

from guerdon.core import closing, kpis
from guerdon.core.kpis import Compare, Span
from guerdon.insight.exports import files
from guerdon.insight.exports.files import Month
from guerdon.insight.kpis import counting, definitions, engines, ladder
from guerdon.insight.kpis.asked import Answer, NotExported, Question, Whole
from guerdon.insight.kpis.engines import Engine, Row
from guerdon.insight.kpis.tables import Scope

HUNDREDTHS: Final = 2  # decimals of what is no count and no money
ALL: Final = "all"


def ask(
    folder: Path, key: str, asked: Question, *, compare: Compare | None = None, spark: str | None = None
) -> list[Answer]:
    """A KPI of the exported months of a programme, by DuckDB or by the Spark that is named.

    Raises `kpi_unknown`, Damaged, NotExported, Unreachable and Whole.
    """
    kpi = definitions.kpi(key)
    if kpi.whole and asked.stores:
        raise Whole(f"{kpi.title} belongs to no store")
    months = files.months(folder)
    if not months:
        raise NotExported("no month is exported there")
    for what in kpi.needs:
        if any(files.lacks(month, what) for month in months):
            raise NotExported(f"{what} is not in all months: move the folder away and export anew")
    currency = months[-1].manifest.currency
    with engines.opened(spark) as engine:
        read = engine.read(months)
        found = of(engine, read, currency, _names(months), kpi, asked)
        if compare is None:
            return found
        other = msgspec.structs.replace(asked, span=kpis.compared(asked.span, compare))
        before = of(engine, read, currency, _names(months), kpi, other)
    values = {one.of: one.value for one in before}
    return [msgspec.structs.replace(one, before=values.get(one.of)) for one in found]


def default_span(folder: Path) -> Span:
    """The last exported month. Raises Damaged and NotExported."""
    months = files.months(folder)
    if not months:
        raise NotExported("no month is exported there")
    last = months[-1].manifest.closing.month
    return Span(closing.first_day(last), closing.first_day(closing.following(last)))


def _names(months: Sequence[Month]) -> list[str]:
    return [month.manifest.closing.month for month in months]


def of(
    engine: Engine, read: Mapping[str, Table], currency: str, months: Sequence[str], kpi: definitions.Kpi,
    asked: Question,
) -> list[Answer]:  # fmt: skip
    """The numbers of a KPI, in its order."""
    order = kpi.order or kpi.of
    rows = engine.rows(counting.of(kpi)(Scope(read, months, currency, asked)))
    rows = sorted(rows, key=lambda row: [row[name] for name in order])
    if kpi.projected:
        return _projected(rows, asked.span)
    return [
        _answer(tuple([row[name] for name in kpi.of]), row["numerator"], row["denominator"], kpi.kind) for row in rows
    ]


def _answer(of: tuple[str | int, ...], numerator: int, denominator: int | None, kind: definitions.Kind) -> Answer:
    if kind in ("count", "points"):
        return Answer(of, int(numerator), None, int(numerator))
    assert denominator is not None, "a share has parts"
    exact = Fraction(int(numerator), int(denominator)) if denominator > 0 else None
    return Answer(of, int(numerator), int(denominator), None if exact is None else _rounded(exact, kind))


def _rounded(exact: Fraction, kind: definitions.Kind) -> int:
    """Half up: hundredths of a percent, hundredths of a ratio, minor units."""
    times: int = {"percent": 100 * 100, "ratio": 100}.get(kind, 1)
    return math.floor(exact * times + Fraction(1, 2))


def _projected(rows: Sequence[Row], span: Span) -> list[Answer]:
    """The chain ladder of each unit: its months, then all of them together."""
    now = (span.until.year * 12 + span.until.month - 1) - (1 if span.until.day == 1 else 0)
    found: list[Answer] = []
    for unit in dict.fromkeys(row["unit"] for row in rows):
        own = [row for row in rows if row["unit"] == unit]
        first = min(row["cohort"] for row in own)
        earned = [0] * (now - first + 1)
        redeemed = [[0] * (now - cohort + 1) for cohort in range(first, now + 1)]
        for row in own:
            assert row["months"] >= 0 and row["cohort"] <= now, "points are earned before they are spent"
            earned[row["cohort"] - first] += row["denominator"]
            redeemed[row["cohort"] - first][row["months"]] += row["numerator"]
        cohorts = ladder.project(earned, redeemed)
        found += [_share((unit, named(first + one.month)), one.ultimate, one.earned) for one in cohorts]
        found.append(_share((unit, ALL), sum((one.ultimate for one in cohorts), Fraction(0)), sum(earned)))
    return found


def named(month: int) -> str:
    """A month as it is written, of its number."""
    return date(month // 12, month % 12 + 1, 1).isoformat()[:7]


def _share(of: tuple[str, str], ultimate: Fraction, earned: int) -> Answer:
    value = _rounded(ultimate / earned, "percent") if earned > 0 else None
    return Answer(of, math.floor(ultimate + Fraction(1, 2)), earned, value)
