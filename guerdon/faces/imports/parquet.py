"""Parquet files as rows: their footer is read by hand to know the row groups, their slices by polars."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import msgspec
import polars

from guerdon.core.errors import Refusal
from guerdon.faces.imports import faults, tables

SLICE_ROWS: Final = 20_000
SLICE_BYTES: Final = 8 * 1024 * 1024
# polars holds the compressed bytes of the wanted columns of one row group; this keeps the program below 256 MB.
ROW_GROUP_BYTES_MAX: Final = 80 * 1024 * 1024
FOOTER_BYTES_MAX: Final = 16 * 1024 * 1024
_MAGIC: Final = b"PAR1"
_PLAIN: Final = (
    polars.String, polars.Categorical, polars.Enum, polars.Boolean, polars.Decimal, polars.Float32, polars.Float64,
    polars.Date, polars.Datetime, polars.Null,
)  # fmt: skip


class Group(msgspec.Struct, frozen=True):
    """One row group: how many rows, and the compressed bytes by column."""

    rows: int
    sizes: dict[str, int]


class ParquetTable:
    """A Parquet file read in slices that never cross a row group; `line` is the row's number from 1."""

    def __init__(self, path: Path, wanted: Sequence[str]) -> None:
        self.path = path
        self._groups = read_groups(path)
        self._total = sum(group.rows for group in self._groups)
        self._read = 0
        frame = polars.scan_parquet(path)
        try:
            schema = frame.collect_schema()
        except polars.exceptions.PolarsError as error:
            raise faults.unreadable(path.name, "not_parquet", detail=str(error)[:200]) from None
        tables.places_of(path.name, schema.names(), wanted)
        for name in wanted:
            if not (schema[name].is_integer() or isinstance(schema[name], _PLAIN)):
                raise faults.unreadable(path.name, "column_type", detail=f"“{name}” is {schema[name]}")
        largest = max((sum(group.sizes.get(name, 0) for name in wanted) for group in self._groups), default=0)
        if largest > ROW_GROUP_BYTES_MAX:
            raise faults.unreadable(path.name, "row_group_too_large", detail=f"{largest >> 20} MB")
        self._frame = frame.select(wanted)
        self.places = {name: place for place, name in enumerate(wanted)}

    @property
    def fraction(self) -> float:
        return self._read / self._total if self._total else 1.0

    def rows(self) -> Iterator[tables.Row]:
        """All rows in the order of the file."""
        for first, part in self.slices():
            yield from self._numbered(part, first)

    def slices(self) -> Iterator[tuple[int, polars.DataFrame]]:
        """Parts of the file with the number of their first row."""
        begin, rows_max = 0, 1_000
        for group in self._groups:
            done = 0
            while done < group.rows:
                length = min(rows_max, group.rows - done)
                part = self._slice(begin + done, length)
                yield begin + done + 1, part
                done += length
                self._read = begin + done
                # Wide rows make short slices, so the memory does not depend on what the cells hold.
                fitting = int(SLICE_BYTES * length / (part.estimated_size() or 1))
                rows_max = max(1, min(SLICE_ROWS, 2 * rows_max, fitting))
            begin += group.rows

    def _slice(self, offset: int, length: int) -> polars.DataFrame:
        try:
            return self._frame.slice(offset, length).collect(engine="streaming")
        except polars.exceptions.PolarsError as error:
            raise faults.unreadable(self.path.name, "not_parquet", line=offset + 1, detail=str(error)[:200]) from None

    @staticmethod
    def _numbered(part: polars.DataFrame, first: int) -> Iterator[tables.Row]:
        columns = [column.to_list() for column in part.get_columns()]
        for line, cells in enumerate(zip(*columns, strict=True), first):
            yield line, cells, None


def proofread(path: Path, wanted: Sequence[str]) -> None:
    """Read all slices once in a program of their own: bytes that are damaged can make polars abort its process.

    Refuses such a file; what is wrong in any other way is left to be found, and told, by the reader itself.
    """
    command = [sys.executable, "-c", f"from {__name__} import read_through; read_through()", str(path), *wanted]
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    if subprocess.run(command, env=surroundings, capture_output=True, check=False).returncode != 0:
        raise faults.unreadable(path.name, "not_parquet")


def read_through() -> None:
    """The program of `proofread`: a path and columns on its command line, no output, success unless polars breaks."""
    with suppress(Refusal):
        table = ParquetTable(Path(sys.argv[1]), sys.argv[2:])
        for _ in table.slices():
            pass


def read_groups(path: Path) -> list[Group]:
    """The row groups from the footer; refuses a file that is not Parquet or was cut short."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(max(0, size - 8))
        tail = file.read(8)
        length = int.from_bytes(tail[:4], "little")
        if start != _MAGIC or tail[4:] != _MAGIC or not 0 < length <= min(size - 12, FOOTER_BYTES_MAX):
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
