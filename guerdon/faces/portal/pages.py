"""The table of the portal's pages."""

from typing import Final

from guerdon.faces.portal import (
    activity,
    app,
    card,
    claims,
    club,
    gifts,
    home,
    household,
    how,
    join,
    plans,
    privacy,
    redemptions,
    rewards,
)
from guerdon.faces.visits import Page

PAGES: Final[tuple[Page, ...]] = (
    *home.PAGES,
    *join.PAGES,
    *app.PAGES,
    *card.PAGES,
    *rewards.PAGES,
    *redemptions.PAGES,
    *activity.PAGES,
    *club.PAGES,
    *plans.PAGES,
    *household.PAGES,
    *gifts.PAGES,
    *how.PAGES,
    *claims.PAGES,
    *privacy.PAGES,
)
