"""A refusal as a page: what happened and why, what to do about it, and a way back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.faces import web
from guerdon.faces.refusals import people


def page(request: HttpRequest, refusal: Refusal, programme: Programme | None, key: str = "") -> HttpResponse:
    """The page of a refusal, with the status that the API has for it."""
    told = people.told(refusal, translation.get_language() or "en", programme)
    context = {"told": told, "code": refusal.code, "key": key, "back": _back(request)}
    answered = render(request, "refused.html", context, status=web.status(refusal.kind))
    if "retry_after_seconds" in refusal.facts:
        answered.headers["Retry-After"] = str(refusal.facts["retry_after_seconds"])
    return answered


def _back(request: HttpRequest) -> str:
    """Where somebody came from, if it was one of our pages."""
    came = request.headers.get("Referer", "")
    home = f"{request.scheme}://{request.get_host()}/"
    return came if came.startswith(home) else "/"
