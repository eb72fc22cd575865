"""Columns put in order: member by member, with local times, months, and the books beside them."""

from array import array
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from guerdon.core import closing, period
from guerdon.core.ledger import CREDITS
from guerdon.insight.simulate.history import NONE, Climbs, Code, Events, Facts, History, Ledger, Whole
from guerdon.kit import clock

_QUARTER: Final = 15 * 60 * 1_000_000  # clocks of all zones agree on a quarter of an hour
_DAY: Final = 86_400 * 1_000_000
_EPOCH: Final = date(1970, 1, 1).toordinal()
_FLOWS: Final = {  # what each kind of posting is of, with its sign
    "earn": ("issued", 1), "restore": ("issued", 1), "cancel": ("issued", -1), "claw_back": ("issued", -1),
    "burn": ("redeemed", 1), "reinstate": ("redeemed", -1), "expire": ("expired", 1),
}  # fmt: skip

Cells = Mapping[str, "array[int]"]


def _whole(cells: "array[int]") -> Whole:
    return np.array(cells, dtype=np.int64)


def _first(counts: NDArray[np.integer]) -> Whole:
    """Where each of several follow the one before, and where the last one ends."""
    found = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=found[1:])
    return found


def spread(first: Whole, order: NDArray[np.integer]) -> NDArray[np.int64]:
    """The places of the parts of rows, when the rows stand in this order."""
    counts = first[order + 1] - first[order]
    starts = np.repeat(first[order] - _first(counts)[:-1], counts)
    return starts + np.arange(int(counts.sum()))


def ordered(fact: Cells, event: Cells, line: Cells, tender: Cells, members: int) -> tuple[Facts, Events]:
    """Facts and events, member by member in the order of the journal, the kept parts of purchases behind."""
    at_event = np.lexsort((_whole(event["seq"]), _whole(event["member"])))
    told = _whole(event["row"])[at_event]
    of, rows = _whole(fact["of"]), len(fact["of"])
    first_rows = told[(told >= 0)]
    first_rows = first_rows[of[first_rows] == first_rows]
    kept = np.setdiff1d(np.arange(rows), first_rows)
    order = np.concatenate((first_rows, kept)).astype(np.int64)
    place = np.empty(rows, dtype=np.int64)
    place[order] = np.arange(rows)
    lines, tenders = _first(_whole(fact["lines"])), _first(_whole(fact["tenders"]))
    at_line, at_tender = spread(lines, order), spread(tenders, order)
    cells = {name: _whole(fact[name])[order] for name in fact}
    small = {
        name: cells[name].astype(np.int32)
        for name in ("member", "kind", "store", "channel", "partner", "currency", "told")
    }
    facts = Facts(
        **small, at=cells["at"], day=np.zeros(rows, np.int32), minute=np.zeros(rows, np.int32), home=cells["home"],
        units=cells["units"], of=place[cells["of"]].astype(np.int32), up=cells["up"], down=cells["down"],
        line_first=_first(cells["lines"]), item=_whole(line["item"])[at_line].astype(np.int32),
        net=_whole(line["net"])[at_line], quantity=_whole(line["quantity"])[at_line],
        tender_first=_first(cells["tenders"]), tender=_whole(tender["kind"])[at_tender].astype(np.int32),
        tendered=_whole(tender["amount"])[at_tender],
    )  # fmt: skip
    return facts, _events(event, at_event, place, members)


def _events(event: Cells, order: NDArray[np.int64], row_place: Whole, members: int) -> Events:
    cells = {name: _whole(event[name])[order] for name in event}
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    counts = np.bincount(cells["member"], minlength=members)

    def moved(found: Whole, places: Whole) -> Code:
        if not len(places):
            return found.astype(np.int32)
        return np.where(found == NONE, NONE, places[np.maximum(found, 0)]).astype(np.int32)

    return Events(
        first=_first(counts), what=cells["what"].astype(np.int8), seq=cells["seq"], row=moved(cells["row"], row_place),
        at=cells["at"], posted=cells["posted"], version=cells["version"].astype(np.int32),
        climbs_by=cells["climbs_by"].astype(np.int32), of=moved(cells["of"], place),
        unit=cells["unit"].astype(np.int32), points=cells["points"],
        cost=cells["cost"], spent=cells["spent"],
    )  # fmt: skip


