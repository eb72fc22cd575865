"""BG/NBD: whoever buys may stop after each purchase (Fader, Hardie & Lee 2005, Marketing Science 24:275–284).

While somebody is a customer, purchases come at random at a rate λ; after each of them they leave with probability p.
λ is Gamma(r, α) over customers and p is Beta(a, b). Weeks are the unit of time.
"""

from typing import Final

import numpy as np
from scipy import special

from guerdon.insight.clv import fitting
from guerdon.insight.clv.fitting import Fit
from guerdon.insight.clv.histories import Histories, Numbers

NAMES: Final = ("r", "alpha", "a", "b")


def fit(seen: Histories) -> Fit:
    """Parameters r, α, a and b of the most likely model. Raises `fitting.Unfit`."""
    return fitting.fit_seen(NAMES, likelihood, seen)


def likelihood(values: Numbers, seen: Histories) -> tuple[float, Numbers]:
    """The log-likelihood of all customers (equation 6 of the paper), and its gradient by r, α, a and b.

    L = B(a, b+x)/B(a, b) · Γ(r+x) α^r / Γ(r) · { (α+T)^-(r+x) + [x > 0] a/(b+x-1) (α+t_x)^-(r+x) }
    """
    r, alpha, a, b = values
    x, n = seen.repeats, seen.customers
    kinds, place = np.unique(x, return_inverse=True)  # what depends on x alone is worked out once for each
    weights = np.bincount(place, weights=n)
    total = n.sum()
    repeated = x > 0
    until_end, until_last = np.log(alpha + seen.age), np.log(alpha + seen.recency)
    stays = -(r + x) * until_end
    with np.errstate(divide="ignore", invalid="ignore"):
        leaves = np.where(repeated, np.log(a / (b + x - 1)) - (r + x) * until_last, -np.inf)
    both = np.logaddexp(stays, leaves)
    share = np.exp(leaves - both)  # of those who have left, among all with this history
    height = (
        weights @ (special.gammaln(r + kinds) + special.betaln(a, b + kinds))
        + total * (r * np.log(alpha) - special.gammaln(r) - special.betaln(a, b))
        + n @ both
    )
    one = special.digamma(a + b) - special.digamma(a + b + kinds)
    slope_r = (
        weights @ special.digamma(r + kinds)
        + total * (np.log(alpha) - special.digamma(r))
        - n @ ((1 - share) * until_end + share * until_last)
    )
    slope_alpha = total * r / alpha - n @ (
        (r + x) * ((1 - share) / (alpha + seen.age) + share / (alpha + seen.recency))
    )
    slope_a = weights @ one + n @ share / a
    slope_b = weights @ (one + special.digamma(b + kinds) - special.digamma(b)) - n[repeated] @ (
        share[repeated] / (b + x[repeated] - 1)
    )
    return float(height), np.array([slope_r, slope_alpha, slope_a, slope_b])


def alive(found: Fit, repeats: Numbers, recency: Numbers, age: Numbers) -> Numbers:
    """How probable it is that each is still a customer (Fader & Hardie 2008, note 021). Who never came again is."""
    r, alpha, a, b = found.parameters.values()
    x = np.maximum(repeats, 1)
    odds = a / (b + x - 1) * np.exp((r + x) * (np.log(alpha + age) - np.log(alpha + recency)))
    return np.where(repeats > 0, 1 / (1 + odds), 1.0)


def expected(found: Fit, weeks: float, repeats: Numbers, recency: Numbers, age: Numbers) -> Numbers:
    """How often each will buy in the next weeks (equation 10 of the paper)."""
    r, alpha, a, b = found.parameters.values()
    z = weeks / (alpha + age + weeks)
    gone = np.exp((r + repeats) * (np.log(alpha + age) - np.log(alpha + age + weeks))) * special.hyp2f1(
        r + repeats, b + repeats, a + b + repeats - 1, z
    )
    ever: Numbers = (a + b + repeats - 1) / (a - 1) * (1 - gone)
    return ever * alive(found, repeats, recency, age)
