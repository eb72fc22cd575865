"""Which keys a file tells more than once, and how many it tells, found in bounded memory for files of any size."""

import tempfile
from array import array
from collections.abc import Iterator
from typing import BinaryIO, Final

PARTS: Final = 256
KEPT_PAIRS: Final = 300_000


class Repeats:
    """Pairs of a key's 64-bit hash and its line, split by hash; what is too much for memory goes to one temporary file.

    Two different keys with the same hash would look like a repeat; among ten million keys the odds are 1 : 300,000.
    """

    def __init__(self, kept_pairs: int = KEPT_PAIRS) -> None:
        self._most = kept_pairs
        self._parts = [array("Q") for _ in range(PARTS)]
        self._kept = 0
        self._file: BinaryIO | None = None
        self._segments: list[list[tuple[int, int]]] = [[] for _ in range(PARTS)]

    def add(self, key: str, line: int = 0) -> None:
        """Note that the key was told at the line."""
        number = hash(key) & 0xFFFF_FFFF_FFFF_FFFF
        part = self._parts[number % PARTS]
        part.append(number)
        part.append(line)
        self._kept += 1
        if self._kept >= self._most:
            self._spill()

    def found(self) -> Iterator[tuple[int, int]]:
        """(line of the first telling, line of a later one) of every repeat, not in order."""
        for place in range(PARTS):
            pairs = self._pairs(place)
            first: dict[int, int] = {}
            for number, line in zip(pairs[::2], pairs[1::2], strict=True):
                before = first.setdefault(number, line)
                if before != line:
                    yield before, line

    def distinct(self) -> int:
        """How many different keys were told."""
        return sum(len(set(self._pairs(place)[::2])) for place in range(PARTS))

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _spill(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close(), or with the process
        for place, part in enumerate(self._parts):
            if part:
                self._segments[place].append((self._file.tell(), len(part)))
                part.tofile(self._file)
        self._parts = [array("Q") for _ in range(PARTS)]
        self._kept = 0

    def _pairs(self, place: int) -> "array[int]":
        pairs = array("Q")
        if self._file is not None:
            for offset, length in self._segments[place]:
                self._file.seek(offset)
                pairs.fromfile(self._file, length)
            self._file.seek(0, 2)
        pairs.extend(self._parts[place])
        return pairs
