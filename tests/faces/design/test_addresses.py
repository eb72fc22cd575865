"""Sorting and paging keep what else was asked for."""

import pytest
from django.http import QueryDict

from guerdon.faces.design import addresses


def test_what_else_was_asked_for_stays():
    asked = QueryDict("q=Ann+%26+Ben&store=centre&after=x")
    assert addresses.changed(asked, after="y") == "?q=Ann+%26+Ben&store=centre&after=y"
    assert addresses.changed(asked, q="", after="") == "?store=centre"
    assert addresses.changed(asked, q='"><b>') == "?q=%22%3E%3Cb%3E&store=centre&after=x"


@pytest.mark.parametrize(
    ("asked", "end", "order", "address"),
    [
        ("", False, "", "?order=name"),
        ("", True, "", "?order=-name"),
        ("order=name", False, "ascending", "?order=-name"),
        ("order=-name", False, "descending", "?order=name"),
        ("order=points&after=x&q=a", False, "", "?order=name&q=a"),
    ],
)
def test_a_head_sorts_and_turns_around(asked, end, order, address):
    found = addresses.column(QueryDict(asked), "Name", "name", end=end)
    assert (found.order, found.address) == (order, address)


def test_the_usual_order_is_shown():
    assert addresses.column(QueryDict(), "Name", "name", usual="name").order == "ascending"
