"""Every read of closed months: their borders, their figures, and what the ledger says of a month."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

import msgspec

from guerdon.core import errors
from guerdon.core.closing import Closing, Flow, Past, Sums
from guerdon.core.ledger import CREDITS
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, allow_fanout

MONTH_UNKNOWN = errors.declare("unknown", "month_unknown", "month")
MONTH_UNCOUNTED = errors.declare("clash", "month_uncounted", "month")

_ALL = Statement(
    "SELECT c.month, c.start, c.until, c.seq, c.closed_at, c.closed_by, f.counted_at, f.sums FROM closings_closing c"
    " LEFT JOIN closings_figures f ON f.programme_id = c.programme_id AND f.month = c.month"
    " WHERE c.programme_id = :programme ORDER BY c.until"
)
_BORDERS = Statement(
    "SELECT month, start, until, seq FROM closings_closing WHERE programme_id = :programme ORDER BY until"
)
_UNCOUNTED = Statement(
    "SELECT c.programme_id, c.month FROM closings_closing c LEFT JOIN closings_figures f"
    " ON f.programme_id = c.programme_id AND f.month = c.month WHERE f.month IS NULL ORDER BY c.until"
)
_SWEPT = Statement("SELECT count(*) FROM programmes_night WHERE programme_id = :programme AND as_of >= :until")
# A month has what counts in it, and what counts before it but came after the month before had been closed. What counts
# before it and came in time is what the month opened with.
_FLOWS = allow_fanout(
    "the figures of a month are of all its members; asked by a job and by hand, kept for ever",
    Statement(
        "SELECT unit, kind,"
        " CAST(sum(CASE WHEN effective_at >= :start THEN amount ELSE 0 END) AS bigint),"
        " CAST(sum(CASE WHEN effective_at < :start AND seq > :since THEN amount ELSE 0 END) AS bigint),"
        " CAST(sum(CASE WHEN effective_at < :start AND seq <= :since THEN amount ELSE 0 END) AS bigint)"
        " FROM ledger_posting WHERE programme_id = :programme AND seq <= :seq AND effective_at < :until"
        " GROUP BY unit, kind ORDER BY unit, kind"
    ),
)

_ACCOUNTS = allow_fanout(
    "statements of a month are written to all its members, a page of accounts at a time",
    Statement(
        "SELECT DISTINCT account_id FROM ledger_balance WHERE programme_id = :programme AND account_id > :after"
        " ORDER BY account_id LIMIT :most"
    ),
)
_FLOWS_OF = (
    "SELECT account_id, unit, kind,"
    " CAST(sum(CASE WHEN effective_at >= :start THEN amount ELSE 0 END) AS bigint),"
    " CAST(sum(CASE WHEN effective_at < :start AND seq > :since THEN amount ELSE 0 END) AS bigint),"
    " CAST(sum(CASE WHEN effective_at < :start AND seq <= :since THEN amount ELSE 0 END) AS bigint)"
    " FROM ledger_posting WHERE account_id {} AND seq <= :seq AND effective_at < :until"
    " GROUP BY account_id, unit, kind ORDER BY account_id, unit, kind"
)
_FLOWS_OF_ACCOUNTS = Statement(
    _FLOWS_OF.format("= ANY(:accounts::uuid[])"),
    sqlite=_FLOWS_OF.format("IN (SELECT value FROM json_each(:accounts))"),
)
_CLOSED_SINCE = Statement(
    "SELECT programme_id, month FROM closings_closing WHERE closed_at >= :since ORDER BY programme_id, until"
)


class ClosedMonth(msgspec.Struct, frozen=True):
    """A closed month as stored; `sums` is None until they have been counted."""

    closing: Closing
    closed_at: datetime
    closed_by: str
    counted_at: datetime | None
    sums: tuple[Sums, ...] | None


_sums = msgspec.json.Decoder(tuple[Sums, ...]).decode


def borders(store: Store, programme_id: str) -> list[Closing]:
    """The closed months in their order."""
    rows = store.fetch(_BORDERS, programme=programme_id)
    return [Closing(month, clock.instant(start), clock.instant(until), seq) for month, start, until, seq in rows]


def every(store: Store, programme_id: str) -> list[ClosedMonth]:
    """The closed months with their figures, in their order."""
    return [
        ClosedMonth(
            Closing(month, clock.instant(start), clock.instant(until), seq),
            clock.instant(closed_at),
            closed_by,
            clock.instant(counted_at),
            _sums(sums) if sums is not None else None,
        )
        for month, start, until, seq, closed_at, closed_by, counted_at, sums in store.fetch(
            _ALL, programme=programme_id
        )
    ]


def one(store: Store, programme_id: str, month: str) -> ClosedMonth:
    """A closed month. Raises `month_unknown`."""
    for found in every(store, programme_id):
        if found.closing.month == month:
            return found
    raise MONTH_UNKNOWN(month=month[:40])


def uncounted(store: Store) -> list[tuple[str, str]]:
    """The closed months, by programme, whose figures are not kept yet."""
    return [(programme, month) for programme, month in store.fetch(_UNCOUNTED)]


def is_swept(store: Store, programme_id: str, until: datetime) -> bool:
    """Whether a night has been at every account at the instant or later."""
    return bool(store.fetch(_SWEPT, programme=programme_id, until=clock.micros(until))[0][0])


def sums(store: Store, programme_id: str, closing: Closing, *, since: int | None) -> list[Sums]:
    """What a month did to every unit, from the postings; `since` is the number at which the month before was closed.

    It is None where none was, so that nothing is late, and what was before has its flows, too.
    """
    rows = store.fetch(
        _FLOWS,
        programme=programme_id,
        start=clock.micros(closing.start),
        until=clock.micros(closing.until),
        since=closing.seq if since is None else since,
        seq=closing.seq,
    )
    return _by_unit(rows, past=since is None)


def accounts(store: Store, programme_id: str, *, after: str, most: int) -> list[str]:
    """The accounts that have or had anything, a page at a time."""
    return [account for (account,) in store.fetch(_ACCOUNTS, programme=programme_id, after=after, most=most)]


def sums_of(store: Store, accounts: Sequence[str], closing: Closing, *, since: int | None) -> dict[str, list[Sums]]:
    """What a month did to every unit of each account, as `sums` has it for all of them, in one statement."""
    rows = store.fetch(
        _FLOWS_OF_ACCOUNTS,
        accounts=list(accounts),
        start=clock.micros(closing.start),
        until=clock.micros(closing.until),
        since=closing.seq if since is None else since,
        seq=closing.seq,
    )
    return {account: _by_unit([row[1:] for row in of]) for account, of in groupby(rows, key=lambda row: str(row[0]))}


def closed_since(store: Store, since: datetime) -> list[tuple[str, str]]:
    """The months, by programme, that were closed since then."""
    return [(programme, month) for programme, month in store.fetch(_CLOSED_SINCE, since=clock.micros(since))]


def _by_unit(rows: Iterable[Sequence[Any]], *, past: bool = False) -> list[Sums]:
    found: list[tuple[str, int, Flow]] = []
    for unit, kind, own, late, before in rows:
        sign = 1 if kind in CREDITS else -1
        found.append((unit, sign * int(before), Flow(kind, sign * (int(own) + int(late)), sign * int(late))))
    return [_of_unit(unit, list(of_unit), past=past) for unit, of_unit in groupby(found, key=lambda one: one[0])]


def _of_unit(unit: str, found: list[tuple[str, int, Flow]], *, past: bool) -> Sums:
    flows = tuple(sorted((flow for _, _, flow in found if flow.points or flow.prior), key=attrgetter("kind")))
    earlier = tuple(sorted((Flow(flow.kind, before) for _, before, flow in found if before), key=attrgetter("kind")))
    opening = sum(before for _, before, _ in found)
    return Sums(unit, opening, flows, past=Past(earlier, ()) if past and earlier else None)
