"""The arithmetic of earning as loops: `guerdon.core.earning` and `law.best` on arrays, in whole numbers (LAW 3)."""

from guerdon.insight.simulate.jit import inlined
from guerdon.insight.simulate.tables import BASE, FIXED, NO_LIMIT, Desk, Laws, Rows, Rules, Whole


@inlined
def lay_out(rules: Rules, count: int, units: int, desk: Desk) -> None:
    """Put the parts of rules that meet into their order: by unit base points, multipliers, bonuses."""
    place = 0
    for unit in range(units):
        desk.start[unit] = place
        for stage in range(3):
            for number in range(count):
                rule = desk.chosen[number]
                for part in range(rules.part_first[rule], rules.part_first[rule + 1]):
                    if rules.unit[part] == unit and min(rules.stage[part], FIXED) == stage:
                        desk.given[place] = part
                        place += 1
    desk.start[units] = place


@inlined
def add(
    rows: Rows, rules: Rules, laws: Laws, law: int, row: int, basket: int, low: int, high: int, desk: Desk,
    number: Whole,
) -> None:  # fmt: skip
    """Add what one basket gives to each part of a unit that is rated."""
    sign = rows.sign[basket]
    if not laws.earns[law, rows.earns[sign]]:
        return
    before = 0
    running = 0
    for place in range(low, high):
        part = desk.given[place]
        stage = rules.stage[part]
        if stage >= FIXED:
            break
        if not rows.passes[sign, rules.filter[part]]:
            continue
        if stage == BASE:
            on = rows.amount[basket] * rows.up[row] if rules.money[part] else rows.pieces[basket] * rows.piece[row]
            one = on * rules.up[part] * rules.weight[part]
            before += one
        else:
            one = (before if laws.adds[law] else running) * (rules.up[part] - rules.down[part]) // rules.down[part]
        running += one
        number[place] += one


@inlined
def bonus(rows: Rows, rules: Rules, laws: Laws, law: int, row: int, part: int, down: int) -> int:
    """A fixed bonus, for which one of the rule's lines must be there, or that of the step its lines reach."""
    on = 0
    there = rules.filter[part] < 0
    for basket in range(rows.first[row], rows.first[row + 1]):
        sign = rows.sign[basket]
        if laws.earns[law, rows.earns[sign]] and (rules.filter[part] < 0 or rows.passes[sign, rules.filter[part]]):
            there = True
            on += rows.amount[basket]
    if rules.stage[part] == FIXED:
        return rules.give[part] * down if there else 0
    found = 0
    for step in range(rules.step_first[part], rules.step_first[part + 1]):
        if on * rows.up[row] >= rules.step_min[step] * rows.down[row]:
            found = rules.step_give[step]
    return found * down


@inlined
def contribute(rows: Rows, rules: Rules, laws: Laws, law: int, row: int, unit: int, down: int, desk: Desk) -> None:
    """What each part of a unit gives, over the denominator `down`."""
    low = desk.start[unit]
    high = desk.start[unit + 1]
    for place in range(low, high):
        desk.number[place] = 0
    if laws.by_line[law]:
        for basket in range(rows.first[row], rows.first[row + 1]):
            for place in range(low, high):
                desk.line[place] = 0
            add(rows, rules, laws, law, row, basket, low, high, desk, desk.line)
            apportion(desk.line, low, high, down, laws.half_up[law], desk.shares)
            for place in range(low, high):
                desk.number[place] += desk.shares[place - low] * down
    else:
        for basket in range(rows.first[row], rows.first[row + 1]):
            add(rows, rules, laws, law, row, basket, low, high, desk, desk.number)
    for place in range(low, high):
        if rules.stage[desk.given[place]] >= FIXED:
            desk.number[place] = bonus(rows, rules, laws, law, row, desk.given[place], down)


@inlined
def whole(total: int, down: int, half_up: bool) -> int:
    """The one rounding of an exact sum."""
    return (2 * total + down) // (2 * down) if half_up else total // down


@inlined
def apportion(numbers: Whole, low: int, high: int, down: int, half_up: bool, shares: Whole) -> int:
    """Whole parts that sum to the rounded sum, by largest remainder, ties by place; answers the sum (LAW 3.3)."""
    total = 0
    short = 0
    for place in range(low, high):
        total += numbers[place]
        shares[place - low] = numbers[place] // down
        short -= shares[place - low]
    points = whole(total, down, half_up)
    short += points
    while short > 0:
        most = -1
        chosen = low
        for place in range(low, high):
            rest = numbers[place] - shares[place - low] * down
            # What has been given its part has less than nothing left over, and is not asked again.
            if rest > most:
                most = rest
                chosen = place
        shares[chosen - low] += 1
        short -= 1
    return points


