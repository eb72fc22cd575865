"""Qualification periods and what was counted in them as loops, days as ordinals (LAW 7.1)."""

from typing import Final

from guerdon.insight.simulate.jit import inlined, jit
from guerdon.insight.simulate.tables import (
    CALENDAR_YEAR,
    D_AMOUNT,
    D_DAY,
    DAYS_COUNT,
    DAYS_FIRST,
    FROM,
    LEVELS,
    LIFETIME,
    MEMBERSHIP_YEAR,
    ROLLING,
    WINDOW,
    Climbed,
    Ladders,
)  # fmt: skip

ERA: Final = 719_163  # 1970-01-01, the day of what is counted for ever
_FEBRUARY: Final = 59  # days before the 29th of February


# --- days ---


@inlined
def new_year(year: int) -> int:
    """The first day of a year."""
    before = year - 1
    return 365 * before + before // 4 - before // 100 + before // 400 + 1


@jit
def year_of(day: int) -> int:
    """The year that holds a day."""
    year = day * 400 // 146_097 + 1
    while new_year(year) > day:
        year -= 1
    while new_year(year + 1) <= day:
        year += 1
    return year


@jit
def years_later(day: int, years: int) -> int:
    """The same day so many years later; of a 29 February that is not there, the 28th."""
    year = year_of(day)
    place = day - new_year(year)
    leaps = new_year(year + 1) - new_year(year) > 365
    other = new_year(year + years)
    lands = new_year(year + years + 1) - other > 365
    if leaps == lands or place < _FEBRUARY:
        return other + place
    return other + place - 1 if leaps else other + place + 1


@jit
def local_day(at: int, ladders: Ladders) -> int:
    """The local day that holds an instant."""
    low = 0
    high = len(ladders.midnights)
    while low < high:
        middle = (low + high) // 2
        if ladders.midnights[middle] <= at:
            low = middle + 1
        else:
            high = middle
    return ladders.first + low - 1


@inlined
def midnight(day: int, ladders: Ladders) -> int:
    """The instant at which a local day begins."""
    found: int = ladders.midnights[day - ladders.first]
    return found


# --- what was counted ---


@jit
def earned(law: int, ladder: int, amount: int, ladders: Ladders) -> int:
    """The place of the highest level that so much of the basis earns; -1 for none."""
    place = ladders.told[law, ladder, LEVELS] - 1
    while place >= 0 and ladders.levels[law, ladder, place, FROM] > amount:
        place -= 1
    return int(place)


@jit
def summed(law: int, member: int, ladder: int, start: int, until: int, ladders: Ladders, climbed: Climbed) -> int:
    """What was counted on days from `start` up to, not including, `until`."""
    found = 0
    for measure in range(ladders.of.shape[2]):
        if ladders.of[law, ladder, measure]:
            first = climbed.filled[member, measure, DAYS_FIRST]
            place = first + climbed.filled[member, measure, DAYS_COUNT] - 1
            while place >= first and climbed.days[place, D_DAY] >= start:
                if climbed.days[place, D_DAY] < until:
                    found += climbed.days[place, D_AMOUNT]
                place -= 1
    return found


@jit
def latest_day(law: int, member: int, ladder: int, day: int, ladders: Ladders, climbed: Climbed) -> int:
    """The last day on which anything was counted, or the day if that is later."""
    for measure in range(ladders.of.shape[2]):
        count = climbed.filled[member, measure, DAYS_COUNT]
        if ladders.of[law, ladder, measure] and count:
            day = max(day, climbed.days[climbed.filled[member, measure, DAYS_FIRST] + count - 1, D_DAY])
    return day


@jit
def began(law: int, member: int, ladder: int, day: int, ladders: Ladders, climbed: Climbed) -> int:
    """The first day of the qualification period that holds the day; of a rolling window the day itself."""
    window = ladders.told[law, ladder, WINDOW]
    if window == CALENDAR_YEAR:
        return new_year(year_of(day))
    if window == MEMBERSHIP_YEAR:
        joined = climbed.joined[member]
        years = year_of(day) - year_of(joined)
        if years_later(joined, years) > day:
            years -= 1
        return years_later(joined, years)
    return day


@jit
def ends(law: int, member: int, ladder: int, day: int, ladders: Ladders, climbed: Climbed) -> int:
    """The day after the qualification period that holds the day."""
    window = ladders.told[law, ladder, WINDOW]
    if window == CALENDAR_YEAR:
        return new_year(year_of(day) + 1)
    if window == MEMBERSHIP_YEAR:  # anniversaries are counted from the first day, never chained
        joined = climbed.joined[member]
        years = year_of(day) - year_of(joined)
        if years_later(joined, years) > day:
            years -= 1
        return years_later(joined, years + 1)
    return years_later(day, 1)


@jit
def counted(law: int, member: int, ladder: int, day: int, ladders: Ladders, climbed: Climbed) -> int:
    """The basis in the window of the local day."""
    window = ladders.told[law, ladder, WINDOW]
    if window == LIFETIME:
        return summed(law, member, ladder, 0, ERA + 1, ladders, climbed)
    start = years_later(day, -1) + 1 if window == ROLLING else began(law, member, ladder, day, ladders, climbed)
    return summed(law, member, ladder, start, day + 1, ladders, climbed)
