"""The walk through a history: event by event, each member as the law would have it."""

from guerdon.insight.simulate import earned, lots
from guerdon.insight.simulate.history import ADJUST, BURN, EARN
from guerdon.insight.simulate.jit import inlined, jit
from guerdon.insight.simulate.lots import ANY
from guerdon.insight.simulate.tables import (
    ASKED,
    AT,
    AWARDED,
    BEGINS,
    BIT,
    BUDGET,
    BUDGET_MOST,
    BY_HAND,
    CAPS,
    CAPS_END,
    CHOSEN,
    COST,
    CUT,
    DEBT,
    DEBT_MAX,
    DOWN,
    EARNS,
    ENDS,
    FIRED,
    FIRST,
    GAVE,
    GIVES,
    GROUP,
    HALF_UP,
    ISSUED,
    K_LEFT,
    K_ROOM,
    K_RULE,
    KEEP,
    LAW,
    MAY,
    MEMBER,
    MONTH,
    MOST,
    NO_LIMIT,
    NUMBER,
    OF,
    ORDER,
    OTHER,
    PAIR,
    PARTS,
    PARTS_END,
    POINTS,
    POSTED,
    REDEEMED,
    RETURNS,
    REWARDS,
    ROOM,
    ROOM_LEFT,
    ROW,
    RULE,
    S_LIFE,
    S_RULE,
    SHARE,
    SIGN,
    SLIDES,
    SLOT,
    SPAN,
    START,
    STRIDE,
    U_CAPS,
    U_CAPS_END,
    UNIT,
    UNMET,
    UP,
    USES,
    USES_END,
    WHAT,
    WHERE,
    WHOLE,
    Books,
    Desk,
    Rules,
    Told,
    Whole,
)  # fmt: skip


@jit
def walk(order: Whole, told: Told, rules: Rules, books: Books, desk: Desk) -> None:
    """These events in this order: each member's in that of the journal, or all of them."""
    for place in range(len(order)):
        event = order[place]
        member = told.events[event, MEMBER]
        for unit in range(len(desk.units) - 1):
            if books.purses[member, unit, DEBT] > 0:
                lots.repay_due(books, member, unit, told.events[event, POSTED], told.starts)
        what = told.events[event, WHAT]
        if what == EARN:
            earn(member, event, told, rules, books, desk)
        elif what == BURN:
            burn(member, event, told, rules, books)
        elif what == ADJUST:
            adjust(member, event, told, rules, books)
        else:
            give_back(member, event, told, rules, books, desk)


@jit
def close(until: int, starts: Whole, books: Books) -> None:
    """What time has done to everybody by the end."""
    for member in range(books.purses.shape[0]):
        for unit in range(books.purses.shape[1]):
            if books.purses[member, unit, DEBT] > 0:
                lots.repay_due(books, member, unit, until, starts)
            lots.sweep(books, member, unit, until, starts)


@inlined
def counter_of(limits: Whole, limit: int, told: Told, row: int) -> int:
    """Where the counter of a limit stands, of the window that a row falls into."""
    window: int = told.windows[row, limits[limit, SPAN]]
    place: int = limits[limit, SLOT] + window * limits[limit, STRIDE]
    return place


@inlined
def fire(row: int, told: Told, rules: Rules, books: Books, desk: Desk) -> int:
    """The rules whose window, condition and use limits let them through; how many, with what limits leave to each."""
    count = 0
    limits = rules.limits
    for place in range(told.rows[row, MAY], told.rows[row + 1, MAY]):
        rule = told.may[place, RULE]
        full = False
        for use in range(rules.rules[rule, USES], rules.rules[rule, USES_END]):
            counter = counter_of(limits, use, told, row)
            full = full or books.counters[counter] >= limits[use, MOST]
        if full:
            continue
        room = rules.rules[rule, ORDER]
        for cap in range(rules.rules[rule, CAPS], rules.rules[rule, CAPS_END]):
            counter = counter_of(limits, cap, told, row)
            room = min(room, limits[cap, MOST] - books.counters[counter])
        if rules.rules[rule, BUDGET] >= 0:
            room = min(room, rules.rules[rule, BUDGET_MOST] - books.spent[rules.rules[rule, BUDGET]])
        desk.rules[rule, ROOM] = max(0, room)
        desk.rules[rule, GAVE] = 0
        desk.lists[FIRED, count] = rule
        count += 1
    return count


