"""The table of the console's pages."""

from typing import Final

from guerdon.faces.console import members
from guerdon.faces.visits import Page

PAGES: Final[tuple[Page, ...]] = (*members.PAGES,)
