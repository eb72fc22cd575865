"""Colours as numbers: sRGB from and to OKLCH, and how well one can be read on another (WCAG 2.2)."""

import math
import re
from typing import Final, NamedTuple

_HEX: Final = re.compile(r"#?([0-9a-fA-F]{6})\Z")


class Colour(NamedTuple):
    """Red, green and blue of sRGB, each from 0 to 255."""

    red: int
    green: int
    blue: int

    @property
    def hex(self) -> str:
        """As style sheets write it, `#0a7d5a`."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


class Oklch(NamedTuple):
    """Lightness from 0 to 1, chroma from 0 on, hue in degrees: equal steps look equal (Ottosson 2020)."""

    lightness: float
    chroma: float
    hue: float


WHITE: Final = Colour(255, 255, 255)
BLACK: Final = Colour(0, 0, 0)


def read(text: str) -> Colour:
    """The colour of six hexadecimal digits, with or without a hash. Raises ValueError."""
    found = _HEX.match(text)
    if found is None:
        raise ValueError(f"{text!r} is no colour like #0a7d5a")
    value = int(found[1], 16)
    return Colour(value >> 16, value >> 8 & 255, value & 255)


def contrast(one: Colour, other: Colour) -> float:
    """How well one is read on the other, from 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def to_oklch(colour: Colour) -> Oklch:
    """The colour by lightness, chroma and hue (Ottosson 2020, “A perceptual color space”)."""
    red, green, blue = (_linear(part) for part in colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    across = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    along = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return Oklch(lightness, math.hypot(across, along), math.degrees(math.atan2(along, across)) % 360)


def from_oklch(found: Oklch) -> Colour:
    """The nearest colour of sRGB: where a screen can't show so much chroma, less of it."""
    lightness, chroma, hue = found
    low, high = 0.0, chroma
    if not _shown(lightness, chroma, hue):
        for _ in range(16):
            middle = (low + high) / 2
            low, high = (middle, high) if _shown(lightness, middle, hue) else (low, middle)
        chroma = low
    return Colour(*(round(255 * _gamma(min(1.0, max(0.0, part)))) for part in _rgb(lightness, chroma, hue)))


def _shown(lightness: float, chroma: float, hue: float) -> bool:
    return all(-0.0005 <= part <= 1.0005 for part in _rgb(lightness, chroma, hue))


def _rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Linear red, green and blue; outside of 0 to 1 where no screen shows it."""
    across, along = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * across + 0.2158037573 * along) ** 3
    middle = (lightness - 0.1055613458 * across - 0.0638541728 * along) ** 3
    short = (lightness - 0.0894841775 * across - 1.2914855480 * along) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _gamma(share: float) -> float:
    return 12.92 * share if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055
