"""The table of the console's pages."""

from typing import Final

from guerdon.faces.console import (
    cards,
    closings,
    drafts,
    exports,
    figures,
    fulfilment,
    home,
    liability,
    members,
    plans,
    rates,
    rewards,
    rules,
    tiers,
    tries,
    versions,
    vouchers,
)
from guerdon.faces.visits import Page

PAGES: Final[tuple[Page, ...]] = (
    *home.PAGES,
    *cards.PAGES,
    *closings.PAGES,
    *drafts.PAGES,
    *exports.PAGES,
    *figures.PAGES,
    *fulfilment.PAGES,
    *liability.PAGES,
    *members.PAGES,
    *plans.PAGES,
    *rates.PAGES,
    *rewards.PAGES,
    *rules.PAGES,
    *tiers.PAGES,
    *tries.PAGES,
    *versions.PAGES,
    *vouchers.PAGES,
)
