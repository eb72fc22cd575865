"""Prices of closed months: what was paid where points were earned, read again of the journal, and their worth."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import msgspec

from guerdon.core import closing as law
from guerdon.core import revenue
from guerdon.core.closing import Sold, Sums
from guerdon.features.closings import queries, sales
from guerdon.features.closings.queries import ClosedMonth
from guerdon.features.closings.sales import Baskets
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.insight.verify.scope import Book
from guerdon.kit import clock


class Prices(Invariant):
    """What deferred revenue is made of: the sales that were kept with a month, and the price of its points."""

    clause = "2.4"
    part = "prices"
    sentence = "A closed month keeps what was paid where its points were earned, and what they were worth at its end."

    EARNED: Final = (
        "SELECT [id p.programme_id], [id p.account_id], p.seq, p.unit, CAST(sum(p.amount) AS bigint), p.effective_at,"
        " a.kind, a.facts, a.decision FROM ledger_posting p"
        " LEFT JOIN activities_activity a ON a.account_id = p.account_id AND a.seq = p.seq"
        " WHERE p.kind = 'earn' AND [mine p]"
        " GROUP BY p.programme_id, p.account_id, p.seq, p.unit, p.effective_at, a.kind, a.facts, a.decision"
        " ORDER BY p.programme_id, p.account_id, p.seq, p.unit"
    )

    def ask(self, found: Found) -> None:
        self.count("months", 0)
        months = {programme: queries.every(found.view, programme) for programme in found.books}
        if any(one.sums for every in months.values() for one in every):
            for programme, rows in groupby(found.rows(self.EARNED), key=lambda row: str(row[0])):
                self._sales(programme, found.books[programme], months.pop(programme), rows)
        for programme, every in months.items():  # nothing was ever earned there
            self._sales(programme, found.books[programme], every, iter(()))

    def _sales(
        self, programme: str, book: Book, months: Sequence[ClosedMonth], rows: Iterator[tuple[Any, ...]]
    ) -> None:
        """All closed months of a programme; what was earned is sorted into them by the law, not as it was counted."""
        if not months:
            return
        borders = [one.closing for one in months]
        zone, first = book.lawbook.current(borders[-1].until).zone, borders[0]
        own, past = {one.month: Baskets() for one in borders}, Baskets()
        for (_, seq), of_entry in groupby(rows, key=lambda row: (row[1], row[2])):
            entry = list(of_entry)
            at = clock.instant(entry[0][5])
            place = law.place(seq=seq, effective_at=at, closings=borders, zone=zone)
            if seq > borders[-1].seq or place.month > borders[-1].month:
                continue  # a month that is open still
            baskets = past if place.month < first.month else own[place.month]
            baskets.add(sales.price(*entry[0][6:]), {row[3]: int(row[4]) for row in entry})
        for month in months:
            before = past.told() if month.closing == first else {}
            self._compare(programme, book, month, own[month.closing.month].told(), before)

    def _compare(
        self, programme: str, book: Book, month: ClosedMonth, sold: dict[str, tuple[Sold, ...]],
        past: dict[str, tuple[Sold, ...]],
    ) -> None:  # fmt: skip
        self.count("months", 1)
        said = book.lawbook.said(before=month.closing.until, known=month.closed_at).programme
        prices = revenue.valued(said.units.values())
        for sums in month.sums or ():
            where: dict[str, object] = {"programme": programme, "month": month.closing.month, "unit": sums.unit}
            if sums.sold is not None:
                self.count("sales", len(sums.sold))
                self._paid(sums, sold.get(sums.unit, ()), past.get(sums.unit, ()), where)
            if sums.valued is not None and sums.valued != prices.get(sums.unit):
                self.breaks(
                    "points of a closed month are priced otherwise than the programme said",
                    expected=msgspec.json.encode(prices.get(sums.unit)).decode(),
                    found=msgspec.json.encode(sums.valued).decode(), **where,
                )  # fmt: skip

    def _paid(self, sums: Sums, sold: tuple[Sold, ...], past: tuple[Sold, ...], where: dict[str, object]) -> None:
        for kept, counted in ((sums.sold or (), sold), (sums.past.sold if sums.past else (), past)):
            if kept != counted:
                self.breaks(
                    "what was paid in a closed month is not what its purchases say",
                    expected=msgspec.json.encode(counted).decode(), found=msgspec.json.encode(kept).decode(), **where,
                )  # fmt: skip
