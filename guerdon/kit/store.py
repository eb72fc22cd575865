"""The database without an ORM: set-based statements that mean the same on SQLite and PostgreSQL.

Every batch, whatever its size, is read by a fixed number of statements and written by one statement (PostgreSQL) or
one per table (SQLite, where there is no round trip to save).
"""

import asyncio
import itertools
import random
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar

import msgspec
import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, utils
from django.db.backends.base.base import BaseDatabaseWrapper

from guerdon.core import errors, limits
from guerdon.kit import watch, wire

DATABASE_BUSY = errors.declare("busy", "database_busy", "retry_after_seconds")

READ_TOO_LONG = errors.declare("busy", "read_too_long", "retry_after_seconds")

_STEPS_BETWEEN_LOOKS: Final = 20_000  # of SQLite's machine, between two looks at the clock
T = TypeVar("T")
Cell = str | int | None
Row = tuple[Cell, ...]
ColumnType = Literal["uuid", "text", "bigint", "jsonb"]
Mode = Literal["insert", "upsert", "update", "delete"]


_PARAMETER: Final = re.compile(r"(?<!:):([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with `:name` parameters, in both dialects where they differ."""

    text: str
    sqlite: str | None = None
    postgresql: str = field(init=False)
    names: tuple[str, ...] = field(init=False)
    sqlite_names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        names = tuple(dict.fromkeys(_PARAMETER.findall(self.text)))
        numbered = _PARAMETER.sub(lambda match: f"${names.index(match[1]) + 1}", self.text)
        object.__setattr__(self, "postgresql", numbered)
        object.__setattr__(self, "names", names)
        found = dict.fromkeys(_PARAMETER.findall(self.sqlite or self.text))
        object.__setattr__(self, "sqlite_names", tuple(found))


def fanout_mark(reason: str) -> str:
    """The remark that `allow_fanout` leaves in the SQL, for texts that are no `Statement`."""
    assert re.fullmatch(r"[\w ,;–'-]+", reason), "a reason is a few plain words"
    return f"/* fanout: {reason} */ "


def allow_fanout(reason: str, statement: Statement) -> Statement:
    """The statement, or the part of one, as one that looks across accounts on purpose, and why.

    The shard guard lets nothing else look across accounts, and the reason is seen wherever the statement is.
    """
    mark = fanout_mark(reason)

    def marked(text: str) -> str:
        return "(" + mark + text[1:] if text.startswith("(") else mark + text

    return Statement(marked(statement.text), statement.sqlite and marked(statement.sqlite))


@dataclass(frozen=True)
class Table:
    """How rows of one table are written: the columns in the order of the tuples, with their PostgreSQL types.

    `fixed` columns are written with a new row and never again: what others refer to is left alone, or SQLite would look
    for all that refer to it. `adds` are columns whose value is added to that of a row that is there.
    """

    name: str
    columns: dict[str, ColumnType]
    key: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    mode: Mode = "insert"

    def __hash__(self) -> int:
        return hash((self.name, self.mode))

    @property
    def changed(self) -> list[str]:
        return [column for column in self.columns if column not in self.key and column not in self.fixed]


class Store:
    """The raw connection of this thread, with the explicit transactions of the write path."""

    def __init__(self, django: BaseDatabaseWrapper) -> None:
        self.django = django
        self.django.ensure_connection()
        assert not self.django.in_atomic_block, "the write path makes its own transactions"
        self.raw: Any = self.django.connection
        self.postgresql = self.django.vendor == "postgresql"
        if self.postgresql:
            self._wire = wire.Wire(self.raw)
        else:
            self._cursor: Any = self.raw.cursor()

    def fetch(self, statement: Statement, **params: object) -> list[tuple[Any, ...]]:
        """Run a statement and answer its rows; a list is an array on PostgreSQL and a JSON text on SQLite.

        A parameter that only one dialect names is passed over by the other.
        """
        if self.postgresql:
            return self._wire.run(statement.postgresql, [params[name] for name in statement.names])
        given = {name: _json(params[name]) for name in statement.sqlite_names}
        self._cursor.execute(statement.sqlite or statement.text, given)
        return list(self._cursor.fetchall())

    def fetch_within(self, statement: Statement, millis: int, **params: object) -> list[tuple[Any, ...]]:
        """Run a statement made for the occasion, which only reads, as long as it takes no longer than so many
        milliseconds; answers its rows. Raises `read_too_long`."""
        try:
            with self.reading():
                if self.postgresql:
                    self._command(f"SET LOCAL statement_timeout = {millis}")
                    return self._wire.once(statement.postgresql, [params[name] for name in statement.names])
                until = time.monotonic() + millis / 1_000
                self.raw.set_progress_handler(lambda: time.monotonic() > until, _STEPS_BETWEEN_LOOKS)
                try:
                    return self.fetch(statement, **params)
                finally:
                    self.raw.set_progress_handler(None, 0)
        except (psycopg.errors.QueryCanceled, sqlite3.OperationalError) as error:
            if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorname != "SQLITE_INTERRUPT":
                raise
            raise READ_TOO_LONG(retry_after_seconds=60) from error

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Around many large transactions: SQLite folds its log back less often, so that a page is written once for
        several of them. Durability stays as it is; the log on disk grows to about 256 MB meanwhile."""
        if self.postgresql:
            yield
            return
        before = self._cursor.execute("PRAGMA wal_autocheckpoint").fetchone()[0]
        self._cursor.execute("PRAGMA wal_autocheckpoint = 65536")
        try:
            yield
        finally:
            with suppress(sqlite3.ProgrammingError):  # the connection was replaced meanwhile; the new one has its own
                self._cursor.execute(f"PRAGMA wal_autocheckpoint = {before}")

    def write(self, sets: Sequence[tuple[Table, Sequence[Row]]]) -> None:
        """Write all rows of all tables; on PostgreSQL in one statement, so foreign keys are checked at its end."""
        filled = [(table, rows) for table, rows in sets if rows]
        if not filled:
            return
        if self.postgresql:
            params = [
                _array(column, kind)
                for table, rows in filled
                for column, kind in zip(zip(*rows, strict=True), table.columns.values(), strict=True)
            ]
            self._wire.run(_postgresql_write(tuple(table for table, _ in filled)), params)
            return
        for table, rows in filled:
            self._cursor.executemany(_sqlite_write(table), _sqlite_rows(table, rows))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """BEGIN … COMMIT; everything is rolled back when the block raises.

        In the thread of an event loop nobody waits for a row of PostgreSQL for longer than `LOOP_LOCK_MILLIS_MAX`.
        """
        lock = _no_lock if self.postgresql else _sqlite_writer
        with watch.watcher.transaction(self.django.vendor), lock, self._framed(_begin(self.postgresql)):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Around reads that belong together: all see the database as it stood at the first; nobody waits for them."""
        with self._framed("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if self.postgresql else "BEGIN"):
            yield

    @contextmanager
    def _framed(self, begin: str) -> Iterator[None]:
        try:
            self._command(begin)
            try:
                yield
                self._command("COMMIT")
            except BaseException:
                self._abandon()
                raise
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_READONLY"):
                self._hang_up()  # a file that was opened while its disk was read-only stays so for its connection
            raise

    def _command(self, text: str) -> None:
        if self.postgresql:
            self._wire.command(text.encode())
        else:
            self._cursor.execute(text)

    def _abandon(self) -> None:
        try:
            self._command("ROLLBACK")
        except (psycopg.Error, sqlite3.Error):
            # The connection is gone or already idle; a new one is made at the next use, and the server has rolled back.
            self._hang_up()

    def _hang_up(self) -> None:
        self.django.close()
        _local.__dict__.pop("store", None)


# One message, so one round trip.
_HASTY: Final = f"BEGIN; SET LOCAL lock_timeout = {limits.LOOP_LOCK_MILLIS_MAX}"


def _begin(postgresql: bool) -> str:
    if not postgresql:
        return "BEGIN IMMEDIATE"
    return _HASTY if _in_loop() else "BEGIN"


def _in_loop() -> bool:
    """Whether this thread runs an event loop: then all its other requests wait for whoever waits here."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


class _NoLock:
    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


_no_lock: Final = _NoLock()
# SQLite has one writer; threads of this process queue here fairly instead of polling for the file lock.
_sqlite_writer: Final = threading.RLock()
_local = threading.local()


def current() -> Store:
    """The store of this thread; made anew when Django's connection was closed or replaced."""
    store: Store | None = getattr(_local, "store", None)
    if store is None or store.raw is not store.django.connection or (store.postgresql and store.raw.closed):
        if store is not None and store.raw is store.django.connection:
            store.django.close()  # the server hung up; Django does not know it yet
        # The thread keeps its wrapper: Django's proxy would give every task of an event loop another one.
        wrapper: BaseDatabaseWrapper | None = getattr(_local, "wrapper", None)
        if wrapper is None:
            wrapper = _local.wrapper = connections[DEFAULT_DB_ALIAS]
        store = _local.store = Store(wrapper)
    return store


def retrying(attempt: Callable[[], T]) -> T:
    """Run a whole transaction again when the database says deadlock, serialisation failure or busy (≤ 5 times).

    Raises the refusal `database_busy` when it never got through; in an event loop as soon as a lock was waited for in
    vain. `attempt` must be one transaction from its start.
    """
    for tried in range(limits.RETRIES_MAX):
        try:
            return attempt()
        except (psycopg.Error, sqlite3.Error) as error:
            last_try = tried == limits.RETRIES_MAX - 1
            if not passing(error) or (last_try and isinstance(error, psycopg.errors.UniqueViolation)):
                raise
            if isinstance(error, psycopg.errors.LockNotAvailable) and _in_loop():
                break
            watch.watcher.retried(error)
            # Jitter keeps two rivals from meeting again; it decides nothing that is stored.
            time.sleep(random.uniform(0.001, 0.01) * 2**tried)
    watch.watcher.gave_up()
    raise DATABASE_BUSY(retry_after_seconds=1)


def committed(write: Callable[[Store], T]) -> T:
    """Do a write in one durable transaction, again as `retrying` says; answers what it answers."""

    def attempt() -> T:
        at_hand = current()
        with at_hand.transaction():
            made = write(at_hand)
        return made

    return retrying(attempt)


def passing(error: Exception) -> bool:
    """Whether the same transaction may succeed when it is simply run again."""
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    return isinstance(
        error,
        psycopg.errors.DeadlockDetected
        | psycopg.errors.SerializationFailure
        | psycopg.errors.LockNotAvailable
        | psycopg.errors.UniqueViolation,  # a rival wrote the same key first: the second look finds it
    )


def overtaken(what: str) -> Exception:
    """A serialisation failure that only the caller could see, to be raised: `retrying` runs the transaction again."""
    return psycopg.errors.SerializationFailure(what)


def unavailable(error: BaseException) -> bool:
    """Whether the database itself is away, full or shutting down, whatever the statement was."""
    if isinstance(error, utils.Error) and error.__cause__ is not None:
        return unavailable(error.__cause__)  # in Django's words, behind which the driver's stand
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError | psycopg.errors.InsufficientPrivilege):
        return True  # the last is what PostgreSQL says of its own files on a disk that is read-only
    if isinstance(error, psycopg.DatabaseError):
        return error.sqlstate is None  # not said by the server: the connection broke
    return isinstance(error, sqlite3.OperationalError | utils.OperationalError)


_encode: Final = msgspec.json.Encoder().encode


def _json(param: object) -> object:
    """A list as the JSON text that `json_each` reads; anything else as it is."""
    return _encode(param).decode() if isinstance(param, list) else param


def _array(column: Sequence[Cell], kind: ColumnType) -> str:
    """The column as a PostgreSQL array literal; numbers and ids need no quotes."""
    if kind in {"bigint", "uuid"}:
        return "{" + ",".join(["NULL" if cell is None else str(cell) for cell in column]) + "}"
    return wire.array(column)


_written: dict[tuple[Table, ...], str] = {}


def _postgresql_write(tables: tuple[Table, ...]) -> str:
    known = _written.get(tables)
    if known is None:
        numbers = itertools.count(1)
        parts = [f"w{place} AS ({_postgresql_part(table, numbers)})" for place, table in enumerate(tables)]
        known = _written[tables] = f"WITH {', '.join(parts)} SELECT 1"
    return known


def _postgresql_part(table: Table, numbers: Iterator[int]) -> str:
    columns = ", ".join(table.columns)
    arrays = ", ".join(f"${next(numbers)}::{kind if kind != 'jsonb' else 'text'}[]" for kind in table.columns.values())
    match = " AND ".join(f"t.{column} = x.{column}" for column in table.key)
    if table.mode == "delete":
        return f"DELETE FROM {table.name} t USING unnest({arrays}) AS x({columns}) WHERE {match}"  # noqa: S608
    if table.mode == "update":
        moves = ", ".join(f"{column} = x.{column}" for column in table.changed)
        return f"UPDATE {table.name} t SET {moves} FROM unnest({arrays}) AS x({columns}) WHERE {match}"  # noqa: S608
    picked = ", ".join(f"{column}::jsonb" if kind == "jsonb" else column for column, kind in table.columns.items())
    insert = f"INSERT INTO {table.name} ({columns}) SELECT {picked} FROM unnest({arrays}) AS x({columns})"  # noqa: S608
    return insert + _on_conflict(table)


def _on_conflict(table: Table) -> str:
    if table.mode != "upsert":
        return ""
    before = {column: f"{table.name}.{column} + " for column in table.adds}
    moves = ", ".join(f"{column} = {before.get(column, '')}excluded.{column}" for column in table.changed)
    return f" ON CONFLICT ({', '.join(table.key)}) DO UPDATE SET {moves}"


def _sqlite_write(table: Table) -> str:
    match = " AND ".join(f"{column} = ?" for column in table.key)
    if table.mode == "delete":
        return f"DELETE FROM {table.name} WHERE {match}"  # noqa: S608 - names are our own constants
    if table.mode == "update":
        moves = ", ".join(f"{column} = ?" for column in table.changed)
        return f"UPDATE {table.name} SET {moves} WHERE {match}"  # noqa: S608 - names are our own constants
    columns = ", ".join(table.columns)
    marks = ", ".join("?" for _ in table.columns)
    return f"INSERT INTO {table.name} ({columns}) VALUES ({marks})" + _on_conflict(table)  # noqa: S608


def _sqlite_rows(table: Table, rows: Sequence[Row]) -> Sequence[Row]:
    if table.mode not in ("update", "delete"):
        return rows
    places = list(table.columns)
    order = [places.index(column) for column in (*table.changed, *table.key)]
    return [tuple(row[place] for place in order) for row in rows]
