"""`guerdon draw`: the seeds, a draw made again, and the switch of a member."""

import pytest

from guerdon.engine import draws
from guerdon.faces.cli import terminal
from guerdon.kit import clock
from tests import shop as shops
from tests.engine.catalogue import BOX, COFFEE, MUG
from tests.faces.cli.command import guerdon
from tests.shop import Shop


@pytest.fixture
def cafe(pristine_database):
    rewards = {"coffee": COFFEE, "mug": MUG, "box": BOX}
    found = Shop({"rewards": {key: shops.named(key, one) for key, one in rewards.items()}}, key="aurora")
    found.enrol("ann")
    return found


def test_a_draw_is_made_again_once_its_seed_is_shown(cafe):
    made = guerdon("redemption", "make", "ann", "box")
    assert "prize   coffee, code" in made.out
    draw = made.out.partition("guerdon draw check ")[2].split()[0]
    early = guerdon("draw", "check", draw)
    assert early.code != terminal.OK and "still in use" in early.err
    assert guerdon("draw", "seeds").out.count("not shown yet") == 2
    draws.rotate(programme_id=cafe.programme_id, now=clock.now())
    checked = guerdon("draw", "check", draw)
    assert checked.code == terminal.OK and "It comes out the same." in checked.out
    told = guerdon("draw", "check", draw, "--json").json
    shown = {one["number"]: one["seed"] for one in guerdon("draw", "seeds", "--json").json}
    assert told["right"] and told["prize"] == "coffee" and told["seed"] in shown.values()
    prize = guerdon("redemption", "show", draw, "--json").json["prize"]
    assert guerdon("draw", "check", prize["id"]).code == terminal.UNREADABLE
    assert guerdon("verify", "--deep").code == terminal.OK


def test_a_member_does_without_chance(cafe):
    assert "Chance is off" in guerdon("draw", "off", "ann").out
    assert "switched chance off" in guerdon("redemption", "make", "ann", "box").err
    assert "switched chance off" in guerdon("reward", "list", "-m", "ann").out
    again = guerdon("draw", "on", "ann")
    assert again.code == terminal.UNREADABLE and "can be switched on again" in again.err
    assert guerdon("draw", "off", "ann", "--json").json["on"] is False


def test_where_nothing_is_drawn_there_are_no_seeds(pristine_database):
    Shop(key="aurora")
    assert "Nothing has been drawn" in guerdon("draw", "seeds").out
