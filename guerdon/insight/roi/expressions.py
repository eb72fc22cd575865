"""What each member spent in some days and before others, in one place, for DuckDB today and Spark tomorrow."""

from collections.abc import Sequence
from datetime import date

import ibis
from ibis import Table
from ibis.expr.types import IntegerScalar

from guerdon.insight.kpis.expressions import month_named, month_of
from guerdon.insight.kpis.tables import Scope


def _net(rows: Table, where: ibis.Value) -> IntegerScalar:
    """What was spent less what came back, in minor units."""
    return (rows.spent - rows.returned).sum(where=where).cast("int64").coalesce(0)


def _home(scope: Scope) -> Table:
    """What was spent and came back in the programme's currency."""
    facts = scope.facts
    return facts.filter(facts.currency == scope.currency)


def held_out(scope: Scope, months: Sequence[str], before: tuple[date, date]) -> Table:
    """Who was a member when the days began: `all`, `some` of the months held out, `joined`, `spent`, `before`.

    Whatever became of them since then, they stay: who leaves has left with nothing, in both groups alike.
    """
    members, trade = scope.tables["members"], _home(scope)
    seen = members.filter(members.month.isin(list(months)), members.enrolled_day < scope.since)
    groups = seen.group_by("member").aggregate(
        all=seen.held_out.all(), some=seen.held_out.any(), joined=seen.enrolled_day.min()
    )
    groups = groups.semi_join(scope.joined, "member")
    sums = trade.group_by("person").aggregate(
        spent=_net(trade, scope.within(trade.day)),
        before=_net(trade, (trade.day >= before[0]) & (trade.day < before[1])),
    )
    found = groups.left_join(sums, groups.member == sums.person)
    return found.select(
        "member", "all", "some", "joined", spent=found.spent.coalesce(0), before=found.before.coalesce(0)
    ).order_by("member")


def course(scope: Scope, months: Sequence[str], before: tuple[date, date], since: date) -> Table:
    """What those who never changed groups spent together since a day: `month`, `held` (out), `spent`."""
    groups, trade = held_out(scope, months, before), _home(scope)
    groups = groups.filter(groups.all == groups.some).select("member", held="all")
    rows = trade.filter(trade.day >= since, trade.day < scope.until)
    rows = rows.join(groups, rows.person == groups.member)
    rows = rows.mutate(month=month_named(month_of(rows.day)))
    return rows.group_by("month", "held").aggregate(spent=_net(rows, ibis.literal(True)))


def by_month(scope: Scope) -> Table:
    """What each member spent in each month of the days in which anything was: `member`, `at` (its number), `spent`."""
    trade = _home(scope)
    rows = trade.filter(scope.within(trade.day))
    rows = rows.mutate(at=month_of(rows.day))
    found = rows.group_by("person", "at").aggregate(spent=_net(rows, ibis.literal(True)))
    return found.select("at", "spent", member="person").order_by("member", "at")


def stores(scope: Scope, until: date) -> Table:
    """In which store each member bought the most often until a day: `member`, `store`; ties go to the first by key."""
    bought = scope.purchases
    bought = bought.filter(bought.day < until, bought.store.notnull())
    times = bought.group_by("person", "store").aggregate(times=bought.count())
    first = ibis.row_number().over(ibis.window(group_by="person", order_by=[times.times.desc(), times.store]))
    ranked = times.mutate(place=first)
    return ranked.filter(ranked.place == 0).select("store", member="person").order_by("member")
