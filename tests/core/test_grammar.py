"""The grammar reads what it writes, tells every problem with its place, and its schema says the same."""

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import documents
from guerdon.core.grammar import programmes as grammar
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


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.floats()
    | st.sampled_from(("1.5", "2026-01-01")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(JUNK)
def test_no_document_makes_the_grammar_stumble(document):
    assert grammar.read(document).errors


@given(strategies.programmes(rules_max=2), st.data())
def test_a_broken_part_is_told_where_it_stands(programme, data):
    """Any part replaced by rubbish: the reader never stumbles, and what it says points into the document."""
    document = grammar.write(programme)
    path, holder, step = data.draw(st.sampled_from(list(places(document))))
    holder[step] = data.draw(JUNK)
    reading = grammar.read(document)
    assert (reading.programme is None) == bool(reading.errors)
    for problem in reading.problems:
        assert problem.reason in documents.REASONS
        assert len(problem.message) < 1_000, path
    if reading.programme is not None:
        assert grammar.read(grammar.write(reading.programme)).programme == reading.programme


def places(document, path=""):
    """Every part of a document as (path, what holds it, its key or place)."""
    parts = document.items() if isinstance(document, dict) else enumerate(document)
    for step, part in list(parts):
        yield f"{path}/{step}", document, step
        if isinstance(part, dict | list):
            yield from places(part, f"{path}/{step}")


BROKEN = [
    ("currency", 5), ("languages", []), ("units", {}), ("units", {"Points": {}}), ("zone", ""), ("remind_days", [0]),
    ("returns", "never"), ("enrol_unknown", "yes"), ("extra", 1), ("rules", []), ("rates", {"eur": []}), ("kinds", 1),
    ("earning", {"rounding": "up"}), ("earning", {"include": ["goods"]}),
    ("rules", {"r": {"name": {"en": "a"}, "when": "purchase", "then": []}}),
    ("rules", {"r": {"name": {"en": "a"}, "when": "purchase", "then": [{"fixed": {}, "points": {}}]}}),
    ("rules", {"r": {"name": {"en": "a"}, "when": "purchase", "then": [{"fixed": {"unit": "p", "give": 0}}]}}),
    ("rules", {"r": {"name": {"en": "a"}, "when": "purchase", "if": [{"weekday": {"in": ["sa"]}}], "then": [
        {"fixed": {"unit": "p", "give": 1}}]}}),
    ("rules", {"r": {"name": {"en": "a"}, "when": "purchase", "then": [
        {"points": {"unit": "p", "give": 1, "per": "a"}}]}}),
]  # fmt: skip
SMALL = {
    "programme": "p",
    "name": {"en": "P"},
    "zone": "UTC",
    "currency": "EUR",
    "languages": ["en"],
    "units": {"p": {"kind": "redeemable", "name": {"en": "p"}, "expires": "never"}},
    "rules": {"r": {"name": {"en": "a"}, "when": "purchase", "then": [{"fixed": {"unit": "p", "give": 1}}]}},
}


def test_editors_see_what_the_grammar_sees():
    assert grammar.read(SMALL).programme is not None
    assert VALIDATOR.is_valid(SMALL)
    for key, value in BROKEN:
        assert grammar.read(SMALL | {key: value}).errors, (key, value)
        assert not VALIDATOR.is_valid(SMALL | {key: value}), (key, value)
    for key in SMALL:
        missing = {name: part for name, part in SMALL.items() if name != key}
        assert bool(grammar.read(missing).errors) is not VALIDATOR.is_valid(missing)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("", "", 0), ("a", "", 1), ("form", "from", 1), ("kitten", "sitting", 3), ("ab", "ba", 1)],
)
def test_edits_are_counted(one, other, distance):
    assert documents.edits(one, other, most=5) == distance == documents.edits(other, one, most=5)


def test_edits_beyond_the_most_are_one_more():
    """However far apart they are, by their letters or by their lengths alone."""
    assert documents.edits("kitten", "sitting", most=1) == documents.edits("a", "abcdef", most=1) == 2


def test_only_what_is_near_is_suggested():
    known = ("weekday", "hour", "store", "first")
    assert documents.nearest("week_day", known) == "weekday"
    assert documents.nearest("Frist", known) == "first"
    assert documents.nearest("moon", known) is None
    assert documents.nearest("", known) is None


GIVES = [{"points": {"unit": "points", "give": 1, "per": "1.00"}}]


