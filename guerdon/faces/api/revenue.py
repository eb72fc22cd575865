"""Deferred revenue: what of the price of sales is kept for points, and becomes revenue as they are redeemed."""

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

import msgspec

from guerdon.core import closing as closing_law
from guerdon.core import journal as law
from guerdon.core import money
from guerdon.core.journal import Entry, EntryKind
from guerdon.core.programme import Programme
from guerdon.core.revenue import Line
from guerdon.faces import tables
from guerdon.faces.api.calls import Call, Endpoint, Reply, Spreadsheet
from guerdon.faces.api.figures import Months
from guerdon.features.closings import queries as closings
from guerdon.features.programmes import queries as programmes
from guerdon.insight import liability
from guerdon.insight import revenue as insight
from guerdon.insight.revenue import Deferred

_PERCENT: Final = 2  # decimals of a share, which is counted in hundredths of a percent


class DeferredMonth(msgspec.Struct, frozen=True):
    """A closed month of a unit, in minor units: `opening` + `allocated` − `recognised` = `closing`."""

    month: str
    unit: str
    scale: int
    expected_share: int
    price: int
    points: int
    redeemed: int
    expected: int
    opening: int
    allocated: int
    recognised: int
    breakage: int
    closing: int
    brought_forward: bool


class SilentUnit(msgspec.Struct, frozen=True):
    """A unit of which nothing can be said as of the last closed month, and why."""

    unit: str
    reason: Literal["no_worth", "no_share", "not_closed", "no_sales"]


class DeferredRevenue(msgspec.Struct, frozen=True):
    """What is deferred for points, month by month."""

    currency: str
    closed_until: str | None
    months: tuple[DeferredMonth, ...]
    silent: tuple[SilentUnit, ...]


class SideView(msgspec.Struct, frozen=True):
    """An account and what it gets: a debit is more than nothing, a credit less."""

    account: str
    amount: int


class EntryView(msgspec.Struct, frozen=True):
    """A journal entry; its sides sum to nothing."""

    entry: EntryKind
    unit: str
    date: date
    text: str
    sides: tuple[SideView, ...]


class JournalView(msgspec.Struct, frozen=True):
    """The journal entries of a closed month, and as text for beancount."""

    month: str
    currency: str
    entries: tuple[EntryView, ...]
    beancount: str


def read(call: Call, query: Months) -> Reply:
    """Closed months, unit by unit."""
    book = programmes.latest(call.store, call.programme_id)
    programme = book.current(call.now).programme
    found = insight.read(call.store, call.programme_id, book, programme, since=query.since, until=query.until)
    if call.wants_csv:
        return Reply(Spreadsheet(csv_of(found.months, programme), "deferred-revenue.csv"))
    return Reply(view(found, programme))


def journal(call: Call, month: str) -> Reply:
    """The journal entries of a closed month."""
    closing_law.first_day(month)
    book = programmes.latest(call.store, call.programme_id)
    programme = book.current(call.now).programme
    made = insight.entries(call.store, call.programme_id, book, month)
    if call.wants_csv:
        return Reply(Spreadsheet(journal_csv(made, programme), f"journal-{month}.csv"))
    views = tuple([
        EntryView(
            one.kind, one.unit, one.day, one.text, tuple([SideView(each.account, each.amount) for each in one.sides])
        )
        for one in made
    ])  # fmt: skip
    text = law.beancount(made, programme=programme.key, currency=programme.currency)
    return Reply(JournalView(month, programme.currency, views, text))


def journal_csv(made: Sequence[Entry], programme: Programme) -> str:
    """A row for each side of each entry, debit and credit in columns of their own."""
    header = ("date", "entry", "unit", "account", "debit", "credit", "currency", "text")
    exponent = money.decimals(programme.currency)
    lines: list[list[tables.Cell]] = []
    for one in made:
        for side in one.sides:
            debit, credit = (tables.decimal(amount, exponent) if amount > 0 else None
                             for amount in (side.amount, -side.amount))  # fmt: skip
            told = (one.day.isoformat(), one.kind, one.unit, side.account)
            lines.append([*told, debit, credit, programme.currency, one.text])
    return tables.write(header, lines)


def view(found: Deferred, programme: Programme) -> DeferredRevenue:
    """The statement as callers see it."""
    months = tuple([
        DeferredMonth(
            one.month, one.unit, scale(one.unit, programme), one.share, one.price, one.points, one.redeemed,
            one.expected, one.opening, one.allocated, one.recognised, one.breakage, one.closing, one.begins,
        )
        for one in found.months
    ])  # fmt: skip
    silent = tuple([SilentUnit(one.unit, one.why) for one in found.silent])
    return DeferredRevenue(programme.currency, found.until, months, silent)


def scale(unit: str, programme: Programme) -> int:
    """How many decimals a unit has; one that the programme no longer has is told in its smallest steps."""
    known = programme.units.get(unit)
    return known.scale if known else 0


def csv_of(months: tuple[Line, ...], programme: Programme) -> str:
    """A row for each unit and month, as decimal numbers."""
    header = ("month", "unit", "expected_share_percent", "points", "redeemed", "expected", "currency", "price",
              "opening", "allocated", "recognised", "breakage", "closing", "brought_forward")  # fmt: skip
    exponent = money.decimals(programme.currency)
    lines: list[list[tables.Cell]] = []
    for one in months:
        counted = [tables.decimal(points, scale(one.unit, programme))
                   for points in (one.points, one.redeemed, one.expected)]  # fmt: skip
        sums = [tables.decimal(amount, exponent) for amount in
                (one.price, one.opening, one.allocated, one.recognised, one.breakage, one.closing)]  # fmt: skip
        share = tables.decimal(one.share, _PERCENT)
        lines.append([one.month, one.unit, share, *counted, programme.currency, *sums, "yes" if one.begins else "no"])
    return tables.write(header, lines)


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/figures/revenue", "figures:read", read, "Read what revenue is deferred for points", DeferredRevenue,
        query=Months, refuses=(closing_law.MONTH_INVALID, liability.MONTHS_INVALID, programmes.PROGRAMME_UNPUBLISHED),
        csv=True, tag="Figures",
        about="IFRS 15 and ASC 606, of closed months: prices are split between goods and points by their relative "
        "stand-alone selling prices, and what points were allotted is recognised as they are redeemed, out of those "
        "that are expected to be (`worth.redeemed` of the unit). It ties to the points of the closed months, and no "
        "later version changes it. A unit that says no worth or no share stands under `silent`.",
    ),
    Endpoint(
        "GET", "/v1/closings/{month}/journal", "closings:read", journal, "Read the journal entries of a closed month",
        JournalView,
        refuses=(
            closings.MONTH_UNKNOWN, closings.MONTH_UNCOUNTED, closing_law.MONTH_INVALID,
            programmes.PROGRAMME_UNPUBLISHED,
        ),
        csv=True, tag="Closings",
        about="What the deferred revenue of the month is booked by, on its last day; every entry balances. There are "
        "none of units that say no worth or no share.",
    ),
)  # fmt: skip
