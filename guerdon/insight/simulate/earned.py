"""The arithmetic of earning as loops: `guerdon.core.earning` and `law.best` on arrays, in whole numbers (LAW 3)."""

from guerdon.insight.simulate.jit import inlined, jit
from guerdon.insight.simulate.tables import (
    ADDS,
    AMOUNT,
    BASE,
    BEST,
    BIT,
    BY_KEY,
    BY_LINE,
    CHOSEN,
    CUT,
    DOWN,
    EARNS,
    FILTER,
    FIRED,
    FIRST,
    FIXED,
    GIVE,
    GIVEN,
    GROUP,
    HALF_UP,
    IN_TURN,
    LEAST,
    LIFE,
    LINE,
    MONEY,
    NO_LIMIT,
    NUMBER,
    OWNER,
    P_DOWN,
    P_UP,
    PART,
    PARTS,
    PARTS_END,
    PIECE,
    PIECES,
    ROOM,
    ROOM_LEFT,
    ROOMY,
    ROUNDED,
    S_LIFE,
    S_RULE,
    SHARE,
    SIGN,
    STAGE,
    START,
    STEPS_END,
    STEPS_FROM,
    SUM,
    TURN,
    U_ORDER,
    UP,
    WEIGHT,
    WHOLE,
    Desk,
    Rules,
    Told,
    Whole,
)  # fmt: skip


