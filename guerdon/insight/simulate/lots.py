"""Lots as loops: which points a debit takes, what time does to them, what a return takes back (LAW 4.3, 5)."""

from typing import Final

from guerdon.insight.simulate.jit import inlined, jit
from guerdon.insight.simulate.tables import (
    CONVERTS,
    DEBT,
    EARNED,
    EXPIRED,
    GONE,
    HELD,
    ISSUED,
    L_BEGINS,
    L_ENDS,
    LAPSED,
    LEFT,
    LOTS,
    LOTS_FROM,
    MAKES_DEBT,
    NEVER,
    NO_LIMIT,
    ONLY_PENDING,
    ORIGIN,
    OTHER,
    Books,
    Whole,
)  # fmt: skip

ANY: Final = 0  # of which lots points are taken: of any, of those of one origin, or of all others
OWN: Final = 1
OTHERS: Final = 2


@jit
def put(purse: Whole, lots: Whole, points: int, origin: int, earned: int, begins: int, ends: int) -> None:
    """Put points into a lot of their own."""
    lot = purse[LOTS_FROM] + purse[LOTS]
    purse[LOTS] += 1
    lots[lot, ORIGIN] = origin
    lots[lot, LEFT] = points
    lots[lot, GONE] = 0
    lots[lot, HELD] = 0
    lots[lot, EARNED] = earned
    lots[lot, L_BEGINS] = begins
    lots[lot, L_ENDS] = ends


@jit
def sooner(lots: Whole, one: int, other: int, first: int) -> bool:
    """Whether a lot comes before another by one of its instants, then by its end, then by when it was earned."""
    if other < 0:
        return True
    if lots[one, first] == lots[other, first]:
        first = L_ENDS if lots[one, L_ENDS] != lots[other, L_ENDS] else EARNED
    return bool(lots[one, first] < lots[other, first])


@inlined
def first_of(purse: Whole, lots: Whole, at: int, whose: int, origin: int, pending: bool) -> int:
    """The lot that a debit takes from first; -1 where there is none.

    `pending` looks only at lots that have not begun, else at those that have.
    """
    found = -1
    for lot in range(purse[LOTS_FROM], purse[LOTS_FROM] + purse[LOTS]):
        if lots[lot, LEFT] <= 0 or lots[lot, L_ENDS] <= at or (lots[lot, L_BEGINS] > at) != pending:
            continue
        if whose != ANY and (lots[lot, ORIGIN] == origin) != (whose == OWN):
            continue
        if sooner(lots, lot, found, L_ENDS):
            found = lot
    return found


@jit
def draw(purse: Whole, lots: Whole, at: int, points: int, whose: int, origin: int, pending: bool) -> int:
    """Take up to so many points, first expiring first; answers how many are missing."""
    while points > 0:
        found = first_of(purse, lots, at, whose, origin, pending)
        if found < 0:
            break
        part = min(points, lots[found, LEFT])
        lots[found, LEFT] -= part
        points -= part
    return points


@jit
def spendable(purse: Whole, lots: Whole, at: int) -> int:
    """How many points can be taken at an instant."""
    found = 0
    for lot in range(purse[LOTS_FROM], purse[LOTS_FROM] + purse[LOTS]):
        if lots[lot, L_BEGINS] <= at < lots[lot, L_ENDS]:
            found += lots[lot, LEFT]
    return found


@jit
def slide(purse: Whole, lots: Whole, now: int, until: int) -> None:
    """Move the end of all lots that are alive: the member earned or burned in a sliding unit."""
    for lot in range(purse[LOTS_FROM], purse[LOTS_FROM] + purse[LOTS]):
        ends = lots[lot, L_ENDS]
        if lots[lot, LEFT] + lots[lot, HELD] > 0 and now < ends < until and ends != NEVER:
            lots[lot, L_ENDS] = until


@jit
def month_of(starts: Whole, at: int) -> int:
    """The month of an instant."""
    low = 0
    high = len(starts)
    while low < high:
        middle = (low + high) // 2
        if starts[middle] <= at:
            low = middle + 1
        else:
            high = middle
    return max(0, low - 1)


