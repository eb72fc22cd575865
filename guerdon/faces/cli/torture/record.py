"""The record of a disk: what was written, synced, named and removed, in the order in which it happened."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

WRITE, SYNC, SYNCED, TRUNCATE, ALLOCATE, CREATE, RENAME, UNLINK, LINK, MKDIR, RMDIR = range(1, 12)
NAMING: Final = frozenset({CREATE, RENAME, UNLINK, LINK, MKDIR, RMDIR})
_HEAD: Final = struct.Struct("=IIQQQ")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `file` is the number of an inode; `at` an offset or size, of a sync whether of contents alone.

    `number` is which sync it is, or how much is allocated; `end` is where the line ends in the record.
    """

    kind: int
    file: int
    at: int
    number: int
    content: bytes
    end: int

    @property
    def names(self) -> list[str]:
        """The names that it is about."""
        return [name.decode() for name in self.content.split(b"\0")[:-1]]


def read(path: Path) -> Iterator[Line]:
    """The lines in order; one that a kill cut short ends it."""
    end = 0
    with path.open("rb") as file:
        while len(head := file.read(_HEAD.size)) == _HEAD.size:
            kind, length, inode, at, number = _HEAD.unpack(head)
            content = file.read(length)
            if len(content) < length:
                return
            end += _HEAD.size + length
            yield Line(kind, inode, at, number, content, end)
