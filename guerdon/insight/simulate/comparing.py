"""Today's programme beside a draft: what each came to by unit, month, segment and tier, and who would have what."""

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from guerdon.core.programme import Programme
from guerdon.insight.simulate.answers import Amounts, Change, Move, OfUnit, Pair
from guerdon.insight.simulate.history import History, Whole
from guerdon.insight.simulate.replay import Replayed
from guerdon.kit import ids

Yes = NDArray[np.bool_]
SHOWN: Final = 20  # winners and losers that are named
NO_TIER: Final = ""


class Side(NamedTuple):
    """A replay with the programme by whose worth and prices it is told."""

    replayed: Replayed
    programme: Programme


class Span(NamedTuple):
    """The months that are compared, as places: from `first` up to, not including, `until`."""

    first: int
    until: int


def units(history: History, today: Side, draft: Side, span: Span) -> tuple[OfUnit, ...]:
    """What is said of every unit of which something was given or is there under either."""
    found = []
    for unit in today.replayed.run.flows:
        told = _Unit(unit, history, today, draft, span)
        if told.anything:
            found.append(told.told())
    return tuple(found)


class _Unit:
    """One unit under both."""

    def __init__(self, unit: str, history: History, today: Side, draft: Side, span: Span) -> None:
        self.unit = unit
        self.history = history
        self.sides = (today, draft)
        self.span = span
        self.everybody = np.ones(len(history.people), dtype=np.bool_)
        self.issued = [
            one.replayed.run.flows[unit].issued[:, span.first : span.until].sum(axis=1) for one in self.sides
        ]

    @property
    def anything(self) -> bool:
        flows = [one.replayed.run.flows[self.unit] for one in self.sides]
        return any(flow.issued.any() or flow.outstanding.any() for flow in flows)

    def told(self) -> OfUnit:
        gained = self.issued[1] - self.issued[0]
        return OfUnit(
            unit=self.unit, whole=self._pair("", self.everybody, self.span), months=tuple(self._months()),
            segments=tuple(self._segments()), tiers=tuple(self._tiers()),
            winners=self._changes(gained, -1), losers=self._changes(gained, 1),
            better_off=int((gained > 0).sum()), worse_off=int((gained < 0).sum()),
        )  # fmt: skip

    def _pair(self, key: str, which: Yes, span: Span) -> Pair:
        today, draft = (self._amounts(side, which, span) for side in self.sides)
        return Pair(key=key, members=int(which.sum()), today=today, draft=draft)

    def _amounts(self, side: Side, which: Yes, span: Span) -> Amounts:
        flow, replayed = side.replayed.run.flows[self.unit], side.replayed
        months = slice(span.first, span.until)
        left = int(flow.outstanding[which, span.until - 1].sum())
        of = side.programme.units.get(self.unit)
        rate = None if of is None else of.rate
        return Amounts(
            issued=int(flow.issued[which, months].sum()), redeemed=int(flow.redeemed[which, months].sum()),
            expired=int(flow.expired[which, months].sum()), outstanding=left,
            cost=int(replayed.costs[self.unit][which, months].sum()),
            liability=0 if rate is None else left * rate.numerator // rate.denominator,
            unmet=int(replayed.unmet[self.unit][which, months].sum()),
        )  # fmt: skip

    def _months(self) -> Iterable[Pair]:
        """The months in which something moved, or in which somebody was."""
        for month in range(self.span.first, self.span.until):
            moved = np.zeros(len(self.everybody), dtype=np.bool_)
            for side in self.sides:
                flow = side.replayed.run.flows[self.unit]
                moved |= (flow.issued[:, month] != 0) | (flow.redeemed[:, month] != 0) | (flow.expired[:, month] != 0)
            if moved.any():
                pair = self._pair(self.history.months[month], self.everybody, Span(month, month + 1))
                yield Pair(key=pair.key, members=int(moved.sum()), today=pair.today, draft=pair.draft)

    def _segments(self) -> Iterable[Pair]:
        keys = sorted({key for one in self.history.people for key in one.segments})
        for key in keys:
            which = np.array([key in one.segments for one in self.history.people], dtype=np.bool_)
            yield self._pair(key, which, self.span)

    def _tiers(self) -> Iterable[Pair]:
        """By the tier that members end in today."""
        for ladder in self.sides[0].programme.tiers:
            places = self.sides[0].replayed.run.tiers[ladder.key][:, self.span.until - 1]
            for place in sorted(set(places.tolist())):
                yield self._pair(ladder.key_at(place) or NO_TIER, places == place, self.span)

    def _changes(self, gained: Whole, sign: int) -> tuple[Change, ...]:
        """Those who gain most (`sign` -1) or lose most, of equals the first by account."""
        order = np.argsort(gained * sign, kind="stable")[:SHOWN].tolist()
        return tuple(
            Change(
                member=ids.show("member", self.history.people[place].account), today=int(self.issued[0][place]),
                draft=int(self.issued[1][place]),
            )
            for place in order
            if gained[place] * sign < 0
        )  # fmt: skip


def moves(today: Side, draft: Side, span: Span) -> tuple[Move, ...]:
    """How many members end in which tier under the draft who end in which today, ladder by ladder.

    On a ladder that only one of them has everybody is below the first tier of the other.
    """
    found: list[Move] = []
    sides = [{ladder.key: ladder for ladder in side.programme.tiers} for side in (today, draft)]
    for key in dict.fromkeys((*sides[0], *sides[1])):
        ends, ladders = [], [one.get(key) for one in sides]
        for side, ladder in zip((today, draft), ladders, strict=True):
            nobody = np.full(len(side.replayed.run.members), -1, dtype=np.int64)
            ends.append(nobody if ladder is None else side.replayed.run.tiers[key][:, span.until - 1].astype(np.int64))
        pairs, counts = np.unique(np.stack(ends, axis=1), axis=0, return_counts=True)
        for places, members in zip(pairs.tolist(), counts.tolist(), strict=True):
            was, becomes = (
                NO_TIER if ladder is None else ladder.key_at(place) or NO_TIER
                for ladder, place in zip(ladders, places, strict=True)
            )
            found.append(Move(ladder=key, today=was, draft=becomes, members=members))
    return tuple(found)


def span_of(history: History, since: int | None, until: int | None) -> Span:
    """The months that hold the instants from `since` up to `until`."""
    starts = history.month_starts
    first = 0 if since is None else max(0, int(np.searchsorted(starts, since, side="right")) - 1)
    last = len(starts) if until is None else int(np.searchsorted(starts, until, side="left"))
    return Span(first, max(first + 1, last))
