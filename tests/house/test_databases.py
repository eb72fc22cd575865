"""The databases of the tests keep their promise: migrated, separate, with every trigger in the copies."""

from django.db import connection

from guerdon.site.database import settings


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


def test_a_pristine_database_is_another_one(database, request):
    shared = selected()
    pristine = request.getfixturevalue("pristine_database")
    assert selected() != shared
    assert pristine != database
    assert selected() in pristine
