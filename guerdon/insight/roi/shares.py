"""Two shares beside each other: how many of these and of those did it, by the score test and Newcombe's interval."""

import math
from typing import NamedTuple

from scipy import special

from guerdon.insight.roi.means import LEVEL, Estimate


class Counted(NamedTuple):
    """How many of how many did it."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        return self.hits / self.of


def differ(treated: Counted, held_out: Counted, *, level: float = LEVEL) -> Estimate:
    """By how much the shares differ.

    p by the pooled z test; the interval is Newcombe's hybrid of two Wilson intervals (1998, Statistics in Medicine
    17:873–890, method 10), which holds where shares are small.
    """
    gap = treated.share - held_out.share
    low, high = (wilson(one, level=level) for one in (treated, held_out))
    under = math.hypot(treated.share - low[0], high[1] - held_out.share)
    over = math.hypot(low[1] - treated.share, held_out.share - high[0])
    return Estimate(gap, gap - under, gap + over, 2 * float(special.ndtr(-abs(z(treated, held_out)))))


def z(treated: Counted, held_out: Counted) -> float:
    """How many standard errors the shares are apart, if they were one; nought where nobody or everybody did it."""
    pooled = (treated.hits + held_out.hits) / (treated.of + held_out.of)
    error = math.sqrt(pooled * (1 - pooled) * (1 / treated.of + 1 / held_out.of))
    return (treated.share - held_out.share) / error if error else 0.0


def wilson(one: Counted, *, level: float = LEVEL) -> tuple[float, float]:
    """The interval of one share by Wilson (1927)."""
    reach = -float(special.ndtri((1 - level) / 2))
    middle = one.share + reach * reach / (2 * one.of)
    half = reach * math.sqrt(one.share * (1 - one.share) / one.of + reach * reach / (4 * one.of**2))
    whole = 1 + reach * reach / one.of
    return (middle - half) / whole, (middle + half) / whole
