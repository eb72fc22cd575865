"""Facts that follow from others, as loops: burns that are cancelled, points that pass to others (LAW 5.5, 6.1)."""

from typing import Final

from guerdon.insight.simulate import holding, lots
from guerdon.insight.simulate.history import CANCEL, CAPTURE, GIVE, HOLD, RELEASE
from guerdon.insight.simulate.jit import jit
from guerdon.insight.simulate.lots import ANY
from guerdon.insight.simulate.tables import (
    B_BACK,
    B_COUNT,
    B_FIRST,
    COST,
    DEBT,
    EARNED,
    ENDS,
    ENOUGH,
    EXPIRED,
    FEE,
    FEE_PERCENT,
    FEE_UP,
    GIVES_MIN,
    GONE,
    KEEP,
    L_BEGINS,
    L_ENDS,
    LAW,
    LEFT,
    MEMBER,
    MONTH,
    OF,
    ORIGIN,
    OTHER,
    PAIR,
    POINTS,
    POSTED,
    REDEEMED,
    REVIVES,
    REWARDS,
    T_LOT,
    T_POINTS,
    UNIT,
    UNMET,
    WHAT,
    Books,
    Links,
    Rules,
    Told,
    Whole,
)  # fmt: skip

WHOLE_FEE: Final = 10_000  # hundredths of a percent


@jit
def follow(member: int, event: int, told: Told, rules: Rules, links: Links, books: Books) -> None:
    """A fact that follows from another one."""
    if told.events[event, WHAT] == CANCEL:
        cancel(member, event, told, rules, links, books)
    elif told.events[event, WHAT] == GIVE:
        give(member, event, told, rules, links, books)
    elif told.events[event, WHAT] == HOLD:
        holding.hold(member, event, told, links, books)
    elif told.events[event, WHAT] == CAPTURE:
        holding.capture(member, event, told, rules, links, books)
    elif told.events[event, WHAT] == RELEASE:
        holding.release(member, event, told, links, books)


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


@jit
def give(member: int, event: int, told: Told, rules: Rules, links: Links, books: Books) -> None:
    """Points pass to another member, or to a cause; where they are not there with the fee, nothing does.

    Each lot keeps whom it is of and its dates.
    """
    unit = told.events[event, UNIT]
    points = told.events[event, POINTS]
    month = told.events[event, MONTH]
    now = told.events[event, POSTED]
    arrival = told.events[event, OF]
    law = told.events[event, LAW]
    purse = books.purses[member, unit]
    fee = fee_of(law, unit, points, told.events[event, COST], rules) if arrival >= 0 else 0
    barred = arrival >= 0 and points < rules.units[law, unit, GIVES_MIN]
    if barred or lots.spendable(purse, books.lots, now) < points + fee:
        books.flows[UNMET, unit, member, month] += 1
        return
    books.flows[OTHER, unit, member, month] -= points + fee
    if arrival < 0:
        lots.draw(purse, books.lots, now, points, ANY, 0, False)
        return
    other = told.events[arrival, MEMBER]
    holding.end(other, now, told.starts, links, books)
    for each in range(books.purses.shape[1]):
        if books.purses[other, each, DEBT] > 0:
            lots.repay_due(books, other, each, now, told.starts)
    books.flows[OTHER, unit, other, month] += points
    while points > 0:
        lot = lots.first_of(purse, books.lots, now, ANY, 0, False)
        part = min(points, books.lots[lot, LEFT])
        books.lots[lot, LEFT] -= part
        points -= part
        begins, ends = books.lots[lot, L_BEGINS], books.lots[lot, L_ENDS]
        origin, earned = books.lots[lot, ORIGIN], books.lots[lot, EARNED]
        lots.put(books.purses[other, unit], books.lots, part, origin, earned, begins, ends)
    lots.draw(purse, books.lots, now, fee, ANY, 0, False)
    lots.repay_all(books, other, now, told.starts)
    lots.note_enough(other, unit, rules.units[law, unit, ENOUGH], books)


@jit
def fee_of(law: int, unit: int, points: int, told: int, rules: Rules) -> int:
    """The fee of a gift: under a draft by its terms, else the one that was told."""
    if rules.units[law, unit, GIVES_MIN] == 0:
        return told
    parts = points * rules.units[law, unit, FEE_PERCENT] + (WHOLE_FEE - 1) * rules.units[law, unit, FEE_UP]
    return int(rules.units[law, unit, FEE] + parts // WHOLE_FEE)
