"""The walk through a history: event by event, each member as the law would have it."""

from guerdon.insight.simulate import earned, lots
from guerdon.insight.simulate.history import ADJUST, BURN, EARN
from guerdon.insight.simulate.jit import inlined, jit
from guerdon.insight.simulate.lots import ANY
from guerdon.insight.simulate.tables import (
    NO_LIMIT,
    Books,
    Desk,
    Happened,
    Laws,
    Lives,
    Rows,
    Rules,
    Whole,
)  # fmt: skip


@jit
def walk(
    order: Whole, members: Whole, starts: Whole, told: Happened, rows: Rows, rules: Rules, laws: Laws, lives: Lives,
    books: Books, desk: Desk,
) -> None:  # fmt: skip
    """These events in this order: each member's in that of the journal, or all of them."""
    units = laws.whole.shape[1]
    for place in range(len(order)):
        event = order[place]
        step(members[event], event, units, starts, told, rows, rules, laws, lives, books, desk)


@jit
def close(until: int, starts: Whole, units: int, books: Books) -> None:
    """What time has done to everybody by the end."""
    for member in range(len(books.odd)):
        for unit in range(units):
            if books.debt[member, unit] > 0:
                lots.repay_due(books, member, unit, units, until, starts)
            lots.sweep(books, member, unit, units, until, starts)


@inlined
def step(
    member: int, event: int, units: int, starts: Whole, told: Happened, rows: Rows, rules: Rules, laws: Laws,
    lives: Lives, books: Books, desk: Desk,
) -> None:  # fmt: skip
    """One event of a member."""
    for unit in range(units):
        if books.debt[member, unit] > 0:
            lots.repay_due(books, member, unit, units, told.posted[event], starts)
    what = told.what[event]
    if what == EARN:
        earn(member, event, units, starts, told, rows, rules, laws, lives, books, desk)
    elif what == BURN:
        burn(member, event, units, told, laws, lives, books)
    elif what == ADJUST:
        adjust(member, event, units, starts, told, laws, lives, books)
    else:
        give_back(member, event, units, starts, told, rows, rules, laws, books, desk)


@inlined
def fire(event: int, told: Happened, rows: Rows, rules: Rules, books: Books, desk: Desk) -> int:
    """The rules whose window, condition and use limits let them through; how many, with what limits leave to each."""
    row = told.row[event]
    count = 0
    for place in range(rows.may_first[row], rows.may_first[row + 1]):
        rule = rows.may[place]
        full = False
        for use in range(rules.use_first[rule], rules.use_first[rule + 1]):
            counter = rules.use_slot[use] + told.windows[rules.use_span[use], row]
            full = full or books.counters[counter] >= rules.use_most[use]
        if full:
            continue
        room = rules.order[rule]
        for cap in range(rules.cap_first[rule], rules.cap_first[rule + 1]):
            counter = rules.cap_slot[cap] + told.windows[rules.cap_span[cap], row]
            room = min(room, rules.cap_most[cap] - books.counters[counter])
        if rules.budget[rule] >= 0:
            room = min(room, rules.budget_most[rule] - books.spent[rules.budget[rule]])
        desk.room[rule] = max(0, room)
        desk.fired[count] = rule
        count += 1
    return count


@inlined
def earn(
    member: int, event: int, units: int, starts: Whole, told: Happened, rows: Rows, rules: Rules, laws: Laws,
    lives: Lives, books: Books, desk: Desk,
) -> None:  # fmt: skip
    """A fact that rules answer."""
    row = told.row[event]
    law = told.law[event]
    count = fire(event, told, rows, rules, books, desk)
    if count == 0 and told.keep[event] < 0:
        return
    for unit in range(units):
        room = NO_LIMIT
        name = law * units + unit
        for cap in range(laws.cap_first[name], laws.cap_first[name + 1]):
            counter = laws.cap_slot[cap] + told.windows[laws.cap_span[cap], row]
            room = min(room, max(0, laws.cap_most[cap] - books.counters[counter]))
        desk.left[unit] = room
    through = earned.best(rows, rules, laws, law, row, units, count, desk)
    if told.keep[event] >= 0:
        keep(told.keep[event], count, through, units, rules, laws, law, books, desk)
    for one in range(count):
        desk.gave[desk.fired[one]] = rules.gives[desk.fired[one]] and there(
            rows, rules, laws, law, row, desk.fired[one]
        )
    for unit in range(units):
        if desk.start[unit] < desk.start[unit + 1]:
            award(member, event, unit, units, told, rows, rules, laws, lives, books, desk)
    for one in range(count):
        rule = desk.fired[one]
        if desk.gave[rule]:
            for use in range(rules.use_first[rule], rules.use_first[rule + 1]):
                books.counters[rules.use_slot[use] + told.windows[rules.use_span[use], row]] += 1
    for unit in range(units):
        if books.debt[member, unit] > 0:
            lots.repay(books, member, unit, units, told.posted[event], starts)


