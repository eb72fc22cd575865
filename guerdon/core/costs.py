"""What campaigns gave and what that costs: points at what their unit says they are worth, vouchers at what came off."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

import msgspec

CostKind = Literal["points", "vouchers"]


class Cost(msgspec.Struct, frozen=True):
    """How many points of a unit, or uses of a voucher, and what they cost; None where the unit says no worth."""

    kind: CostKind
    of: str
    count: int
    amount: int | None


def of_points(unit: str, points: int, *, worth: tuple[int, int] | None) -> Cost:
    """Points of a unit; `worth` is how many of them are worth how many minor units. Rounded down, like any worth."""
    return Cost("points", unit, points, None if worth is None else int(Fraction(points * worth[1], worth[0])))


def total(costs: Iterable[Cost] | None) -> int | None:
    """What all of them cost; None where of any of them nobody knows."""
    amounts = None if costs is None else [one.amount for one in costs]
    if amounts is None or None in amounts:
        return None
    return sum([amount for amount in amounts if amount is not None])
