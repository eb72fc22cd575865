"""The table of the console's pages."""

from typing import Final

from guerdon.faces.console import cards, fulfilment, members, plans, rewards, tiers, vouchers
from guerdon.faces.visits import Page

PAGES: Final[tuple[Page, ...]] = (
    *members.PAGES,
    *rewards.PAGES,
    *fulfilment.PAGES,
    *vouchers.PAGES,
    *cards.PAGES,
    *tiers.PAGES,
    *plans.PAGES,
)
