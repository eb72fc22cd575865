"""What a roll-forward says, tied to the month's closing, and its worth, rounded so that everything still adds up."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final, Literal, get_args

import msgspec
import polars as pl

from guerdon.core import closing
from guerdon.core.closing import Flow, Sums
from guerdon.insight.exports.files import Damaged, Month
from guerdon.insight.kpis.asked import NotExported

By = Literal["unit", "tier", "store", "funder"]
BY: Final[tuple[By, ...]] = get_args(By)
NEEDS: Final = "units.worth_points"  # what months must have that may have been written before it was thought of
OPENING: Final = "opening"  # what stands in the place of a kind of posting for all that was before the month


class Ladders(Exception):
    """Tiers were asked for without naming a ladder where there are several, or of one that nobody stands on."""

    def __init__(self, told: str, known: tuple[str, ...]) -> None:
        super().__init__(told)
        self.known = known


class Amounts(msgspec.Struct, frozen=True):
    """Opening, everything that moved, closing: `closing` is the sum of all others.

    `moved` is what members brought with them from the tier that they had at the end of the month before.
    """

    opening: int = 0
    moved: int = 0
    issued: int = 0
    burned: int = 0
    expired: int = 0
    clawed_back: int = 0
    adjusted: int = 0
    lent: int = 0
    transferred: int = 0
    given_up: int = 0
    closing: int = 0

    @property
    def steps(self) -> tuple[int, ...]:
        """All but the closing, in their order."""
        return tuple([getattr(self, name) for name in STEPS])


COLUMNS: Final = Amounts.__struct_fields__
STEPS: Final = COLUMNS[:-1]


class Worth(msgspec.Struct, frozen=True):
    """So many smallest steps of a unit are worth so many minor units of the programme's currency."""

    points: int
    amount: int


class Unit(msgspec.Struct, frozen=True):
    """A unit as the version in force at the end of the month has it; nothing is known of one that it has no more."""

    code: str
    scale: int = 0
    worth: Worth | None = None


class Line(msgspec.Struct, frozen=True):
    """A unit and a tier, store or funder (empty: none) in a month; `late` is what of it was told after its own month
    was closed. `money` is its worth in minor units, where the programme says one."""

    unit: Unit
    of: str
    points: Amounts
    late: int = 0
    money: Amounts | None = None


class RollForward(msgspec.Struct, frozen=True):
    """A month, cut one way. The lines of each unit add up to what the month was closed with; ordered by unit, `of`."""

    month: str
    by: By
    ladder: str
    currency: str
    lines: tuple[Line, ...]

    @property
    def totals(self) -> tuple[Line, ...]:
        """All lines of each unit together."""
        return tuple([_total(unit, [one for one in self.lines if one.unit == unit]) for unit in self._units])

    @property
    def _units(self) -> tuple[Unit, ...]:
        return tuple({one.unit.code: one.unit for one in self.lines}.values())


def until(months: Sequence[Month], month: str | None) -> Sequence[Month]:
    """The months up to the one that is meant. Raises NotExported."""
    names = [one.manifest.closing.month for one in months]
    if not names:
        raise NotExported("no month is exported there")
    if month is not None and month not in names:
        raise NotExported(f"{month} is no exported month ({names[0]} – {names[-1]})")
    return months[: names.index(month) + 1] if month is not None else months


def ladders(months: Sequence[Month]) -> tuple[str, ...]:
    """The ladders on which anybody stood when the last of the months began, or when it ended."""
    return tuple(sorted({one for month in months[-2:] for one in frame(month, "tiers", ["ladder"])["ladder"]}))


def ladder(months: Sequence[Month], told: str | None) -> str:
    """The ladder that is meant; nobody has a tier where there is none. Raises Ladders."""
    known = ladders(months)
    if told is not None and told not in known:
        name = months[-1].manifest.closing.month
        raise Ladders(f"“{told}” is no ladder of {name} ({', '.join(known) or 'none'})", known)
    if told is None and len(known) > 1:
        raise Ladders(f"there are several ladders: {', '.join(known)}", known)
    return told or "".join(known)


