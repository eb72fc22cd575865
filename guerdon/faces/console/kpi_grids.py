"""KPIs that are read as a grid: who came back by cohort and month, and who went from which tier to which."""

from collections.abc import Sequence

import msgspec

from guerdon.faces.console import kpi_values
from guerdon.faces.design import shapes
from guerdon.faces.design.shapes import Heat, HeatRow
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.insight.kpis.asked import Answer


class Grid(msgspec.Struct, frozen=True):
    """A grid of shares as its component takes it."""

    title: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]


def of(visit: Visit, kpi: str, rows: Sequence[Answer]) -> tuple[Grid, ...]:
    """The grids of a KPI, of those that have any."""
    if kpi == "retention":
        return (_cohorts(visit, rows),) if rows else ()
    if kpi == "tier_migration":
        return tuple([_moves(visit, ladder, rows) for ladder in dict.fromkeys(str(one.of[0]) for one in rows)])
    return ()


def _cohorts(visit: Visit, rows: Sequence[Answer]) -> Grid:
    pen = Pen(visit)
    by = {(one.of[0], int(one.of[1])): one for one in rows}
    last = max(int(one.of[1]) for one in rows)
    lines = []
    for cohort in dict.fromkeys(str(one.of[0]) for one in rows):
        size = next(one.denominator or 0 for one in rows if one.of[0] == cohort)
        cells = tuple([_cell(visit, pen, by.get((cohort, month))) for month in range(last + 1)])
        about = visit.say("insight.members", count=pen.number(size))
        lines.append(HeatRow(pen.tongue.capital(pen.month(cohort)), cells, about))
    columns = tuple([str(month) for month in range(last + 1)])
    corner = f"{visit.say('insight.of_cohort')} / {visit.say('insight.of_months')}"
    return Grid(visit.say("kpis.retention"), corner, columns, tuple(lines))


def _moves(visit: Visit, ladder: str, rows: Sequence[Answer]) -> Grid:
    pen = Pen(visit)
    own = [one for one in rows if one.of[0] == ladder]
    by = {(one.of[1], one.of[2]): one for one in own}
    places = {level.key: at for one in pen.programme.tiers if one.key == ladder for at, level in enumerate(one.levels)}
    tiers = sorted(dict.fromkeys(str(of) for one in own for of in one.of[1:]), key=lambda one: places.get(one, -1))

    def name(tier: str) -> str:
        return kpi_values.dimension(visit, pen, "tier", tier)

    lines = []
    for before in tiers:
        size = next((one.denominator or 0 for one in own if one.of[1] == before), 0)
        cells = tuple([_cell(visit, pen, by.get((before, after)), zero=size > 0) for after in tiers])
        lines.append(HeatRow(name(before), cells, visit.say("insight.members", count=pen.number(size))))
    title = f"{visit.say('kpis.tier_migration')}: {kpi_values.dimension(visit, pen, 'ladder', ladder)}"
    corner = f"{visit.say('insight.of_before')} / {visit.say('insight.of_after')}"
    return Grid(title, corner, tuple(map(name, tiers)), tuple(lines))


def _cell(visit: Visit, pen: Pen, one: Answer | None, *, zero: bool = False) -> Heat:
    if one is None or one.value is None:
        return Heat(pen.tongue.percent(0), 0) if zero else Heat("")
    about = visit.say("insight.members", count=pen.number(one.numerator))
    return Heat(pen.tongue.percent(round(one.value, -1)), shapes.step(one.value / 10_000), about)
