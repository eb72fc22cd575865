"""The table of the console's pages."""

from typing import Final

from guerdon.faces.console import figures, home, members
from guerdon.faces.visits import Page

PAGES: Final[tuple[Page, ...]] = (*home.PAGES, *figures.PAGES, *members.PAGES)
