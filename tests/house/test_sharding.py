"""Ready to be sharded by account: owned tables are keyed by it, and every statement on them names it."""

import ast
import importlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Any

import pytest
from django.apps import apps
from django.db import connection as django_connection
from django.db import models
from django.db.backends.signals import connection_created

from guerdon.insight.verify import proof
from guerdon.kit import store
from guerdon.kit.store import Statement, allow_fanout
from tests import databases
from tests.house import shards, source
from tests.house.owned import OWNED
from tests.insight import lived
from tests.stories import reader, teller
from tests.stories.online import OnlineWorld

STORIES = Path(__file__).parents[1] / "stories"
# Their texts become statements only by `Scope.ask`, which marks them; what a proof sends is heard at the driver.
ASKED = "guerdon/insight/verify/"
TORTURED = "guerdon/faces/cli/torture/"  # looks into databases that are thrown away, from outside
BUILT = "features/segments/membership"  # conditions of trees: one statement, which says why it looks at all


def _owned_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.db_table in OWNED]


def test_every_owned_table_is_there() -> None:
    assert {model._meta.db_table for model in _owned_models()} == set(OWNED)


def test_tables_with_an_account_are_owned_or_known_not_to_be() -> None:
    # Keyed by value; a queue; by journal number; a queue for the pieces of a stock.
    directories = {
        "activities_key", "cards_card", "kit_outgoing", "memberships_reference", "memberships_subscription",
        "redemptions_code", "rewards_claim", "seals_leaf", "vouchers_code",
    }  # fmt: skip
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
        ours = model.__module__.startswith("guerdon.")
        assert not (ours and model._meta.local_many_to_many), model._meta.label


# --- what stands in the source ---


