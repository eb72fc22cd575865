"""Every key of the programme file has its words where changes are told."""

from pathlib import Path

import pytest

import guerdon
from guerdon.core import differences, sentences
from guerdon.core.grammar.programmes import PROGRAMME
from guerdon.core.grammar.records import Record
from guerdon.core.grammar.structures import Keyed
from guerdon.core.sentences.clauses import Speaker
from guerdon.features.programmes import forms

AURORA = forms.load((Path(guerdon.__file__).parent / "demo" / "aurora.yaml").read_bytes())


def _record(shape):
    """The record of the entries of a part of the file."""
    while not isinstance(shape, Record):
        shape = shape.part if isinstance(shape, Keyed) else shape.inner
    return shape


@pytest.mark.parametrize(
    ("folder", "parts"),
    [
        ("units", differences._unit_parts), ("kinds", differences._kind_parts), ("tiers", differences._ladder_parts),
        ("rewards", differences._reward_parts), ("rules", differences._rule_parts),
    ],
)  # fmt: skip
def test_every_key_of_the_grammar_has_its_words(folder, parts):
    """Each noun tells all of its keys: a new one needs a text and a part, or it would be told as JSON."""
    nouns = {"tiers": AURORA.tiers[0].key, "rules": AURORA.rules[0].key}
    key = nouns.get(folder) or next(iter(getattr(AURORA, folder)))
    for language in sentences.LANGUAGES:
        tongue = sentences.tongue(language)
        told = parts(key, Speaker(tongue, AURORA))
        for name in _record(PROGRAMME.fields[folder].shape).fields:
            word = differences.TOGETHER.get(name, name)
            assert f"what.{word}" in tongue.texts
            assert word in told or word in differences.TEXTS
