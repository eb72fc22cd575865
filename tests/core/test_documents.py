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
