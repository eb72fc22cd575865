"""Folders of exported months as commands are told them: which programme, which days, and what is wrong with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from guerdon.faces.cli import terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.kpis import Span


def damaged(folder: Path, error: Exception) -> Failure:
    """What is wrong with an export, and what to do."""
    why = f"{str(error)[0].upper()}{str(error)[1:]}."
    hint = "Nothing was written or computed. Move the folder away and export anew: closed months never change."
    return Failure(f"The export in {folder} is not right.", why=why, hint=hint, code=terminal.FINDING)


@contextmanager
def extra() -> Iterator[None]:
    """What is imported within may not be installed."""
    try:
        yield
    except ImportError as error:
        hint = "pip install 'guerdon[insight]'"
        raise Failure(
            "This needs packages that are not installed.", why=f"{error}.", hint=hint, code=terminal.USAGE
        ) from None


@contextmanager
def told(own: Path) -> Iterator[None]:
    """What goes wrong within is said."""
    from guerdon.insight.exports import files
    from guerdon.insight.kpis import answers, tables

    try:
        yield
    except files.Damaged as error:
        raise damaged(own, error) from None
    except (tables.NotExported, answers.Whole) as error:
        raise Failure(f"{str(error)[0].upper()}{str(error)[1:]}.", hint="guerdon insight export FOLDER") from None


def own_folder(folder: Path, programme: str | None) -> Path:
    """The folder of the programme: the one that is named, or the only one there is."""
    found = sorted(path for path in folder.glob("*") if path.is_dir())
    if programme is not None:
        found = [path for path in found if path.name == programme]
    if not found:
        raise Failure(f"There is no export in {folder}.", hint=f"guerdon insight export {folder}")
    if len(found) > 1:
        keys = ", ".join(path.name for path in found)
        raise Failure("There are several programmes.", hint=f"Name one with --programme: {keys}", code=terminal.USAGE)
    return found[0]


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