@cache
def _statements() -> list[tuple[str, Statement]]:
    """Every statement of every module, also those that are parts of others."""
    found: list[tuple[str, Statement]] = []
    for path in source.list_modules():
        name = source.name(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        if name in ("guerdon.site.asgi", "guerdon.site.wsgi"):
            continue  # importing them starts the application
        for key, value in vars(importlib.import_module(name)).items():
            held = vars(value).items() if isinstance(value, type) and value.__module__ == name else ()
            found += [
                (f"{name}.{key}", one) for one in (value, *[one for _, one in held]) if isinstance(one, Statement)
            ]
    return found


def _texts(statement: Statement) -> list[str]:
    return [text for text in (statement.text, statement.sqlite) if text]


def test_every_statement_names_the_account_of_what_it_touches() -> None:
    faults = {name: fault for name, one in _statements() for text in _texts(one) if (fault := shards.judge(text))}
    assert not faults


def test_no_statement_looks_across_accounts_without_need() -> None:
    """A mark that hides nothing would hide the next mistake."""
    needless = [
        name
        for name, one in _statements()
        if any("/* fanout: " in text for text in _texts(one))
        and not any(shards.judge(text, marks=False) for text in _texts(one))
    ]
    assert not needless


def _unseen(trees: list[tuple[str, ast.AST]], seen: str) -> list[tuple[str, str]]:
    """Texts that name an owned table and are part of no statement that stands in a module."""
    touches = re.compile(rf"\b(FROM|JOIN|INTO|UPDATE|USING|TRUNCATE)\s+({'|'.join(OWNED)})\b", re.IGNORECASE)
    return [
        (name, part)
        for name, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for part in re.split(r"\{\w*\}", node.value)  # around what is filled in
        if touches.search(part) and part not in seen
    ]


def test_no_statement_on_an_owned_table_is_hidden_in_a_function() -> None:
    trees: list[tuple[str, ast.AST]] = [
        (source.name(path), source.parse(path))
        for path in source.list_modules()
        if not any(part in source.name(path) for part in (ASKED, BUILT, TORTURED))
    ]
    seen = re.sub(r"/\*.*?\*/ ", "", "\n".join(text for _, one in _statements() for text in _texts(one)))
    assert not _unseen(trees, seen), "make them statements of their module, so that the guard reads them"
    planted = ast.parse("def spy(at_hand):\n    at_hand.fetch(Statement('SELECT unit FROM ledger_lot'))")
    assert _unseen([("faces/spy.py", planted)], seen), "the guard overlooks a statement in a function"


# --- what reaches the database ---


@contextmanager
def listening(folder: Path) -> Iterator[list[str]]:
    """Every text that any new connection of this process sends meanwhile, SQL that triggers run left out."""
    told, found = list[str](), list[str]()
    traced: list[tuple[Any, IO[str]]] = []

    def listen(connection: Any, **_: Any) -> None:
        raw = connection.connection
        if connection.vendor == "sqlite":
            raw.set_trace_callback(told.append)
            return
        traced.append((raw, (folder / f"wire-{len(traced)}").open("w+")))
        raw.pgconn.trace(traced[-1][1].fileno())

    databases.disconnect()
    connection_created.connect(listen)
    try:
        yield found
    finally:
        connection_created.disconnect(listen)
        for raw, _ in traced:
            if not raw.closed:
                raw.pgconn.untrace()
        databases.disconnect()
    for _, file in traced:
        with file:
            file.seek(0)
            sent = [line.split("\t", 4) for line in file.read().splitlines()]
        told += [parts[4] for parts in sent if len(parts) == 5 and parts[1] == "F" and parts[3] in ("Parse", "Query")]
    bare = [re.sub(r'^\s*(?:"[^"]*" )?"(.*)"[ \d]*$', r"\1", text) for text in told if not text.startswith("-- ")]
    found += dict.fromkeys(bare)


def _faults(heard: list[str]) -> dict[str, list[str]]:
    return {text: fault for text in heard if (fault := shards.judge(text))}


def _live(url: str) -> None:
    """A representative life: a history through the engine, its proof, and stories through the API."""
    history = lived.live(url)
    proof.run(None)
    proof.run(history.cafe.programme_id)
    for name in (
        "a_day_at_cafe_aurora",
        "a_return_that_comes_first",
        "every_stamp_keeps_the_card_alive",
        "by_hand",
        "points_on_hold",
        "a_burn_taken_back",
    ):
        world = OnlineWorld()
        try:
            teller.tell(reader.read(STORIES / f"{name}.txt"), world)
        finally:
            world.close()


def test_what_reaches_the_database_names_its_accounts(pristine_database, tmp_path, monkeypatch) -> None:
    """Statements made on the way too: the writes of the store, what is gathered, what a proof asks."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # as in the server: hot routes run in the loop's thread
    with listening(tmp_path) as heard:
        _live(pristine_database)
    assert not _faults(heard)
    silent = [table for table in OWNED if not any(re.search(rf"(INTO|UPDATE) {table}\b", text) for text in heard)]
    assert silent == [], "nobody heard these being written"
    assert any("/* fanout: a proof" in text for text in heard), "nobody heard the proof"


def test_the_driver_hears_a_stray(pristine_database, tmp_path) -> None:
    """The control."""
    with listening(tmp_path) as heard:
        store.current().fetch(Statement("SELECT unit FROM ledger_lot"))
        with django_connection.cursor() as cursor:
            cursor.execute("DELETE FROM ledger_balance WHERE unit = %s", ["points"])
    assert len(_faults(heard)) == 2


# --- whether the guard can tell ---

GOOD = [
    "SELECT unit FROM ledger_lot WHERE account_id = :account AND remaining > 0",
    "SELECT unit FROM ledger_lot WHERE account_id = ANY(:accounts::uuid[]) AND (remaining > 0 OR held > 0)",
    "SELECT unit FROM ledger_lot WHERE account_id IN (SELECT value FROM json_each(:accounts))",
    "SELECT unit FROM ledger_lot WHERE account_id IN (?, ?)",
    "SELECT 1 FROM ledger_lot INDEXED BY ledger_lot_alive WHERE ledger_lot.account_id = ?",
    "SELECT 1 FROM ledger_lot l JOIN ledger_allocation a ON a.account_id = l.account_id AND a.lot_id = l.id"
    " WHERE l.account_id = ANY(:accounts)",
    "SELECT 1 FROM ledger_lot l, ledger_allocation a WHERE a.account_id = :one AND l.account_id = :one",
    "SELECT b.unit FROM members_member m LEFT JOIN ledger_balance b ON b.account_id = m.id WHERE m.id = :id",
    "SELECT a.id FROM activities_key k JOIN activities_activity a ON a.account_id = k.account_id"
    " WHERE k.external_id = :external",
    "SELECT (SELECT r.id FROM activities_returned r WHERE r.account_id = a.account_id) FROM activities_activity a"
    " WHERE a.account_id = :account",
    "DELETE FROM activities_parked p USING unnest(:accounts, :ids) AS u(account_id, id)"
    " WHERE p.account_id = u.account_id AND p.id = u.id",
    "DELETE FROM activities_parked WHERE (account_id, id) IN (SELECT value->>0, value->>1 FROM json_each(:pairs))",
    "UPDATE ledger_lot SET held = 0 WHERE account_id = $1 AND id = $2",
    "INSERT INTO ledger_lot (account_id, id) VALUES (?, ?)",
    "SELECT id FROM members_member WHERE programme_id = :programme",
]
BAD = {
    "no account at all": "SELECT unit FROM ledger_lot WHERE programme_id = :programme",
    "no condition": "SELECT account_id FROM ledger_lot ORDER BY account_id",
    "a comparison": "SELECT unit FROM ledger_lot WHERE account_id > :after",
    "a refusal": "SELECT unit FROM ledger_lot WHERE account_id <> :account",
    "a negation": "SELECT unit FROM ledger_lot WHERE NOT account_id = :account",
    "one way of two": "SELECT unit FROM ledger_lot WHERE account_id = :account OR unit = :unit",
    "two ways inside": "SELECT unit FROM ledger_lot WHERE (account_id = :account OR unit = :unit) AND held = 0",
    "a case": "SELECT unit FROM ledger_lot WHERE CASE WHEN held = 0 AND account_id = :a AND unit = :unit"
    " THEN 1 ELSE 1 END = 1",
    "itself": "SELECT unit FROM ledger_lot l WHERE l.account_id = l.account_id",
    "each other": "SELECT 1 FROM ledger_lot l JOIN ledger_posting p ON p.account_id = l.account_id",
    "a second table": "SELECT 1 FROM ledger_lot l JOIN ledger_posting p ON p.id = l.posting_id"
    " WHERE l.account_id = :account",
    "a third table": "SELECT 1 FROM ledger_lot l JOIN ledger_allocation a ON a.account_id = l.account_id"
    " JOIN ledger_posting p ON p.id = a.posting_id WHERE l.account_id = :account",
    "a bare column of two": "SELECT 1 FROM ledger_lot l JOIN ledger_unit u ON u.code = l.unit"
    " WHERE account_id = :account",
    "the same accounts, joined by something else": "SELECT 1 FROM ledger_lot l JOIN ledger_allocation a"
    " ON a.lot_id = l.id WHERE l.account_id = ANY(:accounts) AND a.account_id = ANY(:accounts)",
    "another account": "SELECT 1 FROM ledger_lot l JOIN ledger_posting p ON p.id = l.posting_id"
    " WHERE l.account_id = :one AND p.account_id = :other",
    "the kept side of a join": "SELECT 1 FROM ledger_lot l LEFT JOIN members_member m"
    " ON m.id = l.account_id AND l.account_id = :account",
    "members found by nothing": "SELECT 1 FROM members_member m JOIN ledger_balance b ON b.account_id = m.id"
    " WHERE m.programme_id = :programme",
    "a catalogue": "SELECT 1 FROM ledger_system_account s JOIN ledger_balance b ON b.account_id = s.id",
    "an expression": "SELECT unit FROM ledger_lot WHERE account_id = coalesce(:account, account_id)",
    "a subquery": "SELECT id FROM members_member WHERE id = :id AND EXISTS (SELECT 1 FROM ledger_lot)",
    "a subquery in a list": "SELECT (SELECT max(seq) FROM ledger_posting) FROM members_member WHERE id = :id",
    "accounts out of another table": "SELECT unit FROM ledger_lot WHERE account_id IN"
    " (SELECT account_id FROM ledger_balance WHERE debt > 0)",
    "the second of a union": "SELECT unit FROM ledger_lot WHERE account_id = :a UNION ALL SELECT unit FROM ledger_lot",
    "a part of a WITH": "WITH w0 AS (DELETE FROM ledger_balance WHERE unit = $1) SELECT 1",
    "an update": "UPDATE ledger_balance SET account_id = :account WHERE unit = :unit",
    "an update from": "UPDATE ledger_lot AS l SET held = 0 FROM unnest(:ids) AS x(id) WHERE l.id = x.id",
    "a delete": "DELETE FROM members_vault WHERE sealed = :sealed",
    "an insert": "INSERT INTO ledger_lot (id, unit) VALUES (:account_id, :unit)",
    "an insert of whole rows": "INSERT INTO ledger_lot SELECT * FROM unnest(:rows)",
    "an insert of everything": "INSERT INTO ledger_lot (account_id, id) SELECT account_id, id FROM ledger_posting",
    "all of it": "TRUNCATE ledger_lot",
    "words in a remark": "SELECT unit FROM ledger_lot WHERE held = 0 /* account_id = :account */",
    "words in a text": "SELECT unit FROM ledger_lot WHERE funder = ' account_id = :account'",
    "a mark elsewhere": "SELECT (/* fanout: one bit */ SELECT 1 FROM activities_parked) FROM ledger_lot",
}  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_the_guard_lets_a_bound_statement_through(text: str) -> None:
    assert shards.judge(text) == []


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_the_guard_stops_a_stray(text: str) -> None:
    assert shards.judge(text)
    assert shards.judge(allow_fanout("the control", Statement(text)).text) == []


@pytest.mark.parametrize("reason", ["", "*/ SELECT 1 /*", "what :now"])
def test_a_reason_is_plain_words(reason: str) -> None:
    with pytest.raises(AssertionError, match="plain words"):
        allow_fanout(reason, Statement("SELECT 1"))
