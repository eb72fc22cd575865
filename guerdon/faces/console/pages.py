"""The table of the console's pages."""

from typing import Final

from guerdon.faces.console import drafts, members, rules, settings, tries, versions
from guerdon.faces.visits import Page

PAGES: Final[tuple[Page, ...]] = (
    *members.PAGES, *rules.PAGES, *drafts.PAGES, *tries.PAGES, *settings.PAGES, *versions.PAGES,
)  # fmt: skip