@jit
def sweep(books: Books, member: int, unit: int, at: int, starts: Whole) -> None:
    """Write down what has ended by an instant, each lot in the month in which it ended."""
    purse = books.purses[member, unit]
    lots = books.lots
    for lot in range(purse[LOTS_FROM], purse[LOTS_FROM] + purse[LOTS]):
        if lots[lot, LEFT] > 0 and lots[lot, L_ENDS] <= at:
            books.flows[EXPIRED, unit, member, month_of(starts, lots[lot, L_ENDS])] += lots[lot, LEFT]
            lots[lot, GONE] += lots[lot, LEFT]
            lots[lot, LEFT] = 0


@jit
def repay_due(books: Books, member: int, unit: int, at: int, starts: Whole) -> None:
    """Repay debt out of what has begun since it was made, lot by lot as they began (LAW 4.3)."""
    purse = books.purses[member, unit]
    lots = books.lots
    while purse[DEBT] > 0:
        found = -1
        for lot in range(purse[LOTS_FROM], purse[LOTS_FROM] + purse[LOTS]):
            if lots[lot, LEFT] <= 0 or lots[lot, L_BEGINS] > at or lots[lot, L_ENDS] <= lots[lot, L_BEGINS]:
                continue
            if sooner(lots, lot, found, L_BEGINS):
                found = lot
        if found < 0:
            break
        part = min(purse[DEBT], lots[found, LEFT])
        lots[found, LEFT] -= part
        purse[DEBT] -= part
        books.flows[OTHER, unit, member, month_of(starts, lots[found, L_BEGINS])] -= part


@jit
def repay(books: Books, member: int, unit: int, now: int, starts: Whole) -> None:
    """Repay debt out of whatever is available now."""
    purse = books.purses[member, unit]
    points = min(purse[DEBT], spendable(purse, books.lots, now))
    draw(purse, books.lots, now, points, ANY, 0, False)
    purse[DEBT] -= points
    books.flows[OTHER, unit, member, month_of(starts, now)] -= points


@jit
def claw_back(
    books: Books, member: int, unit: int, points: int, origin: int, kept: int, now: int, month: int, policy: int,
    debt_max: int, starts: Whole,
) -> None:  # fmt: skip
    """Take back of an award: its own lots, pending ones first, then others, then what the policy says."""
    purse = books.purses[member, unit]
    lots = books.lots
    lapsed = -books.kept_units[kept, unit, LAPSED]
    for lot in range(purse[LOTS_FROM], purse[LOTS_FROM] + purse[LOTS]):
        if lots[lot, ORIGIN] == origin:
            lapsed += lots[lot, GONE] + (lots[lot, LEFT] if lots[lot, L_ENDS] <= now else 0)
    rest = draw(purse, lots, now, points, OWN, origin, True)
    if policy == ONLY_PENDING:
        books.kept_units[kept, unit, LAPSED] += min(rest, lapsed)
        books.flows[ISSUED, unit, member, month] -= points - rest
        return
    rest = draw(purse, lots, now, rest, OWN, origin, False)
    gone = min(rest, lapsed)
    books.kept_units[kept, unit, LAPSED] += gone
    missing = draw(purse, lots, now, rest - gone, OTHERS, origin, False)
    debt = min(missing, max(0, debt_max - purse[DEBT])) if policy == MAKES_DEBT else 0
    if debt > 0:
        sweep(books, member, unit, now, starts)
        purse[DEBT] += debt
        books.flows[OTHER, unit, member, month] += debt
    books.flows[ISSUED, unit, member, month] -= points - gone - missing + debt


@jit
def repay_all(books: Books, member: int, now: int, starts: Whole) -> None:
    """The same for the debts of every unit."""
    for unit in range(books.purses.shape[1]):
        if books.purses[member, unit, DEBT] > 0:
            repay(books, member, unit, now, starts)


@inlined
def note_enough(member: int, unit: int, enough: int, books: Books) -> None:
    """Points that a night may make something else of are odd as soon as there are enough."""
    if enough < NO_LIMIT:
        points = 0
        purse = books.purses[member, unit]
        for lot in range(purse[LOTS_FROM], purse[LOTS_FROM] + purse[LOTS]):
            points += books.lots[lot, LEFT]
        if points >= enough:
            books.odd[member, CONVERTS + unit] += 1
