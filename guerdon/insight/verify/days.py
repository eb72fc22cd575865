"""Daily figures: every entry and posting counted again on its day, and held against what is kept of the day."""

from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from guerdon.core import figures as law
from guerdon.core.figures import ALL_STORES, Calendar, Moved, Tally
from guerdon.core.ledger import COUNTERPART
from guerdon.features.closings import queries as closings
from guerdon.features.figures import queries
from guerdon.insight.verify.accounts import Account
from guerdon.insight.verify.invariant import Found, Invariant

Name = tuple[str, str, int, str, str]  # programme, store, day, measure, of what
Counted = dict[Name, list[int]]
_NONE: Final = [0, 0, 0, 0]
_DAYS: Final = "SELECT [id d.programme_id], d.store, d.day, d.measure, d.what, d.amount, d.late FROM figures_day d"
_SEEN: Final = (
    "SELECT [id s.programme_id], s.store, s.day, count(*), sum(s.active)::bigint, sum(s.bought)::bigint,"
    " sum(s.spent)::bigint FROM figures_seen s WHERE [mine s] GROUP BY s.programme_id, s.store, s.day"
)
# The counts of different members as of the last day that is over, unless late news of it wait for the night.
_DIFFERENT: Final = (
    "SELECT [id w.programme_id], w.finished, t.measure, count(DISTINCT s.person_id), coalesce(max(f.amount), 0)"
    " FROM figures_watermark w CROSS JOIN (SELECT 'active_30' AS measure, 30 AS days"
    " UNION ALL SELECT 'active_90', 90 UNION ALL SELECT 'active_1', 1) t"
    " LEFT JOIN figures_seen s ON s.programme_id = w.programme_id AND s.store = '' AND s.active > 0"
    " AND s.day BETWEEN w.finished - t.days + 1 AND w.finished"
    " LEFT JOIN figures_standing f ON f.programme_id = w.programme_id AND f.store = '' AND f.day = w.finished"
    " AND f.measure = t.measure AND f.what = ''"
    " WHERE [mine w] AND w.finished IS NOT NULL AND (w.stale IS NULL OR w.stale > w.finished)"
    " GROUP BY w.programme_id, w.finished, t.measure"
)


class DailyFigures(Invariant):
    """The days up to the watermark from the journal and the ledger alone; closed months as the sum of their days."""

    clause = "2.4"
    part = "daily figures"
    sentence = "Every day comes to what the journal and the ledger say of it, and closed months to their days."
    sums = ("_cells", "_seen")

    def __init__(self) -> None:
        super().__init__()
        self._marks: dict[str, int] = {}
        self._calendars: dict[str, Calendar] = {}
        self._cells: Counted = {}
        self._seen: Counted = {}

    def prepare(self, found: Found) -> None:
        self.count("days", 0)
        for programme in found.books:
            mark = queries.watermark(found.view, programme)
            if mark.seq:
                self._marks[programme] = mark.seq
                borders = closings.borders(found.view, programme)
                self._calendars[programme] = Calendar(ZoneInfo(mark.zone), borders)
        self.reads_facts = bool(self._marks)

    def look(self, account: Account) -> None:
        programme = account.member.programme_id if account.member else ""
        mark = self._marks.get(programme)
        if mark is None or account.book is None:
            return
        moved: dict[int, list[Moved]] = {}
        for one in account.postings:
            if one.seq <= mark:
                moved.setdefault(one.seq, []).append(
                    Moved(one.unit, one.kind, abs(one.change), one.effective_at, one.posted_at)
                )
        home = account.book.law(len(account.book.lawbook.versions)).programme.currency
        facts = [
            queries.fact(
                account_id=account.id, seq=entry.seq, kind=entry.kind, source=entry.source,
                occurred_at=entry.occurred_at, facts=entry.facts, decision=entry.text,
                moved=tuple(moved.pop(entry.seq, ())), home=home,
            )
            for entry in account.entries
            if entry.seq <= mark
        ]  # fmt: skip
        tally = Tally()
        law.count(tally, facts, self._calendars[programme])
        self.count("entries", len(facts))
        for (day, store, measure, what), amounts in tally.cells.items():
            _add(self._cells, (programme, store, day, measure, what), amounts)
        for (_, _, day, store), often in tally.seen.items():
            _add(self._seen, (programme, store, day, "seen", ""), [1, *often])
        if moved:
            self.breaks("points of no entry have no day", expected="an entry", found=min(moved), member=account.id)

    def close(self, found: Found) -> None:
        kept: Counted = {}
        for programme, store, day, measure, what, *amounts in found.rows(_DAYS + " WHERE [mine d]"):
            kept[programme, store, day, measure, what] = [int(amount) for amount in amounts]
        self.count("days", len({(programme, day) for programme, _, day, _, _ in kept}))
        self._compare("a day is told otherwise than the journal says", kept, self._cells)
        seen = {(row[0], row[1], row[2], "seen", ""): [int(cell) for cell in row[3:]] for row in found.rows(_SEEN)}
        self._compare("other members were seen on a day than the journal says", seen, self._seen)
        for programme, day, measure, expected, shown in found.rows(_DIFFERENT):
            if expected != shown:
                self.breaks(
                    "another number of different members than were seen", expected=expected, found=shown,
                    programme=programme, day=_shown(day), measure=measure,
                )  # fmt: skip
        for programme, mark in self._marks.items():
            self._months(found, programme, mark, kept)

    def _compare(self, what: str, kept: Counted, counted: Counted) -> None:
        """What is kept against what was counted; a row of nothing is as good as none."""
        for name in sorted(kept.keys() | counted.keys()):
            shown, expected = kept.get(name, _NONE), counted.get(name, _NONE)
            if shown != expected and (any(shown) or any(expected)):
                programme, store, day, measure, of = name
                self.breaks(
                    what, expected=_told(expected), found=_told(shown), programme=programme, day=_shown(day),
                    store=store or None, measure=measure, of=of or None,
                )  # fmt: skip

    def _months(self, found: Found, programme: str, mark: int, kept: Counted) -> None:
        """Closed months against the sum of their days, as far as these are counted."""
        sums: dict[tuple[str, str, str], list[int]] = {}
        for (of, store, day, measure, what), amounts in kept.items():
            if of == programme and store == ALL_STORES and measure in COUNTERPART:
                total = sums.setdefault((_shown(day)[:7], what, measure), [0, 0])
                total[0] += amounts[0]
                total[1] += amounts[1]
        for month in closings.every(found.view, programme):
            if month.sums is None or month.closing.seq > mark:
                continue
            told = {(one.unit, flow.kind): [flow.points, flow.prior] for one in month.sums for flow in one.flows}
            days = {(unit, kind): sum_ for (name, unit, kind), sum_ in sums.items() if name == month.closing.month}
            for unit, kind in sorted(told.keys() | days.keys()):
                expected, shown = told.get((unit, kind), [0, 0]), days.get((unit, kind), [0, 0])
                if expected != shown:
                    self.breaks(
                        "a closed month is not the sum of its days", expected=expected[0], found=shown[0],
                        programme=programme, month=month.closing.month, unit=unit, kind=kind,
                    )  # fmt: skip


def _add(counted: Counted, name: Name, amounts: list[int]) -> None:
    cell = counted.setdefault(name, [0] * len(amounts))
    for place, amount in enumerate(amounts):
        cell[place] += amount


def _told(amounts: list[int]) -> str:
    return ", ".join(map(str, amounts))


def _shown(day: int) -> str:
    return date.fromordinal(day).isoformat()
