"""Expressions of what members have and what it costs: points owed, their worth and end, rewards, discounts."""

from datetime import timedelta

import ibis
from ibis import Table
from ibis.expr.types import IntegerScalar

from guerdon.insight.kpis.definitions import EXPIRING_DAYS
from guerdon.insight.kpis.tables import Scope


def _total(value: ibis.Value) -> IntegerScalar:
    """The sum as a whole number; 0 of nothing."""
    return value.sum().cast("int64").coalesce(0)


def _owed(scope: Scope) -> Table:
    """By unit, the points of all members at the end."""
    moves = scope.moves
    return moves.group_by("unit").aggregate(points=_total(moves.points))


def outstanding_points(scope: Scope) -> Table:
    owed = _owed(scope)
    return owed.select("unit", numerator="points", denominator=ibis.null("int64"))


def cash_liability(scope: Scope) -> Table:
    """What the points would buy as the last version says, rounded down as the accounts do."""
    units = scope.tables["units"]
    newest = units.filter(units.month == scope.last)
    newest = newest.filter(newest.version == newest.version.max(), newest.worth_points.notnull())
    owed = _owed(scope).inner_join(newest.select("unit", "worth_points", "worth_amount"), "unit")
    return owed.select(
        "unit", currency=ibis.literal(scope.currency),
        numerator=(owed.points * owed.worth_amount - (owed.points * owed.worth_amount) % owed.worth_points)
        // owed.worth_points,
        denominator=ibis.literal(1, "int64"),
    )  # fmt: skip


def expiring_soon(scope: Scope) -> Table:
    """Of the points of all members, those of lots that end in the days after the last one."""
    lots, moves, takings = scope.tables["lots"], scope.moves.select("posting"), scope.tables["takings"]
    soon = scope.until + timedelta(days=EXPIRING_DAYS)
    ends = lots.filter(lots.expires_day >= scope.until, lots.expires_day < soon).semi_join(moves, "posting")
    taken = takings.semi_join(moves, "posting").semi_join(ends, ["account", "lot"])
    left = ends.select("unit", "points").union(taken.select("unit", "points"))
    part = left.group_by("unit").aggregate(numerator=_total(left.points))
    owed = _owed(scope)
    found = owed.left_join(part, "unit")
    return found.select("unit", numerator=found.numerator.coalesce(0), denominator=found.points)


def cost_per_reward(scope: Scope) -> Table:
    """By reward, what a piece of it cost, of those of which a cost is known."""
    rows = scope.redeemed.filter(scope.redeemed.cost > 0)
    found = rows.group_by("reward").aggregate(numerator=_total(rows.cost), denominator=_total(rows.pieces))
    return found.select(
        "reward", "numerator", "denominator", currency=ibis.literal(scope.currency)
    )  # fmt: skip


def discount_depth(scope: Scope) -> Table:
    """What of the price of goods was taken off at the till, by currency."""
    lines = scope.tables["lines"]
    goods = lines.filter(lines.kind == "goods").inner_join(scope.bought.select("activity", "currency"), "activity")
    return goods.group_by("currency").aggregate(numerator=_total(goods.discount), denominator=_total(goods.amount))
