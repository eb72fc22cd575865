"""Points that leave for a reward, and points that are given and taken by hand, as loops."""

from guerdon.insight.simulate import climbing, linked, lots
from guerdon.insight.simulate.history import BURN, NONE
from guerdon.insight.simulate.jit import jit
from guerdon.insight.simulate.lots import ANY
from guerdon.insight.simulate.tables import (
    AT,
    BY_HAND,
    COST,
    DAY,
    EARNED_POINTS,
    ENDS,
    ENOUGH,
    KEEP,
    LAW,
    MONTH,
    OF,
    OF_WHAT,
    OF_WHICH,
    OTHER,
    PAIR,
    POINTS,
    POSTED,
    REDEEMED,
    REWARDS,
    SLIDES,
    UNIT,
    UNMET,
    WHAT,
    Books,
    Ladders,
    Links,
    Rules,
    Told,
)  # fmt: skip


@jit
def burn(member: int, event: int, told: Told, rules: Rules, links: Links | None, books: Books) -> None:
    """Points leave for a reward; where they are not there, it does not happen.

    What is paid in several units is had whole or not at all (LAW 8.1): all of it with the first of its burns.
    """
    if told.events[event, OF] not in (NONE, event):
        return
    end, there = event, True
    while end == event or (end < len(told.events) and told.events[end, OF] == event and told.events[end, WHAT] == BURN):
        purse = books.purses[member, told.events[end, UNIT]]
        there &= lots.spendable(purse, books.lots, told.events[end, POSTED]) >= told.events[end, POINTS]
        end += 1
    for each in range(event, end):
        if there:
            pay(member, each, told, rules, links, books)
        else:
            books.flows[UNMET, told.events[each, UNIT], member, told.events[each, MONTH]] += 1


@jit
def pay(member: int, event: int, told: Told, rules: Rules, links: Links | None, books: Books) -> None:
    """Points leave that are there."""
    unit = told.events[event, UNIT]
    points = told.events[event, POINTS]
    month = told.events[event, MONTH]
    now = told.events[event, POSTED]
    purse = books.purses[member, unit]
    if links is not None and told.events[event, KEEP] >= 0:
        linked.draw(purse, books.lots, now, points, told.events[event, KEEP], links)
    else:
        lots.draw(purse, books.lots, now, points, ANY, 0, False)
    books.flows[REDEEMED, unit, member, month] += points
    books.flows[REWARDS, unit, member, month] += told.events[event, COST]
    slides = rules.units[told.events[event, LAW], unit, SLIDES]
    if slides >= 0:
        lots.slide(purse, books.lots, now, rules.lives[slides, told.events[event, PAIR], ENDS])


@jit
def adjust(member: int, event: int, told: Told, rules: Rules, ladders: Ladders | None, books: Books) -> None:
    """Points are given by hand, or taken as far as they are there; they count for ladders, too."""
    unit = told.events[event, UNIT]
    points = told.events[event, POINTS]
    month = told.events[event, MONTH]
    purse = books.purses[member, unit]
    now = told.events[event, POSTED]
    if points < 0:
        missing = lots.draw(purse, books.lots, now, -points, ANY, 0, False)
        books.flows[OTHER, unit, member, month] += points + missing
        if ladders is not None:
            count_by_hand(member, event, unit, points + missing, told, ladders, books)
        return
    at = told.events[event, AT]
    life = rules.units[told.events[event, LAW], unit, BY_HAND]
    lots.put(purse, books.lots, points, event, at, at, rules.lives[life, told.events[event, PAIR], ENDS])
    books.flows[OTHER, unit, member, month] += points
    lots.repay_all(books, member, now, told.starts)
    lots.note_enough(member, unit, rules.units[told.events[event, LAW], unit, ENOUGH], books)
    if ladders is not None:
        count_by_hand(member, event, unit, points, told, ladders, books)


@jit
def count_by_hand(member: int, event: int, unit: int, points: int, told: Told, ladders: Ladders, books: Books) -> None:
    """Points given or taken by hand move the ladders that count them, on the day that they are."""
    law = told.events[event, LAW]
    moves = False
    for measure in range(len(ladders.moved)):
        mine = ladders.measures[measure, OF_WHAT] == EARNED_POINTS and ladders.measures[measure, OF_WHICH] == unit
        ladders.moved[measure] = points if mine and ladders.counts[law, measure] else 0
        moves = moves or ladders.moved[measure] != 0
    if moves:
        climbing.forget_rises(ladders)
        climbing.take(member, told.events[event, AT], told.events[event, DAY], law, False, ladders, books)
