"""Some members beside others where nobody is held out: difference-in-differences over exported months, with doubts."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
from ibis import Table
from numpy.typing import NDArray

from guerdon.core import closing
from guerdon.core.kpis import Span
from guerdon.insight.exports import files
from guerdon.insight.kpis import engines
from guerdon.insight.kpis.asked import NotExported, Question
from guerdon.insight.kpis.tables import Scope
from guerdon.insight.roi import expressions, told, trends
from guerdon.insight.roi.means import Numbers, Unsaid
from guerdon.insight.roi.told import Beside, Change, Doubt, Month
from guerdon.insight.roi.trends import Panel, Trend

_ZERO_MONTH: Final = 12


class Outside(Unsaid):
    """It does not begin within the months asked about, after the first of them."""


def ask(folder: Path, begins: str, treated: Question) -> Beside:
    """The effect of something that began with a month, of the stores, tiers or segments of the question.

    Members belong to the store in which they had bought the most often before, and to the tiers and segments that they
    had then. Raises Damaged, NotExported and Unsaid.
    """
    months = files.months(folder)
    if not months:
        raise NotExported("no month is exported there")
    names = [month.manifest.closing.month for month in months]
    with engines.opened() as engine:
        return of(engine.read(months), names, months[-1].manifest.currency, begins, treated)


def of(read: Mapping[str, Table], names: Sequence[str], currency: str, begins: str, treated: Question) -> Beside:
    """The same of tables. Raises NotExported and Unsaid."""
    span = treated.span
    first, start = closing.first_day(closing.named(span.since)), closing.first_day(begins)
    until = closing.first_day(closing.following(closing.named(span.last)))
    if not first < start < until:
        raise Outside("it must begin within the months asked about, after the first of them")
    scope = Scope(read, names, currency, Question(Span(first, until)))
    before = Scope(read, names, currency, Question(Span(first, start), (), treated.tiers, treated.segments))
    members, places, is_treated, clusters = _members(scope, before, treated.stores, first, start)
    zero = first.year * _ZERO_MONTH + first.month - 1
    count = until.year * _ZERO_MONTH + until.month - 1 - zero
    spent = np.zeros((len(members), count))
    for row in expressions.by_month(scope).to_pyarrow().to_pylist():
        if row["member"] in places:
            spent[places[row["member"]], row["at"] - zero] = row["spent"]
    trend = trends.differ(Panel(spent, is_treated, clusters), start.year * _ZERO_MONTH + start.month - 1 - zero)
    verdict, why = _verdict(trend)
    months = tuple([f"{(zero + at) // 12:04}-{(zero + at) % 12 + 1:02}" for at in range(count)])
    return Beside(
        months=months, begins=begins, currency=currency, treated=int(is_treated.sum()),
        others=int((~is_treated).sum()), by_store=bool(treated.stores), trend=trend,
        effect=told.rounded(trend.estimate), verdict=verdict, why=why, course=_course(months, spent, is_treated),
    )  # fmt: skip


def _course(months: Sequence[str], spent: Numbers, treated: NDArray[np.bool_]) -> tuple[Month, ...]:
    sides = [(spent[side].sum(axis=0), int(side.sum())) for side in (treated, ~treated)]
    return tuple([
        Month(month, *[told.mean(int(sums[at]), count) for sums, count in sides]) for at, month in enumerate(months)
    ])  # fmt: skip


def _members(
    scope: Scope, before: Scope, stores: Sequence[str], first: date, start: date
) -> tuple[list[str], dict[str, int], NDArray[np.bool_], NDArray[np.int64]]:
    """Who had joined before the months, their rows, who of them is treated, and the bunches in which they were."""
    everybody = scope.joined.filter(scope.joined.enrolled_day < first).select("member").order_by("member")
    known = [str(row["member"]) for row in everybody.to_pyarrow().to_pylist()]
    chosen = {row["member"] for row in before.joined.select("member").to_pyarrow().to_pylist()}
    if not stores:
        treated = np.array([one in chosen for one in known], bool)
        return known, {one: place for place, one in enumerate(known)}, treated, np.arange(len(known))
    home = {row["member"]: row["store"] for row in expressions.stores(scope, start).to_pyarrow().to_pylist()}
    known = [one for one in known if one in home]  # who had bought nowhere belongs to no store
    numbers = {store: number for number, store in enumerate(sorted(set(home.values())))}
    treated = np.array([home[one] in stores and one in chosen for one in known], bool)
    clusters = np.array([numbers[home[one]] for one in known], np.int64)
    return known, {one: place for place, one in enumerate(known)}, treated, clusters


def _verdict(trend: Trend) -> tuple[Change, Doubt]:
    if trend.parallel is False:
        return "can_not_say", "not_parallel"
    if trend.parallel is None:
        return "can_not_say", "no_placebos"
    if trend.few:
        return "can_not_say", "few"
    if not trend.estimate.clear:
        return "can_not_say", "chance"
    return ("more" if trend.estimate.value > 0 else "less"), ""
