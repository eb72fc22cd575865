"""Writing rows: what a statement says comes from its tables, all of each."""

import sqlite3

import psycopg
import pytest
from django.db import ProgrammingError

from guerdon.kit import store
from guerdon.kit.store import Table
from tests.shop import Shop

KIND = Table(
    "ledger_unit", {"programme_id": "uuid", "code": "text", "kind": "text"}, ("programme_id", "code"), mode="update"
)
SCALE = Table(
    "ledger_unit", {"programme_id": "uuid", "code": "text", "scale": "bigint"}, ("programme_id", "code"), mode="update"
)


def test_two_ways_to_write_one_table_are_two_statements(database: str) -> None:
    programme_id = Shop().programme_id
    at_hand = store.current()
    with at_hand.transaction():
        at_hand.write([(KIND, [(programme_id, "points", "seals")])])
        at_hand.write([(SCALE, [(programme_id, "points", 7)])])
        asked = store.Statement("SELECT kind, scale FROM ledger_unit WHERE programme_id = :programme")
        told = at_hand.fetch(asked, programme=programme_id)
    assert told == [("seals", 7)]


@pytest.mark.usefixtures("database")
def test_a_connection_that_can_only_read_is_not_kept() -> None:
    """SQLite opens a file of a read-only disk for reading alone; the disk is well again, the connection never."""
    at_hand = store.current()
    if at_hand.postgresql:
        return  # PostgreSQL's connections have no such state
    at_hand.raw.execute("PRAGMA query_only = ON")
    with pytest.raises(sqlite3.OperationalError), at_hand.transaction():
        pass
    assert store.current().raw is not at_hand.raw
    with store.current().transaction():
        pass


def test_a_read_only_disk_of_postgresql_is_no_mistake_of_ours() -> None:
    """It says so as if a right were missing."""
    told = 'could not open file "base/16384/17386": Read-only file system'
    assert store.unavailable(psycopg.errors.InsufficientPrivilege(told))
    wrapped = ProgrammingError(told)
    assert not store.unavailable(wrapped)
    wrapped.__cause__ = psycopg.errors.InsufficientPrivilege(told)
    assert store.unavailable(wrapped), "Django says it in its own words"
