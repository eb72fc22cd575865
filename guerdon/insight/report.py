"""What a month came to, for a report: its figures beside the month and the year before, what is owed, what ends."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import closing, period
from guerdon.core.kpis import Span, Value
from guerdon.core.programme import Programme
from guerdon.features.closings import queries as closings
from guerdon.features.expirations import queries as expirations
from guerdon.features.expirations.queries import Month as Ends
from guerdon.features.figures.queries import Watermark
from guerdon.features.programmes.queries import Lawbook
from guerdon.insight import figures, liability, revenue
from guerdon.insight.liability import Month
from guerdon.insight.revenue import Deferred
from guerdon.kit.store import Store

YEAR: Final = 12  # months
AS_OF_NOW: Final = frozenset({"expiring_soon", "open_redemptions"})  # what no month that is over can say


class Compared(msgspec.Struct, frozen=True):
    """A figure of the month, of the month before and of the same month of the year before; its course by months."""

    value: Value
    before: Value | None
    year_before: Value | None
    course: tuple[int | None, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A month that is over. `months` are those of every course, the last one its own; None where nothing was yet.

    `owed` and `deferred` are of the month, the one before and the same of the year before; `ends` is as of `looked`.
    """

    month: str
    programme: Programme
    closed_at: datetime | None
    mark: Watermark
    months: tuple[str, ...]
    figures: tuple[Compared, ...]
    owed: tuple[Month, ...]
    deferred: Deferred
    ends: tuple[Ends, ...]
    looked: datetime | None

    @property
    def before(self) -> str:
        """The month before."""
        return self.months[-2]

    @property
    def year_before(self) -> str:
        """The same month of the year before."""
        return self.months[0]


def read(store: Store, programme_id: str, book: Lawbook, month: str, *, now: datetime) -> Report:
    """A month that is over, read from what is counted already. Raises `month_invalid`, `month_not_over` and
    `month_before_programme`."""
    law = book.current(now)
    programme, began = law.programme, closing.named(period.local_day(book.begins(), law.zone))
    ends = closing.ends(month, law.zone)
    if ends > now:
        raise closing.MONTH_NOT_OVER(month=month, ends=ends.isoformat())
    if month < began:
        raise closing.MONTH_BEFORE_PROGRAMME(month=month, first=began)
    months = liability.between(liability.months_before(month, YEAR), month)

    def of(first: str, last: str) -> figures.Figures:
        asked = figures.Question(
            Span(closing.first_day(first), closing.first_day(closing.following(last))), granularity="month"
        )
        return figures.read(store, programme_id, programme, asked, now=now)

    own, course = of(month, month), of(months[0], month)
    before, year_before = (_named(of(one, one), one >= began) for one in (months[-2], months[0]))
    courses = {(one.value.kpi, one.value.of): one.course for one in course.figures}
    skipped = sum(one < began for one in months)
    found = [
        Compared(
            one.value, before.get(_name(one)), year_before.get(_name(one)),
            (*[None] * skipped, *courses[_name(one)][skipped:]),
        )
        for one in own.figures
        if one.value.kpi not in AS_OF_NOW
    ]  # fmt: skip
    owed = liability.roll(store, programme_id, book, now=now, since=months[0], until=month).months
    looked, ending = expirations.months(store, programme_id)
    closed = next((one for one in closings.every(store, programme_id) if one.closing.month == month), None)
    return Report(
        month=month, programme=programme, closed_at=closed.closed_at if closed else None, mark=own.mark,
        months=tuple(months), figures=tuple(found),
        owed=tuple(_few(owed, months)),
        deferred=revenue.read(store, programme_id, book, programme, since=months[0], until=month),
        ends=tuple([one for one in ending if one.month > month]), looked=looked,
    )  # fmt: skip


def _name(one: figures.Figure) -> tuple[str, str]:
    return one.value.kpi, one.value.of


def _named(found: figures.Figures, known: bool) -> dict[tuple[str, str], Value]:
    return {_name(one): one.value for one in found.figures} if known else {}


def _few(found: Iterable[Month], months: list[str]) -> list[Month]:
    """Those of the month, of the one before and of a year before."""
    return [one for one in found if one.month in (months[0], months[-2], months[-1])]
