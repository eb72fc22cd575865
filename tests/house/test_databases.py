"""The databases of the tests keep their promise: migrated, separate, with every trigger in the copies."""

import ast

import pytest
from django.db import connection

from guerdon.site.database import settings
from tests import run
from tests.house import source

DATABASES = {"database", "pristine_database", "scratch_database", "template_database"}  # what tests ask for by name


def count_triggers() -> int:
    """How many triggers the selected database has."""
    tables = {
        "sqlite": "sqlite_master WHERE type = 'trigger'",
        "postgresql": "pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {tables[connection.vendor]}")
        return cursor.fetchone()[0]


def selected() -> str:
    """The name of the database that Django asks."""
    return str(connection.settings_dict["NAME"])


def test_copies_keep_triggers(database, pristine_database):
    copied = count_triggers()
    assert copied > 0
    assert "django_migrations" in connection.introspection.table_names()


def test_no_request_is_a_transaction_by_itself(database):
    """The engine opens the only ones, around gather, decide and commit; Django's default must not change that."""
    for url in ("sqlite:///guerdon.db", "postgresql://guerdon@localhost/guerdon"):
        assert settings(url)["ATOMIC_REQUESTS"] is False
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False


def test_an_address_says_how_its_connection_is_guarded():
    told = settings("postgresql://guerdon:x@db/guerdon?sslmode=verify-full&sslrootcert=/etc/ssl/db.pem")["OPTIONS"]
    assert (told["sslmode"], told["sslrootcert"]) == ("verify-full", "/etc/ssl/db.pem") and "lock_timeout" in told[
        "options"
    ]
    assert settings("postgresql:///guerdon?host=/run/postgresql")["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    "address, told",
    [
        ("postgresql://guerdon@db/guerdon?sslmod=verify-full", "may not say sslmod"),
        ("postgresql://guerdon@db/guerdon?options=-c%20fsync%3Doff", "may not say options"),
        ("postgresql://guerdon@db/guerdon?sslmod=", "may not say sslmod"),
        ("postgresql://guerdon@db/guerdon?host=other", "may not say host"),
        ("postgresql://guerdon@db/guerdon#?sslmode=verify-full", "may not say #"),
        ("postgresql://guerdon@db/guerdon?sslrootcert=/a#b.pem", "may not say #"),
        ("postgresql://guerdon@db/guerdon?sslmode=", "says nothing of sslmode"),
        ("postgresql://guerdon@db/guerdon?sslmode", "says nothing of sslmode"),
        ("postgresql://guerdon@db/guerdon?sslmode=%20", "says nothing of sslmode"),
        ("postgresql://guerdon@db/guerdon?sslmode=verify-full&sslmode=disable", "twice"),
        ("postgresql:///guerdon?host=/run/a&host=/run/b", "twice"),
        ("sqlite:///guerdon.db?mode=ro", "may not say mode"),
        ("sqlite:///guerdon.db?sslmode=verify-full", "may not say sslmode"),
        ("sqlite:///guerdon#1.db", "may not say #"),
    ],
)
def test_an_address_says_nothing_that_is_left_unheard(address, told):
    with pytest.raises(ValueError, match=told):
        settings(address)


def test_a_pristine_database_is_another_one(database, request):
    shared = selected()
    pristine = request.getfixturevalue("pristine_database")
    assert selected() != shared
    assert pristine != database
    assert selected() in pristine


def test_what_runs_once_asks_no_database(request):
    """The run on PostgreSQL leaves these out. Of the tests collected here, all in a whole run, each fixture counts."""
    once = {source.ROOT / one for one in run.ONCE}
    files = [path for path in source.list_files() if path.suffix == ".py" and {path, *path.parents} & once]
    asked = {
        source.name(path)
        for path in files
        for node in ast.walk(source.parse(path))
        if isinstance(node, ast.arg) and node.arg in DATABASES
    }
    asked |= {
        item.nodeid
        for item in request.session.items
        if {item.path, *item.path.parents} & once and DATABASES & set(item.fixturenames)
    }
    assert len(files) > 80 and asked == set()


def test_what_runs_once_is_there():
    """A name that nothing has leaves nothing out."""
    for one in (*run.ONCE, *run.ALIKE):
        path, _, name = one.partition("::")
        assert (source.ROOT / path).exists()
        assert not name or f"def {name}(" in (source.ROOT / path).read_text()
