"""A member's place on a ladder as loops: `guerdon.core.tiers` on arrays (LAW 7)."""

from guerdon.insight.simulate import windows
from guerdon.insight.simulate.jit import inlined, jit
from guerdon.insight.simulate.tables import (
    AFTER_RETURN,
    AT_ONCE,
    AT_RISK,
    CODE,
    CROWDED,
    D_DAY,
    DAYS_COUNT,
    DAYS_FIRST,
    FLOOR,
    GRACE,
    INVITED,
    KEPT,
    LIFETIME,
    MADE_UP,
    NEVER,
    PERIOD_END,
    RETURNED,
    REVIEWED,
    ROLLING,
    S_CAUSE,
    S_FROM,
    S_GRACE,
    S_LEVEL,
    S_REVIEW,
    S_SINCE,
    S_UNTIL,
    SOFT,
    STEPS_COUNT,
    STEPS_FIRST,
    STEPS_MOST,
    UPGRADE,
    WINDOW,
    Books,
    Climbed,
    Ladders,
    Whole,
)  # fmt: skip

# --- what is so ---


@jit
def last_of(member: int, ladder: int, climbed: Climbed) -> int:
    """Where the last step stands; -1 where there is none."""
    if climbed.ranks[member, ladder, STEPS_COUNT] == 0:
        return -1
    return int(climbed.ranks[member, ladder, STEPS_FIRST] + climbed.ranks[member, ladder, STEPS_COUNT] - 1)


@jit
def place_from(law: int, member: int, ladder: int, step: int, ladders: Ladders, climbed: Climbed) -> int:
    """The place from a step on; before the first one everybody has the floor."""
    floor = ladders.told[law, ladder, FLOOR]
    if step < climbed.ranks[member, ladder, STEPS_FIRST] or climbed.steps[step, S_LEVEL] < 0:
        return int(floor)
    return int(max(floor, ladders.places[law, ladder, climbed.steps[step, S_LEVEL]]))


@jit
def place_now(law: int, member: int, ladder: int, ladders: Ladders, climbed: Climbed) -> int:
    """Where the member stands after the last step."""
    return place_from(law, member, ladder, last_of(member, ladder, climbed), ladders, climbed)


@jit
def place_at(law: int, member: int, ladder: int, at: int, ladders: Ladders, climbed: Climbed) -> int:
    """The place at any instant."""
    step = last_of(member, ladder, climbed)
    while step >= climbed.ranks[member, ladder, STEPS_FIRST] and climbed.steps[step, S_SINCE] > at:
        step -= 1
    return place_from(law, member, ladder, step, ladders, climbed)


@jit
def best(law: int, member: int, ladder: int, first: int, last: int, ladders: Ladders, climbed: Climbed) -> int:
    """The highest place earned on any day from `first` to `last` that still stands on the last."""
    window = ladders.told[law, ladder, WINDOW]
    most = windows.earned(law, ladder, windows.counted(law, member, ladder, last, ladders, climbed), ladders)
    if window == LIFETIME:
        return most
    if window == ROLLING:
        first = max(first, windows.years_later(last, -1) + 1)
    period = windows.began(law, member, ladder, last, ladders, climbed)
    for measure in range(ladders.of.shape[2]):
        if ladders.of[law, ladder, measure]:
            start = climbed.filled[member, measure, DAYS_FIRST]
            place = start + climbed.filled[member, measure, DAYS_COUNT] - 1
            while place >= start and climbed.days[place, D_DAY] >= first:
                day = climbed.days[place, D_DAY]
                # What a period has earned stands until the end of the next one.
                stands = window == ROLLING or windows.ends(law, member, ladder, day, ladders, climbed) >= period
                if day < last and stands:
                    amount = windows.counted(law, member, ladder, day, ladders, climbed)
                    most = max(most, windows.earned(law, ladder, amount, ladders))
                place -= 1
    return most


@jit
def standing(law: int, member: int, ladder: int, day: int, ladders: Ladders, climbed: Climbed) -> int:
    """The highest place earned within a year that still stands on the day; of what a review judged, its sum alone."""
    since = windows.years_later(day, -1)
    judged = -1
    first = climbed.ranks[member, ladder, STEPS_FIRST]
    step = last_of(member, ladder, climbed)
    while step > first and climbed.steps[step, S_CAUSE] != REVIEWED:
        step -= 1
    if step > first:
        reviewed = windows.local_day(climbed.steps[step, S_SINCE], ladders)
        if reviewed > since:
            since = reviewed
            until = climbed.steps[step - 1, S_UNTIL]
            period = windows.began(law, member, ladder, day, ladders, climbed)
            if ladders.told[law, ladder, WINDOW] != ROLLING and until >= period:
                start = climbed.steps[step - 1, S_FROM]
                amount = windows.summed(law, member, ladder, start, reviewed, ladders, climbed)
                judged = windows.earned(law, ladder, amount, ladders)
    return max(judged, best(law, member, ladder, since, day, ladders, climbed))


