"""What must never change can't: the triggers stand after every migration, and refuse on both databases."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from guerdon.engine import earn
from guerdon.engine.batch import Told
from guerdon.features.activities.actions import Idempotency
from guerdon.kit import ddl, store
from tests import shop

PROTECTED = (
    "activities_activity", "activities_answer", "activities_key", "activities_returned", "ledger_allocation",
    "ledger_posting", "programmes_version",
)  # fmt: skip


def _standing() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {row[0] for row in cursor.fetchall()}


def test_the_migrations_protect_exactly_these_tables() -> None:
    found = set()
    for migration in MigrationLoader(None).disk_migrations.values():
        for operation in migration.operations:
            inner = getattr(operation, "database_operations", [operation])
            found |= {one.table for one in inner if isinstance(one, ddl.AppendOnly)}
    assert found == set(PROTECTED)


@pytest.mark.parametrize("table", PROTECTED)
def test_every_trigger_stands(database: str, table: str) -> None:
    assert set(ddl.trigger_names(table, connection.vendor)) <= _standing()


def _attempts(table: str) -> list[str]:
    column = {"programmes_version": "number", "activities_answer": "digest"}.get(table)
    column = column or (
        "kind" if table in {"activities_activity", "activities_key", "ledger_posting"} else "account_id"
    )
    attempts = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]
    if connection.vendor == "postgresql":
        return [*attempts, f"TRUNCATE {table} CASCADE"]
    return [*attempts, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"]


@pytest.mark.parametrize("table", PROTECTED)
def test_no_row_changes_or_leaves(database: str, table: str) -> None:
    """Tried on rows that are there: a row trigger says nothing about an empty table."""
    cafe = shop.Shop()
    cafe.enrol("ann")
    key = Idempotency("key", "POST /v1/activities", cafe.key, "digest")
    order = cafe.purchase("ann", 4_000, external_id="order-1")
    earn.record_many(programme_id=cafe.programme_id, told=[Told(order, key)], now=order.occurred_at)
    cafe.tell(cafe.giving_back("ann", "order-1"))
    at_hand = store.current()
    assert at_hand.fetch(store.Statement(f"SELECT count(*) FROM {table}"))[0][0] > 0
    for attempt in _attempts(table):
        with pytest.raises(Exception, match="append-only"), at_hand.transaction():
            at_hand.fetch(store.Statement(attempt))


def test_an_unprotected_table_gives_way(pristine_database: str) -> None:
    """The control: without its triggers the same attempts go through."""
    at_hand = store.current()
    for trigger in ddl.trigger_names("activities_key", connection.vendor):
        on = " ON activities_key" if at_hand.postgresql else ""
        at_hand.fetch(store.Statement(f"DROP TRIGGER {trigger}{on}"))
    for attempt in _attempts("activities_key"):
        with at_hand.transaction():
            at_hand.fetch(store.Statement(attempt))
