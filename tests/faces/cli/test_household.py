"""Households at the terminal: founded, invited into, joined, handed over and left."""

import pytest

from guerdon.faces.cli import terminal
from tests import shop
from tests.faces.cli.command import guerdon


@pytest.fixture
def cafe(pristine_database):
    cafe = shop.Shop({"households": {}}, key="cafe")
    cafe.enrol("ann", "ben", "cleo")
    cafe.buy("ann", 4_000, "2026-01-05")
    cafe.buy("ben", 1_000, "2026-01-05")
    return cafe


def roles(home):
    return [one["role"] for one in guerdon("household", "show", home, "--json").json["persons"]]


def test_of_two_programmes_the_one_that_knows_the_member_is_taken(cafe):
    shop.Shop({"households": {}}, key="other").enrol("dora")
    assert guerdon("household", "found", "ann").code == terminal.OK
    assert roles("ann") == ["owner"]


def test_two_share_one_balance_from_founding_to_leaving(cafe):
    tried = guerdon("household", "found", "ann", "--dry-run")
    assert tried.code == terminal.OK and "a dry run" in tried.out and "40 points passed" in tried.out
    assert guerdon("household", "show", "ann").code != terminal.OK
    home = guerdon("household", "found", "ann", "--json").json["id"]
    assert "is invited as adult until" in guerdon("household", "invite", "ann", "ben").out
    joined = guerdon("household", "accept", home, "ben")
    assert "10 points passed" in joined.out and joined.code == terminal.OK
    assert roles("ben") == ["owner", "adult"]
    assert guerdon("member", "show", "ben", "--json").json["balances"][0]["available"] == 50
    assert guerdon("household", "hand-over", "ann", "ben").code == terminal.OK
    assert sorted(roles(home)) == ["adult", "owner"]
    assert guerdon("household", "leave", home, "ann").code == terminal.OK
    assert roles(home) == ["owner"]
    assert "it is closed" in guerdon("household", "leave", "ben", "ben").out
    assert "it is closed" in guerdon("household", "show", home).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "ann"), "is in no household"),
        (("found", "nobody"), "has no member “nobody”"),
        (("invite", "cleo", "ben"), "is in no household"),
    ],
)
def test_what_cannot_be(cafe, words, said):
    ended = guerdon("household", *words)
    assert ended.code not in (terminal.OK, 1) and said in ended.err


def test_who_was_not_invited_and_roles_nobody_has(cafe):
    guerdon("household", "found", "ann")
    assert "has no open invitation" in guerdon("household", "accept", "ann", "ben").err
    assert "“uncle” is no role" in guerdon("household", "invite", "ann", "ben", "--role", "uncle").err
    assert "does not belong" in guerdon("household", "leave", "ann", "ben").err
