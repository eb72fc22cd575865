"""Files that are made to hurt: each is refused in words with its line, after little of it was read."""

import gzip
import io
import zipfile

import pytest

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.faces.imports import faults, lines, tables
from tests.faces.imports import samples

MIB = 1024 * 1024


def zipped(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sales.csv", content)
    return packed.getvalue()


def bomb(size: int) -> bytes:
    """A gzip of one row after the other, in several members, as `cat` would join them."""
    part = gzip.compress(b"1,2\n" * (size // 16), 9, mtime=0)
    return gzip.compress(b"a,b\n", mtime=0) + part * 4


WIDE = ",".join(f"c{place}" for place in range(limits.IMPORT_COLUMNS_MAX + 1)).encode()
HOSTILE = {
    # name → content, reason, line, and how much of it may be read at most once it is unpacked
    "a zip bomb": (zipped(b"\0" * 50 * MIB), "is_zip", None, MIB),
    "a gzip in a gzip": (gzip.compress(bomb(MIB), mtime=0), "header_broken", 1, MIB),
    "a gzip bomb of one row": (gzip.compress(b"a,b\n1," + b"x" * 40 * MIB, mtime=0), "row_too_long", 2, 2 * MIB),
    "a gzip bomb of a head": (gzip.compress(b"a," * 20 * MIB, mtime=0), "row_too_long", 1, 2 * MIB),
    "a gzip of one quote": (gzip.compress(b'a,b\n1,"' + b"\n" * 40 * MIB, mtime=0), "unclosed_quote", 2, 4 * MIB),
    "a thousand columns too many": (WIDE + b"\n", "too_many_columns", 1, MIB),
    "millions of columns": (b"," * 3_000_000, "row_too_long", 1, 2 * MIB),
    "nothing but NULs": (b"\0" * 3 * MIB, "row_too_long", 1, 2 * MIB),
    "nothing but quotes": (b'"' * 3 * MIB, "row_too_long", 1, 2 * MIB),
    "a quote at the end": (b"a,b\n1,2\r3,4\r\n5,\"", "cut_short", 4, MIB),
    "no text": (bytes(range(128, 256)) * 16 + b"\n", "header_broken", 1, MIB),
    "UTF-32": ("a,b\n1,2\n".encode("utf-32-le"), "header_missing", 1, MIB),
    "UTF-16 without a mark": ("a,b\n1,2\n".encode("utf-16-le"), "header_missing", 1, MIB),
    "a heading twice": (b"a,b,b\n1,2,3\n", "header_twice", 1, MIB),
    "a heading twice but for blanks": (b"a,b, b \n1,2,3\n", "header_twice", 1, MIB),
    "no line end that is known": (b"a,b\x0b1,2\x85" * 300_000, "row_too_long", 1, 4 * MIB),
}  # fmt: skip


@pytest.fixture
def given(monkeypatch):
    """How many bytes, unpacked, were taken out of files."""
    sizes = []
    blocks = lines.Lines._blocks

    def counted(self, raw):
        for block in blocks(self, raw):
            sizes.append(len(block))
            yield block

    monkeypatch.setattr(lines.Lines, "_blocks", counted)
    return sizes


@pytest.mark.parametrize("name", HOSTILE)
def test_what_hurts_is_refused_soon(tmp_path, given, name):
    content, reason, line, most = HOSTILE[name]
    path = samples.write(tmp_path, content)
    with pytest.raises(Refusal) as refused:
        list(tables.open_table(path, tables.Layout(), ("a", "b")).rows())
    assert samples.told(refused.value) == (reason, line)
    assert faults.FILE_REASONS[reason].endswith((".", "?"))
    assert sum(given) <= most


def test_a_bomb_is_left_after_the_free_bytes(tmp_path, given, monkeypatch):
    monkeypatch.setattr(limits, "IMPORT_GZIP_FREE_BYTES", MIB)
    path = samples.write(tmp_path, bomb(64 * MIB), "sales.csv.gz")
    with pytest.raises(Refusal) as refused:
        list(tables.open_table(path, tables.Layout(), ("a", "b")).rows())
    assert samples.told(refused.value) == ("gzip_too_large", None)
    assert sum(given) <= limits.IMPORT_GZIP_RATIO_MAX * path.stat().st_size + lines.BLOCK_BYTES
    assert sum(given) < 64 * MIB


def test_at_the_limit_a_table_is_read(tmp_path):
    names = ",".join(["a", "b", *(f"c{place}" for place in range(limits.IMPORT_COLUMNS_MAX - 2))])
    path = samples.write(tmp_path, f"{names}\n1,2{',' * (limits.IMPORT_COLUMNS_MAX - 2)}\n")
    ((line, cells, flaw),) = tables.open_table(path, tables.Layout(), ("a", "b")).rows()
    assert (line, len(cells), flaw) == (2, limits.IMPORT_COLUMNS_MAX, None)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_broken_row_says_its_line_whatever_its_line_ends(tmp_path, end):
    told = ["a,b", "1,2", "1", '"x\ny",2', "1,2,3", "1,\0", "3,4"]
    path = samples.write(tmp_path, end.join(told))
    found = [(line, flaw and flaw[0]) for line, _, flaw in tables.open_table(path, tables.Layout(), ("a", "b")).rows()]
    assert found == [
        (2, None), (3, "too_few_cells"), (4, None), (6, "too_many_cells"), (7, "nul"), (8, None)
    ]  # fmt: skip
