"""The clock is read in one file; everything else is told what time it is, so that any day can be replayed."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house import source

CLOCK = "guerdon/kit/clock.py"

# Reads of the wall clock, as they are written. Durations (monotonic, perf_counter) are nobody's date.
CALLS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "time.strftime",
    "timezone.now", "timezone.localtime", "timezone.localdate",
    "functions.Now", "models.functions.Now",
}  # fmt: skip
IMPORTS = {
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime", "strftime"},
    "django.utils.timezone": {"now", "localtime", "localdate"},
    "django.db.models.functions": {"Now"},
}
KEYWORDS = {"auto_now", "auto_now_add"}  # fields that read the clock behind the caller's back
# The database has a clock too, and it is another one.
SQL = re.compile(
    r"\bnow\(\)|\bcurrent_(timestamp|date|time)\b|\b(clock|statement|transaction)_timestamp\(|"
    r"\b(datetime|date|strftime|julianday|unixepoch)\([^)]*'now'",
    re.IGNORECASE,
)


def find(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and words of each read of a wall clock."""
    prose = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            if ".".join(source.spell(node).split(".")[-2:]) in CALLS:
                yield node.lineno, source.spell(node)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name in IMPORTS.get(node.module or "", ()):
                    yield node.lineno, f"{node.module}.{alias.name}"
        elif isinstance(node, ast.keyword) and node.arg in KEYWORDS:
            yield node.value.lineno, node.arg or ""
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            for match in SQL.finditer(node.value):
                yield node.lineno, match.group()


@pytest.mark.parametrize(
    "text",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "datetime.date.today()",
        "time.time()",
        "from time import time_ns",
        "dj.utils.timezone.now()",
        "f(default=timezone.now)",
        "models.DateTimeField(auto_now_add=True)",
        "execute('select now()')",
        "execute(\"select strftime('%s', 'now')\")",
    ],
)
def test_reads_of_the_clock_are_seen(text):
    assert list(find(ast.parse(text)))


@pytest.mark.parametrize("text", ["time.monotonic()", "clock.now()", "time.perf_counter_ns()", "x = 'knownow() is'"])
def test_durations_and_our_own_clock_are_fine(text):
    assert not list(find(ast.parse(text)))


def test_the_clock_is_read_in_one_file():
    reads = {source.name(path): list(find(source.parse(path))) for path in source.list_modules()}
    assert reads.pop(CLOCK), "the clock itself reads nothing: this wall looks at the wrong file"
    assert not {file: found for file, found in reads.items() if found}
