"""What slips past the contracts of imports: a string that names a module of a higher storey, and circles."""

import ast
import graphlib
import re

import grimp
import pytest

from tests.house import source

STOREYS = {"site": 5, "faces": 4, "insight": 3, "engine": 3, "features": 2, "kit": 1, "core": 0}
MODULE = re.compile(r"guerdon\.(\w+)(\.\w+)*(:\w+)?\Z")

# file, named module → why it is named there. A row no longer needed fails the wall, so the list only shrinks.
NAMED = {
    ("guerdon/faces/cli/main.py", "guerdon.site.settings"): "Django takes its settings by name",
    ("guerdon/faces/cli/torture/faults.py", "guerdon.site.settings"): "a faulty program is started as one of its own",
    ("guerdon/faces/server.py", "guerdon.site.asgi:application"): "each server process imports the door anew",
}


def climbs(file, text):
    """Whether a string in a file names a module of a storey above it."""
    named = MODULE.match(text)
    if named is None or named[1] not in STOREYS:
        return False
    return STOREYS[named[1]] > STOREYS.get(file.split("/")[1], 5)


def test_climbing_is_seen():
    assert climbs("guerdon/kit/worker.py", "guerdon.engine.schedule.plan")
    assert not climbs("guerdon/site/settings.py", "guerdon.engine.schedule.plan")
    assert not climbs("guerdon/kit/worker.py", "guerdon.worker")  # the name of a logger


def test_no_string_climbs():
    strings = ((file, node.value) for file, node in source.walk(ast.Constant) if type(node.value) is str)
    assert {found for found in strings if climbs(*found)} == set(NAMED)


def test_no_imports_run_in_a_circle():
    """Not even those that a function does as it runs, or that are there for types alone."""
    house = grimp.build_graph("guerdon", cache_dir=None)
    imported = {module: house.find_modules_directly_imported_by(module) for module in house.modules}
    assert len(list(graphlib.TopologicalSorter(imported).static_order())) == len(house.modules) > 1_000
    with pytest.raises(graphlib.CycleError):
        graphlib.TopologicalSorter({"a": {"b"}, "b": {"c"}, "c": {"a"}}).prepare()
