"""Every expression there is: what each KPI counts, in one place, for DuckDB and for Spark.

Each answers a table of its dimensions with `numerator` and `denominator`, whole numbers both; the division comes last
and is exact. Rows come in no order: engines lose one on the way, so who asks puts them into it. Instants are never
subtracted: days are compared, months counted.
"""

from datetime import timedelta
from typing import Final

import ibis
from ibis import Table
from ibis.expr.types import IntegerScalar, IntegerValue, StringValue

from guerdon.core import closing, money
from guerdon.insight.kpis.definitions import DORMANT_DAYS
from guerdon.insight.kpis.tables import Scope

ISSUED: Final = ("earn", "cancel")
KEPT: Final = (*ISSUED, "claw_back", "restore")
BURNED: Final = ("burn", "reinstate")
# Of a lot's points: what made them, and what took them back as if they had never been.
BORN: Final = ("earn", "restore", "adjust_up", "claw_back", "cancel", "adjust_down")
EXPIRED: Final = ("expire",)


def _total(value: ibis.Value, where: ibis.Value | None = None) -> IntegerScalar:
    """The sum as a whole number; 0 of nothing."""
    return value.sum(where=where).cast("int64").coalesce(0)


def _pair(numerator: IntegerScalar, denominator: IntegerScalar) -> Table:
    return numerator.as_table().rename(numerator=0).cross_join(denominator.as_table().rename(denominator=0))


def _counts(rows: Table, *of: str) -> Table:
    """How many rows there are, by dimension."""
    return rows.group_by(*of).aggregate(numerator=rows.count()) if of else rows.aggregate(numerator=rows.count())


def _bare(rows: Table) -> Table:
    return rows.mutate(denominator=ibis.null("int64"))


def _share(hit: Table, whole: Table) -> Table:
    """How many of the one there are for the other."""
    return _counts(hit).cross_join(whole.aggregate(denominator=whole.count()))


def month_of(day: ibis.Value) -> IntegerValue:
    """The number of the month, counted from the year 0."""
    return (day.year().cast("int64") * 12 + day.month().cast("int64") - 1).cast("int64")


def month_named(number: IntegerValue) -> StringValue:
    """A month as it is written, of its number."""
    year, month = (number - number % 12) // 12, number % 12 + 1
    return year.cast("string").lpad(4, "0") + "-" + month.cast("string").lpad(2, "0")


# --- members ---


def enrolments(scope: Scope) -> Table:
    joined = scope.joined
    return _bare(_counts(joined.filter(scope.within(joined.enrolled_day))))


def active_rate(scope: Scope) -> Table:
    people, active = scope.people, scope.active
    return _share(people.semi_join(active, people.member == active.person), people)


def churn(scope: Scope) -> Table:
    """Of those who bought in as many days just before, who has not bought in these."""
    bought, earlier = scope.bought, scope.purchases
    first = scope.since - timedelta(days=scope.asked.span.days)
    before = earlier.filter(earlier.day >= first, earlier.day < scope.since).select("person").distinct()
    return _share(before.anti_join(bought, "person"), before)


def retention(scope: Scope) -> Table:
    """By the month of the first purchase and the months since then, who bought again."""
    bought = scope.purchases.select("person", month=month_of(scope.purchases.day)).distinct()
    first = bought.group_by("person").aggregate(first=bought.month.min())
    start, end = (day.year * 12 + day.month - 1 for day in (scope.since, scope.until - timedelta(days=1)))
    cohort = first.filter(first.first >= start, first.first <= end)
    sizes = cohort.group_by("first").aggregate(denominator=cohort.count())
    months = bought.select(at="month").distinct()
    grid = sizes.cross_join(months)
    grid = grid.filter(grid.at >= grid["first"])
    again = bought.inner_join(cohort, "person")
    again = again.group_by("first", at="month").aggregate(buyers=again.count())
    found = grid.left_join(again, ["first", "at"])
    return found.select(
        cohort=month_named(found["first"]), months=found.at - found["first"], numerator=found.buyers.coalesce(0),
        denominator=found.denominator,
    )  # fmt: skip


