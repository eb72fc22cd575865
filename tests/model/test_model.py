"""The house against the book."""

from random import Random

import pytest

from tests import effort
from tests.model.houses import EngineHouse, PureHouse
from tests.model.play import Play

DEEDS = {
    "things_happen": 10, "more_never_earns_less": 1, "time_passes": 7, "night": 2, "month_closes": 2, "rate_comes": 1,
    "points_move": 4, "burn_comes_to_nothing": 3, "points_are_held": 3, "hold_ends": 3, "points_go_to_the_trees": 1,
    "somebody_is_sorry": 3, "points_are_sent": 4, "offer_is_settled": 2, "two_become_one": 1, "one_becomes_two": 1,
}  # fmt: skip


def play(seed, house, steps):
    dice = Random(seed)
    one = Play(dice.choice, house)
    for _ in range(steps):
        deed = dice.choices([*DEEDS], [*DEEDS.values()])[0]
        getattr(one, deed)(dice.choice)
        one.compare()
    assert house.proof() == []


@pytest.mark.parametrize("seed", range(effort.times(30, 2000)))
def test_pure(seed):
    play(seed, PureHouse(), 50)


@pytest.mark.parametrize("seed", range(effort.times(80, 200)))
def test_engine(database, seed):
    play(seed, EngineHouse(), 50)
