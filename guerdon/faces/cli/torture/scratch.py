"""Scratch databases: made beside the installation's own, which is never touched, and dropped at the end."""

import contextlib
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, LiteralString, NamedTuple
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from guerdon.faces.cli.torture import cluster
from guerdon.faces.cli.torture.cluster import Cluster

OWN: Final = "own"  # instead of the address of a server: one that the torture starts itself, and may kill


class Sample(NamedTuple):
    """An installation that nobody lives in, to be copied."""

    home: Path
    address: str
    key: str


@dataclass(frozen=True, slots=True)
class Samples:
    """What tortures have in common when they begin, made once: by server (None for SQLite) and programme."""

    folder: Path
    made: dict[tuple[str | None, str], Sample] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder to be in, and for PostgreSQL the server on which databases may be made."""

    folder: Path
    server: str | None  # an address on a PostgreSQL server; None for SQLite
    cluster: Cluster | None = None  # that server, where it is the torture's own
    samples: Samples | None = None  # where the server outlives the torture

    @property
    def engine(self) -> str:
        """Which database is tortured."""
        return "sqlite" if self.server is None else "postgresql"

    def address(self, home: Path) -> str:
        """The address of a new database for an installation that lives in `home`; it is not made yet."""
        if self.server is None:
            return f"sqlite:///{home / 'guerdon.db'}"
        return urlsplit(self.server)._replace(path=f"/guerdon_torture_{secrets.token_hex(6)}").geturl()


@contextlib.contextmanager
def sampling() -> Iterator[Samples]:
    """Let tortures begin from copies of one installation; the samples are gone afterwards."""
    with TemporaryDirectory(prefix="guerdon-samples-") as folder:
        samples = Samples(Path(folder))
        try:
            yield samples
        finally:
            for one in samples.made.values():
                drop(one.address)


@contextlib.contextmanager
def place(server: str | None, *, inside: Path | None = None, samples: Samples | None = None) -> Iterator[Place]:
    """A place that is gone afterwards, with every database in its folder. Raises `cluster.Unavailable`."""
    with contextlib.ExitStack() as undo:
        folder = Path(undo.enter_context(TemporaryDirectory(prefix="guerdon-torture-", dir=inside)))
        if server == OWN:
            own = undo.enter_context(cluster.running())
            yield Place(folder, own.address, own)
        else:
            yield Place(folder, server, samples=samples)


def copy(source: str, to: str) -> None:
    """Make `to` an exact copy of `source`; nobody may be connected to either."""
    if source.startswith("sqlite"):
        with contextlib.closing(_open(source)) as old, contextlib.closing(_open(to)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = WAL")
        return
    _administer(to, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(_name(to), _name(source)))


def create(address: str) -> None:
    """Make an empty database; SQLite makes its file at the first write."""
    if not address.startswith("sqlite"):
        _administer(address, sql.SQL("CREATE DATABASE {}").format(_name(address)))


def drop(address: str) -> None:
    """Remove a database, and cut off whoever is still connected; files go with their folder."""
    if not address.startswith("sqlite"):
        _administer(address, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_name(address)))


def number(address: str, question: LiteralString) -> int:
    """What a question with one number as its answer is answered."""
    return int(next(iter(column(address, question)), None) or 0)


def jobs_running(address: str) -> int:
    """How many jobs workers are at."""
    return number(address, "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'")


def column(address: str, question: LiteralString) -> list[Any]:
    """What a question about one column is answered, row by row."""
    if address.startswith("sqlite"):
        with contextlib.closing(_open(address)) as file:
            return [value for (value,) in file.execute(question)]
    with psycopg.connect(address) as connection:
        return [value for (value,) in connection.execute(question)]


def execute(address: str, *statements: str) -> None:
    """Run statements in a database."""
    if address.startswith("sqlite"):
        with contextlib.closing(_open(address)) as there, there:
            for statement in statements:
                there.execute(statement)
        return
    with psycopg.connect(address) as connected:
        for statement in statements:
            connected.execute(sql.SQL(statement))


def file_of(address: str) -> Path:
    """The file of a SQLite database."""
    return Path(address.removeprefix("sqlite:///"))


def _open(address: str) -> sqlite3.Connection:
    return sqlite3.connect(file_of(address))


def _name(address: str) -> sql.Identifier:
    return sql.Identifier(urlsplit(address).path.lstrip("/"))


def _administer(address: str, statement: sql.Composed) -> None:
    """Run a statement about databases on the server of the address."""
    server = urlsplit(address)._replace(path="/postgres").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
