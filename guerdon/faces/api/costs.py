"""The cost book: entries that people tell, one that takes another back, and the months beside what is known of them."""

from datetime import date, datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import activities as facts
from guerdon.core import closing, kpis, limits, money
from guerdon.core import cost_book as law
from guerdon.core.cost_book import Entry, Kind, Line, Side, Source, Total
from guerdon.engine import costs as engine
from guerdon.engine import desk
from guerdon.faces import tables
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Call, Endpoint, Page, Reply, Spreadsheet
from guerdon.faces.api.figures import Months
from guerdon.faces.api.kpis import own
from guerdon.features.costs import queries
from guerdon.features.costs.queries import LAST, Told
from guerdon.features.programmes import queries as programmes
from guerdon.insight import costs as insight
from guerdon.insight import liability
from guerdon.insight.costs import Book, State
from guerdon.insight.exports.files import Damaged
from guerdon.kit import ids

_Text = Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]
_Key = Annotated[str, Meta(max_length=limits.KEY_CHARS_MAX)]
_MONTH_CHARS: Final = 7
_CURRENCY_CHARS: Final = 3


class NewCost(msgspec.Struct, frozen=True, rename={"since": "from"}, forbid_unknown_fields=True):
    """Money for a month, or for the days from one up to, not including, another."""

    kind: Kind
    amount: Annotated[int, Meta(ge=1, le=limits.MONEY_MAX)]
    note: _Text
    currency: Annotated[str, Meta(min_length=_CURRENCY_CHARS, max_length=_CURRENCY_CHARS)] | None = None
    month: Annotated[str, Meta(min_length=_MONTH_CHARS, max_length=_MONTH_CHARS)] | None = None
    since: date | None = None
    until: date | None = None
    rule: _Key = ""
    store: _Key = ""


