"""What stands around every page of the till: whose turn it is, which till it is, what waits, and the way out."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guerdon.core import rights
from guerdon.core.rights import Right
from guerdon.faces import posted, show, words
from guerdon.faces.design.guide import LANGUAGES
from guerdon.faces.till import device
from guerdon.faces.visits import Page, Visit

CHANNEL: Final = "till"
_OURS: Final = ("csrfmiddlewaretoken", posted.TOKEN, "sure")


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
        "device": device.of(visit), "cashier": device.mark(visit.user_id or ""), "languages": LANGUAGES,
        "refused": status >= HTTPStatus.BAD_REQUEST, **(context or {}),
    }  # fmt: skip
    answered = show.page(visit, template, told, status)
    answered.headers["Cache-Control"] = "no-store, private"
    return answered


def say(visit: Visit, key: str, **facts: object) -> str:
    """Words in the language of the visit."""
    return words.say(key, visit.language, **facts)


def to(visit: Visit, page: str, *ids: str) -> str:
    """The address of a page of the programme."""
    return reverse(page, args=[visit.row.key, *ids])


def on(place: str) -> HttpResponse:
    """On to a page after a form: what is loaded again there does nothing."""
    answered = HttpResponseRedirect(place)
    answered.status_code = 303
    return answered


def done(visit: Visit, text: str, place: str) -> HttpResponse:
    """After something was done: on to a page, which says so."""
    messages.success(visit.request, text)
    return on(place)


def sure(visit: Visit, *, title: str, about: str, yes: str, back: str) -> HttpResponse:
    """Ask whether it is really meant: the same form once more, with `sure` in it."""
    hidden = {name: value for name, value in visit.request.POST.items() if name not in _OURS}
    context = {
        "title": title, "about": about, "yes": yes, "back": back, "hidden": hidden, "token": device.token(visit),
    }  # fmt: skip
    return page(visit, "till/sure.html", context)


def is_sure(visit: Visit) -> bool:
    """Whether that was asked, and answered with yes."""
    return visit.request.POST.get("sure") == "true"
