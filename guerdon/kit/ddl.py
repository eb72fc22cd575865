"""Tables made by hand where the ORM cannot say what we need: strict types, clustered keys, triggers, composite keys."""

from abc import ABC, abstractmethod

from django.db import router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

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


class Statements(Operation, ABC):
    """Statements in the dialect of the database, and nothing to undo.

    Django's RunPython would hand over every model as it was by then, and takes half a second to make each of them anew;
    nobody here asks for one.
    """

    @abstractmethod
    def statements(self, vendor: str) -> list[str]:
        """What is run, one by one."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change no model."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Run them."""
        if router.allow_migrate(schema_editor.connection.alias, app_label):
            for statement in self.statements(schema_editor.connection.vendor):
                schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Undo nothing."""


class Run(Statements):
    """Run statements in the dialect of the database; `{id}`, `{int}`, `{text}`, `{tail}` … are filled in."""

    def __init__(self, *templates: str) -> None:
        self.templates = templates

    def statements(self, vendor: str) -> list[str]:
        """The statements with the words of this database."""
        return [_filled(text, _POSTGRESQL if vendor == "postgresql" else _SQLITE) for text in self.templates]


def _filled(text: str, words: dict[str, str]) -> str:
    for name, word in words.items():
        text = text.replace("{" + name + "}", word)
    return text


class AppendOnly(Statements):
    """Triggers that refuse every update, delete, truncation and replacement of the table's rows.

    With `fixed` only those columns are kept from changes; no row leaves all the same.
    """

    def __init__(self, table: str, *, fixed: tuple[str, ...] = ()) -> None:
        self.table = table  # for start-up, which checks that all of them are there
        self.fixed = fixed

    def statements(self, vendor: str) -> list[str]:
        """The statements that make the triggers."""
        return trigger_statements(self.table, vendor, fixed=self.fixed)


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


class Agreement(Statements):
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


class Once(Statements):
    """A trigger that refuses to change a column unless it still is what it was `first`: it changes once at most."""

    events = 1 + 2 + 16  # for each row, BEFORE, UPDATE

    def __init__(self, table: str, column: str, *, first: int) -> None:
        self.table = table
        self.column = column
        self.first = first
        self.trigger = f"{table}_{column}_once"  # for start-up, which checks that it is there

    def statements(self, vendor: str) -> list[str]:
        """The statements that make the trigger."""
        on = f"CREATE TRIGGER {self.trigger} BEFORE UPDATE OF {self.column} ON {self.table} FOR EACH ROW"
        changed = f"OLD.{self.column} <> {self.first}"
        if vendor == "postgresql":
            return [_POSTGRESQL_FUNCTION, f"{on} WHEN ({changed}) EXECUTE FUNCTION guerdon_append_only()"]
        return [f"{on} WHEN {changed} BEGIN SELECT RAISE(ABORT, '{self.table} is append-only'); END"]


class Sequence(Statements):
    """The counter that numbers the journal on PostgreSQL; SQLite, with its one writer, counts on from the last row."""

    def __init__(self, name: str) -> None:
        self.name = name

    def statements(self, vendor: str) -> list[str]:
        """The statement that makes it, where it is needed."""
        return [f"CREATE SEQUENCE {self.name}"] if vendor == "postgresql" else []