def plain(**parts):
    """A programme with little more than its ladders."""
    rules = {key: {"name": {"en": key}, **rule} for key, rule in parts.pop("rules", {}).items()}
    points = {"kind": "redeemable", "name": {"en": "points"}}
    return {
        "programme": "x", "name": {"en": "x"}, "zone": "UTC", "currency": "EUR", "languages": ["en"],
        "units": {"points": points}, "rules": rules, **parts,
    }  # fmt: skip


def test_a_household_has_no_year_of_membership():
    levels = {"silver": {"name": {"en": "Silver"}, "from": 1}}
    ladder = {"name": {"en": "x"}, "basis": {"spend": True}, "window": "membership_year", "levels": levels}
    whole = plain(tiers={"x": ladder})
    assert grammar.read(whole).programme is not None
    [problem] = grammar.read(whole | {"households": {}}).errors
    assert (problem.path, problem.reason) == ("/tiers/x/window", "no_one_membership")


def test_a_ladder_is_told_every_mistake():
    levels = {"silver": {"name": {"en": "Silver"}, "from": 2}, "gold": {"name": {"en": "Gold"}, "from": 1}}
    ladder = {"name": {"en": "x"}, "basis": {"spend": True}, "levels": levels}

    def reasons(**tiers):
        return [problem.reason for problem in grammar.read(plain(tiers=tiers)).errors]

    silver = {"silver": levels["silver"]}
    assert reasons(x=ladder) == ["not_ascending"]
    assert reasons(x=ladder | {"basis": {"spend": True, "visits": ["visit"]}, "levels": silver}) == ["one_key"]
    assert reasons(x=ladder | {"levels": silver}, y=ladder | {"levels": silver}) == ["duplicate"]
    for level in ({"name": {"en": "a"}}, {"name": {"en": "a"}, "from": 1, "invitation_only": True}):
        assert reasons(x=ladder | {"levels": {"a": level}}) == ["invited_or_earned"]
    off = {"kind": "percent_off", "name": {"en": "off"}}
    for benefit in (off, off | {"percent": 5, "hours": 1}):
        level = {"name": {"en": "a"}, "from": 1, "benefits": {"b": benefit}}
        assert reasons(x=ladder | {"levels": {"a": level}}) == ["benefit_number"]
    asks = {"when": "purchase", "if": [{"tier": {"in": ["golden"]}}], "then": GIVES}
    whole = plain(tiers={"x": ladder | {"levels": silver}}, rules={"asks": asks})
    assert [problem.reason for problem in grammar.read(whole).errors] == ["tier_unknown"]


@pytest.mark.parametrize("written", [2, "1.5", "1.015625", "4/3", "129/128", "101/100", "10.5"])
def test_a_factor_is_written_as_it_is_read(written):
    """As a decimal fraction where it ends within six places."""
    rule = {"when": "purchase", "then": [{"multiply": {"unit": "points", "by": written}}]}
    reading = grammar.read(plain(rules={"double": rule}))
    assert reading.programme is not None, reading.errors
    (effect,) = grammar.write(reading.programme)["rules"]["double"]["then"]
    assert effect["multiply"]["by"] == (written if written != "101/100" else "1.01")


@pytest.mark.parametrize(("asked", "possible"), [(["a"], False), (["a", "b"], False), (["a", "c"], True)])
def test_a_word_must_be_able_to_pass_both_lists(asked, possible):
    rule = {"when": "purchase", "if": [{"segment": {"in": asked, "not_in": ["a", "b"]}}], "then": GIVES}
    found = [problem.reason for problem in grammar.read(plain(rules={"asks": rule})).errors]
    assert found == ([] if possible else ["never_holds"])


@pytest.mark.parametrize(("budget", "reasons"), [("9.00", []), ("8.99", ["too_small"])])
def test_a_budget_pays_for_the_dearest_prize(budget, reasons):
    tea = {"name": {"en": "Tea"}, "kind": "merchandise", "prices": [{"points": {"points": 5}}], "cost": "1.00"}
    box = {
        "name": {"en": "Box"}, "kind": "mystery", "prices": [{"free": True}], "limits": {"day": 1}, "budget": budget,
        "prizes": {"mug": 1}, "fallback": "tea",
    }  # fmt: skip
    whole = plain(rewards={"tea": tea, "mug": tea | {"cost": "9.00"}, "box": box})
    assert [problem.reason for problem in grammar.read(whole).errors] == reasons
