"""A sweep: the whole history replayed under every scenario of a grid, each beside today's programme."""

from collections.abc import Callable, Iterator, Sequence

import msgspec
import numpy as np

from guerdon.core.documents import Mapping, Problem
from guerdon.core.programme import Programme
from guerdon.core.sweeping import Axis, Goal, Value, known
from guerdon.insight.simulate import fronts, grids, measures
from guerdon.insight.simulate.answers import Band, Metrics
from guerdon.insight.simulate.bootstrap import Advance, Numbers, Resampling
from guerdon.insight.simulate.grids import Scenario
from guerdon.insight.simulate.measures import WHOLE, Earnings, Side
from guerdon.insight.simulate.runs import Run

Replay = Callable[[Sequence[Programme]], Iterator[Run]]  # in their order; what they share is worked out once


class Point(msgspec.Struct, frozen=True):
    """A scenario that was replayed: its values in the order of the axes, and what it came to."""

    values: tuple[Value, ...]
    metrics: Metrics
    on_front: bool = False


class Refused(msgspec.Struct, frozen=True):
    """A combination that is no programme, and why."""

    values: tuple[Value, ...]
    problem: Problem


class Sweep(msgspec.Struct, frozen=True):
    """Every scenario of the grid, in its order, and what today's programme came to."""

    unit: str
    axes: tuple[Axis, ...]
    goals: tuple[Goal, ...]
    today: Metrics
    points: tuple[Point, ...]
    refused: tuple[Refused, ...] = ()


class Scale:
    """Measures replays against that of today's programme; a replay is forgotten as soon as it is measured."""

    def __init__(self, today: Side, unit: str | None = None, earnings: Earnings | None = None) -> None:
        self.today, self.unit, self.earnings = today, measures.which(today, unit), earnings
        self.issued, self.had = _issued(today), _kept(today)
        self.metrics = self.measure(today)

    def measure(self, side: Side) -> Metrics:
        """What a scenario comes to."""
        found = measures.amounts(side, self.unit)
        units = side.run.flows
        owed = sum(measures.owed(side, unit, int(measures.columns(side.run, unit)[:, 3].sum())) for unit in units)
        issued, had = _issued(side), _kept(side)
        differing = [issued[unit] - self.issued.get(unit, 0) for unit in issued]
        fewer = np.any([one < 0 for one in differing], axis=0)
        more = np.any([one > 0 for one in differing], axis=0) & ~fewer
        kept = float(sum(each.sum() for each in had.values()))
        return Metrics(
            issued=found.issued, redeemed=found.redeemed, expired=found.expired, outstanding=found.outstanding,
            cost=found.cost, liability=owed, burden=found.cost + owed, kept=round(kept),
            worse_off=_share(fewer), better_off=_share(more), losing=int(_total(had, self.had).sum()),
            retained=round((1 - found.expired / found.issued) * WHOLE) if found.issued > 0 else WHOLE,
            roi=self._roi(side),
        )  # fmt: skip

    def bands(self, run: Run, programme: Programme, drawn: Resampling | None = None) -> tuple[Band, ...]:
        """How sure the differences of a scenario are; the same members are drawn for each of them."""
        return measures.bands(self.today, Side(run, programme), self.unit, drawn=drawn, earnings=self.earnings)

    def _roi(self, side: Side) -> int | None:
        cost = float(side.run.cost.sum())
        if self.earnings is None or cost <= 0:
            return None
        return round(float(self.earnings.roi(np.array([float(side.run.spent.sum())]), np.array([cost]))[0]))


def sweep(
    replay: Replay, scale: Scale, document: Mapping, axes: Sequence[Axis], goals: Sequence[Goal] = (),
    *, advance: Advance = lambda _: None,
) -> Sweep:  # fmt: skip
    """Replay every scenario and measure it; those on the Pareto front of the goals are marked.

    Raises `part_unknown`, `vary_twice`, `scenarios_too_many`, `metric_unknown`, and `programme_invalid` where no
    combination is a programme.
    """
    for goal in goals:
        known(goal.metric)
    made = grids.scenarios(document, axes)
    kept = grids.valid(made)
    refused = tuple([Refused(one.values, one.problem) for one in made if one.problem is not None])
    advance(len(refused))
    points = [Point(one.values, found) for one, found in measured(replay, scale, kept, advance)]
    return Sweep(scale.unit, tuple(axes), tuple(goals), scale.metrics, tuple(fronted(points, goals)), refused)


def measured(
    replay: Replay, scale: Scale, made: Sequence[Scenario], advance: Advance = lambda _: None
) -> Iterator[tuple[Scenario, Metrics]]:
    """Scenarios with what they came to, in their order, each as soon as it is replayed."""
    programmes = [one.programme for one in made if one.programme is not None]
    assert len(programmes) == len(made), "only programmes are replayed"
    for one, programme, run in zip(made, programmes, replay(programmes), strict=True):
        yield one, scale.measure(Side(run, programme))
        advance(1)


def score(metrics: Metrics, goal: Goal) -> float:
    """How far a scenario is from what is wanted: less is better, and what can't be said is worst of all."""
    found: int | None = getattr(metrics, goal.metric)
    if found is None:
        return float("inf")
    return float(found) if goal.sense == "least" else -float(found)


def fronted(points: Sequence[Point], goals: Sequence[Goal]) -> list[Point]:
    """The points, those on the front of the goals marked; without goals none is."""
    if not goals or not points:
        return list(points)
    scores = np.array([[score(one.metrics, goal) for goal in goals] for one in points])
    front = fronts.pareto(scores)
    return [msgspec.structs.replace(one, on_front=bool(on)) for one, on in zip(points, front, strict=True)]


def _issued(side: Side) -> dict[str, Numbers]:
    return {unit: flow.issued.sum(axis=1).astype(np.float64) for unit, flow in side.run.flows.items()}


def _kept(side: Side) -> dict[str, Numbers]:
    """What each member was left with of a unit, used or still theirs, in money; in points where no worth is said."""
    found = {}
    for unit in side.run.flows:
        columns = measures.columns(side.run, unit)
        found[unit] = (columns[:, 1] + columns[:, 3]) * float(measures.rate(side, unit) or 1)
    return found


def _total(now: dict[str, Numbers], before: dict[str, Numbers]) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    """Who has less of all units together."""
    units = now.keys() | before.keys()
    less = sum(before.get(unit, np.zeros(1)) - now.get(unit, np.zeros(1)) for unit in sorted(units))
    return np.asarray(less > 1e-6)


def _share(some: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> int:
    return round(float(some.mean()) * WHOLE) if some.size else 0


def idle(found: Sweep) -> list[Axis]:
    """The axes that change no metric, whatever the others are at: what a replay leaves as it was, like prices."""
    told = []
    for place, one in enumerate(found.axes):
        others: dict[tuple[Value, ...], set[Metrics]] = {}
        for point in found.points:
            rest = (*point.values[:place], *point.values[place + 1 :])
            others.setdefault(rest, set()).add(point.metrics)
        if len(one.values) > 1 and all(len(metrics) == 1 for metrics in others.values()):
            told.append(one)
    return told
