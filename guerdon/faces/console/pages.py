"""The table of the console's pages."""

from typing import Final

from guerdon.faces.console import closings, exports, figures, home, liability, members, rates
from guerdon.faces.visits import Page

PAGES: Final[tuple[Page, ...]] = (
    *home.PAGES,
    *figures.PAGES,
    *members.PAGES,
    *liability.PAGES,
    *closings.PAGES,
    *rates.PAGES,
    *exports.PAGES,
)
