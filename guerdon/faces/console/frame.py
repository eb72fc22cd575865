"""What stands around every page of the console: the ways to all areas that the visitor may see."""

from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guerdon.core.rights import Right
from guerdon.faces import show, words
from guerdon.faces.design.shapes import Group, Link
from guerdon.faces.visits import Visit


class Area(NamedTuple):
    """An area of the console: its first page, its word, its icon, and the right that its first page needs."""

    page: str
    word: str
    icon: str
    needs: Right


AREAS: Final[dict[str, tuple[Area, ...]]] = {
    "": (Area("console.home", "console.members", "users", "members:read"),),
    "rules.programme": (
        Area("console.rules", "rules.rules", "workflow", "programme:read"),
        Area("console.drafts", "rules.drafts", "pencil", "programme:read"),
        Area("console.settings", "settings.settings", "settings", "programme:read"),
        Area("console.versions", "rules.versions", "history", "programme:read"),
    ),
}


def page(
    visit: Visit, template: str, context: dict[str, Any] | None = None, *, area: str, status: int = 200
) -> HttpResponse:
    """A page of the console; `area` is the first page of where it belongs."""
    groups = tuple(_groups(visit, area))
    return show.page(visit, template, {"groups": groups, **(context or {})}, status)


def say(visit: Visit, key: str, **facts: object) -> str:
    """Words in the language of the visit."""
    return words.say(key, visit.language, **facts)


def to(visit: Visit, page: str, *ids: str | int) -> str:
    """The address of a page of the programme."""
    return reverse(page, args=[visit.row.key, *ids])


def done(visit: Visit, text: str, address: str) -> HttpResponse:
    """After something was done: on to an address, where it says so."""
    messages.success(visit.request, text)
    answered = HttpResponseRedirect(address)
    answered.status_code = 303
    return answered


def _groups(visit: Visit, here: str) -> list[Group]:
    found = []
    for title, areas in AREAS.items():
        links = [
            Link(
                words.say(one.word, visit.language), reverse(one.page, args=[visit.row.key]), one.icon, one.page == here
            )
            for one in areas
            if visit.may(one.needs)
        ]
        if links:
            found.append(Group(words.say(title, visit.language) if title else "", tuple(links)))
    return found
