"""A refusal as a page: what happened and why, what to do about it, and a way back."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.faces import web, words
from guerdon.faces.refusals import people


def page(request: HttpRequest, refusal: Refusal, programme: Programme | None, key: str = "") -> HttpResponse:
    """The page of a refusal, with the status that the API has for it."""
    told = people.told(refusal, translation.get_language() or "en", programme)
    context = {"told": told, "code": refusal.code, "key": key, "back": _back(request)}
    answered = render(request, "refused.html", context, status=web.status(refusal.kind))
    if "retry_after_seconds" in refusal.facts:
        answered.headers["Retry-After"] = str(refusal.facts["retry_after_seconds"])
    return answered


class Way(NamedTuple):
    """Where somebody may go instead, and the word for it."""

    to: str
    word: str


def shut(request: HttpRequest, role: str | None, ways: list[Way]) -> HttpResponse:
    """The page for who has no right to what they asked for: in words, and with where they may go."""
    language = words.language()
    as_what = words.say(f"signin.as_{role or 'member'}", language)
    told = words.say("signin.shut_to" if role else "signin.shut", language, role=as_what)
    context = {"told": told, "ways": ways, "back": _back(request)}
    return render(request, "shut.html", context, status=403)


def _back(request: HttpRequest) -> str:
    """Where somebody came from, if it was one of our pages."""
    came = request.headers.get("Referer", "")
    home = f"{request.scheme}://{request.get_host()}/"
    return came if came.startswith(home) else "/"
