"""A backup becomes a database again: tables as they were made, rows, guards, and the proof that nothing differs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import psycopg
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from guerdon.kit import snapshot, store
from guerdon.kit.archive import backup, bare, lines, shapes
from guerdon.kit.archive.backup import Manifest, Progress
from guerdon.kit.archive.chest import Damaged, Opened
from guerdon.kit.archive.shapes import MARK, Shape, quoted
from guerdon.kit.store import Statement, Store

# What `guerdon migrate` alone has filled.
_BORN_WITH: Final = {"django_migrations", "django_content_type", "auth_permission", "kit_key"}
_BEGIN: Final = f"CREATE TABLE {MARK} (since text)"
_END: Final = Statement(f"DROP TABLE {MARK}")


class Refused(Exception):
    """This backup can't be restored here; the sentence says why, and the hint what to do."""

    def __init__(self, why: str, hint: str = "") -> None:
        super().__init__(why)
        self.hint = hint


def occupied(at_hand: Store) -> str | None:
    """A table of the database that holds something, where that is not a restore that never came to its end."""
    if shapes.marked(at_hand):
        return None
    found = shapes.every(at_hand)
    ours = any(shape.table == "django_migrations" for shape in found)
    for shape in found:
        if not ours:
            return shape.table
        if shape.table in _BORN_WITH:
            continue
        if at_hand.fetch(Statement(f"SELECT 1 FROM {quoted(shape.table)} LIMIT 1")):  # noqa: S608 - its own name
            return shape.table
    return None


def run(file: Opened, told: Manifest, *, progress: Progress) -> None:
    """Fill an empty database with a backup that was checked; what an earlier attempt left is cleared away first.

    While it is on its way, a mark in the database keeps everybody from using it; a crash leaves the mark. Raises
    Refused, Damaged.
    """
    _known(MigrationExecutor(connection), told)
    _begin(store.current())
    _build(told)
    at_hand = store.current()
    own = {shape.table: shape for shape in shapes.every(at_hand)}
    _compare_shapes(own, told)
    with bare.bare(at_hand):
        for table in told.tables:
            _load(at_hand, file, table.shape, own[table.shape.table], progress)
    orphans = bare.orphans(at_hand)
    if orphans:
        raise Damaged(f"rows of {', '.join(orphans)} refer to rows that are not there")
    bare.count_on(at_hand)
    bare.learn(at_hand)
    with snapshot.taken() as view:
        differing = backup.compare(view, told, progress)
    if differing:
        raise Damaged(f"what came back is not what was backed up: {'; '.join(differing[:5])}")


def end(at_hand: Store) -> None:
    """The restore is over: everybody may use the database."""
    at_hand.fetch(_END)


def _begin(at_hand: Store) -> None:
    """Clear the database and mark it, at once."""
    if shapes.marked(at_hand) or shapes.every(at_hand):
        bare.clear(at_hand, _BEGIN)
    else:
        at_hand.raw.execute(_BEGIN)


def _build(told: Manifest) -> None:
    """Make the tables as they were when the backup was made."""
    executor = MigrationExecutor(connection)
    executor.migrate(_latest(executor, told.migrations))
    store.current()  # made anew: the migrations may have replaced the connection


def _known(executor: MigrationExecutor, told: Manifest) -> None:
    """Whether this program knows how to make the tables."""
    known = set(executor.loader.graph.nodes)
    unknown = sorted(f"{app}.{name}" for app, name in told.migrations if (app, name) not in known)
    if unknown:
        raise Refused(
            f"The backup was made by version {told.version}, which has the migration {unknown[0]};"
            " this version does not know it.",
            "Restore it with that version or a later one.",
        )


def _latest(executor: MigrationExecutor, migrations: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of each app the migrations after which none of those came."""
    had = set(migrations)
    nodes = executor.loader.graph.node_map
    return [
        one
        for one in migrations
        if not any(child.key in had and child.key[0] == one[0] for child in nodes[one].children)
    ]


def _compare_shapes(own: Mapping[str, Shape], told: Manifest) -> None:
    """Whether the tables are those that the rows were taken from."""
    here = {name: shape.plain for name, shape in own.items()}
    there = {one.shape.table: one.shape for one in told.tables}
    for table in sorted(here.keys() | there.keys()):
        ours, theirs = here.get(table), there.get(table)
        if ours == theirs:
            continue
        differs = _difference(ours, theirs)
        raise Refused(
            f"The table {table} {differs}.", f"Restore it with the very Guerdon that made it, version {told.version}."
        )


def _difference(ours: Shape | None, theirs: Shape | None) -> str:
    if ours is None or theirs is None:
        return "is in the backup alone" if ours is None else "is not in the backup"
    mine, other = set(ours.columns), set(theirs.columns)
    names = sorted({one.name for one in mine ^ other})
    return f"has other columns in the backup: {', '.join(names)}" if names else "has another key in the backup"


def _load(at_hand: Store, file: Opened, told: Shape, own: Shape, progress: Progress) -> None:
    """Bring in the rows of one table, in one transaction; `told` is its shape in the backup, `own` in the database."""
    heading = lines.header(told)
    with at_hand.transaction():
        # What a migration brought with it is among what comes.
        at_hand.raw.execute(f"DELETE FROM {quoted(own.table)}")  # noqa: S608 - its own name
        for place, text in enumerate(file.lines(backup.name(told))):
            if place == 0 and not text.startswith(heading):
                raise Damaged(f"the table {own.table} does not begin with its heading")
            rows = lines.cells(text if place else text[len(heading) :], own, postgresql=at_hand.postgresql)
            _copy(at_hand, own)(rows)
            progress(len(rows))


def _copy(at_hand: Store, shape: Shape) -> Callable[[list[list[lines.Cell]]], None]:
    names = ", ".join(quoted(one.name) for one in shape.columns)
    if at_hand.postgresql:

        def copy(rows: list[list[lines.Cell]]) -> None:
            raw: psycopg.Connection = at_hand.raw
            with raw.cursor() as cursor, cursor.copy(f"COPY {quoted(shape.table)} ({names}) FROM STDIN") as into:
                for row in rows:
                    into.write_row(row)

        return copy
    marks = ", ".join("?" * len(shape.columns))
    text = f"INSERT INTO {quoted(shape.table)} ({names}) VALUES ({marks})"  # noqa: S608 - its own names

    def insert(rows: list[list[lines.Cell]]) -> None:
        at_hand.raw.executemany(text, rows)

    return insert
