"""Facts that undo others, as loops: cancelled burns give back what these took, lot by lot (LAW 5.5)."""

from guerdon.insight.simulate import lots
from guerdon.insight.simulate.history import CANCEL
from guerdon.insight.simulate.jit import jit
from guerdon.insight.simulate.lots import ANY
from guerdon.insight.simulate.tables import (
    B_BACK,
    B_COUNT,
    B_FIRST,
    COST,
    EARNED,
    ENDS,
    ENOUGH,
    EXPIRED,
    GONE,
    KEEP,
    L_ENDS,
    LAW,
    LEFT,
    MONTH,
    OF,
    ORIGIN,
    PAIR,
    POINTS,
    POSTED,
    REDEEMED,
    REVIVES,
    REWARDS,
    T_LOT,
    T_POINTS,
    UNIT,
    WHAT,
    Books,
    Links,
    Rules,
    Told,
    Whole,
)  # fmt: skip


@jit
def follow(member: int, event: int, told: Told, rules: Rules, links: Links, books: Books) -> None:
    """A fact that follows from another one."""
    if told.events[event, WHAT] == CANCEL:
        cancel(member, event, told, rules, links, books)


@jit
def draw(purse: Whole, lots_of: Whole, at: int, points: int, burn: int, links: Links) -> None:
    """Take so many points for a burn that is cancelled later, and remember out of which lots."""
    first = links.burns[burn, B_FIRST]
    while points > 0:
        found = lots.first_of(purse, lots_of, at, ANY, 0, False)
        part = min(points, lots_of[found, LEFT])
        lots_of[found, LEFT] -= part
        points -= part
        take = first + links.burns[burn, B_COUNT]
        links.takes[take, T_LOT] = found
        links.takes[take, T_POINTS] = part
        links.burns[burn, B_COUNT] += 1


@jit
def cancel(member: int, event: int, told: Told, rules: Rules, links: Links, books: Books) -> None:
    """Points of a burn go back where they came from, the last taken first; of one that did not happen, none."""
    of = told.events[event, OF]
    burn = told.events[of, KEEP]
    if links.burns[burn, B_COUNT] == 0:
        return
    unit = told.events[of, UNIT]
    month = told.events[event, MONTH]
    law = told.events[event, LAW]
    now = told.events[event, POSTED]
    points = told.events[event, POINTS]
    skip = links.burns[burn, B_BACK]
    links.burns[burn, B_BACK] += points
    books.flows[REDEEMED, unit, member, month] -= points
    books.flows[REWARDS, unit, member, month] -= told.events[event, COST]
    place = links.burns[burn, B_FIRST] + links.burns[burn, B_COUNT] - 1
    while points > 0:
        gone = min(skip, links.takes[place, T_POINTS])
        skip -= gone
        part = min(points, links.takes[place, T_POINTS] - gone)
        points -= part
        if part > 0:
            put_back(member, unit, links.takes[place, T_LOT], part, event, told, rules, books)
        place -= 1
    lots.repay_all(books, member, now, told.starts)
    lots.note_enough(member, unit, rules.units[law, unit, ENOUGH], books)


@jit
def put_back(member: int, unit: int, lot: int, points: int, event: int, told: Told, rules: Rules, books: Books) -> None:
    """Points are in their lot again; where it has ended, they end at once, or get a life of some days more."""
    now = told.events[event, POSTED]
    life = rules.laws[told.events[event, LAW], REVIVES]
    if books.lots[lot, L_ENDS] > now:
        books.lots[lot, LEFT] += points
    elif life < 0:
        books.lots[lot, GONE] += points
        books.flows[EXPIRED, unit, member, told.events[event, MONTH]] += points
    else:
        ends = rules.lives[life, told.events[event, PAIR], ENDS]
        origin, earned = books.lots[lot, ORIGIN], books.lots[lot, EARNED]
        lots.put(books.purses[member, unit], books.lots, points, origin, earned, now, ends)
