"""Folders of exported months as commands find them, and what is said of those that are not right."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.kpis import Span

Folder = Annotated[
    Path | None,
    typer.Argument(
        help="The folder of exports, with one for each programme; by default the installation's.", metavar="[FOLDER]"
    ),
]


def place(folder: Path | None) -> Path:
    """The folder that is meant: the one that is told, else that of the installation."""
    if folder is not None:
        return folder
    from guerdon.insight.exports import places

    return places.folder(Path(os.environ.get("GUERDON_HOME", "var")).resolve())


def own(folder: Path, programme: str | None) -> Path:
    """The folder of the programme: the one that is named, or the only one there is."""
    found = sorted(path for path in folder.glob("*") if path.is_dir())
    if programme is not None:
        found = [path for path in found if path.name == programme]
    if not found:
        hint = "A worker writes closed months by itself; guerdon insight export does it at once."
        raise Failure(f"There is no export in {installation.shown(folder)}.", hint=hint)
    if len(found) > 1:
        keys = ", ".join(path.name for path in found)
        raise Failure("There are several programmes.", hint=f"Name one with --programme: {keys}", code=terminal.USAGE)
    return found[0]


@contextmanager
def extra(package: str = "guerdon[insight]") -> Iterator[None]:
    """Around the import of what may not be installed."""
    try:
        yield
    except ImportError as error:
        hint = f"pip install '{package}'"
        raise Failure(
            "This needs packages that are not installed.", why=f"{error}.", hint=hint, code=terminal.USAGE
        ) from None


@contextmanager
def told(own: Path) -> Iterator[None]:
    """Around whatever asks an export: what can't be answered is told."""
    from guerdon.insight.kpis import asked, engines
    from guerdon.insight.roll_forward.lines import Ladders

    try:
        with sound(own):
            yield
    except Ladders as error:
        hint = "Name one with --ladder."
        raise Failure(f"{str(error)[0].upper()}{str(error)[1:]}.", hint=hint, code=terminal.USAGE) from None
    except engines.Unreachable as error:
        hint = "Without --spark this machine computes it."
        raise Failure(f"{str(error)[0].upper()}{str(error)[1:]}.", hint=hint, code=terminal.UNREADABLE) from None
    except (asked.NotExported, asked.Whole) as error:
        raise Failure(f"{str(error)[0].upper()}{str(error)[1:]}.", hint="guerdon insight export FOLDER") from None


@contextmanager
def sound(folder: Path) -> Iterator[None]:
    """Around whatever reads an export: what is wrong with it is told."""
    from guerdon.insight.exports import files

    try:
        yield
    except files.Damaged as error:
        raise damaged(folder, error) from None


def damaged(folder: Path, error: Exception) -> Failure:
    """What is wrong with an export, and what to do."""
    why = f"{str(error)[0].upper()}{str(error)[1:]}."
    hint = "Nothing was written or computed. Move the folder away and export anew: closed months never change."
    return Failure(f"The export in {folder} is not right.", why=why, hint=hint, code=terminal.FINDING)


def span(default: "Span", since: str | None, until: str | None) -> "Span":
    """The days that were told, each where it was; the others are those that are usual."""
    from guerdon.core.kpis import Span

    return Span(day(since) or default.since, day(until) or default.until)


def day(text: str | None) -> date | None:
    """A day as it is written, where one is."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise Failure(f"“{text}” is no day.", hint="Write it like 2026-10-31.", code=terminal.USAGE) from error
