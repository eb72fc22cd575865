"""`guerdon claim`: the queue, one claim, an answer, and how it ends."""

import pytest

from guerdon.faces.cli import terminal
from guerdon.kit import clock
from tests import claims
from tests.faces.cli.command import guerdon
from tests.shop import Shop


@pytest.fixture
def cafe(pristine_database):
    found = Shop({"adjustments": {"approve_above": {"points": 200}}}, key="aurora")
    found.enrol("Ann", "Ben")
    return found


def opened(cafe, name="Ann"):
    return f"clm_{claims.claim(cafe, name, clock.now().isoformat())}"


def test_from_the_queue_to_the_end(cafe):
    id, twin = opened(cafe), opened(cafe, "Ben")
    listed = guerdon("claim", "list")
    assert id in listed.out and "missing_points" in listed.out
    told = guerdon("claim", "answer", id, "Which till?", "--by", "Dora")
    assert "waiting for member" in told.out
    shown = guerdon("claim", "show", id)
    assert "A-0117" in shown.out and "12.50 EUR" in shown.out and "Which till?" in shown.out and "Dora" in shown.out
    assert twin in shown.err
    assert [one["deed"] for one in (each["step"] for each in guerdon("claim", "show", id, "--json").json["steps"])] == [
        "open", "ask",
    ]  # fmt: skip
    given = guerdon("claim", "settle", id, "--give", "points=100", "--reason", "sorry", "--by", "Dora")
    assert "is granted" in given.out
    much = guerdon("claim", "settle", twin, "--give", "points=500", "--reason", "sorry", "--by", "Dora")
    assert "A second person must approve adj_" in much.out
    assert [one["id"] for one in guerdon("claim", "list", "--state", "granted", "--json").json] == [id]
    assert "Nothing waits." in guerdon("claim", "list").out
    again = guerdon("claim", "settle", id, "--refuse", "no")
    assert again.code == terminal.UNREADABLE and "granted" in again.err
    assert guerdon("verify").code == terminal.OK


def test_notes_refusals_and_answers(cafe):
    first, second = opened(cafe), opened(cafe, "Ben")
    assert "is open" in guerdon("claim", "answer", first, "third one", "--note").out
    assert guerdon("claim", "settle", first, "--refuse", "No such receipt", "--json").json["state"] == "refused"
    assert "is closed" in guerdon("claim", "settle", second, "--close").out


@pytest.mark.parametrize(
    "words",
    [
        ("settle", "clm_1"), ("settle", "clm_1", "--close", "--refuse", "no"), ("list", "--state", "lost"),
        ("settle", "CLAIM", "--give", "points"), ("answer", "CLAIM", " "),
    ],
)  # fmt: skip
def test_what_makes_no_sense(cafe, words):
    id = opened(cafe)
    ended = guerdon("claim", *(id if word == "CLAIM" else word for word in words))
    assert ended.code == terminal.USAGE, ended.err


def test_nobody_knows_that_one(cafe):
    assert guerdon("claim", "show", "clm_" + "0" * 32).code == terminal.UNREADABLE
