"""A history replayed under programmes: every member by what the law would have been, in exact numbers."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple

import numpy as np

from guerdon.core.programme import Programme
from guerdon.insight.simulate import walk
from guerdon.insight.simulate.compiling import Compiled
from guerdon.insight.simulate.history import Whole
from guerdon.insight.simulate.prepared import Prepared, Regimes
from guerdon.insight.simulate.runs import Flow, Run
from guerdon.insight.simulate.tables import NO_LIMIT, Books, Desk, Happened, Rows, Rules
from guerdon.kit import clock

THREADS: Final = 2
Progress = Callable[[int], None]


class Replayed(NamedTuple):
    """What a replay came to, and by unit as arrays of [member, month] what its redemptions cost and how many could not be.

    A redemption of the history for which the points are not there does not happen: it takes nothing and costs nothing,
    and what it would have paid for is not guessed at.
    """

    run: Run
    costs: dict[str, Whole]
    unmet: dict[str, Whole]


def replay(prepared: Prepared, regimes: Regimes, *, advance: Progress = lambda members: None) -> Replayed:
    """Walk the whole history under these regimes. `advance` is told how many members are done."""
    ready = _Ready(prepared, regimes)
    books = ready.books()
    if not ready.walk(books, advance):
        books = ready.books()
        ready.walk_in_turn(books)
    ready.close(books)
    assert not books.odd.any(), "a return gave points, which the loops do not know"
    costs = {unit: books.cost[place] for place, unit in enumerate(prepared.units)}
    unmet = {unit: books.unmet[place] for place, unit in enumerate(prepared.units)}
    return Replayed(_run(prepared, books), costs, unmet)


def replay_many(
    prepared: Prepared, many: Sequence[Regimes], *, advance: Progress = lambda members: None
) -> list[Replayed]:
    """The same under each of several; what does not differ between them is found once."""
    return [replay(prepared, regimes, advance=advance) for regimes in many]


class _Ready:
    """All arrays of one replay."""

    def __init__(self, prepared: Prepared, regimes: Regimes) -> None:
        self.prepared = prepared
        rooms = prepared.asked.rooms()
        programmes = [one.programme for one in regimes]
        self.compiled = compiled = Compiled(programmes, prepared.units, prepared.filters, rooms)
        law_of = prepared.laws(regimes)
        events, baskets = prepared.history.events, prepared.baskets
        way = prepared.ways(regimes, law_of)
        may_first, may, when = prepared.may(regimes, law_of)
        self.told = Happened(
            events.first, events.what, events.row, law_of, events.at, events.posted, prepared.month, events.of, events.unit,
            events.points, events.cost, prepared.pair, prepared.keep, np.stack(prepared.asked.windows).astype(np.int32),
        )  # fmt: skip
        self.rows = Rows(
            baskets.first, baskets.sign, baskets.amount, baskets.pieces, baskets.passes, baskets.earns, way.up, way.down,
            way.piece, way.spend, may_first, may, when,
        )  # fmt: skip
        self.lives = prepared.lives(list(compiled.lives))
        self.until = clock.micros(prepared.history.until)
        _check_size(self.rows, compiled, programmes)

    def walk(self, books: Books, advance: Progress) -> bool:
        """Walk member by member in several threads; whether no budget came near its end, so that no turn mattered."""
        first, rules = self.told.first, self.compiled.rules
        people = len(first) - 1
        endless = rules._replace(budget_most=np.full(len(rules.budget_most), NO_LIMIT, dtype=np.int64))
        cuts = np.linspace(0, people, min(people, 8 * THREADS) + 1).astype(int).tolist()
        every = np.arange(self.prepared.history.events.rows)

        def some(low: int, high: int) -> tuple[int, Whole]:
            own = books._replace(spent=np.zeros_like(books.spent))
            self._walk(every[first[low] : first[high]], endless, own)
            return high - low, own.spent

        with ThreadPoolExecutor(THREADS) as pool:
            for done, spent in pool.map(some, cuts[:-1], cuts[1:]):
                books.spent[:] += spent
                advance(done)
        limited = rules.budget >= 0
        # A rule may have given nearly one point more before it was rounded.
        return bool((books.spent[rules.budget[limited]] + 1 <= rules.budget_most[limited]).all())

    def walk_in_turn(self, books: Books) -> None:
        """Walk in the order of the journal."""
        self._walk(self.prepared.in_turn, self.compiled.rules, books)

    def _walk(self, order: Whole, rules: Rules, books: Books) -> None:
        walk.walk(
            order, self.prepared.member, self.prepared.history.month_starts, self.told, self.rows, rules,
            self.compiled.laws, self.lives, books, self.desk(),
        )  # fmt: skip

    def close(self, books: Books) -> None:
        """What time has done by the end of the history."""
        walk.close(self.until, self.prepared.history.month_starts, len(self.compiled.units), books)

    def books(self) -> Books:
        """Empty books, with room for all lots that may come."""
        history, compiled, kept = self.prepared.history, self.compiled, max(1, self.prepared.kept)
        people, units, months = len(history.people), len(compiled.units), len(history.months)
        each = np.diff(history.events.first)
        room = (each[:, None] * compiled.lives_most()[None, :]).reshape(-1)
        first = np.zeros(len(room) + 1, dtype=np.int64)
        np.cumsum(room, out=first[1:])
        size, rules = int(first[-1]) + 1, max(1, compiled.count)

        def flow() -> Whole:
            return np.zeros((units, people, months), dtype=np.int64)

        return Books(
            np.zeros(compiled.slots.size + 1, np.int64), np.zeros(len(compiled.budgets) + 1, np.int64),
            np.zeros((people, units), np.int32), first, np.empty(size, np.int32), np.empty(size, np.int64),
            np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64),
            np.zeros((people, units), np.int64), flow(), flow(), flow(), flow(), flow(), flow(),
            np.zeros(people, np.int64),
            np.zeros((kept, rules), np.int32), np.zeros((kept, rules), np.int64), np.zeros(kept, np.int32),
            np.zeros((kept, units), np.int64), np.zeros((kept, units), np.int64), np.zeros((kept, units), np.int64),
            np.zeros((kept, units), np.int64),
        )  # fmt: skip

    def desk(self) -> Desk:
        """Room for one thread to work in."""
        rules, parts = max(1, self.compiled.count), max(1, len(self.compiled.rules.owner))
        units = len(self.compiled.units)

        def codes(size: int) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
            return np.zeros(size, dtype=np.int32)

        def wholes(size: int) -> Whole:
            return np.zeros(size, dtype=np.int64)

        return Desk(
            codes(rules), codes(rules), codes(rules), codes(parts), codes(units + 1), wholes(parts), wholes(parts),
            codes(rules), wholes(rules), wholes(max(rules, parts)), codes(rules), wholes(rules), codes(rules),
            np.zeros(units, np.bool_), np.zeros(rules, np.bool_), np.zeros(rules, np.bool_), wholes(units),
        )  # fmt: skip


def _run(prepared: Prepared, books: Books) -> Run:
    history = prepared.history
    spent = np.zeros((len(history.people), len(history.months)), dtype=np.int64)
    np.add.at(spent, (prepared.member, prepared.month), history.events.spent)
    flows: dict[str, Flow] = {}
    for place, unit in enumerate(prepared.units):
        issued, redeemed, expired = books.issued[place], books.redeemed[place], books.expired[place]
        left = np.cumsum(issued - redeemed - expired + books.other[place], axis=1)
        flows[unit] = Flow(issued, redeemed, expired, left)
    members = tuple(one.account for one in history.people)
    return Run(members, history.months, spent, flows, books.cost.sum(axis=0), {})


def _check_size(rows: Rows, compiled: Compiled, programmes: Sequence[Programme]) -> None:
    """Numbers that could grow out of a machine word are refused, not cut off."""
