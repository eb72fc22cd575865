"""A module or a class is called by its noun; a name that fits everything says nothing."""

import ast
import re

import pytest

from tests.house import source

FORBIDDEN = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "service", "services"}


def split(name: str) -> set[str]:
    """The words of a snake_case or CamelCase name, in small letters."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


@pytest.mark.parametrize("name", ["utils", "date_helpers", "MemberManager", "HTTPService"])
def test_empty_names_are_seen(name):
    assert split(name) & FORBIDDEN


def test_modules_are_nouns():
    paths = [path.relative_to(source.PRODUCT) for path in source.list_modules()]
    named = {part for path in paths for part in (*path.parts[:-1], path.stem)}
    assert not [name for name in named if split(name) & FORBIDDEN]


def test_classes_are_nouns():
    classes = [(file, node.name) for file, node in source.walk(ast.ClassDef)]
    assert not [found for found in classes if split(found[1]) & FORBIDDEN]
