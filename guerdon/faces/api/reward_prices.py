"""Prices of rewards as they are told: what is asked for, what one member lacks for it, and would pay."""

from collections.abc import Iterable

import msgspec

from guerdon.core.money import Money
from guerdon.core.programme import Programme
from guerdon.core.rewards import Price
from guerdon.faces.api.views import OfUnit


class TopUpView(msgspec.Struct, frozen=True):
    """How money makes up for missing points: `money` for every `points`, from `least` points on."""

    points: int
    money: Money
    least: int


class OwnPriceView(msgspec.Struct, frozen=True):
    """What one member pays who says nothing of points: all that there are, where money makes up for the rest."""

    points: tuple[OfUnit, ...]
    money: Money | None


class PriceView(msgspec.Struct, frozen=True):
    """One way to pay: points of some units, money on top; `missing` is what the member lacks who is asked for.

    `own` is what that member would pay now.
    """

    number: int
    points: tuple[OfUnit, ...]
    money: Money | None
    top_up: TopUpView | None
    missing: tuple[OfUnit, ...] = ()
    own: OwnPriceView | None = None


def view(number: int, price: Price, programme: Programme, missing: dict[str, int], own: Price | None) -> PriceView:
    """A price, what of which unit is missing for it, and what the member would pay."""
    home = programme.currency
    top_up = price.top_up
    return PriceView(
        number,
        _of_units(price.points.items()),
        _money(price.money, home),
        None if top_up is None else TopUpView(top_up.points, Money(top_up.amount, home), top_up.least),
        _of_units(missing.items()),
        None if own is None else OwnPriceView(_of_units(own.points.items()), _money(own.money, home)),
    )


def _money(amount: int, currency: str) -> Money | None:
    return Money(amount, currency) if amount else None


def _of_units(points: Iterable[tuple[str, int]]) -> tuple[OfUnit, ...]:
    return tuple([OfUnit(unit, amount) for unit, amount in points])
