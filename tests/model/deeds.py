"""What happens in a play, how often, and a play from its first step to its proof."""

from random import Random

from tests.model.houses import House
from tests.model.play import Play

STEPS = 50
DEEDS = {
    "things_happen": 10, "more_never_earns_less": 1, "time_passes": 7, "night": 2, "month_closes": 2, "rate_comes": 1,
    "points_move": 4, "burn_comes_to_nothing": 3, "points_are_held": 3, "hold_ends": 3, "points_go_to_the_trees": 1,
    "somebody_is_sorry": 3, "points_are_sent": 4, "offer_is_settled": 2, "two_become_one": 1, "one_becomes_two": 1,
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
