"""The liability roll-forward of a closed month: a table of points and one of their worth for each unit, cut one way."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from django.http import HttpResponse

from guerdon.core.errors import Refusal
from guerdon.core.kpis import LADDER_UNCLEAR, MONTH_NOT_EXPORTED
from guerdon.faces import posted
from guerdon.faces.api import roll_forward as api
from guerdon.faces.api.roll_forward import Cut, RolledAmounts, RolledLine, RollForwardView
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, insight, kpi_values, units
from guerdon.faces.design.shapes import Cell, Choice, Column, Link, Row
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.insight.exports.files import Month
from guerdon.insight.roll_forward import kept
from guerdon.insight.roll_forward.lines import BY, COLUMNS, By, ladders

AREA: Final = "console.liability"
_STANDING: Final = ("opening", "closing")  # what is there; all else moved, and has its sign
_NOBODY: Final = {"tier": "insight.tier_none", "store": "console_finance.store_none", "funder": "console_finance.house"}


class Table(msgspec.Struct, frozen=True):
    """One unit in points, or what it is worth: a row for each line, and one of all."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def read(visit: Visit) -> HttpResponse:
    """The month that is asked for, the last one that is exported where none is."""
    context: dict[str, Any] = {"crumbs": (Link(visit.say("console_finance.liability"), visit.to("console.liability")),)}
    found = insight.months(visit, context)
    if not found:
        return frame.page(visit, "console/roll_forward.html", context, area=AREA)
    cut = told(visit, found)
    context |= _choices(visit, cut, found)
    try:
        answer = ask(visit, api.read, query=cut)
    except Refusal as refusal:
        context["fault"] = posted.fault(refusal)
        return frame.page(visit, "console/roll_forward.html", context, area=AREA, status=422)
    context |= {"tables": tables(visit, answer), "csv": _address(visit, cut), "moves": answer.by == "tier"}
    return frame.page(visit, "console/roll_forward.html", context, area=AREA)


def told(visit: Visit, found: Sequence[Month]) -> Cut:
    """What the address says; of several ladders the first, where it names none."""
    get = visit.request.GET
    by: By = next((one for one in BY if one == get.get("by")), "unit")
    month, ladder = get.get("month", "")[:7] or None, get.get("ladder", "")[:40] or None
    if by != "tier":
        return Cut(by, month)
    return Cut(by, month, ladder or next(iter(_ladders(found, month)), None))


def _ladders(found: Sequence[Month], month: str | None) -> tuple[str, ...]:
    try:
        return ladders(kept.months(found, month))
    except Refusal:  # which the page tells
        return ()


def _choices(visit: Visit, cut: Cut, found: Sequence[Month]) -> dict[str, Any]:
    pen, names = Pen(visit), [one.manifest.closing.month for one in reversed(found)]
    known = _ladders(found, cut.month) if cut.by == "tier" else ()
    return {
        "by": cut.by, "month": cut.month or names[0], "ladder": cut.ladder or "",
        "cuts": tuple([Choice(one, visit.say(f"console_finance.by_{one}")) for one in BY]),
        "months": tuple([Choice(one, pen.tongue.capital(pen.month(one))) for one in names]),
        "ladders": tuple([Choice(one, kpi_values.dimension(visit, pen, "ladder", one)) for one in known]),
    }  # fmt: skip


def _address(visit: Visit, cut: Cut) -> str:
    asked = {"by": cut.by, "month": cut.month, "ladder": cut.ladder}
    return visit.to("console.roll_forward_csv") + "?" + urlencode({name: one for name, one in asked.items() if one})


def tables(visit: Visit, found: RollForwardView) -> tuple[Table, ...]:
    """Of each unit the points, and what they are worth where the programme says it."""
    made: list[Table] = []
    for whole in found.totals:
        own = [one for one in found.lines if one.unit == whole.unit] if found.by != "unit" else []
        kept = [name for name in COLUMNS if any(getattr(one.points, name) for one in (*own, whole))]
        heads = [Column(visit.say(f"console_finance.by_{found.by}"))]
        heads += [Column(visit.say(f"console_finance.column_{name}"), end=True) for name in kept]
        named = [*[(_name(visit, found.by, one), one) for one in own], (visit.say("console_finance.all"), whole)]
        name = units.name(Pen(visit), whole.unit)
        made.append(Table(name, tuple(heads), tuple([_points(visit, of, one, kept) for of, one in named])))
        if whole.worth is not None:
            rows = [_worth(visit, of, one.worth, kept, found.currency) for of, one in named if one.worth is not None]
            made.append(Table(visit.say("console_finance.worth_of", unit=name), tuple(heads), tuple(rows)))
    return tuple(made)


def _name(visit: Visit, by: By, one: RolledLine) -> str:
    pen = Pen(visit)
    if one.of is None:
        return visit.say(_NOBODY[by])
    return kpi_values.dimension(visit, pen, "tier", one.of) if by == "tier" else pen.word(by, one.of)


def _points(visit: Visit, name: str, one: RolledLine, kept: Sequence[str]) -> Row:
    pen = Pen(visit)
    cells = [units.steps(pen, one.unit, getattr(one.points, column), signed=column not in _STANDING) for column in kept]
    if one.prior_period:
        late = units.steps(pen, one.unit, one.prior_period, signed=True)
        name = f"{name} ({visit.say('console_finance.late', points=late)})"
    return Row(tuple([Cell(name), *[Cell(text) for text in cells]]))


def _worth(visit: Visit, name: str, one: RolledAmounts, kept: Sequence[str], currency: str) -> Row:
    pen, cells = Pen(visit), [Cell(name)]
    for column in kept:
        amount = getattr(one, column)
        sign = "−" if amount < 0 else "+" if amount and column not in _STANDING else ""
        cells.append(Cell(sign + pen.money(abs(amount), currency)))
    return Row(tuple(cells))


def file(visit: Visit) -> HttpResponse:
    """The same as a file; where it can't be told the page says why."""
    found = insight.months(visit, {})
    cut = told(visit, found) if found else Cut()
    page = f"{visit.to('console.roll_forward')}?{_address(visit, cut).partition('?')[2]}"
    if not found:
        return visit.on(page)
    try:
        return frame.table(ask(visit, api.read, query=cut, csv=True))
    except Refusal as refusal:
        if refusal.kind not in (MONTH_NOT_EXPORTED, LADDER_UNCLEAR):
            raise
        return visit.on(page)


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/finance/roll-forward", "figures:read", read, "console.roll_forward"),
    Page("console/<slug:programme>/finance/roll-forward.csv", "figures:read", file, "console.roll_forward_csv"),
)
