"""What a programme looks like: three tokens, a picture and the name in the address of its pages."""

import re
from typing import Final, Literal, get_args

import msgspec

Shape = Literal["square", "soft", "round"]
SHAPES: Final[tuple[Shape, ...]] = get_args(Shape)
COLOUR: Final = re.compile(r"#[0-9a-f]{6}\Z")
HASH: Final = re.compile(r"[0-9a-f]{64}\Z")


class Brand(msgspec.Struct, frozen=True):
    """Its colour, a second one beside it, and how round its corners are; every other colour follows from these."""

    colour: str = "#0b6e4f"
    accent: str = "#c2410c"
    shape: Shape = "soft"
    logo: str | None = None  # the SHA-256 of the picture, in hexadecimal
    portal: str | None = None  # the name of its pages for members in their address
