"""What can go wrong on the command line, each told in sentences: what happened, why, what to do."""

import sqlite3
from collections.abc import Callable
from typing import Final

from guerdon.core.errors import Fact, Refusal
from guerdon.faces.cli import terminal
from guerdon.faces.cli.terminal import Failure

MIGRATE: Final = "Run `guerdon migrate`; it creates what is missing and loses nothing."
BUSY: Final = "Somebody else is writing. Try again in a moment; what was finished stays."
WHERE: Final = "GUERDON_DATABASE_URL names the database; without it, it is guerdon.db in GUERDON_HOME (or var)."

Sentence = tuple[str, str]  # what happened, with {facts}; what to do

# The refusals a command can meet; any other is told by its code and its facts.
REFUSALS: Final[dict[str, Sentence]] = {
    "programme_unknown": ("There is no programme “{key}” here.", "There are: {known}."),
    "programme_unpublished": ("The programme “{key}” has no version yet.", "Publish one: guerdon programme publish FILE"),
    "version_unknown": ("There is no version {number}.", "The last one is {last}."),
    "programme_key_changed": ("The file is programme “{got}”, not “{expected}”.", "A programme keeps its key for ever."),
    "programme_currency_changed": (
        "The programme counts in {expected}; the file says {got}.",
        "What was recorded would change its worth. Found a new programme under another key instead.",
    ),
    "unit_changed": (
        "The unit “{unit}” can't be changed like this ({what}).",
        "Points of it may be in people's hands: units stay, with the same kind and the same decimals.",
    ),
    "programme_invalid": ("The file has {problems} mistakes. The first: {first}", "See all: guerdon programme check FILE"),
    "member_unknown": (
        "There is no such member.",
        "Members are named by external id, by card:…, email:…, phone:… or mem_…",
    ),
    "identifier_invalid": ("This can't be a member's {kind} ({reason}).", ""),
    "identifier_taken": ("This {kind} belongs to another member.", ""),
    "id_malformed": ("“{got}” is not an id; it would begin with {expected}.", ""),
    "unit_unknown": ("There is no unit “{unit}”.", "There are: {known}."),
    "database_busy": ("The database is busy.", BUSY),
    "activity_before_programme": ("No version was in force on {occurred_at}; the first begins on {first}.", ""),
    "local_time_missing": ("{local} does not exist in {zone}: the clocks jump over it.", "Name another time."),
    "local_time_ambiguous": ("{local} happens twice in {zone}: the clocks go back.", "Name another time."),
}  # fmt: skip


def told(error: BaseException) -> Failure | None:
    """The failure behind an exception; None for one that is a mistake of ours."""
    if isinstance(error, Failure):
        return error
    if isinstance(error, KeyboardInterrupt):
        why = "Everything that was finished stays; what was half done was rolled back."
        return Failure("Stopped.", why=why, code=terminal.INTERRUPTED)
    if isinstance(error, Refusal):
        return refused(error)
    if isinstance(error, OSError):
        return _of_file(error)
    for known in (_of_sqlite, _of_postgresql):
        failure = known(_cause(error))
        if failure is not None:
            return failure
    return None


def refused(refusal: Refusal) -> Failure:
    """A refusal as a sentence."""
    code = terminal.NO_DATABASE if refusal.family == "busy" else terminal.UNREADABLE
    what, hint = REFUSALS.get(refusal.code, (f"Refused: {refusal}.", ""))
    facts: dict[str, Fact] = {name: "nothing" if fact in (None, "") else fact for name, fact in refusal.facts.items()}
    return Failure(what.format(**facts), hint=hint.format(**facts), code=code)


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
    ("readonly", "The database can only be read.", "The file and its folder must be writable."),
    ("full", "The disk is full.", "Make room; what was finished stays."),
    ("disk i/o", "The disk failed.", "Look at the system's log; what was finished stays."),
)


def _of_sqlite(error: BaseException) -> Failure | None:
    if not isinstance(error, sqlite3.Error):
        return None
    text = str(error).lower()
    for word, what, hint in _SQLITE:
        if word in text:
            return Failure(what, why=f"SQLite says: {error}.", hint=hint, code=terminal.NO_DATABASE)
    return None


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
