"""The installation a command works on: where it lives, its database, its programmes."""

import os
import shutil
import sys
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.core.errors import Refusal
from guerdon.faces.cli import terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from guerdon.core.programme import Programme
    from guerdon.engine.adjust import Actor as Doer
    from guerdon.features.looks.queries import Looker
    from guerdon.features.programmes.queries import Lawbook, ProgrammeRow
    from guerdon.kit.audit import Actor

ProgrammeKey = Annotated[
    str | None,
    typer.Option("--programme", "-p", help="The programme's key; not needed where there is only one.", metavar="KEY"),
]


_chosen: "list[ProgrammeRow]" = []  # the programme that the command is about, once it is known


def settle() -> None:
    """Set Django up without touching the database."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ValueError as error:  # an address that is none; the settings say which
        raise Failure(str(error), code=terminal.USAGE) from error
    except ImproperlyConfigured as error:
        raise Failure("The settings are not right.", why=str(error), code=terminal.USAGE) from error


def enter(*, create: bool = False, unfinished: bool = False) -> None:
    """Set Django up and make sure that the database answers; raises the failures that say what is wrong.

    A database file that is not there is made only where `create` says so; one whose restore never came to its end is
    entered only where `unfinished` says so.
    """
    settle()
    _chosen.clear()
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not create and not Path(name).exists():
        hint = "`guerdon demo` makes one with a café in it, `guerdon migrate` an empty one."
        raise Failure(f"There is no database at {shown(Path(name))} yet.", hint=hint, code=terminal.NO_DATABASE)
    if connection.vendor == "sqlite" and create:
        _make_file(Path(name).resolve())
    connection.ensure_connection()
    if not unfinished:
        _refuse_half()


def _refuse_half() -> None:
    """Half a database is none."""
    from guerdon.kit import store
    from guerdon.kit.archive import shapes

    if shapes.marked(store.current()):
        what = "A restore of this database began and never came to its end, so it is not whole."
        raise Failure(what, hint="Begin it again: guerdon restore FILE", code=terminal.NO_DATABASE)


def _make_file(path: Path) -> None:
    """An empty database file that only its owner can read, where there is none; SQLite's other files follow."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def home() -> Path:
    """The folder of everything this installation keeps; made where it is not there."""
    from django.conf import settings

    found: Path = settings.HOME
    found.mkdir(parents=True, exist_ok=True)
    return found


def program() -> str:
    """How this program is called from here: its name where the shell finds it, else its path."""
    called = Path(sys.argv[0])
    if called.name != "guerdon" or shutil.which("guerdon") is not None:
        return "guerdon"
    return shown(called)


def shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    try:
        near = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return near if len(near) < len(str(path)) and not near.startswith("../..") else str(path)


def programme(key: str | None) -> "ProgrammeRow":
    """The programme of this key, or the only one there is; the command is about it from now on."""
    return chosen(_programme(key))


def chosen(row: "ProgrammeRow") -> "ProgrammeRow":
    """The programme, which the command is about from now on."""
    _chosen[:] = [row]
    return row


def wording() -> "Programme | None":
    """The programme in whose names, currency and zone a refusal is told; None where the command is about none."""
    from guerdon.features.programmes.queries import PROGRAMME_UNPUBLISHED

    for row in _chosen:
        try:
            return lawbook(row).current(now(row)).programme
        except Refusal as refusal:
            if refusal.kind is not PROGRAMME_UNPUBLISHED:
                raise
    return None


def _programme(key: str | None) -> "ProgrammeRow":
    from guerdon.features.programmes import queries
    from guerdon.kit import store

    at_hand = store.current()
    if key is not None:
        return queries.by_key(at_hand, key)
    found = queries.every(at_hand)
    if not found:
        raise Failure("There is no programme yet.", hint="Publish one: guerdon programme publish FILE")
    if len(found) > 1:
        keys = ", ".join(one.key for one in found)
        raise Failure("There are several programmes.", hint=f"Name one with --programme: {keys}", code=terminal.USAGE)
    return found[0]


def lawbook(row: "ProgrammeRow") -> "Lawbook":
    """All versions of the programme."""
    from guerdon.features.programmes import queries
    from guerdon.kit import store

    at_hand = store.current()
    versions = len(queries.all_versions(at_hand, row.id))
    if not versions:
        raise queries.PROGRAMME_UNPUBLISHED(key=row.key)
    return queries.lawbook(at_hand, row.id, versions=versions)


def looker(purpose: str) -> "Looker":
    """Who looks at personal data by a command."""
    from guerdon.features.looks.queries import Looker

    return Looker("command", who(), who(), purpose)


def doer() -> "Doer":
    """Whoever sits at the terminal, by name."""
    from guerdon.engine.adjust import Actor

    return Actor(who(), who())


def actor() -> "Actor":
    """Whoever sits at the terminal, for the book of who did what."""
    from guerdon.kit.audit import Actor

    return Actor("operator", who())


def who() -> str:
    """Who sits at the terminal, as the computer knows them."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a user database
        return "console"


def now(row: "ProgrammeRow") -> datetime:
    """What time it is in the programme: real time, or where its test clock stands."""
    from guerdon.features.programmes import clocks
    from guerdon.kit import clock

    clocks.note(row.id, row.clock)
    return clocks.now(row.id, clock.now())


def moment(text: str | None, zone: "ZoneInfo", option: str, *, now: datetime) -> datetime:
    """An instant a person typed: a day (its local midnight), or a day and a local time; `now` where nothing was."""
    from guerdon.core import period

    if text is None:
        return now
    try:
        if len(text) == len("2026-01-31"):
            return period.midnight(date.fromisoformat(text), zone)
        told = datetime.fromisoformat(text)
    except ValueError:
        example = "write 2026-01-31, or 2026-01-31T15:00"
        raise Failure(f"{option}: “{text[:40]}” is no day and no time.", hint=example, code=terminal.USAGE) from None
    return told if told.tzinfo is not None else period.instant(told, zone)
