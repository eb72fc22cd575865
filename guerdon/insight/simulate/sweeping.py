"""A sweep that somebody asked for, answered: every scenario replayed, the best within limits, and how sure it is."""

import time
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from guerdon.core import closing, edits, limits
from guerdon.core.documents import Mapping
from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.core.sweeping import Sweep as Asked
from guerdon.core.sweeping import Value
from guerdon.features.programmes.queries import Lawbook
from guerdon.insight.simulate import grids, optimiser, sweeps
from guerdon.insight.simulate.answers import Scenario, Swept, Unfit, Varied, Without
from guerdon.insight.simulate.bootstrap import Resampling
from guerdon.insight.simulate.history import History
from guerdon.insight.simulate.measures import Side
from guerdon.insight.simulate.optimiser import Choice
from guerdon.insight.simulate.questions import Progress
from guerdon.insight.simulate.runs import Flow, Run
from guerdon.insight.simulate.stage import Stage
from guerdon.insight.simulate.sweeps import Point, Scale, Sweep


def ask(
    history: History, book: Lawbook, document: Mapping, asked: Asked, *, until: date, as_it_happened: bool,
    progress: Progress,
) -> Swept:  # fmt: skip
    """Replay the whole history under every combination of the values in the document of a programme file.

    It is told up to the month of the day before `until`: a history that was over long ago is looked at where it was.

    Raises the refusals of the gate (`what_if_differs` …), `programme_key_changed`, `unit_unknown`, and
    `programme_invalid` where no combination is a programme.
    """
    began = time.perf_counter()
    made = grids.valid(grids.scenarios(document, asked.vary))
    drafts = [one.programme for one in made if one.programme is not None]
    stage = _Told(
        Stage(history, book, drafts, as_it_happened=as_it_happened, advance=lambda some: progress("gate", some)), until
    )  # fmt: skip
    scale = Scale(stage.today, asked.unit)

    def advance(some: int) -> None:
        progress("draft", some)

    found = sweeps.sweep(stage.replay, scale, document, asked.vary, asked.goals, advance=advance)
    choice = None
    if asked.goals:
        choice = optimiser.choose(
            stage.replay, scale, document, found, asked.goals, asked.limits, budget=asked.budget,
            advance=advance,
        )  # fmt: skip
    scenarios = _scenarios(found, choice, asked)
    best = None if choice is None else _place(scenarios, choice.best)
    banded = _banded(stage, scale, document, asked, scenarios, best, progress)
    return Swept(
        version=book.current(history.until).version, activities=history.facts_told,
        milliseconds=round((time.perf_counter() - began) * 1000), gate=stage.gate, unit=found.unit,
        vary=_varied(found, document), goals=asked.goals, limits=asked.limits, today=found.today,
        scenarios=tuple(banded),
        unfit=tuple([Unfit(values=one.values, path=one.problem.path, reason=one.problem.message)
                     for one in found.refused]),
        best=best, wished=None if choice is None else _place(scenarios, choice.wished),
        without=() if choice is None else _without(choice, scenarios),
    )  # fmt: skip


def replays(asked: Asked, combinations: int) -> int:
    """How many replays there are at most, so that it can be said how far it is."""
    return combinations + (asked.budget if asked.goals else 0)


class _Told:
    """A stage whose runs are told up to a day."""

    def __init__(self, stage: Stage, until: date) -> None:
        self._stage, self._until = stage, until
        self.gate, self.history = stage.gate, stage.history
        self.today = Side(self._cut(stage.today.run), stage.today.programme)

    def replay(self, drafts: Sequence[Programme]) -> Iterator[Run]:
        """What the history comes to under each up to then."""
        return map(self._cut, self._stage.replay(drafts))

    def _cut(self, run: Run) -> Run:
        months = sum(closing.first_day(month) < self._until for month in run.months)
        flows = {unit: Flow(*[each[:, :months] for each in flow]) for unit, flow in run.flows.items()}
        return run._replace(
            months=run.months[:months], spent=run.spent[:, :months], flows=flows, cost=run.cost[:, :months],
            tiers={ladder: each[:, :months] for ladder, each in run.tiers.items()},
        )  # fmt: skip


def _scenarios(found: Sweep, choice: Choice | None, asked: Asked) -> list[Scenario]:
    """Those of the grid, then those between its points; the front is that of all of them."""
    tried = () if choice is None else choice.tried
    points = sweeps.fronted((*found.points, *tried), asked.goals)
    return [
        Scenario(
            values=one.values, metrics=one.metrics, on_front=one.on_front, between=place >= len(found.points),
            breaks=tuple([each.limit.metric for each in optimiser.broken(one.metrics, asked.limits)]),
        )
        for place, one in enumerate(points)
    ]  # fmt: skip


def _place(scenarios: Sequence[Scenario], point: Point | None) -> int | None:
    if point is None:
        return None
    return next(place for place, one in enumerate(scenarios) if one.values == point.values)


def _without(choice: Choice, scenarios: Sequence[Scenario]) -> tuple[Without, ...]:
    return tuple([
        Without(limit=one.limit, excludes=one.excludes, best=_place(scenarios, one.best)) for one in choice.without
    ])  # fmt: skip


def _varied(found: Sweep, document: Mapping) -> tuple[Varied, ...]:
    idle = {one.path for one in sweeps.idle(found)}
    return tuple([Varied(path=one.path, today=_today(document, one.path), idle=one.path in idle) for one in found.axes])


def _today(document: Mapping, path: str) -> Value:
    """What stands there; nothing where a place is only added, or holds more than one value."""
    try:
        value = edits.part(document, path)
    except Refusal as refusal:
        if refusal.kind is not edits.PART_UNKNOWN:
            raise
        return None
    return value if isinstance(value, bool | int | str) else None


def _banded(
    stage: _Told, scale: Scale, document: Mapping, asked: Asked, scenarios: Sequence[Scenario], best: int | None,
    progress: Progress,
) -> list[Scenario]:  # fmt: skip
    """The best, and then those on the front, with how sure their differences from today's programme are."""
    front = [place for place, one in enumerate(scenarios) if one.on_front and place != best]
    places = [*([] if best is None else [best]), *front][: limits.SWEEP_BANDS_MAX]
    drawn = Resampling(len(stage.history.people))
    found = list(scenarios)
    for place in places:
        made = grids.scenario(document, asked.vary, scenarios[place].values).programme
        assert made is not None, "only programmes were replayed"
        bands = scale.bands(next(stage.replay([made])), made, drawn)
        found[place] = msgspec.structs.replace(scenarios[place], bands=bands)
        progress("weigh", 1)
    return found
