"""What stands around every page of the till: whose turn it is, which till it is, what waits, and the way out."""

from typing import Any, Final

from django.http import HttpResponse

from guerdon.faces import show
from guerdon.faces.design.guide import LANGUAGES
from guerdon.faces.sure import Waiting
from guerdon.faces.till import device
from guerdon.faces.visits import Visit

CHANNEL: Final = "till"


def page(visit: Visit, template: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """A page of the till; it is of persons, so no browser keeps it."""
    told = {
        "device": device.of(visit), "cashier": device.mark(visit.user_id or ""), "languages": LANGUAGES,
        **(context or {}),
    }  # fmt: skip
    answered = show.page(visit, template, told, status)
    answered.headers["Cache-Control"] = "no-store, private"
    return answered


def question(visit: Visit, waiting: Waiting) -> HttpResponse:
    """The page that asks whether something is really meant."""
    return page(visit, "till/sure.html", {"waiting": waiting, "asked": waiting.asked})