@inlined
def leave_room(row: int, law: int, told: Told, rules: Rules, books: Books, desk: Desk) -> None:
    """What limits of each unit leave."""
    limits = rules.limits
    for unit in range(len(desk.units) - 1):
        room = NO_LIMIT
        for cap in range(rules.units[law, unit, U_CAPS], rules.units[law, unit, U_CAPS_END]):
            counter = counter_of(limits, cap, told, row)
            room = min(room, max(0, limits[cap, MOST] - books.counters[counter]))
        desk.units[unit, ROOM_LEFT] = room


@inlined
def earn(member: int, event: int, told: Told, rules: Rules, books: Books, desk: Desk) -> None:
    """A fact that rules answer."""
    row = told.events[event, ROW]
    law = told.events[event, LAW]
    count = fire(row, told, rules, books, desk)
    if count == 0 and told.events[event, KEEP] < 0:
        return
    leave_room(row, law, told, rules, books, desk)
    through = earned.best(told, rules, law, row, count, desk)
    if told.events[event, KEEP] >= 0:
        keep(told.events[event, KEEP], count, through, rules.rules, books, desk)
    for unit in range(len(desk.units) - 1):
        if desk.units[unit, START] < desk.units[unit + 1, START]:
            award(member, event, unit, told, rules, books, desk)
    for one in range(count):
        rule = desk.lists[FIRED, one]
        uses = rules.rules[rule, USES]
        if uses < rules.rules[rule, USES_END] and (desk.rules[rule, GAVE] or gives(told, rules, law, row, rule)):
            for use in range(uses, rules.rules[rule, USES_END]):
                books.counters[counter_of(rules.limits, use, told, row)] += 1
    for unit in range(len(desk.units) - 1):
        if books.purses[member, unit, DEBT] > 0:
            lots.repay(books, member, unit, told.events[event, POSTED], told.starts)


@jit
def gives(told: Told, rules: Rules, law: int, row: int, rule: int) -> bool:
    """Whether a rule gives a voucher: where it asks for lines, one of them must be there."""
    where = rules.rules[rule, WHERE]
    if not rules.rules[rule, GIVES] or where < 0:
        return bool(rules.rules[rule, GIVES])
    for basket in range(told.rows[row, FIRST], told.rows[row + 1, FIRST]):
        sign = told.baskets[basket, SIGN]
        if rules.laws[law, EARNS + told.kinds[sign]] and told.passes[sign, where]:
            return True
    return False


@inlined
def award(member: int, event: int, unit: int, told: Told, rules: Rules, books: Books, desk: Desk) -> None:
    """Give what the rules came to in a unit: a lot for each life, counters and budgets moved on."""
    row = told.events[event, ROW]
    law = told.events[event, LAW]
    limits = rules.limits
    down = rules.units[law, unit, WHOLE] * told.rows[row, DOWN]
    low = desk.units[unit, START]
    count = earned.share(rules.parts, low, desk.units[unit + 1, START], down, rules.laws[law, HALF_UP], desk)
    points = 0
    for one in range(count):
        rule = desk.shares[one, S_RULE]
        part = desk.shares[one, SHARE]
        if part == 0:
            continue
        points += part
        desk.rules[rule, GAVE] = 1
        for cap in range(rules.rules[rule, CAPS], rules.rules[rule, CAPS_END]):
            books.counters[counter_of(limits, cap, told, row)] += part
        if rules.rules[rule, BUDGET] >= 0:
            books.spent[rules.rules[rule, BUDGET]] += part
    if points == 0:
        return
    for cap in range(rules.units[law, unit, U_CAPS], rules.units[law, unit, U_CAPS_END]):
        books.counters[counter_of(limits, cap, told, row)] += points
    books.flows[ISSUED, unit, member, told.events[event, MONTH]] += points
    if told.events[event, KEEP] >= 0:
        books.kept_units[told.events[event, KEEP], unit, AWARDED] = points
    put_away(member, event, unit, count, told, rules, books, desk)


@inlined
def put_away(
    member: int, event: int, unit: int, count: int, told: Told, rules: Rules, books: Books, desk: Desk
) -> None:
    """Put the shares of each life into a lot."""
    purse = books.purses[member, unit]
    pair = told.events[event, PAIR]
    at = told.events[event, AT]
    slides = rules.units[told.events[event, LAW], unit, SLIDES]
    for one in range(count):
        life = desk.shares[one, S_LIFE]
        points = 0
        for other in range(one, count):
            if desk.shares[other, S_LIFE] == life:
                points += desk.shares[other, SHARE]
                desk.shares[other, SHARE] = 0
        if points > 0:
            begins = max(at, rules.lives[life, pair, BEGINS])
            lots.put(purse, books.lots, points, event, at, begins, rules.lives[life, pair, ENDS])
            if slides >= 0:
                lots.slide(purse, books.lots, told.events[event, POSTED], rules.lives[slides, pair, ENDS])


