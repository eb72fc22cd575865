"""Closing months: what was closed by whom and what it came to, a look at the next one, and closing it."""

from typing import Annotated, Any, Final

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import closing as law
from guerdon.core import limits, period
from guerdon.core.errors import Refusal
from guerdon.faces import posted
from guerdon.faces.api import closings as api
from guerdon.faces.api import figures
from guerdon.faces.api.closings import ClosingView, FlowView
from guerdon.faces.api.figures import LiabilityMonth
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, liability, revenue, units
from guerdon.faces.design.shapes import Cell, Choice, Column, Link, Row
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.visits import Page, Visit

_CHOICES_MAX: Final = 60


class Units(msgspec.Struct, frozen=True):
    """What a month did to its units: a row for each column of an accountant, a column for each unit."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class ClosingForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which month to close, and why now: people say so, programs need not."""

    month: str
    reason: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]


def list_(visit: Visit) -> HttpResponse:
    """All closed months, newest first, and the next one to close."""
    found, pen = ask(visit, api.list_), Pen(visit)
    heads = ("month", "closed_at", "closed_by")
    context = {
        "columns": tuple([Column(visit.say(f"console_finance.column_{one}")) for one in heads]),
        "rows": tuple([_row(visit, pen, one) for one in reversed(found.closings)]),
        "months": tuple([pen.month(one) for one in _open(visit, found)]),
        "ends": _ends(visit, pen, _next(visit, found)),
        "csv": visit.to("console.closings_csv"),
        "may_close": visit.may("closings:write"),
    }
    return frame.page(visit, "console/closings.html", context, area="console.closings")


def _row(visit: Visit, pen: Pen, one: ClosingView) -> Row:
    cells = (Cell(pen.tongue.capital(pen.month(one.month))), Cell(pen.moment(one.closed_at)), Cell(one.closed_by))
    return Row(cells, visit.to("console.closing", one.month))


def _next(visit: Visit, found: api.Closings) -> str:
    """The next month to close: at first that in which anything is counted, or the programme begins."""
    return found.next or found.first or law.named(period.local_day(visit.book.begins(), visit.zone))


def _open(visit: Visit, found: api.Closings) -> tuple[str, ...]:
    """The months that are over and may be closed, oldest first: one after the other, up to the one that is chosen."""
    month = _next(visit, found)
    months: list[str] = []
    while law.ends(month, visit.zone) <= visit.now and len(months) < _CHOICES_MAX:
        months.append(month)
        month = law.following(month)
    return tuple(months)


def _ends(visit: Visit, pen: Pen, month: str) -> str:
    """Until when the next month runs, where it is not over."""
    return visit.say(
        "console_finance.runs", month=pen.tongue.capital(pen.month(month)), day=pen.day(law.ends(month, visit.zone))
    )


def one(visit: Visit, month: str) -> HttpResponse:
    """A closed month with its figures."""
    found, pen = ask(visit, api.read, month), Pen(visit)
    came_to = ask(visit, figures.owed, query=figures.Months(month, month)).months
    context = {
        "month": pen.tongue.capital(pen.month(month)), "closed": pen.moment(found.closed_at), "by": found.closed_by,
        "since": pen.since(found.starts_at), "until": pen.until(found.ends_at), "seq": pen.number(found.closed_seq),
        "units": _units(visit, pen, came_to) if came_to else None, "counted": found.units is not None,
        "csv": f"{visit.to('console.liability_csv')}?from={month}&until={month}",
        "reports": [visit.to(f"console.report_{form}", month) for form in ("pdf", "html")]
        if visit.may("figures:read") else [],
        "crumbs": _crumbs(visit), "journal": revenue.journal(visit, month) if found.units is not None else None,
    }  # fmt: skip
    return frame.page(visit, "console/closing.html", context, area="console.closings")


def _crumbs(visit: Visit) -> tuple[Link, ...]:
    return (Link(visit.say("console_finance.closings"), visit.to("console.closings")),)


