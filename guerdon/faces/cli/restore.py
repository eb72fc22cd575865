"""`guerdon restore`: a backup becomes a database again, on either engine, and is proved before anybody uses it."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import backup as backups
from guerdon.faces.cli import erased, installation, migrate, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.insight.verify import Report
    from guerdon.kit.archive.backup import Manifest


def restore(
    file: Annotated[Path, typer.Argument(help="A backup that `guerdon backup` wrote.")],
    into: Annotated[
        str | None,
        typer.Option("--into", help="The database to fill, instead of GUERDON_DATABASE_URL.", metavar="ADDRESS"),
    ] = None,
    as_json: terminal.Json = False,
) -> None:
    """Fill an empty database from a backup, and prove it.

    Every byte of the file is checked before anything is written. Then tables are made as they were, rows come in,
    guards and counters are put back, what came back is compared with what was backed up, the database is brought up to
    this version, members on the list `erased.jsonl` beside the file are erased again, and every invariant is proved.
    Stopped in the middle, the database is not served; begin again.

    The backup may come from the other engine: that is how an installation moves from SQLite to PostgreSQL or back.

    \b
    Ends with 1 when the backup is damaged, an invariant is broken, or none could be proved for want of the secret.

    \b
    Examples:
      guerdon restore guerdon-2026-11-28T020000Z.tar
      guerdon restore shop.tar --into postgresql://guerdon@localhost/guerdon
      GUERDON_HOME=/srv/new guerdon restore shop.tar
    """
    if into is not None:
        os.environ["GUERDON_DATABASE_URL"] = into
    began = time.monotonic()
    installation.settle()
    from guerdon.kit import secrets, store
    from guerdon.kit.archive import restoration

    told = backups.checked(file)
    installation.enter(create=True, unfinished=True)
    _check_empty()
    _bring_secret(file, told)
    _fill(file, told)
    applied = migrate.apply()
    if secrets.present():
        migrate.provide_key()
    able = secrets.present()  # without the secret nothing sealed can be found, neither to be erased nor to be proved
    gone = erased.again(file.parent) if able else 0
    restoration.end(store.current())
    report = _proved() if able else None
    spent = time.monotonic() - began
    holds = report is not None and report.ok
    if as_json:
        figures = {"seconds": round(spent, 1), "applied": applied, "erased_again": gone, "holds": holds}
        terminal.show_json({**figures, **backups.summary(told)})
    else:
        _show(told, report, spent)
        if applied:
            steps = terminal.counted(len(applied), "step")
            terminal.note(f"The database was brought up to this version: {steps}.")
        if gone:
            terminal.note(f"Erased again, for the list of the erased names them: {terminal.counted(gone, 'member')}.")
    if not holds:
        raise typer.Exit(terminal.FINDING)


def _bring_secret(file: Path, told: "Manifest") -> None:
    """Put the secret in place where the backup has it; with another one nothing sealed could be read."""
    from guerdon.kit import secrets
    from guerdon.kit.archive import backup, chest

    mine = backups.marks()
    if told.with_secret and (not mine or told.secret_mark in mine):
        with chest.opened(file) as opened:
            secrets.adopt(installation.home(), opened.whole(backup.SECRET).decode(), told.secret_mark)
        mine = backups.marks()
    if mine and told.secret_mark is not None and told.secret_mark not in mine:
        raise Failure(
            "The secret here is not the one of this backup.",
            why="Names, e-mail addresses and whatever else is sealed in it could not be read with this one.",
            hint="Set GUERDON_SECRET to that of the backup, or put its file `secret` into GUERDON_HOME; or name it in\n"
            "GUERDON_SECRET_FORMER, beside yours.\n"
            "Where nothing is kept here yet, take this one away.",
            code=terminal.UNREADABLE,
        )
    if mine and not set(told.former_marks) <= set(mine):
        raise Failure(
            "A former secret of this backup is not here.",
            why="It was made before the former one was taken away: part of it may be sealed with that one.",
            hint="Name it in GUERDON_SECRET_FORMER, or put the file `secret.former` of that day into GUERDON_HOME.",
            code=terminal.UNREADABLE,
        )


def _check_empty() -> None:
    from guerdon.kit import store
    from guerdon.kit.archive import restoration

    table = restoration.occupied(store.current())
    if table is not None:
        raise Failure(
            "The database is not empty.",
            why=f"The table {table} holds rows; a restore never writes into what is there.",
            hint="Name an empty one with --into, or GUERDON_DATABASE_URL; for SQLite a file that is not there yet.",
            code=terminal.USAGE,
        )


def _fill(file: Path, told: "Manifest") -> None:
    from guerdon.kit.archive import chest, restoration

    try:
        with (
            chest.opened(file) as opened,
            terminal.progress("Restoring, then comparing (rows)", total=2 * told.rows) as advance,
        ):
            restoration.run(opened, told, progress=advance)
    except restoration.Refused as error:
        raise Failure("This backup can't be restored here.", why=str(error), hint=error.hint) from None
    except chest.Damaged as error:
        raise Failure("The restore failed.", why=f"It says: {error}.", code=terminal.FINDING) from None


def _proved() -> "Report":
    from guerdon.features.members import queries as members
    from guerdon.features.programmes import queries as programmes
    from guerdon.insight import verify as proof
    from guerdon.kit import store

    at_hand = store.current()
    accounts = sum(members.count(at_hand, row.id) for row in programmes.every(at_hand))
    with terminal.progress("Proving every invariant (members)", total=accounts) as advance:
        return proof.run(None, advance)


def _show(told: "Manifest", report: "Report | None", spent: float) -> None:
    terminal.say(
        f"✓ {terminal.counted(told.rows, 'row')} are back as they were on {told.made_at:%Y-%m-%d %H:%M:%S} UTC,"
        f" in {terminal.duration(spent)}.",
        style="green",
    )
    for verdict in report.broken if report is not None else ():
        terminal.say(f"✗ {verdict.name}  {verdict.sentence}: {verdict.first}", style="bold red")
    if report is None:
        terminal.warn(
            "The secret of this installation is not here. Without it nothing sealed can be read, nobody could be"
        )
        terminal.warn(
            "erased again, and the invariants were not proved. Bring it – GUERDON_SECRET, or the file `secret` in"
        )
        terminal.warn("GUERDON_HOME – then `guerdon verify`; where `erased.jsonl` names somebody, restore once more.")
        return
    if report.ok:
        terminal.say("✓ Every invariant holds.", style="green")
    terminal.note("Next: `guerdon serve`. Whatever happened after the backup was made is not in it: news that had left")
    terminal.note("by then may leave again; who was erased later than the list beside the backup is there again.")
