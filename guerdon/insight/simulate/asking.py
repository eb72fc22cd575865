"""What conditions of rules hold of each row of a history: all at once, and each question only once."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from guerdon.core import conditions, matching
from guerdon.core.conditions import Condition, LineFilter
from guerdon.core.hold_out import is_held_out
from guerdon.core.programme import Programme
from guerdon.insight.simulate import columns
from guerdon.insight.simulate.baskets import Baskets, Counted, Yes, summed
from guerdon.insight.simulate.history import EARN, RETURN, SPANS, History, Whole

Bits = NDArray[np.uint64]
_EPOCH: Final = date(1970, 1, 1).toordinal()
TIERS_ASKED_MAX: Final = 6  # different questions for tiers in one rule: their answers are the bits of a word
_ALL: Final = np.uint64(2**64 - 1)


class Asked:
    """The answers of one history. Questions for tiers stay open: what a condition comes to is told for every answer."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.facts = history.facts
        events = history.events
        told = (events.what == EARN) | (events.what == RETURN)
        self._event_of = np.zeros(self.facts.rows, dtype=np.int64)
        answered = np.nonzero(events.what == EARN)[0]
        self._event_of[events.row[answered]] = answered
        self._event_of = self._event_of[self.facts.of]
        self._member = np.repeat(np.arange(len(history.people)), np.diff(events.first))
        self._kind = np.full(events.rows, -3, dtype=np.int64)
        self._kind[answered] = self.facts.kind[events.row[answered]]
        self._returned = (events.what == RETURN) & told
        self._day = columns.local(events.at, ZoneInfo(history.zone_key))[0].astype(np.int64)
        self.windows = self._windows()
        self._known: dict[object, Yes] = {}

    def _windows(self) -> tuple[Whole, ...]:
        """By span, the number of the window of its member that each row falls into."""
        day = self.facts.day.astype(np.int64)
        dates = (day - _EPOCH).astype("datetime64[D]")
        months = dates.astype("datetime64[M]").astype(np.int64)
        found = []
        for one in (day, (day - 1) // 7, months, months // 3, months // 12):
            _, place = np.unique(self.facts.member.astype(np.int64) * 4_000_000 + one, return_inverse=True)
            found.append(place.reshape(-1).astype(np.int64))
        return (*found, self.facts.member.astype(np.int64))

    def rooms(self) -> list[int]:
        """By span, how many windows there are."""
        return [int(one.max(initial=-1)) + 1 for one in self.windows[:-1]] + [len(self.history.people)]

    # --- what holds ---

    def within(self, start: int, until: int) -> Yes:
        """Whether a row happened in a period."""
        return (self.facts.at >= start) & (self.facts.at < until)

    def of_kind(self, kinds: Sequence[str]) -> Yes:
        found: Yes = np.isin(self.facts.kind, [self.history.code(kind) for kind in kinds])
        return found

    def held_out(self, programme: Programme) -> Yes:
        """Whether the member of a row is held out of the campaigns of a programme."""
        said = programme.hold_out
        return self._of_people([is_held_out(said, programme.key, one.account) for one in self.history.people])

    def table(self, condition: Condition | None, scene: "Scene") -> Bits:
        """For every row, for which answers to its questions for tiers (bit by bit) a condition holds."""
        if condition is None:
            return np.full(self.facts.rows, _ALL)
        leaves = tier_leaves(condition, scene.programme)
        if not leaves:
            return np.where(self.holds(condition, scene, {}), _ALL, np.uint64(0))
        found = np.zeros(self.facts.rows, dtype=np.uint64)
        for answers in range(2 ** len(leaves)):
            said: dict[Condition, bool] = {leaf: bool(answers >> place & 1) for place, leaf in enumerate(leaves)}
            found |= self.holds(condition, scene, said).astype(np.uint64) << np.uint64(answers)
        return found

    def holds(self, node: Condition, scene: "Scene", said: dict[Condition, bool]) -> Yes:
        """Whether a condition holds of each row."""
        if isinstance(node, conditions.All):
            return _joined(np.logical_and, [self.holds(part, scene, said) for part in node.of], True, self.facts.rows)
        if isinstance(node, conditions.Any):
            return _joined(np.logical_or, [self.holds(part, scene, said) for part in node.of], False, self.facts.rows)
        if isinstance(node, conditions.Not):
            return ~self.holds(node.of, scene, said)
        if node in said:
            return np.full(self.facts.rows, said[node])
        if isinstance(node, conditions.Is) and node.what == "membership" and scene.programme.plans:
            return np.full(self.facts.rows, not node.any_of)  # who has ever joined did nothing afterwards: see `scope`
        name = (
            node,
            scene.earning if isinstance(node, conditions.Basket | conditions.Lines) else None,
            scene.counts(node),
        )
        if name not in self._known:
            self._known[name] = self._leaf(node, scene)
        return self._known[name]

    def _leaf(self, node: Condition, scene: "Scene") -> Yes:
        facts = self.facts
        if isinstance(node, conditions.Is):
            return self._is(node)
        if isinstance(node, conditions.Basket | conditions.Lines):
            return scene.reaches(node)
        if isinstance(node, conditions.Dates):
            start = node.start.toordinal() if node.start else 0
            until = node.until.toordinal() if node.until else 10_000_000
            return (facts.day >= start) & (facts.day < until)
        if isinstance(node, conditions.Weekday):
            weekdays: Yes = np.isin((facts.day - 1) % 7 + 1, list(node.any_of))
            return weekdays
        if isinstance(node, conditions.Hour):
            after, before = facts.minute >= node.start, facts.minute < node.until
            return after & before if node.start <= node.until else after | before
        if isinstance(node, conditions.Fact | conditions.Attribute | conditions.BirthdayMonth):
            return self._about(node)
        return self._before(node, scene)

    def _about(self, node: conditions.Fact | conditions.Attribute | conditions.BirthdayMonth) -> Yes:
        """What facts and members say of themselves."""
        facts, people = self.facts, self.history.people
        if isinstance(node, conditions.BirthdayMonth):
            months = (facts.day.astype(np.int64) - _EPOCH).astype("datetime64[D]").astype("datetime64[M]")
            born = np.array([one.birthday_month or 0 for one in people])[facts.member]
            found: Yes = months.astype(np.int64) % 12 + 1 == born
            return found
        holds = matching.named(node)
        if isinstance(node, conditions.Attribute):
            return self._of_people([holds(one.attributes.get(node.name)) for one in people])
        return np.array([holds(told.get(node.name)) for told in self.history.told], dtype=np.bool_)[facts.told]

    def _of_people(self, found: list[bool]) -> Yes:
        return np.array(found, dtype=np.bool_)[self.facts.member]

    def _is(self, node: conditions.Is) -> Yes:
        facts, any_of, none_of = self.facts, node.any_of, node.none_of
        if node.what in ("segment", "tier", "membership"):
            found = []
            for one in self.history.people:
                said = one.attributes.get(node.what)
                words = one.segments if node.what == "segment" else frozenset((said,) if isinstance(said, str) else ())
                found.append((not any_of or not any_of.isdisjoint(words)) and none_of.isdisjoint(words))
            return self._of_people(found)
        wanted, refused = ([self.history.code(word) for word in words] for words in (any_of, none_of))
        if node.what == "tender":
            paid = np.ones(facts.rows, dtype=np.bool_)
            if any_of:
                paid = _any(facts.tender_first, facts.tender, wanted, facts.of)
            return paid & ~_any(facts.tender_first, facts.tender, refused, facts.of)
        codes = getattr(facts, node.what)
        passes: Yes = np.isin(codes, wanted) if any_of else np.ones(facts.rows, dtype=np.bool_)
        passes &= ~np.isin(codes, refused)
        return passes

    # --- what was before ---

    def _before(self, node: Condition, scene: "Scene") -> Yes:
        if isinstance(node, conditions.First):
            first: Yes = self.number(node.kind) == 0
            return first
        if isinstance(node, conditions.Nth):
            number = self.number(None) + 1
            nth: Yes = number % node.n == 0 if node.every else number == node.n
            return nth
        if isinstance(node, conditions.DaysSince):
            last = self._last(node.kind)
            long_ago: Yes = (last > 0) & (self.facts.day - last >= node.days_min)
            return long_ago
        assert isinstance(node, conditions.Counter)
        value = self._so_far(node, scene)
        most = np.iinfo(np.int64).max if node.max is None else node.max
        within: Yes = (value >= (node.min or 0)) & (value <= most)
        return within

    def _of(self, kind: str) -> Yes:
        """Which events are of a kind."""
        found: Yes = self._returned if kind == "return" else self._kind == self.history.code(kind)
        return found

    def _by_kind(self, kind: str | None, answer: Callable[[str], Whole]) -> Whole:
        """The answer for a kind, or for each row that for its own."""
        if kind is not None:
            return answer(kind)
        found = np.zeros(self.facts.rows, dtype=np.int64)
        for code in np.unique(self.facts.kind).tolist():
            mine = self.facts.kind == code
            found[mine] = answer(self.history.words[code])[mine]
        return found

    def number(self, kind: str | None) -> Whole:
        """How many activities of a kind, or of its own, the member of each row had before."""

        def answer(one: str) -> Whole:
            sums = np.zeros(self.history.events.rows + 1, dtype=np.int64)
            np.cumsum(self._of(one), out=sums[1:])
            found: Whole = (sums[:-1] - sums[self.history.events.first[:-1]][self._member])[self._event_of]
            return found

        return self._by_kind(kind, answer)

    def _last(self, kind: str | None) -> Whole:
        """The latest local day of an activity of the kind before each row; 0 where there was none."""

        def answer(one: str) -> Whole:
            base = self._member * 4_000_000
            latest = np.maximum.accumulate(base + np.where(self._of(one), self._day, 0))
            before = np.zeros(len(latest), dtype=np.int64)
            before[1:] = latest[:-1]
            found: Whole = np.maximum(0, before - base)[self._event_of]
            return found

        return self._by_kind(kind, answer)

    def _so_far(self, node: conditions.Counter, scene: "Scene") -> Whole:
        """How often, or how much, so far in the window of each row."""
        kind = node.what.removeprefix("count:")
        if node.period == "lifetime" and node.what != "spend":
            return self.number(kind)
        told = self.facts.of == np.arange(self.facts.rows)
        adds = np.where(told & scene.counting(node), scene.counted_all.spend if node.what == "spend" else 1, 0)
        adds = np.where(self.facts.kind == self.history.code("purchase" if node.what == "spend" else kind), adds, 0)
        window = self.windows[SPANS.index(node.period)]
        order = np.lexsort((self._event_of, window))
        sums = np.cumsum(adds[order]) - adds[order]
        begins = np.ones(len(order), dtype=np.bool_)
        begins[1:] = window[order][1:] != window[order][:-1]
        sums -= np.maximum.accumulate(np.where(begins, sums, 0))  # sums only grow, so each group has its start
        found = np.empty(len(order), dtype=np.int64)
        found[order] = sums
        return found[self.facts.of]


class Scene:
    """How the rows count under one programme: its way to earn, and when its questions began to be counted."""

    def __init__(
        self, history: History, programme: Programme, baskets: Baskets, own: Counted, whole: Counted,
        filters: dict[LineFilter | None, int], counting: Callable[[conditions.Counter], tuple[object, Yes]],
    ) -> None:  # fmt: skip
        self.programme = programme
        self.earning = programme.earning
        self.baskets = baskets
        self.own = own
        self.counted_all = whole
        self._facts = history.facts
        self._filters = filters
        self._counting = counting

    def counts(self, node: Condition) -> object:
        """What else than the node itself its answer depends on."""
        return self._counting(node)[0] if isinstance(node, conditions.Counter) else None

    def counting(self, node: conditions.Counter) -> Yes:
        """The rows under whose law the counter was looked at, and so moved."""
        return self._counting(node)[1]

    def reaches(self, node: conditions.Basket | conditions.Lines) -> Yes:
        """Whether the lines under the filter reach all three."""
        number = self._filters[node.where] if isinstance(node, conditions.Lines) else self._filters[None]
        which = self.baskets.passes[:, number] & self.own.earns[self.baskets.kinds]
        amount = summed(self.baskets, self.baskets.amount, which) * self.own.up
        pieces = summed(self.baskets, self.baskets.pieces, which) * self._facts.up
        enough = (amount >= node.amount_min * self.own.down) & (pieces >= node.quantity_min * self._facts.down)
        return enough & (summed(self.baskets, self.baskets.lines, which) >= node.lines_min)


def tier_leaves(condition: Condition, programme: Programme) -> list[conditions.Is]:
    """The different questions for tiers in a condition; where there are no ladders they are for an attribute."""
    if not programme.tiers:
        return []
    found = [one for one in conditions.walk(condition) if isinstance(one, conditions.Is) and one.what == "tier"]
    return list(dict.fromkeys(found))


def _joined(how: "np.ufunc", parts: list[Yes], empty: bool, rows: int) -> Yes:
    found: Yes = how.reduce(parts) if parts else np.full(rows, empty)
    return found


def _any(first: Whole, codes: "NDArray[np.int32]", wanted: list[int], of: "NDArray[np.int32]") -> Yes:
    sums = np.zeros(len(codes) + 1, dtype=np.int64)
    np.cumsum(np.isin(codes, wanted), out=sums[1:])
    found: Yes = (sums[first[1:]] - sums[first[:-1]] > 0)[of]
    return found
