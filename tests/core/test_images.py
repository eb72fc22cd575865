"""Pictures: known by their own first bytes, whatever they are called."""

import struct
import zlib

import pytest

from guerdon.core import images, limits
from guerdon.core.errors import Refusal


def png(width, height, colour=0):
    """A grey picture, whole."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = zlib.compress((b"\0" + bytes([colour]) * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width, height, marker=0xC0):
    """As far as the frame: a segment of JFIF, a comment, and bytes that fill."""
    frame = struct.pack(">BBHBHH", 0xFF, marker, 11, 8, height, width) + b"\1\1\x11\0"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + bytes(9) + b"\xff\xfe\x00\x04hi\xff" + frame


def webp(kind, content):
    body = b"WEBP" + kind + struct.pack("<I", len(content)) + content
    return b"RIFF" + struct.pack("<I", len(body)) + body


LOSSY = webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 30, 20) + bytes(8))
LOSSLESS = webp(b"VP8L", b"\x2f" + struct.pack("<I", 29 | 19 << 14) + bytes(8))
EXTENDED = webp(b"VP8X", bytes(4) + (29).to_bytes(3, "little") + (19).to_bytes(3, "little"))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (png(30, 20), "image/png"), (jpeg(30, 20), "image/jpeg"), (jpeg(30, 20, 0xC2), "image/jpeg"),
        (LOSSY, "image/webp"), (LOSSLESS, "image/webp"), (EXTENDED, "image/webp"),
    ],
)  # fmt: skip
def test_is_what_its_bytes_say(content, kind):
    found = images.read(content)
    assert (found.media_type, found.width, found.height) == (kind, 30, 20)
    assert len(found.hash) == 64 and found.content == content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"), (b"GIF89a" + bytes(40), "not_a_picture"),
        (b"\x89PNG\r\n\x1a\n", "not_a_picture"), (jpeg(30, 20)[:30], "not_a_picture"), (b"", "not_a_picture"),
        (b"\xff\xd8\xff" + bytes(60), "not_a_picture"), (b"RIFF\0\0\0\0WEBPVP8 " + bytes(40), "not_a_picture"),
        (png(0, 1), "too_many_pixels"), (jpeg(1, limits.PICTURE_PIXELS_MAX + 1), "too_many_pixels"),
        (png(1, 1) + bytes(limits.PICTURE_BYTES_MAX), "picture_too_large"),
    ],
)  # fmt: skip
def test_what_is_none_or_too_large_is_refused(content, reason):
    with pytest.raises(Refusal, match="picture_invalid") as refusal:
        images.read(content)
    assert refusal.value.facts["reason"] == reason
