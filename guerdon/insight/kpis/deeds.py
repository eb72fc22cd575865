"""Expressions of what members do: whether they take part, do more than buy, come back, and what they say of it."""

from datetime import timedelta

import ibis
from ibis import Table

from guerdon.insight.kpis.definitions import DORMANT_DAYS
from guerdon.insight.kpis.expressions import BURNED, KEPT
from guerdon.insight.kpis.tables import Scope


def _share(hit: Table, whole: Table) -> Table:
    """How many of the one there are for the other."""
    return hit.aggregate(numerator=hit.count()).cross_join(whole.aggregate(denominator=whole.count()))


def participation(scope: Scope) -> Table:
    """Of the members at the end, who got or spent points in the days."""
    moves = scope.moves
    moved = moves.filter(scope.within(moves.day), moves.kind.isin((*KEPT, *BURNED))).select("person").distinct()
    people = scope.people
    return _share(people.semi_join(moved, people.member == moved.person), people)


def engagement(scope: Scope) -> Table:
    """Of those who were active in the days, who did something else than buy."""
    facts = scope.facts
    more = facts.filter(facts.active, scope.within(facts.day), ~facts.kind.isin(("purchase", "return")))
    return _share(scope.active.semi_join(more.select("person"), "person"), scope.active)


def active_days(scope: Scope) -> Table:
    facts = scope.facts
    days = facts.filter(facts.active, scope.within(facts.day)).select("person", "day").distinct()
    return days.aggregate(numerator=days.count(), denominator=days.person.nunique())


def reactivation(scope: Scope) -> Table:
    """Of those who had been active before, but not for so many days when the days began, who was active in them."""
    facts, slept = scope.facts, scope.since - timedelta(days=DORMANT_DAYS)
    active = facts.filter(facts.active)
    ever = active.filter(active.day < slept).select("person").distinct()
    awake = active.filter(active.day >= slept, active.day < scope.since).select("person")
    dormant = ever.anti_join(awake, "person")
    return _share(dormant.semi_join(scope.active, "person"), dormant)


def net_promoter_score(scope: Scope) -> Table:
    """By kind of fact, of the last score of each from 0 to 10: nine and ten, less all up to six."""
    facts = scope.facts
    told = facts.filter(scope.within(facts.day), facts.score >= 0, facts.score <= 10)
    last = told.group_by("kind", "person").aggregate(score=told.score.argmax(told.seq))
    return last.group_by("kind").aggregate(
        numerator=last.count(where=last.score >= 9) - last.count(where=last.score <= 6), denominator=last.count()
    )


def spend_by_redeeming(scope: Scope) -> Table:
    """What those who bought spent each, of who has ever spent points up to the last day, and of all others."""
    facts, moves = scope.facts, scope.moves
    home = facts.filter(scope.within(facts.day), facts.currency == scope.currency)
    spent = home.group_by("person").aggregate(
        money=(home.spent - home.returned).sum().cast("int64"), bought=home.count(where=home.kind == "purchase")
    )
    redeemed = moves.filter(moves.kind == "burn").select("person").distinct().mutate(redeems=True)
    buyers = spent.filter(spent.bought > 0).left_join(redeemed, "person")
    named = buyers.select("money", redeems=ibis.ifelse(buyers.redeems.notnull(), "yes", "no"))
    found = named.group_by("redeems").aggregate(
        numerator=named.money.sum().cast("int64"), denominator=named.count()
    )  # fmt: skip
    return found.mutate(currency=ibis.literal(scope.currency))
