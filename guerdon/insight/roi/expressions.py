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


def _campaigns(scope: Scope) -> Table:
    """By month which rules were campaigns at its end: `month`, `rule`."""
    offers = scope.tables["offers"]
    return offers.filter(offers.kind == "rule", offers.campaign).select("month", rule="key")


def given_points(scope: Scope) -> Table:
    """What campaigns gave in the days of each unit that can be spent, with what the last version says it is worth."""
    rows, units = scope.tables["fired"], scope.tables["units"]
    rows = rows.filter(scope.within(rows.day), rows.unit.notnull()).semi_join(_campaigns(scope), ["month", "rule"])
    sums = rows.group_by("unit").aggregate(points=rows.points.sum().cast("int64"))
    newest = units.filter(units.month == scope.last)
    newest = newest.filter(newest.version == newest.version.max(), newest.spendable)
    return sums.join(newest, "unit").select("unit", "points", "worth_points", "worth_amount").order_by("unit")


def used_vouchers(scope: Scope) -> Table:
    """How often vouchers that campaigns had given were used in the days, less rollbacks, and what came off by that."""
    uses, given = scope.tables["uses"], scope.tables["vouchers"]
    born = given.semi_join(_campaigns(scope), ["month", "rule"]).select("voucher_id").distinct()
    rows = uses.filter(scope.within(uses.day)).semi_join(born, "voucher_id")
    found = rows.group_by("voucher").aggregate(uses=rows.uses.sum().cast("int64"), off=rows.off.sum().cast("int64"))
    return found.order_by("voucher")


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