@inlined
def lay_out(parts: Whole, rules: Whole, count: int, desk: Desk) -> None:
    """Put the parts of rules that meet into their order: by unit base points, multipliers, bonuses."""
    turns = len(desk.turns)
    for turn in range(turns):
        desk.turns[turn] = 0
    for number in range(count):
        rule = desk.lists[CHOSEN, number]
        for part in range(rules[rule, PARTS], rules[rule, PARTS_END]):
            desk.turns[parts[part, IN_TURN]] += 1
    place = 0
    for turn in range(turns):
        if turn % (FIXED + 1) == 0:
            desk.units[turn // (FIXED + 1), START] = place
        place += desk.turns[turn]
        desk.turns[turn] = place - desk.turns[turn]
    desk.units[len(desk.units) - 1, START] = place
    for number in range(count):
        rule = desk.lists[CHOSEN, number]
        for part in range(rules[rule, PARTS], rules[rule, PARTS_END]):
            turn = parts[part, IN_TURN]
            desk.places[desk.turns[turn], PART] = part
            desk.turns[turn] += 1


@inlined
def whole(total: int, down: int, half_up: int) -> int:
    """The one rounding of an exact sum."""
    return (2 * total + down) // (2 * down) if half_up else total // down


@jit
def apportion(table: Whole, numbers: int, shares: int, low: int, high: int, down: int, half_up: int) -> None:
    """Whole parts that sum to the rounded sum, by largest remainder, ties by place (LAW 3.3).

    They go from one column of a table into another.
    """
    total = 0
    short = 0
    for place in range(low, high):
        total += table[place, numbers]
        table[place, shares] = table[place, numbers] // down
        short -= table[place, shares]
    short += whole(total, down, half_up)
    while short > 0:
        most = -1
        chosen = low
        for place in range(low, high):
            # What has been given its part has less than nothing left over, and is not asked again.
            rest = table[place, numbers] - table[place, shares] * down
            if rest > most:
                most = rest
                chosen = place
        table[chosen, shares] += 1
        short -= 1


@inlined
def add(told: Told, rules: Rules, law: int, row: int, basket: int, low: int, high: int, into: int, desk: Desk) -> None:
    """Add what one basket gives to each part of a unit that is rated."""
    sign = told.baskets[basket, SIGN]
    parts = rules.parts
    if rules.laws[law, EARNS + told.kinds[sign]]:
        before = 0
        running = 0
        for place in range(low, high):
            part = desk.places[place, PART]
            if parts[part, STAGE] >= FIXED:
                break
            if told.passes[sign, parts[part, FILTER]]:
                if parts[part, STAGE] == BASE:
                    if parts[part, MONEY]:
                        on = told.baskets[basket, AMOUNT] * told.rows[row, UP]
                    else:
                        on = told.baskets[basket, PIECES] * told.rows[row, PIECE]
                    one = on * parts[part, P_UP] * parts[part, WEIGHT]
                    before += one
                else:
                    one = before if rules.laws[law, ADDS] else running
                    one = one * (parts[part, P_UP] - parts[part, P_DOWN]) // parts[part, P_DOWN]
                running += one
                desk.places[place, into] += one


@inlined
def bonus(told: Told, rules: Rules, law: int, row: int, part: int, down: int) -> int:
    """A fixed bonus, for which one of the rule's lines must be there, or that of the step its lines reach."""
    parts = rules.parts
    where = parts[part, FILTER]
    on = 0
    there = where < 0
    for basket in range(told.rows[row, FIRST], told.rows[row + 1, FIRST]):
        sign = told.baskets[basket, SIGN]
        if rules.laws[law, EARNS + told.kinds[sign]] and (where < 0 or told.passes[sign, where]):
            there = True
            on += told.baskets[basket, AMOUNT]
    found = 0
    if parts[part, STAGE] == FIXED:
        found = parts[part, GIVE] if there else 0
    else:
        for step in range(parts[part, STEPS_FROM], parts[part, STEPS_END]):
            if on * told.rows[row, UP] >= rules.steps[step, LEAST] * told.rows[row, DOWN]:
                found = rules.steps[step, GIVEN]
    return found * down


@inlined
def contribute(told: Told, rules: Rules, law: int, row: int, low: int, high: int, down: int, desk: Desk) -> None:
    """What each part of a unit gives, over the denominator `down`."""
    for place in range(low, high):
        desk.places[place, NUMBER] = 0
    by_line = rules.laws[law, BY_LINE]
    for basket in range(told.rows[row, FIRST], told.rows[row + 1, FIRST]):
        if by_line:
            for place in range(low, high):
                desk.places[place, LINE] = 0
        add(told, rules, law, row, basket, low, high, LINE if by_line else NUMBER, desk)
        if by_line:
            apportion(desk.places, LINE, ROUNDED, low, high, down, rules.laws[law, HALF_UP])
            for place in range(low, high):
                desk.places[place, NUMBER] += desk.places[place, ROUNDED] * down
    for place in range(low, high):
        part = desk.places[place, PART]
        if rules.parts[part, STAGE] >= FIXED:
            desk.places[place, NUMBER] = bonus(told, rules, law, row, part, down)


@inlined
def clamp(parts: Whole, low: int, high: int, down: int, roomy: int, desk: Desk) -> None:
    """Clamp what each rule gives to what its limits leave, and note which limit bit (LAW 3.5)."""
    for place in range(low, high):
        rule = parts[desk.places[place, PART], OWNER]
        if desk.rules[rule, ROOM] <= roomy:
            left = desk.rules[rule, ROOM] * down
            for earlier in range(low, place):
                if parts[desk.places[earlier, PART], OWNER] == rule:
                    left -= desk.places[earlier, NUMBER]
            if desk.places[place, NUMBER] > left:
                desk.places[place, NUMBER] = left
                desk.rules[rule, BIT] = 1


@inlined
def trim(low: int, high: int, down: int, roomy: int, most: int, desk: Desk) -> int:
    """Clamp the sum to a limit of the unit, the last added first; whether it bit."""
    cut = 0
    if most <= roomy:
        left = most * down
        for place in range(low, high):
            if desk.places[place, NUMBER] > left:
                desk.places[place, NUMBER] = left
                cut = 1
            left -= desk.places[place, NUMBER]
    return cut


@inlined
def total(told: Told, rules: Rules, law: int, row: int, count: int, desk: Desk, compared: bool) -> int:
    """What chosen rules give that meet, clamped but not rounded, by part.

    Answers the points of all units together where they are to be compared."""
    lay_out(rules.parts, rules.rules, count, desk)
    points = 0
    for number in range(count):
        desk.rules[desk.lists[CHOSEN, number], BIT] = 0
    for unit in range(len(desk.units) - 1):
        low = desk.units[unit, START]
        high = desk.units[unit + 1, START]
        desk.units[unit, CUT] = 0
        if low < high:
            down = rules.units[law, unit, WHOLE] * told.rows[row, DOWN]
            # What leaves more room than this can't bite.
            roomy = rules.units[law, unit, ROOMY] if down == rules.units[law, unit, WHOLE] else NO_LIMIT // down
            contribute(told, rules, law, row, low, high, down, desk)
            clamp(rules.parts, low, high, down, roomy, desk)
            trim(low, high, down, roomy, rules.units[law, unit, U_ORDER], desk)
            desk.units[unit, CUT] = trim(low, high, down, roomy, desk.units[unit, ROOM_LEFT], desk)
            if compared:
                exact = 0
                for place in range(low, high):
                    exact += desk.places[place, NUMBER]
                points += whole(exact, down, rules.laws[law, HALF_UP])
    return points


@jit
def best(told: Told, rules: Rules, law: int, row: int, count: int, desk: Desk) -> int:
    """The outcome in which each group lets only one rule through, the one that gives most, ties by key.

    Rules that fired stand in the list `FIRED`, those that got through in `CHOSEN`: how many of them is answered.
    """
    several = rivals(rules.rules, count, desk)
    most = -1
    through = 0
    last = not several
    while True:
        if last:
            chosen = through if several else count
            for one in range(chosen):
                desk.lists[CHOSEN, one] = desk.lists[BEST if several else FIRED, one]
        else:
            chosen = choose(rules.rules, count, desk)
        points = total(told, rules, law, row, chosen, desk, not last)
        if last:
            break
        if points > most:
            most = points
            through = chosen
            for one in range(chosen):
                desk.lists[BEST, one] = desk.lists[CHOSEN, one]
        last = not turn(rules.rules, count, desk)
    return chosen


@jit
def rivals(rules: Whole, count: int, desk: Desk) -> bool:
    """Whether two rules of one group fired; every group begins with its first."""
    found = False
    for one in range(count):
        group = rules[desk.lists[FIRED, one], GROUP]
        if group >= 0:
            desk.rules[group, TURN] = 0
            for other in range(one):
                found = found or rules[desk.lists[FIRED, other], GROUP] == group
    return found


@jit
def choose(rules: Whole, count: int, desk: Desk) -> int:
    """The rules without a group, and of each group the one whose turn it is by key, in their order; how many."""
    chosen = 0
    for one in range(count):
        rule = desk.lists[FIRED, one]
        group = rules[rule, GROUP]
        before = 0
        for other in range(count):
            rival = desk.lists[FIRED, other]
            if rules[rival, GROUP] == group and rules[rival, BY_KEY] < rules[rule, BY_KEY]:
                before += 1
        if group < 0 or before == desk.rules[group, TURN]:
            desk.lists[CHOSEN, chosen] = rule
            chosen += 1
    return chosen


@jit
def turn(rules: Whole, count: int, desk: Desk) -> bool:
    """Turn to the next combination, the last group first; whether there is one."""
    last = NO_LIMIT
    while True:
        group = -1
        size = 0
        for one in range(count):
            of = rules[desk.lists[FIRED, one], GROUP]
            if of < last and of > group:
                group = of
                size = 0
            if of == group:
                size += 1
        if group < 0:
            return False
        desk.rules[group, TURN] += 1
        if desk.rules[group, TURN] < size:
            return True
        desk.rules[group, TURN] = 0
        last = group


@inlined
def share(parts: Whole, low: int, high: int, down: int, half_up: int, desk: Desk) -> int:
    """Round what the parts of a unit give, rule by rule, each as a whole; how many rules there are."""
    count = 0
    for place in range(low, high):
        part = desk.places[place, PART]
        at = 0
        while at < count and desk.shares[at, S_RULE] != parts[part, OWNER]:
            at += 1
        if at == count:
            desk.shares[count, S_RULE] = parts[part, OWNER]
            desk.shares[count, SUM] = 0
            desk.shares[count, S_LIFE] = parts[part, LIFE]
            count += 1
        desk.shares[at, SUM] += desk.places[place, NUMBER]
    apportion(desk.shares, SUM, SHARE, 0, count, down, half_up)
    return count
