"""The best scenario that keeps within limits: first of the grid, then between its points, and why not a better one."""

from collections.abc import Sequence
from typing import Final

import msgspec

from guerdon.core import sweeping
from guerdon.core.documents import Mapping
from guerdon.core.sweeping import BUDGET, Goal, Limit, Value
from guerdon.insight.simulate import grids, sweeps
from guerdon.insight.simulate.answers import Metrics
from guerdon.insight.simulate.bootstrap import Advance
from guerdon.insight.simulate.sweeps import Point, Replay, Scale, Sweep

ROUNDS: Final = 12  # of halving the steps


class Broken(msgspec.Struct, frozen=True):
    """A limit that a scenario breaks: what the scenario came to, and by how much that is too much or too little."""

    limit: Limit
    found: int | None
    beyond: int


class Without(msgspec.Struct, frozen=True):
    """The best choice if one limit were not there; None where nothing better would be possible then."""

    limit: Limit
    excludes: int  # how many scenarios break this limit and no other
    best: Point | None


class Choice(msgspec.Struct, frozen=True):
    """What is best. `best` is None where no scenario keeps all limits.

    `wished` is the best of all scenarios whatever the limits, where that is another one, and `broken` says what
    excluded it. `refined` says that the choice lies between the points of the grid.
    """

    goals: tuple[Goal, ...]
    limits: tuple[Limit, ...]
    best: Point | None
    refined: bool
    replays: int  # of the search between the points
    wished: Point | None
    broken: tuple[Broken, ...]
    without: tuple[Without, ...]
    tried: tuple[Point, ...]  # between the points of the grid, in the order in which they were tried


def choose(
    replay: Replay,
    scale: Scale,
    document: Mapping,
    found: Sweep,
    goals: Sequence[Goal],
    limits: Sequence[Limit] = (),
    *,
    budget: int = BUDGET,
    advance: Advance = lambda _: None,
) -> Choice:
    """The best of a sweep, refined by trying values half-way to the neighbours of what is best so far.

    The goals count in their order, a later one where all before it are equal, and then the order of the grid. All
    neighbours along all axes are tried in one go, the best that keeps the limits is the next centre, and where there is
    none the steps are halved; no more is replayed than `budget`. Raises `metric_unknown`.
    """
    for name in (*(goal.metric for goal in goals), *(limit.metric for limit in limits)):
        sweeping.known(name)
    best = _best(found.points, goals, limits)
    search = _Search(replay, scale, document, found, goals, limits, budget, advance)
    refined = None if best is None else search.run(best)
    everything = (*found.points, *search.tried)
    wished = _best(everything, goals, ())
    chosen = refined or best
    if wished is not None and chosen is not None and _rank(chosen, goals) <= _rank(wished, goals):
        wished = None
    return Choice(
        tuple(goals), tuple(limits), chosen, refined is not None, len(search.tried), wished,
        () if wished is None else broken(wished.metrics, limits),
        tuple([_without(everything, goals, limits, one, chosen) for one in limits]), tuple(search.tried),
    )  # fmt: skip


def broken(metrics: Metrics, limits: Sequence[Limit]) -> tuple[Broken, ...]:
    """Which limits a scenario breaks, and by how much."""
    found = [(one, getattr(metrics, one.metric)) for one in limits]
    return tuple([Broken(one, had, by) for one, had in found if (by := one.beyond(had)) is not None])


def _rank(point: Point, goals: Sequence[Goal]) -> tuple[float, ...]:
    return tuple([sweeps.score(point.metrics, goal) for goal in goals])


def _best(points: Sequence[Point], goals: Sequence[Goal], limits: Sequence[Limit]) -> Point | None:
    """The first of the best points that keep all limits."""
    kept = [one for one in points if not broken(one.metrics, limits)]
    return min(kept, key=lambda one: _rank(one, goals), default=None)


def _without(
    points: Sequence[Point], goals: Sequence[Goal], limits: Sequence[Limit], limit: Limit, chosen: Point | None
) -> Without:
    others = [one for one in limits if one != limit]
    excluded = [one for one in points if not broken(one.metrics, others) and broken(one.metrics, [limit])]
    best = _best(points, goals, others)
    better = best is not None and (chosen is None or _rank(best, goals) < _rank(chosen, goals))
    return Without(limit, len(excluded), best if better else None)


class _Search:
    """Tries values between those of the grid, around the best so far, in smaller and smaller steps."""

    def __init__(  # noqa: PLR0917 - it is the one call of `choose`, kept
        self,
        replay: Replay,
        scale: Scale,
        document: Mapping,
        found: Sweep,
        goals: Sequence[Goal],
        limits: Sequence[Limit],
        budget: int,
        advance: Advance,
    ) -> None:
        self.replay, self.scale, self.document = replay, scale, document
        self.axes, self.goals, self.limits = found.axes, goals, limits
        self.left, self.advance = budget, advance
        self.seen = {one.values for one in found.points} | {one.values for one in found.refused}
        self.values: list[list[Value]] = [list(axis.values) for axis in self.axes]
        self.tried: list[Point] = []

    def run(self, best: Point) -> Point | None:
        """The best that is found between the points; None where none is better."""
        start = best
        for _ in range(ROUNDS):
            made = self._neighbours(best)
            if not made or self.left <= 0:
                break
            for one, metrics in sweeps.measured(self.replay, self.scale, made, self.advance):
                self.tried.append(Point(one.values, metrics))
            best = _best((best, *self.tried), self.goals, self.limits) or best
        return None if best == start else best

    def _neighbours(self, best: Point) -> list[grids.Scenario]:
        """What lies half-way to the next value on either side of every axis, as far as there is room for replays."""
        found = []
        for place in range(len(self.axes)):
            for value in self._halves(place, best.values[place]):
                values = (*best.values[:place], value, *best.values[place + 1 :])
                if values in self.seen:
                    continue
                self.seen.add(values)
                made = grids.scenario(self.document, self.axes, values)
                if made.programme is not None and self.left > 0:
                    self.left -= 1
                    found.append(made)
        return found

    def _halves(self, place: int, value: Value) -> list[Value]:
        """The values half-way to the nearest known ones below and above, which are known from now on."""
        own = grids.number(value)
        if own is None:
            return []
        numbers = [(number, one) for one in self.values[place] if (number := grids.number(one)) is not None]
        below = max((one for one in numbers if one[0] < own), default=None)
        above = min((one for one in numbers if one[0] > own), default=None)
        halves = [grids.between(one[1], value) for one in (below, above) if one is not None]
        found: list[Value] = [one for one in halves if one is not None]
        self.values[place] += found
        return found