def as_it_happened(history: History) -> History:
    """The events as if each had been told when it happened: in that order, none of them late, nights among them."""
    events = history.events
    member = np.repeat(np.arange(len(events.first) - 1), np.diff(events.first))
    order = np.lexsort((events.seq, events.at, member))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    of, at = events.of[order], events.at[order]
    came = replace(
        events, what=events.what[order], row=events.row[order], at=at, posted=at, version=events.version[order],
        climbs_by=events.climbs_by[order], seq=np.argsort(np.lexsort((events.seq[order], at))),
        of=np.where(of == NONE, NONE, place[np.maximum(of, 0)]).astype(np.int32), unit=events.unit[order],
        points=events.points[order], cost=events.cost[order], spent=events.spent[order],
    )  # fmt: skip
    nights = history.nights.copy()
    nights[:, 1] = np.searchsorted(np.sort(at), nights[:, 0], side="right")
    return replace(history, events=came, nights=nights)


def local(at: Whole, zone: ZoneInfo) -> tuple[Code, Code]:
    """The ordinal of the local day of each instant, and the minute of it."""
    quarters, place = np.unique(at // _QUARTER, return_inverse=True)
    offsets = np.empty(len(quarters), dtype=np.int64)
    for number, quarter in enumerate(quarters.tolist()):
        moment = clock.instant(quarter * _QUARTER).astimezone(zone)
        offsets[number] = moment.utcoffset() // timedelta(microseconds=1)
    there = at + offsets[place]
    return (there // _DAY + _EPOCH).astype(np.int32), (there % _DAY // 60_000_000).astype(np.int32)


def tell_time(facts: Facts, zone: ZoneInfo) -> None:
    """Fill in the local days and minutes."""
    facts.day, facts.minute = local(facts.at, zone)


def months(at: Whole, until: datetime, zone: ZoneInfo) -> tuple[Whole, tuple[str, ...]]:
    """The local months from the first event to the moment: the instants at which they begin, and their names."""
    last = period.local_day(until, zone)
    first = period.local_day(clock.instant(int(at.min())), zone) if len(at) else last
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    days = [period.add_months(first.replace(day=1), number) for number in range(max(1, count))]
    starts = np.array([clock.micros(period.midnight(day, zone)) for day in days], dtype=np.int64)
    return starts, tuple(closing.named(day) for day in days)


class Books:
    """The postings, summed up by unit, member and month."""

    def __init__(self, places: Mapping[str, int], units: tuple[str, ...], starts: Whole, until: int) -> None:
        self.places = places
        self.starts = starts
        self.found = Ledger()
        shape = (len(places), len(starts))
        flows = (self.found.issued, self.found.redeemed, self.found.expired, self.found.outstanding)
        for unit in units:
            for flow in flows:
                flow[unit] = np.zeros(shape, dtype=np.int64)
        self._months: dict[int, int] = {}

    def _month(self, at: int) -> int:
        hour = at // _QUARTER
        found = self._months.get(hour)
        if found is None:
            found = self._months[hour] = max(0, int(np.searchsorted(self.starts, at, side="right")) - 1)
        return found

    def post(self, account: str, unit: str, kind: str, amount: int, at: int) -> None:
        """Take in one posting."""
        member = self.places.get(account)
        if member is None:
            return
        month = self._month(at)
        flow, sign = _FLOWS.get(kind, ("", 0))
        if flow:
            getattr(self.found, flow)[unit][member, month] += sign * amount
        self.found.outstanding[unit][member, month] += amount if kind in CREDITS else -amount
        self.found.postings += 1

    def end(self, account: str, unit: str, points: int, at: int) -> None:
        """Take in what has ended and is not written down yet."""
        member = self.places.get(account)
        if member is not None:
            self.found.expired[unit][member, self._month(at)] += points
            self.found.outstanding[unit][member, self._month(at)] -= points

    def closed(self, climbs: Climbs) -> Ledger:
        """The books, with what was outstanding at the end of each month, and with the steps of tiers."""
        self.found.climbs = climbs
        for unit, moved in self.found.outstanding.items():
            self.found.outstanding[unit] = np.cumsum(moved, axis=1)
        return self.found
