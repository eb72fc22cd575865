"""The law of paying with points at a rate: how many an amount takes, how much of a basket they may pay (LAW 4.4)."""

from typing import Final

import msgspec

from guerdon.core import errors

PAYS_NOTHING = errors.declare("invalid", "pays_nothing", "unit")
PAYS_TOO_LITTLE = errors.declare("invalid", "pays_too_little", "unit", "amount", "points", "worth")
PAYS_IN_STEPS = errors.declare("invalid", "pays_in_steps", "unit", "amount", "below", "above")
PAYS_TOO_MUCH = errors.declare("invalid", "pays_too_much", "unit", "amount", "limit")

WHOLE: Final = 10_000  # the whole basket, in hundredths of a percent
SOURCE: Final = "tender"  # of the burns that pay purchases; the purchase and the place of the tender name them


class Pays(msgspec.Struct, frozen=True):
    """`points` (smallest steps) pay `amount` minor units; from `minimum` on, in steps, up to a share of the goods."""

    points: int
    amount: int
    minimum: int = 1
    step: int = 1
    share_max: int = WHOLE  # hundredths of a percent of what the goods cost

    def charge(self, amount: int) -> int:
        """The fewest points that pay at least the amount, in whole steps and from the minimum on."""
        exact = max(self.minimum, -(-amount * self.points // self.amount))
        return -(-exact // self.step) * self.step

    def worth(self, points: int) -> int:
        """The amount that so many points pay, in whole minor units."""
        return points * self.amount // self.points

    def share(self, basket: int) -> int:
        """The most of a basket that points may pay, in minor units."""
        return basket * self.share_max // WHOLE


class Payable(msgspec.Struct, frozen=True):
    """What points of a unit can pay of a basket: from so many points to so many, and how much that is."""

    unit: str
    points_min: int
    points_max: int
    amount_min: int
    amount_max: int


def check(pays: Pays | None, *, unit: str, amount: int, basket: int) -> int:
    """How many points a tender takes. Raises `pays_nothing`, `pays_too_little`, `pays_in_steps`, `pays_too_much`.

    `basket` is what the goods cost, net of discounts. An amount that whole steps don't pay exactly is refused: nobody
    gives points away.
    """
    pays = check_share(pays, unit=unit, amount=amount, basket=basket)
    points = pays.charge(amount)
    if pays.worth(points) != amount or amount < 1:
        least = pays.worth(pays.charge(1))
        if amount < least:
            raise PAYS_TOO_LITTLE(unit=unit, amount=amount, points=pays.charge(1), worth=least)
        raise PAYS_IN_STEPS(unit=unit, amount=amount, below=pays.worth(points - pays.step), above=pays.worth(points))
    return points


def check_share(pays: Pays | None, *, unit: str, amount: int, basket: int) -> Pays:
    """Refuse more than points of the unit may pay of a basket. Raises `pays_nothing`, `pays_too_much`."""
    if pays is None:
        raise PAYS_NOTHING(unit=unit)
    most = pays.share(basket)
    if amount > most:
        raise PAYS_TOO_MUCH(unit=unit, amount=amount, limit=most)
    return pays


def payable(pays: Pays, *, unit: str, basket: int, available: int) -> Payable | None:
    """The least and the most that so many points can pay of the basket; None where they can't pay any of it."""
    # worth(points) ≤ share ⇔ points · amount < (share + 1) · rate
    within = -(-(pays.share(basket) + 1) * pays.points // pays.amount) - 1
    most = pays.worth(min(available, within) // pays.step * pays.step)
    least = pays.worth(pays.charge(1))
    if most < max(1, least) or pays.charge(most) > available:
        return None
    return Payable(unit, pays.charge(least), pays.charge(most), least, most)
