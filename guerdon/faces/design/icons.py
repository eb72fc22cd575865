"""The icon of an app: a spark in the colours of a brand, as a drawing and as dots, of which phones want some sizes."""

import struct
import zlib
from functools import lru_cache
from math import hypot, sqrt
from typing import Final

from guerdon.core import limits
from guerdon.faces.design import brand as brands
from guerdon.faces.design.brand import Brand

_REACH: Final = 0.3  # of the spark from the middle, in widths: a mask may cut off all beyond 0.4 (W3C, “safe zone”)
_TONES: Final = 33  # between the colour and the ink: edges that look smooth


def svg(brand: Brand) -> str:
    """The icon as a drawing."""
    tone, middle, reach = brands.tone(brand.colour, brands.LIGHT), 50, 100 * _REACH
    first, last = middle - reach, middle + reach
    spark = (
        f"M{middle} {first}Q{middle} {middle} {last} {middle}Q{middle} {middle} {middle} {last}"
        f"Q{middle} {middle} {first} {middle}Q{middle} {middle} {middle} {first}z"
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<path fill="{tone.fill.hex}" d="M0 0h100v100H0z"/><path fill="{tone.ink.hex}" d="{spark}"/></svg>'
    )


@lru_cache(limits.BRANDS_KEPT_MAX)  # each takes some tenths of a second to make
def png(brand: Brand, size: int) -> bytes:
    """The icon as a PNG of so many dots a side (W3C, PNG), each of which is one of a few tones."""
    tone = brands.tone(brand.colour, brands.LIGHT)
    palette = bytes(
        round(fill + (ink - fill) * step / (_TONES - 1))
        for step in range(_TONES)
        for fill, ink in zip(tone.fill, tone.ink, strict=True)
    )
    half = size // 2
    quarter = [bytes(_tone(column + 0.5, row + 0.5, _REACH * size) for column in range(half)) for row in range(half)]
    rows = [line[::-1] + line for line in [*quarter[::-1], *quarter]]
    dots = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    head = struct.pack(">IIBBBBB", size, size, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", dots), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, told) for kind, told in parts)


def _tone(across: float, down: float, reach: float) -> int:
    """How much ink there is at a dot: the spark ends where √x + √y is √reach, and its edge is a dot wide."""
    left, right = sqrt(across), sqrt(down)
    steep = hypot(0.5 / left, 0.5 / right)
    inside = (sqrt(reach) - left - right) / steep + 0.5
    return round(max(0.0, min(1.0, inside)) * (_TONES - 1))


def _chunk(kind: bytes, told: bytes) -> bytes:
    return struct.pack(">I", len(told)) + kind + told + struct.pack(">I", zlib.crc32(kind + told))
