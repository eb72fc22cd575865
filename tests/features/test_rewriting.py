"""A programme file is changed no more than what it says: everything else stays, byte for byte."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import guerdon
from guerdon.core import edits
from guerdon.core.edits import Edit
from guerdon.core.errors import Refusal
from guerdon.features.programmes import documents as texts
from guerdon.features.programmes import forms, rewriting
from tests import strategies

AURORA = (Path(guerdon.__file__).parent / "demo" / "aurora.yaml").read_text("utf-8")
DOCUMENT = texts.read(AURORA).document


def changed(*made: Edit, source: str = AURORA) -> str:
    return rewriting.rewritten(source, edits.edited(texts.read(source).document, made))


def lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that are gone, and the new ones."""
    one, other = before.split("\n"), after.split("\n")
    return [line for line in one if line not in other], [line for line in other if line not in one]


def test_a_word_changes_in_its_place_and_the_remark_beside_it_stays():
    gone, new = lines(AURORA, changed(Edit("put", "/zone", "Europe/Istanbul")))
    assert (len(gone), len(new)) == (1, 1)
    assert new[0].startswith("zone: Europe/Istanbul") and new[0].endswith("# days, weekdays and months begin and end at midnight here")  # noqa: E501 # fmt: skip


def test_a_rule_leaves_with_its_remark_and_nothing_else_does():
    source = texts.write(DOCUMENT).replace("  base:", "  # what everybody gets\n  base:")
    after = changed(Edit("remove", "/rules/base"), source=source)
    assert "what everybody gets" not in after
    assert texts.read(after).document == edits.edited(DOCUMENT, [Edit("remove", "/rules/base")])


def test_what_is_new_stands_after_what_it_follows():
    rule = {"name": {"en": "x", "bg": "x", "tr": "x"}, "when": "visit", "then": [{"fixed": {"unit": "points", "give": 5}}]}  # noqa: E501 # fmt: skip
    after = changed(Edit("put", "/rules/zz", rule), Edit("put", "/reinstate", {"grace_days": 3}))
    gone, new = lines(AURORA, after)
    assert gone == [line for line in gone if "grace_days" in line]
    assert "  zz:" in new
    assert after.count("#") == AURORA.count("#")


def test_what_stands_on_one_line_is_written_as_a_whole():
    source = "a: {b: 1, c: 2}  # both\nd: 3\n"
    assert rewriting.rewritten(source, {"a": {"b": 1, "c": 4}, "d": 3}) == "a: {b: 1, c: 4}  # both\nd: 3\n"
    assert rewriting.rewritten("a:\n  b: 1\n", {"a": {}}) == "a: {}\n"


def test_another_order_is_written_too():
    assert texts.read(rewriting.rewritten("a: 1\nb: 2\n", {"b": 2, "a": 1})).document == {"b": 2, "a": 1}


@given(strategies.programmes(), strategies.programmes())
def test_whatever_changes_the_file_says_just_that(one, other):
    """From any file to any document, and from the one with remarks: what is read is what was meant."""
    after = forms.to_document(other)
    for source in (forms.to_yaml(one), AURORA):
        assert list(_flat(texts.read(rewriting.rewritten(source, after)).document)) == list(_flat(after))


@given(st.data())
def test_any_edit_of_any_part_is_just_that(data):
    pointer = data.draw(st.sampled_from(sorted(dict(_flat(DOCUMENT)))))
    made = data.draw(st.sampled_from([Edit("put", pointer, "x"), Edit("put", pointer, {"a": [1,
     {"b": "#"}]}), Edit("remove", pointer)]))  # fmt: skip
    wanted = edits.edited(DOCUMENT, [made])
    assert list(_flat(texts.read(changed(made)).document)) == list(_flat(wanted))


def _flat(document, pointer=""):
    """Every part under its pointer, in order."""
    yield pointer or "/", document if not isinstance(document, dict | list) else type(document)
    steps = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for step, part in steps:
        yield from _flat(part, f"{pointer}/{step}")


@pytest.mark.parametrize("path", ["", "x", "/nowhere/x", "/languages/9", "/zone/x", "/languages/01"])
def test_a_pointer_that_leads_nowhere_is_refused(path):
    for made in (Edit("put", path, 1), Edit("remove", path)):
        with pytest.raises(Refusal) as refused:
            edits.edited(DOCUMENT, [made])
        assert refused.value.code == "part_unknown"


def test_a_merge_takes_nulls_away():
    assert edits.edited({"a": {"b": 1, "c": 2}}, [Edit("merge", "/a", {"b": None, "d": {"e": 3}})]) == {
        "a": {"c": 2, "d": {"e": 3}}
    }
    assert edits.edited({"a": [1, 2]}, [Edit("put", "/a/-", 3), Edit("remove", "/a/0")]) == {"a": [2, 3]}


# --- three ways ---

BASE = {"zone": "x", "rules": {"a": 1, "b": 2, "c": 3}}


