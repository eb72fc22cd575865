"""Members in the console: searched, listed, looked at from all sides."""

from typing import Final

from django.http import HttpResponse

from guerdon.faces.api import balances
from guerdon.faces.api import members as api
from guerdon.faces.asking import ask
from guerdon.faces.console import frame
from guerdon.faces.visits import Page, Visit


def list_(visit: Visit) -> HttpResponse:
    """All members, a page at a time."""
    cursor = visit.request.GET.get("cursor")
    found = ask(visit, api.list_, query=api.Search(cursor=cursor))
    return frame.page(visit, "console/members.html", {"found": found}, area="console.members")


def one(visit: Visit, id: str) -> HttpResponse:
    """One member, from all sides."""
    member = ask(visit, api.read, id)
    has = ask(visit, balances.read, id)
    return frame.page(visit, "console/member.html", {"member": member, "has": has}, area="console.members")


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/members/", "members:read", list_, "console.members"),
    Page("console/<slug:programme>/members/<str:id>", "members:read", one, "console.member"),
)
