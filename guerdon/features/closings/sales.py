"""What was paid where the points of a month were earned: read along its awards, a page of accounts at a time."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import groupby
from typing import Final

import msgspec

from guerdon.core.activities import PURCHASE, Line, Tender
from guerdon.core.closing import Closing, Sold
from guerdon.core.decisions import Exchange
from guerdon.core.revenue import halves
from guerdon.features.closings import queries
from guerdon.kit import clock, ids
from guerdon.kit.store import Statement, Store

ACCOUNTS_PER_PAGE: Final = 500
POINTS: Final = "points"  # a tender: what was paid with points is no new price, it was part of an earlier one
# Lines that are collected for others, or sold only when they are spent.
_UNSOLD: Final = frozenset({"tax", "gift_card"})

_EARNED = (
    "SELECT p.account_id, p.seq, p.unit, CAST(sum(p.amount) AS bigint), p.effective_at, a.kind, a.facts,"
    " a.decision FROM ledger_posting p LEFT JOIN activities_activity a ON a.account_id = p.account_id AND a.seq = p.seq"
    " WHERE p.account_id {} AND p.kind = 'earn' AND p.seq <= :seq AND p.effective_at < :until"
    " AND (p.effective_at >= :start OR p.seq > :since)"
    " GROUP BY p.account_id, p.seq, p.unit, p.effective_at, a.kind, a.facts, a.decision"
    " ORDER BY p.account_id, p.seq, p.unit"
)
_EARNED_OF_ACCOUNTS = Statement(
    _EARNED.format("= ANY(:accounts::uuid[])"),
    sqlite=_EARNED.format("IN (SELECT value FROM json_each(:accounts))"),
)


class _Told(msgspec.Struct, gc=False):
    """The few parts of a purchase that make its price."""

    amount: int | None = None
    lines: tuple[Line, ...] = ()
    tenders: tuple[Tender, ...] = ()


class _Decided(msgspec.Struct, gc=False):
    rate: Exchange | None = None


class Earned(msgspec.Struct, frozen=True):
    """What was sold, by unit: in the month itself, and before it where no month before was closed."""

    month: Mapping[str, tuple[Sold, ...]]
    past: Mapping[str, tuple[Sold, ...]]


_told = msgspec.json.Decoder(_Told).decode
_decided = msgspec.json.Decoder(_Decided).decode


def earned(store: Store, programme_id: str, closing: Closing, *, since: int | None) -> Earned:
    """What was sold in a month, as `queries.sums` has its points: the same whenever it is asked."""
    month, past = Baskets(), Baskets()
    start, after = clock.micros(closing.start), ids.NIL
    while accounts := queries.accounts(store, programme_id, after=after, most=ACCOUNTS_PER_PAGE):
        after = accounts[-1]
        rows = store.fetch(
            _EARNED_OF_ACCOUNTS,
            accounts=accounts,
            start=start,
            until=clock.micros(closing.until),
            since=-1 if since is None else since,
            seq=closing.seq,
        )
        for _, of_entry in groupby(rows, key=lambda row: (row[0], row[1])):
            entry = list(of_entry)
            own = since is not None or entry[0][4] >= start  # what an entry earns counts at one instant
            (month if own else past).add(price(*entry[0][5:]), {row[2]: int(row[3]) for row in entry})
    return Earned(month.told(), past.told())


class Baskets:
    """Prices and points, by the units that were earned together."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], tuple[int, dict[str, int]]] = {}
        self._free: dict[str, int] = {}

    def add(self, price: int, points: Mapping[str, int]) -> None:
        """What one entry earned, and what was paid for it."""
        if not price:
            for unit, more in points.items():
                self._free[unit] = self._free.get(unit, 0) + more
            return
        together = tuple(sorted(points))
        before, had = self._found.get(together, (0, {}))
        self._found[together] = (before + price, {unit: had.get(unit, 0) + points[unit] for unit in together})

    def told(self) -> dict[str, tuple[Sold, ...]]:
        """What each unit was earned with, always in the same order."""
        found: dict[str, list[Sold]] = {}
        for together, (price, points) in sorted(self._found.items()):
            for unit in together:
                beside = tuple((other, points[other]) for other in together if other != unit)
                found.setdefault(unit, []).append(Sold(points[unit], price, beside))
        for unit, free in sorted(self._free.items()):
            found.setdefault(unit, []).append(Sold(free))
        return {unit: tuple(sold) for unit, sold in found.items()}


def price(kind: str | None, facts: str, decision: str) -> int:
    """What was paid for goods, shipping and fees, in minor units of the programme; 0 where nothing was sold."""
    if kind != PURCHASE:
        return 0
    told, rate = _told(facts), _decided(decision).rate
    lines = told.lines or (Line(told.amount or 0),)
    sold = sum([line.amount - line.discount for line in lines if line.kind not in _UNSOLD])
    paid = max(sold - sum([one.amount for one in told.tenders if one.kind == POINTS]), 0)
    return paid if rate is None else halves(Fraction(paid * rate.home, rate.units))
