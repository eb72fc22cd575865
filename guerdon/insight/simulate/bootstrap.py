"""How sure a difference is: members drawn again and again, the same ones for every side (a bootstrap, Efron 1979).

Each draw takes as many members as there are, with replacement. Of many members each is taken Poisson(1) times and the
sum is scaled to their number, which comes to the same (Hanley & MacGibbon 2006): the weights of a million of them are
made in small parts that are forgotten again. They follow from the seed and the member's place alone. So today's
programme, a draft and each of a thousand scenarios are measured with the same members (common random numbers), and
what they share is no noise of their difference.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Columns = Callable[[slice], Iterable[Numbers]]  # of the members of a part, [member, column], once for each assumption
Advance = Callable[[int], None]

DRAWS: Final = 1_000
SEED: Final = 1
LOW, HIGH = 0.05, 0.95  # a band leaves out a twentieth on each side
PART: Final = 4_096  # members whose weights are in memory together
_STEPS: Final = 1 << 16  # of the table in which a random number of 16 bits finds its weight


def _poisson() -> Numbers:
    """The weights of all numbers of 16 bits: Poisson(1) to their precision, with a mean of exactly 1."""
    chances, chance = [], np.exp(-1.0)
    for weight in range(1, 10):
        chances.append(chance)
        chance /= weight
    counts = np.rint(np.array(chances) * _STEPS).astype(np.int64)
    weights = np.arange(len(counts))
    counts[1] = _STEPS - counts[2:] @ weights[2:]
    counts[0] = _STEPS - counts[1:].sum()
    return np.repeat(weights.astype(np.float64), counts)


_WEIGHTS: Final = _poisson()


class Resampling(NamedTuple):
    """So many draws of so many members; equal ones draw the same."""

    members: int
    draws: int = DRAWS
    seed: int = SEED

    def weights(self) -> Iterator[tuple[slice, Numbers]]:
        """How often each draw takes each member, [draw, member], part by part of the members."""
        if 0 < self.members <= PART:
            yield slice(0, self.members), self._taken()
            return
        for start in range(0, self.members, PART):
            part = slice(start, min(start + PART, self.members))
            random = np.random.Generator(np.random.SFC64([self.seed, start]))
            thrown = random.integers(0, _STEPS, (part.stop - start, self.draws), dtype=np.uint16)
            yield part, _WEIGHTS[thrown].T

    def _taken(self) -> Numbers:
        """The same of few members, who are really drawn."""
        random = np.random.Generator(np.random.SFC64([self.seed, 0]))
        taken = random.integers(0, self.members, (self.draws, self.members))
        taken += np.arange(0, self.draws * self.members, self.members)[:, np.newaxis]
        weights = np.bincount(taken.ravel(), minlength=self.draws * self.members)
        return weights.reshape(taken.shape).astype(np.float64)

    def totals(self, columns: Numbers) -> Numbers:
        """What columns of [member, column] come to in each draw: [draw, column]."""
        return self.spread(lambda part: [columns[part]], 1, columns.shape[1])

    def spread(self, columns: Columns, ways: int, width: int, advance: Advance = lambda _: None) -> Numbers:
        """The same where columns can be in so many ways: the draws take these in turn, so each draws both."""
        found, drawn = np.zeros((self.draws, width)), np.zeros(self.draws)
        for part, weights in self.weights():
            for place, one in enumerate(columns(part)):
                found[place::ways] += weights[place::ways] @ one
            drawn += weights.sum(axis=1)
            advance(part.stop - part.start)
        return found * (self.members / np.maximum(drawn, 1))[:, np.newaxis]


def interval(drawn: Numbers) -> tuple[int, int, int]:
    """The low end, the middle and the high end of what was drawn, in whole units."""
    low, middle, high = np.quantile(drawn, (LOW, 0.5, HIGH))
    return round(low), round(middle), round(high)
