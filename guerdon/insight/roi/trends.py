"""Difference-in-differences: how a group changed beside another one, where nobody was held out by chance.

It is weaker than a hold-out: it holds only if both groups would have gone the same way. That can't be proved, only
doubted: placebo cut-offs ask the same of the months before, when there was nothing to be found.
"""

import math
from typing import Final, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from guerdon.insight.roi import means
from guerdon.insight.roi.means import LEVEL, Estimate, Numbers, Unsaid

DOUBT: Final = 0.05  # shared among the placebos (Bonferroni)
CLUSTERS_FEW: Final = 10  # on one side; fewer say too little of how clusters differ


class Panel(NamedTuple):
    """Members × months, in the order of time: what each spent, who is treated, and what they come in bunches of."""

    spent: Numbers
    treated: NDArray[np.bool_]
    clusters: NDArray[np.int64]  # a store; every member its own where nothing bunches them


class Placebo(msgspec.Struct, frozen=True):
    """What would have been found had it begun after so many months, when it had not."""

    after: int
    estimate: Estimate


class Trend(msgspec.Struct, frozen=True):
    """The effect per member and month. `parallel` is None where there are too few months before to doubt it."""

    estimate: Estimate
    placebos: tuple[Placebo, ...]
    parallel: bool | None
    clusters: tuple[int, int]  # of the treated, and of the others

    @property
    def few(self) -> bool:
        return min(self.clusters) < CLUSTERS_FEW


def differ(panel: Panel, begins: int, *, level: float = LEVEL) -> Trend:
    """How much more the treated changed than the others from month number `begins` on (from 0). Raises Unsaid."""
    months = panel.spent.shape[1]
    if not 0 < begins < months:
        raise Unsaid("there must be a month before it begins, and one after")
    estimate = _effect(panel, panel.spent[:, :begins], panel.spent[:, begins:], level)
    before = panel._replace(spent=panel.spent[:, :begins])
    placebos = tuple(
        [Placebo(cut, _effect(before, before.spent[:, :cut], before.spent[:, cut:], level)) for cut in range(1, begins)]
    )
    parallel = all(one.estimate.p >= DOUBT / len(placebos) for one in placebos) if placebos else None
    return Trend(estimate, placebos, parallel, _sides(panel))


def _sides(panel: Panel) -> tuple[int, int]:
    return len(np.unique(panel.clusters[panel.treated])), len(np.unique(panel.clusters[~panel.treated]))


def _effect(panel: Panel, before: Numbers, after: Numbers, level: float) -> Estimate:
    """The difference of mean changes, with an error that lets those of a cluster move together.

    Each member is one change, so months that resemble each other are not counted twice (Bertrand, Duflo &
    Mullainathan 2004, section IV.C); clusters lie within a group, whose variance is that of their summed residuals.
    """
    change = after.mean(axis=1) - before.mean(axis=1)
    values, squares, freedoms = [], [], []
    for side in (panel.treated, ~panel.treated):
        of, names = change[side], np.unique(panel.clusters[side], return_inverse=True)[1]
        count = int(names.max()) + 1 if len(names) else 0
        if count < 2:
            raise Unsaid("each side needs two members or, where it is told by store, two stores")
        sums = np.bincount(names, weights=of - of.mean())
        values.append(float(of.mean()))
        squares.append(float(sums @ sums) / len(of) ** 2 * count / (count - 1))
        freedoms.append(count - 1)
    squared = sum(squares)
    if squared <= 0:
        raise Unsaid("nobody on either side changed otherwise than the others")
    freedom = squared**2 / sum(one**2 / free for one, free in zip(squares, freedoms, strict=True))
    return means.around(values[0] - values[1], math.sqrt(squared), freedom, level=level)
