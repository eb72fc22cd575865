"""What insight does by itself: closed months are written as files, and what pages show of them is computed."""

import hashlib
import importlib.util
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
from django.conf import settings

import guerdon
from guerdon.features.closings import queries as closings
from guerdon.features.objectives import queries as remembered
from guerdon.features.programmes import queries as programmes
from guerdon.insight import costs, objectives
from guerdon.insight.exports import files, months
from guerdon.kit import clock, jobs, snapshot, store

EXTRA: Final = ("duckdb", "ibis")  # what KPIs need; forecasts and exports do without


@jobs.job()
def write_months(programme_id: str) -> dict[str, object]:
    """Write the closed months of one programme that are not in its folder yet."""
    at_hand = store.current()
    row = programmes.by_id(at_hand, programme_id)
    book = programmes.latest(at_hand, programme_id)
    now = row.clock or clock.now()
    with snapshot.taken() as view:
        report = months.export(
            view, programme_id, book, settings.EXPORTS / row.key, version=guerdon.__version__, now=now, anew=False,
            advance=lambda _: jobs.checkpoint(),
        )  # fmt: skip
    if report.written:
        last = report.written[-1].manifest.closing.month
        compute_insight.once(f"insight:{programme_id}:{last}").enqueue(programme_id)
    return {"months": len(report.written), "rows": sum(one.manifest.rows for one in report.written)}


@jobs.job()
def compute_insight(programme_id: str) -> dict[str, object]:
    """What pages show first of the months that are there: the usual KPIs, a year's forecast, the last roll-forward."""
    from guerdon.insight.clv import kept as forecasts

    own = settings.EXPORTS / programmes.by_id(store.current(), programme_id).key
    forecasts.make(own, months=forecasts.USUAL)
    jobs.checkpoint()
    _count_costs(programme_id)
    if not installed():
        return {"kpis": 0}
    from guerdon.insight.kpis import kept
    from guerdon.insight.roi import kept as measures
    from guerdon.insight.roll_forward import kept as roll_forwards
    from guerdon.insight.working import kept as reports

    done = kept.prepare(own, between=jobs.checkpoint)
    goals = [one.goal for one in remembered.open_(store.current(), programme_id)]
    read = files.months(own)
    objectives.prepare(own, [objectives.wanted(goal, read) for goal in goals], between=jobs.checkpoint)
    measures.answer(own, measures.Wanted())
    jobs.checkpoint()
    usual = reports.preset(own, kept.USUAL)
    if usual is not None:
        reports.answer(own, usual)
        jobs.checkpoint()
    return {"kpis": done, "roll_forwards": roll_forwards.prepare(own, between=jobs.checkpoint)}


def installed() -> bool:
    """Whether the packages are there without which no KPI is computed."""
    return all(importlib.util.find_spec(name) is not None for name in EXTRA)


def plan(now: datetime) -> None:
    """Put the writing of closed months into the queue: once for each last month that is closed and counted."""
    at_hand = store.current()
    uncounted = {programme_id for programme_id, _ in closings.uncounted(at_hand)}
    for row in programmes.every(at_hand):
        borders = [] if row.id in uncounted else closings.borders(at_hand, row.id)
        if borders and not files.has(settings.EXPORTS / row.key, borders[-1].month):
            write_months.once(f"export:{row.id}:{borders[-1].month}").enqueue(row.id)


# --- what somebody looks at, and nobody has computed yet ---


@jobs.job()
def compute_kpis(programme_id: str, told: str) -> dict[str, object]:
    """The KPIs that a page waits for."""
    from guerdon.insight.kpis import kept

    own = settings.EXPORTS / programmes.by_id(store.current(), programme_id).key
    wanted = msgspec.json.decode(told, type=list[kept.Wanted])
    return {"kpis": kept.compute(own, wanted, between=jobs.checkpoint)}


@jobs.job()
def compute_objectives(programme_id: str, told: str) -> dict[str, object]:
    """What objectives need that a page waits for."""
    own = settings.EXPORTS / programmes.by_id(store.current(), programme_id).key
    wanted = msgspec.json.decode(told, type=list[objectives.Wanted])
    return {"objectives": objectives.prepare(own, wanted, between=jobs.checkpoint)}


