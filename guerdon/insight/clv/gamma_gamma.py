"""Gamma-Gamma: what a purchase of each comes to (Fader, Hardie & Lee 2005, JMR 42:415–430; note 025).

Purchases of one customer are Gamma(p, ν) about their own mean, and ν is Gamma(q, γ) over customers. How much is spent
must have nothing to do with how often: the correlation is part of what is told.
"""

from typing import Final

import numpy as np
from scipy import special

from guerdon.insight.clv import fitting
from guerdon.insight.clv.fitting import Fit
from guerdon.insight.clv.histories import Numbers

NAMES: Final = ("p", "q", "gamma")


def fit(repeats: Numbers, mean: Numbers) -> Fit:
    """Parameters p, q and γ from those who came again, with what a repeat purchase of theirs came to (above nought).

    Raises `fitting.Unfit`, ValueError.
    """
    if len(repeats) == 0 or (repeats < 1).any() or not (mean > 0).all():
        raise ValueError("what purchases come to is learnt from customers who came again and paid something")
    return fitting.fit(NAMES, lambda values: likelihood(values, repeats, mean))


def likelihood(values: Numbers, x: Numbers, mean: Numbers) -> tuple[float, Numbers]:
    """The log-likelihood (note 025, equation 1a), and its gradient by p, q and γ.

    f(m | x) = Γ(px+q)/(Γ(px) Γ(q)) · γ^q m^(px-1) x^px / (γ + m x)^(px+q)
    """
    p, q, gamma = values
    px, n = p * x, len(x)
    log_sum, log_all = np.log(mean * x), np.log(gamma + mean * x)
    height = (
        special.gammaln(px + q) - special.gammaln(px) + px * log_sum - np.log(mean) - (px + q) * log_all
    ).sum() + n * (q * np.log(gamma) - special.gammaln(q))
    both = special.digamma(px + q)
    slope_p = (x * (both - special.digamma(px) + log_sum - log_all)).sum()
    slope_q = (both - log_all).sum() + n * (np.log(gamma) - special.digamma(q))
    slope_gamma = n * q / gamma - ((px + q) / (gamma + mean * x)).sum()
    return float(height), np.array([slope_p, slope_q, slope_gamma])


def expected(found: Fit, repeats: Numbers, mean: Numbers) -> Numbers:
    """What the next purchase of each comes to: between their own mean and that of all (note 025, equation 5).

    Who never came again has the mean of all. NaN where γ and q say that no mean exists (q ≤ 1).
    """
    p, q, gamma = found.parameters.values()
    if q <= 1:
        return np.full(len(repeats), np.nan)
    own = np.where(repeats > 0, mean, 0.0)
    return p * (gamma + repeats * own) / (p * repeats + q - 1)
