"""The one expression of a roll-forward: every lot and all that was taken of it, by what the lot is of."""

from collections.abc import Mapping
from typing import Final

import ibis
from ibis import Table

from guerdon.insight.roll_forward.lines import OPENING, By

_OF_MOVES: Final = ("account", "lot", "unit", "kind", "points", "month", "before", "late")


def moved(tables: Mapping[str, Table], month: str, before: str | None, by: By, ladder: str) -> Table:
    """The points of a month by `was` and `now` – what they were of at its beginning and its end –, `unit` and `part`.

    `part` is the kind of posting, or `opening` for all that was before; `late` is what came after its own month had
    been closed. The tables have no later month than this one.
    """
    lots, takings, postings = tables["lots"], tables["takings"], tables["postings"]
    told = postings.select("account", "posting", "before", "late")
    born = lots.inner_join(told, ["account", "posting"]).select(*_OF_MOVES)
    taken = takings.inner_join(told, ["account", "posting"]).select(*_OF_MOVES)
    moves = born.union(taken)
    if by == "tier":
        found = _by_tier(tables, moves, month, before, ladder)
    else:
        of = _of_lots(tables, lots, by)
        found = moves.inner_join(of, ["account", "lot"]).mutate(was=ibis._.of)
        found = found.mutate(now=found.was)
    earlier = (found.month != month) | found.before
    found = found.mutate(
        part=ibis.ifelse(earlier, ibis.literal(OPENING), found.kind),
        prior=ibis.ifelse(found.late & ~earlier, found.points, 0),
    )
    return found.group_by("was", "now", "unit", "part").aggregate(
        points=found.points.sum().cast("int64"), late=found.prior.sum().cast("int64")
    )


def _of_lots(tables: Mapping[str, Table], lots: Table, by: By) -> Table:
    """What each lot is of: nothing but its unit, its funder, or the store of the fact that first earned its points."""
    if by == "unit":
        return lots.select("account", "lot", of=ibis.literal(""))
    if by == "funder":
        return lots.select("account", "lot", of=lots.funder.coalesce(""))
    facts = tables["activities"].select("activity", "store")
    found = lots.left_join(facts, lots.origin == facts.activity)
    return found.select("account", "lot", of=found.store.coalesce(""))


def _by_tier(tables: Mapping[str, Table], moves: Table, month: str, before: str | None, ladder: str) -> Table:
    """Moves by the tiers of their accounts at both ends; what the first month opened with has those of its end."""
    now = _levels(tables, month, ladder)
    found = moves.left_join(now, moves.account == now.holder)
    found = found.select(*_OF_MOVES, now=found.level.coalesce(""))
    if before is None:
        return found.mutate(was=found.now)
    was = _levels(tables, before, ladder)
    both = found.left_join(was, found.account == was.holder)
    # What moves in the month itself moves in the tier of its end.
    level = ibis.ifelse(both.month == month, both.now, both.level.coalesce(""))
    return both.select(*_OF_MOVES, "now", was=level)


def _levels(tables: Mapping[str, Table], month: str, ladder: str) -> Table:
    """The tier at the end of a month by account: of members by themselves, and of the households that they share."""
    members, tiers = tables["members"], tables["tiers"]
    had = tiers.filter(tiers.month == month, tiers.ladder == ladder).select("member", "level")
    of = members.filter(members.month == month).select("member", "account").inner_join(had, "member")
    alone, shared = of.select("level", holder="member"), of.select("level", holder="account")
    return alone.union(shared).group_by("holder").aggregate(level=ibis._.level.min())
