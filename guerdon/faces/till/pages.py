"""The table of the till's pages."""

from typing import Final

from django.http import HttpResponse

from guerdon.faces import show
from guerdon.faces.visits import Page, Visit


def home(visit: Visit) -> HttpResponse:
    """The one field."""
    return show.page(visit, "till/home.html")


PAGES: Final[tuple[Page, ...]] = (Page("till/<slug:programme>/", "activities:write", home, "till.home"),)
