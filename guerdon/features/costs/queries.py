"""Every read of the cost book: one entry, a page of them, those that count on some days."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec

from guerdon.core.cost_book import COST_UNKNOWN, Entry
from guerdon.core.kpis import Span
from guerdon.kit import clock, ids
from guerdon.kit.store import Statement, Store

LAST: Final = "f" * 32  # above every id: where the newest page begins
_OF: Final = (
    "SELECT e.id, e.told_at, e.told_by, r.id, r.told_at, r.told_by, r.why, e.kind, e.amount, e.currency, e.first,"
    " e.until, e.note, e.rule, e.store FROM costs_entry e LEFT JOIN costs_reversal r"
    " ON r.programme_id = e.programme_id AND r.entry_id = e.id WHERE e.programme_id = :programme"
)
_GET = Statement(f"{_OF} AND e.id = :id")
_PAGE = Statement(f"{_OF} AND e.id < :before ORDER BY e.id DESC LIMIT :most")
_ON_DAYS = Statement(f"{_OF} AND e.until > :since AND e.first < :until AND r.id IS NULL ORDER BY e.id")
_COUNT = Statement("SELECT count(*) FROM costs_entry WHERE programme_id = :programme")


class Reversal(msgspec.Struct, frozen=True):
    """What took an entry back: who told it, when, and why."""

    id: str
    told_at: datetime
    told_by: str
    why: str


class Told(msgspec.Struct, frozen=True):
    """An entry as it is remembered."""

    id: str
    told_at: datetime
    told_by: str
    entry: Entry
    reversal: Reversal | None


def get(store: Store, programme_id: str, id: str) -> Told:
    """One entry. Raises `cost_unknown`."""
    rows = store.fetch(_GET, programme=programme_id, id=id)
    if not rows:
        raise COST_UNKNOWN(id=ids.show("cost", id))
    return _told(rows[0])


def page(store: Store, programme_id: str, *, before: str = LAST, most: int) -> list[Told]:
    """The entries before an id, the last told first."""
    return [_told(row) for row in store.fetch(_PAGE, programme=programme_id, before=before, most=most)]


def on_days(store: Store, programme_id: str, span: Span) -> list[Told]:
    """Those that nobody took back and of which a part falls on some days, in the order in which they were told."""
    days = {"since": span.since.toordinal(), "until": span.until.toordinal()}
    return [_told(row) for row in store.fetch(_ON_DAYS, programme=programme_id, **days)]


def count(store: Store, programme_id: str) -> int:
    """How many entries there are, those that were taken back, too."""
    return int(store.fetch(_COUNT, programme=programme_id)[0][0])


def _told(row: Sequence[Any]) -> Told:
    id, at, by, reversal, reversed_at, reversed_by, why, kind, amount, currency, first, until, *rest = row
    entry = Entry(kind, amount, currency, date.fromordinal(first), date.fromordinal(until), *rest)
    back = None if reversal is None else Reversal(reversal, clock.instant(reversed_at), reversed_by, why)
    return Told(id, clock.instant(at), by, entry, back)
