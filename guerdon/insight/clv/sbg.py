"""sBG: how long those stay who pay period by period (Fader & Hardie 2007, J. Interactive Marketing 21(1):76–90).

At the end of each period everybody leaves with a probability of their own, which is Beta(α, β) over customers.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy import special

from guerdon.insight.clv import fitting
from guerdon.insight.clv.fitting import Fit
from guerdon.insight.clv.histories import Numbers

NAMES: Final = ("alpha", "beta")


def fit(left: Sequence[float], stayed: float | Sequence[float]) -> Fit:
    """Parameters α and β from how many left after each period, and how many are still there after the last of them;
    where they began at different times, how many are there who have been through so many periods.

    Raises `fitting.Unfit`, ValueError.
    """
    gone = np.asarray(left, float)
    there = np.zeros(len(gone))
    there[len(gone) - np.size(stayed) :] = stayed
    if len(gone) < 2 or (gone < 0).any() or (there < 0).any() or gone.sum() + there.sum() == 0:
        raise ValueError("how long people stay is learnt from at least two periods in which somebody could leave")
    return fitting.fit(NAMES, lambda values: likelihood(values, gone, there))


def likelihood(values: Numbers, left: Numbers, stayed: Numbers) -> tuple[float, Numbers]:
    """The log-likelihood (equation B3 of the paper), and its gradient by α and β; `left` and `stayed` by periods.

    P(T = t) = B(α+1, β+t-1)/B(α, β), S(t) = B(α, β+t)/B(α, β)
    """
    alpha, beta = values
    t = np.arange(1, len(left) + 1)
    none = special.betaln(alpha, beta)
    height = left @ (special.betaln(alpha + 1, beta + t - 1) - none) + stayed @ (special.betaln(alpha, beta + t) - none)
    base = special.digamma(alpha + beta)
    together = special.digamma(alpha + beta + t)  # of α+1 and β+t-1, as of α and β+t
    slope_alpha = left @ (special.digamma(alpha + 1) - together - special.digamma(alpha) + base) + stayed @ (
        base - together
    )
    slope_beta = left @ (special.digamma(beta + t - 1) - together - special.digamma(beta) + base) + stayed @ (
        special.digamma(beta + t) - together - special.digamma(beta) + base
    )
    return float(height), np.array([slope_alpha, slope_beta])


def survival(found: Fit, periods: int) -> Numbers:
    """Which share is still there after each period, from the first to the last that is asked for."""
    alpha, beta = found.parameters.values()
    t = np.arange(1.0, periods + 1)
    stays: Numbers = (beta + t - 1) / (alpha + beta + t - 1)
    return stays.cumprod()


def retention(found: Fit, period: int) -> float:
    """Of those who are there in a period (1 is the first), the share that stays on after it."""
    alpha, beta = found.parameters.values()
    return (beta + period - 1) / (alpha + beta + period - 1)
