"""What points are owed: month by month and unit by unit, with what moved and what it is worth."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guerdon.core import closing as law
from guerdon.core.errors import Refusal
from guerdon.faces import posted
from guerdon.faces.api import figures as api
from guerdon.faces.api.closings import UnitMonth
from guerdon.faces.api.figures import LiabilityMonth
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, revenue, units
from guerdon.faces.design.shapes import Cell, Column, Row
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.figures import queries

COLUMNS: Final = tuple(dict.fromkeys(law.COLUMNS.values()))


class Roll(msgspec.Struct, frozen=True):
    """What months did to one unit: a row for each, and the columns that say anything."""

    name: str
    owed: str
    worth: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def read(visit: Visit) -> HttpResponse:
    """The months asked for; the last twelve where none are."""
    asked = revenue.months(visit)
    context: dict[str, Any] = {
        "since": asked.since or "",
        "until": asked.until or "",
        "csv": revenue.address(visit, "console.liability_csv", asked),
        "roll_forward": visit.to("console.roll_forward"),
    }
    try:
        found = ask(visit, api.owed, query=asked)
        deferred = revenue.read(visit, asked)
    except Refusal as refusal:
        context["fault"] = posted.fault(refusal)
        return frame.page(visit, "console/liability.html", context, area="console.liability", status=422)
    if found.months:
        context |= {"since": found.months[0].month, "until": found.months[-1].month}
    at = queries.counted_at(visit.store, visit.programme_id, seq=found.counted_seq, now=visit.now)
    context["as_of"] = visit.say("console_finance.as_of", at=Pen(visit).moment(at))
    context |= {"rolls": rolls(visit, found.months), "counted": found.counted_seq > 0, "deferred": deferred}
    return frame.page(visit, "console/liability.html", context, area="console.liability")


def file(visit: Visit) -> HttpResponse:
    """The same as a file."""
    return frame.table(ask(visit, api.owed, query=revenue.months(visit), csv=True))


def rolls(visit: Visit, found: Sequence[LiabilityMonth]) -> tuple[Roll, ...]:
    """The months of each unit, oldest first, as an accountant reads them."""
    units = dict.fromkeys(one.points.unit for one in found)
    return tuple([_roll(visit, Pen(visit), [one for one in found if one.points.unit == unit]) for unit in units])


def _roll(visit: Visit, pen: Pen, found: Sequence[LiabilityMonth]) -> Roll:
    last, kept = found[-1], moved([one.points for one in found])
    worth = any(one.worth_closing is not None for one in found)
    names = ["month", "opening", *kept, "closing", *(["worth"] if worth else [])]
    columns = [Column(visit.say(f"console_finance.column_{name}"), name != "month") for name in names]
    columns.append(Column(visit.say("console_finance.state")))
    return Roll(
        units.name(pen, last.points.unit), units.steps(pen, last.points.unit, last.points.closing),
        "" if last.worth_closing is None else pen.money(last.worth_closing),
        tuple(columns), tuple([_row(visit, pen, one, kept, worth=worth) for one in found]),
    )  # fmt: skip


def _row(visit: Visit, pen: Pen, one: LiabilityMonth, kept: Sequence[str], *, worth: bool) -> Row:
    unit = one.points.unit
    flows = [units.steps(pen, unit, getattr(one.points, name).points, signed=True) for name in kept]
    told = [
        pen.tongue.capital(pen.month(one.month)),
        units.steps(pen, unit, one.points.opening),
        *flows,
        units.steps(pen, unit, one.points.closing),
    ]
    if worth:
        told.append("" if one.worth_closing is None else pen.money(one.worth_closing))
    state = "closed" if one.closed else "open"
    badge = Cell(visit.say(f"console_finance.is_{state}"), sign="good" if one.closed else "")
    cells = (*[Cell(text) for text in told], badge)
    return Row(cells, visit.to("console.closing", one.month) if one.closed and visit.may("closings:read") else "")


def moved(found: Sequence[UnitMonth]) -> list[str]:
    """The columns in which anything moved."""
    return [name for name in COLUMNS if any(getattr(one, name).points for one in found)]


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/finance/", "figures:read", read, "console.liability"),
    Page("console/<slug:programme>/finance/liability.csv", "figures:read", file, "console.liability_csv"),
)