@inlined
def clamp(rules: Rules, low: int, high: int, down: int, desk: Desk) -> bool:
    """Clamp what each rule gives to what its limits leave; whether one bit (LAW 3.5)."""
    cut = False
    for place in range(low, high):
        rule = rules.owner[desk.given[place]]
        if desk.room[rule] > NO_LIMIT // down:
            continue
        left = desk.room[rule] * down
        for earlier in range(low, place):
            if rules.owner[desk.given[earlier]] == rule:
                left -= desk.number[earlier]
        if desk.number[place] > left:
            desk.number[place] = left
            desk.bit[rule] = True
            cut = True
    return cut


@inlined
def trim(low: int, high: int, down: int, most: int, desk: Desk) -> bool:
    """Clamp the sum to a limit of the unit, the last added first; whether it bit."""
    if most > NO_LIMIT // down:
        return False
    left = most * down
    cut = False
    for place in range(low, high):
        if desk.number[place] > left:
            desk.number[place] = left
            cut = True
        left -= desk.number[place]
    return cut


@inlined
def total(
    rows: Rows, rules: Rules, laws: Laws, law: int, row: int, units: int, count: int,
    desk: Desk,
) -> int:  # fmt: skip
    """What rules give that meet, clamped but not rounded, by part; answers the points of all units together."""
    lay_out(rules, count, units, desk)
    points = 0
    for number in range(count):
        desk.bit[desk.chosen[number]] = False
    for unit in range(units):
        low = desk.start[unit]
        high = desk.start[unit + 1]
        desk.cut[unit] = False
        if low == high:
            continue
        down = laws.whole[law, unit] * rows.down[row]
        contribute(rows, rules, laws, law, row, unit, down, desk)
        clamp(rules, low, high, down, desk)
        trim(low, high, down, laws.order[law, unit], desk)
        desk.cut[unit] = trim(low, high, down, desk.left[unit], desk)
        sums = 0
        for place in range(low, high):
            sums += desk.number[place]
        points += whole(sums, down, laws.half_up[law])
    return points


@inlined
def best(rows: Rows, rules: Rules, laws: Laws, law: int, row: int, units: int, count: int, desk: Desk) -> int:
    """The outcome in which each group lets only one rule through, the one that gives most, ties by key.

    Rules that fired stand in `desk.fired`; those that got through in `desk.chosen`, and how many of them is answered.
    """
    tried = 1
    for one in range(count):
        group = rules.group[desk.fired[one]]
        if group >= 0:
            desk.turn[group] = 0
            for other in range(one):
                if rules.group[desk.fired[other]] == group:
                    tried = 2
    most = -1
    through = 0
    last = tried == 1
    while True:
        if last and tried == 1:
            for one in range(count):
                desk.chosen[one] = desk.fired[one]
            chosen = count
        elif last:
            for one in range(through):
                desk.chosen[one] = desk.best[one]
            chosen = through
        else:
            chosen = choose(rules, count, desk)
        points = total(rows, rules, laws, law, row, units, chosen, desk)
        if last:
            break
        if points > most:
            most = points
            through = chosen
            for one in range(chosen):
                desk.best[one] = desk.chosen[one]
        last = not turn(rules, count, desk)
    return chosen


@inlined
def rank(rules: Rules, count: int, one: int, desk: Desk) -> int:
    """The place of a rule among those of its group that fired, in the order of their keys."""
    mine = desk.fired[one]
    found = 0
    for other in range(count):
        rule = desk.fired[other]
        if rules.group[rule] == rules.group[mine] and rules.by_key[rule] < rules.by_key[mine]:
            found += 1
    return found


@inlined
def choose(rules: Rules, count: int, desk: Desk) -> int:
    """The rules without a group, and of each group the one whose turn it is, in their order; how many."""
    chosen = 0
    for one in range(count):
        group = rules.group[desk.fired[one]]
        if group < 0 or rank(rules, count, one, desk) == desk.turn[group]:
            desk.chosen[chosen] = desk.fired[one]
            chosen += 1
    return chosen


@inlined
def turn(rules: Rules, count: int, desk: Desk) -> bool:
    """Turn to the next combination, the last group first; whether there is one."""
    last = -1
    while True:
        group = -1
        for one in range(count):
            of = rules.group[desk.fired[one]]
            if of > group and (last < 0 or of < last):
                group = of
        if group < 0:
            return False
        size = 0
        for one in range(count):
            if rules.group[desk.fired[one]] == group:
                size += 1
        desk.turn[group] += 1
        if desk.turn[group] < size:
            return True
        desk.turn[group] = 0
        last = group
