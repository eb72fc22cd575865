"""Pictures as they are brought: what they really are, as their own first bytes tell, and how large."""

import hashlib
from typing import Final, Literal

import msgspec

from guerdon.core import errors, limits

PICTURE_INVALID = errors.declare("invalid", "picture_invalid", "pointer", "reason")

MediaType = Literal["image/png", "image/jpeg", "image/webp"]
_PNG: Final = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_JPEG: Final = b"\xff\xd8\xff"
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})  # markers of JPEG that nothing belongs to
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # those that say how large it is


class Image(msgspec.Struct, frozen=True):
    """A picture with the type that it really has; `hash` is that of its content, and its name."""

    media_type: MediaType
    width: int
    height: int
    hash: str
    content: bytes


def read(content: bytes) -> Image:
    """The picture that the bytes are: PNG, JPEG or WebP. Raises `picture_invalid`."""
    if len(content) > limits.PICTURE_BYTES_MAX:
        raise PICTURE_INVALID(pointer="/picture", reason="picture_too_large")
    found = _png(content) or _jpeg(content) or _webp(content)
    if found is None:
        raise PICTURE_INVALID(pointer="/picture", reason="not_a_picture")
    media_type, width, height = found
    if not (0 < width <= limits.PICTURE_PIXELS_MAX and 0 < height <= limits.PICTURE_PIXELS_MAX):
        raise PICTURE_INVALID(pointer="/picture", reason="too_many_pixels")
    return Image(media_type, width, height, hashlib.sha256(content).hexdigest(), content)


def _png(content: bytes) -> tuple[MediaType, int, int] | None:
    """PNG, 11.2.2: width and height stand in the first chunk."""
    if not content.startswith(_PNG) or len(content) < len(_PNG) + 8:
        return None
    return "image/png", int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _jpeg(content: bytes) -> tuple[MediaType, int, int] | None:
    """ITU-T T.81, B.1: segments one after the other, until the one of a frame."""
    if not content.startswith(_JPEG):
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _FRAMES:
            height, width = (int.from_bytes(content[at + n : at + n + 2], "big") for n in (5, 7))
            return "image/jpeg", width, height
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None


def _webp(content: bytes) -> tuple[MediaType, int, int] | None:
    """RFC 9649: a lossy, a lossless or an extended picture."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < 30:
        return None
    kind = content[12:16]
    if kind == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        return "image/webp", *(int.from_bytes(content[n : n + 2], "little") & 0x3FFF for n in (26, 28))  # type: ignore[return-value] # two of them
    if kind == b"VP8L" and content[20] == 0x2F:
        both = int.from_bytes(content[21:25], "little")
        return "image/webp", (both & 0x3FFF) + 1, (both >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        width, height = (int.from_bytes(content[n : n + 3], "little") + 1 for n in (24, 27))
        return "image/webp", width, height
    return None
