"""How objectives go, of exported months: what their KPIs came to is computed by the worker, and kept beside them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

import msgspec

from guerdon.core import closing, kpis, money
from guerdon.core import objectives as law
from guerdon.core.kpis import Span
from guerdon.core.objectives import Goal, Progress
from guerdon.core.programme import Programme
from guerdon.insight import kept
from guerdon.insight.exports import files
from guerdon.insight.exports.files import Month
from guerdon.insight.kpis import definitions
from guerdon.insight.kpis.asked import Answer, NotExported, Question
from guerdon.insight.kpis.definitions import Kpi

_TIMES: Final = {"percent": 10_000, "ratio": 100}  # of the number that is shown in one of what was counted


class Wanted(msgspec.Struct, frozen=True):
    """A KPI of what, of whom, and of which exported months."""

    kpi: str
    of: tuple[str, ...]
    store: str
    tier: str
    segment: str
    months: tuple[str, ...]
    what: str = "objective"


class Kept(msgspec.Struct, frozen=True):
    """What each month came to: what was counted, and of how much; None where nothing can be said."""

    found: tuple[tuple[int, int] | None, ...]


def settled(goal: Goal, programme: Programme) -> Goal:
    """The same with what its KPI is of, where that need not be said.

    Raises `kpi_unknown`, `objective_unfit`, `objective_of_unclear` and `kpi_of_no_store`.
    """
    kpi = definitions.kpi(goal.kpi)
    if not fits(kpi):
        raise law.OBJECTIVE_UNFIT(kpi=goal.kpi)
    if kpi.whole and goal.store:
        raise kpis.KPI_OF_NO_STORE(kpi=goal.kpi)
    of = goal.of or _usual(kpi, programme)
    if of is None or len(of) != len(kpi.of) or not all(_known(programme, kpi, of, at) for at in range(len(of))):
        raise law.OBJECTIVE_OF_UNCLEAR(kpi=goal.kpi, of=", ".join(kpi.of))
    return msgspec.structs.replace(goal, of=of)


def fits(kpi: Kpi) -> bool:
    """Whether a month has one number of it: what is projected, or told by cohort, has many."""
    return not kpi.projected and "cohort" not in kpi.of


def _usual(kpi: Kpi, programme: Programme) -> tuple[str, ...] | None:
    """The programme's own currency, and the only unit that can be spent; None where more has to be said."""
    units = [one.code for one in programme.units.values() if one.spendable]
    usual = {"currency": programme.currency} | ({"unit": units[0]} if len(units) == 1 else {})
    return tuple([usual[name] for name in kpi.of]) if usual.keys() >= set(kpi.of) else None


def _known(programme: Programme, kpi: Kpi, of: Sequence[str], at: int) -> bool:
    """Whether there is such a thing, as far as the programme knows."""
    name, told = kpi.of[at], of[at]
    if name == "currency":
        return money.known(told)
    if name == "unit":
        return told in programme.units
    ladders = {one.key: {"", *[level.key for level in one.levels]} for one in programme.tiers}
    if name == "ladder":
        return told in ladders
    if name in ("tier", "before", "after"):
        return told in ladders.get(of[kpi.of.index("ladder")], ())
    return bool(told)


def wanted(goal: Goal, months: Sequence[Month], *, until: str | None = None) -> Wanted:
    """What has to be known of an objective: its months that are exported, up to the one in which it was ended, and the
    months of their baselines, as far as those are."""
    exported = {one.manifest.closing.month for one in months}
    asked = {month for month in goal.months if until is None or month <= until}
    asked |= {month for one in goal.months for month in goal.base(one)}
    return Wanted(goal.kpi, goal.of, goal.store, goal.tier, goal.segment, tuple(sorted(asked & exported)))


def find(own: Path, months: Sequence[Month], goal: Goal, *, until: str | None = None) -> Progress | None:
    """How an objective goes; None where what it needs was not computed yet."""
    if not months:
        return law.judge(goal, {}, {})
    asked = wanted(goal, months, until=until)
    found = kept.find(own, months[-1].sha256, asked, Kept)
    return None if found is None else judged(goal, asked, found, until=until)


def judged(goal: Goal, asked: Wanted, found: Kept, *, until: str | None = None) -> Progress:
    """How it goes by what was computed."""
    times = _TIMES.get(definitions.kpi(goal.kpi).kind, 1)
    by = dict(zip(asked.months, found.found, strict=True))
    values = {one: _pooled([by[one]], times) for one in goal.months if one in by and (until is None or one <= until)}
    bases = {one: _pooled([by.get(month) for month in goal.base(one)], times) for one in goal.months}
    return law.judge(goal, values, bases)


def prepare(own: Path, many: Iterable[Wanted], *, between: Callable[[], None]) -> int:
    """Compute what is not kept yet; answers how many that were. Raises Damaged."""
    months, done = files.months(own), 0
    for one in many if months else ():
        if kept.find(own, months[-1].sha256, one, Kept) is None:
            between()
            kept.keep(own, months[-1].sha256, one, _computed(months, one))
            done += 1
    return done


def _computed(months: Sequence[Month], one: Wanted) -> Kept:
    from guerdon.insight.kpis import answers, engines

    kpi = definitions.kpi(one.kpi)
    if any(files.lacks(month, what) for what in kpi.needs for month in months):
        return Kept(tuple([None for _ in one.months]))
    names, currency = [month.manifest.closing.month for month in months], months[-1].manifest.currency
    found: list[tuple[int, int] | None] = []
    with engines.opened() as engine:
        read = engine.read(months)
        for month in one.months:
            asked = Question(_span(month), *[(value,) if value else () for value in (one.store, one.tier, one.segment)])
            try:
                rows = answers.of(engine, read, currency, names, kpi, asked)
            except NotExported:  # what it needs itself, like the month before, is not there
                found.append(None)
            else:
                found.append(_parts(kpi, {tuple(map(str, row.of)): row for row in rows}, one.of))
    return Kept(tuple(found))


def _parts(kpi: Kpi, rows: Mapping[tuple[str, ...], Answer], of: tuple[str, ...]) -> tuple[int, int]:
    """What was counted, and of how much: a count is of one, and of nothing there is no row."""
    row = rows.get(of)
    if row is None:
        return (0, 1) if kpi.kind in ("count", "points") else (0, 0)
    return row.numerator, 1 if row.denominator is None else row.denominator


def _pooled(months: Sequence[tuple[int, int] | None], times: int) -> Fraction | None:
    """What months come to together, in the KPI's unit: of counts the mean; None where one of them is not known."""
    known = [one for one in months if one is not None]
    whole, parts = sum([one[0] for one in known]), sum([one[1] for one in known])
    return Fraction(whole * times, parts) if len(known) == len(months) and parts > 0 else None


def _span(month: str) -> Span:
    return Span(closing.first_day(month), closing.first_day(closing.following(month)))
