"""What stands around every page of the console: the ways to all areas that the visitor may see."""

from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guerdon.core.rights import Right
from guerdon.faces import show, words
from guerdon.faces.api.calls import Spreadsheet
from guerdon.faces.design import guide
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
    "console_house.house": (
        Area("console.approvals", "console_house.approvals", "shield-check", "programme:read"),
        Area("console.parked", "console_house.parked", "hourglass", "activities:read"),
        Area("console.works", "console_works.works", "refresh-cw", "jobs:read"),
        Area("console.staff", "console_house.staff", "user-plus", "staff:write"),
        Area("console.keys", "console_house.keys", "key-round", "keys:write"),
        Area("console.audit", "console_works.audit", "file-text", "audit:read"),
    ),
}


def page(
    visit: Visit, template: str, context: dict[str, Any] | None = None, *, area: str, status: int = 200
) -> HttpResponse:
    """A page of the console; `area` is the first page of where it belongs."""
    told = {"groups": tuple(_groups(visit, area)), "languages": guide.LANGUAGES}
    answered = show.page(visit, template, {**told, **(context or {})}, status)
    answered.headers["Cache-Control"] = "no-store, private"
    return answered


def say(visit: Visit, key: str, **facts: object) -> str:
    """Words in the language of the visit."""
    return words.say(key, visit.language, **facts)


def known(visit: Visit, key: str, fallback: str) -> str:
    """Words where there are some for the key, else what stands for them."""
    table, _, name = key.partition(".")
    return say(visit, key) if name in words.TABLES[table] else fallback


def to(visit: Visit, page: str, *ids: str) -> str:
    """The address of a page of the programme."""
    return reverse(page, args=[visit.row.key, *ids])


def done(visit: Visit, text: str, page: str, *ids: str) -> HttpResponse:
    """After something was done: on to a page, which says so."""
    messages.success(visit.request, text)
    answered = HttpResponseRedirect(to(visit, page, *ids))
    answered.status_code = 303
    return answered


def table(sheet: Spreadsheet) -> HttpResponse:
    """A table as a file for a spreadsheet."""
    named = {"Content-Disposition": f'attachment; filename="{sheet.name}"', "Cache-Control": "no-store, private"}
    return HttpResponse(sheet.csv.encode(), content_type="text/csv; charset=utf-8", headers=named)


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
