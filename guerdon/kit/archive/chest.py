"""One file with many parts: a plain tar of gzipped parts and their SHA-256 sums, in which every single byte counts.

`tar xf`, `sha256sum -c SHA256SUMS` and `gunzip` open it without Guerdon. Headings and fillings are those that we write
and no others, so a byte that changed anywhere is found.
"""

import hashlib
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

SUMS: Final = "SHA256SUMS"
BLOCK: Final = tarfile.BLOCKSIZE
CHUNK: Final = 1 << 20
_END: Final = bytes(2 * BLOCK)
_GZIP: Final = 16 + zlib.MAX_WBITS
_LEVEL: Final = 4  # three times smaller; more takes longer than reading the database
Sink = Callable[[bytes], None]


class Damaged(Exception):
    """The file is not what was written; the sentence says where."""


class Part(NamedTuple):
    """Where a part lies in the file."""

    name: str
    offset: int
    size: int


class Chest:
    """A file being written; nothing stands under its name until it is whole and on the disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._draft = path.with_name(path.name + ".partial")
        self._draft.unlink(missing_ok=True)
        self._file = os.fdopen(os.open(self._draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
        self._sums: list[tuple[str, str]] = []

    @contextmanager
    def part(self, name: str) -> Iterator[Sink]:
        """A part; what is told to the sink is compressed where the name ends in .gz."""
        begin = self._file.tell()
        self._file.write(bytes(BLOCK))
        digest = hashlib.sha256()

        def put(text: bytes) -> None:
            digest.update(text)
            self._file.write(text)

        if name.endswith(".gz"):
            press = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
            yield lambda text: put(press.compress(text))
            put(press.flush())
        else:
            yield put
        end = self._file.tell()
        size = end - begin - BLOCK
        self._file.write(bytes(-size % BLOCK))
        after = self._file.tell()
        self._file.seek(begin)
        self._file.write(_header(name, size))
        self._file.seek(after)
        self._sums.append((name, digest.hexdigest()))

    def close(self) -> None:
        """End the file and give it its name. Raises FileExistsError where something else has it by now."""
        with self.part(SUMS) as put:
            put(_sums(self._sums))
        self._file.write(_END)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        os.link(self._draft, self.path)
        self._draft.unlink()
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._file.close()
        self._draft.unlink(missing_ok=True)


@contextmanager
def made(path: Path) -> Iterator[Chest]:
    """A chest that is closed at the end of the block, and gone where it raises."""
    chest = Chest(path)
    try:
        yield chest
        chest.close()
    except BaseException:
        chest.abandon()
        raise


class Opened:
    """A file that was written, to be read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._length = file.seek(0, os.SEEK_END)
        self.parts: dict[str, Part] = {}
        for part in self._walk():
            if part.name in self.parts:
                raise Damaged(f"the part {part.name} is there twice")
            self.parts[part.name] = part

    @property
    def length(self) -> int:
        """How many bytes the file has."""
        return self._length

    def check(self, progress: Callable[[int], None]) -> None:
        """Read every byte. Raises Damaged for the first that is not as it was written."""
        sums: list[tuple[str, str]] = []
        for part in self.parts.values():
            if part.name == SUMS:
                continue
            digest = hashlib.sha256()
            for piece in self._pieces(part):
                digest.update(piece)
                progress(len(piece))
            sums.append((part.name, digest.hexdigest()))
        if SUMS not in self.parts:
            raise Damaged("its checksums are missing: it was cut off, or never finished")
        told = self._bytes(self.parts[SUMS])
        for (name, digest_hex), line in zip(sums, told.decode("ascii", "replace").splitlines(), strict=False):
            if line != f"{digest_hex}  {name}":
                raise Damaged(f"the part {name} is not the one whose checksum was written")
        if told != _sums(sums):
            raise Damaged("its checksums are not those of its parts")

    def read(self, name: str) -> Iterator[bytes]:
        """The text of a part, a piece at a time. Raises Damaged."""
        part = self.parts.get(name)
        if part is None:
            raise Damaged(f"the part {name} is missing")
        if not name.endswith(".gz"):
            yield from self._pieces(part)
            return
        press = zlib.decompressobj(_GZIP)
        try:
            for piece in self._pieces(part):
                text = press.decompress(piece, CHUNK)
                while text:
                    yield text
                    text = press.decompress(press.unconsumed_tail, CHUNK)
        except zlib.error as error:
            raise Damaged(f"the part {name} can't be unpacked: {error}") from None
        if not press.eof or press.unused_data:
            raise Damaged(f"the part {name} does not end where it should")

    def lines(self, name: str) -> Iterator[bytes]:
        """Whole lines of a part, many at a time."""
        rest = b""
        for piece in self.read(name):
            whole, cut, begun = piece.rpartition(b"\n")
            if not cut:
                rest += piece
                continue
            yield rest + whole + cut
            rest = begun
        if rest:
            raise Damaged(f"the part {name} ends in the middle of a line")

    def whole(self, name: str) -> bytes:
        """A small part."""
        return b"".join(self.read(name))

    def _walk(self) -> Iterator[Part]:
        at = 0
        while True:
            block = self._at(at, BLOCK)
            if block == bytes(BLOCK):
                break
            part = _part(block, at)
            yield part
            at = part.offset + part.size
            filling = -part.size % BLOCK
            if self._at(at, filling) != bytes(filling):
                raise Damaged(f"what fills up the part {part.name} was changed")
            at += filling
        if self._at(at, len(_END)) != _END or at + len(_END) != self._length:
            raise Damaged("it does not end where it should")

    def _at(self, offset: int, size: int) -> bytes:
        self._file.seek(offset)
        found = self._file.read(size)
        if len(found) != size:
            raise Damaged(f"it ends after {self._length:,} bytes, in the middle of something")
        return found

    def _pieces(self, part: Part) -> Iterator[bytes]:
        done = 0
        while done < part.size:
            piece = self._at(part.offset + done, min(CHUNK, part.size - done))
            done += len(piece)
            yield piece

    def _bytes(self, part: Part) -> bytes:
        return b"".join(self._pieces(part))


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """A file to be read. Raises Damaged, OSError."""
    with path.open("rb") as file:
        yield Opened(file)


def _part(block: bytes, at: int) -> Part:
    try:
        told = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        right = block == _header(told.name, told.size)
    except (tarfile.TarError, ValueError) as error:
        raise Damaged(f"what should be a part at byte {at:,} is none: {error}") from None
    if not right:
        raise Damaged(f"the heading of the part at byte {at:,} was changed")
    return Part(told.name, at + BLOCK, told.size)


def _header(name: str, size: int) -> bytes:
    told = tarfile.TarInfo(name)
    told.size, told.mode, told.mtime = size, 0o600, 0
    block = told.tobuf(tarfile.GNU_FORMAT)
    if len(block) != BLOCK:
        raise ValueError(f"the name of the part {name} is too long")
    return block


def _sums(sums: list[tuple[str, str]]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sums).encode()
