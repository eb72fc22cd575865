"""Sweeps: which values of a programme are varied, what is wanted of it, and what a choice must keep."""

from collections.abc import Sequence
from typing import Annotated, Final, Literal, get_args

import msgspec
from msgspec import Meta

from guerdon.core import documents, edits, errors, limits
from guerdon.core.documents import Mapping

VARY_TWICE = errors.declare("invalid", "vary_twice", "pointer")
SCENARIOS_TOO_MANY = errors.declare("invalid", "scenarios_too_many", "scenarios", "most")
METRIC_UNKNOWN = errors.declare("invalid", "metric_unknown", "metric", "known")

Value = bool | int | str | None
Sense = Literal["least", "most"]
Metric = Literal[
    "issued", "redeemed", "expired", "outstanding", "cost", "liability", "burden", "kept", "worse_off", "better_off",
    "losing", "retained", "roi",
]  # fmt: skip
METRICS: Final[tuple[Metric, ...]] = get_args(Metric)
BUDGET: Final = 60  # replays of the search between the points of the grid


class Axis(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One value that is varied: the JSON pointer to it, and all that it may be."""

    path: str
    values: Annotated[tuple[Value, ...], Meta(min_length=1, max_length=limits.SCENARIOS_MAX)]


class Goal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is wanted: as little or as much of a metric as can be."""

    metric: Metric
    sense: Sense = "least"


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a choice must keep: at most, or at least, so much of a metric; a metric that can't be said keeps nothing."""

    metric: Metric
    most: int | None = None
    least: int | None = None

    def beyond(self, found: int | None) -> int | None:
        """By how much a figure of the metric breaks it; None where it is kept."""
        if found is None:
            return 0
        over = 0 if self.most is None else max(0, found - self.most)
        under = 0 if self.least is None else max(0, self.least - found)
        return (over or under) or None


Limits = Annotated[tuple[Limit, ...], Meta(max_length=limits.SWEEP_LIMITS_MAX)]
NOBODY_LOSES: Final = Limit("losing", most=0)


class Sweep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked: every combination of the values, the best of them for the goals within the limits, and as many
    replays more as the budget says to find a better one between them. Without goals nothing is chosen."""

    vary: Annotated[tuple[Axis, ...], Meta(min_length=1, max_length=limits.SWEEP_AXES_MAX)]
    goals: Annotated[tuple[Goal, ...], Meta(max_length=limits.SWEEP_GOALS_MAX)] = ()
    unit: str | None = None  # None: the first that can be spent
    budget: Annotated[int, Meta(ge=0, le=limits.SWEEP_BUDGET_MAX)] = BUDGET
    limits: Limits = ()


def count(axes: Sequence[Axis]) -> int:
    """How many scenarios the grid has."""
    found = 1
    for one in axes:
        found *= len(one.values)
    return found


def check(axes: Sequence[Axis], *, most: int) -> None:
    """That each place is varied once, and there are no more combinations than that.

    Raises `vary_twice` and `scenarios_too_many`.
    """
    if count(axes) > most:
        raise SCENARIOS_TOO_MANY(scenarios=count(axes), most=most)
    paths = [one.path for one in axes]
    for path in paths:
        if paths.count(path) > 1:
            raise VARY_TWICE(pointer=documents.shortened(path, 200))


def check_places(document: Mapping, axes: Sequence[Axis]) -> None:
    """That every path leads somewhere. Raises `part_unknown`."""
    for one in axes:
        edits.edited(document, [edits.Edit("put", one.path, one.values[0])])


def known(metric: str) -> Metric:
    """The metric, if there is one of the name. Raises `metric_unknown`."""
    if metric not in METRICS:
        raise METRIC_UNKNOWN(metric=metric[:40], known=", ".join(METRICS))
    return metric
