"""The Pareto front: the choices than which no other is better in one thing without being worse in another."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from guerdon.insight.simulate.bootstrap import Numbers

_PART: Final = 512  # choices compared with all others at once


def pareto(scores: Numbers) -> NDArray[np.bool_]:
    """Which rows of [choice, goal] stand on the front, where less of each is better; equal ones stand together."""
    front = np.ones(len(scores), dtype=np.bool_)
    for start in range(0, len(scores), _PART):
        some = scores[start : start + _PART, np.newaxis, :]
        no_worse: NDArray[np.bool_] = np.all(scores[np.newaxis] <= some, axis=2)
        better: NDArray[np.bool_] = np.any(scores[np.newaxis] < some, axis=2)
        front[start : start + _PART] = ~np.any(no_worse & better, axis=1)
    return front
