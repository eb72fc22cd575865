"""Nothing happens behind a reader's back: no signals, no overridden writes, no swallowed errors."""

import ast

from tests.house import source

SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.db.backends.signals")
WRITES = {"save", "delete", "asave", "adelete", "save_base"}
EVERYTHING = {"Exception", "BaseException"}


def test_nobody_listens_to_signals():
    found = []
    for file, node in source.walk(ast.Import, ast.ImportFrom):
        above = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
        names = [f"{above}{alias.name}" for alias in node.names]
        found += [(file, name) for name in names if f"{name}.".startswith(tuple(f"{one}." for one in SIGNALS))]
    assert not found


def test_no_model_overrides_a_write():
    """A row changes in actions.py, in plain sight."""
    found = [
        (file, node.name, part.name)
        for file, node in source.walk(ast.ClassDef)
        if file.endswith("/models.py")
        for part in node.body
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) and part.name in WRITES
    ]
    assert not found


def test_no_error_is_swallowed():
    """A named error may be passed over, with a comment; all of them at once may not."""
    found = []
    for file, node in source.walk(ast.ExceptHandler):
        names = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        catches_all = any(name is None or source.spell(name) in EVERYTHING for name in names)
        does_nothing = all(
            isinstance(line, ast.Pass) or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
            for line in node.body
        )
        if catches_all and does_nothing:
            found.append((file, node.lineno))
    assert not found
