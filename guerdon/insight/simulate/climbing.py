"""What facts, returns and nights do on ladders, as loops: `guerdon.core.climbing` on arrays (LAW 3.7, 7)."""

from guerdon.insight.simulate import earned, tiers, windows
from guerdon.insight.simulate.jit import inlined, jit
from guerdon.insight.simulate.tables import (
    AFTER,
    AS_OF,
    AT,
    BEGAN,
    BUYS,
    CODE,
    CROWDED,
    D_AMOUNT,
    D_DAY,
    DAY,
    DAYS_COUNT,
    DAYS_FIRST,
    DAYS_MOST,
    DOWN,
    EARNED_POINTS,
    EVER,
    G_LADDER,
    G_LEVEL,
    G_SINCE,
    G_UNTIL,
    GAINED,
    GRANTS_COUNT,
    GRANTS_FIRST,
    HALF_UP,
    KIND,
    NEVER,
    NUMBER,
    OF_WHAT,
    OF_WHICH,
    R_LADDER,
    R_STEP,
    ROW,
    S_CAUSE,
    S_FROM,
    S_LEVEL,
    S_SINCE,
    SINCE,
    SPEND,
    SPENT,
    START,
    STEPS_BOOKED,
    STEPS_COUNT,
    STEPS_FIRST,
    THERE,
    UPGRADE,
    WELCOMED,
    WELCOMES,
    WHOLE,
    Books,
    Climbed,
    Desk,
    Ladders,
    Rules,
    Told,
    Whole,
)  # fmt: skip
from guerdon.insight.simulate.windows import ERA


@jit
def see(law: int, member: int, at: int, risen: bool, ladders: Ladders, books: Books) -> None:
    """Make what was due by an instant, and see which level the member then has of each ladder.

    Who has `risen` has the new one, even where a fact came so late that the rise is later than it.
    """
    climbed = books.climbed
    seen_at = at
    for ladder in range(len(ladders.tiers)):
        if ladders.told[law, ladder, THERE]:
            tiers.advance(law, member, ladder, at, ladders, books)
            last = tiers.last_of(member, ladder, climbed)
            if risen and last >= 0:
                seen_at = max(seen_at, climbed.steps[last, S_SINCE])
    for ladder in range(len(ladders.tiers)):
        ladders.tiers[ladder] = -1
        if ladders.told[law, ladder, THERE]:
            ladders.tiers[ladder] = level_at(law, member, ladder, seen_at, ladders, climbed)


@jit
def level_at(law: int, member: int, ladder: int, at: int, ladders: Ladders, climbed: Climbed) -> int:
    """The level at an instant, of what was earned and what was given by hand the higher one; -1 for none."""
    place = tiers.place_at(law, member, ladder, at, ladders, climbed)
    place = max(place, granted_at(law, member, ladder, at, ladders, climbed))
    return int(ladders.levels[law, ladder, place, CODE]) if place >= 0 else -1


@jit
def granted_at(law: int, member: int, ladder: int, at: int, ladders: Ladders, climbed: Climbed) -> int:
    """The highest place that was given by hand by now and is in force at an instant; -1 for none (LAW 7.6)."""
    found = -1
    first = climbed.granted[member, GRANTS_FIRST]
    for grant in range(first, first + climbed.granted[member, GRANTS_COUNT]):
        alive = ladders.grants[grant, G_SINCE] <= at < ladders.grants[grant, G_UNTIL]
        if alive and ladders.grants[grant, G_LADDER] == ladder and ladders.grants[grant, G_LEVEL] >= 0:
            found = max(found, ladders.places[law, ladder, ladders.grants[grant, G_LEVEL]])
    return int(found)


@jit
def give(member: int, books: Books) -> None:
    """A tier is given by hand: the next one of the member."""
    books.climbed.granted[member, GRANTS_COUNT] += 1


