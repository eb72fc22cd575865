"""Closings: accounting months that are over, what they came to, and closing the next one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import closing as law
from guerdon.core import limits, money
from guerdon.core.closing import Flow, Sums
from guerdon.core.programme import Programme
from guerdon.engine import closing as engine
from guerdon.engine import desk
from guerdon.faces import tables
from guerdon.faces.api.calls import Call, Endpoint, Reply, Spreadsheet
from guerdon.features.closings import queries as closings
from guerdon.features.closings.queries import ClosedMonth
from guerdon.features.figures import queries as figures
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.queries import PROGRAMME_UNPUBLISHED
from guerdon.insight import liability
from guerdon.insight.liability import Month
from guerdon.kit.audit import Actor


class NewClosing(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Which month to close: the next one, which must be over; why now stands in the book of who did what."""

    month: Annotated[str, Meta(min_length=7, max_length=7)]
    reason: Annotated[str, Meta(max_length=limits.NAME_CHARS_MAX)] = ""


class FlowView(msgspec.Struct, frozen=True):
    """What moved in one column, signed as it changed what members have; `prior_period` of it came late."""

    points: int
    prior_period: int


class UnitMonth(msgspec.Struct, frozen=True):
    """What a month did to a unit, in its smallest steps: `opening` and all columns add up to `closing`."""

    unit: str
    opening: int
    issued: FlowView
    burned: FlowView
    expired: FlowView
    clawed_back: FlowView
    adjusted: FlowView
    lent: FlowView
    transferred: FlowView
    given_up: FlowView
    closing: int


class ClosingView(msgspec.Struct, frozen=True):
    """A closed month; `units` is null until the worker has counted its figures, and in the answer to its closing."""

    month: str
    starts_at: datetime
    ends_at: datetime
    closed_seq: int
    closed_at: datetime
    closed_by: str
    counted_at: datetime | None
    units: tuple[UnitMonth, ...] | None


class Closings(msgspec.Struct, frozen=True):
    """All closed months, oldest first, the month that is the next to close, and the first one with anything in it."""

    closings: tuple[ClosingView, ...]
    next: str | None
    first: str | None


def make(call: Call, body: NewClosing) -> Reply:
    """Close a month; one that is closed stays as it is."""
    assert call.key is not None
    made = engine.close(
        programme_id=call.programme_id,
        month=body.month,
        now=call.now,
        by=call.key.name,
        actor=Actor("key" if call.by == "key" else "user", call.key.id),
        reason=body.reason,
        idempotency=call.idempotency(body),
    )
    border = msgspec.structs.replace(made.month, counted_at=None, sums=None)  # so that it answers the same again
    return Reply(view(border), made.known, location=f"/v1/closings/{body.month}")


def read(call: Call, month: str) -> Reply:
    """One closed month with its figures."""
    law.first_day(month)
    return Reply(view(closings.one(call.store, call.programme_id, month)))


def list_(call: Call) -> Reply:
    """All closed months."""
    found = closings.every(call.store, call.programme_id)
    if call.wants_csv:
        book = programmes.latest(call.store, call.programme_id)
        came_to = liability.closed(call.store, call.programme_id, book, found, now=call.now)
        return Reply(Spreadsheet(csv_of(found, came_to, book.current(call.now).programme), "closings.csv"))
    ends = law.following(found[-1].closing.month) if found else None
    day = figures.first_day(call.store, call.programme_id)
    first = None if day is None else law.named(date.fromordinal(day))
    return Reply(Closings(tuple(view(one) for one in found), ends, first))


def csv_of(found: Sequence[ClosedMonth], came_to: Mapping[str, Sequence[Month]], programme: Programme) -> str:
    """A row for each closed month and unit, as decimal numbers, with what they are worth.

    Where `counted` is `no` the figures of the month are not kept yet, and the numbers are those of its days so far.
    """
    columns = list(dict.fromkeys(law.COLUMNS.values()))
    header = ["month", "starts_at", "ends_at", "closed_seq", "closed_at", "closed_by", "unit", "opening", *columns,
              "of_prior_periods", "closing", "currency", "worth_opening", "worth_closing", "counted"]  # fmt: skip
    exponent = money.decimals(programme.currency)
    lines: list[list[tables.Cell]] = []
    for one in found:
        border = one.closing
        told: list[tables.Cell] = [
            border.month, border.start.isoformat(), border.until.isoformat(), border.seq, one.closed_at.isoformat(),
            one.closed_by,
        ]  # fmt: skip
        counted = "no" if one.sums is None else "yes"
        months = came_to[border.month]
        for month in months:
            sums = month.sums
            unit, flows = programme.units.get(sums.unit), law.columns(sums)
            numbers = [sums.opening, *[flows[name].points for name in columns],
                       sum(flow.prior for flow in flows.values()), sums.closing]  # fmt: skip
            scale = unit.scale if unit else 0
            worth = [tables.decimal(amount, exponent) for amount in (month.worth_opening, month.worth_closing)]
            cells = [tables.decimal(number, scale) for number in numbers]
            lines.append([*told, sums.unit, *cells, programme.currency, *worth, counted])
        if one.sums is None and not months:
            lines.append([*told, *[None] * (len(header) - len(told) - 1), counted])
    return tables.write(header, lines)


def view(one: ClosedMonth) -> ClosingView:
    """A closed month as callers see it."""
    border = one.closing
    units = None if one.sums is None else tuple(unit(sums) for sums in one.sums)
    return ClosingView(
        border.month, border.start, border.until, border.seq, one.closed_at, one.closed_by, one.counted_at, units
    )


def unit(sums: Sums) -> UnitMonth:
    """What a month did to a unit, in the columns of an accountant."""
    columns = {name: _flow(flow) for name, flow in law.columns(sums).items()}
    return UnitMonth(unit=sums.unit, opening=sums.opening, closing=sums.closing, **columns)


def _flow(flow: Flow) -> FlowView:
    return FlowView(flow.points, flow.prior)


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/closings", "closings:write", make, "Close a month", ClosingView, takes=NewClosing, status=201,
        refuses=(
            law.MONTH_INVALID, law.MONTH_NOT_OVER, law.MONTH_OUT_OF_ORDER, law.MONTH_BEFORE_PROGRAMME,
            law.MONTH_UNSWEPT, PROGRAMME_UNPUBLISHED, desk.IDEMPOTENCY_CONFLICT,
        ),
        idempotent=True, tag="Closings",
        about="The month must be over, the nightly run must have been since, and months are closed in their order. "
        "What comes later and counts in it is posted to the first open month, tagged `prior_period`. A month that is "
        "closed stays as it is: closing it again answers the same.",
    ),
    Endpoint(
        "GET", "/v1/closings", "closings:read", list_, "List the closed months", Closings, csv=True, tag="Closings"
    ),
    Endpoint(
        "GET", "/v1/closings/{month}", "closings:read", read, "Read a closed month", ClosingView,
        refuses=(closings.MONTH_UNKNOWN, law.MONTH_INVALID), tag="Closings",
        about="Its figures never change, whatever is recorded later.",
    ),
)  # fmt: skip
