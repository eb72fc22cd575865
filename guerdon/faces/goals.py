"""Objectives as every face tells them: what is wanted and how it goes, in sentences; what was typed as a goal."""

import re
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Final, Literal, Protocol

import msgspec
from msgspec import Meta

from guerdon.core import closing, limits, money, period, sentences
from guerdon.core import objectives as law
from guerdon.core.objectives import Baseline, Direction, Goal, Measure, Progress, Verdict
from guerdon.core.programme import Programme
from guerdon.core.sentences.tongue import Tongue
from guerdon.faces import words
from guerdon.features.objectives.queries import Objective
from guerdon.insight import objectives as insight
from guerdon.insight import schedule
from guerdon.insight.exports.files import Month
from guerdon.insight.kpis import definitions

Reason = Literal["", "no_month", "no_value", "no_baseline", "computing", "not_installed"]
Key = Annotated[str, Meta(max_length=limits.KEY_CHARS_MAX)]
_MONTH_CHARS: Final = 7
MonthName = Annotated[str, Meta(min_length=_MONTH_CHARS, max_length=_MONTH_CHARS)]
Name = Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]
_OF_MAX: Final = 3  # a KPI is of so many things at most
_PLAIN: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,3})?\Z")


class NewObjective(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A KPI and where it shall be by a month: what is left out is usual."""

    name: Name
    kpi: Annotated[str, Meta(min_length=1, max_length=limits.KEY_CHARS_MAX)]
    target: Annotated[int, Meta(ge=-limits.MONEY_MAX, le=limits.MONEY_MAX)]
    last: MonthName
    measure: Measure = "relative"
    direction: Direction | None = None
    first: MonthName | None = None
    of: Annotated[tuple[Key, ...], Meta(max_length=_OF_MAX)] = ()
    store: Key = ""
    tier: Key = ""
    segment: Key = ""
    baseline: Baseline = "previous_year"
    base_first: MonthName | None = None
    base_last: MonthName | None = None


class Told(Protocol):
    """A KPI, and of what it is."""

    @property
    def kpi(self) -> str: ...

    @property
    def of(self) -> tuple[str, ...]: ...


class Standing(msgspec.Struct, frozen=True):
    """An objective with how it goes; `why` it is not known yet."""

    one: Objective
    progress: Progress
    why: Reason

    @property
    def verdict(self) -> Verdict:
        return self.progress.verdict


def made(told: NewObjective, programme: Programme, *, now: datetime) -> Goal:
    """What was told as a goal: from this month on, and in the direction of its change, where nobody says.

    Raises what `insight.objectives.settled` refuses.
    """
    lower = told.measure == "relative" and told.target < 0
    goal = Goal(
        told.name, told.kpi, told.of, told.store, told.tier, told.segment, told.baseline, told.base_first,
        told.base_last, told.measure, told.target, told.direction or ("at_most" if lower else "at_least"),
        told.first or closing.named(period.local_day(now, programme.zone)), told.last,
    )  # fmt: skip
    return insight.settled(goal, programme)


def standings(
    own: Path, months: Sequence[Month], many: Sequence[Objective], programme: Programme, programme_id: str
) -> list[Standing]:
    """How objectives go, by what is kept; what nobody has computed yet is put into the queue."""
    found, missing = [], []
    for one in many:
        until = ended(one, programme)
        progress = insight.find(own, months, one.goal, until=until)
        if progress is not None:
            found.append(Standing(one, progress, progress.why))
            continue
        missing.append(insight.wanted(one.goal, months, until=until))
        unknown = law.judge(one.goal, {}, {})
        found.append(Standing(one, unknown, "computing" if schedule.installed() else "not_installed"))
    if missing and schedule.installed():
        schedule.want_objectives(programme_id, missing)
    return found


def ended(one: Objective, programme: Programme) -> str | None:
    """The local month in which an objective was ended: what comes after is not looked at."""
    return None if one.ended_at is None else closing.named(period.local_day(one.ended_at, programme.zone))


# --- numbers ---


def scale(goal: Told, programme: Programme) -> int:
    """How many decimals the numbers of its KPI have."""
    kpi = definitions.kpi(goal.kpi)
    if kpi.kind == "money":
        return money.decimals(currency(goal) or programme.currency)
    if kpi.kind == "points":
        unit = programme.units.get(goal.of[kpi.of.index("unit")])
        return unit.scale if unit else 0
    return 0 if kpi.kind == "count" else 2


def decimals(told: NewObjective, programme: Programme, *, now: datetime) -> int:
    """How many decimals its target may have. Raises what `made` does."""
    return 2 if told.measure == "relative" else scale(made(told, programme, now=now), programme)


def currency(goal: Told) -> str | None:
    """Of which currency the numbers are, where they are money."""
    kpi = definitions.kpi(goal.kpi)
    return goal.of[kpi.of.index("currency")] if kpi.kind == "money" else None


def value(tongue: Tongue, programme: Programme, goal: Told, number: int) -> str:
    """A number of its KPI as people write it."""
    of_money, kind = currency(goal), definitions.kpi(goal.kpi).kind
    sign, size = "−" if number < 0 else "", abs(number)
    if of_money is not None:
        return f"{sign}{tongue.money(size, of_money)}"
    if kind == "percent":
        return f"{sign}{tongue.percent(size)}"
    if kind == "ratio":
        return f"{sign}{tongue.ratio(Fraction(size, 100))}"
    return f"{sign}{tongue.number(size, scale(goal, programme))}"


def change(tongue: Tongue, hundredths: int) -> str:
    """Hundredths of a percent with their sign, like +5%."""
    return f"{'−' if hundredths < 0 else '+'}{tongue.percent(abs(hundredths))}"


def number(text: str, decimals: int) -> int | None:
    """A plain number like −12.5 in its smallest parts; None where it is none."""
    bare = text.strip().removesuffix("%").strip().replace("−", "-")
    minus = bare.startswith("-")
    bare = bare.lstrip("+-")
    whole, _, rest = bare.partition(".")
    if not _PLAIN.match(bare) or len(rest) > decimals:
        return None
    return int(whole + rest.ljust(decimals, "0")) * (-1 if minus else 1)


# --- sentences ---


def month(tongue: Tongue, named: str) -> str:
    """A month as people call it."""
    first = closing.first_day(named)
    return f"{tongue.months[first.month - 1]} {first.year}"


def wish(goal: Goal, programme: Programme, language: str) -> str:
    """What is wanted."""
    tongue = sentences.tongue(language)
    base = words.say("objectives.base_previous_year", language)
    if goal.base_first is not None and goal.base_last is not None:
        told = {"first": month(tongue, goal.base_first), "last": month(tongue, goal.base_last)}
        base = words.say("objectives.base_months", language, **told)
    facts = {"kpi": words.say(f"kpis.{goal.kpi}", language), "last": month(tongue, goal.last), "base": base}
    if goal.measure == "relative":
        by = change(tongue, goal.target)
        by = words.say(f"objectives.change_{goal.direction}", language, change=by)
        return words.say("objectives.wish_relative", language, change=by, **facts)
    target = value(tongue, programme, goal, goal.target)
    return words.say(f"objectives.wish_{goal.direction}", language, target=target, **facts)


def says(standing: Standing, programme: Programme, language: str) -> str:
    """How it goes, and the pace that is left, in a few sentences."""
    goal, progress = standing.one.goal, standing.progress
    tongue = sentences.tongue(language)
    here = next((step for step in progress.steps if step.month == progress.last), None)
    facts = {"month": month(tongue, progress.last) if progress.last else "", "last": month(tongue, goal.last)}
    if here is not None:
        for name, exact in (("asked", here.asked), ("target", here.target)):
            shown = "" if exact is None else value(tongue, programme, goal, law.enough(goal, exact))
            facts[name] = shown
        facts["value"] = "" if here.value is None else value(tongue, programme, goal, law.rounded(here.value))
    told = [words.say(f"objectives.text_{standing.why or _word(goal, progress)}", language, **facts)]
    if progress.pace is not None:
        told.append(_pace(goal, progress.pace, programme, tongue, language))
    if progress.next is not None and progress.last is not None:
        following = month(tongue, closing.following(progress.last))
        needed = value(tongue, programme, goal, progress.next)
        told.append(words.say(f"objectives.next_{goal.direction}", language, month=following, value=needed))
    return " ".join(tongue.capital(one) for one in told)


def _word(goal: Goal, progress: Progress) -> str:
    """Which sentence says the verdict."""
    here = next(step for step in progress.steps if step.month == progress.last)
    enough = here.value is not None and here.target is not None and law.reached(goal, here.value, here.target)
    return "arrived" if progress.verdict == "on_track" and enough else progress.verdict


def _pace(goal: Goal, pace: int, programme: Programme, tongue: Tongue, language: str) -> str:
    sign = "−" if pace < 0 else "+"
    if goal.measure == "relative":
        return words.say("objectives.pace_relative", language, pace=f"{sign}{tongue.ratio(Fraction(abs(pace), 100))}")
    return words.say("objectives.pace_absolute", language, pace=f"{sign}{value(tongue, programme, goal, abs(pace))}")
