"""Parquet files as rows: the footer is read here, the columns are decoded by a program beside this one."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Final, Literal

import msgspec

from guerdon.core import limits
from guerdon.faces.imports import faults, rows

# How a column travels through the pipe; what is not plain is made again on this side.
Kind = Literal["plain", "text", "decimal", "date", "local", "instant"]

LENGTH_BYTES: Final = 4
_MAGIC: Final = b"PAR1"
_DECODER: Final = "from guerdon.faces.imports.slices import serve; serve()"
_LOCAL: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - wall-clock times of files; what they mean is the mapping's to say
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()


class Group(msgspec.Struct, frozen=True):
    """One row group: how many rows, and the compressed bytes by column."""

    rows: int
    sizes: dict[str, int]


class ParquetTable:
    """One pass over a Parquet file; `line` is the row's number from 1."""

    def __init__(self, path: Path, wanted: Sequence[str]) -> None:
        self.path = path
        self._wanted = list(wanted)
        groups = read_groups(path)
        self._total = sum(group.rows for group in groups)
        self._read = 0
        if groups:
            rows.places_of(path.name, list(groups[0].sizes), wanted)
        largest = max((sum(group.sizes.get(name, 0) for name in wanted) for group in groups), default=0)
        if largest > limits.PARQUET_ROW_GROUP_BYTES_MAX:
            raise faults.unreadable(path.name, "row_group_too_large", detail=f"{largest >> 20} MB")
        self.places = {name: place for place, name in enumerate(wanted)}

    @property
    def fraction(self) -> float:
        return self._read / self._total if self._total else 1.0

    def rows(self) -> Iterator[rows.Row]:
        """All rows in the order of the file; refuses it where the decoder says why, or breaks."""
        if not self._total:
            return
        surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        decoder = subprocess.Popen(
            [sys.executable, "-c", _DECODER, str(self.path), *self._wanted],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings,
            start_new_session=True,  # Ctrl-C is for the importer to answer, which then ends the decoder
        )
        assert decoder.stdout is not None
        try:
            kinds = self._receive(decoder.stdout)
            while columns := self._receive(decoder.stdout):
                first = self._read + 1
                self._read += len(columns[0])
                made = [_made(kind, column) for kind, column in zip(kinds, columns, strict=True)]
                for line, cells in enumerate(zip(*made, strict=True), first):
                    yield line, cells, None
            if self._read != self._total:
                raise faults.unreadable(self.path.name, "not_parquet", line=self._read + 1)
        finally:
            decoder.kill()
            decoder.stdout.close()
            decoder.wait()

    def _receive(self, pipe: IO[bytes]) -> list[Any]:
        """The next frame; an end without the closing frame means that the bytes broke the decoder."""
        length = int.from_bytes(pipe.read(LENGTH_BYTES), "big")
        frame = pipe.read(length)
        if not frame:
            raise faults.unreadable(self.path.name, "not_parquet", line=self._read + 1)
        found: list[Any] = msgspec.msgpack.decode(frame, type=list)
        if found and found[0] is None:
            raise faults.unreadable(self.path.name, found[1], detail=found[2])
        return found


def _made(kind: Kind, column: list[Any]) -> list[Any]:
    make = _MAKERS.get(kind)
    if make is None:
        return column
    return [None if cell is None else make(cell) for cell in column]


_MAKERS: Final[dict[Kind, Callable[[Any], object]]] = {
    "decimal": Decimal,
    "date": lambda days: date.fromordinal(_EPOCH_DAY + days),
    "local": lambda micros: _LOCAL + timedelta(microseconds=micros),
    "instant": lambda micros: _EPOCH + timedelta(microseconds=micros),
}


# --- the footer ---


def read_groups(path: Path) -> list[Group]:
    """The row groups from the footer; refuses a file that is not Parquet or was cut short."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(max(0, size - 8))
        tail = file.read(8)
        length = int.from_bytes(tail[:4], "little")
        if start != _MAGIC or tail[4:] != _MAGIC or not 0 < length <= min(size - 12, limits.PARQUET_FOOTER_BYTES_MAX):
            raise faults.unreadable(path.name, "not_parquet")
        file.seek(size - 8 - length)
        footer = file.read(length)
    groups: list[Group] = []
    try:
        told = _Thrift(footer).struct()
        groups = [Group(rows=group[3], sizes=_sizes(group[1])) for group in told.get(4, [])]
        sound = all(group.rows >= 0 for group in groups) and told[3] == sum(group.rows for group in groups)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError):
        sound = False
    if not sound:
        raise faults.unreadable(path.name, "not_parquet")
    return groups


def _sizes(columns: list[dict[int, Any]]) -> dict[str, int]:
    """Compressed bytes by top-level column (ColumnChunk.meta_data: path_in_schema 3, total_compressed_size 7)."""
    sizes: dict[str, int] = {}
    for column in columns:
        told = column[3]
        name = told[3][0].decode()
        sizes[name] = sizes.get(name, 0) + told[7]
    return sizes


class _Thrift:
    """Reads the Thrift compact protocol, in which the footer is written, into numbered fields."""

    def __init__(self, octets: bytes) -> None:
        self._octets = octets
        self._at = 0

    def struct(self) -> dict[int, Any]:
        """Fields by their number until the stop byte."""
        fields: dict[int, Any] = {}
        number = 0
        while (head := self._octet()) != 0:
            number = number + (head >> 4) if head >> 4 else self._zigzag()
            fields[number] = self._value(head & 15)
        return fields

    def _value(self, kind: int) -> Any:
        if kind in (1, 2):
            return kind == 1
        if kind == 3:
            return self._octet()
        if kind in (4, 5, 6):
            return self._zigzag()
        if kind in (7, 8):
            return self._take(8 if kind == 7 else self._varint())
        if kind in (9, 10):
            return self._list()
        if kind == 12:
            return self.struct()
        raise ValueError(kind)

    def _list(self) -> list[Any]:
        head = self._octet()
        count = head >> 4 if head >> 4 != 15 else self._varint()
        if count > len(self._octets):
            raise ValueError(count)
        if head & 15 in (1, 2):  # inside lists a truth value is one whole byte
            return [self._octet() == 1 for _ in range(count)]
        return [self._value(head & 15) for _ in range(count)]

    def _octet(self) -> int:
        octet = self._octets[self._at]
        self._at += 1
        return octet

    def _take(self, count: int) -> bytes:
        taken = self._octets[self._at : self._at + count]
        if len(taken) != count:
            raise IndexError(count)
        self._at += count
        return taken

    def _varint(self) -> int:
        number = shift = 0
        while True:
            octet = self._octet()
            number |= (octet & 127) << shift
            if octet < 128:
                return number
            shift += 7
            if shift > 63:
                raise ValueError(shift)

    def _zigzag(self) -> int:
        number = self._varint()
        return (number >> 1) ^ -(number & 1)
