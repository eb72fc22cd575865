"""The table of the console's pages."""

from typing import Final

from guerdon.faces.console import (
    closings,
    drafts,
    exports,
    figures,
    home,
    liability,
    members,
    rates,
    rules,
    tries,
    versions,
)
from guerdon.faces.visits import Page

PAGES: Final[tuple[Page, ...]] = (
    *home.PAGES,
    *closings.PAGES,
    *drafts.PAGES,
    *exports.PAGES,
    *figures.PAGES,
    *liability.PAGES,
    *members.PAGES,
    *rates.PAGES,
    *rules.PAGES,
    *tries.PAGES,
    *versions.PAGES,
)
