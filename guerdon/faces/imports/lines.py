"""Bytes of a file, compressed or not, become decoded lines in bounded memory, whatever the file holds."""

import codecs
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, Literal

from guerdon.core import limits
from guerdon.faces.imports import faults

Encoding = Literal["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp1252", "cp1254", "iso-8859-9", "latin-1"]

BLOCK_BYTES: Final = 256 * 1024

_GZIP = b"\x1f\x8b"
_UTF8_MARK = codecs.BOM_UTF8
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def codec(encoding: Encoding) -> str:
    """What lines are decoded by; UTF-16 comes to them as UTF-8."""
    return "utf-8" if encoding in ("utf-8", "utf-8-sig", "utf-16") else encoding


class Lines:
    """The physical lines of a text file with their endings.

    `pending_bytes` is what was given out since the reader last set it to 0 (at the end of each row), so a quote that
    is never closed cannot swallow the file. `suspect_to` is the last line of the latest block that holds a NUL or
    bytes that are not text; only rows up to there need a look at their cells.
    """

    def __init__(self, path: Path, encoding: Encoding) -> None:
        self.path = path
        self.pending_bytes = 0
        self.suspect_to = 0
        self.row_line = 1
        self._encoding = codec(encoding)
        self._declared = encoding
        self._given = 0
        self._size = path.stat().st_size
        self._raw: BinaryIO | None = None

    @property
    def fraction(self) -> float:
        """How much of the file was read, 0 … 1."""
        return self._raw.tell() / self._size if self._raw is not None and self._size else 0.0

    def __iter__(self) -> Iterator[str]:
        with self.path.open("rb") as raw:
            self._raw = raw
            carry = b""
            for block in self._text_blocks(raw):
                whole = carry + block
                lines = whole.splitlines(keepends=True)
                # A block that ends in \r may go on with the \n of the same line ending.
                carry = lines.pop() if whole and not whole.endswith(b"\n") else b""
                if len(carry) > limits.IMPORT_ROW_BYTES_MAX:
                    raise faults.unreadable(self.path.name, "row_too_long", line=self._given + len(lines) + 1)
                yield from self._decoded(lines, whole)
            yield from self._decoded([carry] if carry else [], carry)
            self._raw = None

    def _decoded(self, lines: list[bytes], whole: bytes) -> Iterator[str]:
        encoding = self._encoding
        try:
            texts = [line.decode(encoding) for line in lines]
            suspect = b"\0" in whole
        except UnicodeDecodeError:
            texts = [line.decode(encoding, "surrogateescape") for line in lines]
            suspect = True
        if suspect:
            self.suspect_to = self._given + len(lines)
        self._given += len(lines)
        for text in texts:
            self.pending_bytes += len(text)
            if self.pending_bytes > limits.IMPORT_ROW_BYTES_MAX:
                raise self._endless(text)
            yield text

    def _endless(self, text: str) -> Exception:
        reason = "row_too_long" if len(text) > limits.IMPORT_ROW_BYTES_MAX else "unclosed_quote"
        return faults.unreadable(self.path.name, reason, line=self.row_line)

    def _text_blocks(self, raw: BinaryIO) -> Iterator[bytes]:
        """Blocks of bytes in which \\n and \\r stand for themselves, without a byte order mark."""
        blocks = self._blocks(raw)
        first = next(blocks, b"")
        if not first:
            raise faults.unreadable(self.path.name, "empty")
        self._check_start(first)
        if self._declared == "utf-16":
            yield from self._from_utf16(first, blocks)
            return
        yield first.removeprefix(_UTF8_MARK) if self._encoding == "utf-8" else first
        yield from blocks

    def _check_start(self, first: bytes) -> None:
        reason = None
        if first.startswith(_UTF16_MARKS):
            reason = None if self._declared == "utf-16" else "looks_utf16"
        elif self._declared == "utf-16":
            reason = "looks_utf8" if first.startswith(_UTF8_MARK) else "no_utf16_mark"
        elif first.startswith(_UTF8_MARK):
            reason = None if self._encoding == "utf-8" else "looks_utf8"
        elif first.startswith(b"PK\x03\x04"):
            reason = "is_zip"
        elif first.startswith(b"PAR1"):
            reason = "is_parquet"
        if reason is not None:
            raise faults.unreadable(self.path.name, reason)

    def _from_utf16(self, first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder("utf-16")()
        line = 1
        block: bytes | None = first
        try:
            while block is not None:
                text = decoder.decode(block)
                line += text.count("\n")
                yield text.encode()
                block = next(rest, None)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            line += _newlines_before(error)
            raise faults.unreadable(self.path.name, "not_utf16", line=line) from None

    def _blocks(self, raw: BinaryIO) -> Iterator[bytes]:
        head = raw.read(2)
        raw.seek(0)
        if head != _GZIP:
            while block := raw.read(BLOCK_BYTES):
                yield block
            return
        given = 0
        try:
            with gzip.GzipFile(fileobj=raw) as unpacked:
                while block := unpacked.read(BLOCK_BYTES):
                    given += len(block)
                    if given > limits.IMPORT_GZIP_FREE_BYTES and given > raw.tell() * limits.IMPORT_GZIP_RATIO_MAX:
                        raise faults.unreadable(self.path.name, "gzip_too_large")
                    yield block
        except EOFError:
            raise faults.unreadable(self.path.name, "gzip_cut_short") from None
        except (gzip.BadGzipFile, zlib.error):
            raise faults.unreadable(self.path.name, "gzip_damaged") from None


def _newlines_before(error: UnicodeDecodeError) -> int:
    """Line ends in the good part of the block that could not be decoded."""
    good = bytes(error.object[: error.start])
    return good.count(b"\n\0") if error.encoding.endswith("le") else good.count(b"\0\n")
