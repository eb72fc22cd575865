"""Rows change only in the `actions.py` of their feature, so that whoever looks for a write finds it there."""

import ast
import re

from tests.house import source

# Where else SQL may write, and why.
ELSEWHERE = {
    "guerdon/kit/store.py": "builds the statements from the tables that actions declare",
    "guerdon/kit/outbox.py": "the outbox is the kit's own table",
    "guerdon/kit/ddl.py": "makes the triggers that refuse writes",
    "guerdon/kit/jobs.py": "the queue of jobs is the kit's own table",
    "guerdon/engine/batch.py": "hands the rows that actions made to the store, all in one write",
}
_WRITES = re.compile(r"\b(INSERT INTO|UPDATE [a-z_]+|DELETE FROM|TRUNCATE)\b")


def _declare_tables() -> set[str]:
    """The files that take `Table` from the store: what is declared as one can be written."""
    return {
        name
        for name, node in source.walk()
        if isinstance(node, ast.ImportFrom)
        and node.module == "guerdon.kit.store"
        and "Table" in {alias.name for alias in node.names}
    }


def _hold_writes() -> set[str]:
    """The files with a text that writes."""
    return {
        name
        for name, node in source.walk()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _WRITES.search(node.value)
    }


def test_only_actions_write() -> None:
    strays = {
        name
        for name in _hold_writes() | _declare_tables()
        if not re.fullmatch(r"guerdon/features/\w+/actions\.py", name)
    }
    # Proofs attempt a write inside a transaction they roll back, to show that the triggers refuse it.
    strays = {name for name in strays if not name.startswith("guerdon/insight/verify/")}
    assert strays - ELSEWHERE.keys() == set(), f"writes outside actions.py: {sorted(strays - ELSEWHERE.keys())}"


def test_the_wall_sees_a_write() -> None:
    assert "guerdon/features/ledger/actions.py" in _declare_tables()
    assert "guerdon/features/members/actions.py" in _hold_writes()
