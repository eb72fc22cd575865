"""Closed months: every posting sorted into its month again, and what that comes to held against what was told then."""

from itertools import pairwise

from guerdon.core import closing as law
from guerdon.core.closing import Closing
from guerdon.features.closings import queries
from guerdon.features.closings.queries import ClosedMonth
from guerdon.insight.verify.accounts import Account
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.kit import clock

Cell = tuple[str, str, str, str]  # programme, month, unit, kind


class ClosedMonths(Invariant):
    """The borders in a row, and the figures of each closed month from the postings alone."""

    clause = "2.4"
    part = "closed months"
    sentence = "A closed month comes to what it came to; what was late for it is in the first open one."
    sums = ("_points",)

    def __init__(self) -> None:
        super().__init__()
        self._months: dict[str, list[ClosedMonth]] = {}
        self._borders: dict[str, list[Closing]] = {}
        self._points: dict[Cell, list[int]] = {}  # all, and what of them was late

    def prepare(self, found: Found) -> None:
        self.count("months", 0)
        for programme in found.books:
            months = queries.every(found.view, programme)
            self.count("months", len(months))
            if months:
                self._months[programme] = months
                self._borders[programme] = [one.closing for one in months]
                self._in_a_row(programme, self._borders[programme])

    def _in_a_row(self, programme: str, borders: list[Closing]) -> None:
        for before, after in pairwise(borders):
            row = (law.following(before.month), before.until)
            if (after.month, after.start) != row or after.seq < before.seq:
                self.breaks(
                    "a closed month does not follow the one before it",
                    expected=f"{row[0]} from {row[1]}, closed after {before.seq}",
                    found=f"{after.month} from {after.start}, closed after {after.seq}",
                    programme=programme,
                )

    def look(self, account: Account) -> None:
        programme = account.member.programme_id if account.member else ""
        borders = self._borders.get(programme)
        if borders is None or account.book is None:
            return
        last, zone = borders[-1], account.book.lawbook.current(borders[-1].until).zone
        for posting in account.postings:
            if posting.seq > last.seq:
                continue  # it belongs to a month that is open still
            at = clock.instant(posting.effective_at)
            place = law.place(seq=posting.seq, effective_at=at, closings=borders, zone=zone)
            cell = self._points.setdefault((programme, place.month, posting.unit, posting.kind), [0, 0])
            cell[0] += posting.change
            cell[1] += posting.change if place.late else 0
            self.count("postings", 1)

    def close(self, found: Found) -> None:
        for programme, months in self._months.items():
            for month in months:
                if month.sums is not None:
                    self._compare(programme, month)

    def _compare(self, programme: str, month: ClosedMonth) -> None:
        """The flows of the month, and what it opened with, against the postings."""
        name = month.closing.month
        told = {(sums.unit, flow.kind): [flow.points, flow.prior] for sums in month.sums or () for flow in sums.flows}
        opened = {sums.unit: sums.opening for sums in month.sums or () if sums.opening}
        counted: dict[tuple[str, str], list[int]] = {}
        before: dict[str, int] = {}
        for (of, when, unit, kind), points in self._points.items():
            if of == programme and when == name:
                counted[unit, kind] = points
            elif of == programme and when < name:
                before[unit] = before.get(unit, 0) + points[0]
        for unit, kind in sorted(told.keys() | counted.keys()):
            expected, shown = counted.get((unit, kind), [0, 0]), told.get((unit, kind), [0, 0])
            if expected != shown:
                self.breaks(
                    "a closed month is told otherwise than its postings say",
                    expected=f"{expected[0]}, {expected[1]} of them late",
                    found=f"{shown[0]}, {shown[1]} of them late",
                    programme=programme,
                    month=name,
                    unit=unit,
                    kind=kind,
                )
        for sums in month.sums or ():
            earned = sum(flow.points for flow in sums.flows if flow.kind == "earn")
            sold = None if sums.sold is None else sum(one.points for one in sums.sold)
            if sold not in (None, earned):
                self.breaks(
                    "the sales of a closed month have earned otherwise than the month has",
                    expected=earned,
                    found=sold,
                    programme=programme,
                    month=name,
                    unit=sums.unit,
                )
        for unit in sorted(opened.keys() | {unit for unit, points in before.items() if points}):
            if opened.get(unit, 0) != before.get(unit, 0):
                self.breaks(
                    "a closed month opens otherwise than the months before it end",
                    expected=before.get(unit, 0),
                    found=opened.get(unit, 0),
                    programme=programme,
                    month=name,
                    unit=unit,
                )
