"""What leads from fact to fact as tables, and which members are walked together because of it."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from guerdon.insight.simulate.history import GIVE, HOLD, NONE
from guerdon.insight.simulate.prepared import Prepared
from guerdon.insight.simulate.tables import B_FIRST, H_FIRST, HOLDS_FIRST, Links, Whole


class Part(NamedTuple):
    """Some members with all their events, in the order in which they are walked."""

    members: int
    order: Whole


def parts(prepared: Prepared, many: int) -> Iterator[Part]:
    """Everybody in about so many parts that do not know each other: who gave points to others is in one with them."""
    first = prepared.history.events.first
    people = len(first) - 1
    every = np.arange(first[-1])
    tied = np.zeros(people, dtype=np.bool_)
    givers, takers = _gifts(prepared)[:2]
    tied[givers] = tied[takers] = True
    free = ~tied[prepared.member]
    if len(takers):
        yield Part(int(tied.sum()), prepared.in_turn[~free[prepared.in_turn]])
    cuts = np.linspace(0, people, min(people, many) + 1).astype(int).tolist()
    for low, high in pairwise(cuts):
        mine = every[first[low] : first[high]]
        yield Part(high - low - int(tied[low:high].sum()), mine[free[mine]] if len(takers) else mine)


def _gifts(prepared: Prepared) -> tuple[Whole, Whole, Whole]:
    """The gifts from member to member in the order of the journal: who gives, who takes, and the events."""
    events = prepared.history.events
    gifts = prepared.in_turn[(events.what[prepared.in_turn] == GIVE) & (events.of[prepared.in_turn] != NONE)]
    return prepared.member[gifts], prepared.member[events.of[gifts]], gifts


def links(prepared: Prepared, lots: Whole, *, revives: bool) -> tuple[Links | None, Whole]:
    """The links of a history without anything taken, None where there are none; and for how many lots there is room.

    `lots` are so many as facts can make by [member, unit], and so is the second answer: where others give them points
    there are more, and where points that come back may live again (`revives`).
    """
    events, undone = prepared.history.events, prepared.undone
    holds = np.nonzero(events.what == HOLD)[0]
    if not len(undone) and not len(holds) and not (events.what == GIVE).any():
        return None, lots
    most = lots.copy()
    # A gift empties every lot it takes from but one, so that among all members only one more has anything by each.
    among = lots.sum(axis=0) + (events.what == GIVE).sum()
    for giver, taker, gift in zip(*(one.tolist() for one in _gifts(prepared)), strict=True):
        unit = events.unit[gift]
        most[taker, unit] += min(int(events.points[gift]), int(most[giver, unit]), int(among[unit]))
    # So does a burn, and what comes back of it fills no more than it took.
    member, unit = prepared.member[undone], events.unit[undone]
    takes = np.minimum(events.points[undone], most[member, unit])
    if revives:
        np.add.at(most, (member, unit), takes)
    holding = np.minimum(events.points[holds], most[prepared.member[holds], events.unit[holds]])
    starts = np.cumsum(np.concatenate((takes, holding))) - np.concatenate((takes, holding))
    burns, made = np.zeros((len(undone), 3), dtype=np.int64), np.zeros((len(holds), 6), dtype=np.int64)
    burns[:, B_FIRST], made[:, H_FIRST] = starts[: len(undone)], starts[len(undone) :]
    held = np.zeros((len(lots), 2), dtype=np.int64)
    many = np.bincount(prepared.member[holds], minlength=len(lots))
    held[:, HOLDS_FIRST] = np.cumsum(many) - many
    room = np.zeros((int(takes.sum() + holding.sum()), 2), dtype=np.int64)
    return Links(burns, room, made, held), most
