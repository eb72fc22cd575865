"""The grammar reads what it writes, tells every problem with its place, and its schema says the same."""

import json

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from guerdon.core import documents, grammar
from tests import strategies

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
VALIDATOR = jsonschema.Draft202012Validator(grammar.schema())


@SLOW
@given(strategies.programmes())
def test_a_programme_survives_its_document(programme):
    document = grammar.write(programme)
    reading = grammar.read(document)
    assert not reading.errors
    assert reading.programme == programme
    assert grammar.write(reading.programme) == document


@SLOW
@given(strategies.programmes())
def test_a_document_is_plain_json(programme):
    document = grammar.write(programme)
    assert json.loads(json.dumps(document)) == document
    assert "." not in json.dumps([part for part in leaves(document) if not isinstance(part, str)])


@SLOW
@given(strategies.programmes())
def test_the_schema_accepts_what_the_grammar_writes(programme):
    VALIDATOR.validate(grammar.write(programme))


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
