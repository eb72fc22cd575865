"""CUPED: what members were like before is taken out of what they did since, so that less is left to chance.

Deng, Xu, Kohavi & Walker 2013, WSDM, 123–132: y − θ(x − x̄) with θ = cov(x, y) ÷ var(x). The covariate x must be from
before anybody was treated otherwise: what the treatment has touched would take part of its own effect away.
"""

import msgspec
import numpy as np

from guerdon.insight.roi import means
from guerdon.insight.roi.means import LEVEL, Estimate, Numbers, Sample, Unsaid


class Pairs(msgspec.Struct, frozen=True):
    """What is known of a group: of `after` and of `before` the mean and variance of one, and how both go together."""

    size: int
    after: float
    before: float
    after_variance: float
    before_variance: float
    covariance: float

    @classmethod
    def of(cls, after: Numbers, before: Numbers) -> "Pairs":
        if len(after) < 2:
            raise Unsaid("a group needs two members at least")
        both = np.cov(after, before, ddof=1)
        return cls(
            len(after), float(after.mean()), float(before.mean()), float(both[0, 0]), float(both[1, 1]),
            float(both[0, 1]),
        )  # fmt: skip


class Adjusted(msgspec.Struct, frozen=True):
    """The difference with what was before taken out, and which share of the variance went with it."""

    estimate: Estimate
    theta: float
    reduction: float


def differ(treated: Pairs, held_out: Pairs, *, level: float = LEVEL) -> Adjusted:
    """By how much the means differ once what was before is taken out. Raises Unsaid.

    θ is that of both groups together, each around its own mean, so that the effect itself is not in it.
    """
    groups = (treated, held_out)
    spread = sum((one.size - 1) * one.before_variance for one in groups)
    if spread <= 0:
        raise Unsaid("nobody differed before")
    theta = sum((one.size - 1) * one.covariance for one in groups) / spread
    left = [_left(one, theta) for one in groups]
    plain = sum(one.after_variance / one.size for one in groups)
    now = sum(one.variance / one.size for one in left)
    return Adjusted(means.differ(*left, level=level), theta, 1 - now / plain)


def _left(one: Pairs, theta: float) -> Sample:
    """The group with what was before taken out."""
    variance = one.after_variance - 2 * theta * one.covariance + theta**2 * one.before_variance
    return Sample(one.size, one.after - theta * one.before, max(variance, 0.0))