def _units(visit: Visit, pen: Pen, months: tuple[LiabilityMonth, ...]) -> Units:
    found = tuple([one.points for one in months])
    heads = [
        Column(visit.say("console_home.column_what")),
        *[Column(units.name(pen, each.unit), end=True) for each in found],
    ]
    rows = []
    for name in ("opening", *liability.moved(found), "closing"):
        cells = [Cell(visit.say(f"console_finance.column_{name}"))]
        for each in found:
            cells.append(Cell(_told(visit, pen, each.unit, getattr(each, name))))
        rows.append(Row(tuple(cells)))
        worth = [getattr(one, f"worth_{name}") for one in months] if name in ("opening", "closing") else []
        if any(amount is not None for amount in worth):
            said = [Cell("–" if amount is None else pen.money(amount)) for amount in worth]
            rows.append(Row((Cell(visit.say(f"console_finance.worth_{name}")), *said)))
    return Units(tuple(heads), tuple(rows))


def _told(visit: Visit, pen: Pen, unit: str, value: int | FlowView) -> str:
    """What members had, or what moved, with how much of it came too late for its own month."""
    if isinstance(value, int):
        return units.steps(pen, unit, value)
    told = units.steps(pen, unit, value.points, signed=True)
    if not value.prior_period:
        return told
    late = units.steps(pen, unit, value.prior_period, signed=True)
    return f"{told} ({visit.say('console_finance.late', points=late)})"


def preview(visit: Visit) -> HttpResponse:
    """The figures that the next month would be closed with, and the form that closes it."""
    return _preview(visit, visit.request.GET.get("month", ""))


def _preview(visit: Visit, wanted: str, faults: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    pen = Pen(visit)
    months = _open(visit, ask(visit, api.list_))
    month = wanted if wanted in months else (months[0] if months else "")
    context: dict[str, Any] = {
        "months": tuple([Choice(each, pen.tongue.capital(pen.month(each))) for each in months]), "month": month,
        "named": pen.month(month) if month else "", "faults": faults or {},
        "reason": visit.request.POST.get("reason", ""), "many": _many(visit, months, month), "crumbs": _crumbs(visit),
    }  # fmt: skip
    if month:
        found = ask(visit, figures.owed, query=figures.Months(month, month))
        context["units"] = _units(visit, pen, found.months) if found.months else None
    return frame.page(visit, "console/close.html", context, area="console.closings", status=status)


def _many(visit: Visit, months: tuple[str, ...], month: str) -> str:
    """Which months are closed with the one that is chosen, where it is not the first."""
    count = months.index(month) + 1 if month in months else 0
    if count < 2:
        return ""
    pen = Pen(visit)
    return visit.say("console_finance.close_many", count=count, first=pen.month(months[0]), last=pen.month(month))


def close(visit: Visit) -> HttpResponse:
    """Close the month, and before it, one by one, those that are open; several only when that is really meant."""
    month, token, pen = visit.request.POST.get("month", ""), posted.token(visit.request), Pen(visit)
    try:
        form = posted.read(visit.request, ClosingForm)
        months = _open(visit, ask(visit, api.list_))
        many = _many(visit, months, month)
        if many and not visit.is_sure:
            return _sure(visit, month, many)
        for each in months[: months.index(month) + 1] if many else (month,):
            ask(visit, api.make, body=api.NewClosing(each, form.reason), token=f"{token}:{each}")
    except Refusal as refusal:
        return _preview(visit, month, posted.faults(refusal), status=422)
    return visit.done(
        visit.say("console_finance.closed_now", month=pen.tongue.capital(pen.month(month))), "console.closings"
    )


def _sure(visit: Visit, month: str, many: str) -> HttpResponse:
    asked = Question(
        many, visit.say("console_finance.close_many_yes"), f"{visit.to('console.close')}?month={month}",
        visit.say("console_finance.close_about"), "danger", "console.closings", crumbs=_crumbs(visit),
    )  # fmt: skip
    return visit.sure(asked)


def file(visit: Visit) -> HttpResponse:
    """All closed months as a file."""
    return frame.table(ask(visit, api.list_, csv=True))


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/finance/closings", "closings:read", list_, "console.closings"),
    Page("console/<slug:programme>/finance/closings.csv", "closings:read", file, "console.closings_csv"),
    Page("console/<slug:programme>/finance/closings/close", "closings:write", preview, "console.close", fresh=True),
    Page(
        "console/<slug:programme>/finance/closings/close", "closings:write", close, "console.close", methods=("POST",),
        fresh=True,
    ),
    Page("console/<slug:programme>/finance/closings/<str:month>", "closings:read", one, "console.closing"),
)  # fmt: skip
