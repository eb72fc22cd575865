"""A brand: three tokens of a programme, from which every colour on a page follows so that it can be read."""

from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from guerdon.core import brands, limits
from guerdon.core.brands import SHAPES, Shape
from guerdon.faces.design import colours
from guerdon.faces.design.colours import Colour, Oklch

_RADII: Final[dict[str, str]] = {"square": "0.125rem", "soft": "0.625rem", "round": "1.25rem"}
READABLE: Final = 4.5  # WCAG 2.2, 1.4.3: the contrast of text with what is behind it
VISIBLE: Final = 3.0  # WCAG 2.2, 1.4.11: of what is no text, and of text that is large


class Surface(NamedTuple):
    """What text stands on, from the page to what lies on top of it: the hardest one to be read on decides."""

    page: Colour
    card: Colour
    raised: Colour


LIGHT: Final = Surface(colours.read("f7f6f3"), colours.read("ffffff"), colours.read("efede8"))
DARK: Final = Surface(colours.read("131416"), colours.read("1c1e21"), colours.read("282b2f"))


class Brand(msgspec.Struct, frozen=True):
    """The tokens that a programme chooses: its colour, a second one beside it, and how round its corners are."""

    colour: Colour = colours.read("0b6e4f")
    accent: Colour = colours.read("c2410c")
    shape: Shape = "soft"

    @classmethod
    def of(cls, brand: brands.Brand | None) -> "Brand":
        """The tokens that a programme's file says; those of the house where it says none."""
        return (
            cls() if brand is None else cls(colours.read(brand.colour[1:]), colours.read(brand.accent[1:]), brand.shape)
        )

    @property
    def name(self) -> str:
        """The tokens as a part of an address."""
        return f"{self.colour.hex[1:]}-{self.accent.hex[1:]}-{self.shape}"


class Tone(NamedTuple):
    """One colour of a brand on one kind of surface."""

    fill: Colour  # a button's
    ink: Colour  # what is written on the fill
    text: Colour  # the same colour as text, on any surface
    tint: Colour  # a soft background of it
    tint_ink: Colour  # what is written on the tint
    deep: Colour  # where a gradient ends that begins with the fill: the ink is read even better there


def read(name: str) -> Brand:
    """The brand of an address. Raises ValueError."""
    colour, _, rest = name.partition("-")
    accent, _, shape = rest.partition("-")
    if shape not in SHAPES:
        raise ValueError(f"{shape!r} is none of {', '.join(SHAPES)}")
    return Brand(colours.read(colour), colours.read(accent), shape)


def tone(colour: Colour, surface: Surface) -> Tone:
    """The colour as it is used on a surface; hue and as much of the chroma as can be stay."""
    dark = surface is DARK
    fill = _moved(colour, surface, VISIBLE)
    ink = max((colours.WHITE, colours.BLACK), key=lambda one: colours.contrast(one, fill))
    lightness, chroma, hue = colours.to_oklch(fill)
    away = -0.14 if ink == colours.WHITE else 0.1
    deep = colours.from_oklch(Oklch(max(0.0, min(1.0, lightness + away)), chroma, (hue + 24) % 360))
    if colours.contrast(ink, deep) < colours.contrast(ink, fill):
        deep = fill  # it is black or white already
    _, chroma, hue = colours.to_oklch(colour)
    tint = colours.from_oklch(Oklch(0.30 if dark else 0.95, min(chroma, 0.055 if dark else 0.035), hue))
    tint_ink = _moved(colour, Surface(tint, tint, tint), READABLE)
    return Tone(fill, ink, _moved(colour, surface, READABLE), tint, tint_ink, deep)


def _moved(colour: Colour, surface: Surface, least: float) -> Colour:
    """The colour, made darker or lighter until it stands out from all of the surface, and not further.

    The search is over whole steps of lightness, so the answer was looked at: no rounding makes it fall short.
    """
    found = colours.to_oklch(colour)
    for step in range(101):
        for lightness in (found.lightness - step / 100, found.lightness + step / 100):
            if 0 <= lightness <= 1:
                tried = colour if step == 0 else colours.from_oklch(found._replace(lightness=lightness))
                if min(colours.contrast(tried, one) for one in surface) >= least:
                    return tried
    raise AssertionError("black or white can be read on any surface")


@lru_cache(limits.BRANDS_KEPT_MAX)  # each takes a few milliseconds to make
def style(brand: Brand) -> str:
    """The style sheet of a brand: its tokens for light and for dark pages."""
    parts = [f"--radius: {_RADII[brand.shape]}"]
    for token, colour in (("brand", brand.colour), ("accent", brand.accent)):
        light, dark = tone(colour, LIGHT), tone(colour, DARK)
        for field in Tone._fields:
            name = f"--{token}" if field == "fill" else f"--{token}-{field.replace('_', '-')}"
            parts.append(f"{name}: light-dark({getattr(light, field).hex}, {getattr(dark, field).hex})")
    return ":root {\n" + "".join(f"  {part};\n" for part in parts) + "}\n"


def plain(request: object) -> dict[str, Brand]:
    """What every template knows of brands: that of the house, where a page has none of its own."""
    return {"brand": Brand()}
