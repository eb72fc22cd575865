"""The list behind each number, and the same numbers and lists as files for a spreadsheet."""

from collections.abc import Iterator
from typing import Final, cast

from django.http import HttpResponse, StreamingHttpResponse

from guerdon.core import kpis, limits
from guerdon.core.errors import Refusal
from guerdon.core.kpis import Span
from guerdon.faces import words
from guerdon.faces.api import figures as api
from guerdon.faces.api.calls import Spreadsheet
from guerdon.faces.api.figures import RowView
from guerdon.faces.asking import ask, reply
from guerdon.faces.console import frame, home, people, spans
from guerdon.faces.console.spans import Filter
from guerdon.faces.design.shapes import Cell, Column, Link, Paging, Row
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit

# Lists that are of now, whatever the days are.
_OF_NOW: Final = frozenset({"expiring_soon", "open_redemptions", "tier_members", "plan_members"})


def list_(visit: Visit, kpi: str) -> HttpResponse:
    """What a number counted, a page at a time."""
    kpis.kpi(kpi)
    asked, cursor = spans.told(visit), visit.request.GET.get("cursor")
    name, here = visit.say(f"figures.{kpi}"), visit.to("console.figure", kpi)
    context = {
        "asked": asked, "kpi": kpi, "name": name, "about": visit.say(f"figures.{kpi}_about"),
        "of_now": kpi in _OF_NOW, "here": here, **spans.choices(visit, asked, ()),
        "crumbs": (Link(visit.say("console.home"), f"{visit.to('console.home')}?{asked.query}"),),
    }  # fmt: skip
    try:
        span = spans.span(visit, asked)
        query = spans.behind(asked, span, cursor=cursor, most=limits.PAGE_ROWS_DEFAULT)
        found = ask(visit, api.list_, kpi, query=query)
    except Refusal as refusal:
        fault = spans.fault(visit, refusal)
        return frame.page(visit, "console/figure.html", context | {"fault": fault}, area="console.home", status=422)
    later = f"{here}?{asked.query}&cursor={found.next}" if found.next else ""
    first = f"{here}?{asked.query}" if cursor else ""
    context |= {
        **_table(visit, found.rows),
        "days": _days(visit, span),
        "csv": f"{here}.csv?{asked.query}",
        "paging": Paging("", first, later) if first or later else None,
    }
    return frame.page(visit, "console/figure.html", context, area="console.home")


def _days(visit: Visit, span: Span) -> str:
    pen = Pen(visit)
    return visit.say("console_home.days", since=pen.day(span.since), last=pen.day(span.last))


def _table(visit: Visit, rows: tuple[RowView, ...]) -> dict[str, tuple[Column, ...] | tuple[Row, ...]]:
    """The rows with the columns that say anything."""
    called = people.names(visit, [one.member for one in rows], "console.figure")
    told = [_cells(visit, Pen(visit), one, called[one.member]) for one in rows]
    names = ("member", "day", "what", "amount", "times")
    kept = [at for at in range(len(names)) if at == 0 or any(cells[at].text for cells in told)]
    columns = [
        Column(visit.say(f"console_home.column_{names[at]}"), names[at] in ("amount", "times")) for at in kept
    ]  # fmt: skip
    return {
        "columns": tuple(columns),
        "rows": tuple([
            Row(tuple([cells[at] for at in kept]), visit.to("console.member", one.member))
            for one, cells in zip(rows, told, strict=True)
        ]),
    }  # fmt: skip


def _cells(visit: Visit, pen: Pen, one: RowView, name: str) -> tuple[Cell, ...]:
    amount = ""
    if one.amount is not None:
        amount = pen.points(one.amount, one.of) if one.of in pen.programme.units else pen.money(one.amount, one.of)
    times = "" if one.times is None else pen.number(one.times)
    day = "" if one.day is None else pen.day(one.day)
    return Cell(name), Cell(day), Cell(_what(visit, pen, one.what)), Cell(amount), Cell(times)


def _what(visit: Visit, pen: Pen, what: str) -> str:
    """The kind of an activity or of a posting, a tier, a reward, a voucher or a plan, in words."""
    if "/" in what:
        return home.tier(pen, what)
    for named in (pen.programme.rewards, pen.programme.vouchers, pen.programme.plans):
        if what in named:
            return pen.tongue.named(named[what].name)
    posting = f"posting_{what}"
    if posting in words.TABLES["console_home"]:
        return visit.say(f"console_home.{posting}")
    return pen.tongue.capital(pen.tongue.kind(what, pen.programme)["one"]) if what else ""


def file(visit: Visit) -> HttpResponse:
    """The numbers of the days as a file."""
    asked = spans.told(visit)
    return frame.table(ask(visit, api.read, query=spans.days(asked, spans.span(visit, asked)), csv=True))


def list_file(visit: Visit, kpi: str) -> StreamingHttpResponse:
    """All that a number counted as a file, written page by page."""
    kpis.kpi(kpi)
    asked = spans.told(visit)
    span = spans.span(visit, asked)
    named = {"Content-Disposition": f'attachment; filename="{kpi}.csv"', "Cache-Control": "no-store, private"}
    return StreamingHttpResponse(_pages(visit, kpi, asked, span), content_type="text/csv; charset=utf-8", headers=named)


def _pages(visit: Visit, kpi: str, asked: Filter, span: Span) -> Iterator[str]:
    cursor: str | None = None
    while True:
        query = spans.behind(asked, span, cursor=cursor, most=limits.PAGE_ROWS_MAX)
        found = reply(visit, api.list_, kpi, query=query, csv=True)
        header, _, rows = cast(Spreadsheet, found.value).csv.partition("\r\n")
        yield rows if cursor else f"{header}\r\n{rows}"
        cursor = found.next
        if cursor is None:
            return


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/figures.csv", "figures:read", file, "console.figures_csv"),
    Page("console/<slug:programme>/figures/<slug:kpi>", "figures:read", list_, "console.figure"),
    Page("console/<slug:programme>/figures/<slug:kpi>.csv", "figures:read", list_file, "console.figure_csv"),
)