@jit
def answers(first: int, until: int, ladders: Ladders) -> int:
    """What the levels of the member at hand say to the questions of a rule, each in its bit."""
    found = 0
    for question in range(first, until):
        met = not ladders.any_of[question]
        refused = False
        for ladder in range(len(ladders.tiers)):
            level = ladders.tiers[ladder]
            if level >= 0:
                met = met or ladders.asks[question, level] & 1 > 0
                refused = refused or ladders.asks[question, level] & 2 > 0
        if met and not refused:
            found |= 1 << (question - first)
    return found


# --- what is counted ---


@jit
def add(member: int, measure: int, day: int, amount: int, books: Books) -> None:
    """Add to what was counted on a day; days stand in their order."""
    filled: Whole = books.climbed.filled[member, measure]
    days = books.climbed.days
    place = filled[DAYS_FIRST] + filled[DAYS_COUNT]
    while place > filled[DAYS_FIRST] and days[place - 1, D_DAY] >= day:
        place -= 1
    end = filled[DAYS_FIRST] + filled[DAYS_COUNT]
    if place < end and days[place, D_DAY] == day:
        days[place, D_AMOUNT] += amount
        return
    if filled[DAYS_COUNT] >= filled[DAYS_MOST]:
        books.odd[member, CROWDED] += 1
        return
    for later in range(end, place, -1):
        days[later, D_DAY] = days[later - 1, D_DAY]
        days[later, D_AMOUNT] = days[later - 1, D_AMOUNT]
    days[place, D_DAY] = day
    days[place, D_AMOUNT] = amount
    filled[DAYS_COUNT] += 1


@jit
def amount_on(member: int, measure: int, day: int, climbed: Climbed) -> int:
    """What was counted on a day."""
    first = climbed.filled[member, measure, DAYS_FIRST]
    for place in range(first, first + climbed.filled[member, measure, DAYS_COUNT]):
        if climbed.days[place, D_DAY] == day:
            return int(climbed.days[place, D_AMOUNT])
    return 0


@jit
def measure_fact(law: int, row: int, told: Told, rules: Rules, ladders: Ladders, desk: Desk) -> None:
    """What a fact adds to each measure, after its rules have met."""
    for unit in range(len(desk.units) - 1):
        exact = 0
        for place in range(desk.units[unit, START], desk.units[unit + 1, START]):
            exact += desk.places[place, NUMBER]
        down = rules.units[law, unit, WHOLE] * told.rows[row, DOWN]
        desk.units[unit, GAINED] = earned.whole(exact, down, rules.laws[law, HALF_UP])
    for measure in range(len(ladders.moved)):
        which = ladders.measures[measure, OF_WHICH]
        found = 0
        if ladders.counts[law, measure]:
            if ladders.measures[measure, OF_WHAT] == SPENT:
                found = told.rows[row, SPEND] * told.rows[row, BUYS]
            elif ladders.measures[measure, OF_WHAT] == EARNED_POINTS:
                found = desk.units[which, GAINED] if which >= 0 else 0
            else:
                found = 1 if told.rows[row, KIND] == which else 0
        ladders.moved[measure] = found


@inlined
def concerns(law: int, ladder: int, ladders: Ladders) -> bool:
    """Whether something moves that counts for the ladder."""
    found = False
    for measure in range(len(ladders.moved)):
        found = found or (ladders.of[law, ladder, measure] != 0 and ladders.moved[measure] != 0)
    return found


@inlined
def day_of(measure: int, day: int, ladders: Ladders) -> int:
    """On which day something is counted; what counts for ever is one sum."""
    return ERA if ladders.measures[measure, EVER] else day


@jit
def gain(  # noqa: PLR0917 - a compiled loop sees arrays only
    member: int, event: int, law: int, row: int, told: Told, rules: Rules, ladders: Ladders, books: Books, desk: Desk
) -> bool:
    """Count a fact, and who rises by it has risen; whether it earns with the new level (LAW 3.7)."""
    at, day = told.events[event, AT], told.events[event, DAY]
    measure_fact(law, row, told, rules, ladders, desk)
    for measure in range(len(ladders.moved)):
        if ladders.moved[measure] != 0:
            add(member, measure, day_of(measure, day, ladders), ladders.moved[measure], books)
    again = False
    for ladder in range(len(ladders.tiers)):
        if ladders.told[law, ladder, THERE] and concerns(law, ladder, ladders):
            step = tiers.climb(law, member, ladder, at, day, ladders, books)
            if step >= 0:
                note_rise(member, ladder, step, ladders, books)
                if ladders.told[law, ladder, AFTER]:
                    ladders.tiers[ladder] = level_at(law, member, ladder, at, ladders, books.climbed)
                    again = True
    return again and told.rows[row, BUYS] != 0


