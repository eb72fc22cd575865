"""Objectives: where a KPI shall be by a month, the way there from a baseline, and how it goes, said month by month."""

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Final, Literal

import msgspec

from guerdon.core import closing, errors, limits, period

OBJECTIVE_UNKNOWN = errors.declare("unknown", "objective_unknown", "id")
OBJECTIVE_ENDED = errors.declare("clash", "objective_ended", "id")
OBJECTIVE_UNFIT = errors.declare("invalid", "objective_unfit", "kpi")
OBJECTIVE_OF_UNCLEAR = errors.declare("invalid", "objective_of_unclear", "kpi", "of")
OBJECTIVE_MONTHS_INVALID = errors.declare("invalid", "objective_months_invalid", "month", "most")
OBJECTIVE_BASELINE_INVALID = errors.declare("invalid", "objective_baseline_invalid", "month", "most")
OBJECTIVE_TARGET_INVALID = errors.declare("invalid", "objective_target_invalid", "target")
OBJECTIVES_TOO_MANY = errors.declare("clash", "objectives_too_many", "most")

Baseline = Literal["previous_year", "months"]
Measure = Literal["relative", "absolute"]
Direction = Literal["at_least", "at_most"]
Verdict = Literal["met", "on_track", "behind", "missed", "not_known"]
Why = Literal["", "no_month", "no_value", "no_baseline"]
WHOLE: Final = 10_000  # hundredths of a percent


class Goal(msgspec.Struct, frozen=True):
    """What shall be: a KPI, of what and of whom, from which baseline, by how much or to how much, and by which month.

    A relative target is in hundredths of a percent of the baseline, an absolute one in the KPI's unit. With
    `previous_year` each month is held against the same one a year before; with `months` all of them against the months
    from `base_first` to `base_last`. `first` is the first month that is looked at, `last` the one that decides.
    """

    name: str
    kpi: str
    of: tuple[str, ...]
    store: str
    tier: str
    segment: str
    baseline: Baseline
    base_first: str | None
    base_last: str | None
    measure: Measure
    target: int
    direction: Direction
    first: str
    last: str

    @property
    def months(self) -> list[str]:
        """All months that are looked at, the last one decides."""
        return _months(self.first, self.last)

    def base(self, month: str) -> list[str]:
        """The months against which one is held, together."""
        if self.baseline == "months":
            assert self.base_first is not None and self.base_last is not None, "a baseline of months has some"
            return _months(self.base_first, self.base_last)
        return [closing.named(period.add_months(closing.first_day(month), -12))]


class Step(msgspec.Struct, frozen=True):
    """A month of the way, in the KPI's unit: what it was, its baseline, where it should be by then, and the target."""

    month: str
    value: Fraction | None
    base: Fraction | None
    asked: Fraction | None
    target: Fraction | None


class Progress(msgspec.Struct, frozen=True):
    """How it goes. `last` is the last month that is known.

    `change` is how far from its baseline that month is, in hundredths of a percent. `pace` is what every month from
    then on has to add: of a relative target to the change, in hundredths of a percent, of an absolute one to the value.
    `next` is where the month after has to be. Both are None where there is nothing left to go, or no month to go it in.
    """

    verdict: Verdict
    why: Why
    steps: tuple[Step, ...]
    last: str | None = None
    change: int | None = None
    pace: int | None = None
    next: int | None = None


def check(goal: Goal, *, this_month: str) -> None:
    """Refuse months that are none, over, or too many, and targets that are nowhere to go.

    Raises `objective_months_invalid`, `objective_baseline_invalid`, `objective_target_invalid` and `month_invalid`.
    """
    for month in (goal.first, goal.last, *filter(None, (goal.base_first, goal.base_last))):
        closing.first_day(month)
    most = limits.OBJECTIVE_MONTHS_MAX
    if not goal.first <= goal.last or goal.last < this_month or _count(goal.first, goal.last) > most:
        raise OBJECTIVE_MONTHS_INVALID(month=this_month, most=most)
    first, last = goal.base_first, goal.base_last
    told = first is not None and last is not None
    if told != (goal.baseline == "months") or (first is None) != (last is None):
        raise OBJECTIVE_BASELINE_INVALID(month=goal.first, most=most)
    if first is not None and last is not None and not (first <= last < goal.first and _count(first, last) <= most):
        raise OBJECTIVE_BASELINE_INVALID(month=goal.first, most=most)
    if goal.measure == "relative" and (goal.target == 0 or goal.target < -WHOLE):
        raise OBJECTIVE_TARGET_INVALID(target=goal.target)


