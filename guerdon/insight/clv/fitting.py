"""Maximum likelihood, the same way for every model: gradients that were derived, from several beginnings."""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec
import numpy as np
from scipy import optimize

from guerdon.insight.clv.histories import Histories, Numbers

STARTS: Final = (0.5, 3.0)  # of every parameter; the better end counts
_LOG_MAX: Final = 12.0  # parameters lie between e^-12 and e^12: beyond, they say the same
_OPTIONS: Final = {"maxiter": 1_000, "ftol": 1e-14, "gtol": 1e-4}

Likelihood = Callable[[Numbers], tuple[float, Numbers]]  # of parameters, as a logarithm, and its gradient


class Fit(msgspec.Struct, frozen=True):
    """Parameters in the order of the paper, and how likely they make what was seen."""

    parameters: dict[str, float]
    log_likelihood: float


class Unfit(Exception):
    """No parameters explain what was seen; the message says why."""


def fit(names: Sequence[str], likelihood: Likelihood, *, rough: Likelihood | None = None) -> Fit:
    """The parameters, all above nought, that make what was seen the most likely. Raises Unfit.

    They are searched by their logarithms, so that all of them stay above nought, by L-BFGS-B (Byrd et al. 1995).
    `rough` is the likelihood of some of what was seen: the search begins where that one ends, which is near.
    """
    starts = [np.full(len(names), np.log(start)) for start in STARTS]
    if rough is not None:
        starts = [min((_climbed(rough, start) for start in starts), key=lambda end: end[1])[0]]
    best, loss = min((_climbed(likelihood, start) for start in starts), key=lambda end: end[1])
    if not np.isfinite(loss):
        raise Unfit("the likelihood is not a number anywhere that was looked at")
    if np.abs(best).max() > _LOG_MAX - 1e-3:
        at = names[int(np.abs(best).argmax())]
        raise Unfit(f"{at} has no bounds: there are too few customers, or too few who differ")
    return Fit(dict(zip(names, map(float, np.exp(best)), strict=True)), -loss)


def fit_seen(
    names: Sequence[str], likelihood: Callable[[Numbers, Histories], tuple[float, Numbers]], seen: Histories
) -> Fit:
    """The parameters that make the histories of customers the most likely; some of many show the way. Raises Unfit."""
    few = seen.thinned()
    rough = None if few is None else lambda values: likelihood(values, few)
    return fit(names, lambda values: likelihood(values, seen), rough=rough)


def _climbed(likelihood: Likelihood, start: Numbers) -> tuple[Numbers, float]:
    """Where the way up from a beginning ends, in logarithms, and the loss there."""

    def loss(logs: Numbers) -> tuple[float, Numbers]:
        values = np.exp(logs)
        height, slope = likelihood(values)
        return -height, -slope * values

    bounds = [(-_LOG_MAX, _LOG_MAX)] * len(start)
    end = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=_OPTIONS)
    return end.x, float(end.fun)
