"""The folder of an export: a month is a folder of Parquet files with its manifest, there whole or not at all."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
import polars as pl

from guerdon.core import limits
from guerdon.core.closing import Closing, Sums
from guerdon.insight.exports.shapes import LATER, TABLES, Row, Shape

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
MONTH: Final = "month="  # what engines read as a column of all that lies below
_DRAFT: Final = ".draft-"
Progress = Callable[[int], None]


class Damaged(Exception):
    """An export that is not what it says it is: nothing is to be computed from it."""


class Part(msgspec.Struct, frozen=True):
    """One file of a table: how many rows and bytes, and its hash."""

    name: str
    rows: int
    bytes: int
    sha256: str


class Table(msgspec.Struct, frozen=True):
    """A table of a month: its rows, the sums of its columns, its files."""

    rows: int
    sums: dict[str, int]
    parts: tuple[Part, ...]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a month is: of which programme, its borders in the journal, what is in it, what it came to.

    `since` is the number at which the month before was closed; `previous` the hash of its manifest, so that no month
    can go missing or be another one than the next was written after.
    """

    format: int
    version: str
    programme_id: str
    programme: str
    zone: str
    currency: str
    closing: Closing
    since: int | None
    previous: str | None
    sums: tuple[Sums, ...]
    tables: dict[str, Table]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(table.rows for table in self.tables.values())


class Month(msgspec.Struct, frozen=True):
    """A month that is there, where it lies, and the hash of its manifest."""

    folder: Path
    manifest: Manifest
    sha256: str


class Sheet:
    """A table on its way to disk: rows come in, files of at most `EXPORT_ROWS_MAX` rows go out."""

    def __init__(self, folder: Path, shape: Shape) -> None:
        folder.mkdir()
        self._folder = folder
        self._schema = pl.Schema(shape.columns)
        self._rows: list[Row] = []
        self._sums = dict.fromkeys(shape.summed, 0)
        self._parts: list[Part] = []

    def add(self, row: Row) -> None:
        self._rows.append(row)
        if len(self._rows) >= limits.EXPORT_ROWS_MAX:
            self._write()

    def close(self) -> Table:
        """Write what is left; a table without rows has one empty file, so that its columns are known."""
        if self._rows or not self._parts:
            self._write()
        _sync(self._folder)
        return Table(sum(part.rows for part in self._parts), self._sums, tuple(self._parts))

    def _write(self) -> None:
        frame = pl.DataFrame(self._rows, schema=self._schema, orient="row")
        for column in self._sums:
            self._sums[column] += int(frame[column].sum())
        path = self._folder / f"{len(self._parts):05}.parquet"
        with path.open("xb") as file:
            frame.write_parquet(file, compression="zstd", statistics=True)
            file.flush()
            os.fsync(file.fileno())
        self._parts.append(Part(path.name, frame.height, path.stat().st_size, _hash(path)))
        self._rows = []


class Draft:
    """A month that is being written, under a name that no reader looks at."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sheets = {name: Sheet(folder / name, shape) for name, shape in TABLES.items()}

    def close(self) -> dict[str, Table]:
        return {name: sheet.close() for name, sheet in self.sheets.items()}


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Alone in the folder of a programme; what somebody left half written there is cleared away. Raises Damaged."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Damaged("somebody else is writing into it") from None
        for left in folder.glob(f"{_DRAFT}*"):
            shutil.rmtree(left)
        yield


@contextmanager
def drafted(folder: Path, month: str) -> Iterator[Draft]:
    """A draft of a month, gone where the block raises."""
    path = folder / f"{_DRAFT}{month}"
    path.mkdir()
    try:
        yield Draft(path)
    except BaseException:
        shutil.rmtree(path)
        raise


def publish(draft: Draft, folder: Path, manifest: Manifest) -> Month:
    """Give a draft its name, once all of it is on disk: whoever reads sees the whole month or none of it."""
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    with (draft.folder / MANIFEST).open("xb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _sync(draft.folder)
    path = folder / f"{MONTH}{manifest.closing.month}"
    draft.folder.rename(path)
    _sync(folder)
    return Month(path, manifest, hashlib.sha256(text).hexdigest())


def months(folder: Path) -> list[Month]:
    """The months that are there, in their order, each following the one before. Raises Damaged."""
    found = sorted(folder.glob(f"{MONTH}*"))
    read: list[Month] = []
    for path in found:
        month = _month(path)
        before = read[-1] if read else None
        if month.manifest.previous != (before.sha256 if before else None):
            raise Damaged(f"{path.name} does not follow {before.folder.name if before else 'nothing'}: one is missing")
        for name, table in month.manifest.tables.items():
            for part in table.parts:
                file = path / name / part.name
                if not file.is_file() or file.stat().st_size != part.bytes:
                    raise Damaged(f"{path.name}/{name}/{part.name} is missing or not as long as it was written")
        read.append(month)
    return read


def has(folder: Path, month: str) -> bool:
    """Whether a month is in the folder of a programme; nothing is read."""
    return (folder / f"{MONTH}{month}" / MANIFEST).is_file()


def lacks(month: Month, what: str) -> bool:
    """Whether a month was written before there was a table, or a column of one (`table.column`)."""
    name, _, column = what.partition(".")
    if name not in month.manifest.tables:
        return True
    first = month.folder / name / month.manifest.tables[name].parts[0].name
    return bool(column) and column not in pl.read_parquet_schema(first)


def check(month: Month, progress: Progress) -> None:
    """Read every byte of a month. Raises Damaged for the first file that is not as it was written."""
    for name, table in month.manifest.tables.items():
        for part in table.parts:
            if _hash(month.folder / name / part.name) != part.sha256:
                raise Damaged(f"{month.folder.name}/{name}/{part.name} is not as it was written")
        progress(table.rows)


def _month(path: Path) -> Month:
    try:
        text = (path / MANIFEST).read_bytes()
        told = msgspec.json.decode(text, type=_Format)
        if told.format != FORMAT:
            raise Damaged(f"{path.name} is of the format {told.format}; this version of Guerdon reads {FORMAT}")
        manifest = msgspec.json.decode(text, type=Manifest)
    except FileNotFoundError:
        raise Damaged(f"{path.name} has no manifest") from None
    except msgspec.MsgspecError as error:
        raise Damaged(f"the manifest of {path.name} can't be read: {error}") from None
    known = TABLES.keys() - LATER <= manifest.tables.keys() <= TABLES.keys()
    if path.name != f"{MONTH}{manifest.closing.month}" or not known:
        raise Damaged(f"the manifest of {path.name} is of another month, or of other tables")
    return Month(path, manifest, hashlib.sha256(text).hexdigest())


class _Format(msgspec.Struct):
    format: int


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(folder: Path) -> None:
    """Make what a folder names durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
