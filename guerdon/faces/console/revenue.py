"""Deferred revenue on the pages of finance: a statement for each unit, why there is none, and a month's journal."""

from typing import Final

import msgspec
from django.http import HttpResponse

from guerdon.core.errors import Refusal
from guerdon.faces.api import revenue as api
from guerdon.faces.api.figures import Months
from guerdon.faces.api.revenue import DeferredMonth, EntryView
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, units
from guerdon.faces.design.shapes import Cell, Column, Row
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.closings.queries import MONTH_UNCOUNTED

_HEADS: Final = (
    "month", "expected", "sales", "opening", "allocated", "recognised", "breakage", "closing",
)  # fmt: skip


class Statement(msgspec.Struct, frozen=True):
    """The deferred revenue of one unit: what it is by now, and a row for each month."""

    name: str
    deferred: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Deferred(msgspec.Struct, frozen=True):
    """All statements, and of the other units why there is none."""

    statements: tuple[Statement, ...]
    silent: tuple[str, ...]
    csv: str


class Journal(msgspec.Struct, frozen=True):
    """The entries of a closed month: a row for each account that one moves."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    csv: str
    beancount: str


def read(visit: Visit, asked: Months) -> Deferred:
    """What is deferred in the months asked for."""
    found, pen = ask(visit, api.read, query=asked), Pen(visit)
    codes = dict.fromkeys(one.unit for one in found.months)
    statements = [_statement(visit, pen, [one for one in found.months if one.unit == code]) for code in codes]
    silent = [visit.say(f"console_finance.silent_{one.reason}", unit=units.name(pen, one.unit)) for one in found.silent]
    return Deferred(tuple(statements), tuple(silent), address(visit, "console.revenue_csv", asked))


def address(visit: Visit, page: str, asked: Months) -> str:
    """The address of a file of the months asked for."""
    told = "&".join(f"{name}={value}" for name, value in (("from", asked.since), ("until", asked.until)) if value)
    return visit.to(page) + (f"?{told}" if told else "")


def months(visit: Visit) -> Months:
    """Which months the address names."""
    get = visit.request.GET
    return Months(get.get("from", "")[:7] or None, get.get("until", "")[:7] or None)


def _statement(visit: Visit, pen: Pen, found: list[DeferredMonth]) -> Statement:
    columns = [Column(visit.say(f"console_finance.column_{name}"), name != "month") for name in _HEADS]
    rows = []
    for one in found:
        sums = (one.price, one.opening, one.allocated, one.recognised, one.breakage, one.closing)
        told = (pen.tongue.capital(pen.month(one.month)), pen.tongue.percent(one.expected_share), *map(pen.money, sums))
        to = visit.to("console.closing", one.month) if visit.may("closings:read") else ""
        rows.append(Row(tuple([Cell(text) for text in told]), to))
    last = found[-1]
    return Statement(units.name(pen, last.unit), pen.money(last.closing), tuple(columns), tuple(rows))


def file(visit: Visit) -> HttpResponse:
    """The same as a file."""
    return frame.table(ask(visit, api.read, query=months(visit), csv=True))


def journal(visit: Visit, month: str) -> Journal | None:
    """What a closed month is booked by; None where there is nothing to book, or it is still being counted."""
    try:
        found, pen = ask(visit, api.journal, month), Pen(visit)
    except Refusal as refusal:
        if refusal.kind is not MONTH_UNCOUNTED:
            raise
        return None
    if not found.entries:
        return None
    heads = ("entry", "account", "debit", "credit")
    columns = [Column(visit.say(f"console_finance.column_{one}"), one in ("debit", "credit")) for one in heads]
    rows = [row for one in found.entries for row in _sides(visit, pen, one)]
    files = [visit.to(f"console.journal_{form}", month) for form in ("csv", "beancount")]
    return Journal(tuple(columns), tuple(rows), *files)


def _sides(visit: Visit, pen: Pen, entry: EntryView) -> list[Row]:
    said = visit.say(f"console_finance.entry_{entry.entry}", unit=units.name(pen, entry.unit))
    return [
        Row((
            Cell(said), Cell(side.account),
            *[Cell(pen.money(amount) if amount > 0 else "") for amount in (side.amount, -side.amount)],
        ))
        for side in entry.sides
    ]  # fmt: skip


def journal_file(visit: Visit, month: str) -> HttpResponse:
    """The entries as a table."""
    return frame.table(ask(visit, api.journal, month, csv=True))


def beancount(visit: Visit, month: str) -> HttpResponse:
    """The entries as text for beancount."""
    text = ask(visit, api.journal, month).beancount
    named = {"Content-Disposition": f'attachment; filename="journal-{month}.beancount"',
             "Cache-Control": "no-store, private"}  # fmt: skip
    return HttpResponse(text.encode(), content_type="text/plain; charset=utf-8", headers=named)


_MONTH: Final = "console/<slug:programme>/finance/closings/<str:month>"
PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/finance/revenue.csv", "figures:read", file, "console.revenue_csv"),
    Page(f"{_MONTH}/journal.csv", "closings:read", journal_file, "console.journal_csv"),
    Page(f"{_MONTH}/journal.beancount", "closings:read", beancount, "console.journal_beancount"),
)
