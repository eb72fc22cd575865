"""Pareto/NBD: whoever buys may stop at any time (Schmittlein, Morrison & Colombo 1987; Fader & Hardie 2005, note 009).

While somebody is a customer, purchases come at random at a rate λ, and they leave at random at a rate μ. λ is
Gamma(r, α) over customers and μ is Gamma(s, β). Weeks are the unit of time.
"""

from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from scipy import special

from guerdon.insight.clv import fitting
from guerdon.insight.clv.fitting import Fit
from guerdon.insight.clv.histories import Histories, Numbers

NAMES: Final = ("r", "alpha", "s", "beta")
_PIECES: Final = (
    0.0,
    1 / 64,
    1 / 16,
    1 / 4,
    1.0,
)  # of the integral over when somebody left: it falls the most at first


def _points() -> tuple[Numbers, Numbers]:
    """Where between nought and one the integral is looked at, and what each look counts: Gauss–Legendre by pieces."""
    nodes, weights = np.polynomial.legendre.leggauss(8)
    pieces = list(pairwise(_PIECES))
    return (
        np.concatenate([low + (high - low) * (nodes + 1) / 2 for low, high in pieces]),
        np.concatenate([(high - low) * weights / 2 for low, high in pieces]),
    )


_NODES, _WEIGHTS = _points()


def fit(seen: Histories) -> Fit:
    """Parameters r, α, s and β of the most likely model. Raises `fitting.Unfit`."""
    return fitting.fit_seen(NAMES, likelihood, seen)


def likelihood(values: Numbers, seen: Histories) -> tuple[float, Numbers]:
    """The log-likelihood of all customers (note 009, equation 13), and its gradient by r, α, s and β.

    L = Γ(r+x) α^r β^s / Γ(r) · { (α+T)^-(r+x) (β+T)^-s + ∫ from t_x to T of s (α+t)^-(r+x) (β+t)^-(s+1) dt }
    """
    r, alpha, s, beta = values
    x, n = seen.repeats, seen.customers
    kinds, place = np.unique(x, return_inverse=True)
    weights, total = np.bincount(place, weights=n), n.sum()
    a_end, b_end = np.log(alpha + seen.age), np.log(beta + seen.age)
    stays = -(r + x) * a_end - s * b_end
    left = _left(values, seen)
    both = np.logaddexp(stays, left.height)
    share = np.exp(left.height - both)
    there = 1 - share
    height = (
        weights @ special.gammaln(r + kinds)
        + total * (r * np.log(alpha) + s * np.log(beta) - special.gammaln(r))
        + n @ both
    )
    slope = np.array(
        [
            weights @ special.digamma(r + kinds)
            + total * (np.log(alpha) - special.digamma(r))
            + n @ (share * left.by_r - there * a_end),
            total * r / alpha + n @ (share * left.by_alpha - there * (r + x) / (alpha + seen.age)),
            total * np.log(beta) + n @ (share * left.by_s - there * b_end),
            total * s / beta + n @ (share * left.by_beta - there * s / (beta + seen.age)),
        ]
    )
    return float(height), slope


class _Left(NamedTuple):
    """The logarithm of the part of those who have left, and its derivatives."""

    height: Numbers
    by_r: Numbers
    by_alpha: Numbers
    by_s: Numbers
    by_beta: Numbers


def _left(values: Numbers, seen: Histories) -> _Left:
    """The integral of s (α+t)^-(r+x) (β+t)^-(s+1), in steps of log(min(α, β) + t), over which it falls evenly."""
    r, alpha, s, beta = values
    base, power = min(alpha, beta), r + seen.repeats
    first = np.log(base + seen.recency)
    length = np.log(base + seen.age) - first
    highest = first - power * np.log(alpha + seen.recency) - (s + 1) * np.log(beta + seen.recency)
    total, by_r, by_alpha, by_s, by_beta = (np.zeros_like(length) for _ in range(5))
    for node, weight in zip(_NODES, _WEIGHTS, strict=True):
        at = first + length * node
        t = np.exp(at) - base
        log_alpha, log_beta = np.log(alpha + t), np.log(beta + t)
        value = weight * np.exp(at - power * log_alpha - (s + 1) * log_beta - highest)
        total += value
        by_r -= value * log_alpha
        by_alpha -= value * power / (alpha + t)
        by_s -= value * log_beta
        by_beta -= value * (s + 1) / (beta + t)
    with np.errstate(divide="ignore"):  # nobody can have left who bought on the last day, or stays so unlikely
        height = np.log(s) + highest + np.log(length) + np.log(total)
    total[total == 0] = 1
    return _Left(height, by_r / total, by_alpha / total, by_s / total + 1 / s, by_beta / total)


def alive(found: Fit, seen: Histories) -> Numbers:
    """How probable it is that each is still a customer (note 009, equation 11)."""
    r, alpha, s, beta = values = np.array(list(found.parameters.values()))
    stays: Numbers = -(r + seen.repeats) * np.log(alpha + seen.age) - s * np.log(beta + seen.age)
    return 1 / (1 + np.exp(_left(values, seen).height - stays))


def expected(found: Fit, weeks: float, seen: Histories) -> Numbers:
    """How often each will buy in the next weeks (note 009, equation 41)."""
    r, alpha, s, beta = found.parameters.values()
    then = beta + seen.age
    ends: Numbers = (then / (s - 1)) * -np.expm1((s - 1) * (np.log(then) - np.log(then + weeks)))
    rate: Numbers = (r + seen.repeats) / (alpha + seen.age)
    return rate * ends * alive(found, seen)