@jit
def upheld(law: int, member: int, ladder: int, at: int, ladders: Ladders, climbed: Climbed) -> int:
    """The place that a rise since the last review still has the basis for; other places nothing undoes."""
    last = last_of(member, ladder, climbed)
    first = climbed.ranks[member, ladder, STEPS_FIRST]
    step = last + 1
    while last >= 0 and step > first and rises(climbed.steps[step - 1, S_CAUSE]):
        step -= 1
    if last < 0 or step == last + 1:
        return place_now(law, member, ladder, ladders, climbed)
    day = windows.local_day(max(at, climbed.steps[last, S_SINCE]), ladders)
    latest = windows.latest_day(law, member, ladder, day, ladders, climbed)
    since = windows.local_day(climbed.steps[step, S_SINCE], ladders)
    before = place_from(law, member, ladder, step - 1, ladders, climbed)
    return max(before, best(law, member, ladder, since, latest, ladders, climbed))


@inlined
def rises(cause: int) -> bool:
    """Whether a run of such steps began with a rise."""
    return cause in (UPGRADE, AT_RISK, MADE_UP, RETURNED)


# --- what comes of it ---


@jit
def due(member: int, ladder: int, climbed: Climbed) -> int:
    """When somebody looks at the member again."""
    last = last_of(member, ladder, climbed)
    return NEVER if last < 0 else min(climbed.steps[last, S_REVIEW], climbed.steps[last, S_GRACE])


@jit
def advance(law: int, member: int, ladder: int, at: int, ladders: Ladders, books: Books) -> None:
    """Make the steps that are due by the instant: reviews, and the ends of the grace after a return."""
    climbed = books.climbed
    while due(member, ladder, climbed) <= at:
        last = last_of(member, ladder, climbed)
        moment = due(member, ladder, climbed)
        if moment == climbed.steps[last, S_REVIEW]:
            made = review(law, member, ladder, last, ladders, books)
        else:
            place = upheld(law, member, ladder, moment, ladders, climbed)
            if place >= place_now(law, member, ladder, ladders, climbed):
                made = stay(member, ladder, last, moment, MADE_UP, NEVER, books)
            else:
                made = move(law, member, ladder, place, moment, RETURNED, ladders, books)
        if made < 0:
            break


@jit
def review(law: int, member: int, ladder: int, last: int, ladders: Ladders, books: Books) -> int:
    """Kept with what was done until the review, its days of grace included; else one down, or to what is earned."""
    climbed = books.climbed
    at = climbed.steps[last, S_REVIEW]
    since, until = climbed.steps[last, S_FROM], climbed.steps[last, S_UNTIL]
    amount = windows.summed(law, member, ladder, since, windows.local_day(at, ladders), ladders, climbed)
    place = windows.earned(law, ladder, amount, ladders)
    held = place_now(law, member, ladder, ladders, climbed)
    if place >= held:
        return keep(law, member, ladder, last, ladders, books)
    if ladders.told[law, ladder, SOFT]:
        lower = held - 1
        while lower >= 0 and ladders.levels[law, ladder, lower, INVITED]:
            lower -= 1
        place = max(place, lower)
    place = max(place, ladders.told[law, ladder, FLOOR])
    step = move(law, member, ladder, place, at, REVIEWED, ladders, books)
    if step >= 0 and climbed.steps[step, S_REVIEW] != NEVER and ladders.told[law, ladder, WINDOW] != ROLLING:
        start = windows.began(law, member, ladder, until, ladders, climbed)
        ends_on(law, ladder, step, start, windows.ends(law, member, ladder, until, ladders, climbed), ladders, climbed)
    return step


@jit
def keep(law: int, member: int, ladder: int, last: int, ladders: Ladders, books: Books) -> int:
    """The same level for the next period; those of a rolling window begin with it, never chained."""
    climbed = books.climbed
    start = climbed.steps[last, S_UNTIL]
    step = stay(member, ladder, last, climbed.steps[last, S_REVIEW], KEPT, NEVER, books)
    if step < 0:
        return step
    until = windows.ends(law, member, ladder, start, ladders, climbed)
    if ladders.told[law, ladder, WINDOW] == ROLLING:
        reached = last
        first = climbed.ranks[member, ladder, STEPS_FIRST]
        while reached > first and climbed.steps[reached - 1, S_LEVEL] == climbed.steps[reached, S_LEVEL]:
            reached -= 1
        day = windows.local_day(climbed.steps[reached, S_SINCE], ladders)
        years = 1
        until = windows.years_later(day, years)
        while until <= start:
            years += 1
            until = windows.years_later(day, years)
    ends_on(law, ladder, step, start, until, ladders, climbed)
    return step


