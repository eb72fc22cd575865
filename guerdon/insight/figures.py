"""Figures of a stretch of days, as they are kept: KPIs with their course and their change, and what points came to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

import msgspec

from guerdon.core import closing, figures, kpis, limits, period
from guerdon.core.figures import ALL_STORES, Day
from guerdon.core.kpis import Compare, Granularity, Sheet, Span, Value
from guerdon.core.ledger import COUNTERPART
from guerdon.core.programme import Programme
from guerdon.features.expirations import queries as expirations
from guerdon.features.figures import queries
from guerdon.features.figures.queries import Counted, Watermark
from guerdon.kit.store import Store

SOON_MONTHS: Final = 2  # this month and the next one
_ACTIVE: Final = "active_1"
_DIFFERENT: Final = (f"active_{kpis.WINDOW}", f"buyers_{kpis.WINDOW}")
_NIGHT: Final = "members"  # what every night keeps
_OF_NIGHT: Final = (_NIGHT, "tier", "plan", "open_redemptions")


class Figure(msgspec.Struct, frozen=True):
    """One number, what it was in the stretch it is compared with, and its course."""

    value: Value
    before: Value | None
    course: tuple[int | None, ...]


class Figures(msgspec.Struct, frozen=True):
    """All numbers of a stretch; `starts` are the first days of its parts, `stores` those that could be asked for."""

    span: Span
    compared: Span | None
    starts: tuple[date, ...]
    mark: Watermark
    stores: tuple[str, ...]
    figures: tuple[Figure, ...]


class Question(msgspec.Struct, frozen=True):
    """Which days, of which stores (none: all), compared with what, in parts of what length."""

    span: Span
    stores: tuple[str, ...] = ()
    compare: Compare | None = None
    granularity: Granularity = "day"


def default_span(programme: Programme, now: datetime) -> Span:
    """The last thirty days that are over."""
    today = period.local_day(now, programme.zone)
    return Span(today - timedelta(days=kpis.WINDOW), today)


def read(store: Store, programme_id: str, programme: Programme, asked: Question, *, now: datetime) -> Figures:
    """The numbers of the days, as they have been counted. Raises `figures_period_invalid`."""
    kpis.check(asked.span)
    other = kpis.compared(asked.span, asked.compare) if asked.compare else None
    soon = {} if asked.stores else _soon(store, programme_id, programme, now)
    with store.reading():
        mark = queries.watermark(store, programme_id)
        stores = queries.stores(store, programme_id, most=limits.FIGURES_STORES_LISTED_MAX)
        look = _Look(store, programme_id, asked.stores, mark)
        whole = look.sheets([asked.span])[0]
        before = look.sheets([other])[0] if other else None
        parts = list(kpis.buckets(asked.span, asked.granularity))
        sheets = look.sheets(parts)
    whole.expiring = soon
    count = len(asked.stores)
    values = kpis.evaluate(whole, programme, stores=count)
    earlier = _named(kpis.evaluate(before, programme, stores=count)) if before else {}
    courses = [_named(kpis.evaluate(sheet, programme, stores=count)) for sheet in sheets]
    found = [Figure(one, earlier.get((one.kpi, one.of)), _course(one, courses)) for one in values]
    return Figures(asked.span, other, tuple([part.since for part in parts]), mark, tuple(stores), tuple(found))


def _named(values: Iterable[Value]) -> dict[tuple[str, str], Value]:
    return {(one.kpi, one.of): one for one in values}


def _course(one: Value, parts: Iterable[Mapping[tuple[str, str], Value]]) -> tuple[int | None, ...]:
    """What the same number was in each of the parts."""
    found = [part.get((one.kpi, one.of)) for part in parts]
    return tuple([None if each is None else each.value for each in found])


def _soon(store: Store, programme_id: str, programme: Programme, now: datetime) -> dict[str, int]:
    """By unit, the points whose last day is in this month or the next, as the last night saw it."""
    first = period.local_day(now, programme.zone).replace(day=1)
    soon = [closing.named(period.add_months(first, ahead)) for ahead in range(SOON_MONTHS)]
    found = dict.fromkeys(programme.units, 0)
    for one in expirations.months(store, programme_id)[1]:
        if one.month in soon:
            found[one.unit] += one.points
    return found


class _Look:
    """What is kept of some days, read once and cut into sheets."""

    def __init__(self, store: Store, programme_id: str, stores: Sequence[str], mark: Watermark) -> None:
        self.store = store
        self.programme_id = programme_id
        self.stores = list(stores or (ALL_STORES,))
        self.finished = mark.finished or 0
        self.days: dict[Day, list[Counted]] = {}
        self.standings: dict[Day, list[Counted]] = {}

    def sheets(self, spans: Sequence[Span]) -> list[Sheet]:
        """A sheet for each of the stretches, which follow one another."""
        first, last = spans[0].since.toordinal(), spans[-1].until.toordinal() - 1
        named: dict[str, Any] = {"stores": self.stores, "last": last}
        # What was bought in a window is summed up from the days before each of its ends, too.
        self.days = _by_day(queries.days(self.store, self.programme_id, first=first - kpis.WINDOW, **named))
        self.standings = _by_day(queries.standings(self.store, self.programme_id, first=first, **named))
        outstanding = _by_unit(queries.sums(self.store, self.programme_id, first=0, until=first))
        found: list[Sheet] = []
        for span in spans:
            sheet = self._sheet(span.since.toordinal(), span.until.toordinal())
            for unit, points in _by_unit(sheet.flows).items():
                outstanding[unit] = outstanding.get(unit, 0) + points
            found.append(msgspec.structs.replace(sheet, outstanding=dict(outstanding)))
        return found

    def _sheet(self, since: Day, until: Day) -> Sheet:
        flows: dict[tuple[str, str], int] = {}
        for day in range(since, until):
            joined = [one for one in self.standings.get(day, ()) if one.measure == "enrolled"]
            for one in (*self.days.get(day, ()), *joined):
                flows[one.measure, one.what] = flows.get((one.measure, one.what), 0) + one.amount
        return Sheet(flows, self._levels(since, until), known=since <= self.finished)

    def _levels(self, since: Day, until: Day) -> dict[tuple[str, str], int]:
        """What stood at the end of the last day of the stretch that is over; of the night, what the last one saw."""
        last = min(until - 1, self.finished)
        found = self._of_day(last, _DIFFERENT) | self._of_day(until - 1, (_ACTIVE,))
        window = range(last - kpis.WINDOW + 1, last + 1)
        found[f"purchases_{kpis.WINDOW}", ""] = sum(
            one.amount for day in window for one in self.days.get(day, ()) if one.measure == figures.PURCHASES
        )
        seen = [
            day for day in range(since, last + 1) if any(one.measure == _NIGHT for one in self.standings.get(day, ()))
        ]
        return found | self._of_day(seen[-1], _OF_NIGHT) if seen else found

    def _of_day(self, day: Day, measures: Collection[str]) -> dict[tuple[str, str], int]:
        """The measures of one day; different members are of one store alone, so they are never added up."""
        return {(one.measure, one.what): one.amount for one in self.standings.get(day, ()) if one.measure in measures}


def _by_day(found: Iterable[Counted]) -> dict[Day, list[Counted]]:
    days: dict[Day, list[Counted]] = {}
    for one in found:
        days.setdefault(one.day, []).append(one)
    return days


def _by_unit(flows: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """What flows did to what members have, by unit."""
    found: dict[str, int] = {}
    for (measure, unit), points in flows.items():
        if measure in COUNTERPART:
            found[unit] = found.get(unit, 0) + points
    return found
