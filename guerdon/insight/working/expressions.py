"""What is counted to say what does not work, in one place, for DuckDB today and Spark tomorrow."""

from datetime import timedelta

import ibis
from ibis import Table

from guerdon.core.working import RIPE_DAYS
from guerdon.insight.kpis.expressions import BURNED, EXPIRED
from guerdon.insight.kpis.tables import Scope


def offers(scope: Scope) -> Table:
    """What the last version has on offer: all of it, with whether it was there all the days."""
    found = scope.tables["offers"]
    found = found.filter(found.month == scope.last)
    there = (found.since_day <= scope.since) & (found.start_day.isnull() | (found.start_day <= scope.since))
    there &= found.until_day.isnull() | (found.until_day >= scope.until)
    return found.select("kind", "key", "of", "name", "since_day", "kinds", "campaign", there=there)


def occasions(scope: Scope) -> Table:
    """By kind how many entries of the days there are that rules may be triggered by."""
    rows = scope.tables["activities"]
    found = rows.filter(scope.within(rows.day))
    return found.group_by("kind").aggregate(times=found.count())


def fired(scope: Scope) -> Table:
    """By rule in how many entries of the days it gave something, and on which day it last did."""
    rows = scope.tables["fired"]
    rows = rows.filter(rows.day < scope.until)
    entries = rows.select("rule", "activity", "day").distinct()
    return entries.group_by("rule").aggregate(
        times=entries.count(where=scope.within(entries.day)), last=entries.day.max()
    )


def taken(scope: Scope) -> Table:
    """By reward how many pieces were taken in the days, and on which day the last ever was."""
    rows = scope.tables["redemptions"]
    rows = rows.filter(rows.day < scope.until)
    pieces = rows.pieces.sum(where=scope.within(rows.day)).cast("int64").coalesce(0)
    return rows.group_by("reward").aggregate(times=pieces, last=rows.day.max())


def given(scope: Scope) -> Table:
    """By voucher how many of the days are old enough to have been used, and how many were; how many moved at all.

    Old enough is one that was given a while before the end, or is over by then.
    """
    rows, uses = scope.tables["vouchers"], scope.tables["uses"]
    rows, uses = rows.filter(rows.day < scope.until), uses.filter(uses.day < scope.until)
    known = uses.filter(uses.voucher_id.notnull())
    net = known.group_by("voucher_id").aggregate(net=known.uses.sum().cast("int64"))
    both = rows.left_join(net, "voucher_id")
    both = both.mutate(
        used=both.net.coalesce(0) > 0,
        ripe=scope.within(both.day)
        & ((both.day < scope.until - timedelta(days=RIPE_DAYS)) | (both.expires_day <= scope.until).coalesce(False)),
    )  # fmt: skip
    born = both.group_by("voucher").aggregate(
        ripe=both.count(where=both.ripe), used=both.count(where=both.ripe & both.used),
        moved=both.count(where=scope.within(both.day)), last=both.day.max(),
    )  # fmt: skip
    zero = ibis.literal(0).cast("int64")
    seen = uses.group_by("voucher").aggregate(moved=uses.count(where=scope.within(uses.day)), last=uses.day.max())
    every = born.union(seen.select("voucher", ripe=zero, used=zero, moved="moved", last="last"))
    sums = [every[name].sum().cast("int64").name(name) for name in ("ripe", "used", "moved")]
    return every.group_by("voucher").aggregate(*sums, last=every.last.max())


def levels(scope: Scope) -> Table:
    """By ladder and tier the most members that it had at the end of a month of the days."""
    months = [one for one in scope.months if scope.since.isoformat()[:7] <= one <= scope.last]
    rows, members = scope.tables["tiers"], scope.tables["members"]
    alive = members.filter(members.status.isin(("active", "blocked"))).select("member", "month")
    rows = rows.filter(rows.month.isin(months)).semi_join(alive, ["member", "month"])
    each = rows.group_by("ladder", "level", "month").aggregate(members=rows.count())
    return each.group_by("ladder", "level").aggregate(most=each.members.max())


def expired(scope: Scope) -> Table:
    """By unit what expired and what was spent in the days, whose expired, and who of them has never spent any."""
    moves = scope.moves
    within, lost, burned = scope.within(moves.day), moves.kind.isin(EXPIRED), moves.kind.isin(BURNED)
    by_person = moves.group_by("unit", "person").aggregate(
        expired=(-moves.points).sum(where=within & lost).cast("int64").coalesce(0),
        spent=(-moves.points).sum(where=within & burned).cast("int64").coalesce(0),
        burns=moves.count(where=moves.kind == "burn"),
    )
    loses = by_person.expired > 0
    return by_person.group_by("unit").aggregate(
        expired=by_person.expired.sum().cast("int64"), spent=by_person.spent.sum().cast("int64"),
        losers=by_person.count(where=loses), never=by_person.count(where=loses & (by_person.burns == 0)),
    )  # fmt: skip


def worth(scope: Scope) -> Table:
    """What points of the spendable units are worth, where the last version says so."""
    units = scope.tables["units"]
    newest = units.filter(units.month == scope.last)
    newest = newest.filter(newest.version == newest.version.max(), newest.spendable)
    return newest.select("unit", "scale", "worth_points", "worth_amount")


def buyers(scope: Scope) -> Table:
    """By store how many different persons bought there in the days; without one, in the programme."""
    bought = scope.bought
    by_store = bought.filter(bought.store.notnull())
    found = by_store.group_by("store").aggregate(people=by_store.person.nunique())
    whole = bought.aggregate(people=bought.person.nunique())
    return found.union(whole.select(store=ibis.null("string"), people="people"))


def segments(scope: Scope) -> Table:
    """By segment, told or saved, how many members were in it at the end of the days; without one, in the programme."""
    people = scope.people
    named = people.select("member", segment=people.segments).union(people.select("member", segment=people.saved))
    each = named.select("member", segment=named.segment.unnest()).distinct()
    found = each.group_by("segment").aggregate(people=each.count())
    whole = people.aggregate(people=people.count())
    return found.union(whole.select(segment=ibis.null("string"), people="people"))
