"""`guerdon dump`: every row of every table as text in one order, and the hash of it all."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from guerdon.faces.cli import installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.kit.archive.shapes import Shape


def dump(
    canonical: Annotated[
        bool, typer.Option("--canonical", help="The one text that is the same on SQLite and PostgreSQL.")
    ] = False,
    to: Annotated[
        Path | None, typer.Option("--to", help="Write to this file instead of the output.", metavar="FILE")
    ] = None,
    hash_only: Annotated[bool, typer.Option("--hash", help="Write nothing but the hash of it all.")] = False,
    as_json: terminal.Json = False,
) -> None:
    """Write every row of every table as of one moment: tables by name, rows by key, each a line of JSON.

    A table begins with a line that names its columns. The same content gives the same text on SQLite and PostgreSQL, so
    two databases are the same where `guerdon dump --canonical --hash` says the same; it is the SHA-256 of the text.
    Personal data stay sealed in it. `guerdon backup` writes the same rows into a file that can be restored.

    \b
    Examples:
      guerdon dump --canonical --hash
      guerdon dump --canonical --to everything.jsonl
      guerdon dump --canonical | grep '^{"table"'
    """
    if not canonical:
        hint = "There is one kind of dump: guerdon dump --canonical"
        raise Failure("Say --canonical.", hint=hint, code=terminal.USAGE)
    installation.enter()
    from guerdon.kit import snapshot
    from guerdon.kit.archive import backup

    silent = hash_only or (as_json and to is None)
    with (
        _sink(to, silent=silent) as file,
        snapshot.taken() as view,
        terminal.progress("Writing every row", total=backup.count(view)) as advance,
    ):
        found = backup.dump(view, lambda shape: _into(shape, file), advance)
    if as_json:
        terminal.show_json(
            {"sha256": found.sha256, "rows": found.rows, "tables": {one.shape.table: one.rows for one in found.tables}}
        )
    elif hash_only:
        terminal.say(found.sha256)
    else:
        terminal.note(f"{terminal.counted(found.rows, 'row')}, hash {found.sha256}")


@contextmanager
def _sink(to: Path | None, *, silent: bool) -> Iterator[BinaryIO | None]:
    if silent:
        yield None
    elif to is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        with to.open("xb") as file:
            yield file


@contextmanager
def _into(shape: "Shape", file: BinaryIO | None) -> Iterator[Callable[[bytes], None]]:
    def write(text: bytes) -> None:
        if file is not None:
            file.write(text)

    yield write
