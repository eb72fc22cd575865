"""Databases of the tests: named, made, copied and dropped by their address, SQLite and PostgreSQL alike.

No address given by the caller is ever written to: it only says on which server, or in which folder, to make
new ones.
"""

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import psycopg
from psycopg import sql

VARIABLE = "GUERDON_DATABASE_URL"


def name_new(server: str) -> str:
    """Return the address of a database that does not exist yet, beside the one `server` names."""
    name = f"guerdon_test_{secrets.token_hex(6)}"
    if is_sqlite(server):
        return f"sqlite:///{quote(str(_file_of(server).parent / name))}.sqlite3"
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def is_sqlite(url: str) -> bool:
    """Tell the two kinds apart. Raises ValueError for any third one."""
    scheme = urlsplit(url).scheme
    if scheme not in {"sqlite", "postgresql", "postgres"}:
        raise ValueError(f"{VARIABLE} must start with sqlite:/// or postgresql://, not {scheme!r}")
    return scheme == "sqlite"


def create(url: str) -> None:
    """Make an empty database; SQLite makes its file at the first write."""
    if not is_sqlite(url):
        _administer(url, sql.SQL("CREATE DATABASE {}").format(_name_of(url)))


def copy(source: str, *, to: str) -> None:
    """Make `to` an exact copy of `source`, triggers included; nobody may be connected to `source`."""
    if is_sqlite(source):
        with (
            contextlib.closing(sqlite3.connect(_file_of(source))) as old,
            contextlib.closing(sqlite3.connect(_file_of(to))) as new,
        ):
            old.backup(new)
        return
    # A copy of its files, which is quicker than one of its pages by way of the log, as long as it is small.
    words = "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy"
    statement = sql.SQL(words).format(_name_of(to), _name_of(source))
    _administer(to, statement)


def drop(url: str) -> None:
    """Remove a database, and cut off whoever is still connected."""
    if not is_sqlite(url):
        _administer(url, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_name_of(url)))
        return
    file = _file_of(url)
    for left in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
        left.unlink(missing_ok=True)


@contextlib.contextmanager
def selected(url: str) -> Iterator[str]:
    """Point Django's connections, and programs started meanwhile, at `url`.

    Threads that hold a connection to the former database keep it; end them first.
    """
    # Django may only be imported once its settings module is named, which conftest does.
    from django.db import connections

    name = str(_file_of(url)) if is_sqlite(url) else urlsplit(url).path.lstrip("/")
    before = {alias: connections.settings[alias]["NAME"] for alias in connections.settings}
    variable = os.environ.get(VARIABLE)
    disconnect()
    for alias in before:
        connections.settings[alias]["NAME"] = name
    os.environ[VARIABLE] = url
    try:
        yield url
    finally:
        disconnect()
        for alias, former in before.items():
            connections.settings[alias]["NAME"] = former
        os.environ.pop(VARIABLE)
        if variable is not None:
            os.environ[VARIABLE] = variable


def disconnect() -> None:
    """Close this thread's connections and the pools behind them."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)  # only PostgreSQL has one
        if close_pool is not None:
            close_pool()


@contextlib.contextmanager
def away(url: str) -> Iterator[None]:
    """A database of PostgreSQL that lets nobody in, and has cut off whoever was there."""
    _administer(url, sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(_name_of(url)))
    try:
        name = sql.Literal(unquote(urlsplit(url).path.lstrip("/")))
        _administer(
            url,
            sql.SQL("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = {}").format(name),
        )
        yield
    finally:
        _administer(url, sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(_name_of(url)))


def _administer(url: str, statement: sql.Composed) -> None:
    maintenance = urlsplit(url)._replace(path="/postgres").geturl()
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(statement)


def _name_of(url: str) -> sql.Identifier:
    return sql.Identifier(unquote(urlsplit(url).path.lstrip("/")))


def _file_of(url: str) -> Path:
    return Path(unquote(urlsplit(url).path[1:]))
