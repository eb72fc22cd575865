"""The table of the console's pages."""

from typing import Final

from guerdon.faces.console import account, approvals, audit, keys, members, parked, staff, works
from guerdon.faces.visits import Page

PAGES: Final[tuple[Page, ...]] = (
    *members.PAGES,
    *approvals.PAGES,
    *parked.PAGES,
    *works.PAGES,
    *staff.PAGES,
    *keys.PAGES,
    *audit.PAGES,
    *account.PAGES,
)
