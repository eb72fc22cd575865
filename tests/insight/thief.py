"""A thief with the keys to the database: changes what must not change, and puts the triggers back afterwards."""

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import psycopg

from tests import databases


class Hands(Protocol):
    """A raw connection."""

    def execute(self, statement: str, /) -> Any: ...


@contextlib.contextmanager
def at_work(url: str, *, keep_triggers: bool = True) -> Iterator[Hands]:
    """A connection on which neither checks nor foreign keys hold, and triggers neither, where they are to be kept."""
    databases.disconnect()
    with _sqlite(url, keep_triggers) if databases.is_sqlite(url) else _postgresql(url) as hands:
        yield hands


def steal(url: str, *statements: str) -> None:
    """Run the statements, all of which must change something."""
    with at_work(url) as hands:
        for statement in statements:
            assert hands.execute(statement).rowcount > 0, f"nothing was stolen by {statement}"


@contextlib.contextmanager
def _sqlite(url: str, keep_triggers: bool) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(unquote(urlsplit(url).path[1:]), isolation_level=None)) as hands:
        hands.execute("PRAGMA foreign_keys=OFF")
        hands.execute("PRAGMA ignore_check_constraints=ON")
        triggers = hands.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        triggers = triggers if keep_triggers else []
        for name, _ in triggers:
            hands.execute(f"DROP TRIGGER {name}")
        yield hands
        for _, text in triggers:
            hands.execute(text)


@contextlib.contextmanager
def _postgresql(url: str) -> Iterator["psycopg.Connection[Any]"]:
    with psycopg.connect(url, autocommit=True) as hands:
        hands.execute("SET session_replication_role = replica")
        checks = hands.execute("SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'c'")
        for table, name in checks.fetchall():
            if "_" in table and not table.startswith(("information_schema", "pg_")):
                hands.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield hands
