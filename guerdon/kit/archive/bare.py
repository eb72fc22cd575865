"""Tables without what guards them and looks things up, while many rows come in; afterwards all of it stands again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from guerdon.kit.store import Statement, Store

# What is taken away first and put back last stands first: (how it is taken away, how it is put back).
_POSTGRESQL: Final = (
    "SELECT format('DROP TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass), pg_get_triggerdef(t.oid)"
    " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::text::regnamespace ORDER BY 1",
    "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),"
    " format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))"
    " FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::text::regnamespace ORDER BY 1",
    "SELECT format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)"
    " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
    " WHERE c.relnamespace = current_schema()::text::regnamespace"
    " AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid) ORDER BY 1",
)
_SQLITE: Final = (
    "SELECT 'DROP TRIGGER \"' || name || '\"', sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1",
    "SELECT 'DROP INDEX \"' || name || '\"', sql FROM sqlite_master"
    " WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1",
)
_SEQUENCES: Final = Statement(
    "SELECT format('%I', s.relname), format('%I', c.relname), format('%I', a.attname) FROM pg_class s"
    " JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')"
    " JOIN pg_class c ON c.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid"
    " WHERE s.relkind = 'S' AND s.relnamespace = current_schema()::text::regnamespace"
)
_FREE: Final = Statement(
    "SELECT format('%I', s.relname) FROM pg_class s WHERE s.relkind = 'S'"
    " AND s.relnamespace = current_schema()::text::regnamespace AND NOT EXISTS"
    " (SELECT 1 FROM pg_depend d WHERE d.objid = s.oid AND d.classid = 'pg_class'::regclass"
    "  AND d.deptype IN ('a', 'i'))"
)
_NUMBERED: Final = Statement(
    "SELECT format('%I', c.relname) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'seq'"
    " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::text::regnamespace"
)
_DROPS: Final = Statement(
    "SELECT format('DROP TABLE %I CASCADE', relname) FROM pg_class"
    " WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::text::regnamespace UNION ALL"
    " SELECT format('DROP SEQUENCE IF EXISTS %I CASCADE', relname) FROM pg_class"
    " WHERE relkind = 'S' AND relnamespace = current_schema()::text::regnamespace UNION ALL"
    " SELECT format('DROP FUNCTION %s CASCADE', oid::regprocedure) FROM pg_proc"
    " WHERE prorettype = 'trigger'::regtype AND pronamespace = current_schema()::text::regnamespace",
    sqlite="SELECT 'DROP TABLE \"' || name || '\"' FROM sqlite_master"
    " WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
)


@contextmanager
def bare(store: Store) -> Iterator[None]:
    """Without triggers, foreign keys and indexes for the length of the block; foreign keys are proved afterwards."""
    taken: list[str] = []
    _refer(store, "OFF")
    for query in _POSTGRESQL if store.postgresql else _SQLITE:
        for drop, put_back in store.fetch(Statement(query)):
            store.raw.execute(drop)
            taken.append(str(put_back))
    yield
    for put_back in reversed(taken):
        store.raw.execute(put_back)
    _refer(store, "ON")


def orphans(store: Store) -> list[str]:
    """Which tables have rows that refer to none; PostgreSQL has proved it as it put the foreign keys back."""
    if store.postgresql:
        return []
    return sorted({str(row[0]) for row in store.fetch(Statement("PRAGMA foreign_key_check"))})


def count_on(store: Store) -> None:
    """Let PostgreSQL's counters go on after the highest number that is there; SQLite looks itself."""
    if not store.postgresql:
        return
    owned = [(str(name), [(str(table), str(column))]) for name, table, column in store.fetch(_SEQUENCES)]
    numbered = [(str(table), "seq") for (table,) in store.fetch(_NUMBERED)]
    free = [(str(name), numbered) for (name,) in store.fetch(_FREE)]
    for name, places in owned + free:
        highest = ", ".join(f"(SELECT max({column}) FROM {table})" for table, column in places)  # noqa: S608
        store.fetch(Statement(f"SELECT setval('{name}', greatest(1, {highest}), greatest(0, {highest}) > 0)"))


def learn(store: Store) -> None:
    """Let the database look at what it has now, so that it finds the shortest ways."""
    store.fetch(Statement("ANALYZE", sqlite="PRAGMA optimize"))


def clear(store: Store, then: str) -> None:
    """Take away every table with all that is in it, and do something else in the same transaction."""
    _refer(store, "OFF")
    with store.transaction():
        for (drop,) in store.fetch(_DROPS):
            store.raw.execute(drop)
        store.raw.execute(then)
    _refer(store, "ON")


def _refer(store: Store, switch: str) -> None:
    """Whether SQLite looks at foreign keys as it writes."""
    if not store.postgresql:
        store.raw.execute(f"PRAGMA foreign_keys = {switch}")
