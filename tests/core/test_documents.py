"""Documents: what a reader sees at a place is told in plain words, and shortened where it is long."""

import pytest

from guerdon.core import documents


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (None, "nothing"),
        (True, "the truth value true"),
        (False, "the truth value false"),
        (-7, "the number -7"),
        (10**20 - 1, "the number 99999999999999999999"),
        (10**20, "a very large number"),
        (-(10**20), "a very large number"),
        (1.5, "an inexact number"),
        ("", "an empty text"),
        ("tea", "the text “tea”"),
        ([], "a list"),
        ({}, "a mapping"),
        (b"", "something else"),
    ],
)
def test_what_stands_there(found, told):
    assert documents.kind_of(found) == told


def test_a_text_is_shortened_on_one_line():
    assert documents.shortened("x" * 40) == "x" * 40
    assert documents.shortened("x" * 41) == "x" * 40 + "…"
    assert documents.shortened("a\nb") == "a�b"


def test_a_pointer_and_what_holds_it():
    assert documents.parent("/rules/base/if") == "/rules/base"
    assert documents.under("/facts", "a/b~c") == "/facts/a~1b~0c"


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("vip", ["vip"], "vip"), ("vips", ["vip"], "vip"), ("vi", ["vip"], "vip"), ("vix", ["vip"], "vip"),
        ("vxx", ["vip"], None), ("abx", ["ab"], "ab"), ("abxy", ["ab"], None), ("", ["ab", "abc"], None),
        ("wekday", ["weekend", "weekday"], "weekday"), ("weekdya", ["weekday"], "weekday"),
        ("wekdy", ["weekday"], "weekday"), ("wkdy", ["weekday"], None),
        ("TIERS", ["tier", "tiers"], "tiers"), ("x" * 101, ["y" + "x" * 100], None),
    ],
)  # fmt: skip
def test_the_nearest_word(word, known, meant):
    """One letter of three may be wrong, and an end may be missing where there are three at least."""
    assert documents.nearest(word, known) == meant


@pytest.mark.parametrize(("count", "told"), [(0, ""), (2, "a, b"), (3, "a, b, c"), (4, "a, b, c, …")])
def test_a_list_is_told_in_part(count, told):
    assert documents.listed(list("abcd")[:count], 3) == told
