"""Returns as loops: what the kept part of a purchase earns, and what leaves the ladders with the rest (LAW 4, 7.3)."""

from guerdon.insight.simulate import climbing, earned, lots
from guerdon.insight.simulate.jit import inlined, jit
from guerdon.insight.simulate.tables import (
    ASKED,
    AT,
    AWARDED,
    CAPS,
    CAPS_END,
    DAY,
    DEBT_MAX,
    DOWN,
    EARNED_POINTS,
    FIRED,
    GAINED,
    HALF_UP,
    K_ANSWERS,
    K_LEFT,
    K_ROOM,
    K_RULE,
    KEEP,
    LAW,
    MAY,
    MONTH,
    MOST,
    NOW,
    NUMBER,
    OF,
    OF_WHAT,
    OF_WHICH,
    ORDER,
    POSTED,
    RESTORES,
    RETURNS,
    ROOM,
    ROOM_LEFT,
    ROW,
    RULE,
    SPEND,
    SPENT,
    START,
    U_CAPS,
    U_CAPS_END,
    UP,
    WHEN,
    WHOLE,
    Books,
    Desk,
    Ladders,
    Rules,
    Told,
)  # fmt: skip


@jit
def fire_again(event: int, told: Told, rules: Rules, books: Books, desk: Desk) -> int:
    """The rules that were let through and still hold for what was kept, with the limits that they met then."""
    kept = told.events[told.events[event, OF], KEEP]
    row = told.events[event, ROW]
    count = 0
    for one in range(books.kept_count[kept]):
        rule = books.kept[kept, one, K_RULE]
        for place in range(told.rows[row, MAY], told.rows[row + 1, MAY]):
            if told.may[place, RULE] == rule and (told.may[place, WHEN] >> books.kept[kept, one, K_ANSWERS]) & 1:
                room = min(rules.rules[rule, ORDER], books.kept[kept, one, K_ROOM])
                for cap in range(rules.rules[rule, CAPS], rules.rules[rule, CAPS_END]):
                    room = min(room, rules.limits[cap, MOST])
                desk.rules[rule, ROOM] = room
                desk.lists[FIRED, count] = rule
                count += 1
    return count


@jit
def give_back(
    member: int, event: int, told: Told, rules: Rules, ladders: Ladders | None, books: Books, desk: Desk
) -> None:
    """A return leaves the member what the kept part of the purchase earns, by the law that gave the award."""
    bought = told.events[event, OF]
    kept = told.events[bought, KEEP]
    law = told.events[bought, LAW]
    row = told.events[event, ROW]
    units = len(desk.units) - 1
    count = fire_again(event, told, rules, books, desk)
    for unit in range(units):
        room = books.kept_units[kept, unit, K_LEFT]
        for cap in range(rules.units[law, unit, U_CAPS], rules.units[law, unit, U_CAPS_END]):
            room = min(room, rules.limits[cap, MOST])
        desk.units[unit, ROOM_LEFT] = room
    earned.best(told, rules, law, row, count, desk)
    for unit in range(units):
        exact = 0
        for place in range(desk.units[unit, START], desk.units[unit + 1, START]):
            exact += desk.places[place, NUMBER]
        down = rules.units[law, unit, WHOLE] * told.rows[row, DOWN]
        awarded = books.kept_units[kept, unit, AWARDED]
        keeps = min(earned.whole(exact, down, rules.laws[law, HALF_UP]), awarded) if told.rows[row, UP] > 0 else 0
        asked = awarded - keeps - books.kept_units[kept, unit, ASKED]
        books.kept_units[kept, unit, ASKED] += asked
        desk.units[unit, GAINED] = -asked
        if asked < 0:
            books.odd[member, RESTORES] += 1
        elif asked > 0:
            lots.claw_back(
                books, member, unit, asked, bought, kept, told.events[event, POSTED], told.events[event, MONTH],
                rules.laws[law, RETURNS], rules.units[law, unit, DEBT_MAX], told.starts,
            )  # fmt: skip
    if ladders is not None:
        count_back(member, event, kept, told, rules, ladders, books, desk)


@inlined
def count_back(  # noqa: PLR0917 - a compiled loop sees arrays only
    member: int, event: int, kept: int, told: Told, rules: Rules, ladders: Ladders, books: Books, desk: Desk
) -> None:
    """What a return takes out of the basis of the purchase's day, by the ladders of its own instant (LAW 7.3)."""
    bought = told.events[event, OF]
    law = told.events[bought, LAW]
    row = told.events[event, ROW]
    spend = told.rows[row, SPEND] if told.rows[row, UP] > 0 else 0
    less = spend - books.climbed.kept[kept]
    books.climbed.kept[kept] = spend
    for measure in range(len(ladders.moved)):
        found = 0
        if ladders.counts[law, measure]:
            which = ladders.measures[measure, OF_WHICH]
            if ladders.measures[measure, OF_WHAT] == SPENT:
                found = less
            elif ladders.measures[measure, OF_WHAT] == EARNED_POINTS and which >= 0:
                found = desk.units[which, GAINED]
        ladders.moved[measure] = found
    climbing.forget_rises(ladders)
    at, now = told.events[event, AT], told.events[event, NOW]
    climbing.take(member, at, told.events[bought, DAY], now, True, ladders, books)
