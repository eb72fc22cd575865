"""What points came to month by month for an accountant: closed months as they closed, open ones as the days say."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from guerdon.core import closing, errors, expiring, limits
from guerdon.core.closing import Flow, Sums
from guerdon.core.figures import ALL_STORES, first_of
from guerdon.core.ledger import COUNTERPART
from guerdon.core.period import local_day
from guerdon.features.closings import queries as closings
from guerdon.features.closings.queries import ClosedMonth
from guerdon.features.figures import queries
from guerdon.features.figures.queries import Counted
from guerdon.features.programmes.queries import Lawbook
from guerdon.kit.store import Store

MONTHS_INVALID = errors.declare("invalid", "months_invalid", "since", "until", "most")


class Month(msgspec.Struct, frozen=True):
    """What a month did to a unit; worth in minor units of the programme's currency, None where no worth is said.

    The worth is that of the law in force when the month ended, or now where it has not.
    """

    month: str
    closed: bool
    sums: Sums
    worth_opening: int | None
    worth_closing: int | None


class Rolled(msgspec.Struct, frozen=True):
    """The months of all units, in order, as of a number of the journal."""

    seq: int
    months: tuple[Month, ...]


def roll(
    store: Store, programme_id: str, book: Lawbook, *, now: datetime, since: str | None, until: str | None
) -> Rolled:
    """The months from `since` to `until`, both included: by default the twelve up to now.

    Raises `month_invalid`, and `months_invalid` where they are none or too many.
    """
    law = book.current(now)
    last = until or closing.named(local_day(now, law.zone))
    first = since or months_before(last, limits.LIABILITY_MONTHS_DEFAULT - 1)
    months = between(first, last)
    with store.reading():
        seq = queries.watermark(store, programme_id).seq
        known = {
            one.closing.month: one.sums
            for one in closings.every(store, programme_id)
            if one.sums is not None and one.closing.month <= last
        }
        had = _by_unit(queries.sums(store, programme_id, first=0, until=first_of(first)))
        days = queries.days(
            store, programme_id, stores=[ALL_STORES], first=first_of(first),
            last=first_of(closing.following(last)) - 1,
        )  # fmt: skip
    found: list[Month] = []
    for month in months:
        sums = known.get(month)
        if sums is None:
            sums = _of_days(days, month, had)
        had |= {one.unit: one.closing for one in sums}
        found += [_worth(month, month in known, one, book, now) for one in sums]
    return Rolled(seq, tuple(found))


def closed(
    store: Store, programme_id: str, book: Lawbook, found: Sequence[ClosedMonth], *, now: datetime
) -> dict[str, tuple[Month, ...]]:
    """What closed months came to, by month; those whose figures are still being counted as their days say so far."""
    told = {
        one.closing.month: tuple([_worth(one.closing.month, True, sums, book, now) for sums in one.sums])
        for one in found
        if one.sums is not None
    }
    open_still = [one.closing.month for one in found if one.sums is None]
    if open_still:
        first = max(open_still[0], months_before(open_still[-1], limits.LIABILITY_MONTHS_MAX - 1))
        rolled = roll(store, programme_id, book, now=now, since=first, until=open_still[-1]).months
        told |= {month: tuple([one for one in rolled if one.month == month]) for month in open_still}
    return told


def between(first: str, last: str) -> list[str]:
    """The months from one to another, both included. Raises `month_invalid`, and `months_invalid` as `roll` does."""
    closing.first_day(first), closing.first_day(last)  # refuse what is no month
    months = [first]
    while months[-1] < last and len(months) <= limits.LIABILITY_MONTHS_MAX:
        months.append(closing.following(months[-1]))
    if first > last or len(months) > limits.LIABILITY_MONTHS_MAX:
        raise MONTHS_INVALID(since=first, until=last, most=limits.LIABILITY_MONTHS_MAX)
    return months


def months_before(month: str, months: int) -> str:
    """The month so many months before this one."""
    day = closing.first_day(month)
    number = day.year * 12 + day.month - 1 - months
    return closing.named(date(number // 12, number % 12 + 1, 1))


def _by_unit(flows: dict[tuple[str, str], int]) -> dict[str, int]:
    """What members had of each unit after the flows."""
    found: dict[str, int] = {}
    for (kind, unit), points in flows.items():
        if kind in COUNTERPART:
            found[unit] = found.get(unit, 0) + points
    return found


def _of_days(days: Sequence[Counted], month: str, had: dict[str, int]) -> tuple[Sums, ...]:
    """What the days of a month come to; units that it opened with are there, too."""
    flows: dict[str, dict[str, list[int]]] = {unit: {} for unit, points in had.items() if points}
    start, end = first_of(month), first_of(closing.following(month))
    for one in days:
        if start <= one.day < end and one.measure in COUNTERPART:
            flow = flows.setdefault(one.what, {}).setdefault(one.measure, [0, 0])
            flow[0] += one.amount
            flow[1] += one.late
    return tuple([
        Sums(unit, had.get(unit, 0), tuple([Flow(kind, *sums) for kind, sums in sorted(kinds.items()) if any(sums)]))
        for unit, kinds in sorted(flows.items())
    ])  # fmt: skip


def _worth(month: str, closed: bool, sums: Sums, book: Lawbook, now: datetime) -> Month:
    law = book.current(now)
    ended = book.current(min(now, closing.ends(month, law.zone))).programme
    unit = ended.units.get(sums.unit) or law.programme.units.get(sums.unit)
    opening, end = (None if unit is None else expiring.worth(points, unit) for points in (sums.opening, sums.closing))
    return Month(month, closed, sums, opening, end)
