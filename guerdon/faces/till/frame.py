"""What stands around every page of the till: whose turn it is, which till it is, what waits, and the way out."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse

from guerdon.core import rights, till_names
from guerdon.core.rights import Right
from guerdon.faces import show
from guerdon.faces.design.guide import LANGUAGES
from guerdon.faces.sure import Waiting
from guerdon.faces.till import device
from guerdon.faces.visits import Page, Visit

CHANNEL: Final = "till"


def at_till(
    path: str, needs: Right, run: Callable[..., HttpResponse], name: str, methods: tuple[str, ...] = ("GET",)
) -> Page:
    """A row of the table for whoever works at a till, who can finish there what a page begins."""
    return Page(path, needs, run, name, methods, also=rights.AT_TILL)


def page(visit: Visit, template: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """A page of the till; it is of persons, so no browser keeps it.

    To whoever has just sent something it answers with a sound: as the context's `answer` says, `good` or `bad`, as bad
    where it refuses, and as good where something was done.
    """
    told = {
        "device": device.of(visit), "cashier": till_names.mark(visit.user_id or ""), "languages": LANGUAGES,
        "refused": status >= HTTPStatus.BAD_REQUEST, **(context or {}),
    }  # fmt: skip
    answered = show.page(visit, template, told, status)
    answered.headers["Cache-Control"] = "no-store, private"
    return answered


def question(visit: Visit, waiting: Waiting) -> HttpResponse:
    """The page that asks whether something is really meant."""
    return page(visit, "till/sure.html", {"waiting": waiting, "asked": waiting.asked})
