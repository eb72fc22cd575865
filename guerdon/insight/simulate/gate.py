"""The equality gate: the published programmes replayed are the books to the point, or there is no forecast at all."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from guerdon.core import errors
from guerdon.insight.simulate.answers import Gate
from guerdon.insight.simulate.history import C_LADDER, C_LEVEL, C_MEMBER, C_SINCE, NONE, Climbs, History, Whole
from guerdon.insight.simulate.replay import Replayed
from guerdon.insight.simulate.runs import Run
from guerdon.kit import clock, ids

WHAT_IF_DIFFERS = errors.declare(
    "clash", "what_if_differs", "members", "member", "unit", "of", "month", "ledger", "replay"
)
WHAT_IF_TIER_DIFFERS = errors.declare(
    "clash", "what_if_tier_differs", "members", "member", "ladder", "ledger", "replay"
)
FLOWS = ("issued", "redeemed", "expired", "outstanding")


class Difference(NamedTuple):
    """What a member has by the books and by the replay, in the smallest steps of the unit."""

    member: str
    unit: str
    of: str
    month: str
    ledger: int
    replay: int


class TierDifference(NamedTuple):
    """The first step of a member on a ladder that the books and the replay tell differently."""

    member: str
    ladder: str
    ledger: str
    replay: str


def differences(history: History, run: Run) -> Iterator[Difference]:
    """Every cell in which the replay is not what the books say, the first month of each member first."""
    for of, unit, ledger, replay in _cells(history, run):
        for member, month in np.argwhere(ledger != replay).tolist():
            yield Difference(
                history.people[member].account, unit, of, history.months[month], int(ledger[member, month]),
                int(replay[member, month]),
            )  # fmt: skip


def check(history: History, replayed: Replayed) -> Gate:
    """How many members, postings, points and steps of tiers are equal: all.

    Raises `what_if_differs` and `what_if_tier_differs` with the first that is not.
    """
    run = replayed.run
    wrong = np.zeros(len(history.people), dtype=np.bool_)
    for _, _, ledger, replay in _cells(history, run):
        wrong |= (ledger != replay).any(axis=1)
    moved = tier_differences(history, replayed.climbs)
    if moved:  # what is earned follows from tiers
        one = moved[0]
        raise WHAT_IF_TIER_DIFFERS(
            members=len({each.member for each in moved}), member=ids.show("member", one.member), ladder=one.ladder,
            ledger=one.ledger, replay=one.replay,
        )  # fmt: skip
    if wrong.any():
        first = next(differences(history, run))
        raise WHAT_IF_DIFFERS(
            members=int(wrong.sum()), member=ids.show("member", first.member), unit=first.unit, of=first.of,
            month=first.month, ledger=first.ledger, replay=first.replay,
        )  # fmt: skip
    issued = sum(int(flow.sum()) for flow in history.ledger.issued.values())
    steps = len(history.ledger.climbs.rows)
    return Gate(members=len(history.people), postings=history.ledger.postings, points=issued, steps=steps)


def tier_differences(history: History, replay: Climbs) -> list[TierDifference]:
    """Of each member and ladder that differ the first step that is not the same: who, when, from and to which level,
    why, and when it is looked at again."""
    books = history.ledger.climbs
    ladders, levels = list(dict.fromkeys((*books.ladders, *replay.ladders))), dict[str, int]()
    for level in (*books.levels, *replay.levels):
        levels.setdefault(level, len(levels))
    both = [_steps(one, {key: place for place, key in enumerate(ladders)}, levels) for one in (books, replay)]
    if both[0].shape == both[1].shape and bool((both[0] == both[1]).all()):
        return []
    by_rank = [_by_rank(one) for one in both]
    found = []
    for rank in sorted(by_rank[0].keys() | by_rank[1].keys()):
        steps = [one.get(rank, []) for one in by_rank]
        place = next((place for place, pair in enumerate(zip(*steps, strict=False)) if pair[0] != pair[1]), None)
        if place is None and len(steps[0]) != len(steps[1]):
            place = min(map(len, steps))
        if place is not None:
            told = [_told(one, place, list(levels)) for one in steps]
            found.append(TierDifference(history.people[rank[0]].account, ladders[rank[1]], *told))
    return found


def _steps(climbs: Climbs, ladders: dict[str, int], levels: dict[str, int]) -> Whole:
    """The rows in one order, with ladders and levels by the same numbers on both sides."""
    rows = climbs.rows.copy()
    of_ladder = np.array([ladders[key] for key in climbs.ladders], dtype=np.int64)
    of_level = np.array([*(levels[key] for key in climbs.levels), NONE], dtype=np.int64)
    rows[:, C_LADDER] = of_ladder[rows[:, C_LADDER]]
    rows[:, C_LEVEL] = of_level[rows[:, C_LEVEL]]
    found: Whole = rows[np.lexsort((np.arange(len(rows)), rows[:, C_LADDER], rows[:, C_MEMBER]))]
    return found


def _by_rank(rows: Whole) -> dict[tuple[int, int], list[list[int]]]:
    found: dict[tuple[int, int], list[list[int]]] = {}
    for row in rows.tolist():
        found.setdefault((row[C_MEMBER], row[C_LADDER]), []).append(row)
    return found


def _told(steps: list[list[int]], place: int, levels: list[str]) -> str:
    """A step as it is told: when, from which level to which."""
    if place >= len(steps):
        return "–"
    names = [*levels, "–"]
    before = names[steps[place - 1][C_LEVEL]] if place else "–"
    at = clock.instant(steps[place][C_SINCE])
    return f"{at.isoformat(timespec='seconds')} {before} → {names[steps[place][C_LEVEL]]}"


def _cells(history: History, run: Run) -> Iterator[tuple[str, str, Whole, Whole]]:
    """What is compared, as arrays of [member, month]; a unit that the books do not know must have nothing."""
    for of in FLOWS:
        books: dict[str, Whole] = getattr(history.ledger, of)
        for unit, flow in run.flows.items():
            replay: Whole = getattr(flow, of)
            yield of, unit, books.get(unit, np.zeros_like(replay)), replay
