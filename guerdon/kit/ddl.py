"""Tables made by hand where the ORM cannot say what we need: strict types, clustered keys, triggers, composite keys."""

from collections.abc import Iterable

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_POSTGRESQL = {"id": "uuid", "int": "bigint", "text": "text", "json": "jsonb", "tail": "", "heap": ""}
# SQLite: STRICT refuses a wrong type instead of keeping it; WITHOUT ROWID keeps an account's rows side by side, which
# serves narrow rows; wide ones would spill each into a page of its own and stay in a heap.
_SQLITE = {
    "id": "TEXT",
    "int": "INTEGER",
    "text": "TEXT",
    "json": "TEXT",
    "tail": " STRICT, WITHOUT ROWID",
    "heap": " STRICT",
}

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION guerdon_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""


class Run(migrations.RunPython):
    """Run statements in the dialect of the database; `{id}`, `{int}`, `{text}`, `{tail}` … are filled in."""

    def __init__(self, *statements: str, undo: Iterable[str] = ()) -> None:
        super().__init__(_runner(statements), _runner(tuple(undo)))


def _runner(statements: tuple[str, ...]):  # type: ignore[no-untyped-def] # noqa: ANN202 - Django's own callable type
    def run(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        words = _POSTGRESQL if editor.connection.vendor == "postgresql" else _SQLITE
        for statement in statements:
            text = statement
            for name, word in words.items():
                text = text.replace("{" + name + "}", word)
            editor.execute(text, params=None)

    return run


class AppendOnly(migrations.RunPython):
    """Triggers that refuse every update, delete, truncation and replacement of the table's rows."""

    def __init__(self, table: str) -> None:
        self.table = table  # for start-up, which checks that all of them are there

        def protect(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
            for statement in trigger_statements(table, editor.connection.vendor):
                editor.execute(statement, params=None)

        super().__init__(protect, migrations.RunPython.noop)


def trigger_statements(table: str, vendor: str) -> list[str]:
    """The statements that make a table append-only.

    On SQLite INSERT OR REPLACE deletes first, which fires the delete trigger because `recursive_triggers` is on.
    """
    if vendor == "postgresql":
        return [
            _POSTGRESQL_FUNCTION,
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION guerdon_append_only()",
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def trigger_names(table: str, vendor: str) -> list[str]:
    """The triggers without which start-up refuses to serve."""
    if vendor == "postgresql":
        return [f"{table}_append_only"]
    return [f"{table}_no_update", f"{table}_no_delete"]


class Sequence(migrations.RunPython):
    """The counter that numbers the journal on PostgreSQL; SQLite, with its one writer, counts on from the last row."""

    def __init__(self, name: str) -> None:
        def make(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
            if editor.connection.vendor == "postgresql":
                editor.execute(f"CREATE SEQUENCE {name}", params=None)

        super().__init__(make, migrations.RunPython.noop)
