"""The language of a page: the one that was asked for, else the one of the browser; asked for once, it stays."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import cache, translation

from guerdon.faces import cookies, refusals

COOKIE: Final = "language"
_YEAR_SECONDS: Final = 365 * 86_400


def chosen(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware: `?language=bg` chooses, a cookie remembers, `Accept-Language` is asked where neither is there."""

    def answered(request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get("language")
        said = [one for one in (wanted, request.COOKIES.get(cookies.name(COOKIE))) if one in refusals.LANGUAGES]
        language = said[0] if said else refusals.preferred(request.headers.get("Accept-Language", ""))
        with translation.override(language):
            response = answer(request)
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response  # a style sheet has no language
        response.headers.setdefault("Content-Language", language)
        cache.patch_vary_headers(response, ("Accept-Language", "Cookie"))
        if wanted == language:
            response.set_cookie(
                cookies.name(COOKIE), language, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax",
                secure=settings.HTTPS,
            )  # fmt: skip
        return response

    return answered
