"""What stands around every page of the portal: the ways to its parts, and the notice that somebody else looks."""

from typing import Any, Final, NamedTuple

from django.http import HttpResponse
from django.urls import reverse

from guerdon.faces import show, words
from guerdon.faces.design.shapes import Link
from guerdon.faces.visits import Visit


class Part(NamedTuple):
    """A part of the portal: its first page, its word, its icon."""

    page: str
    word: str
    icon: str


PARTS: Final = (Part("portal.home", "portal.home", "home"),)


def page(
    visit: Visit, template: str, context: dict[str, Any] | None = None, *, part: str, status: int = 200
) -> HttpResponse:
    """A page of the portal; `part` is the first page of where it belongs."""
    links = tuple(
        Link(words.say(one.word, visit.language), reverse(one.page, args=[visit.row.key]), one.icon, one.page == part)
        for one in PARTS
    )
    return show.page(visit, template, {"links": links, **(context or {})}, status)