@inlined
def there(rows: Rows, rules: Rules, laws: Laws, law: int, row: int, rule: int) -> bool:
    """Whether one of the lines that a rule asks for is there."""
    if rules.where[rule] < 0:
        return True
    for basket in range(rows.first[row], rows.first[row + 1]):
        sign = rows.sign[basket]
        if laws.earns[law, rows.earns[sign]] and rows.passes[sign, rules.where[rule]]:
            return True
    return False


@inlined
def share(unit: int, law: int, down: int, rules: Rules, laws: Laws, desk: Desk) -> int:
    """Round what the parts of a unit give, rule by rule; how many rules there are."""
    count = 0
    for place in range(desk.start[unit], desk.start[unit + 1]):
        rule = rules.owner[desk.given[place]]
        at = 0
        while at < count and desk.rules[at] != rule:
            at += 1
        if at == count:
            desk.rules[count] = rule
            desk.sums[count] = 0
            desk.lives[count] = rules.life[desk.given[place]]
            count += 1
        desk.sums[at] += desk.number[place]
    earned.apportion(desk.sums, 0, count, down, laws.half_up[law], desk.shares)
    return count


@inlined
def award(
    member: int, event: int, unit: int, units: int, told: Happened, rows: Rows, rules: Rules, laws: Laws, lives: Lives,
    books: Books, desk: Desk,
) -> None:  # fmt: skip
    """Give what the rules came to in a unit: a lot for each life, counters and budgets moved on."""
    row = told.row[event]
    law = told.law[event]
    count = share(unit, law, laws.whole[law, unit] * rows.down[row], rules, laws, desk)
    points = 0
    for one in range(count):
        rule = desk.rules[one]
        part = desk.shares[one]
        if part == 0:
            continue
        points += part
        desk.gave[rule] = True
        for cap in range(rules.cap_first[rule], rules.cap_first[rule + 1]):
            books.counters[rules.cap_slot[cap] + told.windows[rules.cap_span[cap], row]] += part
        if rules.budget[rule] >= 0:
            books.spent[rules.budget[rule]] += part
    if points == 0:
        return
    name = law * units + unit
    for cap in range(laws.cap_first[name], laws.cap_first[name + 1]):
        books.counters[laws.cap_slot[cap] + told.windows[laws.cap_span[cap], row]] += points
    books.issued[unit, member, told.month[event]] += points
    if told.keep[event] >= 0:
        books.awarded[told.keep[event], unit] = points
    for one in range(count):
        life = desk.lives[one]
        points = 0
        for other in range(one, count):
            if desk.lives[other] == life:
                points += desk.shares[other]
                desk.shares[other] = 0
        if points > 0:
            begins = max(told.at[event], lives.begins[life, told.pair[event]])
            ends = lives.ends[life, told.pair[event]]
            lots.put(books, member, unit, units, points, event, told.at[event], begins, ends)
            if laws.slides[law, unit] >= 0:
                until = lives.ends[laws.slides[law, unit], told.pair[event]]
                lots.slide(books, member, unit, units, told.posted[event], until)


