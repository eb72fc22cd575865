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
    """Triggers that refuse every update, delete, truncation and replacement of the table's rows.

    With `fixed` only those columns are kept from changes; no row leaves all the same.
    """

    def __init__(self, table: str, *, fixed: tuple[str, ...] = ()) -> None:
        self.table = table  # for start-up, which checks that all of them are there
        self.fixed = fixed

        def protect(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
            for statement in trigger_statements(table, editor.connection.vendor, fixed=fixed):
                editor.execute(statement, params=None)

        super().__init__(protect, migrations.RunPython.noop)


def trigger_statements(table: str, vendor: str, *, fixed: tuple[str, ...] = ()) -> list[str]:
    """The statements that make a table, or the fixed columns of it, append-only.

    On SQLite INSERT OR REPLACE deletes first, which fires the delete trigger because `recursive_triggers` is on. An
    update of other columns fires nothing and costs nothing.
    """
    update = f"UPDATE OF {', '.join(fixed)}" if fixed else "UPDATE"
    if vendor == "postgresql":
        return [
            _POSTGRESQL_FUNCTION,
            f"CREATE TRIGGER {table}_append_only BEFORE {update} OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION guerdon_append_only()",
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb, event in (("UPDATE", update), ("DELETE", "DELETE"))
    ]


def trigger_names(table: str, vendor: str) -> list[str]:
    """The triggers without which start-up refuses to serve."""
    if vendor == "postgresql":
        return [f"{table}_append_only"]
    return [f"{table}_no_update", f"{table}_no_delete"]


class Agreement(migrations.RunPython):
    """A trigger that refuses a new row whose two parents, both of its own account, differ in a column.

    Each parent is a table with the column of the row that names it. A foreign key could say it only with an index more
    on each of the parents.
    """

    events = 1 + 4  # for each row, INSERT; after it

    def __init__(self, table: str, column: str, *parents: tuple[str, str]) -> None:
        self.table = table
        self.column = column
        self.parents = parents
        self.trigger = f"{table}_one_{column}"  # for start-up, which checks that it is there
        super().__init__(_maker(self), migrations.RunPython.noop)

    def statements(self, vendor: str) -> list[str]:
        """The statements that make the trigger."""
        first, second = (
            f"(SELECT {self.column} FROM {parent} WHERE account_id = NEW.account_id AND id = NEW.{name})"  # noqa: S608 - ours
            for parent, name in self.parents
        )
        on, refusal = f"AFTER INSERT ON {self.table}", f"{self.table} ties rows that differ in {self.column}"
        if vendor == "postgresql":
            body = (
                f"BEGIN IF {first} IS DISTINCT FROM {second} THEN"
                f" RAISE EXCEPTION '{refusal}' USING ERRCODE = 'check_violation'; END IF; RETURN NULL; END"
            )
            return [
                f"CREATE FUNCTION {self.trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
                f"CREATE TRIGGER {self.trigger} {on} FOR EACH ROW EXECUTE FUNCTION {self.trigger}()",
            ]
        refuse = f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        return [f"CREATE TRIGGER {self.trigger} {on} WHEN {first} IS NOT {second} {refuse}"]


class Once(migrations.RunPython):
    """A trigger that refuses to change a column unless it still is what it was `first`: it changes once at most."""

    events = 1 + 2 + 16  # for each row, BEFORE, UPDATE

    def __init__(self, table: str, column: str, *, first: int) -> None:
        self.table = table
        self.column = column
        self.first = first
        self.trigger = f"{table}_{column}_once"  # for start-up, which checks that it is there
        super().__init__(_maker(self), migrations.RunPython.noop)

    def statements(self, vendor: str) -> list[str]:
        """The statements that make the trigger."""
        on = f"CREATE TRIGGER {self.trigger} BEFORE UPDATE OF {self.column} ON {self.table} FOR EACH ROW"
        changed = f"OLD.{self.column} <> {self.first}"
        if vendor == "postgresql":
            return [_POSTGRESQL_FUNCTION, f"{on} WHEN ({changed}) EXECUTE FUNCTION guerdon_append_only()"]
        return [f"{on} WHEN {changed} BEGIN SELECT RAISE(ABORT, '{self.table} is append-only'); END"]


def _maker(guard: Agreement | Once):  # type: ignore[no-untyped-def] # noqa: ANN202 - Django's own callable type
    def make(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in guard.statements(editor.connection.vendor):
            editor.execute(statement, params=None)

    return make


class Sequence(migrations.RunPython):
    """The counter that numbers the journal on PostgreSQL; SQLite, with its one writer, counts on from the last row."""

    def __init__(self, name: str) -> None:
        def make(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
            if editor.connection.vendor == "postgresql":
                editor.execute(f"CREATE SEQUENCE {name}", params=None)

        super().__init__(make, migrations.RunPython.noop)
