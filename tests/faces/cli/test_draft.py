"""`guerdon draft`: from a file to the law, with a second person, and what stands in the way."""

import json

import pytest

from guerdon.faces.cli import terminal
from tests import shop
from tests.faces.cli.command import guerdon
from tests.shop import Shop

DOUBLE = {"base": {"when": "purchase", "then": [{"points": {"unit": "points", "give": 2, "per": "1.00"}}]}}
TRIPLE = {"base": {"when": "purchase", "then": [{"points": {"unit": "points", "give": 3, "per": "1.00"}}]}}


@pytest.fixture
def cafe(pristine_database):
    found = Shop({"review": "required"}, key="aurora")
    found.enrol("Ann")
    return found


@pytest.fixture
def file(tmp_path):
    """A function that writes the programme with other rules."""
    path = tmp_path / "aurora.yaml"

    def write(rules, **more):
        path.write_text(json.dumps(shop.document("aurora", review="required", rules=rules, **more)))
        return str(path)

    return write


def begun(file, *more):
    ended = guerdon("draft", "begin", file, "--title", "Twice", "--by", "Emil", *more, "--json")
    assert ended.code == terminal.OK, ended.err
    return ended.json["id"]


def points(*words):
    return {one["unit"]: (one["points"], one["published"]) for one in guerdon("draft", "try", *words).json["compared"]}


def test_from_a_file_to_the_law(cafe, file):
    id = begun(file(DOUBLE), "--why", "Mondays are quiet")
    assert guerdon("draft", "list", "--state", "open", "--json").json[0]["id"] == id
    assert points(id, "--amount", "12.40", "--member", "Ann", "--json") == {"points": (24, 12)}
    told = guerdon("draft", "try", id, "--amount", "12.40").out
    assert "24" in told and "12" in told and "2 points" in told
    early = guerdon("draft", "publish", id, "--yes")
    assert early.code == terminal.UNREADABLE and "approve" in early.err.lower()
    assert "is in review" in guerdon("draft", "submit", id, "--by", "Emil").out
    own = guerdon("draft", "approve", id, "--by", "emil")
    assert own.code == terminal.UNREADABLE
    assert guerdon("draft", "approve", id, "--by", "Dora", "--revision", "1").code == terminal.UNREADABLE
    assert "is approved" in guerdon("draft", "approve", id, "--by", "Dora", "--revision", "3").out
    assert guerdon("draft", "publish", id).code == terminal.USAGE  # nobody is there to be asked
    assert "Version 2 of aurora is published" in guerdon("draft", "publish", id, "--by", "Emil", "--yes").out
    shown = guerdon("draft", "show", id)
    assert "published" in shown.out and "Mondays are quiet" in shown.out and "Dora" in shown.out
    verbs = [one["verb"] for one in guerdon("draft", "show", id, "--json").json["steps"]]
    assert verbs == ["begin", "edit", "submit", "approve", "publish"]
    assert guerdon("verify").code == terminal.OK


def test_returned_written_again_and_given_up(cafe, file):
    id = begun(file(DOUBLE))
    guerdon("draft", "submit", id, "--by", "Emil")
    assert guerdon("draft", "return", id, "--by", "Dora").code == terminal.UNREADABLE  # without words
    assert "is open" in guerdon("draft", "return", id, "--by", "Dora", "--why", "Too much").out
    assert "revision 5" in guerdon("draft", "write", id, file(TRIPLE), "--by", "Emil").out
    assert '"give": 3' in guerdon("draft", "show", id, "--yaml").out
    assert "is discarded" in guerdon("draft", "discard", id, "--yes").out
    assert guerdon("draft", "submit", id).code == terminal.UNREADABLE


def test_what_both_changed_is_said_whose_counts(cafe, file):
    id = begun(file(DOUBLE))
    cafe.publish(since=shop.moment("2099-01-01"), now=shop.moment("2098-12-31"), review="required", rules=TRIPLE)
    assert "Newer versions changed otherwise" in guerdon("draft", "show", id).err
    clash = guerdon("draft", "rebase", id)
    assert clash.code == terminal.UNREADABLE and "/rules/base" in clash.err
    pointers = guerdon("draft", "show", id, "--json").json["clashes"]
    assert guerdon("draft", "rebase", id, *(word for one in pointers for word in ("--mine", one))).code == terminal.OK
    assert guerdon("draft", "show", id, "--json").json["base"] == 2


def test_a_sample_from_a_file(cafe, file, tmp_path):
    id = begun(file(DOUBLE))
    basket = tmp_path / "basket.json"
    basket.write_text(json.dumps({"lines": [{"amount": 900, "category": "beans"}], "sample": {"did": {"visit": 2}}}))
    assert points(id, "--sample", str(basket), "--json") == {"points": (18, 9)}
    basket.write_text('{"amount": "much"}')
    assert guerdon("draft", "try", id, "--sample", str(basket)).code == terminal.UNREADABLE


@pytest.mark.parametrize(
    "words",
    [
        ("try", "drf_1"), ("try", "drf_1", "--amount", "1", "--sample", "x.json"), ("list", "--state", "lost"),
        ("approve", "drf_1", "--revision", "none"), ("discard", "drf_1"), ("begin", "FILE", "--title", " "),
    ],
)  # fmt: skip
def test_what_makes_no_sense(cafe, file, words):
    id = begun(file(DOUBLE))
    told = [id if one == "drf_1" else file(DOUBLE) if one == "FILE" else one for one in words]
    assert guerdon("draft", *told).code == terminal.USAGE
