"""The table of the console's pages."""

from typing import Final

from guerdon.faces.console import (
    acts,
    adjustments,
    holdings,
    member,
    members,
    merges,
    notes,
    privacy,
    segments,
    timeline,
)
from guerdon.faces.visits import Page

PAGES: Final[tuple[Page, ...]] = (
    *members.PAGES,
    *member.PAGES,
    *timeline.PAGES,
    *holdings.PAGES,
    *segments.PAGES,
    *notes.PAGES,
    *privacy.PAGES,
    *adjustments.PAGES,
    *merges.PAGES,
    *acts.PAGES,
)
