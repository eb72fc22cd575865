"""What stands around every page of the console: the ways to all areas that the visitor may see."""

from typing import Any, Final, NamedTuple

from django.http import HttpResponse

from guerdon.core.rights import Right
from guerdon.faces import show, words
from guerdon.faces.api.calls import Spreadsheet
from guerdon.faces.design import guide
from guerdon.faces.design.shapes import Group, Link
from guerdon.faces.sure import Waiting
from guerdon.faces.visits import Visit


class Area(NamedTuple):
    """An area of the console: its first page, its word, its icon, and the right that its first page needs."""

    page: str
    word: str
    icon: str
    needs: Right


AREAS: Final[dict[str, tuple[Area, ...]]] = {
    "": (
        Area("console.home", "console.home", "layout-dashboard", "figures:read"),
        Area("console.members", "console.members", "users", "segments:read"),
        Area("console.segments", "console.segments", "filter", "segments:read"),
    ),
    "insight.insight": (
        Area("console.insight", "insight.title", "chart-column", "figures:read"),
        Area("console.clv", "insight.clv", "sparkles", "figures:read"),
        Area("console.worth", "roi.title", "trending-up", "figures:read"),
        Area("console.objectives", "objectives.title", "target", "figures:read"),
        Area("console.working", "working.title", "triangle-alert", "figures:read"),
    ),
    "console_claims.desk": (Area("console.claims", "console_claims.title", "life-buoy", "claims:read"),),
    "rules.programme": (
        Area("console.rules", "rules.rules", "workflow", "rules:read"),
        Area("console.drafts", "rules.drafts", "pencil", "rules:read"),
        Area("console.simulations", "what_if.title", "sparkles", "figures:read"),
        Area("console.settings", "settings.settings", "settings", "rules:read"),
        Area("console.versions", "rules.versions", "history", "rules:read"),
    ),
    "console_finance.finance": (
        Area("console.liability", "console_finance.liability", "coins", "figures:read"),
        Area("console.costs", "costs.title", "receipt", "costs:read"),
        Area("console.closings", "console_finance.closings", "lock", "closings:read"),
        Area("console.rates", "console_finance.rates", "euro", "figures:read"),
        Area("console.exports", "console_finance.exports", "download", "figures:read"),
    ),
    "console.offers": (
        Area("console.rewards", "console_rewards.title", "gift", "figures:read"),
        Area("console.queue", "console_queue.title", "package", "profiles:read"),
        Area("console.vouchers", "console_vouchers.title", "ticket", "vouchers:read"),
        Area("console.cards", "console_cards.title", "credit-card", "cards:spend"),
        Area("console.tiers", "console_tiers.title", "crown", "figures:read"),
        Area("console.plans", "console_plans.title", "refresh-cw", "members:list"),
    ),
    "console_house.house": (
        Area("console.approvals", "console_house.approvals", "shield-check", "rules:read"),
        Area("console.alerts", "console_alerts.title", "flag", "alerts:read"),
        Area("console.parked", "console_house.parked", "hourglass", "profiles:read"),
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


def question(visit: Visit, waiting: Waiting) -> HttpResponse:
    """The page that asks whether something is really meant."""
    return page(visit, "console/sure.html", {"waiting": waiting, "asked": waiting.asked}, area=waiting.asked.area)


def known(visit: Visit, key: str, fallback: str) -> str:
    """Words where there are some for the key, else what stands for them."""
    return visit.say(key) if has(key) else fallback


def has(key: str) -> bool:
    """Whether there are words for the key."""
    table, _, name = key.partition(".")
    return name in words.TABLES[table]


def table(sheet: Spreadsheet) -> HttpResponse:
    """A table as a file for a spreadsheet."""
    named = {"Content-Disposition": f'attachment; filename="{sheet.name}"', "Cache-Control": "no-store, private"}
    return HttpResponse(sheet.csv.encode(), content_type="text/csv; charset=utf-8", headers=named)


def _groups(visit: Visit, here: str) -> list[Group]:
    found = []
    for title, areas in AREAS.items():
        links = [
            Link(visit.say(one.word), visit.to(one.page), one.icon, one.page == here)
            for one in areas
            if visit.may(one.needs)
        ]
        if links:
            found.append(Group(visit.say(title) if title else "", tuple(links)))
    return found
