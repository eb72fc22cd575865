"""Pictures as they are brought: what they really are, how large, and without what they tell beside the picture."""

import hashlib
import re
from typing import Final, Literal

import msgspec

from guerdon.core import errors, limits

PICTURE_INVALID = errors.declare("invalid", "picture_invalid", "pointer", "reason")

MediaType = Literal["image/png", "image/jpeg", "image/webp"]
Found = tuple[MediaType, int, int, list[bytes], int]  # width, height, what is kept, where it ends
_PNG: Final = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_JPEG: Final = b"\xff\xd8\xff"
# What a picture is drawn from, and its colours. All else says who made it, when, where and with what.
_CHUNKS: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT".split()
)
_BLOCKS: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_DRAWN: Final = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
_SPEAKS: Final = 0x0C  # the flags of WebP which say that EXIF and XMP follow
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})  # markers of JPEG that nothing belongs to
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # those that say how large it is
_TALK: Final = frozenset({*range(0xE1, 0xF0), 0xFE}) - {0xEE}  # of applications but JFIF and Adobe, and comments
_COLOURS: Final = b"ICC_PROFILE\0"  # an application's segment that belongs to the picture
_HELD: Final = b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0%c\0\0\0\0\0\0"  # EXIF with its one entry
_ORIENTATION: Final = 0x0112
_EXIF: Final = 0xE1
_SCAN: Final = 0xDA
_END: Final = 0xD9
_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # that ends a scan


class Image(msgspec.Struct, frozen=True):
    """A picture with the type that it really has; `hash` is that of its content, and its name."""

    media_type: MediaType
    width: int
    height: int
    hash: str
    content: bytes


def read(
    content: bytes,
    *,
    pointer: str = "/picture",
    bytes_max: int = limits.PICTURE_BYTES_MAX,
    pixels_max: int = limits.PICTURE_PIXELS_MAX,
    from_phone: bool = False,
) -> Image:
    """The picture that the bytes are, PNG, JPEG or WebP, without metadata.

    Phones put more behind a picture, such as a film of the same moment: of one `from_phone` that is cut off. Raises
    `picture_invalid`.
    """
    if len(content) > bytes_max:
        raise PICTURE_INVALID(pointer=pointer, reason="picture_too_large")
    found = _png(content) or _jpeg(content) or _webp(content)
    if found is None:
        raise PICTURE_INVALID(pointer=pointer, reason="not_a_picture")
    media_type, width, height, kept, end = found
    if end != len(content) and not from_phone:
        raise PICTURE_INVALID(pointer=pointer, reason="more_than_a_picture")
    if not (0 < width <= pixels_max and 0 < height <= pixels_max):
        raise PICTURE_INVALID(pointer=pointer, reason="too_many_pixels")
    cleaned = b"".join(kept)
    return Image(media_type, width, height, hashlib.sha256(cleaned).hexdigest(), cleaned)


def _png(content: bytes) -> Found | None:
    """PNG, 5.3 and 11.2: chunks one after the other up to the last; width and height stand in the first."""
    if not content.startswith(_PNG):
        return None
    kept, at, drawn = [content[:8]], 8, False
    while at + 12 <= len(content):
        kind, end = content[at + 4 : at + 8], at + 12 + int.from_bytes(content[at : at + 4], "big")
        if end > len(content):
            return None
        if kind in _CHUNKS:
            kept.append(content[at:end])
        drawn = drawn or kind == b"IDAT"
        if kind == b"IEND":
            width, height = (int.from_bytes(content[n : n + 4], "big") for n in (16, 20))
            return ("image/png", width, height, kept, end) if drawn else None
        at = end
    return None


def _jpeg(content: bytes) -> Found | None:
    """ITU-T T.81, B.1: segments one after the other up to the end of the image, a frame and scans among them."""
    if not content.startswith(_JPEG):
        return None
    kept, at, drawn = [content[:2]], 2, False
    width = height = 0
    while at + 2 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == _END:
            kept.append(content[at : at + 2])
            return ("image/jpeg", width, height, kept, at + 2) if drawn else None
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        end = at + 2 + length
        if marker in _FRAMES:
            height, width = (int.from_bytes(content[at + n : at + n + 2], "big") for n in (5, 7))
        if marker == _SCAN:
            following = _MARKER.search(content, end)
            end, drawn = len(content) if following is None else following.start(), True
        if length < 2 or end > len(content):
            return None
        if marker not in _TALK or content.startswith(_COLOURS, at + 4):
            kept.append(content[at:end])
        elif marker == _EXIF:
            kept.append(_held(content[at + 4 : end]))
        at = end
    return None


def _held(talk: bytes) -> bytes:
    """The segment that says how the camera was held, and nothing else; empty where it was held upright, or not said.

    CIPA DC-008, 4.5.2 and 4.6.5: a segment with a TIFF inside, whose first directory has entries of 12 bytes.
    """
    order: Literal["little", "big"] = "little" if talk[6:8] == b"II" else "big"
    if not talk.startswith((b"Exif\0\0II*\0", b"Exif\0\0MM\0*")):
        return b""
    first = 6 + int.from_bytes(talk[10:14], order)
    for at in range(first + 2, first + 2 + 12 * int.from_bytes(talk[first : first + 2], order), 12):
        if int.from_bytes(talk[at : at + 2], order) == _ORIENTATION:
            turned = int.from_bytes(talk[at + 8 : at + 10], order)
            content = _HELD % turned if 1 < turned <= 8 else b""
            return b"\xff\xe1" + (len(content) + 2).to_bytes(2, "big") + content if content else b""
    return b""


def _webp(content: bytes) -> Found | None:
    """RFC 9649: a lossy, a lossless or an extended picture, in chunks of an even number of bytes."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < 30:
        return None
    whole = 8 + int.from_bytes(content[4:8], "little")
    sides = _sides(content)
    if sides is None or whole > len(content):
        return None
    kept, at, drawn = [], 12, False
    while at + 8 <= whole:
        kind, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if kind == b"VP8X":
            kept.append(content[at : at + 8] + bytes([content[at + 8] & ~_SPEAKS]) + content[at + 9 : end])
        elif kind in _BLOCKS:
            kept.append(content[at:end])
        drawn = drawn or kind in _DRAWN
        at = end
    if at != whole or not drawn:
        return None
    length = 4 + sum([len(each) for each in kept])
    return "image/webp", *sides, [b"RIFF", length.to_bytes(4, "little"), b"WEBP", *kept], whole


def _sides(content: bytes) -> tuple[int, int] | None:
    """Width and height, as the first chunk of a WebP tells them."""
    kind = content[12:16]
    if kind == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = (int.from_bytes(content[n : n + 2], "little") & 0x3FFF for n in (26, 28))
        return width, height
    if kind == b"VP8L" and content[20] == 0x2F:
        both = int.from_bytes(content[21:25], "little")
        return (both & 0x3FFF) + 1, (both >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        width, height = (int.from_bytes(content[n : n + 3], "little") + 1 for n in (24, 27))
        return width, height
    return None
