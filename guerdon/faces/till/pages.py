"""The table of the till's pages."""

from typing import Final

from guerdon.faces.till import day, home, members, purchases, returns, rewards, setting, waiting
from guerdon.faces.visits import Page

PAGES: Final[tuple[Page, ...]] = (
    *home.PAGES,
    *setting.PAGES,
    *members.PAGES,
    *purchases.PAGES,
    *returns.PAGES,
    *rewards.PAGES,
    *day.PAGES,
    *waiting.PAGES,
)
