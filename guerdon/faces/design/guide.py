"""The living style guide: every component as it is, in any brand, with the contrast that its colours have."""

from collections.abc import Callable
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guerdon.core.brands import SHAPES
from guerdon.faces.design import brand as brands
from guerdon.faces.design import colours
from guerdon.faces.design.brand import DARK, LIGHT, Brand, Surface, Tone

LANGUAGES: Final = {"en": "English", "bg": "Български", "tr": "Türkçe"}
SECTIONS: Final = (
    ("colours", "sun"), ("buttons", "sparkles"), ("cards", "layout-dashboard"), ("tables", "list"), ("forms", "pencil"),
    ("notices", "bell"), ("ways", "history"), ("nothing", "inbox"),
)  # fmt: skip


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


def guide(request: HttpRequest) -> HttpResponse:
    """Every component. `colour`, `accent` and `shape` try a brand; what can't be read is told at its field."""
    told = {"colour": Brand().colour.hex, "accent": Brand().accent.hex, "shape": Brand().shape} | {
        name: request.GET[name] for name in ("colour", "accent", "shape") if name in request.GET
    }
    faults = {name: "guide.colour_wrong" for name in ("colour", "accent") if not _is_colour(told[name])}
    if told["shape"] not in SHAPES:
        told["shape"] = Brand().shape
    shown = Brand() if faults else brands.read(f"{told['colour']}-{told['accent']}-{told['shape']}".replace("#", ""))
    context = {
        "brand": shown, "told": told, "faults": faults, "shapes": SHAPES, "sections": SECTIONS,
        "swatches": list(_swatches(shown)), "languages": LANGUAGES, "query": urlencode(told),
    }  # fmt: skip
    return render(request, "design/guide.html", context)


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
    "text": _on_surface,
    "tint": lambda tone, _: colours.contrast(tone.tint_ink, tone.tint),
}
