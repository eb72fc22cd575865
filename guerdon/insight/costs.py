"""The cost book month by month: what people told beside what is known of closed months, computed once and kept."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

import msgspec

from guerdon.core import closing, cost_book, limits
from guerdon.core.cost_book import Count, Line, Told, Total
from guerdon.core.kpis import Span
from guerdon.features.closings import queries as closings
from guerdon.features.costs import queries
from guerdon.features.programmes.queries import Lawbook
from guerdon.insight import cost_reading, kept, liability
from guerdon.insight.exports import files
from guerdon.insight.exports.files import Month
from guerdon.kit import snapshot
from guerdon.kit.store import Store

# Whether what is known of a month stands in it: it does, a worker has not counted it yet, the month is open still, or
# it was closed too long ago.
State = Literal["known", "waiting", "open", "too_old"]
_MONTHS_MAX: Final = 36  # closed months of which what is known is kept
_CAMPAIGNS_NEED: Final = ("fired", "offers", "units.worth_points")


class Wanted(msgspec.Struct, frozen=True):
    """All that is known of closed months."""

    what: str = "costs"


class Counted(msgspec.Struct, frozen=True):
    """What is known of a closed month."""

    month: str
    counts: tuple[Count, ...]


class Kept(msgspec.Struct, frozen=True):
    """The last closed months."""

    months: tuple[Counted, ...]


class Book(msgspec.Struct, frozen=True):
    """Some months of the book, those that are not over, too."""

    months: tuple[str, ...]
    states: dict[str, State]
    lines: tuple[Line, ...]
    totals: tuple[Total, ...]


def read(
    store: Store, programme_id: str, own: Path, *, since: str | None, until: str | None, this_month: str
) -> Book:  # fmt: skip
    """The months from `since` to `until`, both included; without a beginning the twelve up to the end, which is this
    month where none is named. Raises `month_invalid`, `months_invalid` and Damaged."""
    end = until or max(this_month, since or "")
    first = since or liability.months_before(end, limits.LIABILITY_MONTHS_DEFAULT - 1)
    months = liability.between(first, end)
    span = Span(closing.first_day(months[0]), closing.first_day(closing.following(months[-1])))
    lines = cost_book.told([one.entry for one in queries.on_days(store, programme_id, span)], months)
    found = find(own)
    counted = {one.month: one.counts for one in found.months} if found is not None else {}
    closed = {one.month for one in closings.borders(store, programme_id)}
    for month in months:
        lines += cost_book.known(month, counted.get(month, ()))
    states = {month: _state(month, closed, counted) for month in months}
    return Book(tuple(months), states, tuple(lines), tuple(cost_book.totals(lines)))


def _state(month: str, closed: Collection[str], counted: Collection[str]) -> State:
    if month in counted:
        return "known"
    if month not in closed:
        return "open"
    return "too_old" if counted and month < max(counted) else "waiting"


def of_campaigns(store: Store, programme_id: str, book: Lawbook, span: Span, currency: str) -> tuple[Told, ...]:
    """What people told that campaigns cost in some days, by kind, in a currency."""
    entries = [one.entry for one in queries.on_days(store, programme_id, span)]
    return cost_book.of_campaigns(entries, span, currency, cost_book.rules(book.said_ever(), campaigns=True))


def find(own: Path) -> Kept | None:
    """What is known; None where nobody has computed it of the months that are there. Raises Damaged."""
    return kept.find_latest(own, Wanted(), Kept)


def prepare(
    own: Path, programme_id: str, book: Lawbook, *, now: datetime, campaigns: bool, between: Callable[[], None]
) -> int:
    """Compute what is known of the exported months, where it is not kept yet; answers of how many that was.

    `campaigns`: the packages are there by which the points that campaigns gave are counted. Raises Damaged.
    """
    months = files.months(own)
    if not months or kept.find(own, months[-1].sha256, Wanted(), Kept) is not None:
        return 0
    found = _computed(months, programme_id, book, now, _campaigns(months) if campaigns else {}, between)
    kept.keep(own, months[-1].sha256, Wanted(), found)
    return len(found.months)


def _computed(
    months: Sequence[Month], programme_id: str, book: Lawbook, now: datetime, given: Mapping[str, Sequence[Count]],
    between: Callable[[], None],
) -> Kept:  # fmt: skip
    found = []
    with snapshot.taken() as view:
        closed = closings.every(view, programme_id)
        previous = [None, *[one.closing for one in closed]]
        currencies = {one.manifest.closing.month: one.manifest.currency for one in months}
        for one, before in list(zip(closed, previous, strict=False))[-_MONTHS_MAX:]:
            name = one.closing.month
            if name not in currencies:
                continue
            between()
            counts = cost_reading.counts(
                view, programme_id, book, one.closing, before, closed_at=one.closed_at, currency=currencies[name],
                now=now,
            )  # fmt: skip
            found.append(Counted(name, (*counts, *given.get(name, ()))))
    return Kept(tuple(found))


def _campaigns(months: Sequence[Month]) -> dict[str, list[Count]]:
    """By month, the points that campaigns gave at what they are worth; nothing where the months do not know."""
    if any(files.lacks(month, what) for month in months for what in _CAMPAIGNS_NEED):
        return {}
    from guerdon.insight.kpis import engines
    from guerdon.insight.kpis.asked import Question
    from guerdon.insight.kpis.tables import Scope
    from guerdon.insight.roi import answers

    names = [one.manifest.closing.month for one in months]
    found = {}
    with engines.opened() as engine:
        tables = engine.read(months)
        for one in months[-_MONTHS_MAX:]:
            name, currency = one.manifest.closing.month, one.manifest.currency
            scope = Scope(tables, names, currency, Question(cost_book.month(name)))
            found[name] = [
                Count("campaign_points", each.of, currency, each.count, each.amount)
                for each in answers.points(scope) if each.count
            ]  # fmt: skip
    return found
