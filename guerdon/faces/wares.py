"""How rewards stand on pages: the icon of each kind, the picture, and prices in words."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from guerdon.core.rewards import Kind, Price, TopUp
from guerdon.faces.api.reward_prices import OwnPriceView, PriceView
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit

ICONS: Final[dict[Kind, str]] = {
    "money_off": "euro", "percent_off": "percent", "free_product": "coffee", "free_shipping": "truck",
    "gift_card": "credit-card", "event_ticket": "ticket", "experience": "party-popper", "merchandise": "package",
    "subscription": "refresh-cw", "partner": "store", "donation": "hand-heart", "carbon": "leaf",
    "community_project": "hand-heart", "mystery": "sparkles",
}  # fmt: skip


def picture(image: str | None) -> str:
    """The picture, if it is kept here: pages load nothing from elsewhere."""
    return image if image is not None and image.startswith("/") else ""


def told(visit: Visit, pen: Pen, price: PriceView) -> str:
    """A price with all that it can be paid with: where money makes up for points, the least of them and its money."""
    whole, up = priced(visit, pen, price), price.top_up
    if up is None:
        return whole
    (full,) = price.points
    fixed = 0 if price.money is None else price.money.amount
    law = Price({full.unit: full.points}, fixed, TopUp(up.points, up.money.amount, up.least))
    money = pen.money(law.paid_with(up.least).money, up.money.currency)
    if not up.least:
        return visit.say("portal_rewards.topped_any", whole=whole, money=money)
    return visit.say("portal_rewards.topped", whole=whole, least=pen.points(up.least, full.unit), money=money)


def left(prices: Iterable[PriceView]) -> list[PriceView]:
    """The prices without the free one whose times are used up; all of them where it is the only one."""
    every = list(prices)
    return [one for one in every if one.points or one.money is not None or one.own is not None] or every


def part_missing(price: PriceView) -> Fraction:
    """Which part of a price is missing, of several units the largest: nothing is 0, all is 1."""
    least = {one.unit: one.points if price.top_up is None else price.top_up.least for one in price.points}
    return max([Fraction(one.points, least[one.unit]) for one in price.missing], default=Fraction())


def nearest(visit: Visit, prices: Iterable[PriceView]) -> PriceView | None:
    """The way to pay that is nearest of those something is missing for; None where it is missing for none.

    Of what nothing has been collected for yet, the first unit of the programme is nearer, as every purchase brings it.
    """
    return min([one for one in prices if one.missing], key=lambda one: distance(visit, one), default=None)


def distance(visit: Visit, price: PriceView) -> tuple[bool, bool, Fraction, int]:
    """By what prices are sorted from near to far."""
    part, first = part_missing(price), next(iter(visit.programme.units))
    foreign = part == 1 and any(one.unit != first for one in price.missing)
    return (part == 1, foreign, part, sum([one.points for one in price.missing]))


def priced(visit: Visit, pen: Pen, price: PriceView | OwnPriceView) -> str:
    """A way to pay in words, like 900 points and 9.00 EUR."""
    parts = [pen.points(one.points, one.unit) for one in price.points]
    if price.money is not None:
        parts.append(pen.money(price.money.amount, price.money.currency))
    return pen.tongue.all_of(parts) if parts else visit.say("portal_rewards.free")
