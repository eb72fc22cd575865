"""A history replayed under programmes: every member by what the law would have been, in exact numbers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import Final, NamedTuple

import numpy as np

from guerdon.core import conditions, effects
from guerdon.core.programme import Programme
from guerdon.core.rules import Rule
from guerdon.insight.simulate import walk
from guerdon.insight.simulate.baskets import WHAT_IF_TOO_LARGE, Counted
from guerdon.insight.simulate.compiling import Compiled, denominator
from guerdon.insight.simulate.prepared import Prepared, Regimes
from guerdon.insight.simulate.runs import Flow, Run
from guerdon.insight.simulate.scope import WHAT_IF_UNKNOWN
from guerdon.insight.simulate.tables import (
    BUDGET,
    BUDGET_MOST,
    EXPIRED,
    FIXED,
    ISSUED,
    LOTS_FROM,
    NO_LIMIT,
    OTHER,
    REDEEMED,
    REWARDS,
    UNMET,
    Books,
    Desk,
    Rules,
    Told,
    Whole,
)  # fmt: skip
from guerdon.kit import clock

THREADS: Final = 2
Progress = Callable[[int], None]


class Replayed(NamedTuple):
    """What a replay came to; by unit, as arrays of [member, month], what redemptions cost and how many could not be.

    A redemption of the history for which the points are not there does not happen: it takes nothing and costs nothing,
    and what it would have paid for is not guessed at.
    """

    run: Run
    costs: dict[str, Whole]
    unmet: dict[str, Whole]


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
    if books.odd.any():  # a return after which the kept part earns more than before
        raise WHAT_IF_UNKNOWN(found="restore", count=int(books.odd.sum()))
    return _replayed(prepared, books)


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
        self.compiled = compiled = Compiled(programmes, prepared.units, prepared.filters, rooms)
        may_first, may = prepared.may(regimes, law_of)
        self.told = Told(
            prepared.events(regimes), prepared.windows, _rows(prepared.baskets.first, way, may_first),
            prepared.table, prepared.baskets.passes, prepared.baskets.kinds, may, prepared.history.month_starts,
        )  # fmt: skip
        self.rules = Rules(
            compiled.rules, compiled.limits, compiled.parts, compiled.steps, compiled.laws, compiled.units_told,
            prepared.lives(list(compiled.lives)),
        )  # fmt: skip

    def walk(self, books: Books, advance: Progress) -> bool:
        """Walk member by member in several threads; whether no budget came near its end, so that no turn mattered."""
        first, rules = self.prepared.history.events.first, self.rules.rules
        people = len(first) - 1
        endless = rules.copy()
        endless[:, BUDGET_MOST] = NO_LIMIT
        free = self.rules._replace(rules=endless)
        cuts = np.linspace(0, people, min(people, 8 * THREADS) + 1).astype(int).tolist()
        every = np.arange(self.prepared.history.events.rows)

        def some(low: int, high: int) -> tuple[int, Whole]:
            own = books._replace(spent=np.zeros_like(books.spent))
            walk.walk(every[first[low] : first[high]], self.told, free, own, self.desk())
            return high - low, own.spent

        with ThreadPoolExecutor(THREADS) as pool:
            for done, spent in pool.map(some, cuts[:-1], cuts[1:]):
                books.spent[:] += spent
                advance(done)
        limited = rules[rules[:, BUDGET] >= 0]
        # A rule may have given nearly one point more before it was rounded.
        return bool((books.spent[limited[:, BUDGET]] + 1 <= limited[:, BUDGET_MOST]).all())

    def walk_in_turn(self, books: Books) -> None:
        """Walk in the order of the journal."""
        walk.walk(self.prepared.in_turn, self.told, self.rules, books, self.desk())

    def close(self, books: Books) -> None:
        """What time has done by the end of the history."""
        walk.close(clock.micros(self.prepared.history.until), self.prepared.history.month_starts, books)

    def books(self) -> Books:
        """Empty books, with room for all lots that may come."""
        history, compiled, kept = self.prepared.history, self.compiled, max(1, self.prepared.kept)
        people, units, rules = len(history.people), len(compiled.units), max(1, len(compiled.rules))
        room = np.diff(history.events.first)[:, None] * compiled.lots_most()[None, :]
        purses = np.zeros((people, units, 3), dtype=np.int64)
        purses[:, :, LOTS_FROM] = (np.cumsum(room) - room.reshape(-1)).reshape(room.shape)
        return Books(
            _empty(compiled.slots + 1), _empty(len(compiled.budgets) + 1), purses,
            self.prepared.lots(int(room.sum()) + 1), _empty(6, units, people, len(history.months)),
            _empty(people), _empty(kept, rules, 2), _empty(kept, units, 4), _empty(kept),
        )  # fmt: skip

    def desk(self) -> Desk:
        """Room for one thread to work in."""
        rules, parts = max(1, len(self.compiled.rules)), max(1, len(self.compiled.parts))
        units = len(self.compiled.units)
        return Desk(
            _empty(3, rules),
            _empty(rules, 4),
            _empty(parts, 4),
            _empty(units + 1, 3),
            _empty(rules, 4),
            _empty(units * (FIXED + 1)),
        )


def _rows(first: Whole, way: Counted, may_first: Whole) -> Whole:
    """What rules see of each row, with one row more for where the last one ends."""
    shares = [np.append(share, 0) for share in way.shares]
    return np.stack((first, *shares, may_first), axis=1)


def _empty(*shape: int) -> Whole:
    return np.zeros(shape, dtype=np.int64)


def _replayed(prepared: Prepared, books: Books) -> Replayed:
    history, flows = prepared.history, books.flows
    left = np.cumsum(flows[ISSUED] - flows[REDEEMED] - flows[EXPIRED] + flows[OTHER], axis=2)
    by_unit = {
        unit: Flow(flows[ISSUED, place], flows[REDEEMED, place], flows[EXPIRED, place], left[place])
        for place, unit in enumerate(prepared.units)
    }
    return Replayed(
        Run(prepared.accounts, history.months, prepared.spent, by_unit, flows[REWARDS].sum(axis=0), {}),
        {unit: flows[REWARDS, place] for place, unit in enumerate(prepared.units)},
        {unit: flows[UNMET, place] for place, unit in enumerate(prepared.units)},
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
