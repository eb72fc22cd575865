"""Every kind of place in a programme file, once each: what can't stand there is told there, by reader and schema."""

import copy
from collections import Counter
from pathlib import Path

import jsonschema
import pytest

import guerdon
from guerdon.core import documents
from guerdon.core.grammar import programmes as grammar
from guerdon.features.programmes import forms

AURORA = grammar.write(forms.load((Path(guerdon.__file__).parent / "demo" / "aurora.yaml").read_bytes()))
VALIDATOR = jsonschema.Draft202012Validator(grammar.schema())
TOGETHER = 40  # so many places are broken at once: a reader stops at 200 problems
# Under these the keys are the author's own, so that one of them stands for all.
KEYED = {
    "units", "kinds", "rates", "products", "categories", "tags", "stores", "segments", "channels", "partners",
    "attributes", "values", "reasons", "answers", "causes", "levels", "benefits", "plans", "vouchers", "rewards",
    "reward_categories", "choices", "options", "consents", "rules", "name", "text", "terms", "gift", "facts", "prizes",
}  # fmt: skip

# Mappings by unit, tier or currency: which there are only the reader knows.
NAMING = ("address_wait_free", "approve_above", "points", "early_access", "tiers", "prices")


def places(found, path=()):
    """Every part of a document with its path."""
    for step, part in found.items() if isinstance(found, dict) else enumerate(found):
        yield (*path, step), part
        if isinstance(part, dict | list):
            yield from places(part, (*path, step))


def alike(path):
    return tuple("*" if isinstance(step, int) or before in KEYED else step for before, step in zip(("", *path), path))  # noqa: B905


PARTS = {path: part for path, part in places(AURORA)}
SOME = {alike(path): path for path in reversed(PARTS)}.values()
LEAVES = [path for path in SOME if not isinstance(PARTS[path], dict | list)]
MAPPINGS = [path for path in SOME if isinstance(PARTS[path], dict)]
HOLDERS = [path for path in SOME if isinstance(PARTS[path], dict | list)]


def groups(paths):
    """Those that can be broken at once: none is in another one."""
    for depth in sorted({len(path) for path in paths}):
        level = [path for path in paths if len(path) == depth]
        yield from (level[start : start + TOGETHER] for start in range(0, len(level), TOGETHER))


def broken(paths, value):
    document = copy.deepcopy(AURORA)
    for *before, step in paths:
        found = document
        for one in before:
            found = found[one]
        found[step] = value
    return document


def pointer(path):
    found = ""
    for step in path:
        found = documents.under(found, step)
    return found


def told(document):
    return {problem.path for problem in grammar.read(document).errors}


def seen(document):
    """Where the schema sees something, inside its alternatives, too."""
    found, left = set(), list(VALIDATOR.iter_errors(document))
    while left:
        one = left.pop()
        found.add(tuple(one.absolute_path))
        left += one.context or ()
    return found


def test_the_demo_has_most_that_a_file_can_say():
    assert grammar.read(AURORA).errors == [] and seen(AURORA) == set()
    assert len(LEAVES) > 250 and len(MAPPINGS) > 80
    steps = Counter(step for path in SOME for step in path)
    assert set(grammar.schema()["properties"]) - set(steps) <= {"returns", "refunds", "remind_days"}


@pytest.mark.parametrize("value", [0.5, "", [["x"]], {"?": 5}, None, [], {}], ids=repr)
def test_what_is_of_no_kind_is_told_where_it_stands(value):
    for some in groups(LEAVES):
        found = told(broken(some, value))
        assert [path for path in some if not any(one.startswith(pointer(path)) for one in found)] == []


@pytest.mark.parametrize("value", [0.5, None, [[]], [{"?": [5]}]], ids=repr)
def test_what_is_no_mapping_and_no_list_is_told_where_it_stands(value):
    for some in groups(HOLDERS):
        found = told(broken(some, value))
        assert [path for path in some if not any(one.startswith(pointer(path)) for one in found)] == []


def test_a_key_that_is_not_known_is_told_at_itself():
    for some in groups([(*path, f"?{place}") for place, path in enumerate(MAPPINGS)]):
        found = told(broken(some, 5))
        assert [path for path in some if not any(one.startswith(pointer(path[:-1])) for one in found)] == []


@pytest.mark.parametrize("value", [None, {"?": 5}, [["x"]]], ids=repr)
def test_editors_see_it_too(value):
    for some in groups(LEAVES):
        found = seen(broken(some, value))
        assert [path for path in some if not any(one[: len(path)] == path for one in found)] == []


def test_editors_see_keys_that_are_not_known():
    """All but names of what stands elsewhere in the file."""
    for some in groups([(*path, "?") for path in MAPPINGS if path[-1] not in NAMING]):
        found = seen(broken(some, 5))
        assert [path for path in some if not any(one in (path, path[:-1]) for one in found)] == []
