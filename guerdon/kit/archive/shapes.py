"""What tables there are, as the database itself tells it: their columns, their kinds, and in which order rows stand."""

import re
from typing import Any, Final, Literal

import msgspec

from guerdon.kit.store import Statement, Store

MARK: Final = "guerdon_restoring"  # the table that is there while a restore is on its way

Kind = Literal["text", "int", "bool", "time", "json"]

_TABLES = Statement(
    "SELECT c.relname::text, a.attname::text, t.typname::text FROM pg_class c"
    " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " JOIN pg_type t ON t.oid = a.atttypid"
    " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::text::regnamespace",
    sqlite="SELECT m.name, c.name, lower(c.type) FROM sqlite_master m JOIN pragma_table_info(m.name) c"
    " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'",
)
_KEYS = Statement(
    "SELECT c.relname::text, a.attname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
    " CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place)"
    " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number"
    " WHERE i.indisprimary AND c.relnamespace = current_schema()::text::regnamespace ORDER BY c.relname, k.place",
    sqlite="SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
    " WHERE m.type = 'table' AND c.pk > 0 ORDER BY m.name, c.pk",
)
_MARKED = Statement(
    "SELECT 1 FROM pg_class WHERE relname = :mark AND relnamespace = current_schema()::text::regnamespace",
    sqlite="SELECT 1 FROM sqlite_master WHERE name = :mark",
)
_APPLIED = Statement(
    "SELECT app::text, name::text FROM django_migrations", sqlite="SELECT app, name FROM django_migrations"
)
_TEXTS = Statement("SELECT 1", sqlite="SELECT name, sql FROM sqlite_master WHERE type = 'table'")
_JSON: Final = re.compile(r'JSON_VALID\("(\w+)"\)', re.IGNORECASE)  # how Django says that a text of SQLite is JSON
_KINDS: Final[dict[str, Kind]] = {
    "uuid": "text", "text": "text", "varchar": "text", "bpchar": "text", "char": "text", "inet": "text",
    "int2": "int", "int4": "int", "int8": "int", "integer": "int", "bigint": "int", "smallint": "int",
    "integer unsigned": "int", "smallint unsigned": "int", "bool": "bool", "jsonb": "json",
    "timestamptz": "time", "datetime": "time",
}  # fmt: skip


class Column(msgspec.Struct, frozen=True):
    """A column, of which kind its values are, and what the database calls their type."""

    name: str
    kind: Kind
    type: str = ""


class Shape(msgspec.Struct, frozen=True):
    """A table; columns stand in the order of their names, rows in that of the key."""

    table: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def plain(self) -> "Shape":
        """The same without what is particular to an engine."""
        return Shape(self.table, tuple(Column(one.name, one.kind) for one in self.columns), self.key)


class Strange(Exception):
    """A column of a type that the archive does not know."""


def every(store: Store) -> list[Shape]:
    """Every table in the order of the names, without the mark of a restore. Raises Strange."""
    columns: dict[str, list[Column]] = {}
    json = _json(store)
    for table, name, told in store.fetch(_TABLES):
        columns.setdefault(str(table), []).append(_column(str(table), str(name), str(told), json))
    keys: dict[str, list[str]] = {}
    for table, name in store.fetch(_KEYS):
        keys.setdefault(str(table), []).append(str(name))
    return [
        Shape(
            table,
            tuple(sorted(columns[table], key=lambda one: one.name)),
            tuple(keys.get(table) or sorted(one.name for one in columns[table])),
        )
        for table in sorted(columns)
        if table != MARK
    ]


def marked(store: Store) -> bool:
    """Whether a restore of this database began and has not come to its end."""
    return bool(store.fetch(_MARKED, mark=MARK))


def _json(store: Store) -> set[tuple[str, str]]:
    if store.postgresql:
        return set()
    return {(str(table), str(name)) for table, text in store.fetch(_TEXTS) for name in _JSON.findall(str(text))}


def _column(table: str, name: str, told: str, json: set[tuple[str, str]]) -> Column:
    kind = _KINDS.get(told.partition("(")[0])
    if kind is None:
        raise Strange(f"{table}.{name} is of the type {told}, which the archive does not know")
    return Column(name, "json" if (table, name) in json else kind, told)


def quoted(name: str) -> str:
    """A name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def applied(store: Store) -> list[tuple[str, str]]:
    """The migrations that made these tables, in order of their names."""
    if not any(row[0] == "django_migrations" for row in store.fetch(_TABLES)):
        return []
    rows: list[tuple[Any, ...]] = store.fetch(_APPLIED)
    return sorted((str(app), str(name)) for app, name in rows)
