"""The chain ladder: what of each month's points will have been redeemed in the end, from how earlier months went."""

from collections.abc import Sequence
from fractions import Fraction

import msgspec


class Cohort(msgspec.Struct, frozen=True):
    """The points of one month: earned, redeemed so far, and in the end. `age` is how many months later it is."""

    month: int
    age: int
    earned: int
    redeemed: int
    ultimate: Fraction


def project(earned: Sequence[int], redeemed: Sequence[Sequence[int]]) -> list[Cohort]:
    """Cohorts in the order of their months, none left out, each with what was redeemed `months` later, up to now.

    The factor from one age to the next is what all cohorts that are old enough had redeemed at the one over what they
    had at the other (volume-weighted; Mack 1993, Distribution-free calculation of the standard error of chain ladder
    reserve estimates). Where nothing had been redeemed yet the factor says nothing and is 1. Nothing is assumed beyond
    the age of the oldest cohort, nor more than was earned.
    """
    oldest = len(earned)
    sums = [[sum(row[: age + 1]) for age in range(len(row))] for row in redeemed]
    factors: list[Fraction] = []
    for age in range(oldest - 1):
        known = [row for row in sums if len(row) > age + 1]
        before = sum(row[age] for row in known)
        factors.append(Fraction(sum(row[age + 1] for row in known), before) if before > 0 else Fraction(1))
    found: list[Cohort] = []
    for month, (points, row) in enumerate(zip(earned, sums, strict=True)):
        age = len(row) - 1
        ultimate = Fraction(row[-1])
        for factor in factors[age:]:
            ultimate *= factor
        found.append(Cohort(month, age, points, row[-1], min(ultimate, Fraction(max(points, row[-1])))))
    return found
