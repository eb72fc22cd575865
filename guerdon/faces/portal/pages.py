"""The table of the portal's pages."""

from typing import Final

from guerdon.faces.portal import home
from guerdon.faces.visits import Page

PAGES: Final[tuple[Page, ...]] = (*home.PAGES,)
