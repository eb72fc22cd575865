"""How a brand would look while its colours are chosen: a preview, and whether everything on it can be read."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse

from guerdon.core.brands import SHAPES
from guerdon.core.programme import Programme
from guerdon.faces import show
from guerdon.faces.design import brand as brands
from guerdon.faces.design import colours
from guerdon.faces.design.brand import DARK, LIGHT, READABLE, Brand
from guerdon.faces.design.shapes import Cell, Column, Row
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit

_NAMES: Final = ("colour", "accent", "shape")


def look(visit: Visit) -> HttpResponse:
    """The piece of the page that htmx puts in whenever a colour is changed."""
    return show.page(visit, "console/look.html", looked(visit, visit.programme, visit.request.GET))


def looked(visit: Visit, programme: Programme, told: Mapping[str, Any]) -> dict[str, Any]:
    """The brand that is told, or that of the programme, with the contrast of every use of its colours."""
    usual = Brand.of(programme.brand)
    asked = {"colour": usual.colour.hex, "accent": usual.accent.hex, "shape": usual.shape}
    asked |= {name: str(told[f"brand.{name}"]).strip() for name in _NAMES if str(told.get(f"brand.{name}", "")).strip()}
    if asked["shape"] not in SHAPES:
        asked["shape"] = usual.shape
    try:
        tried = brands.read("-".join(asked[name].removeprefix("#") for name in _NAMES))
    except ValueError:
        return {"unreadable": True}
    rows = [_row(visit, which, mode, tried) for which in ("colour", "accent") for mode in ("light", "dark")]
    heads = ("use", "chosen", "text", "contrast", "verdict")
    return {
        "tried": tried, "rows": tuple(rows),
        "columns": tuple([Column(visit.say(f"settings.look_{one}"), end=one == "contrast") for one in heads]),
    }  # fmt: skip


def _row(visit: Visit, which: str, mode: str, tried: Brand) -> Row:
    surface = LIGHT if mode == "light" else DARK
    chosen = tried.colour if which == "colour" else tried.accent
    used = brands.tone(chosen, surface).text
    contrast = min(colours.contrast(used, one) for one in surface)
    assert contrast >= READABLE, "a text's colour is moved until it can be read"
    kept = used == chosen
    use = f"{visit.say(f'settings.brand_{which}')}, {visit.say(f'settings.look_{mode}')}"
    before = _ratio(visit, min(colours.contrast(chosen, one) for one in surface))
    verdict = visit.say("settings.look_kept" if kept else "settings.look_moved", before=before)
    cells = (Cell(use), Cell(chosen.hex), Cell(used.hex), Cell(f"{_ratio(visit, contrast)} : 1"))
    return Row((*cells, Cell(verdict, sign="good" if kept else "warn")))


def _ratio(visit: Visit, contrast: float) -> str:
    """A contrast with one decimal, never more than there is."""
    return Pen(visit).tongue.number(int(contrast * 10), 1)


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/settings-look", "rules:read", look, "console.setting_look"),
)