def frame(month: Month, table: str, columns: list[str]) -> pl.DataFrame:
    """Columns of a table of a month."""
    parts = [month.folder / table / part.name for part in month.manifest.tables[table].parts]
    return pl.read_parquet(parts, columns=columns, hive_partitioning=False)


def tied(rows: Iterable[Mapping[str, Any]], month: str, sums: Sequence[Sums], units: Mapping[str, Unit]) -> list[Line]:
    """The lines of the rows of an engine: `was`, `now`, `unit`, `part`, `points`, `late`.

    Raises Damaged where their points, opening by opening and kind by kind, are not those the month was closed with.
    """
    found: dict[str, dict[str, list[int]]] = {}
    late: dict[tuple[str, str], int] = {}
    counted: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        unit, now, part, points = row["unit"], row["now"], row["part"], row["points"]
        steps = found.setdefault(unit, {})
        to = steps.setdefault(now, [0] * len(STEPS))
        whole = counted.setdefault((unit, part), [0, 0])
        whole[0] += points
        if part == OPENING:
            steps.setdefault(row["was"], [0] * len(STEPS))[0] += points
            if row["was"] != now:
                steps[row["was"]][1] -= points
                to[1] += points
        else:
            to[STEPS.index(closing.COLUMNS[part])] += points
            whole[1] += row["late"]
            late[unit, now] = late.get((unit, now), 0) + row["late"]
    _tie(counted, month, sums)
    lines: list[Line] = []
    for unit in sorted(found):
        known = units.get(unit) or Unit(unit)
        table = {of: tuple(steps) for of, steps in sorted(found[unit].items()) if any(steps)}
        money = _money(tuple(table.values()), known.worth)
        lines += [
            Line(known, of, _amounts(steps), late.get((unit, of), 0), money[at] if money else None)
            for at, (of, steps) in enumerate(table.items())
        ]
    return lines


def _tie(counted: Mapping[tuple[str, str], list[int]], month: str, sums: Sequence[Sums]) -> None:
    """Refuse what is not, to the point, what the month was closed with."""
    told = {(one.unit, flow.kind): flow for one in sums for flow in one.flows}
    told |= {(one.unit, OPENING): Flow(OPENING, one.opening) for one in sums}
    for unit, part in sorted(told.keys() | counted.keys()):
        mine, flow = counted.get((unit, part), [0, 0]), told.get((unit, part)) or Flow(part, 0)
        if mine != [flow.points, flow.prior]:
            raise Damaged(
                f"the lots of {month} do not come to what it was closed with: {unit}, {part}: {mine[0]}, {mine[1]} of"
                f" them late, is not {flow.points}, {flow.prior} of them late"
            )


def _money(table: Sequence[tuple[int, ...]], worth: Worth | None) -> list[Amounts] | None:
    """The worth of each amount, so that lines and columns add up to the worth of their sums.

    What all lines up to one and all steps up to another come to is rounded down, as the accounts round; an amount is
    what it adds to that. So it is the nearest but one minor unit at most, and nothing is left over anywhere.
    """
    if worth is None:
        return None
    lines: list[Amounts] = []
    points, above = [0] * len(STEPS), [0] * (len(STEPS) + 1)
    for steps in table:
        points = [sum(pair) for pair in zip(points, steps, strict=True)]
        reached = [0, *[up * worth.amount // worth.points for up in accumulate(points)]]
        lines.append(_amounts([reached[at + 1] - reached[at] - above[at + 1] + above[at] for at in range(len(STEPS))]))
        above = reached
    return lines


def _amounts(steps: Sequence[int]) -> Amounts:
    return Amounts(**dict(zip(COLUMNS, (*steps, sum(steps)), strict=True)))


def _total(unit: Unit, lines: Sequence[Line]) -> Line:
    money = [one.money for one in lines if one.money is not None]
    return Line(
        unit, "", _added([one.points for one in lines]), sum(one.late for one in lines),
        _added(money) if money else None,
    )  # fmt: skip


def _added(all_: Sequence[Amounts]) -> Amounts:
    return Amounts(*[sum(getattr(one, name) for one in all_) for name in COLUMNS])
