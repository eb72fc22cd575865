"""The grammar reads what it writes, tells every problem with its place, and its schema says the same."""

import json

import jsonschema
from hypothesis import given

from guerdon.core import grammar
from tests import strategies

VALIDATOR = jsonschema.Draft202012Validator(grammar.schema())


@given(strategies.programmes())
def test_a_programme_survives_its_document(programme):
    """Round trip, plain JSON and the schema on one example, as drawing one is what costs."""
    document = grammar.write(programme)
    reading = grammar.read(document)
    assert not reading.errors
    assert reading.programme == programme
    assert grammar.write(reading.programme) == document

    assert json.loads(json.dumps(document)) == document
    assert not [part for part in leaves(document) if not isinstance(part, str | int)]
    VALIDATOR.validate(document)


def leaves(document):
    """All scalars of a document."""
    if isinstance(document, dict):
        return [leaf for part in document.values() for leaf in leaves(part)]
    if isinstance(document, list):
        return [leaf for part in document for leaf in leaves(part)]
    return [document]


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(grammar.schema())
    assert grammar.schema()["$schema"] == grammar.SCHEMA_URI


def test_every_key_of_the_schema_is_described():
    missing = []

    def look(schema, path):
        for name, part in schema.get("properties", {}).items():
            if "description" not in part:
                missing.append(f"{path}/{name}")
            look(part, f"{path}/{name}")
        for name in ("items", "additionalProperties"):
            if isinstance(schema.get(name), dict):
                look(schema[name], f"{path}/{name}")
        for part in schema.get("anyOf", []):
            look(part, path)

    whole = grammar.schema()
    look(whole, "")
    for name, part in whole["$defs"].items():
        look(part, name)
    assert not missing
