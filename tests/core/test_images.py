"""Pictures: known by their own first bytes, whatever they are called."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import images, limits
from guerdon.core.errors import Refusal


def chunk(kind, content):
    """A chunk of PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width, height, colour=0, between=b""):
    """A grey picture, whole."""
    rows = zlib.compress((b"\0" + bytes([colour]) * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + between + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def segment(marker, content):
    """A segment of JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def jpeg(width, height, marker=0xC0, between=b""):
    """JFIF, a frame, and two scans with a stuffed byte and a restart in them, whole."""
    frame = segment(marker, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"ab\xff\0cd\xff\xd0ef"
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0" + bytes(9)) + between + frame + scan + scan + b"\xff\xd9"


def camera(held, order=">", more=b"", *, nothing=False, before=1):
    """EXIF that says how the camera was held, after what else it says; with `nothing`, only behind its directory."""
    entries = [*[(0x010F, 2, b"Acme")] * before, (0x0112, 3, struct.pack(f"{order}HH", held, 0))]
    directory = b"".join(struct.pack(f"{order}HHI", tag, kind, 1) + value for tag, kind, value in entries)
    told = len(entries) - nothing  # the last one stands behind it
    head = (b"MM" if order == ">" else b"II") + struct.pack(f"{order}HIH", 42, 8, told)
    return segment(0xE1, b"Exif\0\0" + head + directory + bytes(4) + more)


def block(kind, content):
    """A chunk of WebP."""
    return kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def webp(*blocks):
    body = b"WEBP" + b"".join(blocks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def extended(*more, flags=0, width=30, height=20):
    wide = bytes([flags, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return webp(block(b"VP8X", wide), *more, block(b"VP8L", bare(width, height)))


def bare(width, height, more=bytes(8)):
    return b"\x2f" + struct.pack("<I", (width - 1) % 2**14 | (height - 1) % 2**14 << 14) + more


def lossy(width, height, more=bytes(8)):
    return webp(block(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height) + more))


LOSSY = lossy(30, 20)
LOSSLESS = webp(block(b"VP8L", bare(30, 20)))
EXTENDED = extended()
WHOLE = (png(30, 20), jpeg(30, 20), LOSSY, LOSSLESS, EXTENDED)
SECRET = b"42.6977 N 23.3219 E"
SECRETS = (
    (png(30, 20), png(30, 20, between=chunk(b"tEXt", SECRET) + chunk(b"eXIf", SECRET) + chunk(b"prVt", SECRET))),
    (jpeg(30, 20), jpeg(30, 20, between=b"\xff" + segment(0xE1, b"Exif\0\0" + SECRET) + segment(0xED, SECRET)
                        + segment(0xFE, SECRET) + segment(0xE2, b"MPF\0" + SECRET))),
    (EXTENDED, extended(block(b"EXIF", SECRET), block(b"XMP ", SECRET), block(b"mine", SECRET), flags=0x0C)),
)  # fmt: skip


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
        (b"\x89PNG\r\n\x1a\n", "not_a_picture"), (jpeg(30, 20)[:-2], "not_a_picture"), (b"", "not_a_picture"),
        (b"\xff\xd8\xff" + bytes(60), "not_a_picture"), (b"RIFF\0\0\0\0WEBPVP8 " + bytes(40), "not_a_picture"),
        (png(0, 1), "too_many_pixels"), (jpeg(1, limits.PICTURE_PIXELS_MAX + 1), "too_many_pixels"),
        (png(1, 1) + bytes(limits.PICTURE_BYTES_MAX), "picture_too_large"),
        *[(one + b"GIF89a", "more_than_a_picture") for one in WHOLE],
    ],
)  # fmt: skip
def test_what_is_none_or_too_large_is_refused(content, reason):
    with pytest.raises(Refusal, match="picture_invalid") as refusal:
        images.read(content)
    assert refusal.value.facts["reason"] == reason


@pytest.mark.parametrize(("plain", "talks"), SECRETS)
def test_only_the_picture_is_left(plain, talks):
    found = images.read(talks)
    assert found.content == plain and found.hash == images.read(plain).hash and SECRET not in found.content


@pytest.mark.parametrize("order", [">", "<"])
def test_how_the_camera_was_held_is_left_and_nothing_else(order):
    """Without it a photo lies on its side."""
    turned = images.read(jpeg(30, 20, between=camera(6, order, SECRET)))
    assert turned.content == images.read(turned.content).content and SECRET not in turned.content
    assert b"Acme" not in turned.content and b"\1\x12\0\3\0\0\0\1\0\6" in turned.content
    assert images.read(jpeg(30, 20, between=camera(1, order))).content == jpeg(30, 20)
    assert images.read(jpeg(30, 20, between=camera(99, order))).content == jpeg(30, 20)


def test_what_a_phone_puts_behind_a_picture_is_cut_off():
    for one in WHOLE:
        assert images.read(one + SECRET, from_phone=True).content == one


def test_an_empty_part_at_the_end_is_one_too():
    for kind in (b"mine", b"ALPH"):
        assert images.read(extended(block(kind, b""))).width == 30
        whole = webp(block(b"VP8L", bare(30, 20)), block(kind, b""))
        assert images.read(whole).content == (whole if kind == b"ALPH" else LOSSLESS)


def test_its_colours_are_left():
    colours = segment(0xE2, b"ICC_PROFILE\0\1\1" + bytes(8)) + segment(0xEE, b"Adobe" + bytes(7))
    assert images.read(jpeg(30, 20, between=colours)).content == jpeg(30, 20, between=colours)
    assert images.read(png(30, 20, between=chunk(b"gAMA", bytes(4)))).content == png(
        30, 20, between=chunk(b"gAMA", bytes(4))
    )


@given(st.sampled_from(WHOLE), st.data())
def test_a_part_of_a_picture_is_none(whole, data):
    with pytest.raises(Refusal):
        images.read(whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(st.sampled_from([*WHOLE, *[talks for _, talks in SECRETS]]), st.data())
def test_whatever_the_bytes_are_they_are_read_or_refused(whole, data):
    """What was read once is read again as it is."""
    place = data.draw(st.integers(0, len(whole) - 1))
    broken = whole[:place] + data.draw(st.binary(max_size=4)) + whole[place + data.draw(st.integers(0, 4)) :]
    try:
        found = images.read(broken)
    except Refusal as refusal:
        assert refusal.code == "picture_invalid"
    else:
        assert images.read(found.content) == found


@given(st.integers(1, 2**14 - 1), st.integers(1, 2**14 - 1))
def test_every_kind_tells_its_sides(width, height):
    """Every byte of them counts; a picture without its rows is enough to tell."""
    webps = [lossy(width, height), webp(block(b"VP8L", bare(width, height))), extended(width=width, height=height)]
    for whole in (jpeg(width, height), *webps):
        found = images.read(whole, pixels_max=2**14)
        assert (found.width, found.height) == (width, height)


def test_what_an_extended_picture_says_of_itself_stays_but_for_what_is_left_out():
    """RFC 9649, 2.7: it says whether anything is transparent, and whether EXIF or XMP follow."""
    alpha, told = 0x10, 0x0C
    cleaned = images.read(extended(block(b"EXIF", SECRET), flags=alpha | told))
    assert cleaned.content == extended(flags=alpha)


def test_a_picture_that_does_not_say_its_sides_is_none():
    """Its chunks are whole, but the lossy one does not begin as RFC 6386, 9.1, has it."""
    with pytest.raises(Refusal, match="not_a_picture"):
        images.read(webp(block(b"VP8 ", b"\0\0\0\x9d\x01\x2b" + struct.pack("<HH", 30, 20) + bytes(8))))


def test_only_what_is_too_short_to_be_one_is_none():
    """The shortest of each kind of WebP is read, and with its last byte it is gone."""
    for whole in (lossy(3, 2, b""), webp(block(b"VP8L", bare(3, 2, bytes(5)))), extended(width=3, height=2)):
        assert images.read(whole).width == 3
        with pytest.raises(Refusal):
            images.read(whole[:-1])


@pytest.mark.parametrize("held", range(10))
def test_each_way_to_hold_a_camera(held):
    """Eight ways there are, of which upright is the first; the entry may be the last of its directory, or the first."""
    for order in "<>":
        found = images.read(jpeg(30, 20, between=camera(held, order))).content
        kept = b"\1\x12\0\3\0\0\0\1\0" + bytes([held]) in found
        assert kept is (2 <= held <= 8)
        assert images.read(jpeg(30, 20, between=camera(held, order, nothing=True))).content == jpeg(30, 20)


@pytest.mark.parametrize(
    ("width", "height", "fits"),
    [(1, 1, True), (7, 7, True), (0, 1, False), (1, 0, False), (8, 7, False), (7, 8, False)],
)
def test_how_many_pixels_a_side_may_have(width, height, fits):
    if fits:
        assert images.read(png(width, height), pixels_max=7).width == width
        return
    with pytest.raises(Refusal, match="picture_invalid"):
        images.read(png(width, height), pixels_max=7)


def test_an_empty_segment_is_one():
    empty = jpeg(30, 20, between=segment(0xFE, b""))
    assert images.read(empty).content == jpeg(30, 20)
    with pytest.raises(Refusal):
        images.read(jpeg(30, 20, between=b"\xff\xfe\0\1"))


@pytest.mark.parametrize("flags", range(64))
def test_whatever_a_picture_says_of_itself_its_sides_are_the_same(flags):
    found = images.read(extended(flags=flags))
    assert (found.width, found.height) == (30, 20)


@pytest.mark.parametrize("before", [0, 1, 11, 12, 13, 40])
def test_the_camera_may_have_said_much_before(before):
    for order in "<>":
        assert images.read(jpeg(30, 20, between=camera(6, order, before=before))).content == (
            images.read(jpeg(30, 20, between=camera(6, order))).content
        )
