"""The living style guide: every component as it is, in any brand, with the contrast that its colours have."""

from collections.abc import Callable
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from guerdon.core.brands import SHAPES
from guerdon.faces import words
from guerdon.faces.design import brand as brands
from guerdon.faces.design import colours, examples
from guerdon.faces.design.brand import DARK, LIGHT, Brand, Surface, Tone
from guerdon.faces.design.shapes import Group, Link

LANGUAGES: Final = {"en": "English", "bg": "Български", "tr": "Türkçe"}
PARTS: Final = {
    "foundation": "sun", "lists": "list", "forms": "pencil", "ways": "history", "charts": "chart-line",
    "rules": "workflow", "members": "heart",
}  # fmt: skip
WHOLE: Final = {"portal": "smartphone", "till": "store"}  # shells that are shown as pages of their own


class Swatch(NamedTuple):
    """A pair of colours of a brand, and how well one is read on the other."""

    name: str
    light: float
    dark: float


def brand(request: HttpRequest, name: str) -> HttpResponse:
    """The style sheet of a brand, which its address tells whole."""
    try:
        found = brands.read(name)
    except ValueError as problem:
        raise Http404(str(problem)) from problem
    return HttpResponse(
        brands.style(found), content_type="text/css", headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


def guide(request: HttpRequest, part: str = "foundation") -> HttpResponse:
    """A part of the guide. `colour`, `accent` and `shape` try a brand; what can't be read is told at its field."""
    if part not in PARTS | WHOLE:
        raise Http404(part)
    told = {"colour": Brand().colour.hex, "accent": Brand().accent.hex, "shape": Brand().shape} | {
        name: request.GET[name] for name in ("colour", "accent", "shape") if name in request.GET
    }
    faults = {name: "guide.colour_wrong" for name in ("colour", "accent") if not _is_colour(told[name])}
    if told["shape"] not in SHAPES:
        told["shape"] = Brand().shape
    shown = Brand() if faults else brands.read(f"{told['colour']}-{told['accent']}-{told['shape']}".replace("#", ""))
    language = translation.get_language() or "en"
    query = urlencode(told)
    context = {
        "brand": shown, "told": told, "faults": faults, "part": part, "include": f"design/guide/{part}.html",
        "swatches": list(_swatches(shown)), "languages": LANGUAGES, "query": query,
        "title": words.say(title_key(part), language), "groups": _groups(part, query, language),
        "examples": examples.Examples(language, request),
    }  # fmt: skip
    return render(request, f"design/guide/{part}.html" if part in WHOLE else "design/guide.html", context)


def answer(request: HttpRequest) -> HttpResponse:
    """What htmx puts in where the guide has asked first."""
    return render(request, "design/guide/answer.html")


def title_key(part: str) -> str:
    """Which words a part is called by."""
    return f"guide_members.{part}" if part in WHOLE else f"guide.{part}"


def _groups(part: str, query: str, language: str) -> tuple[Group, ...]:
    """The navigation of the guide, which keeps the brand that is tried."""

    def group(title: str, parts: dict[str, str]) -> Group:
        links = tuple(
            Link(words.say(title_key(one), language), f"{_address(one)}?{query}", icon, current=one == part)
            for one, icon in parts.items()
        )
        return Group(words.say(title, language), links)

    return group("guide_members.pieces", PARTS), group("guide_members.shells", WHOLE)


def _address(part: str) -> str:
    return reverse("guide") if part == "foundation" else reverse("guide_part", args=[part])


def _is_colour(text: str) -> bool:
    try:
        colours.read(text)
    except ValueError:
        return False
    return True


def _swatches(shown: Brand) -> list[Swatch]:
    pairs: list[Swatch] = []
    for token, colour in (("brand", shown.colour), ("accent", shown.accent)):
        tones = [(brands.tone(colour, surface), surface) for surface in (LIGHT, DARK)]
        for name, measure in _MEASURES.items():
            light, dark = (round(measure(tone, surface), 1) for tone, surface in tones)
            pairs.append(Swatch(f"{token} {name}", light, dark))
    return pairs


def _on_surface(tone: Tone, surface: Surface) -> float:
    return min(colours.contrast(tone.text, one) for one in surface)


_MEASURES: Final[dict[str, Callable[[Tone, Surface], float]]] = {
    "fill": lambda tone, _: colours.contrast(tone.ink, tone.fill),
    "deep": lambda tone, _: colours.contrast(tone.ink, tone.deep),
    "text": _on_surface,
    "tint": lambda tone, _: colours.contrast(tone.tint_ink, tone.tint),
}
