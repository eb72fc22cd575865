"""Files and functions stay small enough to be read in one go."""

import ast

from tests.house import source

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60

# file, or file::function → why it is longer. A row no longer needed fails the wall, so the lists only shrink.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def test_files_are_short():
    lengths = {source.name(path): len(path.read_text("utf-8").splitlines()) for path in source.list_modules()}
    too_long = {name: lines for name, lines in lengths.items() if lines > FILE_LINES_MAX}
    assert set(too_long) == set(LONG_FILES), too_long


def test_functions_are_short():
    too_long = {}
    for file, node in source.walk(ast.FunctionDef, ast.AsyncFunctionDef):
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > FUNCTION_LINES_MAX:
            too_long[f"{file}::{node.name}"] = lines
    assert set(too_long) == set(LONG_FUNCTIONS), too_long


def test_there_is_something_to_measure():
    assert len(source.list_modules()) > 10