@jit
def gain_more(  # noqa: PLR0917 - a compiled loop sees arrays only
    member: int, event: int, law: int, row: int, told: Told, rules: Rules, ladders: Ladders, books: Books, desk: Desk
) -> None:
    """Count what a fact comes to with the level to which it rises, instead of what it came to before."""
    for measure in range(len(ladders.moved)):
        if ladders.moved[measure] != 0:
            day = day_of(measure, told.events[event, DAY], ladders)
            add(member, measure, day, -ladders.moved[measure], books)
    measure_fact(law, row, told, rules, ladders, desk)
    for measure in range(len(ladders.moved)):
        if ladders.moved[measure] != 0:
            day = day_of(measure, told.events[event, DAY], ladders)
            add(member, measure, day, ladders.moved[measure], books)


@jit
def take(member: int, at: int, day: int, now: int, clamped: bool, ladders: Ladders, books: Books) -> None:
    """Move what is counted by a return or by hand, and with it who has risen by that (LAW 7.3).

    `clamped` takes no more than was counted.
    """
    climbed = books.climbed
    for ladder in range(len(ladders.tiers)):
        if ladders.told[now, ladder, THERE]:
            tiers.advance(now, member, ladder, at, ladders, books)
            ladders.held[ladder] = tiers.upheld(now, member, ladder, at, ladders, climbed)
    move_basis(member, day, clamped, ladders, books)
    for ladder in range(len(ladders.tiers)):
        if ladders.told[now, ladder, THERE] and concerns(now, ladder, ladders):
            step = -1
            if tiers.fall(now, member, ladder, at, ladders.held[ladder], ladders, books) < 0:
                step = tiers.climb(now, member, ladder, at, windows.local_day(at, ladders), ladders, books)
            if step >= 0:
                note_rise(member, ladder, step, ladders, books)
    leave_unanswered(now, member, ladders, books)


@jit
def move_basis(member: int, day: int, clamped: bool, ladders: Ladders, books: Books) -> None:
    """Add what moves to the day; `clamped` takes no more than was counted on it."""
    for measure in range(len(ladders.moved)):
        if ladders.moved[measure] != 0:
            on = day_of(measure, day, ladders)
            if clamped:
                ladders.moved[measure] = max(
                    ladders.moved[measure], -max(0, amount_on(member, measure, on, books.climbed))
                )
            if ladders.moved[measure] != 0:
                add(member, measure, on, ladders.moved[measure], books)


# --- rises ---


@jit
def note_rise(member: int, ladder: int, step: int, ladders: Ladders, books: Books) -> None:
    """A rise waits to be welcomed; the first row says where the next one stands, and where the last one ends."""
    end = ladders.rose[0, 1]
    if end >= len(ladders.rose):
        books.odd[member, CROWDED] += 1
        return
    ladders.rose[end, R_LADDER] = ladder
    ladders.rose[end, R_STEP] = step
    ladders.rose[0, 1] = end + 1


@inlined
def forget_rises(ladders: Ladders) -> None:
    ladders.rose[0, 0] = 1
    ladders.rose[0, 1] = 1


@jit
def next_rise(member: int, event: int, told: Told, ladders: Ladders, books: Books) -> int:
    """The row of the next rise that is rewarded, once for a level and period; -1 where there is none."""
    first = ladders.welcomes[told.events[event, ROW]]
    while ladders.rose[0, 0] < ladders.rose[0, 1]:
        place = ladders.rose[0, 0]
        ladders.rose[0, 0] = place + 1
        ladder, step = ladders.rose[place, R_LADDER], ladders.rose[place, R_STEP]
        if first >= 0 and rewarded(member, ladder, step, books.climbed):
            return int(first + ladders.rises[ladder, books.climbed.steps[step, S_LEVEL]])
    return -1


