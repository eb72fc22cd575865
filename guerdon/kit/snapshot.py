"""One consistent view of the whole database, on a connection of its own, that never makes a writer wait."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from django.db import connection as django_connection

from guerdon.kit.store import HexLoader, Statement, Store

ROWS_PER_FETCH: Final = 5_000
_CAST: Final = re.compile(r"::[a-z]+")
_ID: Final = re.compile(r"\[id ([a-z_.]+)\]")


def both(text: str) -> Statement:
    """One text for both databases: written for PostgreSQL, where SQLite needs no casts.

    `[id p.account_id]` is the column as 32 hex digits, made by the server: faster for many rows than a loader here.
    """
    return Statement(
        _ID.sub(r"replace(\1::text, '-', '')", text), sqlite=_CAST.sub("", _ID.sub(r"\1", text))
    )


class Snapshot(Store):
    """A store that only reads, and sees the database as it stood at its first read, whatever is written meanwhile."""

    def __init__(self) -> None:
        self._own = django_connection.copy()
        self._own.ensure_connection()
        self.raw: Any = self._own.connection
        self.postgresql = self._own.vendor == "postgresql"
        self._cursor: Any = psycopg.Cursor(self.raw) if self.postgresql else self.raw.cursor()
        self._streams = 0
        if self.postgresql:
            self._cursor.adapters.register_loader("uuid", HexLoader)

    def begin(self) -> None:
        """Fix the moment that all reads see."""
        if self.postgresql:
            self._cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return
        self._cursor.execute("PRAGMA query_only=ON")
        self._cursor.execute("BEGIN")  # deferred: a reader in WAL, which nobody waits for
        self._cursor.execute("SELECT 1 FROM sqlite_master").fetchone()

    def stream(self, statement: Statement, **params: object) -> Iterator[tuple[Any, ...]]:
        """Run a statement and yield its rows a few thousand at a time, so that memory does not grow with the answer."""
        if not self.postgresql:
            yield from self.raw.execute(statement.sqlite or statement.text, params)
            return
        self._streams += 1
        with psycopg.ServerCursor(self.raw, f"stream_{self._streams}") as cursor:
            cursor.itersize = ROWS_PER_FETCH
            cursor.adapters.register_loader("uuid", HexLoader)
            cursor.execute(statement.postgresql, params)
            yield from cursor

    def close(self) -> None:
        self._own.close()


@contextmanager
def taken() -> Iterator[Snapshot]:
    """A snapshot for the length of the block."""
    found = Snapshot()
    try:
        found.begin()
        yield found
    finally:
        found.close()
