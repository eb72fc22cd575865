"""A history replayed under programmes: every member by what the law would have been, in exact numbers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import Final, NamedTuple

import numpy as np

from guerdon.core import conditions, effects
from guerdon.core.programme import Programme
from guerdon.core.rules import Rule
from guerdon.insight.simulate import climbing, linking, walk
from guerdon.insight.simulate.baskets import WHAT_IF_TOO_LARGE, Counted
from guerdon.insight.simulate.compiling import Compiled, denominator
from guerdon.insight.simulate.history import GRANT, NO_CLIMBS, Climbs
from guerdon.insight.simulate.ladders import Rungs, room
from guerdon.insight.simulate.prepared import Prepared, Regimes
from guerdon.insight.simulate.runs import Flow, Run
from guerdon.insight.simulate.scope import WHAT_IF_UNKNOWN
from guerdon.insight.simulate.tables import (
    BUDGET,
    BUDGET_MOST,
    CONVERTS,
    DAYS_FIRST,
    DAYS_MOST,
    EXPIRED,
    FIXED,
    GRANTS_FIRST,
    ISSUED,
    LOTS_FROM,
    NO_LIMIT,
    OTHER,
    REDEEMED,
    REWARDS,
    S_CAUSE,
    S_GRACE,
    S_LEVEL,
    S_REVIEW,
    S_SINCE,
    STEPS_BOOKED,
    STEPS_FIRST,
    STEPS_MOST,
    UNMET,
    Books,
    Climbed,
    Desk,
    Ladders,
    Links,
    Rules,
    Told,
    Whole,
)  # fmt: skip
from guerdon.kit import clock

THREADS: Final = 2
# What the loops may come upon and do not know, in the order of their columns.
ODD: Final = ("restore", "tier_steps", "tier_upgraded")
Progress = Callable[[int], None]


class Replayed(NamedTuple):
    """What a replay came to; by unit, as arrays of [member, month], what redemptions cost and how many could not be.

    A redemption of the history for which the points are not there does not happen: it takes nothing and costs nothing,
    and what it would have paid for is not guessed at.
    """

    run: Run
    costs: dict[str, Whole]
    unmet: dict[str, Whole]
    climbs: Climbs = NO_CLIMBS


def replay(prepared: Prepared, regimes: Regimes, *, advance: Progress = lambda members: None) -> Replayed:
    """Walk the whole history under these regimes. `advance` is told how many members are done.

    Raises `what_if_too_large`, and `what_if_unknown` where a return would give points again.
    """
    ready = _Ready(prepared, regimes)
    books = ready.books()
    if not ready.walk(books, advance):
        books = ready.books()
        ready.walk_in_turn(books)
    ready.close(books)
    ready.check(books)
    return _replayed(prepared, ready, books)


def replay_many(
    prepared: Prepared, many: Iterable[Regimes], *, advance: Progress = lambda members: None
) -> Iterator[Replayed]:
    """The same under each of several, one after the other; what does not differ between them is found once."""
    for regimes in many:
        yield replay(prepared, regimes, advance=advance)


class _Ready:
    """All tables of one replay."""

    def __init__(self, prepared: Prepared, regimes: Regimes) -> None:
        self.prepared = prepared
        programmes = [one.programme for one in regimes]
        law_of = prepared.laws(regimes)
        way = prepared.ways(regimes, law_of)
        _check_size(prepared, way, programmes)
        rooms = prepared.asked.rooms()
        units = {unit: place for place, unit in enumerate(prepared.units)}
        self.rungs = rungs = Rungs(programmes, units, prepared.history)
        drafted = next((place for place, one in enumerate(regimes) if one.version == 0), -1)
        self.compiled = compiled = Compiled(
            programmes, prepared.units, prepared.filters, rooms, rungs, drafted=drafted
        )  # fmt: skip
        may_first, may = prepared.may(regimes, law_of)
        self._check_awaiting(may)
        self.told = Told(
            prepared.events(regimes), prepared.windows, prepared.rows(way, may_first),
            prepared.table, prepared.baskets.passes, prepared.baskets.kinds, may, prepared.history.month_starts,
        )  # fmt: skip
        since = [one.since if one.version == 0 else -1 for one in regimes]
        self.rules = Rules(
            compiled.rules, compiled.limits, compiled.parts, compiled.steps, compiled.laws, compiled.units_told,
            prepared.lives(list(compiled.lives)),
        )  # fmt: skip
        self._ladders = rungs.tables(since, drafted, prepared.levels, prepared.rises)
        self._links: Links | None = None  # of the books at hand

    def _check_awaiting(self, may: Whole) -> None:
        """Refuse points that would wait for an activity. Raises `what_if_unknown`."""
        fired = set(may[:, 0].tolist()) if self.compiled.awaiting else set[int]()
        found = {name: None for rule, name in self.compiled.awaiting.items() if rule in fired}
        if found:
            raise WHAT_IF_UNKNOWN(found=", ".join(found), count=len(found))

    def check(self, books: Books) -> None:
        """Refuse what the loops came upon and do not know. Raises `what_if_unknown`."""
        found = books.odd.sum(axis=0).tolist()
        named = [*ODD, *(f"units.{unit}.converts_at" for unit in self.prepared.units)]
        told = [f"{name} × {count}" for name, count in zip(named, found, strict=True) if count]
        if told:
            raise WHAT_IF_UNKNOWN(found=", ".join(told), count=len(told))

    def walk(self, books: Books, advance: Progress) -> bool:
        """Walk member by member in several threads; whether no budget came near its end, so that no turn mattered."""
        rules = self.rules.rules
        endless = rules.copy()
        endless[:, BUDGET_MOST] = NO_LIMIT
        free = self.rules._replace(rules=endless)

        def some(part: linking.Part) -> tuple[int, Whole]:
            own = books._replace(spent=np.zeros_like(books.spent))
            walk.walk(part.order, self.told, free, self.ladders(), self._links, own, self.desk())
            return part.members, own.spent

        with ThreadPoolExecutor(THREADS) as pool:
            for done, spent in pool.map(some, linking.parts(self.prepared, 8 * THREADS)):
                books.spent[:] += spent
                advance(done)
        limited = rules[rules[:, BUDGET] >= 0]
        # A rule may have given nearly one point more before it was rounded.
        return bool((books.spent[limited[:, BUDGET]] + 1 <= limited[:, BUDGET_MOST]).all())

    def walk_in_turn(self, books: Books) -> None:
        """Walk in the order of the journal."""
        walk.walk(
            self.prepared.in_turn, self.told, self.rules, self.ladders(), self._links, books, self.desk()
        )  # fmt: skip

    def close(self, books: Books) -> None:
        """What time has done by the end of the history."""
        history = self.prepared.history
        until = clock.micros(history.until)
        ladders = self.ladders()
        if ladders is not None:
            law = len(self.rungs.programmes) - 1
            if ladders.drafted >= 0:
                climbing.sleep_on(ladders, books)
            climbing.close(law, until, history.month_starts, ladders, books)
        walk.close(until, history.month_starts, self._links, books)

    def books(self) -> Books:
        """Empty books, with room for all lots that may come."""
        history, compiled, kept = self.prepared.history, self.compiled, max(1, self.prepared.kept)
        people, units, rules = len(history.people), len(compiled.units), max(1, len(compiled.rules))
        most = np.diff(history.events.first) + self.rungs.rises_most(self.prepared.levels)
        lots = most[:, None] * compiled.lots_most()[None, :]
        self._links, lots = linking.links(self.prepared, lots, revives=compiled.revives)
        purses = np.zeros((people, units, 3), dtype=np.int64)
        purses[:, :, LOTS_FROM] = (np.cumsum(lots) - lots.reshape(-1)).reshape(lots.shape)
        return Books(
            _empty(compiled.slots + 1), _empty(len(compiled.budgets) + 1), purses,
            self.prepared.lots(int(lots.sum()) + 1), _empty(6, units, people, len(history.months)),
            _empty(people, CONVERTS + units), _empty(kept, rules, 3), _empty(kept, units, 4), _empty(kept),
            self._climbed(kept),
        )  # fmt: skip

    def _climbed(self, kept: int) -> Climbed:
        """Nobody on any ladder, with room for all steps and days that may come."""
        history, ladders, measures = self.prepared.history, len(self.rungs.ladders), len(self.rungs.measures)
        people = len(history.people)
        steps, days = room(history, self.rungs)
        ranks, filled = _empty(people, ladders, 4), _empty(people, measures, 3)
        ranks[:, :, STEPS_MOST], filled[:, :, DAYS_MOST] = steps[:, None], days[:, None]
        for table, first, most in ((ranks, STEPS_FIRST, STEPS_MOST), (filled, DAYS_FIRST, DAYS_MOST)):
            flat = table[:, :, most].reshape(-1)
            table[:, :, first] = (np.cumsum(flat) - flat).reshape(table.shape[:2])
        given = np.bincount(self.prepared.member[history.events.what == GRANT], minlength=people)
        granted = _empty(people, 2)
        granted[:, GRANTS_FIRST] = np.cumsum(given) - given
        return Climbed(
            ranks, _empty(int(ranks[:, :, STEPS_MOST].sum()), 7), filled, _empty(int(filled[:, :, DAYS_MOST].sum()), 2),
            self.prepared.joined, _empty(people), granted, _empty(kept), _empty(ladders, people, len(history.months)),
        )  # fmt: skip

    def desk(self) -> Desk:
        """Room for one thread to work in."""
        rules, parts = max(1, len(self.compiled.rules)), max(1, len(self.compiled.parts))
        units = len(self.compiled.units)
        return Desk(
            _empty(3, rules),
            _empty(rules, 5),
            _empty(parts, 4),
            _empty(units + 1, 4),
            _empty(rules, 4),
            _empty(units * (FIXED + 1)),
        )

    def ladders(self) -> Ladders | None:
        """The ladders with room for one thread to work in; None where there are none."""
        if not self.rungs.ladders:
            return None
        many, measures, levels = len(self.rungs.ladders), len(self.rungs.measures), len(self.rungs.levels)
        return self._ladders._replace(
            tiers=_empty(many), held=_empty(many), moved=_empty(measures), rose=_empty(1 + (1 + levels) * (1 + many), 2)
        )


def _empty(*shape: int) -> Whole:
    return np.zeros(shape, dtype=np.int64)


def _climbs(ready: _Ready, books: Books) -> Climbs:
    """The steps that were made until the last entry of the journal, as the books have them."""
    ranks = books.climbed.ranks
    counts = ranks[:, :, STEPS_BOOKED].reshape(-1)
    whose = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(whose)) - np.repeat(np.cumsum(counts) - counts, counts)
    steps = books.climbed.steps[ranks[:, :, STEPS_FIRST].reshape(-1)[whose] + place]
    ladders = max(1, ranks.shape[1])
    told = (S_LEVEL, S_SINCE, S_CAUSE, S_REVIEW, S_GRACE)
    rows = np.stack((whose // ladders, whose % ladders, *(steps[:, one] for one in told)), axis=1)
    return Climbs(rows, tuple(ready.rungs.ladders), tuple(ready.rungs.levels))


def _replayed(prepared: Prepared, ready: _Ready, books: Books) -> Replayed:
    history, flows = prepared.history, books.flows
    left = np.cumsum(flows[ISSUED] - flows[REDEEMED] - flows[EXPIRED] + flows[OTHER], axis=2)
    by_unit = {
        unit: Flow(flows[ISSUED, place], flows[REDEEMED, place], flows[EXPIRED, place], left[place])
        for place, unit in enumerate(prepared.units)
    }
    tiers = {key: books.climbed.places[place].astype(np.int16) for key, place in ready.rungs.ladders.items()}
    return Replayed(
        Run(prepared.accounts, history.months, prepared.spent, by_unit, flows[REWARDS].sum(axis=0), tiers),
        {unit: flows[REWARDS, place] for place, unit in enumerate(prepared.units)},
        {unit: flows[UNMET, place] for place, unit in enumerate(prepared.units)},
        _climbs(ready, books),
    )


def _check_size(prepared: Prepared, way: Counted, programmes: Sequence[Programme]) -> None:
    """Refuse what could grow out of a machine word; nothing is ever cut off. Raises `what_if_too_large`."""
    on = prepared.most(way)
    for programme in programmes:
        least = max([1, *[amount for rule in programme.rules for amount in _thresholds(rule)]])
        for unit in programme.units:
            given, factor, bonus = Fraction(1), Fraction(1), Fraction(1)
            for effect in [one for rule in programme.rules for one in rule.then if one.unit == unit]:
                if isinstance(effect, effects.Base):
                    given += effect.rate
                elif isinstance(effect, effects.Multiply):
                    factor *= effect.factor
                else:
                    gives = [effect.give] if isinstance(effect, effects.Fixed) else [one.give for one in effect.steps]
                    bonus += max([0, *gives])
            exact = denominator(programme, unit) * (given * factor + bonus) * 4
            if on * least >= 2**62 or on * exact >= 2**62:
                raise WHAT_IF_TOO_LARGE(unit=unit)


def _thresholds(rule: Rule) -> list[int]:
    """The amounts that are compared with what a basket comes to."""
    found = [step.amount_min for one in rule.then if isinstance(one, effects.Table) for step in one.steps]
    for node in conditions.walk(rule.condition) if rule.condition is not None else ():
        if isinstance(node, conditions.Basket | conditions.Lines):
            found += [node.amount_min, node.quantity_min]
    return found
