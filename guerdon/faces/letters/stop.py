"""The page on which letters are stopped: without signing in, by a button, or by the mail provider's own (RFC 8058)."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from guerdon.core import sentences
from guerdon.core.errors import Refusal
from guerdon.engine import wishes
from guerdon.faces import words
from guerdon.faces.design.brand import Brand
from guerdon.faces.letters import tokens
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock, store

AGAIN: Final = "again"  # in the form of whoever stopped them by mistake


@csrf_exempt  # mail providers post for their readers; the signed token says all that is done
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, and changes nothing: mail scanners follow links. POST stops, or with `again` undoes it."""
    language = translation.get_language() or "en"
    try:
        found = tokens.read(token)
        book = programmes.latest(store.current(), found.programme_id)
        state = "ask"
        if request.method == "POST":
            on = AGAIN in request.POST
            state = "again" if on else "stopped"
            wishes.turn(
                programme_id=found.programme_id, member_id=found.member_id, kind=found.kind, on=on, actor="member",
                now=clock.now(),
            )  # fmt: skip
    except Refusal:  # whatever is wrong with a link, whoever has it is told the same
        return _page(request, "invalid", Brand(), {}, status=404)
    programme = book.current(clock.now()).programme
    name = sentences.tongue(language).named(programme.name)
    facts: dict[str, object] = {"kind": words.say(f"letters.kind_{found.kind}", language), "programme": name}
    return _page(request, state, Brand.of(programme.brand), facts)


_SAID: Final = {
    "ask": ("stop_ask", "stop_about"), "stopped": ("stopped", "stopped_about"), "again": ("again", "again_about"),
    "invalid": ("stop_invalid", "stop_invalid_about"),
}  # fmt: skip


def _page(
    request: HttpRequest, state: str, brand: Brand, facts: dict[str, object], *, status: int = 200
) -> HttpResponse:
    language = translation.get_language() or "en"
    heading, about = (words.say(f"letters.{key}", language, **facts) for key in _SAID[state])
    context = {"brand": brand, "state": state, "heading": heading, "about": about, "again": AGAIN}
    context["name"] = facts.get("programme", "Guerdon")
    answer = render(request, "letters/stop.html", context, status=status)
    answer.headers["Referrer-Policy"] = "no-referrer"  # the token stands in the address
    return answer
