"""How rewards stand on pages: the icon of each kind, the picture, and prices in words."""

from typing import Final

from guerdon.core.rewards import Kind
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


def priced(visit: Visit, pen: Pen, price: PriceView | OwnPriceView) -> str:
    """A way to pay in words, like 900 points and 9.00 EUR."""
    parts = [pen.points(one.points, one.unit) for one in price.points]
    if price.money is not None:
        parts.append(pen.money(price.money.amount, price.money.currency))
    return pen.tongue.all_of(parts) if parts else visit.say("portal_rewards.free")
