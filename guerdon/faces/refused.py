"""A refusal as a page: what happened and why, what to do about it, and a way back."""

from collections.abc import Callable
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from guerdon.core import limits, sentences
from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.faces import intake, web, words
from guerdon.faces.design.brand import Brand
from guerdon.faces.refusals import people


def page(request: HttpRequest, refusal: Refusal, programme: Programme | None, key: str = "") -> HttpResponse:
    """The page of a refusal, with the status that the API has for it."""
    told = people.told(refusal, translation.get_language() or "en", programme)
    context: dict[str, object] = {"told": told, "code": refusal.code, "key": key, "back": _back(request)}
    if programme is not None:
        context |= {
            "brand": Brand.of(programme.brand),
            "door": sentences.tongue(words.language()).named(programme.name),
        }
    status = 413 if refusal.kind is intake.BODY_TOO_LARGE else web.status(refusal.kind)
    answered = render(request, "refused.html", context, status=status)
    if "retry_after_seconds" in refusal.facts:
        answered.headers["Retry-After"] = str(refusal.facts["retry_after_seconds"])
    return answered


class TooLarge:
    """A middleware: what was too large is never done, and answered by a page that says so.

    Pages of programmes, which `takes_cut` marks, say it under their own name, and some with what was typed.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return _too_large(request) if request.META.get(intake.TOO_LARGE) == "gone" else self._answer(request)

    def process_view(self, request: HttpRequest, view: Callable[..., object], *_: object) -> HttpResponse | None:
        """The page itself, unless the page that was asked says it better."""
        cut = intake.TOO_LARGE in request.META
        return _too_large(request) if cut and view not in _TAKE_CUT else None


def takes_cut(view: Callable[..., object]) -> None:
    """From now on the view is asked with forms that came cut: it does nothing with them."""
    _TAKE_CUT.add(view)


_TAKE_CUT: Final[set[Callable[..., object]]] = set()


def _too_large(request: HttpRequest) -> HttpResponse:
    answered = page(request, intake.BODY_TOO_LARGE(bytes_max=limits.BODY_BYTES_MAX), None)
    answered.headers["Cache-Control"] = "no-store, private"
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