def judge(goal: Goal, values: Mapping[str, Fraction | None], bases: Mapping[str, Fraction | None]) -> Progress:
    """How an objective goes, by what its exported months came to and by the baseline of each of its months.

    The way goes up, or down, by as much every month: of n months the i-th is i ÷ n of the way from its baseline to its
    target. What is compared was never rounded. Only the last month decides whether it is met.
    """
    count = len(goal.months)
    steps = tuple([_step(goal, at, count, month, values, bases) for at, month in enumerate(goal.months, 1)])
    known = [(at, one) for at, one in enumerate(steps, 1) if one.month in values]
    if not known:
        return Progress("not_known", "no_month", steps)
    at, here = known[-1]
    if here.value is None:
        return Progress("not_known", "no_value", steps, here.month)
    change = _change(here)
    whole = None if change is None else rounded(change)
    if here.target is None:
        return Progress("not_known", "no_baseline", steps, here.month, whole)
    arrived = reached(goal, here.value, here.target)
    if at == count:
        return Progress("met" if arrived else "missed", "", steps, here.month, whole)
    if arrived:
        return Progress("on_track", "", steps, here.month, whole)
    pace, following = _pace(goal, here, steps[at], count - at)
    if here.asked is None:
        return Progress("not_known", "no_baseline", steps, here.month, whole, pace, following)
    verdict: Verdict = "on_track" if reached(goal, here.value, here.asked) else "behind"
    return Progress(verdict, "", steps, here.month, whole, pace, following)


def reached(goal: Goal, value: Fraction, target: Fraction) -> bool:
    """Whether a value is where it should be, or beyond."""
    return value >= target if goal.direction == "at_least" else value <= target


def _step(
    goal: Goal, at: int, count: int, month: str, values: Mapping[str, Fraction | None],
    bases: Mapping[str, Fraction | None],
) -> Step:  # fmt: skip
    base = bases.get(month)
    target: Fraction | None = Fraction(goal.target)
    if goal.measure == "relative":  # of nothing, and of less than nothing, no share can be said
        target = None if base is None or base <= 0 else base * (WHOLE + goal.target) / WHOLE
    asked = None if base is None or target is None else base + (target - base) * at / count
    return Step(month, values.get(month), base, asked, target)


def _change(step: Step) -> Fraction | None:
    if step.value is None or step.base is None or step.base <= 0:
        return None
    return (step.value - step.base) * WHOLE / step.base


def _pace(goal: Goal, here: Step, following: Step, left: int) -> tuple[int | None, int | None]:
    """What each of the months left has to add, rounded so that it is enough, and where the next one has to be."""
    assert here.value is not None and here.target is not None, "what is not known has no pace"
    if goal.measure == "absolute":
        pace = enough(goal, (here.target - here.value) / left)
        return pace, enough(goal, here.value + pace)
    change = _change(here)
    assert change is not None, "a relative target has a baseline"
    pace = enough(goal, (goal.target - change) / left)
    if following.base is None or following.base <= 0:
        return pace, None
    return pace, enough(goal, following.base * (WHOLE + change + pace) / WHOLE)


def rounded(number: Fraction) -> int:
    """What something came to, as it is shown: rounded half up."""
    return math.floor(number + Fraction(1, 2))


def enough(goal: Goal, number: Fraction) -> int:
    """What something has to come to, as it is shown: rounded so that it is enough."""
    return math.ceil(number) if goal.direction == "at_least" else math.floor(number)


def _months(first: str, last: str) -> list[str]:
    found = [first]
    while found[-1] < last:
        found.append(closing.following(found[-1]))
    return found


def _count(first: str, last: str) -> int:
    years, months = int(last[:4]) - int(first[:4]), int(last[5:]) - int(first[5:])
    return years * 12 + months + 1
