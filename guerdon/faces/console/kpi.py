"""A KPI on a page of its own: what it means, its course month by month, its numbers as a table, a grid or a file."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guerdon.core.errors import Refusal
from guerdon.core.kpis import KPI_NOT_EXPORTED, KPI_OF_NO_STORE, Span
from guerdon.faces.api import kpis as api
from guerdon.faces.api.kpis import KpiDays
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, insight, kpi_grids, kpi_values, numbers, picked
from guerdon.faces.console.picked import Picked
from guerdon.faces.design.shapes import Cell, Column, Fact, Link, Point, Row, Series
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.insight import schedule
from guerdon.insight.exports.files import Month
from guerdon.insight.kpis import definitions, kept
from guerdon.insight.kpis.asked import Answer
from guerdon.insight.kpis.definitions import Kpi
from guerdon.insight.kpis.kept import Wanted

_OF_CATEGORIES: Final = frozenset({"rfm", "tier_mix", "cost_per_reward", "spend_by_redeeming", "net_promoter_score"})
_COURSES_MAX: Final = 2  # of several units or currencies so many are drawn


class Drawn(msgspec.Struct, frozen=True):
    """A chart as its component takes it."""

    drawing: str
    series: tuple[Series, ...]
    points: tuple[Point, ...]
    along: str


def read(visit: Visit, kpi: str) -> HttpResponse:
    """What it says of the days, and how it went."""
    one = definitions.kpi(kpi)
    name = visit.say(f"kpis.{kpi}")
    context: dict[str, Any] = {
        "name": name, "says": visit.say(f"kpis.{kpi}_about"), "whole": one.whole, "facts": _facts(visit, kpi),
        "correlation": kpi == "spend_by_redeeming",
    }  # fmt: skip
    found = insight.months(visit, context)
    if not found:
        return _page(visit, context)
    asked = picked.told(visit, found)
    if one.whole:
        asked = msgspec.structs.replace(asked, store="")
    context |= {
        "asked": asked, **picked.choices(visit, asked),
        "crumbs": (Link(visit.say("insight.title"), insight.here(visit, "console.insight", asked)),),
    }  # fmt: skip
    span = picked.span(asked, found)
    if span is None:
        context["fault"] = insight.fault(visit, found)
        return _page(visit, context, 422)
    try:
        rows = _answers(visit, kpi, asked, span)
    except Refusal as refusal:
        if refusal.kind not in (KPI_NOT_EXPORTED, KPI_OF_NO_STORE):
            raise
        context["fault"] = visit.say("insight.fault_needs")
        return _page(visit, context, 422)
    drawn, waiting = _drawn(visit, found, kpi, asked, span, rows)
    context |= {
        "about": picked.about(visit, asked, span, found), "rows": rows, "tile": _tile(visit, kpi, rows), "drawn": drawn,
        "waiting": waiting, "here": insight.here(visit, "console.kpi", asked, kpi),
        "csv": insight.here(visit, "console.kpi_csv", asked, kpi), "grids": kpi_grids.of(visit, kpi, rows),
        **_table(visit, one, rows),
    }  # fmt: skip
    return _page(visit, context)


def _page(visit: Visit, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return frame.page(visit, "console/kpi.html", context, area=insight.AREA, status=status)


def _query(asked: Picked, span: Span) -> KpiDays:
    return KpiDays(span.since, span.until, asked.store, asked.tier, asked.segment, asked.against)


def _answers(visit: Visit, kpi: str, asked: Picked, span: Span) -> list[Answer]:
    """The numbers as the API tells them."""
    told = ask(visit, api.answer, kpi, query=_query(asked, span))
    return [
        Answer(
            tuple([int(of) if name == "months" else of for name, of in zip(told.kpi.of, one.of, strict=True)]),
            one.numerator, one.denominator, one.value, one.before,
        )
        for one in told.rows
    ]  # fmt: skip


def _facts(visit: Visit, kpi: str) -> tuple[Fact, ...]:
    return tuple([
        Fact(visit.say(f"insight.{name}"), visit.say(f"kpis.{kpi}_{name}")) for name in ("formula", "window")
    ])  # fmt: skip


def _tile(visit: Visit, kpi: str, rows: list[Answer]) -> dict[str, str]:
    """The number that stands at the top."""
    pen, one = Pen(visit), definitions.kpi(kpi)
    head = kpi_values.headline(kpi, one, rows, pen.programme.currency)
    if head is None:
        return {}
    change = kpi_values.changed(head)
    before = "" if head.before is None else kpi_values.text(pen, one, head, head.before)
    return {
        "value": kpi_values.text(pen, one, head, head.value), "change": numbers.change(pen, change),
        "good": kpi_values.good(kpi, change), "before": before and visit.say("insight.before", value=before),
        "note": insight.note(visit, pen, kpi, len(rows), head),
    }  # fmt: skip


def _table(visit: Visit, kpi: Kpi, rows: list[Answer]) -> dict[str, Any]:
    """Each number with what was counted, of how much."""
    pen = Pen(visit)
    of = [name for name in kpi.of if name != "currency"]
    compared = any(one.before is not None for one in rows)
    counted = kpi.kind not in ("count", "points", "money")
    heads = [f"of_{'month' if kpi.projected and name == 'cohort' else name}" for name in of]
    heads += [*(["numerator", "denominator"] if counted else []), "value", *(["value_before"] if compared else [])]
    shown = []
    for one in rows:
        told = dict(zip(kpi.of, one.of, strict=True))
        cells = [kpi_values.dimension(visit, pen, name, told[name]) for name in of]
        if counted:
            unit = str(told["unit"]) if "unit" in told and kpi.kind == "percent" else None
            scaled = unit if unit in pen.programme.units else None
            cells += [pen.number(one.numerator, scaled), pen.number(one.denominator or 0, scaled)]
        cells.append(kpi_values.text(pen, kpi, one, one.value))
        if compared:
            cells.append(kpi_values.text(pen, kpi, one, one.before))
        shown.append(Row(tuple([Cell(text) for text in cells])))
    columns = [Column(visit.say(f"insight.{head}"), at >= len(of)) for at, head in enumerate(heads)]
    return {"columns": tuple(columns), "cells": tuple(shown)}


def _drawn(
    visit: Visit, found: list[Month], kpi: str, asked: Picked, span: Span, rows: list[Answer]
) -> tuple[Drawn | None, int]:
    """The chart, and how many months of its course nobody has computed yet; those are put into the queue."""
    pen, one = Pen(visit), definitions.kpi(kpi)
    if kpi in ("retention", "tier_migration") or not rows:
        return None, 0
    if kpi in _OF_CATEGORIES or one.projected:
        return _categories(visit, pen, kpi, one, rows), 0
    spans = kept.months(span, [month.manifest.closing.month for month in found])
    own, state = insight.folder(visit), found[-1].sha256
    if len(spans) < 2:  # a course has more than one month: that of the last twelve
        spans = kept.months(Span(found[0].manifest.closing.start.date(), span.until), _names(found))[-12:]
    answers = {each: kept.find(own, state, Wanted(kpi, asked.question(each))) for each in spans}
    wanted = [Wanted(kpi, asked.question(each)) for each, answer in answers.items() if answer is None]
    if wanted:
        schedule.want(visit.programme_id, wanted)
        return None, len(wanted)
    told = [(each, {row.of: row for row in answer.rows}) for each, answer in answers.items() if answer is not None]
    lines = [row.of for row in rows][:_COURSES_MAX]
    series = tuple([Series(_line(visit, pen, kpi, one, of)) for of in lines])
    points = tuple([
        Point(f"{each.since:%m.%Y}", tuple([kpi_values.measure(pen, one, by.get(of)) for of in lines]))
        for each, by in told
    ])  # fmt: skip
    return Drawn("bars" if one.kind == "count" else "line", series, points, visit.say("insight.month")), 0


def _names(found: Sequence[Month]) -> list[str]:
    return [month.manifest.closing.month for month in found]


def _line(visit: Visit, pen: Pen, kpi: str, one: Kpi, of: tuple[str | int, ...]) -> str:
    """What a line is called: the KPI, and what it is of where there are several."""
    parts = [kpi_values.dimension(visit, pen, name, each) for name, each in zip(one.of, of, strict=True)]
    return " · ".join([visit.say(f"kpis.{kpi}"), *parts])


def _categories(visit: Visit, pen: Pen, kpi: str, one: Kpi, rows: list[Answer]) -> Drawn:
    """A bar for each of what it is of."""
    shown = [row for row in rows if "all" not in row.of]
    points = tuple([
        Point(kpi_values.name_of(visit, pen, one, row), (kpi_values.measure(pen, one, row),)) for row in shown
    ])  # fmt: skip
    along = visit.say(f"insight.of_{'month' if one.projected else next(of for of in one.of if of != 'currency')}")
    return Drawn("bars", (Series(visit.say(f"kpis.{kpi}")),), points, along)


def file(visit: Visit, kpi: str) -> HttpResponse:
    """The same numbers as a file."""
    definitions.kpi(kpi)
    context: dict[str, Any] = {}
    found = insight.months(visit, context)
    if not found:
        return visit.on(visit.to("console.insight"))
    asked = picked.told(visit, found)
    span = picked.span(asked, found)
    if span is None:
        return visit.on(insight.here(visit, "console.kpi", asked, kpi))
    return frame.table(ask(visit, api.answer, kpi, query=_query(asked, span), csv=True))


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/insight/kpis/<slug:kpi>", "figures:read", read, "console.kpi"),
    Page("console/<slug:programme>/insight/kpis/<slug:kpi>.csv", "figures:read", file, "console.kpi_csv"),
)
