"""Where members would stand on the ladders of tiers: how many on which, and who moves from where to where."""

from collections.abc import Sequence

import msgspec

from guerdon.core.programme import Programme
from guerdon.faces.api.simulation_views import SimulatedMove
from guerdon.faces.design.shapes import Cell, Column, Row
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit


class Moved(msgspec.Struct, frozen=True):
    """One ladder: how many stand on each tier, the matrix of moves, how many rise and fall."""

    mix_title: str
    mix: tuple[Row, ...]
    mix_columns: tuple[Column, ...]
    matrix_title: str
    matrix: tuple[Row, ...]
    matrix_columns: tuple[Column, ...]
    up: int
    down: int


def of(visit: Visit, moves: Sequence[SimulatedMove], asked: Programme) -> tuple[Moved, ...]:
    """Ladder by ladder, in the order of the programme."""
    ladders = dict.fromkeys([one.key for one in (*asked.tiers, *visit.programme.tiers)])
    known = {one.ladder for one in moves}
    return tuple([_ladder(visit, key, moves, asked) for key in ladders if key in known])


def names(visit: Visit, asked: Programme) -> dict[str, str]:
    """How tiers are called, by their keys, and by their ladder's and theirs."""
    tongue = Pen(visit).tongue
    found: dict[str, str] = {}
    for programme in (asked, visit.programme):  # as they are called today, where they are
        for ladder in programme.tiers:
            for level in ladder.levels:
                name = tongue.named(level.name)
                found |= {level.key: name, f"{ladder.key}/{level.key}": name}
    return found


def _ladder(visit: Visit, key: str, moves: Sequence[SimulatedMove], asked: Programme) -> Moved:
    pen, called = Pen(visit), names(visit, asked)
    order = {"": 0} | {tier: at + 1 for at, tier in enumerate(_levels(key, asked, visit.programme))}
    told = [one for one in moves if one.ladder == key]
    counts = {(one.today, one.draft): one.members for one in told}
    tiers = sorted({tier for pair in counts for tier in pair}, key=lambda tier: order.get(tier, len(order)))
    shown = {tier: called.get(f"{key}/{tier}", tier) if tier else visit.say("what_if.below") for tier in tiers}
    rows = []
    for tier in tiers:
        today = sum(members for (was, _), members in counts.items() if was == tier)
        draft = sum(members for (_, becomes), members in counts.items() if becomes == tier)
        change = pen.signed(draft - today) if draft != today else pen.number(0)
        rows.append(Row((Cell(shown[tier]), Cell(pen.number(today)), Cell(pen.number(draft)), Cell(change))))
    matrix = [
        Row((Cell(shown[was]), *[Cell(_count(pen, counts.get((was, becomes), 0))) for becomes in tiers]))
        for was in tiers
    ]  # fmt: skip
    steps = [(order.get(one.draft, 0) - order.get(one.today, 0), one.members) for one in told]
    name = _name(visit, key, asked)
    head = Column(visit.say("what_if.column_tier"))
    ends = [Column(visit.say(f"what_if.column_{word}"), end=True) for word in ("today", "draft", "change")]
    return Moved(
        visit.say("what_if.mix", ladder=name), tuple(rows), (head, *ends),
        visit.say("what_if.matrix", ladder=name), tuple(matrix),
        (Column(visit.say("what_if.column_today")), *[Column(shown[tier], end=True) for tier in tiers]),
        sum(members for step, members in steps if step > 0), sum(members for step, members in steps if step < 0),
    )  # fmt: skip


def _count(pen: Pen, members: int) -> str:
    return pen.number(members) if members else "–"


def _levels(key: str, asked: Programme, today: Programme) -> list[str]:
    """The tiers of a ladder from the lowest: those of the programme that is asked about, then what only today has."""
    found = [level.key for programme in (asked, today) for ladder in programme.tiers if ladder.key == key
             for level in ladder.levels]  # fmt: skip
    return list(dict.fromkeys(found))


def _name(visit: Visit, key: str, asked: Programme) -> str:
    for programme in (visit.programme, asked):
        for ladder in programme.tiers:
            if ladder.key == key:
                return Pen(visit).tongue.named(ladder.name)
    return key
