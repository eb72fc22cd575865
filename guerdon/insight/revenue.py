"""Deferred revenue of points by months: what closed ones counted, valued as the programme said when they closed."""

from typing import Literal

import msgspec

from guerdon.core import journal, limits, revenue
from guerdon.core.closing import Valued
from guerdon.core.journal import Entry
from guerdon.core.programme import Programme
from guerdon.core.revenue import Line, Period
from guerdon.features.closings import queries as closings
from guerdon.features.closings.queries import ClosedMonth
from guerdon.features.programmes.queries import Lawbook
from guerdon.insight import liability
from guerdon.kit.store import Store

# Why there is no statement, or none any more: no worth or no share is said, no month that says them has closed, or
# months were closed before sales were counted with them.
Why = Literal["no_worth", "no_share", "not_closed", "no_sales"]


class Silent(msgspec.Struct, frozen=True):
    """A unit that members can spend and of which nothing can be said as of the last closed month."""

    unit: str
    why: Why


class Deferred(msgspec.Struct, frozen=True):
    """The months of all units, unit by unit, up to the last one that is counted."""

    months: tuple[Line, ...]
    silent: tuple[Silent, ...]
    until: str | None


def read(
    store: Store, programme_id: str, book: Lawbook, law: Programme, *, since: str | None, until: str | None
) -> Deferred:
    """The closed months from `since` to `until`, both included; without a beginning the last twelve of them.

    Read from the figures of closed months alone; all of them, for each goes on from what was before. Raises
    `month_invalid` and `months_invalid`.
    """
    told, counted = lines(store, programme_id, book)
    last = counted[-1] if counted else None
    shown = _asked(last, since, until)
    silent = tuple([
        Silent(code, why)
        for code, unit in law.units.items()
        if unit.spendable and (why := _why(unit.code, law, told.get(code, []), last)) is not None
    ])  # fmt: skip
    months = [line for found in told.values() for line in found or () if line.month in shown]
    return Deferred(tuple(months), silent, last)


def entries(store: Store, programme_id: str, book: Lawbook, month: str) -> tuple[Entry, ...]:
    """The journal entries of a closed month. Raises `month_unknown`, and `month_uncounted` until it is counted."""
    closings.one(store, programme_id, month)
    told, counted = lines(store, programme_id, book)
    if month not in counted:
        raise closings.MONTH_UNCOUNTED(month=month)
    return tuple([entry for found in told.values() for line in found or () if line.month == month
                  for entry in journal.entries(line)])  # fmt: skip


def _asked(last: str | None, since: str | None, until: str | None) -> frozenset[str]:
    """The months that are asked for; `last` is the last one that is counted."""
    end = until or max(filter(None, (last, since)), default=None)
    if end is None:
        return frozenset()
    first = since or liability.months_before(end, limits.LIABILITY_MONTHS_DEFAULT - 1)
    return frozenset(liability.between(first, end))


def lines(store: Store, programme_id: str, book: Lawbook) -> tuple[dict[str, list[Line] | None], list[str]]:
    """All months of each unit that has figures, None where they were counted without sales; and which are counted."""
    periods: dict[str, list[Period]] = {}
    counted: list[str] = []
    for month in closings.every(store, programme_id):
        if month.sums is None:
            break  # what comes after it goes on from it
        counted.append(month.closing.month)
        terms = revenue.terms(prices(book, month))
        for sums in month.sums:
            periods.setdefault(sums.unit, []).append(Period(month.closing.month, sums, terms))
    return {
        unit: revenue.statement(unit, found) if all(one.sums.sold is not None for one in found) else None
        for unit, found in sorted(periods.items())
    }, counted


def prices(book: Lawbook, month: ClosedMonth) -> dict[str, Valued]:
    """What points were priced by when a month was closed: what was kept with it, else what the programme said."""
    kept = {one.unit: one.valued for one in month.sums or () if one.valued is not None}
    said = book.said(before=month.closing.until, known=month.closed_at).programme
    return revenue.valued(said.units.values()) | kept


def _why(code: str, law: Programme, found: list[Line] | None, last: str | None) -> Why | None:
    worth = law.units[code].worth
    if worth is None:
        return "no_worth"
    if worth.redeemed is None:
        return "no_share"
    if found is None:
        return "no_sales"
    return None if found and found[-1].month == last else "not_closed"
