"""`guerdon insight`: closed months written as Parquet files, and what is computed of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from datetime import datetime

    from guerdon.features.programmes.queries import ProgrammeRow
    from guerdon.insight.exports.months import Report

app = typer.Typer(help="Export closed months, and compute KPIs of them.", no_args_is_help=True, rich_markup_mode=None)

Folder = Annotated[
    Path, typer.Argument(help="The folder of exports; a programme has one of its own in it.", metavar="FOLDER")
]


@app.command()
def export(folder: Folder, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """Write every closed month that is not in the folder yet, as Parquet files of its own.

    A month that is closed never changes, so each is written once; told again, its every byte is checked. It is written
    from one moment of the database, and only where the points of its postings come to what it was closed with. The
    files hold activities, lines, returns, postings, lots and what became of them, redemptions, and members by their
    ids: no names, no addresses. A month that was cut off half-way is begun anew, and nobody ever reads it.

    \b
    Examples:
      guerdon insight export exports
      guerdon insight export exports --programme aurora --json
    """
    installation.enter()
    row = installation.programme(programme)
    report = _exported(row, folder, installation.now(row))
    if as_json:
        told = [
            {"month": one.manifest.closing.month, "rows": one.manifest.rows, "written": one in report.written}
            for one in (*report.checked, *report.written)
        ]
        terminal.show_json({"programme": row.key, "folder": str(folder / row.key), "months": told})
        return
    for one in report.written:
        rows = terminal.counted(one.manifest.rows, "row")
        terminal.say(f"{one.manifest.closing.month}: {rows} written to {installation.shown(one.folder)}")
    if report.checked:
        first, last = report.checked[0].manifest.closing.month, report.checked[-1].manifest.closing.month
        terminal.say(f"{first} – {last}: as they were written." if first != last else f"{first}: as it was written.")
    if not report.written and not report.checked:
        terminal.say("No month is closed yet: guerdon close MONTH")


def _exported(row: "ProgrammeRow", folder: Path, now: "datetime") -> "Report":
    """Count what is not counted yet of closed months, and write. Raises the failure that says what is wrong."""
    import guerdon
    from guerdon.engine import closing
    from guerdon.features.closings import queries as closings
    from guerdon.insight.exports import files, months
    from guerdon.kit import snapshot, store

    for one in closings.every(store.current(), row.id):
        if one.sums is None:
            closing.count(programme_id=row.id, month=one.closing.month, now=now)
    book = installation.lawbook(row)
    try:
        with snapshot.taken() as view, terminal.progress("Writing closed months (rows)") as advance:
            own = folder / row.key
            return months.export(view, row.id, book, own, version=guerdon.__version__, advance=advance)
    except files.Damaged as error:
        raise damaged(folder / row.key, error) from None
    except OSError as error:
        why = f"{error.strerror}: {error.filename}" if error.filename else str(error)
        raise Failure(f"{folder} can't be written.", why=why) from error


def damaged(folder: Path, error: Exception) -> Failure:
    """What is wrong with an export, and what to do."""
    why = f"{str(error)[0].upper()}{str(error)[1:]}."
    hint = "Nothing was written or computed. Move the folder away and export anew: closed months never change."
    return Failure(f"The export in {folder} is not right.", why=why, hint=hint, code=terminal.FINDING)
