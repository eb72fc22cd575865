"""What readers hand to the import run: whole activities in chunks, with what was left out and why."""

from collections.abc import Iterator, Mapping
from typing import Protocol

import msgspec

from guerdon.core.activities import Activity
from guerdon.faces.imports.faults import Fault


class Chunk(msgspec.Struct, frozen=True):
    """Activities to be told in one transaction; `position` is how many rows of the file lie behind its end."""

    activities: list[Activity]
    lines: list[int]  # where each activity begins in the file
    position: int
    rows: int
    faults: list[Fault] = []
    faulty: int = 0  # activities left out because of faults
    left_out: dict[str, int] = {}  # rows and lines left out on purpose, by reason


class Origin(Protocol):
    """A source of activities that can be read several times, always in the same order."""

    name: str
    digest: str
    mapping_digest: str
    rows: int  # how many rows all passes read; 0 where it is not known yet

    def chunks(self, *, skip: int = 0, limit: int | None = None) -> Iterator[Chunk]:
        """The chunks behind the first `skip` rows, which end where a chunk ended before; at most `limit` activities."""


class Draft:
    """A chunk in the making."""

    def __init__(self) -> None:
        self.activities: list[Activity] = []
        self.lines: list[int] = []
        self.faults: list[Fault] = []
        self.faulty = 0
        self.left_out: dict[str, int] = {}

    def leave_out(self, counts: Mapping[str, int]) -> None:
        for reason, count in counts.items():
            self.left_out[reason] = self.left_out.get(reason, 0) + count

    def close(self, *, position: int, rows: int) -> Chunk:
        return Chunk(self.activities, self.lines, position, rows, self.faults, self.faulty, self.left_out)