def _tiered(scope: Scope, people: Table, levels: Table) -> Table:
    """Each person on each ladder that anybody has ever climbed: the tier, empty below the first one."""
    every = people.select("member").cross_join(scope.tables["tiers"].select("ladder").distinct())
    found = every.left_join(levels.select("member", "ladder", "level", "place"), ["member", "ladder"])
    return found.select("member", "ladder", tier=found.level.coalesce(""), place=found.place.coalesce(-1))


def tier_mix(scope: Scope) -> Table:
    people = scope.people
    found = _tiered(scope, people, scope.levels(scope.last))
    counted = found.group_by("ladder", "tier", "place").aggregate(numerator=found.count())
    return counted.cross_join(people.aggregate(denominator=people.count()))


def tier_migration(scope: Scope) -> Table:
    """From the tier at the end of the month before the days to the one at their end; who was there both times."""
    month = closing.named(scope.since.replace(day=1) - timedelta(days=1))
    people, earlier = scope.people, scope.roll(month)
    both = people.semi_join(earlier, "member")
    after, before = (_tiered(scope, both, scope.levels(one)) for one in (scope.last, month))
    moved = before.select("member", "ladder", before="tier", low="place").inner_join(
        after.select("member", "ladder", after="tier", high="place"), ["member", "ladder"]
    )
    counted = moved.group_by("ladder", "before", "after", "low", "high").aggregate(numerator=moved.count())
    had = moved.group_by("ladder", "before").aggregate(denominator=moved.count())
    return counted.inner_join(had, ["ladder", "before"])


# --- purchases ---


def repeat_purchase_rate(scope: Scope) -> Table:
    buyers = scope.bought.group_by("person").aggregate(times=scope.bought.count())
    return _share(buyers.filter(buyers.times >= 2), buyers)


def _money(scope: Scope) -> Table:
    """What was spent and came back in the days."""
    facts = scope.facts
    return facts.filter(scope.within(facts.day), facts.currency.notnull())


def average_order_value(scope: Scope) -> Table:
    trade = _money(scope)
    bought = (trade.kind == "purchase") & ~trade.amends
    return trade.group_by("currency").aggregate(
        numerator=_total(trade.spent) - _total(trade.returned), denominator=_total(bought.cast("int64"))
    )


def purchase_frequency(scope: Scope) -> Table:
    bought = scope.bought
    return bought.aggregate(numerator=bought.count(), denominator=bought.person.nunique())


def units_per_basket(scope: Scope) -> Table:
    counted = scope.bought.filter(scope.bought.pieces > 0)
    return counted.aggregate(numerator=_total(counted.pieces), denominator=counted.count())


def rfm(scope: Scope) -> Table:
    """Scores from 1 to 5 by rank, so that equals have the same one; a segment by recency and by frequency and money."""
    facts, bought = _money(scope), scope.bought
    home = facts.filter(facts.currency == scope.currency)
    times = bought.group_by("person").aggregate(last=bought.day.max(), times=bought.count())
    spent = home.group_by("person").aggregate(money=_total(home.spent) - _total(home.returned))
    who = times.left_join(spent, "person").select("person", "last", "times", money=ibis.coalesce(spent.money, 0))
    size = who.count().over(ibis.window())

    def score(column: ibis.Value) -> IntegerValue:
        return 1 + (5 * ibis.rank().over(ibis.window(order_by=column))) // size

    scored = who.select(recency=score(who["last"]), often=score(who.times), much=score(who.money))
    value = (scored.often + scored.much + 1) // 2  # the mean of both, rounded half up
    named = scored.select(segment=segment(scored.recency, value))
    counted = _counts(named, "segment")
    return counted.cross_join(named.aggregate(denominator=named.count()))


def segment(recency: IntegerValue, value: IntegerValue) -> StringValue:
    """The name of a square of the grid of recency and value, as the page of KPIs draws it."""
    return ibis.cases(
        ((recency >= 4) & (value >= 4), "champions"),
        ((recency == 3) & (value >= 4), "loyal"),
        ((recency <= 2) & (value >= 4), "cannot_lose"),
        ((recency >= 4) & (value >= 2), "potential_loyal"),
        ((recency == 3) & (value >= 2), "need_attention"),
        ((recency <= 2) & (value == 3), "at_risk"),
        (recency == 5, "new"),
        (recency == 4, "promising"),
        (recency == 3, "about_to_sleep"),
        (recency == 2, "hibernating"),
        ((recency == 1) & (value == 2), "hibernating"),
        else_="lost",
    )


