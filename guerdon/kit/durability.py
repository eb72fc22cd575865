"""Whether this database keeps what it acknowledged: its settings in force, its migrations, its append-only triggers."""

import functools
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from guerdon.kit import ddl
from guerdon.kit.archive import shapes
from guerdon.kit.store import Statement, Store

# What each setting must be so that no acknowledged write is lost in a crash or a power cut.
_SQLITE: Final = {"journal_mode": ("wal",), "synchronous": (2, 3), "foreign_keys": (1,), "recursive_triggers": (1,)}
_POSTGRESQL: Final = {
    "fsync": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
    "full_page_writes": ("on",),
}
_SETTINGS = Statement(
    "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')"
)
_FOLD = Statement("PRAGMA wal_checkpoint(TRUNCATE)")
_BUSY_MILLISECONDS = Statement("PRAGMA busy_timeout")
_FOLD_MILLISECONDS: Final = 1_000  # others who still use the database are not waited for longer
_TRIGGERS = Statement(
    "SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    sqlite="SELECT name FROM sqlite_master WHERE type = 'trigger'",
)
_MIGRATED = Statement("SELECT app, name FROM django_migrations")


@dataclass(frozen=True, slots=True)
class Durability:
    """What was found; nothing is wrong where `faults` are none."""

    engine: str
    settings: dict[str, str] = field(default_factory=dict)
    weak: tuple[str, ...] = ()  # settings under which acknowledged writes can be lost
    unapplied: tuple[str, ...] = ()  # migrations
    missing: tuple[str, ...] = ()  # triggers
    unfinished: bool = False  # a restore began, and never came to its end

    @property
    def faults(self) -> list[str]:
        """Everything that is wrong, in sentences for the operator."""
        faults = [f"the setting {name} is {self.settings.get(name)}" for name in self.weak]
        faults += [f"the migration {name} is not applied" for name in self.unapplied]
        faults += [f"the trigger {name} is missing" for name in self.missing]
        if self.unfinished:
            faults.append("a restore of this database began and never came to its end: begin it again")
        return faults


def inspect(store: Store) -> Durability:
    """Ask the database; the settings are those of this very connection."""
    settings, wanted = _settings(store)
    migrations = _made()[0]
    applied = _applied(store)
    unapplied = tuple(f"{app}.{name}" for app, name in migrations if (app, name) not in applied)
    present = {row[0] for row in store.fetch(_TRIGGERS)}
    return Durability(
        engine=connection.vendor,
        settings={name: str(value) for name, value in settings.items()},
        weak=tuple(name for name, allowed in wanted.items() if settings.get(name) not in allowed),
        unapplied=unapplied,
        missing=() if unapplied else tuple(name for name in triggers(connection.vendor) if name not in present),
        unfinished=shapes.marked(store),
    )


def fold_log(store: Store) -> bool:
    """Fold SQLite's log into the database file, so that the file alone is the whole database; whether it could be done.

    While others still use the database it is left to the last of them. PostgreSQL looks after its own log.
    """
    if store.postgresql:
        return True
    before = store.fetch(_BUSY_MILLISECONDS)[0][0]
    store.fetch(Statement(f"PRAGMA busy_timeout = {_FOLD_MILLISECONDS}"))
    try:
        busy, _, _ = store.fetch(_FOLD)[0]
    except sqlite3.OperationalError:  # somebody else holds it, or the disk is full: nothing is lost, the log stays
        return False
    finally:
        store.fetch(Statement(f"PRAGMA busy_timeout = {before}"))
    return not busy


def _settings(store: Store) -> tuple[dict[str, Any], dict[str, Any]]:
    if store.postgresql:
        return dict(store.fetch(_SETTINGS)), _POSTGRESQL
    found = {name: store.fetch(Statement(f"PRAGMA {name}"))[0][0] for name in _SQLITE}
    return found, _SQLITE


def _applied(store: Store) -> set[tuple[str, str]]:
    if "django_migrations" not in connection.introspection.table_names():
        return set()
    return {(app, name) for app, name in store.fetch(_MIGRATED)}


def append_only() -> dict[str, tuple[str, ...]]:
    """The tables that some migration made append-only; with the columns that are, where not all of them are."""
    return _made()[1]


def triggers(vendor: str) -> list[str]:
    """Every trigger that some migration made."""
    _, tables, others = _made()
    names = [name for table in tables for name in ddl.trigger_names(table, vendor)]
    return names + [one.trigger for one in others]


def guards() -> list[ddl.Agreement | ddl.Once]:
    """The triggers of other kinds that some migration made."""
    return _made()[2]


@functools.cache
def _made() -> tuple[list[tuple[str, str]], dict[str, tuple[str, ...]], list[ddl.Agreement | ddl.Once]]:
    """Every migration of the installed apps, every table that they make append-only, and their other triggers."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    operations = [one for migration in loader.disk_migrations.values() for one in _flat(migration.operations)]
    tables = {one.table: one.fixed for one in operations if isinstance(one, ddl.AppendOnly)}
    others = [one for one in operations if isinstance(one, ddl.Agreement | ddl.Once)]
    return sorted(loader.disk_migrations), tables, others


def _flat(operations: Sequence[Any]) -> list[Any]:
    """The operations with those inside others, which is where tables made by hand are."""
    return [inner for outer in operations for inner in (outer, *_flat(getattr(outer, "database_operations", [])))]
