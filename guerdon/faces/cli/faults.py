"""What can go wrong on the command line, each told in sentences: what happened, why, what to do."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from guerdon.core.errors import Refusal
from guerdon.faces import refusals
from guerdon.faces.cli import installation, stopped, terminal
from guerdon.faces.cli.terminal import Failure

MIGRATE: Final = "Run `guerdon migrate`; it creates what is missing and loses nothing."
BUSY: Final = "Somebody else is writing. Try again in a moment; what was finished stays."
READ_ONLY: Final = (
    "The file and its folder must be writable: SQLite keeps its log beside it, also to read."
    " Is the disk mounted read-only?"
)
WHERE: Final = "GUERDON_DATABASE_URL names the database; without it, it is guerdon.db in GUERDON_HOME (or var)."

# What to do about a refusal, where a person at a terminal does something else than a caller of the API.
HINTS: Final[dict[str, str]] = {
    "programme_unknown": "There are: {known}. `guerdon programme list` shows them.",
    "programme_unpublished": "Publish a version: guerdon programme publish FILE",
    "programme_invalid": "See all mistakes: guerdon programme check FILE",
    "member_unknown": "A member is named by external id, or by card:…, email:…, phone:… or mem_…",
    "database_busy": BUSY,
}


def told(error: BaseException) -> Failure | None:
    """The failure behind an exception; None for one that is a mistake of ours."""
    if isinstance(error, Failure):
        return error
    if isinstance(error, KeyboardInterrupt):
        return Failure(stopped.WHAT, why=stopped.WHY, hint=stopped.HINT, code=stopped.CODE)
    if isinstance(error, Refusal):
        return refused(error)
    if isinstance(error, OSError):
        return _of_file(error)
    if "InvalidToken" in (
        type(error).__name__,
        type(error.__cause__).__name__,
    ):  # of cryptography, which is slow to load for a name
        why = "The installation's secret is not the one with which they were sealed."
        hint = "GUERDON_SECRET, or the file `secret` in GUERDON_HOME, must be the one of this database."
        return Failure("Personal data can't be opened.", why=why, hint=hint, code=terminal.UNREADABLE)
    if type(error).__name__ == "SecretMissing":  # of the kit, whose module loads cryptography, too
        return secret_missing("The installation has no secret, without which nothing private is found or kept.")
    for known in (_of_sqlite, _of_postgresql):
        failure = known(_cause(error))
        if failure is not None:
            return failure
    return None


def secret_missing(what: str, *, sealed: bool = False) -> Failure:
    """There is no secret; where something is `sealed` with the one that was, only that one helps."""
    where = "GUERDON_SECRET, or the file `secret` in GUERDON_HOME"
    hint = f"Bring it back: {where}. It is in the backup that was made apart from the database."
    if not sealed:
        hint += "\nWhere there are no personal data yet, `guerdon migrate` makes a new one."
    return Failure(what, hint=hint, code=terminal.UNREADABLE)


def refused(refusal: Refusal) -> Failure:
    """A refusal as sentences, as the programme of the command names things, with the hint that helps at a terminal."""
    code = terminal.NO_DATABASE if refusal.family == "busy" else terminal.UNREADABLE
    programme = installation.wording() if refusals.speaks_of_programme(refusal) else None
    try:
        telling = refusals.tell(refusal, "en", programme)
    except KeyError:  # a refusal without a sentence is a gap in the table, not the user's mistake
        return Failure(f"Refused: {refusal}.", code=code)
    hint = HINTS.get(refusal.code)
    facts = {name: fact or "none" for name, fact in refusal.facts.items()}
    return Failure(telling.cause, hint=telling.cure if hint is None else hint.format(**facts), code=code)


def _of_file(error: OSError) -> Failure | None:
    if error.filename is None:
        return None
    reason = (error.strerror or "it can't be read").lower()
    return Failure(f"{error.filename}: {reason}.", code=terminal.UNREADABLE)


def _cause(error: BaseException) -> BaseException:
    """The driver's own exception behind Django's."""
    return error.__cause__ if error.__cause__ is not None and type(error).__module__ == "django.db.utils" else error


_SQLITE: Final[tuple[tuple[str, str, str], ...]] = (
    ("unable to open", "The database file can't be opened.", WHERE),
    ("locked", "The database is busy.", BUSY),
    ("busy", "The database is busy.", BUSY),
    ("no such table", "The database is not set up yet.", MIGRATE),
    ("no such column", "The database is older than this program.", MIGRATE),
    ("not a database", "The file is not a database.", WHERE),
    ("malformed", "The database file is damaged.", "Restore it from a backup."),
    ("readonly", "The database can only be read.", READ_ONLY),
    ("full", "The disk is full.", "Make room; what was finished stays."),
    ("disk i/o", "The disk failed.", "Look at the system's log; what was finished stays."),
)


def _of_sqlite(error: BaseException) -> Failure | None:
    if not isinstance(error, sqlite3.Error):
        return None
    text = str(error).lower()
    if "unable to open" in text and _unwritable():
        text = "readonly"  # SQLite does not say so where it can't make its log beside the file
    for word, what, hint in _SQLITE:
        if word in text:
            return Failure(what, why=f"SQLite says: {error}.", hint=hint, code=terminal.NO_DATABASE)
    return None


def _unwritable() -> bool:
    """Whether the database file is there, in a folder where nothing can be written: a read-only disk, for instance."""
    from django.conf import settings

    path = Path(settings.DATABASES["default"]["NAME"]) if settings.configured else Path()
    return path.is_file() and not os.access(path.parent, os.W_OK)


def _of_postgresql(error: BaseException) -> Failure | None:
    if not type(error).__module__.startswith("psycopg"):
        return None
    import psycopg

    kinds: tuple[tuple[type[psycopg.Error], Callable[[str], Failure]], ...] = (
        (psycopg.errors.UndefinedTable, _missing("The database is not set up yet.")),
        (psycopg.errors.UndefinedColumn, _missing("The database is older than this program.")),
        (psycopg.errors.LockNotAvailable, _busy),
        (psycopg.errors.QueryCanceled, _busy),
        (psycopg.errors.DiskFull, _unreachable),
        (psycopg.OperationalError, _unreachable),
    )
    for kind, tell in kinds:
        if isinstance(error, kind):
            return tell(" ".join(str(error).split()))
    return None


def _missing(what: str) -> Callable[[str], Failure]:
    return lambda text: Failure(what, why=text, hint=MIGRATE, code=terminal.NO_DATABASE)


def _busy(text: str) -> Failure:
    return Failure("The database is busy.", why=text, hint=BUSY, code=terminal.NO_DATABASE)


def _unreachable(text: str) -> Failure:
    return Failure("The database can't be reached.", why=text, hint=WHERE, code=terminal.NO_DATABASE)