class CostReversal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why an entry is taken back."""

    why: _Text


class ReversalView(msgspec.Struct, frozen=True):
    """The entry that took another one back."""

    id: str
    why: str
    told_at: datetime
    told_by: str


class CostView(msgspec.Struct, frozen=True, rename={"since": "from"}):
    """An entry of the book."""

    id: str
    kind: Kind
    side: Side
    amount: int
    currency: str
    since: date
    until: date
    rule: str
    store: str
    note: str
    told_at: datetime
    told_by: str
    reversed: ReversalView | None


class Costs(msgspec.Struct, frozen=True):
    """A page of entries, the last told first."""

    costs: tuple[CostView, ...]
    next: str | None


class CostLine(msgspec.Struct, frozen=True):
    """A kind of a month."""

    source: Source
    side: Side
    kind: str
    of: str
    currency: str
    count: int
    amount: int | None


class CostTotal(msgspec.Struct, frozen=True):
    """What a month comes to in a currency."""

    currency: str
    cost: int
    income: int
    net: int
    whole: bool


class CostMonth(msgspec.Struct, frozen=True):
    """A month of the book."""

    month: str
    known: State
    lines: tuple[CostLine, ...]
    totals: tuple[CostTotal, ...]


class CostMonths(msgspec.Struct, frozen=True):
    """Months of the book."""

    currency: str
    months: tuple[CostMonth, ...]


def tell(call: Call, body: NewCost) -> Reply:
    """Write an entry into the book."""
    programme = programmes.latest(call.store, call.programme_id).current(call.now).programme
    entry = made(body, programme.currency)
    one, replayed = engine.tell(
        entry, programme_id=call.programme_id, actor=call.doer, now=call.now, idempotency=call.idempotency(body)
    )
    shown = view(one)
    return Reply(shown, replayed, location=f"/v1/costs/{shown.id}")


def made(told: NewCost, currency: str) -> Entry:
    """What was told as an entry: in the programme's currency, where nobody says another one.

    Raises `cost_days_invalid` and `month_invalid`.
    """
    if told.month is not None and told.since is None and told.until is None:
        days = law.month(told.month)
        first, until = days.since, days.until
    elif told.month is None and told.since is not None and told.until is not None:
        first, until = told.since, told.until
    else:
        raise law.COST_DAYS_INVALID(most=limits.COST_DAYS_MAX)
    return Entry(told.kind, told.amount, told.currency or currency, first, until, told.note, told.rule, told.store)


def list_(call: Call, query: Page) -> Reply:
    """The entries of the book, those that were taken back, too."""
    before = LAST if query.cursor is None else calls.after_id(query.cursor)
    found = queries.page(call.store, call.programme_id, before=before, most=query.limit)
    ends = calls.cursor(found[-1].id) if len(found) == query.limit else None
    return Reply(Costs(tuple([view(one) for one in found]), ends), next=ends)


def read(call: Call, id: str) -> Reply:
    """One entry, and what took it back."""
    return Reply(view(queries.get(call.store, call.programme_id, ids.read("cost", id))))


def reverse(call: Call, id: str, body: CostReversal) -> Reply:
    """Take an entry back by one that names it."""
    one, replayed = engine.reverse(
        programme_id=call.programme_id, id=ids.read("cost", id), why=body.why, actor=call.doer, now=call.now,
        idempotency=call.idempotency(body),
    )  # fmt: skip
    return Reply(view(one), replayed)


def months(call: Call, query: Months) -> Reply:
    """The months of the book: what was told beside what is known of closed ones, by kind, with what they come to."""
    law_ = programmes.latest(call.store, call.programme_id).current(call.now)
    book = opened(call, query)
    if call.wants_csv:
        return Reply(Spreadsheet(csv_of(book), "costs.csv"))
    return Reply(CostMonths(law_.programme.currency, views(book)))


def opened(call: Call, query: Months) -> Book:
    """The months that are asked for. Raises `export_damaged`, `month_invalid` and `months_invalid`."""
    now, zone = call.now, programmes.latest(call.store, call.programme_id).current(call.now).zone
    try:
        return insight.read(
            call.store, call.programme_id, own(call), since=query.since, until=query.until,
            this_month=closing.named(now.astimezone(zone).date()),
        )  # fmt: skip
    except Damaged as error:
        raise kpis.EXPORT_DAMAGED(reason=str(error)) from error


def view(one: Told) -> CostView:
    """An entry as callers see it."""
    entry, back = one.entry, one.reversal
    reversed_ = None if back is None else ReversalView(ids.show("cost", back.id), back.why, back.told_at, back.told_by)
    return CostView(
        ids.show("cost", one.id), entry.kind, "income" if entry.brings else "cost", entry.amount, entry.currency,
        entry.first, entry.until, entry.rule, entry.store, entry.note, one.told_at, one.told_by, reversed_,
    )  # fmt: skip


def views(book: Book) -> tuple[CostMonth, ...]:
    """Months as callers see them."""
    return tuple([
        CostMonth(
            month, book.states[month], tuple([_line(one) for one in book.lines if one.month == month]),
            tuple([_total(one) for one in book.totals if one.month == month]),
        )
        for month in book.months
    ])  # fmt: skip


def _line(one: Line) -> CostLine:
    return CostLine(one.source, one.side, one.kind, one.of, one.currency, one.count, one.amount)


def _total(one: Total) -> CostTotal:
    return CostTotal(one.currency, one.cost, one.income, one.net, one.whole)


def csv_of(book: Book) -> str:
    """A row for each kind of each month, then one for what the month comes to, as decimal numbers."""
    header = ("month", "source", "side", "kind", "of", "count", "currency", "amount")
    lines: list[list[tables.Cell]] = []
    for month in book.months:
        for one in book.lines:
            if one.month == month:
                shown = tables.decimal(one.amount, money.decimals(one.currency))
                lines.append([month, one.source, one.side, one.kind, one.of, one.count, one.currency, shown])
        for total in book.totals:
            if total.month == month:
                decimals = money.decimals(total.currency)
                for side, amount in (("cost", total.cost), ("income", total.income), ("net", total.net)):
                    shown = tables.decimal(amount, decimals)
                    lines.append([month, "total", side, "", "", None, total.currency, shown])
    return tables.write(header, lines)


_ONE: Final = (law.COST_UNKNOWN, ids.ID_MALFORMED)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/costs", "costs:write", tell, "Tell a cost", CostView, takes=NewCost, status=201, idempotent=True,
        tag="Costs",
        refuses=(
            law.COST_DAYS_INVALID, law.COST_RULE_UNKNOWN, law.COSTS_TOO_MANY, facts.CURRENCY_UNKNOWN,
            closing.MONTH_INVALID, programmes.PROGRAMME_UNPUBLISHED, desk.IDEMPOTENCY_CONFLICT,
        ),
        about="What the programme costs or brings for a month, or for the days from one up to, not including, another. "
        "An entry never changes; one that was wrong is taken back. What is counted anyway, rewards taken or points "
        "paid with, stands in `GET /v1/figures/costs` and is not told.",
    ),
    Endpoint(
        "GET", "/v1/costs", "costs:read", list_, "List costs", Costs, query=Page, refuses=(calls.CURSOR_INVALID,),
        tag="Costs", about="The last told first, those that were taken back, too.",
    ),
    Endpoint(
        "GET", "/v1/costs/{id}", "costs:read", read, "Read a cost", CostView, refuses=_ONE, noun="cost", tag="Costs",
    ),
    Endpoint(
        "POST", "/v1/costs/{id}/reverse", "costs:write", reverse, "Take a cost back", CostView, takes=CostReversal,
        refuses=(*_ONE, law.COST_REVERSED, desk.IDEMPOTENCY_CONFLICT), idempotent=True, noun="cost", tag="Costs",
        about="By an entry that names it, whole and for its own days; both stay in the book.",
    ),
    Endpoint(
        "GET", "/v1/figures/costs", "costs:read", months, "Read what the programme costs", CostMonths, query=Months,
        refuses=(
            closing.MONTH_INVALID, liability.MONTHS_INVALID, kpis.EXPORT_DAMAGED, programmes.PROGRAMME_UNPUBLISHED,
        ),
        csv=True, tag="Figures",
        about="Month by month, by kind: what people told, and of closed months what is known. Of an entry of several "
        "months each has the share of its days. Points that campaigns gave stand `aside` of the totals, for they cost "
        "when they are spent. Without months the last twelve.",
    ),
)  # fmt: skip
