"""Two means beside each other: Welch's interval, and a bootstrap where a few spend most of the money."""

import math
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy import special

LEVEL: Final = 0.95
RESAMPLES: Final = 2_000
RESAMPLES_FEW: Final = 200  # of very many members, whose mean is all but normal anyway
DRAWS_MAX: Final = 400_000_000  # members times resamples
_CHUNK: Final = 4_000_000  # draws at once: 32 MB
_SEED: Final = 7  # the same members always answer the same

Numbers = NDArray[np.float64]


class Unsaid(Exception):
    """Too little is there for anything to be said; the message says what."""


class Estimate(msgspec.Struct, frozen=True):
    """A difference with its interval, and p: how likely chance alone makes one as large."""

    value: float
    low: float
    high: float
    p: float

    @property
    def clear(self) -> bool:
        """Whether the interval lies on one side of nought."""
        return self.low > 0 or self.high < 0

    def times(self, factor: float) -> "Estimate":
        return Estimate(self.value * factor, self.low * factor, self.high * factor, self.p)


class Sample(msgspec.Struct, frozen=True):
    """What is known of a group: how many, the mean, and the variance of one (unbiased)."""

    size: int
    mean: float
    variance: float

    @classmethod
    def of(cls, values: Numbers) -> "Sample":
        if len(values) < 2:
            raise Unsaid("a group needs two members at least")
        return cls(len(values), float(values.mean()), float(values.var(ddof=1)))

    @classmethod
    def of_sums(cls, size: int, total: int, squares: int) -> "Sample":
        """Of how many, their sum and the sum of their squares, exactly."""
        if size < 2:
            raise Unsaid("a group needs two members at least")
        return cls(size, total / size, (squares * size - total * total) / (size * (size - 1)))


def differ(treated: Sample, held_out: Sample, *, level: float = LEVEL) -> Estimate:
    """By how much the means differ (Welch 1947): both groups keep a variance of their own. Raises Unsaid."""
    of_treated, of_held_out = treated.variance / treated.size, held_out.variance / held_out.size
    squared = of_treated + of_held_out
    if squared <= 0:
        raise Unsaid("everybody in both groups is the same")
    freedom = squared**2 / (of_treated**2 / (treated.size - 1) + of_held_out**2 / (held_out.size - 1))
    return around(treated.mean - held_out.mean, math.sqrt(squared), freedom, level=level)


def around(value: float, error: float, freedom: float, *, level: float = LEVEL) -> Estimate:
    """The interval of Student's t around a value with its standard error."""
    reach = -float(special.stdtrit(freedom, (1 - level) / 2)) * error
    return Estimate(value, value - reach, value + reach, 2 * float(special.stdtr(freedom, -abs(value) / error)))


def resampled(treated: Numbers, held_out: Numbers, *, level: float = LEVEL) -> Estimate:
    """By how much the means differ, by the bootstrap-t (Efron & Tibshirani 1993, chapter 12). Raises Unsaid.

    Each resample is measured by its own standard error, so the interval is as lopsided as the money is. The seed
    is fixed: the same members always give the same answer.
    """
    whole = differ(Sample.of(treated), Sample.of(held_out), level=level)
    error = math.sqrt(treated.var(ddof=1) / len(treated) + held_out.var(ddof=1) / len(held_out))
    draw = np.random.Generator(np.random.PCG64(_SEED))
    times = min(RESAMPLES, max(RESAMPLES_FEW, DRAWS_MAX // (len(treated) + len(held_out))))
    means, errors = _drawn(treated, draw, times)
    other_means, other_errors = _drawn(held_out, draw, times)
    own = np.sqrt(errors + other_errors)
    kept = own > 0  # a resample of nobody but those who spent nothing has no error to be measured by
    if kept.sum() < 0.95 * times:
        raise Unsaid("too few of the members spent anything")
    scaled = (means[kept] - other_means[kept] - whole.value) / own[kept]
    tail = (1 - level) / 2
    high, low = np.quantile(scaled, [tail, 1 - tail])
    # Of either tail, how many resamples lie beyond what no difference at all would be.
    beyond = (scaled >= whole.value / error).mean(), (scaled <= whole.value / error).mean()
    p = max(2 * float(min(beyond)), 1 / (len(scaled) + 1))
    return Estimate(whole.value, whole.value - float(low) * error, whole.value - float(high) * error, min(p, 1.0))


def _drawn(values: Numbers, draw: np.random.Generator, times: int) -> tuple[Numbers, Numbers]:
    """The mean of each resample, and its squared standard error."""
    size, at_once = len(values), max(1, _CHUNK // len(values))
    means, errors = np.empty(times), np.empty(times)
    for start in range(0, times, at_once):
        end = min(start + at_once, times)
        taken = values[draw.integers(0, size, (end - start, size), dtype=np.int32)]
        means[start:end] = taken.mean(axis=1)
        errors[start:end] = taken.var(axis=1, ddof=1) / size
    return means, errors