@jit
def keep(
    kept: int, count: int, through: int, units: int, rules: Rules, laws: Laws, law: int, books: Books, desk: Desk
) -> None:
    """Remember what a return will have to know of the moment of deciding (LAW 4.1)."""
    rivals = False
    for one in range(count):
        rule = desk.fired[one]
        met = False
        for other in range(through):
            met = met or desk.chosen[other] == rule
        met = met and rules.part_first[rule] < rules.part_first[rule + 1]
        rivals = rivals or (rules.group[rule] >= 0 and not met)
    books.kept_count[kept] = count
    for one in range(count):
        rule = desk.fired[one]
        books.kept_rules[kept, one] = rule
        known = rivals
        for other in range(through):
            known = known or (desk.chosen[other] == rule and desk.bit[rule])
        books.kept_rooms[kept, one] = desk.room[rule] if known else NO_LIMIT
    for unit in range(units):
        bit = rivals or (desk.start[unit] < desk.start[unit + 1] and desk.cut[unit])
        books.unit_rooms[kept, unit] = desk.left[unit] if bit else NO_LIMIT


@jit
def burn(member: int, event: int, units: int, told: Happened, laws: Laws, lives: Lives, books: Books) -> None:
    """Points leave for a reward; where they are not there, it does not happen."""
    unit = told.unit[event]
    points = told.points[event]
    law = told.law[event]
    now = told.posted[event]
    if lots.spendable(books, member, unit, units, now) < points:
        books.unmet[unit, member, told.month[event]] += 1
        return
    lots.draw(books, member, unit, units, now, points, ANY, 0, False)
    books.redeemed[unit, member, told.month[event]] += points
    books.cost[unit, member, told.month[event]] += told.cost[event]
    if laws.slides[law, unit] >= 0:
        until = lives.ends[laws.slides[law, unit], told.pair[event]]
        lots.slide(books, member, unit, units, now, until)


@jit
def adjust(
    member: int, event: int, units: int, starts: Whole, told: Happened, laws: Laws, lives: Lives, books: Books
) -> None:
    """Points are given or taken by hand, no more than there are."""
    unit = told.unit[event]
    points = told.points[event]
    if points < 0:
        now = told.posted[event]
        missing = lots.draw(books, member, unit, units, now, -points, ANY, 0, False)
        books.other[unit, member, told.month[event]] += points + missing
        return
    ends = lives.ends[laws.by_hand[told.law[event], unit], told.pair[event]]
    lots.put(books, member, unit, units, points, event, told.at[event], told.at[event], ends)
    books.other[unit, member, told.month[event]] += points
    for each in range(units):
        lots.repay(books, member, each, units, told.posted[event], starts)


@jit
def give_back(
    member: int, event: int, units: int, starts: Whole, told: Happened, rows: Rows, rules: Rules, laws: Laws,
    books: Books, desk: Desk,
) -> None:  # fmt: skip
    """A return leaves the member what the kept part of the purchase earns, by the law that gave the award."""
    bought = told.of[event]
    kept = told.keep[bought]
    law = told.law[bought]
    row = told.row[event]
    count = 0
    for one in range(books.kept_count[kept]):
        rule = books.kept_rules[kept, one]
        for place in range(rows.may_first[row], rows.may_first[row + 1]):
            if rows.may[place] == rule:
                room = min(rules.order[rule], books.kept_rooms[kept, one])
                for cap in range(rules.cap_first[rule], rules.cap_first[rule + 1]):
                    room = min(room, rules.cap_most[cap])
                desk.room[rule] = room
                desk.fired[count] = rule
                count += 1
    for unit in range(units):
        name = law * units + unit
        desk.left[unit] = books.unit_rooms[kept, unit]
        for cap in range(laws.cap_first[name], laws.cap_first[name + 1]):
            desk.left[unit] = min(desk.left[unit], laws.cap_most[cap])
    earned.best(rows, rules, laws, law, row, units, count, desk)
    for unit in range(units):
        points = 0
        for place in range(desk.start[unit], desk.start[unit + 1]):
            points += desk.number[place]
        points = earned.whole(points, laws.whole[law, unit] * rows.down[row], laws.half_up[law])
        keeps = min(points, books.awarded[kept, unit]) if rows.up[row] > 0 else 0
        asked = books.awarded[kept, unit] - keeps - books.asked[kept, unit]
        books.asked[kept, unit] += asked
        if asked < 0:
            books.odd[member] += 1
        elif asked > 0:
            lots.claw_back(
                books, member, unit, units, asked, bought, kept, told.posted[event], told.month[event],
                laws.returns[law], laws.debt_max[law, unit], starts,
            )  # fmt: skip
