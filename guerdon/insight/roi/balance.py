"""Sample-ratio mismatch: whether both groups are as large as the share says, or somebody went missing on the way."""

from typing import Final

import msgspec
from scipy import special

ALARM: Final = 0.001  # Fabijan et al. 2019, KDD, 2156–2164


class Balance(msgspec.Struct, frozen=True):
    """How many were expected to be held out and how many were, and p: how likely chance alone is as far off."""

    held_out: int
    of: int
    expected: float
    p: float

    @property
    def alarm(self) -> bool:
        """Whether nothing may be concluded: the groups are not those that were drawn."""
        return self.p < ALARM


def check(held_out: int, of: int, share: float) -> Balance:
    """The χ² test of both groups against the share, which lies between 0 and 1, exclusively."""
    expected = of * share
    if not of:
        return Balance(0, 0, 0.0, 1.0)
    squares = (held_out - expected) ** 2 * (1 / expected + 1 / (of - expected))
    return Balance(held_out, of, expected, float(special.chdtrc(1, squares)))