@jit
def keep(kept: int, count: int, through: int, rules: Whole, books: Books, desk: Desk) -> None:
    """Remember what a return will have to know of the moment of deciding (LAW 4.1)."""
    rivals = False
    for one in range(count):
        rule = desk.lists[FIRED, one]
        met = False
        for other in range(through):
            met = met or desk.lists[CHOSEN, other] == rule
        met = met and rules[rule, PARTS] < rules[rule, PARTS_END]
        rivals = rivals or (rules[rule, GROUP] >= 0 and not met)
    books.kept_count[kept] = count
    for one in range(count):
        rule = desk.lists[FIRED, one]
        known = rivals
        for other in range(through):
            known = known or (desk.lists[CHOSEN, other] == rule and desk.rules[rule, BIT] != 0)
        books.kept[kept, one, K_RULE] = rule
        books.kept[kept, one, K_ROOM] = desk.rules[rule, ROOM] if known else NO_LIMIT
    for unit in range(len(desk.units) - 1):
        bit = rivals or (desk.units[unit, START] < desk.units[unit + 1, START] and desk.units[unit, CUT] != 0)
        books.kept_units[kept, unit, K_LEFT] = desk.units[unit, ROOM_LEFT] if bit else NO_LIMIT


@jit
def burn(member: int, event: int, told: Told, rules: Rules, books: Books) -> None:
    """Points leave for a reward; where they are not there, it does not happen."""
    unit = told.events[event, UNIT]
    points = told.events[event, POINTS]
    month = told.events[event, MONTH]
    now = told.events[event, POSTED]
    purse = books.purses[member, unit]
    if lots.spendable(purse, books.lots, now) < points:
        books.flows[UNMET, unit, member, month] += 1
        return
    lots.draw(purse, books.lots, now, points, ANY, 0, False)
    books.flows[REDEEMED, unit, member, month] += points
    books.flows[REWARDS, unit, member, month] += told.events[event, COST]
    slides = rules.units[told.events[event, LAW], unit, SLIDES]
    if slides >= 0:
        lots.slide(purse, books.lots, now, rules.lives[slides, told.events[event, PAIR], ENDS])


@jit
def adjust(member: int, event: int, told: Told, rules: Rules, books: Books) -> None:
    """Points are given by hand, or taken as far as they are there."""
    unit = told.events[event, UNIT]
    points = told.events[event, POINTS]
    month = told.events[event, MONTH]
    purse = books.purses[member, unit]
    now = told.events[event, POSTED]
    if points < 0:
        missing = lots.draw(purse, books.lots, now, -points, ANY, 0, False)
        books.flows[OTHER, unit, member, month] += points + missing
        return
    at = told.events[event, AT]
    life = rules.units[told.events[event, LAW], unit, BY_HAND]
    lots.put(purse, books.lots, points, event, at, at, rules.lives[life, told.events[event, PAIR], ENDS])
    books.flows[OTHER, unit, member, month] += points
    for each in range(books.purses.shape[1]):
        if books.purses[member, each, DEBT] > 0:
            lots.repay(books, member, each, now, told.starts)


@jit
def fire_again(event: int, told: Told, rules: Rules, books: Books, desk: Desk) -> int:
    """The rules that were let through and still hold for what was kept, with the limits that they met then."""
    kept = told.events[told.events[event, OF], KEEP]
    row = told.events[event, ROW]
    count = 0
    for one in range(books.kept_count[kept]):
        rule = books.kept[kept, one, K_RULE]
        for place in range(told.rows[row, MAY], told.rows[row + 1, MAY]):
            if told.may[place, RULE] == rule:
                room = min(rules.rules[rule, ORDER], books.kept[kept, one, K_ROOM])
                for cap in range(rules.rules[rule, CAPS], rules.rules[rule, CAPS_END]):
                    room = min(room, rules.limits[cap, MOST])
                desk.rules[rule, ROOM] = room
                desk.lists[FIRED, count] = rule
                count += 1
    return count


@jit
def give_back(member: int, event: int, told: Told, rules: Rules, books: Books, desk: Desk) -> None:
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
        if asked < 0:
            books.odd[member] += 1
        elif asked > 0:
            lots.claw_back(
                books, member, unit, asked, bought, kept, told.events[event, POSTED], told.events[event, MONTH],
                rules.laws[law, RETURNS], rules.units[law, unit, DEBT_MAX], told.starts,
            )  # fmt: skip
