"""Rows change only in the `actions.py` of their feature, so that whoever looks for a write finds it there."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house import source

# Where else rows may change, and why.
ELSEWHERE = {
    "guerdon/kit/store.py": "builds the statements from the tables that actions declare",
    "guerdon/kit/outbox.py": "the outbox is the kit's own table",
    "guerdon/kit/attempts.py": "the count of tries is the kit's own table",
    "guerdon/kit/audit.py": "the book of who did what is the kit's own table",
    "guerdon/kit/jobs.py": "the queue of jobs is the kit's own table",
    "guerdon/kit/job_list.py": "puts a job that failed into the same queue anew",
    "guerdon/kit/digests.py": "the key of digests is the kit's own table",
    "guerdon/kit/resealing.py": "seals anew, and changes nothing else, in the columns that actions declare",
    "guerdon/kit/archive/restoration.py": "brings back the rows that a backup holds, as actions once wrote them",
    "guerdon/engine/batch.py": "hands the rows that actions made to the store, all in one write",
    "guerdon/engine/once.py": "hands the one row that actions made to the store",
    "guerdon/faces/cli/torture/backups.py": "makes a scratch installation one that an earlier version has left",
    "guerdon/insight/kpis/engines.py": "begins a session of a Spark, and no row",
    "guerdon/insight/verify/walls.py": "tries writes that the triggers must refuse, and rolls all of them back",
}
_WRITES = re.compile(
    r"\b(INSERT (OR [A-Z]+ )?INTO|REPLACE INTO|MERGE INTO|UPDATE (ONLY )?[a-z_{}\"]+ |DELETE FROM"
    r"|TRUNCATE (TABLE )?[a-z_{}])"
)
# What Django's objects write with, and how it is told from a set's or a dictionary's `update`: by what it is given.
_ALWAYS = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "save_base"}
_NAMED_ONLY = {"create", "update", "delete"}


def _declares_table(node: ast.AST) -> bool:
    """Whether it takes `Table` from the store: what is declared as one can be written."""
    return (
        isinstance(node, ast.ImportFrom)
        and node.module == "guerdon.kit.store"
        and "Table" in {alias.name for alias in node.names}
    )


def _holds_write(node: ast.AST) -> bool:
    """Whether it is a text that writes; what is filled in later stands as {}."""
    if isinstance(node, ast.JoinedStr):
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    else:
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return _WRITES.search(text) is not None


def _modules(tree: ast.AST) -> set[str]:
    """The names under which a file knows modules of ours: `members.create(…)` is for their own file to answer for."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("guerdon")
        for alias in node.names
        if alias.name.islower()
    }


def _writes_objects(node: ast.AST, modules: set[str]) -> bool:
    """Whether it is a write through Django's objects."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    if isinstance(node.func.value, ast.Name) and node.func.value.id in modules:
        return False
    verb = node.func.attr.removeprefix("a")  # the awaited ones
    return verb in _ALWAYS or (verb in _NAMED_ONLY and not node.args)


def _writes_rows(node: ast.AST) -> bool:
    """Whether it hands rows to the store."""
    return isinstance(node, ast.Call) and bool(re.search(r"\b(store|at_hand|current)\.write$", source.spell(node.func)))


def _strays(trees: Iterator[tuple[str, ast.AST]]) -> set[str]:
    """The files that write, or could."""
    found = set()
    for name, tree in trees:
        modules = _modules(tree)
        for node in ast.walk(tree):
            if _declares_table(node) or _holds_write(node) or _writes_rows(node) or _writes_objects(node, modules):
                found.add(name)
    return found


def test_only_actions_write() -> None:
    every = _strays((source.name(path), source.parse(path)) for path in source.list_modules())
    strays = {name for name in every if not re.fullmatch(r"guerdon/features/\w+/actions\.py", name)}
    assert strays - ELSEWHERE.keys() == set(), f"writes outside actions.py: {sorted(strays - ELSEWHERE.keys())}"
    assert ELSEWHERE.keys() - strays == set(), "these no longer write: take them off the list"


def _opens_transaction(node: ast.Call) -> bool:
    """Whether it begins or commits something by itself."""
    verbs = {"transaction", "retrying", "committed"}
    return isinstance(node.func, ast.Attribute) and node.func.attr in verbs


def test_faces_leave_transactions_to_the_engine() -> None:
    """A face translates: what belongs together is for a verb of the engine to say."""
    openers = {name for name, node in source.walk(ast.Call) if _opens_transaction(node)}
    assert "guerdon/engine/desk.py" in openers, "the wall no longer sees a transaction"
    # The demo makes its key where it also keeps it, in a file.
    assert {name for name in openers if "/faces/" in name} - {"guerdon/faces/cli/demo/key.py"} == set()


@pytest.mark.parametrize(
    "text",
    [
        "from guerdon.kit.store import Store, Table",
        "Statement('UPDATE ledger_lot SET held = 0')",
        "Statement('DELETE FROM ledger_lot')",
        "at_hand.write([(LOTS, rows)])",
        "self.store.write([(LOTS, rows)])",
        "raw.execute(f'UPDATE {table} SET held = 0')",
        "raw.execute('INSERT OR REPLACE INTO ledger_lot VALUES (1)')",
        "Member(id=id).save()",
        "member.save(update_fields=['status'])",
        "Member.objects.create(id=id)",
        "Member.objects.filter(id=id).update(status='closed')",
        "rows.update(status='closed')",
        "Member.objects.filter(id=id).delete()",
        "member.delete()",
        "Member.objects.bulk_create(rows)",
        "Member.objects.bulk_update(rows, ['status'])",
        "Member.objects.get_or_create(id=id)",
        "Member.objects.update_or_create(id=id, defaults=found)",
        "await Member.objects.acreate(id=id)",
        "await member.asave()",
        "await rows.aupdate(status='closed')",
        "from django.db import models\nmodels.Member.objects.filter(id=1).delete()",
    ],
)
def test_the_wall_sees_a_write(text: str) -> None:
    """The control: each way to change a row, planted in a face."""
    assert _strays(iter([("guerdon/faces/spy.py", ast.parse(text))]))


@pytest.mark.parametrize(
    "text",
    [
        "Statement('SELECT id FROM members_member WHERE id = :id FOR NO KEY UPDATE OF m')",
        "seen.update(found)",
        "file.write(text)",
        "digest.update(part)",
        "from guerdon.engine import keys\nkeys.create(programme_id=one, name=name)",
        "Member.objects.filter(id=id).first()",
    ],
)
def test_the_wall_lets_a_read_pass(text: str) -> None:
    assert not _strays(iter([("guerdon/faces/reader.py", ast.parse(text))]))
