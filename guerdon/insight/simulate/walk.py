"""The walk through a history: event by event, each member as the law would have it."""

from guerdon.insight.simulate import climbing, earned, holding, linked, lots, moves, returns
from guerdon.insight.simulate.history import ADJUST, BURN, EARN, GRANT, RETURN, REVIEW
from guerdon.insight.simulate.jit import inlined, jit
from guerdon.insight.simulate.tables import (
    ANSWERS,
    AT,
    AWARDED,
    BEGINS,
    BIT,
    BUDGET,
    BUDGET_MOST,
    CAPS,
    CAPS_END,
    CHOSEN,
    CUT,
    DEBT,
    DOWN,
    DRAFTED,
    EARNS,
    ENDS,
    ENOUGH,
    FIRED,
    FIRST,
    GAVE,
    GIVES,
    GROUP,
    HALF_UP,
    ISSUED,
    K_ANSWERS,
    K_LEFT,
    K_ROOM,
    K_RULE,
    KEEP,
    LAW,
    LEAVES,
    LEAVES_END,
    MAY,
    MEMBER,
    MONTH,
    MOST,
    NO_LIMIT,
    ORDER,
    PAIR,
    PARTS,
    PARTS_END,
    POSTED,
    ROOM,
    ROOM_LEFT,
    ROW,
    RULE,
    S_LIFE,
    S_RULE,
    SEQ,
    SHARE,
    SIGN,
    SLIDES,
    SLOT,
    SPAN,
    SPEND,
    START,
    STRIDE,
    U_CAPS,
    U_CAPS_END,
    USES,
    USES_END,
    WHAT,
    WHEN,
    WHERE,
    WHOLE,
    Books,
    Desk,
    Ladders,
    Links,
    Rules,
    Told,
    Whole,
)  # fmt: skip


@jit
def walk(
    order: Whole, told: Told, rules: Rules, ladders: Ladders | None, links: Links | None, books: Books, desk: Desk
) -> None:
    """These events in this order: each member's in that of the journal, or all of them.

    Where there are no ladders, `None` compiles the loops without all that climbs, and where no fact undoes another,
    without what leads from one to the other.
    """
    for place in range(len(order)):
        event = order[place]
        member = told.events[event, MEMBER]
        if links is not None:
            holding.end(member, told.events[event, POSTED], told.starts, links, books)
        for unit in range(len(desk.units) - 1):
            if books.purses[member, unit, DEBT] > 0:
                lots.repay_due(books, member, unit, told.events[event, POSTED], told.starts)
        if ladders is not None and ladders.drafted >= 0:
            climbing.sleep(member, told.events[event, SEQ], ladders, books)
        what = told.events[event, WHAT]
        if what == EARN:
            earn(member, event, told, rules, ladders, books, desk)
        elif what == BURN:
            moves.burn(member, event, told, rules, links, books)
        elif what == ADJUST:
            moves.adjust(member, event, told, rules, ladders, books)
        elif what == REVIEW:
            # A draft has its own reviews, in the same nights.
            if ladders is not None and ladders.laws[told.events[event, LAW], DRAFTED] == 0:
                climbing.look(told.events[event, LAW], member, told.events[event, AT], ladders, books)
        elif what == RETURN:
            returns.give_back(member, event, told, rules, ladders, books, desk)
        elif ladders is not None and what == GRANT:
            climbing.give(member, books)
        elif links is not None:
            linked.follow(member, event, told, rules, links, books)


