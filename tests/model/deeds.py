"""What happens in a play, how often, and a play from its first step to its proof."""

from random import Random

from tests.model.houses import House
from tests.model.play import Play

STEPS = 50
DEEDS = {
    "things_happen": 12, "more_never_earns_less": 1, "time_passes": 6, "night": 1, "month_closes": 2, "rate_comes": 1,
    "somebody_regrets": 4,
    "points_move": 5, "burn_comes_to_nothing": 3, "points_are_held": 3, "hold_ends": 3, "points_go_to_the_trees": 1,
    "somebody_is_sorry": 3, "points_are_sent": 4, "offer_is_settled": 2, "two_become_one": 2, "one_becomes_two": 2,
}  # fmt: skip


def play(seed: int, house: House, steps: int = STEPS) -> None:
    """One play by the dice, compared after each step and proved in the end."""
    dice = Random(seed)
    one = Play(dice.choice, house)
    for _ in range(steps):
        deed = dice.choices([*DEEDS], [*DEEDS.values()])[0]
        getattr(one, deed)(dice.choice)
        one.compare()
    one.end()
