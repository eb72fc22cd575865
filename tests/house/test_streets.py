"""Foreign keys only point down the streets, and stay inside one account; asked of the database, not of the models."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection

from tests.house.owned import OWNED

# Lower streets never know upper ones; neighbours on one street never know each other.
STREETS = (
    {"programmes"},
    {"members"},
    {"holds"},
    {"activities", "ledger", "rewards", "rulebook"},
    {
        "adjustments", "alerts", "cards", "claims", "closings", "consents", "costs", "drafts", "draws", "erasures",
        "expirations", "figures", "households", "imports", "keys", "letters", "looks", "memberships", "notes",
        "objectives", "rates",
        "redemptions", "seals", "simulations", "tiers", "transfers", "users", "vouchers",
    },
    {"segments"},
)  # fmt: skip
# Tables of Django and of its apps, which know nothing of ours.
FOREIGN = {"account", "auth", "django", "mfa", "usersessions"}
KIT = "kit"  # tools that know no loyalty: nobody points at them, they point at nobody


@dataclass(frozen=True)
class ForeignKey:
    """From a table's columns to another's."""

    table: str
    columns: tuple[str, ...]
    to: str

    @property
    def streets(self) -> tuple[str, str]:
        return self.table.partition("_")[0], self.to.partition("_")[0]


def tables() -> list[str]:
    """Our own tables in the database."""
    return [name for name in connection.introspection.table_names() if name.partition("_")[0] not in FOREIGN]


def foreign_keys() -> list[ForeignKey]:
    """All foreign keys of our tables, as the database enforces them."""
    return [key for table in tables() for key in (_postgresql if connection.vendor == "postgresql" else _sqlite)(table)]


def _sqlite(table: str) -> Iterator[ForeignKey]:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA foreign_key_list({table})")
        rows = cursor.fetchall()
    for number in sorted({row[0] for row in rows}):
        mine = [row for row in rows if row[0] == number]
        yield ForeignKey(table, tuple(row[3] for row in mine), mine[0][2])


def _postgresql(table: str) -> Iterator[ForeignKey]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.oid, a.attname, f.relname FROM pg_constraint c JOIN pg_class f ON f.oid = c.confrelid"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)"
            " WHERE c.contype = 'f' AND c.conrelid = %s::regclass",
            [table],
        )
        rows = cursor.fetchall()
    for number in sorted({row[0] for row in rows}):
        mine = [row for row in rows if row[0] == number]
        yield ForeignKey(table, tuple(row[1] for row in mine), mine[0][2])


def goes_down(key: ForeignKey) -> bool:
    """Whether the key stays in its house or points to a lower street."""
    source, target = key.streets
    level = {name: place for place, street in enumerate(STREETS) for name in street}
    return source == target or (KIT not in (source, target) and level[target] < level[source])


def unique_keys(table: str) -> list[list[str]]:
    """The columns of the primary key and of every unique constraint and index, as the database enforces them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT array_agg(a.attname::text) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
                " AND a.attnum = ANY(i.indkey) WHERE i.indisunique AND i.indrelid = %s::regclass GROUP BY i.indexrelid",
                [table],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0")
        found = [[row[0] for row in cursor.fetchall()]]
        cursor.execute(f"SELECT name FROM pragma_index_list('{table}') WHERE [unique]")
        for (index,) in cursor.fetchall():
            cursor.execute(f"SELECT name FROM pragma_index_info('{index}')")
            found.append([row[0] for row in cursor.fetchall()])
        return found


def test_foreign_keys_only_point_down(database):
    keys = foreign_keys()
    assert len(keys) >= 10, "no foreign keys were found, so nothing is proved"
    assert [key for key in keys if not goes_down(key)] == []


@pytest.mark.parametrize(
    ("table", "to"),
    [("members_member", "ledger_lot"), ("ledger_lot", "activities_activity"), ("kit_outgoing", "members_member"),
     ("ledger_lot", "kit_outgoing")],
)  # fmt: skip
def test_the_wall_sees_a_key_that_climbs(table, to):
    assert not goes_down(ForeignKey(table, ("account_id",), to))


def test_keys_between_owned_tables_stay_inside_one_account(database):
    crossing = [
        key for key in foreign_keys() if key.table in OWNED and key.to in OWNED and OWNED[key.table] not in key.columns
    ]
    assert crossing == []


@pytest.mark.parametrize("table", OWNED)
def test_owned_tables_are_keyed_by_their_account_in_the_database_too(database, table):
    keys = unique_keys(table)
    assert keys
    assert [columns for columns in keys if OWNED[table] not in columns] == []


def test_every_table_stands_in_a_street(database):
    known = {KIT} | {name for street in STREETS for name in street}
    assert {table.partition("_")[0] for table in tables()} <= known
