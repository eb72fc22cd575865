"""Forms become the values that the API takes: parts of parts, many values, blanks that say nothing, faults by field."""

import msgspec
import pytest
from django.test import RequestFactory

from guerdon.core.errors import Refusal
from guerdon.faces import posted


class Price(msgspec.Struct, forbid_unknown_fields=True):
    amount: int
    currency: str = "EUR"


class Thing(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    price: Price | None = None
    tags: list[str] = []
    on: bool = False


def sent(**fields):
    return RequestFactory().post("/", {name.replace("__", "."): value for name, value in fields.items()})


def test_a_name_of_very_many_parts_is_refused():
    with pytest.raises(Refusal, match="json_malformed"):
        posted.read(RequestFactory().post("/", f"{'a.' * 90_000}b=x", "application/x-www-form-urlencoded"), Thing)


def test_a_form_is_read_as_a_value():
    form = sent(name=" Mug ", price__amount="190", csrfmiddlewaretoken="x", token="t", on="true")
    assert posted.read(form, Thing) == Thing("Mug", Price(190), [], True)
    assert posted.token(form) == "t"


def test_many_values_are_a_list_and_blanks_say_nothing():
    form = RequestFactory().post("/", {"name": "Mug", "tags[]": ["a", " ", "b"], "price.amount": ""})
    assert posted.read(form, Thing) == Thing("Mug", None, ["a", "b"])


@pytest.mark.parametrize(
    ("fields", "place"),
    [({}, "name"), ({"name": "x", "price__amount": "much"}, "price.amount"), ({"name": "\0"}, "name")],
)
def test_what_is_wrong_is_told_at_its_field(fields, place):
    with pytest.raises(Refusal) as caught:
        posted.read(sent(**fields), Thing)
    assert set(posted.faults(caught.value, "en")) == {place}


def test_a_refusal_of_the_house_stands_above_the_form():
    with pytest.raises(Refusal) as caught:
        posted.read(sent(name="x", nonsense="y"), Thing)
    assert posted.faults(caught.value, "bg")["nonsense"]


@pytest.mark.parametrize(("told", "revision"), [("7", 7), ("", 0), ("-1", 0), ("x", 0), ("9" * 5000, 0)])
def test_the_revision_of_a_form_is_a_small_number(told, revision):
    assert posted.revision(told) == revision


def test_all_that_is_wrong_is_one_sentence_for_who_has_no_fields():
    with pytest.raises(Refusal) as refused:
        posted.read(sent(name="", price__amount="x"), Thing)
    told = posted.faults(refused.value, "en")
    assert "" not in told and posted.fault(refused.value, "en") == " ".join(told.values())
