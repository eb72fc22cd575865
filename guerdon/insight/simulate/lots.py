"""Lots as loops: which points a debit takes, what time does to them, what a return takes back (LAW 4.3, 5)."""

from typing import Final

from guerdon.insight.simulate.jit import inlined, jit
from guerdon.insight.simulate.tables import DEBT, NEVER, ONLY_PENDING, Books, Whole

ANY: Final = 0  # of which lots points are taken: of any, of those of one origin, or of all others
OWN: Final = 1
OTHERS: Final = 2


@inlined
def put(
    books: Books, member: int, unit: int, units: int, points: int, origin: int, earned: int, begins: int, ends: int
) -> None:
    """Put points into a lot of their own."""
    lot = books.lot_first[member * units + unit] + books.lots[member, unit]
    books.lots[member, unit] += 1
    books.origin[lot] = origin
    books.left[lot] = points
    books.gone[lot] = 0
    books.earned[lot] = earned
    books.begins[lot] = begins
    books.ends[lot] = ends


@jit
def next_lot(books: Books, low: int, high: int, at: int, whose: int, origin: int, pending: bool) -> int:
    """The lot from which points are taken first at an instant; -1 where there is none. `pending`: none that began."""
    found = -1
    for lot in range(low, high):
        if books.left[lot] <= 0 or books.ends[lot] <= at or (books.begins[lot] > at) != pending:
            continue
        if whose != ANY and (books.origin[lot] == origin) != (whose == OWN):
            continue
        if found < 0 or books.ends[lot] < books.ends[found] or (books.ends[lot] == books.ends[found] and books.earned[lot] < books.earned[found]):
            found = lot
    return found


@jit
def draw(
    books: Books, member: int, unit: int, units: int, at: int, points: int, whose: int, origin: int, pending: bool
) -> int:
    """Take up to so many points, first expiring first; answers how many are missing."""
    low = books.lot_first[member * units + unit]
    high = low + books.lots[member, unit]
    while points > 0:
        lot = next_lot(books, low, high, at, whose, origin, pending)
        if lot < 0:
            break
        part = min(points, books.left[lot])
        books.left[lot] -= part
        points -= part
    return points


@jit
def spendable(books: Books, member: int, unit: int, units: int, at: int) -> int:
    """How many points can be taken at an instant."""
    low = books.lot_first[member * units + unit]
    found = 0
    for lot in range(low, low + books.lots[member, unit]):
        if books.begins[lot] <= at < books.ends[lot]:
            found += books.left[lot]
    return found


@jit
def slide(books: Books, member: int, unit: int, units: int, now: int, until: int) -> None:
    """Move the end of all lots that are alive: the member earned or burned in a sliding unit."""
    low = books.lot_first[member * units + unit]
    for lot in range(low, low + books.lots[member, unit]):
        if books.left[lot] > 0 and now < books.ends[lot] and books.ends[lot] < until and books.ends[lot] != NEVER:
            books.ends[lot] = until


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
def sweep(books: Books, member: int, unit: int, units: int, at: int, starts: Whole) -> None:
    """Write down what has ended by an instant, each lot in the month in which it ended."""
    low = books.lot_first[member * units + unit]
    for lot in range(low, low + books.lots[member, unit]):
        if books.left[lot] > 0 and books.ends[lot] <= at:
            books.expired[unit, member, month_of(starts, books.ends[lot])] += books.left[lot]
            books.gone[lot] += books.left[lot]
            books.left[lot] = 0


@jit
def repay_due(books: Books, member: int, unit: int, units: int, at: int, starts: Whole) -> None:
    """Repay debt out of what has begun since it was made, lot by lot as they began (LAW 4.3)."""
    low = books.lot_first[member * units + unit]
    while books.debt[member, unit] > 0:
        found = -1
        for lot in range(low, low + books.lots[member, unit]):
            if books.left[lot] <= 0 or books.begins[lot] > at or books.ends[lot] <= books.begins[lot]:
                continue
            if found < 0 or books.begins[lot] < books.begins[found] or (books.begins[lot] == books.begins[found] and books.ends[lot] < books.ends[found]):
                found = lot
        if found < 0:
            break
        part = min(books.debt[member, unit], books.left[found])
        books.left[found] -= part
        books.debt[member, unit] -= part
        books.other[unit, member, month_of(starts, books.begins[found])] -= part


@jit
def repay(books: Books, member: int, unit: int, units: int, now: int, starts: Whole) -> None:
    """Repay debt out of whatever is available now."""
    if books.debt[member, unit] <= 0:
        return
    points = min(books.debt[member, unit], spendable(books, member, unit, units, now))
    draw(books, member, unit, units, now, points, ANY, 0, False)
    books.debt[member, unit] -= points
    books.other[unit, member, month_of(starts, now)] -= points


@jit
def claw_back(
    books: Books, member: int, unit: int, units: int, points: int, origin: int, kept: int, now: int, month: int,
    policy: int, debt_max: int, starts: Whole,
) -> None:  # fmt: skip
    """Take back of an award: its own lots, pending ones first, then others, then what the policy says."""
    low = books.lot_first[member * units + unit]
    lapsed = -books.lapsed[kept, unit]
    for lot in range(low, low + books.lots[member, unit]):
        if books.origin[lot] == origin:
            lapsed += books.gone[lot] + (books.left[lot] if books.ends[lot] <= now else 0)
    rest = draw(books, member, unit, units, now, points, OWN, origin, True)
    if policy == ONLY_PENDING:
        books.lapsed[kept, unit] += min(rest, lapsed)
        books.issued[unit, member, month] -= points - rest
        return
    rest = draw(books, member, unit, units, now, rest, OWN, origin, False)
    gone = min(rest, lapsed)
    books.lapsed[kept, unit] += gone
    missing = draw(books, member, unit, units, now, rest - gone, OTHERS, origin, False)
    debt = 0
    if policy == DEBT and missing > 0:
        debt = min(missing, max(0, debt_max - books.debt[member, unit]))
    if debt > 0:
        sweep(books, member, unit, units, now, starts)
        books.debt[member, unit] += debt
        books.other[unit, member, month] += debt
    books.issued[unit, member, month] -= points - gone - missing + debt