# --- points ---


def earn_rate(scope: Scope) -> Table:
    """Points for one whole of the programme's currency."""
    moves, facts = scope.moves, _money(scope)
    home = facts.filter(facts.currency == scope.currency)
    spent = home.aggregate(spent=_total(home.spent) - _total(home.returned))
    kept = moves.filter(scope.within(moves.day), moves.kind.isin(KEPT))
    points = kept.group_by("unit").aggregate(points=_total(kept.points))
    found = points.inner_join(scope.spendable, "unit").cross_join(spent)
    whole = ibis.literal(10, "int64")
    return found.select(
        "unit", numerator=found.points * 10 ** money.decimals(scope.currency),
        denominator=found.spent * whole.pow(found.scale).cast("int64"),
    )  # fmt: skip


def redemption_rate_points(scope: Scope) -> Table:
    moves = scope.moves.filter(scope.within(scope.moves.day))
    return moves.group_by("unit").aggregate(
        numerator=-_total(moves.points, moves.kind.isin(BURNED)),
        denominator=_total(moves.points, moves.kind.isin(ISSUED)),
    )


def _redeemers(scope: Scope) -> Table:
    moves = scope.moves
    return moves.filter(moves.kind == "burn")


def redemption_rate_members(scope: Scope) -> Table:
    redeemers, active = _redeemers(scope), scope.active
    return _share(active.semi_join(redeemers.filter(scope.within(redeemers.day)), "person"), active)


def first_redemption_rate(scope: Scope) -> Table:
    """Of those who joined in the days, who has redeemed by their end."""
    joined, redeemers = scope.joined.filter(scope.within(scope.joined.enrolled_day)), _redeemers(scope)
    return _share(joined.semi_join(redeemers, joined.member == redeemers.person), joined)


def breakage(scope: Scope) -> Table:
    """Of the points that were earned in the days, what has expired by their end."""
    lives = scope.lives.filter(scope.within(scope.lives.earned_day))
    return lives.group_by("unit").aggregate(
        numerator=-_total(lives.points, lives.kind.isin(EXPIRED)),
        denominator=_total(lives.points, lives.kind.isin(BORN)),
    )


def dormant_points(scope: Scope) -> Table:
    """Of the points that members have, those of accounts of which nobody has been active for so many days."""
    moves, facts = scope.moves, scope.facts
    had = moves.group_by("account", "unit").aggregate(points=_total(moves.points))
    awake = facts.filter(facts.active, facts.day >= scope.until - timedelta(days=DORMANT_DAYS)).select("account")
    asleep = had.anti_join(awake, "account")
    whole = had.group_by("unit").aggregate(denominator=_total(had.points))
    part = asleep.group_by("unit").aggregate(numerator=_total(asleep.points))
    found = whole.left_join(part, "unit")
    return found.select("unit", numerator=found.numerator.coalesce(0), denominator="denominator")


def triangle(scope: Scope) -> Table:
    """By unit, the month in which points were earned, and the months since then: redeemed in that month, and earned.

    What was earned stands in the row of month 0, less what of it was taken back until now.
    """
    rows = scope.lives
    since, at = month_of(rows.earned_day), month_of(rows.day)
    born, redeemed = rows.kind.isin(BORN), rows.kind.isin(BURNED)
    flows = rows.filter(born | redeemed).select(
        "unit", cohort=since, months=ibis.ifelse(redeemed, at - since, 0),
        redeemed=ibis.ifelse(redeemed, -rows.points, 0), earned=ibis.ifelse(born, rows.points, 0),
    )  # fmt: skip
    return flows.group_by("unit", "cohort", "months").aggregate(
        numerator=_total(flows.redeemed), denominator=_total(flows.earned)
    )
