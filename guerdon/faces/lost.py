"""Pages for what can't be answered: nothing is there, not allowed, not understood, and a mistake of ours.

They need neither a database nor a session, so that they can be shown whatever is broken.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from guerdon.faces.design.brand import Brand

_WORDS: Final = {400: "bad", 403: "forbidden", 404: "missing", 500: "broken"}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing is at this address."""
    return _page(404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """It may not be seen."""
    return _page(403)


def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent can't be understood."""
    return _page(400)


def broken(request: HttpRequest) -> HttpResponse:
    """A mistake of ours; nothing of the inside gets out."""
    return _page(500)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that does not come from a page of ours, or from one that is too old."""
    return _page(403, "stale")


def over(request: HttpRequest) -> HttpResponse:
    """A link that was used, or is too old."""
    return _page(410, "link_over")


def _page(status: int, word: str = "") -> HttpResponse:
    told = f"page.{word or _WORDS[status]}"
    context = {"title": told, "about": f"{told}_about", "brand": Brand()}
    return HttpResponse(render_to_string("lost.html", context), status=status, headers={"Cache-Control": "no-store"})
