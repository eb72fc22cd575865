"""The first page of a member: what there is, and what it is worth."""

from typing import Final

from django.http import HttpResponse

from guerdon.faces.api import balances
from guerdon.faces.asking import ask
from guerdon.faces.portal import frame
from guerdon.faces.visits import Page, Visit
from guerdon.kit import ids


def home(visit: Visit) -> HttpResponse:
    """What the member has."""
    assert visit.member_id is not None
    has = ask(visit, balances.read, ids.show("member", visit.member_id))
    return frame.page(visit, "portal/home.html", {"has": has}, part="portal.home")


def join(visit: Visit) -> HttpResponse:
    """For whoever has signed in and is no member yet."""
    return frame.page(visit, "portal/join.html", part="portal.join")


PAGES: Final[tuple[Page, ...]] = (
    Page("my/<slug:programme>/", "self", home, "portal.home"),
    Page("my/<slug:programme>/join", "signed in", join, "portal.join"),
)
