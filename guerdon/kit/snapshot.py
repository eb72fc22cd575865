"""One consistent view of the whole database, on a connection of its own, that never makes a writer wait."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from django.db import connection as django_connection

from guerdon.kit import wire
from guerdon.kit.store import Statement, Store

ROWS_PER_FETCH: Final = 5_000
_CAST: Final = re.compile(r"::[a-z]+")
_ID: Final = re.compile(r"\[id ([A-Za-z_. ]+)\]")
# A reader that sees every page once needs no large cache, and what it sorts goes to disk rather than into memory.
_SQLITE: Final = ("PRAGMA cache_size=-16384", "PRAGMA temp_store=FILE", "PRAGMA query_only=ON")


def both(text: str) -> Statement:
    """One text for both databases: written for PostgreSQL, where SQLite needs no casts.

    `[id p.account_id]` is the column as 32 hex digits, made by the server: faster for many rows than a loader here.
    """
    server = _ID.sub(r"encode(uuid_send(\1), 'hex')", text)
    return Statement(server, sqlite=_CAST.sub("", _ID.sub(r"\1", text)))


class Snapshot(Store):
    """A store that only reads, and sees the database as it stood at its first read, whatever is written meanwhile."""

    def __init__(self) -> None:
        self._own = django_connection.copy()
        self._own.ensure_connection()
        self.raw: Any = self._own.connection
        self.postgresql = self._own.vendor == "postgresql"
        self._begun = False
        self._streams = 0
        if self.postgresql:
            self._wire = wire.Wire(self.raw)
        else:
            self._cursor: Any = self.raw.cursor()

    def begin(self, moment: str | None = None) -> None:
        """Fix the moment that all reads see: now, or that of another process, which it told (`moment`)."""
        assert not self._begun, "one moment at a time"
        self._begun = True
        if self.postgresql:
            self._command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            if moment is not None:
                self._command(f"SET TRANSACTION SNAPSHOT '{moment}'")
            return
        for pragma in _SQLITE:
            self._command(pragma)
        self._command("BEGIN")  # deferred: a reader in WAL, which nobody waits for
        self._cursor.execute("SELECT 1 FROM sqlite_master").fetchone()

    def moment(self) -> str:
        """What another process needs to see the same; on SQLite nothing can be told, and `Watch` compares."""
        if not self.postgresql:
            return ""
        return str(self._wire.run("SELECT pg_export_snapshot()", ())[0][0])

    def end(self) -> None:
        """Let the moment go, if there is one; another can begin."""
        if self._begun:
            self._command("ROLLBACK")
            self._begun = False

    def stream(self, statement: Statement, **params: object) -> Iterator[tuple[Any, ...]]:
        """Run a statement and yield its rows a few thousand at a time, so that memory does not grow with the answer.

        On PostgreSQL ids must be asked for as `[id …]`.
        """
        if not self.postgresql:
            yield from self.raw.execute(statement.sqlite or statement.text, params)
            return
        self._streams += 1
        with psycopg.RawServerCursor(self.raw, f"stream_{self._streams}") as cursor:
            cursor.itersize = ROWS_PER_FETCH
            cursor.execute(statement.postgresql, [params[name] for name in statement.names])
            yield from cursor

    def close(self) -> None:
        self._own.close()


class Watch:
    """A look at SQLite that tells whether anybody committed since the one before: then no two readers saw two moments.

    PostgreSQL has no need of it: there a moment has a name.
    """

    def __init__(self) -> None:
        self._own = django_connection.copy()
        self._own.ensure_connection()
        self._seen = self._version()

    def _version(self) -> int:
        return int(self._own.connection.execute("PRAGMA data_version").fetchone()[0])

    def is_still(self) -> bool:
        """Whether nobody has committed since this was last asked."""
        before, self._seen = self._seen, self._version()
        return self._seen == before

    def close(self) -> None:
        self._own.close()


@contextmanager
def opened() -> Iterator[Snapshot]:
    """A snapshot for the length of the block, which has not begun."""
    found = Snapshot()
    try:
        yield found
    finally:
        found.close()


@contextmanager
def taken() -> Iterator[Snapshot]:
    """A snapshot of this moment for the length of the block."""
    with opened() as found:
        found.begin()
        yield found
