"""Ready to be sharded by account: owned tables are keyed by it, and every statement on them names it."""

import pytest
from django.apps import apps
from django.db import models

from guerdon.kit.store import Statement
from tests.house import source

# Tables that one account owns; each with the column that names the account.
OWNED = {
    "activities_activity": "account_id",
    "activities_parked": "account_id",
    "activities_returned": "account_id",
    "ledger_allocation": "account_id",
    "ledger_balance": "account_id",
    "ledger_lot": "account_id",
    "ledger_posting": "account_id",
    "members_vault": "account_id",
    "rulebook_counter": "account_id",
}
# Statements that look across accounts on purpose: each a reader over everything, never on a request.
FANOUT = {
    "NEXT_SEQS": "SQLite's one writer numbers the journal on from its last row",
    "ANY_WAITING": "one bit: whether the programme has parked facts at all",
    "_WAITING_FOR": "finds the parked returns of an arriving purchase by its natural key; the few there are",
    "_PARKED_LIST": "the list a person works through: parked facts of a programme",
    "_DUE": "the night asks which accounts have something due",
    "_DUE_COUNT": "and how many, so that it can say how long it will take",
}


def _owned_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.db_table in OWNED]


def test_every_owned_table_is_there() -> None:
    assert {model._meta.db_table for model in _owned_models()} == set(OWNED)


def test_tables_with_an_account_are_owned_or_known_not_to_be() -> None:
    directories = {"activities_key", "kit_outgoing"}  # keyed by value; a queue
    found = {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.column == "account_id" for field in model._meta.local_fields if field.column)
    }
    assert found - directories == set(OWNED)


@pytest.mark.parametrize("model", _owned_models(), ids=lambda model: model._meta.db_table)
def test_primary_and_unique_keys_contain_the_account(model: type[models.Model]) -> None:
    key = model._meta.pk
    columns = [field.column for field in getattr(key, "fields", [key])]
    assert columns[0] == OWNED[model._meta.db_table]
    for constraint in model._meta.total_unique_constraints:
        assert OWNED[model._meta.db_table] in constraint.fields


def test_no_foreign_key_leaves_an_account() -> None:
    """Django relations stand only between tables that no account owns."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if field.remote_field is not None:
                assert model._meta.db_table not in OWNED, f"{model._meta.label}.{field.name}"
        assert not model._meta.local_many_to_many, model._meta.label


def _statements() -> list[tuple[str, str, Statement]]:
    import importlib

    found: list[tuple[str, str, Statement]] = []
    for path in source.list_modules():
        name = source.name(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        if ".features." not in name and ".engine." not in name and ".kit." not in name:
            continue
        module = importlib.import_module(name)
        found += [(name, key, value) for key, value in vars(module).items() if isinstance(value, Statement)]
    return found


def test_every_statement_on_an_owned_table_names_its_account() -> None:
    strays = []
    for module, name, statement in _statements():
        for text in filter(None, (statement.text, statement.sqlite)):
            touched = [table for table in OWNED if table in text]
            if touched and "account_id" not in text.partition("WHERE")[2] + text.partition(" ON ")[2]:
                strays.append((name, touched, module))
    unknown = [stray for stray in strays if stray[0] not in FANOUT]
    assert not unknown, f"statements that miss their account: {unknown}"


def test_the_allow_list_of_fanouts_holds_no_ghosts() -> None:
    assert set(FANOUT) <= {name for _, name, _ in _statements()}