@jobs.job()
def compute_costs(programme_id: str) -> dict[str, object]:
    """What is known that closed months cost, which a page waits for."""
    return {"months": _count_costs(programme_id)}


def _count_costs(programme_id: str) -> int:
    at_hand = store.current()
    row = programmes.by_id(at_hand, programme_id)
    book = programmes.latest(at_hand, programme_id)
    own, now = settings.EXPORTS / row.key, row.clock or clock.now()
    return costs.prepare(own, programme_id, book, now=now, campaigns=installed(), between=jobs.checkpoint)


@jobs.job()
def compute_forecast(programme_id: str, ahead: int) -> dict[str, object]:
    """The forecast that a page waits for."""
    from guerdon.insight.clv import kept as forecasts

    own = settings.EXPORTS / programmes.by_id(store.current(), programme_id).key
    if forecasts.find(own, months=ahead) is None:
        forecasts.make(own, months=ahead)
    return {"months": ahead}


@jobs.job()
def compute_working(programme_id: str, wanted: str) -> dict[str, object]:
    """What does not work, of the days that a page waits for."""
    from guerdon.insight.working import kept

    own = settings.EXPORTS / programmes.by_id(store.current(), programme_id).key
    kept.answer(own, msgspec.json.decode(wanted, type=kept.Wanted))
    return {"days": wanted}


@jobs.job()
def measure_roi(programme_id: str, wanted: str) -> dict[str, object]:
    """What campaigns are worth, of the days that a page waits for."""
    from guerdon.insight.roi import kept

    own = settings.EXPORTS / programmes.by_id(store.current(), programme_id).key
    kept.answer(own, msgspec.json.decode(wanted, type=kept.Wanted))
    return {"asked": wanted}


@jobs.job()
def measure_beside(programme_id: str, wanted: str) -> dict[str, object]:
    """What changed for some beside all others, which a page waits for."""
    from guerdon.insight.roi import kept

    own = settings.EXPORTS / programmes.by_id(store.current(), programme_id).key
    kept.answer_beside(own, msgspec.json.decode(wanted, type=kept.WantedBeside))
    return {"asked": wanted}


def want_roi(programme_id: str, wanted: object) -> None:
    """Put the measuring into the queue, unless the same waits already."""
    text = msgspec.json.encode(wanted).decode()
    measure_roi.keyed(f"roi:{programme_id}:{_digest(text)}").enqueue(programme_id, text)


def want_beside(programme_id: str, wanted: object) -> None:
    """The same of some beside all others."""
    text = msgspec.json.encode(wanted).decode()
    measure_beside.keyed(f"beside:{programme_id}:{_digest(text)}").enqueue(programme_id, text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def want_working(programme_id: str, wanted: object) -> None:
    """Put that into the queue, unless it waits already."""
    text = msgspec.json.encode(wanted).decode()
    compute_working.keyed(f"working:{programme_id}:{_digest(text)}").enqueue(programme_id, text)


def want(programme_id: str, wanted: Sequence[object]) -> None:
    """Put the computing of KPIs into the queue, unless the same ones wait already."""
    told = msgspec.json.encode(wanted).decode()
    compute_kpis.keyed(f"kpis:{programme_id}:{_digest(told)}").enqueue(programme_id, told)


def want_objectives(programme_id: str, wanted: Sequence[objectives.Wanted]) -> None:
    """The same of what objectives need."""
    told = msgspec.json.encode(wanted).decode()
    compute_objectives.keyed(f"objectives:{programme_id}:{_digest(told)}").enqueue(programme_id, told)


def want_costs(programme_id: str) -> None:
    """The same of what is known that closed months cost."""
    compute_costs.keyed(f"costs:{programme_id}").enqueue(programme_id)


def want_forecast(programme_id: str, ahead: int) -> None:
    """The same for a forecast of so many months."""
    compute_forecast.keyed(f"forecast:{programme_id}:{ahead}").enqueue(programme_id, ahead)