@jit
def close(until: int, starts: Whole, links: Links | None, books: Books) -> None:
    """What time has done to everybody by the end."""
    for member in range(books.purses.shape[0]):
        if links is not None:
            holding.end(member, until, starts, links, books)
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
def fire(row: int, told: Told, rules: Rules, ladders: Ladders | None, books: Books, desk: Desk) -> int:
    """The rules whose window, condition and use limits let them through; how many, with what limits leave to each."""
    count = 0
    limits = rules.limits
    for place in range(told.rows[row, MAY], told.rows[row + 1, MAY]):
        rule = told.may[place, RULE]
        asked = 0
        if ladders is not None and rules.rules[rule, LEAVES] < rules.rules[rule, LEAVES_END]:
            asked = climbing.answers(rules.rules[rule, LEAVES], rules.rules[rule, LEAVES_END], ladders)
        desk.rules[rule, ANSWERS] = asked
        full = (told.may[place, WHEN] >> asked) & 1 == 0
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
def earn(member: int, event: int, told: Told, rules: Rules, ladders: Ladders | None, books: Books, desk: Desk) -> None:
    """A fact that rules answer, and then each rise that it makes, which they answer, too."""
    row = told.events[event, ROW]
    law = told.events[event, LAW]
    if ladders is not None:
        climbing.forget_rises(ladders)
    kept = told.events[event, KEEP]
    origin = event
    while row >= 0:
        if ladders is not None:
            climbing.see(law, member, told.events[event, AT], origin < 0, ladders, books)
        count = fire(row, told, rules, ladders, books, desk)
        if ladders is None and count == 0 and kept < 0:
            break
        leave_room(row, law, told, rules, books, desk)
        through = earned.best(told, rules, law, row, count, desk)
        # Who rises may earn with the new level: then the fact is decided anew.
        if ladders is not None and climbing.gain(member, event, law, row, told, rules, ladders, books, desk):
            count = fire(row, told, rules, ladders, books, desk)
            through = earned.best(told, rules, law, row, count, desk)
            climbing.gain_more(member, event, law, row, told, rules, ladders, books, desk)
        if kept >= 0:
            keep(kept, count, through, rules.rules, books, desk)
            books.climbed.kept[kept] = told.rows[row, SPEND]
        for unit in range(len(desk.units) - 1):
            if desk.units[unit, START] < desk.units[unit + 1, START]:
                award(member, event, row, origin, unit, told, rules, books, desk)
        for one in range(count):
            rule = desk.lists[FIRED, one]
            uses = rules.rules[rule, USES]
            if uses < rules.rules[rule, USES_END] and (desk.rules[rule, GAVE] or gives(told, rules, law, row, rule)):
                for use in range(uses, rules.rules[rule, USES_END]):
                    books.counters[counter_of(rules.limits, use, told, row)] += 1
        for unit in range(len(desk.units) - 1):
            if books.purses[member, unit, DEBT] > 0:
                lots.repay(books, member, unit, told.events[event, POSTED], told.starts)
        # It is no part of the order, so no return of it takes back what it gave (LAW 4.5).
        row = climbing.next_rise(member, event, told, ladders, books) if ladders is not None else -1
        kept = -1
        origin = -1 - event


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
def award(
    member: int, event: int, row: int, origin: int, unit: int, told: Told, rules: Rules, books: Books, desk: Desk
) -> None:
    """Give what the rules came to in a unit: a lot for each life, counters and budgets moved on."""
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
    if told.events[event, KEEP] >= 0 and origin >= 0:
        books.kept_units[told.events[event, KEEP], unit, AWARDED] = points
    put_away(member, event, origin, unit, count, told, rules, books, desk)
    lots.note_enough(member, unit, rules.units[law, unit, ENOUGH], books)


@inlined
def put_away(
    member: int, event: int, origin: int, unit: int, count: int, told: Told, rules: Rules, books: Books, desk: Desk
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
            lots.put(purse, books.lots, points, origin, at, begins, rules.lives[life, pair, ENDS])
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
        books.kept[kept, one, K_ANSWERS] = desk.rules[rule, ANSWERS]
        books.kept[kept, one, K_ROOM] = desk.rules[rule, ROOM] if known else NO_LIMIT
    for unit in range(len(desk.units) - 1):
        bit = rivals or (desk.units[unit, START] < desk.units[unit + 1, START] and desk.units[unit, CUT] != 0)
        books.kept_units[kept, unit, K_LEFT] = desk.units[unit, ROOM_LEFT] if bit else NO_LIMIT
