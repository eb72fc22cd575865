"""Holds as loops: points that are reserved in their lots, captured, released, or free by themselves (LAW 5.4)."""

from guerdon.insight.simulate import lots
from guerdon.insight.simulate.jit import jit
from guerdon.insight.simulate.lots import ANY
from guerdon.insight.simulate.tables import (
    B_COUNT,
    B_FIRST,
    COST,
    DEBT,
    ENDS,
    EXPIRED,
    GONE,
    H_COUNT,
    H_ENDS,
    H_FIRST,
    H_NEXT,
    H_OPEN,
    H_UNIT,
    HELD,
    HOLDS_COUNT,
    HOLDS_FIRST,
    KEEP,
    L_ENDS,
    LAW,
    LEFT,
    MONTH,
    OF,
    PAIR,
    POINTS,
    POSTED,
    REDEEMED,
    REWARDS,
    SLIDES,
    T_LOT,
    T_POINTS,
    UNIT,
    UNMET,
    Books,
    Links,
    Rules,
    Told,
    Whole,
)  # fmt: skip


@jit
def hold(member: int, event: int, told: Told, links: Links, books: Books) -> None:
    """Points are reserved in their lots; where they are not there, they are not, and nothing comes of it."""
    unit = told.events[event, UNIT]
    points = told.events[event, POINTS]
    now = told.events[event, POSTED]
    made = links.holds[told.events[event, KEEP]]
    purse = books.purses[member, unit]
    links.held[member, HOLDS_COUNT] += 1
    made[H_UNIT] = unit
    made[H_ENDS] = told.events[event, COST]
    made[H_NEXT] = made[H_FIRST]
    if lots.spendable(purse, books.lots, now) < points:
        books.flows[UNMET, unit, member, told.events[event, MONTH]] += 1
        return
    made[H_OPEN] = 1
    while points > 0:
        lot = lots.first_of(purse, books.lots, now, ANY, 0, False)
        part = min(points, books.lots[lot, LEFT])
        books.lots[lot, LEFT] -= part
        books.lots[lot, HELD] += part
        points -= part
        take = made[H_FIRST] + made[H_COUNT]
        links.takes[take, T_LOT] = lot
        links.takes[take, T_POINTS] = part
        made[H_COUNT] += 1


@jit
def capture(member: int, event: int, told: Told, rules: Rules, links: Links, books: Books) -> None:
    """The first points in order leave, as of the instant at which they were reserved."""
    of = told.events[event, OF]
    made = links.holds[told.events[of, KEEP]]
    if made[H_COUNT] == 0:
        return
    unit = told.events[event, UNIT]
    points = told.events[event, POINTS]
    burn = told.events[event, KEEP]
    month = told.events[of, MONTH]
    books.flows[REDEEMED, unit, member, month] += points
    books.flows[REWARDS, unit, member, month] += told.events[event, COST]
    while points > 0:
        take = made[H_NEXT]
        lot = links.takes[take, T_LOT]
        part = min(points, links.takes[take, T_POINTS])
        points -= part
        books.lots[lot, HELD] -= part
        links.takes[take, T_POINTS] -= part
        if links.takes[take, T_POINTS] == 0:
            made[H_NEXT] += 1
        if burn >= 0:
            place = links.burns[burn, B_FIRST] + links.burns[burn, B_COUNT]
            links.takes[place, T_LOT] = lot
            links.takes[place, T_POINTS] = part
            links.burns[burn, B_COUNT] += 1
    slides = rules.units[told.events[event, LAW], unit, SLIDES]
    if slides >= 0:
        until = rules.lives[slides, told.events[of, PAIR], ENDS]
        lots.slide(books.purses[member, unit], books.lots, told.events[event, POSTED], until)


@jit
def release(member: int, event: int, told: Told, links: Links, books: Books) -> None:
    """What is still held is free again, and repays debt first."""
    now = told.events[event, POSTED]
    free(member, told.events[told.events[event, OF], KEEP], now, told.events[event, MONTH], links, books)
    lots.repay_all(books, member, now, told.starts)


@jit
def free(member: int, hold: int, at: int, month: int, links: Links, books: Books) -> None:
    """What a hold still holds is left of its lots; what these have not lived to see ends at once."""
    made = links.holds[hold]
    if made[H_OPEN] == 0:
        return
    made[H_OPEN] = 0
    for take in range(made[H_NEXT], made[H_FIRST] + made[H_COUNT]):
        lot = links.takes[take, T_LOT]
        part = links.takes[take, T_POINTS]
        books.lots[lot, HELD] -= part
        if books.lots[lot, L_ENDS] > at:
            books.lots[lot, LEFT] += part
        else:
            books.lots[lot, GONE] += part
            books.flows[EXPIRED, made[H_UNIT], member, month] += part


@jit
def end(member: int, now: int, starts: Whole, links: Links, books: Books) -> None:
    """Holds whose time is over by an instant are free since their own ends, the first one first."""
    while True:
        found = -1
        first = links.held[member, HOLDS_FIRST]
        for one in range(first, first + links.held[member, HOLDS_COUNT]):
            over = links.holds[one, H_OPEN] != 0 and links.holds[one, H_ENDS] <= now
            if over and (found < 0 or links.holds[one, H_ENDS] < links.holds[found, H_ENDS]):
                found = one
        if found < 0:
            break
        unit = links.holds[found, H_UNIT]
        at = links.holds[found, H_ENDS]
        if books.purses[member, unit, DEBT] > 0:
            lots.repay_due(books, member, unit, at, starts)
        free(member, found, at, lots.month_of(starts, at), links, books)
        if books.purses[member, unit, DEBT] > 0:
            lots.repay(books, member, unit, at, starts)
