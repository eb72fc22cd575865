"""The map to ASVS has every requirement of levels 1 and 2 once, and every test that it names is there."""

import ast
import functools

import pytest

from tests.house import source
from tests.security.asvs import __main__ as page
from tests.security.asvs import table


def test_the_standard_is_whole():
    """ASVS 5.0.0 has 345 requirements, of which 70 are of level 1 and 183 of level 2."""
    assert [len(table.every(most)) for most in (1, 2, 3)] == [70, 253, 345]


def test_every_requirement_is_here_once():
    assert [one.id for one in table.whole()] == sorted(table.every(2), key=lambda id: [*map(int, id.split("."))])


def test_whatever_holds_is_proved_and_all_else_has_its_reason():
    for one in table.whole():
        assert one.tests if one.verdict == "holds" else one.why, one.id


@functools.cache
def functions(file):
    """The tests of a file; a file that is not there has none."""
    path = source.ROOT / file
    if not path.exists():
        return frozenset()
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, kinds))


def test_every_test_that_is_named_is_there():
    named = {table.place(test) for one in table.whole() for test in one.tests}
    assert len(named) > 150
    assert not [(file, name) for file, name in sorted(named) if name not in functions(file)]
    assert all(name.startswith("test_") for _, name in named)


def test_the_page_is_what_the_table_says():
    assert page.render(table.whole()) == page.PAGE.read_text("utf-8"), (
        "print it again: python -m tests.security.asvs --write"
    )


def test_a_line_that_is_none_is_seen():
    (one,) = table.read("1.2.5 holds: No shell\n    Because.\n    Of this.\n    security/test_x::test_y\n")
    assert (one.why, one.tests) == ("Because. Of this.", ("security/test_x::test_y",))
    for text in ("1.2.5 perhaps: No shell", "    security/test_x::test_y", "holds"):
        with pytest.raises(ValueError, match="line 1"):
            table.read(text)
