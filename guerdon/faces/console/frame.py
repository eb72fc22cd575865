"""What stands around every page of the console: the ways to all areas that the visitor may see."""

from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guerdon.core.rights import Right
from guerdon.faces import posted, show, words
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


class Question(NamedTuple):
    """What is asked before something is done: what it comes to, the word for yes, and the way back."""

    title: str
    about: str
    yes: str
    back: str
    kind: str = ""


AREAS: Final[dict[str, tuple[Area, ...]]] = {
    "": (
        Area("console.home", "console.home", "layout-dashboard", "figures:read"),
        Area("console.members", "console.members", "users", "segments:read"),
        Area("console.segments", "console.segments", "filter", "segments:read"),
    ),
    "console_claims.desk": (Area("console.claims", "console_claims.title", "life-buoy", "claims:read"),),
    "rules.programme": (
        Area("console.rules", "rules.rules", "workflow", "programme:read"),
        Area("console.drafts", "rules.drafts", "pencil", "programme:read"),
        Area("console.settings", "settings.settings", "settings", "programme:read"),
        Area("console.versions", "rules.versions", "history", "programme:read"),
    ),
    "console_finance.finance": (
        Area("console.liability", "console_finance.liability", "coins", "figures:read"),
        Area("console.closings", "console_finance.closings", "lock", "closings:read"),
        Area("console.rates", "console_finance.rates", "euro", "figures:read"),
        Area("console.exports", "console_finance.exports", "download", "figures:read"),
    ),
    "console.offers": (
        Area("console.rewards", "console_rewards.title", "gift", "programme:read"),
        Area("console.queue", "console_queue.title", "package", "members:read"),
        Area("console.vouchers", "console_vouchers.title", "ticket", "vouchers:read"),
        Area("console.cards", "console_cards.title", "credit-card", "cards:spend"),
        Area("console.tiers", "console_tiers.title", "crown", "programme:read"),
        Area("console.plans", "console_plans.title", "refresh-cw", "members:list"),
    ),
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
    return onwards(to(visit, page, *ids))


def table(sheet: Spreadsheet) -> HttpResponse:
    """A table as a file for a spreadsheet."""
    named = {"Content-Disposition": f'attachment; filename="{sheet.name}"', "Cache-Control": "no-store, private"}
    return HttpResponse(sheet.csv.encode(), content_type="text/csv; charset=utf-8", headers=named)


def sure(visit: Visit, asked: Question, *, area: str) -> HttpResponse:
    """Ask whether it is really meant: the same form once more, with `sure` in it."""
    ours = ("csrfmiddlewaretoken", posted.TOKEN, "sure")
    hidden = [(name, each) for name, many in visit.request.POST.lists() if name not in ours for each in many]
    context = {"asked": asked, "hidden": hidden, "token": posted.token(visit.request)}
    return page(visit, "console/sure.html", context, area=area)


def is_sure(visit: Visit) -> bool:
    """Whether that was asked, and answered with yes."""
    return visit.request.POST.get("sure") == "true"


def onwards(address: str) -> HttpResponse:
    """On to an address, which is got."""
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
