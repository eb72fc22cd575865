"""Figures: what a stretch of days came to, the list behind each number, and what points are owed month by month."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import closing as closing_law
from guerdon.core import kpis, limits, money
from guerdon.core.kpis import Compare, Granularity, Kind, Span, Value
from guerdon.core.programme import Programme
from guerdon.faces import tables, words
from guerdon.faces.api import calls, closings
from guerdon.faces.api.calls import Call, Endpoint, Page, Reply, Spreadsheet
from guerdon.faces.api.closings import UnitMonth
from guerdon.features.programmes import queries as programmes
from guerdon.insight import behind, liability
from guerdon.insight import figures as insight
from guerdon.insight.behind import Row
from guerdon.insight.liability import Month
from guerdon.kit import ids

_STORES_CHARS_MAX: Final = limits.FIGURES_STORES_MAX * (limits.KEY_CHARS_MAX + 1)
Stores = Annotated[str, Meta(max_length=_STORES_CHARS_MAX)]
MonthName = Annotated[str, Meta(min_length=7, max_length=7)]


class Days(msgspec.Struct, frozen=True, rename={"since": "from"}, forbid_unknown_fields=True):
    """Which days, of which stores, compared with what."""

    since: date | None = None
    until: date | None = None
    stores: Stores = ""
    compare: Compare | None = None
    granularity: Granularity = "day"
    language: calls.Language | None = None


class DaysBehind(Page, frozen=True, rename={"since": "from"}, forbid_unknown_fields=True):
    """Which part of the list behind a number, of which days and store."""

    since: date | None = None
    until: date | None = None
    store: Annotated[str, Meta(max_length=limits.KEY_CHARS_MAX)] = ""


class Months(msgspec.Struct, frozen=True, rename={"since": "from"}, forbid_unknown_fields=True):
    """Which months, both included."""

    since: MonthName | None = None
    until: MonthName | None = None


class PointView(msgspec.Struct, frozen=True):
    """The number of one part of the days."""

    starts: date
    value: int | None


class FigureView(msgspec.Struct, frozen=True):
    """One number with what it means; null where nothing can be said."""

    kpi: str
    of: str
    name: str
    definition: str
    kind: Kind
    scale: int
    currency: str | None
    value: int | None
    before: int | None
    change: int | None
    series: tuple[PointView, ...]


class FiguresView(msgspec.Struct, frozen=True, rename={"since": "from", "compared_since": "compared_from"}):
    """The numbers of some days, as they are counted."""

    since: date
    until: date
    compared_since: date | None
    compared_until: date | None
    counted_seq: int
    counted_until: date | None
    stores: tuple[str, ...]
    figures: tuple[FigureView, ...]


class RowView(msgspec.Struct, frozen=True):
    """One row behind a number."""

    member: str
    day: date | None
    activity: str | None
    what: str
    of: str
    amount: int | None
    times: int | None


class RowsView(msgspec.Struct, frozen=True, rename={"since": "from"}):
    """A page of what a number counted."""

    kpi: str
    since: date
    until: date
    rows: tuple[RowView, ...]
    next: str | None


class LiabilityMonth(msgspec.Struct, frozen=True):
    """What a month did to the points of a unit, and what they are worth."""

    month: str
    closed: bool
    scale: int
    points: UnitMonth
    worth_opening: int | None
    worth_closing: int | None


class Liability(msgspec.Struct, frozen=True):
    """What members are owed, month by month."""

    currency: str
    counted_seq: int
    months: tuple[LiabilityMonth, ...]


def read(call: Call, query: Days) -> Reply:
    """The numbers of some days, against those of others."""
    programme = _programme(call)
    span = _span(call, programme, query.since, query.until)
    stores = tuple(filter(None, query.stores.split(",")))
    asked = insight.Question(span, stores, query.compare, query.granularity)
    found = insight.read(call.store, call.programme_id, programme, asked, now=call.now)
    language = query.language or call.language
    views = tuple([figure(one, found.starts, programme, language) for one in found.figures])
    if call.wants_csv:
        return Reply(Spreadsheet(csv_of(views), f"figures-{span.since}-{span.until}.csv"))
    finished, other = found.mark.finished, found.compared
    return Reply(
        FiguresView(
            span.since, span.until, other.since if other else None, other.until if other else None, found.mark.seq,
            date.fromordinal(finished) + timedelta(days=1) if finished else None, found.stores, views,
        )
    )  # fmt: skip


def list_(call: Call, kpi: str, query: DaysBehind) -> Reply:
    """What a number counted, row by row."""
    programme = _programme(call)
    span = _span(call, programme, query.since, query.until)
    after = _after(query.cursor, kpi) if query.cursor else None
    asked = behind.Asked(kpi, span, query.store, after, query.limit)
    found = behind.page(call.store, call.programme_id, programme, asked, now=call.now)
    rows = tuple([_row(one) for one in found.rows])
    following = calls.cursor(*found.next) if found.next else None
    if call.wants_csv:
        lines = [[_cell(getattr(one, name)) for name in RowView.__struct_fields__] for one in rows]
        return Reply(Spreadsheet(tables.write(RowView.__struct_fields__, lines), f"{kpi}.csv"), next=following)
    return Reply(RowsView(kpi, span.since, span.until, rows, following), next=following)


def _after(cursor: str, kpi: str) -> behind.Cursor:
    """Where the page before ended. Raises `cursor_invalid` for what this list never gave out."""
    if behind.by_day(kpi):
        day, account = calls.after(cursor, tuple[int, str])
        if not 0 < day <= date.max.toordinal():
            raise calls.CURSOR_INVALID()
        return day, calls.after_id(calls.cursor(account))
    first, second = calls.after(cursor, tuple[str, str])
    if behind.by_account(kpi):
        return calls.after_id(calls.cursor(first)), second
    return "", calls.after_id(calls.cursor(second))


def owed(call: Call, query: Months) -> Reply:
    """What points came to month by month, and what they are worth."""
    book = programmes.latest(call.store, call.programme_id)
    programme = book.current(call.now).programme
    found = liability.roll(
        call.store, call.programme_id, book, now=call.now, since=query.since, until=query.until
    )  # fmt: skip
    months = tuple([_month(one, programme) for one in found.months])
    if call.wants_csv:
        return Reply(Spreadsheet(liability_csv(found.months, programme), "liability.csv"))
    return Reply(Liability(programme.currency, found.seq, months))


def _programme(call: Call) -> Programme:
    return programmes.latest(call.store, call.programme_id).current(call.now).programme


def _span(call: Call, programme: Programme, since: date | None, until: date | None) -> Span:
    """The days asked for; without a beginning thirty up to the end, without an end those that are over."""
    default = insight.default_span(programme, call.now)
    end = until or default.until
    return Span(since or end - timedelta(days=kpis.WINDOW), end)


def figure(one: insight.Figure, starts: Sequence[date], programme: Programme, language: str) -> FigureView:
    """A number as callers see it, in the language."""
    value, points = one.value, zip(starts, one.course, strict=True)
    currency, scale = measure(value, programme)
    return FigureView(
        kpi=value.kpi, of=value.of, name=words.say(f"figures.{value.kpi}", language),
        definition=words.say(f"figures.{value.kpi}_about", language), kind=kpis.kpi(value.kpi).kind, scale=scale,
        currency=currency, value=value.value, before=None if one.before is None else one.before.value,
        change=kpis.change(value, one.before),
        series=tuple([PointView(start, number) for start, number in points]),
    )  # fmt: skip


def measure(value: Value, programme: Programme) -> tuple[str | None, int]:
    """In which currency a number is, if it is money, and how many decimals it has."""
    kind = kpis.kpi(value.kpi).kind
    if kind == "money":
        currency = programme.currency if value.of in programme.units else value.of
        return currency, money.decimals(currency)
    if kind == "points":
        return None, programme.units[value.of].scale
    return None, 0 if kind == "count" else kpis.HUNDREDTHS


def csv_of(views: Sequence[FigureView]) -> str:
    """A row for each part of the days and each number, and one for the whole with its change."""
    lines: list[list[tables.Cell]] = []
    for one in views:
        told: list[tables.Cell] = [one.kpi, one.name, one.of, one.currency]
        number, before = tables.decimal(one.value, one.scale), tables.decimal(one.before, one.scale)
        lines.append([*told, "", number, before, tables.decimal(one.change, kpis.HUNDREDTHS)])
        for point in one.series:
            lines.append([*told, point.starts.isoformat(), tables.decimal(point.value, one.scale), None, None])
    return tables.write(("kpi", "name", "of", "currency", "from", "value", "before", "change_percent"), lines)


def _row(one: Row) -> RowView:
    activity = None if one.activity is None else ids.show("activity", one.activity)
    return RowView(ids.show("member", one.member), one.day, activity, one.what, one.of, one.amount, one.times)


def _cell(cell: object) -> tables.Cell:
    return cell if isinstance(cell, str | int) or cell is None else str(cell)


def _month(one: Month, programme: Programme) -> LiabilityMonth:
    unit = programme.units.get(one.sums.unit)
    return LiabilityMonth(
        one.month, one.closed, unit.scale if unit else 0, closings.unit(one.sums), one.worth_opening, one.worth_closing
    )


def liability_csv(months: Sequence[Month], programme: Programme) -> str:
    """A row for each month and unit, as decimal numbers; what of it was late in a column of its own."""
    columns = list(dict.fromkeys(closing_law.COLUMNS.values()))
    header = ["month", "closed", "unit", "opening", *columns, "of_prior_periods", "closing", "currency",
              "worth_opening", "worth_closing"]  # fmt: skip
    lines: list[list[tables.Cell]] = []
    for one in months:
        unit = programme.units.get(one.sums.unit)
        scale, exponent = unit.scale if unit else 0, money.decimals(programme.currency)
        flows = closing_law.columns(one.sums)
        numbers = [one.sums.opening, *[flows[name].points for name in columns],
                   sum(flow.prior for flow in flows.values()), one.sums.closing]  # fmt: skip
        worth = [tables.decimal(amount, exponent) for amount in (one.worth_opening, one.worth_closing)]
        told = [tables.decimal(number, scale) for number in numbers]
        lines.append([one.month, "yes" if one.closed else "no", one.sums.unit, *told, programme.currency, *worth])
    return tables.write(header, lines)


_DAYS: Final = (kpis.FIGURES_PERIOD_INVALID, programmes.PROGRAMME_UNPUBLISHED)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/figures", "figures:read", read, "Read the figures of some days", FiguresView, query=Days,
        refuses=_DAYS, csv=True, tag="Figures",
        about="Counted beside the journal, never summed up for a request: `counted_seq` says how far. Without days it "
        "is the thirty that are over. Facts told late count on the day on which they happened; points of a month that "
        "was closed before they came count in the first open one, as in the accounts.",
    ),
    Endpoint(
        "GET", "/v1/figures/{kpi}/list", "figures:read", list_, "List what a figure counted", RowsView,
        query=DaysBehind, refuses=(*_DAYS, kpis.KPI_UNKNOWN, calls.CURSOR_INVALID), csv=True, tag="Figures",
        about="The rows add up to the number. A page has so many members, or days of members, as `limit` says. What "
        "ends, what waits and who has which tier or plan is listed as of now, what members had as of their end.",
    ),
    Endpoint(
        "GET", "/v1/figures/liability", "figures:read", owed, "Read what points are owed", Liability, query=Months,
        refuses=(closing_law.MONTH_INVALID, liability.MONTHS_INVALID, programmes.PROGRAMME_UNPUBLISHED), csv=True,
        tag="Figures",
        about="Month by month and unit by unit: what members had, everything that moved, what they have, and what that "
        "is worth as the programme declares it. Closed months are as they were closed, open ones as their days are "
        "counted; each opens with what the one before closed with.",
    ),
)  # fmt: skip
