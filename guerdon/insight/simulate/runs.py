"""What a replay came to, member by member and month by month: the arrays from which everything after it is computed."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Place = NDArray[np.int16]


class Flow(NamedTuple):
    """One unit that can be spent, in its smallest steps: arrays of [member, month]."""

    issued: Whole  # earned, less cancelled and clawed back
    redeemed: Whole  # burned, less reinstated
    expired: Whole
    outstanding: Whole  # at the end of the month


class Run(NamedTuple):
    """A replay of the history under one programme: rows are members, columns months, in the order of their names."""

    members: tuple[str, ...]
    months: tuple[str, ...]  # 2026-10, local months of the programme
    spent: Whole  # paid less what came back, minor units of the programme's currency
    flows: dict[str, Flow]  # by unit
    cost: Whole  # what the rewards handed over cost, minor units
    tiers: dict[str, Place]  # by ladder: the place at the end of the month from 0, -1 below the first tier
