"""A backup: the database as of one moment in one file, with what it is and how much, and the check of such a file."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from guerdon.kit import clock
from guerdon.kit.archive import chest, lines, shapes
from guerdon.kit.archive.chest import Damaged, Opened
from guerdon.kit.archive.lines import Hashing
from guerdon.kit.archive.shapes import Shape
from guerdon.kit.snapshot import Snapshot

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SECRET: Final = "secret"  # noqa: S105 - the name of the part
Progress = Callable[[int], None]
Write = Callable[[bytes], None]


class Table(msgspec.Struct, frozen=True):
    """A table in a backup: its shape, how many rows, and the hash of its lines."""

    shape: Shape
    rows: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup is: by which version, from which engine, as of when, with what in it."""

    format: int
    version: str
    engine: str
    made_at: datetime
    migrations: list[tuple[str, str]]
    tables: list[Table]
    sha256: str  # of all lines of all tables: what `guerdon dump --canonical` writes
    with_secret: bool
    secret_mark: str | None  # by which the secret that belongs to it is known; it tells nothing of it
    former_marks: list[str] = []  # and the former ones, with which something in it may be sealed

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(one.rows for one in self.tables)


class Dumped(msgspec.Struct, frozen=True):
    """What a dump came to."""

    tables: list[Table]
    sha256: str

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(one.rows for one in self.tables)


def name(shape: Shape) -> str:
    """The part of a table."""
    return f"tables/{shape.table}.jsonl.gz"


def count(view: Snapshot) -> int:
    """How many rows there are in all."""
    return sum(lines.count(view, shape) for shape in shapes.every(view))


def dump(view: Snapshot, into: Callable[[Shape], AbstractContextManager[Write]], progress: Progress) -> Dumped:
    """Write every table of the snapshot, each into the sink that `into` opens for it."""
    hashing = Hashing()
    tables = []
    for shape in shapes.every(view):
        hashing.table()
        rows = 0
        with into(shape) as write:
            for text, more in _told(view, shape):
                hashing.add(text)
                write(text)
                rows += more
                progress(more)
        tables.append(Table(shape.plain, rows, hashing.of_table))
    return Dumped(tables, hashing.of_all)


def _told(view: Snapshot, shape: Shape) -> Iterator[tuple[bytes, int]]:
    yield lines.header(shape), 0
    yield from lines.pieces(view, shape)


def write(
    path: Path, view: Snapshot, *, version: str, secret: str | None, marks: Sequence[str], progress: Progress
) -> Manifest:
    """Write a backup of what the snapshot sees, sealed with the secrets of these marks, the present one first.
    `secret` goes into it where it is given."""
    made_at = clock.now()
    mark, former = (marks[0], list(marks[1:])) if marks else (None, [])
    with chest.made(path) as file:
        found = dump(view, lambda shape: file.part(name(shape)), progress)
        if secret is not None:
            with file.part(SECRET) as put:
                put(secret.encode())
        manifest = Manifest(
            format=FORMAT, version=version, engine="postgresql" if view.postgresql else "sqlite", made_at=made_at,
            migrations=shapes.applied(view), tables=found.tables, sha256=found.sha256,
            with_secret=secret is not None, secret_mark=mark, former_marks=former,
        )  # fmt: skip
        with file.part(MANIFEST) as put:
            put(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    return manifest


def manifest(file: Opened) -> Manifest:
    """What the backup says it is. Raises Damaged."""
    try:
        told = msgspec.json.decode(file.whole(MANIFEST), type=_Format)
        if told.format != FORMAT:
            raise Damaged(f"it is of the format {told.format}, and this version of Guerdon reads the format {FORMAT}")
        return msgspec.json.decode(file.whole(MANIFEST), type=Manifest)
    except msgspec.MsgspecError as error:
        raise Damaged(f"its manifest can't be read: {error}") from None


class _Format(msgspec.Struct):
    format: int


def check(file: Opened, progress: Progress) -> Manifest:
    """Prove that every byte is as it was written, and that every table is what the manifest says. Raises Damaged.

    Progress counts the bytes of the file, which is read twice.
    """
    file.check(progress)
    told = manifest(file)
    wanted = {MANIFEST, chest.SUMS, *([SECRET] if told.with_secret else []), *(name(one.shape) for one in told.tables)}
    if wanted != set(file.parts):
        raise Damaged(f"its parts are not those of its manifest: {', '.join(sorted(wanted ^ set(file.parts))[:5])}")
    hashing = Hashing()
    for table in told.tables:
        hashing.table()
        rows = -1  # the heading is none
        for text in file.lines(name(table.shape)):
            hashing.add(text)
            rows += text.count(b"\n")
        if (rows, hashing.of_table) != (table.rows, table.sha256):
            raise Damaged(f"the table {table.shape.table} is not what the manifest says")
        progress(file.parts[name(table.shape)].size)
    if hashing.of_all != told.sha256:
        raise Damaged("its tables are not what the manifest says")
    return told


def compare(view: Snapshot, told: Manifest, progress: Progress) -> list[str]:
    """What differs between a database and a backup, in sentences; nothing where they are the same."""
    found = {one.shape.table: one for one in dump(view, _nowhere, progress).tables}
    return [
        f"the table {table.shape.table} has {found[table.shape.table].rows:,} rows for {table.rows:,}"
        if found[table.shape.table].rows != table.rows
        else f"the rows of the table {table.shape.table} differ"
        for table in told.tables
        if found[table.shape.table].sha256 != table.sha256
    ]


@contextmanager
def _nowhere(shape: Shape) -> Iterator[Write]:
    yield lambda text: None


def summed(view: Snapshot, progress: Progress) -> Dumped:
    """The hash of a database, and of each of its tables, without writing them anywhere."""
    return dump(view, _nowhere, progress)