@jit
def leave_unanswered(law: int, member: int, ladders: Ladders, books: Books) -> None:
    """Rises that no fact has made: where rules would answer them, that is odd."""
    for place in range(ladders.rose[0, 0], ladders.rose[0, 1]):
        if ladders.laws[law, WELCOMES] and rewarded(
            member, ladders.rose[place, R_LADDER], ladders.rose[place, R_STEP], books.climbed
        ):
            books.odd[member, WELCOMED] += 1
    forget_rises(ladders)


@jit
def rewarded(member: int, ladder: int, step: int, climbed: Climbed) -> bool:
    """Whether a rise is the first to its level in a qualification period (LAW 7.3)."""
    before = -1
    first = climbed.ranks[member, ladder, STEPS_FIRST]
    for one in range(first, step + 1):
        if climbed.steps[one, S_CAUSE] == UPGRADE and climbed.steps[one, S_LEVEL] == climbed.steps[step, S_LEVEL]:
            day = climbed.steps[one, S_FROM] if climbed.steps[one, S_FROM] else ERA
            if before < 0 or day >= windows.years_later(before, 1):
                before = day
                if one == step:
                    return True
    return False


# --- what time does ---


@jit
def look(law: int, member: int, at: int, ladders: Ladders, books: Books) -> None:
    """What a night does: reviews that are due, and rises that new thresholds make."""
    for ladder in range(len(ladders.tiers)):
        if ladders.told[law, ladder, THERE]:
            tiers.advance(law, member, ladder, at, ladders, books)
            step = tiers.lift(law, member, ladder, at, ladders, books)
            if step >= 0:
                note_rise(member, ladder, step, ladders, books)
    leave_unanswered(law, member, ladders, books)


@jit
def sleep(member: int, seq: int, ladders: Ladders, books: Books) -> None:
    """Under a draft: the nights that came before an entry of the journal, of which each looks at who is due.

    The first one after the draft has come into force looks at everybody who has anything counted.
    """
    law = ladders.drafted
    climbed = books.climbed
    while climbed.nights[member] < len(ladders.nights) and ladders.nights[climbed.nights[member], BEGAN] < seq:
        night = climbed.nights[member]
        climbed.nights[member] = night + 1
        as_of = ladders.nights[night, AS_OF]
        since = ladders.laws[law, SINCE]
        if as_of >= since:
            due = since > 0 and (night == 0 or ladders.nights[night - 1, AS_OF] < since)
            for ladder in range(len(ladders.tiers)):
                due = due or tiers.due(member, ladder, climbed) <= as_of
            if due:
                look(law, member, as_of, ladders, books)


@jit
def sleep_on(ladders: Ladders, books: Books) -> None:
    """Under a draft: all nights after the last entry of everybody."""
    for member in range(len(books.climbed.joined)):
        sleep(member, NEVER, ladders, books)


@jit
def close(law: int, until: int, starts: Whole, ladders: Ladders, books: Books) -> None:
    """Where everybody stands at the end of each month; what nobody has booked by then is due all the same."""
    climbed = books.climbed
    for member in range(climbed.ranks.shape[0]):
        for ladder in range(climbed.ranks.shape[1]):
            climbed.ranks[member, ladder, STEPS_BOOKED] = climbed.ranks[member, ladder, STEPS_COUNT]
            if ladders.told[law, ladder, THERE]:
                tiers.advance(law, member, ladder, until, ladders, books)
                for month in range(len(starts)):
                    end = starts[month + 1] - 1 if month + 1 < len(starts) else until
                    place = tiers.place_at(law, member, ladder, end, ladders, climbed)
                    place = max(place, granted_at(law, member, ladder, end, ladders, climbed))
                    climbed.places[ladder, member, month] = place
