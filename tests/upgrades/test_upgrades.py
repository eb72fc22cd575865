"""Whatever an earlier version has written is restored, brought up to this one, and proved."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from guerdon.faces.cli import terminal
from guerdon.kit import snapshot
from guerdon.kit.archive import backup
from tests import databases
from tests.faces.cli.command import run

RELEASES = sorted(Path(__file__).parent.glob("*.tar"))
NEWEST = ("segments", "0001_initial")  # nothing else needs it, so a database without it is one of an earlier version
EDITED = "A migration was edited in place: python -m tests.upgrades unreleased makes the backup anew."


@pytest.fixture
def empty(pristine_database):
    address = databases.name_new(pristine_database)
    databases.create(address)
    yield address
    databases.drop(address)


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_a_backup_of_every_version_restores_and_is_proved(release, empty, tmp_path):
    ended = run("restore", str(release), "--into", empty, "--json", GUERDON_HOME=str(tmp_path))
    assert ended.code == terminal.OK, f"{ended.err}\n{EDITED if release.stem == 'unreleased' else ''}"
    assert ended.json["holds"] is True and ended.json["tables"]["activities_activity"] > 10


def test_a_restore_brings_an_older_database_up_to_this_version(pristine_database, empty, tmp_path):
    old = databases.name_new(pristine_database)
    databases.create(old)
    try:
        with databases.selected(old):
            executor = MigrationExecutor(connection)
            executor.migrate([one for one in executor.loader.graph.leaf_nodes() if one != NEWEST])
            with snapshot.taken() as view:
                told = backup.write(
                    tmp_path / "a.tar", view, version="0.0.9", secret=None, marks=[], progress=lambda more: None
                )
    finally:
        databases.drop(old)
    assert not any(one.shape.table.startswith("segments_") for one in told.tables)
    ended = run("restore", str(tmp_path / "a.tar"), "--into", empty, "--json")
    assert ended.code == terminal.OK and ended.json["applied"] == [".".join(NEWEST)]
    assert run("dump", "--canonical", "--json", GUERDON_DATABASE_URL=empty).json["tables"]["segments_segment"] == 0


def test_a_backup_of_a_later_version_is_refused(pristine_database, empty, tmp_path):
    with snapshot.taken() as view:
        made = backup.write(tmp_path / "a.tar", view, version="9.0", secret=None, marks=[], progress=lambda more: None)
    assert made.version == "9.0"
    _claim(tmp_path / "a.tar", tmp_path / "b.tar", ("ledger", "0009_from_the_future"))
    ended = run("restore", str(tmp_path / "b.tar"), "--into", empty)
    assert ended.code == terminal.UNREADABLE and "version 9.0" in ended.err and "ledger.0009" in ended.err


def _claim(path, into, migration):
    """The same backup with one more migration in its manifest."""
    import msgspec

    from guerdon.kit.archive import chest

    with chest.opened(path) as file, chest.made(into) as other:
        told = backup.manifest(file)
        told = msgspec.structs.replace(told, migrations=[*told.migrations, migration])
        for name in file.parts:
            if name not in (chest.SUMS, backup.MANIFEST):
                with other.part(name) as put:
                    for piece in file.read(name):
                        put(piece)
        with other.part(backup.MANIFEST) as put:
            put(msgspec.json.encode(told))