@jit
def ends_on(law: int, ladder: int, step: int, start: int, until: int, ladders: Ladders, climbed: Climbed) -> None:
    """Give a step its review: at midnight after the last day of the period and of the grace."""
    climbed.steps[step, S_FROM] = start
    climbed.steps[step, S_UNTIL] = until
    climbed.steps[step, S_REVIEW] = windows.midnight(until + ladders.told[law, ladder, GRACE], ladders)


@jit
def move(  # noqa: PLR0917 - a compiled loop sees numbers and arrays only
    law: int, member: int, ladder: int, place: int, since: int, cause: int, ladders: Ladders, books: Books
) -> int:  # fmt: skip
    """A step to another place; where there is nothing to lose, or nothing that ends, it has no review."""
    climbed = books.climbed
    step = make(member, ladder, books)
    if step < 0:
        return step
    climbed.steps[step, S_LEVEL] = ladders.levels[law, ladder, place, CODE] if place >= 0 else -1
    climbed.steps[step, S_SINCE] = since
    climbed.steps[step, S_CAUSE] = cause
    climbed.steps[step, S_FROM] = 0
    climbed.steps[step, S_UNTIL] = 0
    climbed.steps[step, S_REVIEW] = NEVER
    climbed.steps[step, S_GRACE] = NEVER
    if place > ladders.told[law, ladder, FLOOR] and ladders.told[law, ladder, WINDOW] != LIFETIME:
        day = windows.local_day(since, ladders)
        start = windows.began(law, member, ladder, day, ladders, climbed)
        ends_on(law, ladder, step, start, windows.ends(law, member, ladder, day, ladders, climbed), ladders, climbed)
    return step


@jit
def stay(member: int, ladder: int, last: int, since: int, cause: int, grace: int, books: Books) -> int:
    """A step that leaves the level as it is."""
    step = make(member, ladder, books)
    if step >= 0:
        steps = books.climbed.steps
        for column in range(steps.shape[1]):  # a row at once would have to be allocated
            steps[step, column] = steps[last, column]
        steps[step, S_SINCE] = since
        steps[step, S_CAUSE] = cause
        steps[step, S_GRACE] = grace
    return step


@jit
def make(member: int, ladder: int, books: Books) -> int:
    """Room for one step more; -1, and noted as odd, where there is none."""
    ranks: Whole = books.climbed.ranks[member, ladder]
    if ranks[STEPS_COUNT] >= ranks[STEPS_MOST]:
        books.odd[member, CROWDED] += 1
        return -1
    ranks[STEPS_COUNT] += 1
    return int(ranks[STEPS_FIRST] + ranks[STEPS_COUNT] - 1)


@jit
def climb(law: int, member: int, ladder: int, at: int, first: int, ladders: Ladders, books: Books) -> int:
    """The step up that a fact of the instant has earned since the day `first`; -1 for none."""
    climbed = books.climbed
    last = last_of(member, ladder, climbed)
    since = at if last < 0 else max(at, climbed.steps[last, S_SINCE])
    day = windows.local_day(since, ladders)
    latest = day
    if ladders.told[law, ladder, WINDOW] != LIFETIME:
        latest = windows.latest_day(law, member, ladder, day, ladders, climbed)
    place = best(law, member, ladder, first, latest, ladders, climbed)
    if place <= place_now(law, member, ladder, ladders, climbed):
        return -1
    if latest > day:
        since = max(since, windows.midnight(latest, ladders))
    return move(law, member, ladder, place, since, UPGRADE, ladders, books)


@jit
def lift(law: int, member: int, ladder: int, at: int, ladders: Ladders, books: Books) -> int:
    """The step up that there is without any new fact; -1 for none."""
    climbed = books.climbed
    last = last_of(member, ladder, climbed)
    since = at if last < 0 else max(at, climbed.steps[last, S_SINCE])
    place = standing(law, member, ladder, windows.local_day(since, ladders), ladders, climbed)
    if place <= place_now(law, member, ladder, ladders, climbed):
        return -1
    return move(law, member, ladder, place, since, UPGRADE, ladders, books)


@jit
def fall(law: int, member: int, ladder: int, at: int, before: int, ladders: Ladders, books: Books) -> int:
    """The step that a return makes which has undone a rise; `before` is what was upheld without it (LAW 7.3)."""
    climbed = books.climbed
    after = upheld(law, member, ladder, at, ladders, climbed)
    held = place_now(law, member, ladder, ladders, climbed)
    how = ladders.told[law, ladder, AFTER_RETURN]
    if not after < held <= before or how == PERIOD_END:
        return -1
    last = last_of(member, ladder, climbed)
    since = max(at, climbed.steps[last, S_SINCE])
    if how == AT_ONCE:
        return move(law, member, ladder, after, since, RETURNED, ladders, books)
    if climbed.steps[last, S_GRACE] != NEVER:
        return -1
    until = windows.midnight(windows.local_day(since, ladders) + 1 + ladders.told[law, ladder, GRACE], ladders)
    return stay(member, ladder, last, since, AT_RISK, until, books)
