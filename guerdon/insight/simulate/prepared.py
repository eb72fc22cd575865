"""A history prepared for programmes: its lines summed up for all filters that they use, every answer kept."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from guerdon.core import conditions, expiry, rooms, vesting
from guerdon.core.activities import PURCHASE
from guerdon.core.conditions import LineFilter
from guerdon.core.programme import Programme
from guerdon.insight.simulate import columns, rising
from guerdon.insight.simulate.asking import Asked, Scene
from guerdon.insight.simulate.baskets import Counted, Yes, counted, gather, product, summed
from guerdon.insight.simulate.compiling import Life
from guerdon.insight.simulate.history import CANCEL, EARN, HOLD, RETURN, History, Whole
from guerdon.insight.simulate.tables import LOT_COLUMNS, NEVER
from guerdon.kit import clock


class Regime(NamedTuple):
    """A programme with the facts that it decides: those that its version did, or as a draft all from an instant on."""

    programme: Programme
    version: int = 0  # 0: a draft
    since: int = 0


Regimes = tuple[Regime, ...]


class Prepared:
    """A history with its lines summed up for all filters that some programmes use; every answer is kept."""

    def __init__(self, history: History, programmes: Sequence[Programme]) -> None:
        history, self.rises, self.levels = rising.with_rises(history, programmes)
        self.history = history
        found: dict[LineFilter | None, int] = {None: 0}
        for programme in programmes:
            for where in filters_of(programme):
                found.setdefault(where, len(found))
        self.filters = found
        by_line = any(programme.earning.per == "line" for programme in programmes)
        self.baskets = gather(history, list(found), by_line=by_line)
        self.asked = Asked(history)
        units = {unit: None for unit in history.units} | {u: None for one in programmes for u in one.units}
        self.units = tuple(units)
        self._events: dict[object, Whole] = {}  # the last one: who asks for many, asks of the same time
        self._lots = np.zeros((0, LOT_COLUMNS), dtype=np.int64)
        self._rows: tuple[Counted, Whole, Whole] | None = None
        self._most: dict[int, tuple[Counted, int]] = {}
        self._ways: dict[object, Counted] = {}
        self._ends: dict[Life, tuple[Whole, Whole]] = {}
        self._may: dict[object, tuple[Whole, Whole]] = {}
        self.windows = np.stack(self.asked.windows, axis=1)
        self.table = np.stack((self.baskets.sign, self.baskets.amount, self.baskets.pieces), axis=1).astype(np.int64)
        self._pairs()

    def _pairs(self) -> None:
        """The pairs of local days on which events count and on which they were written down."""
        history, events = self.history, self.history.events
        zone = ZoneInfo(history.zone_key)
        at, posted = columns.local(events.at, zone)[0], columns.local(events.posted, zone)[0]
        self.day = at.astype(np.int64)
        late = (events.posted > events.at) & (posted != at) & ((events.what == EARN) | (events.what == RETURN))
        days = np.stack((at, np.where(late, posted, at)), axis=1)
        self.pairs, place = np.unique(days, axis=0, return_inverse=True)
        self.pair = place.reshape(-1).astype(np.int32)
        self.month = np.maximum(0, np.searchsorted(history.month_starts, events.at, side="right") - 1).astype(np.int32)
        kept = np.unique(events.of[events.what == RETURN])
        self.keep = np.full(events.rows, -1, dtype=np.int32)
        self.keep[kept] = np.arange(len(kept), dtype=np.int32)
        self.kept = len(kept)
        self.undone = np.unique(events.of[events.what == CANCEL])  # burns
        self.keep[self.undone] = np.arange(len(self.undone), dtype=np.int32)
        held = np.nonzero(events.what == HOLD)[0]
        self.keep[held] = np.arange(len(held), dtype=np.int32)
        self.member = np.repeat(np.arange(len(history.people)), np.diff(events.first))
        self.spent = np.zeros((len(history.people), len(history.months)), dtype=np.int64)
        np.add.at(self.spent, (self.member, self.month), events.spent)
        self.accounts = tuple(one.account for one in history.people)
        self.in_turn = np.argsort(events.seq, kind="stable")
        enrolled = np.array([one.enrolled_at for one in history.people], dtype=np.int64)
        self.joined = columns.local(enrolled, zone)[0].astype(np.int64)

    def knows(self, programme: Programme) -> bool:
        """Whether a programme asks for no other filters of lines and answers no other rises than those prepared for."""
        known = all(where in self.filters for where in filters_of(programme))
        return known and rising.pairs([programme]).keys() <= self.levels.keys()

    def events(self, regimes: Regimes) -> Whole:
        """The events as a table, each decided by the regime of that place."""
        name = tuple((one.version, one.since) for one in regimes)
        if name not in self._events:
            self._events = {name: self._event_table(self.laws(regimes), self.laws(regimes, climbing=True))}
        return self._events[name]

    def _event_table(self, law_of: Whole, climbs_by: Whole) -> Whole:
        of = self.history.events
        columns = (
            of.what, of.row, law_of, of.at, of.posted, self.month, of.of, of.unit, of.points, of.cost, self.pair,
            self.keep, self.member, self.day, climbs_by, of.seq,
        )  # fmt: skip
        return np.stack(columns, axis=1).astype(np.int64)

    def rows(self, way: Counted, may_first: Whole) -> Whole:
        """What rules see of each row, with one row more for where the last one ends: the last ones asked are kept."""
        if self._rows is None or self._rows[0] is not way or self._rows[1] is not may_first:
            kind = self.history.facts.kind
            told = (*way.shares, way.spend, kind == self.history.code(PURCHASE), kind)
            up, down, piece, spend, buys, kinds = (np.append(one, 0) for one in told)
            found = np.stack((self.baskets.first, up, down, piece, may_first, spend, buys, kinds), axis=1)
            self._rows = (way, may_first, found)
        return self._rows[2]

    def lots(self, room: int) -> Whole:
        """Room for so many lots: the same for every replay, of which one runs at a time."""
        if len(self._lots) < room:
            self._lots = np.zeros((room, LOT_COLUMNS), dtype=np.int64)
        return self._lots

    def most(self, way: Counted) -> int:
        """The largest of what rows count: amounts, pieces, or what they are divided by."""
        known = self._most.get(id(way))
        if known is None:
            every = np.ones(len(self.baskets.passes), dtype=np.bool_)
            amounts, pieces = (summed(self.baskets, of, every) for of in (self.baskets.amount, self.baskets.pieces))
            found = max(product(amounts, way.up), product(pieces, way.piece), int(way.down.max(initial=1)))
            known = self._most[id(way)] = (way, found)
        return known[1]

    def way(self, programme: Programme) -> Counted:
        """How much the rows count under the way to earn of a programme."""
        if programme.earning not in self._ways:
            self._ways[programme.earning] = counted(self.history, self.baskets, programme.earning)
        return self._ways[programme.earning]

    def ways(self, regimes: Regimes, law_of: Whole) -> Counted:
        """How much each row counts under the regime that decides it."""
        first, *more = [self.way(one.programme) for one in regimes]
        if all(one is first for one in more):
            return first
        row_law, rows = self._row_law(law_of), np.arange(self.history.facts.rows)
        told = [one[:-1] for one in (first, *more)]
        up, down, piece, spend = (np.stack(cells)[row_law, rows] for cells in zip(*told, strict=True))
        return Counted(up, down, piece, spend, first.earns)

    def lives(self, lives: Sequence[Life]) -> Whole:
        """When points of each life begin and end, for every pair of days."""
        return np.stack([np.stack(self._life(*life), axis=1) for life in lives])

    def _life(self, vests: vesting.Vesting, expires: expiry.Policy) -> tuple[Whole, Whole]:
        name = (vests, expires)
        if name not in self._ends:
            zone = ZoneInfo(self.history.zone_key)
            begins = np.zeros(len(self.pairs), dtype=np.int64)
            ends = np.full(len(self.pairs), NEVER, dtype=np.int64)
            for place, (day, posted) in enumerate(self.pairs.tolist()):
                at, written = _noon(day, zone), _noon(posted, zone)
                if vests.days or vests.until is not None:
                    begins[place] = clock.micros(vesting.available_at(vests, effective_at=at, zone=zone))
                end = expiry.expires_at(expires, effective_at=at, posted_at=written, zone=zone)
                if end is not None:
                    ends[place] = clock.micros(end)
            self._ends[name] = (begins, ends)
        return self._ends[name]

    def laws(self, regimes: Regimes, *, climbing: bool = False) -> Whole:
        """The place of the regime that decides each event, or by whose ladders it moves its member on."""
        events = self.history.events
        versions = events.climbs_by if climbing else events.version
        found = np.zeros(events.rows, dtype=np.int64)
        for place, one in enumerate(regimes):
            found[events.at >= one.since if one.version == 0 else versions == one.version] = place
        return found

    # --- which rules may fire ---

    def may(self, regimes: Regimes, law_of: Whole) -> tuple[Whole, Whole]:
        """For each row the rules that may fire, in their order, and for which answers to questions for tiers."""
        name = tuple(
            (one.since, one.version, one.programme.earning, one.programme.tiers != (), _asking(one.programme))
            for one in regimes
        )
        if name not in self._may:
            self._may[name] = self._find(regimes, law_of)
        return self._may[name]

    def _find(self, regimes: Regimes, law_of: Whole) -> tuple[Whole, Whole]:
        facts, asked = self.history.facts, self.asked
        ways = [self.way(one.programme) for one in regimes]
        row_law, whole = self._row_law(law_of), self.ways(regimes, law_of)
        counts = [frozenset(rooms.counted(one.programme)) for one in regimes]

        def counting(node: conditions.Counter) -> tuple[object, Yes]:
            told = [(node.what, node.period) in one for one in counts]
            name = (tuple(told), tuple((one.since, one.version, one.programme.earning) for one in regimes))
            return name, np.array(told)[row_law]

        found, when = [], []
        for place, regime in enumerate(regimes):
            scene = Scene(self.history, regime.programme, self.baskets, ways[place], whole, self.filters, counting)
            mine = row_law == place
            for rule in sorted(regime.programme.rules, key=lambda one: (one.priority, one.key)):
                start, until = rule.during.start, rule.during.until
                here = mine & asked.of_kind(rule.when)
                if start is not None or until is not None:
                    here &= asked.within(clock.micros(start) if start else 0, clock.micros(until) if until else NEVER)
                if rule.campaign:
                    here &= ~asked.held_out(regime.programme)
                table = asked.table(rule.condition, scene)
                rows = np.nonzero(here & (table != 0))[0]
                found.append(rows)
                when.append(table[rows])
        rules = np.repeat(np.arange(len(found)), [len(one) for one in found])
        at = np.concatenate(found) if found else np.zeros(0, np.int64)
        order = np.argsort(at, kind="stable")  # rules stand in their order already
        first = np.zeros(facts.rows + 1, dtype=np.int64)
        np.cumsum(np.bincount(at, minlength=facts.rows), out=first[1:])
        bits = np.concatenate(when) if when else np.zeros(0, np.uint64)
        return first, np.stack((rules[order], bits[order].view(np.int64)), axis=1)

    def _row_law(self, law_of: Whole) -> Whole:
        """The regime of each row: of a kept part that of its purchase."""
        events, facts = self.history.events, self.history.facts
        found = np.zeros(facts.rows, dtype=np.int64)
        earns = events.what == EARN
        found[events.row[earns]] = law_of[earns]
        return found[facts.of]


def _asking(programme: Programme) -> object:
    """All that decides which rules may fire."""
    asked = sorted((one.priority, one.key, one.when, repr(one.during), one.campaign) for one in programme.rules)
    conditions_told = tuple((one.key, one.condition) for one in programme.rules)
    return tuple(asked), programme.hold_out, programme.key, conditions_told, frozenset(rooms.counted(programme))


def _noon(day: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(date.fromordinal(day), time(12), zone).astimezone(UTC)


def filters_of(programme: Programme) -> list[LineFilter]:
    """The filters of lines that the rules of a programme use."""
    found: list[LineFilter] = [rule.where for rule in programme.rules if rule.where is not None]
    for rule in programme.rules:
        for node in conditions.walk(rule.condition) if rule.condition is not None else ():
            if isinstance(node, conditions.Lines):
                found.append(node.where)
    return found
