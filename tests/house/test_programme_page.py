"""The page of the programme file has every key of the grammar, and is up to date."""

import re

import pytest

from guerdon.core.grammar import programmes
from tests import programme_page


def test_the_page_is_what_the_grammar_says():
    assert programme_page.render() == programme_page.PAGE.read_text("utf-8"), (
        "print it again: python -m tests.programme_page --write"
    )


def test_every_key_of_the_schema_has_a_row():
    def keys(schema):
        for name, part in schema.get("properties", {}).items():
            yield name
            yield from keys(part)
        for inner in ("additionalProperties", "items"):
            if isinstance(schema.get(inner), dict):
                yield from keys(schema[inner])
        for part in schema.get("anyOf", ()):
            yield from keys(part)

    whole = programmes.schema()
    wanted = {key for part in (whole, *whole["$defs"].values()) for key in keys(part)}
    shown = {path.rpartition(".")[2] for path in re.findall(r"^\| `([^`]+)` \|", programme_page.render(), re.MULTILINE)}
    assert len(wanted) > 80 and wanted <= shown


ROWS = [(section, row) for section in programme_page.SECTIONS for row in programme_page.rows(section)]


@pytest.mark.parametrize(("section", "row"), ROWS, ids=lambda part: getattr(part, "path", ""))
def test_an_example_that_no_file_has_is_right(section, row):
    place = (section.title, row.path)
    if place in programme_page.EXAMPLES:
        assert programme_page.doubts(row.shape, programme_page.EXAMPLES[place]) == []


def test_no_example_is_for_a_key_that_is_not_there():
    assert programme_page.EXAMPLES.keys() <= {(section.title, row.path) for section, row in ROWS}


def test_a_key_without_an_example_is_seen(monkeypatch):
    monkeypatch.setattr(programme_page, "EXAMPLES", {})
    with pytest.raises(ValueError, match="has no example"):
        programme_page.render()