@pytest.mark.parametrize(
    ("mine", "theirs", "found", "clashes"),
    [
        ({"a": 9, "b": 2, "c": 3}, {"a": 1, "b": 8, "c": 3}, {"a": 9, "b": 8, "c": 3}, ()),
        ({"a": 9, "b": 2, "c": 3}, {"a": 7, "b": 2, "c": 3}, {"a": 7, "b": 2, "c": 3}, ("/rules/a",)),
        ({"a": 9, "b": 2, "c": 3}, {"a": 9, "b": 2, "c": 3}, {"a": 9, "b": 2, "c": 3}, ()),
        ({"b": 2, "c": 3}, {"a": 1, "b": 2, "c": 3, "d": 4}, {"b": 2, "c": 3, "d": 4}, ()),
        ({"b": 2, "c": 3}, {"a": 7, "b": 2, "c": 3}, {"a": 7, "b": 2, "c": 3}, ("/rules/a",)),
        ({"a": 1, "n": 5, "b": 2, "c": 3}, {"b": 2, "a": 1, "c": 3}, {"b": 2, "a": 1, "n": 5, "c": 3}, ()),
        ({"c": 3, "b": 2, "a": 1}, {"a": 1, "b": 2, "c": 3, "d": 4}, {"c": 3, "d": 4, "b": 2, "a": 1}, ()),
        ({"a": True, "b": 2, "c": 3}, {"a": 1, "b": 2, "c": 3}, {"a": True, "b": 2, "c": 3}, ()),
    ],
)  # fmt: skip
def test_two_changes_of_one_file_come_together_part_by_part(mine, theirs, found, clashes):
    one = edits.merged(BASE, BASE | {"rules": mine}, BASE | {"rules": theirs}, {})
    assert (one.document["rules"], one.clashes) == (found, clashes)
    assert list(one.document["rules"]) == list(found)


def test_who_decides_a_clash_has_it_decided():
    mine, theirs = BASE | {"zone": "m"}, BASE | {"zone": "t"}
    assert edits.merged(BASE, mine, theirs, {"/zone": "mine"}).document["zone"] == "m"
    assert edits.merged(BASE, mine, theirs, {"/zone": "theirs"}) == edits.Merged(theirs)
    assert edits.merged(BASE, mine, theirs, {}).clashes == ("/zone",)


@given(strategies.programmes(), strategies.programmes())
def test_what_only_one_changed_is_what_comes_of_it(one, other):
    base, changed = forms.to_document(one), forms.to_document(other)
    for found in (edits.merged(base, changed, base, {}), edits.merged(base, base, changed, {})):
        assert not found.clashes
        assert found.document == changed


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "found"),
    [
        ("ab", "axb", "ayb", "axyb"), ("abc", "axc", "aybc", "axyc"), ("ab", "ab", "xab", "xab"),
        ("ab", "xab", "ab", "xab"),
        ("abc", "cbax", "abyc", "cbyax"), ("abc", "abc", "cab", "cab"), ("abc", "bac", "cab", "cab"),
        ("", "ab", "ba", "ba"),
    ],
)  # fmt: skip
def test_in_which_order_entries_come_together(base, mine, theirs, found):
    """As I ordered them where only I did, else as they did; what only one has follows what it followed there."""

    def folder(keys):
        return {"rules": {key: 1 for key in keys}}

    assert "".join(edits.merged(folder(base), folder(mine), folder(theirs), {}).document["rules"]) == found


@pytest.mark.parametrize("pointer", ["x/zone", "zone", "rules/a", "~"])
def test_what_is_no_pointer_edits_nothing(pointer):
    with pytest.raises(Refusal, match="part_unknown"):
        edits.edited(BASE, [Edit("remove", pointer)])


@pytest.mark.parametrize(
    ("op", "pointer", "value", "found"),
    [
        ("put", "/a/0", 9, [9, {"x": 1}]), ("put", "/a/2", 9, [1, {"x": 1}, 9]), ("put", "/a/-", 9, [1, {"x": 1}, 9]),
        ("merge", "/a/1", {"y": 2}, [1, {"x": 1, "y": 2}]), ("put", "/a/1", {"y": 2}, [1, {"y": 2}]),
        ("remove", "/a/1", None, [1]),
        ("put", "/a/1/x", 5, [1, {"x": 5}]), ("remove", "/a/1/x", None, [1, {}]),
        ("merge", "/a/1/x", None, [1, {"x": None}]),
    ],
)  # fmt: skip
def test_what_an_edit_makes_of_a_list(op, pointer, value, found):
    assert edits.edited({"a": [1, {"x": 1}]}, [Edit(op, pointer, value)]) == {"a": found}


@pytest.mark.parametrize("pointer", ["/a/2/x", "/a/02", "/a/x", "/a/-1", "/a/3", "/b/0", "/a/0/x", "/a/1/y/z"])
def test_what_is_not_there_is_not_removed(pointer):
    with pytest.raises(Refusal, match="part_unknown"):
        edits.edited({"a": [1, {"x": 1}]}, [Edit("remove", pointer)])
