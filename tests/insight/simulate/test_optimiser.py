"""The best scenario within limits: what brute force finds on the grid, better between its points, and why not more."""

import itertools

import hypothesis
import numpy as np
from hypothesis import strategies as st

from guerdon.core.sweeping import METRICS, NOBODY_LOSES, Goal, Limit
from guerdon.insight.simulate import grids, optimiser, sweeps
from guerdon.insight.simulate.answers import Metrics
from guerdon.insight.simulate.sweeps import Scale
from tests.insight.simulate import made
from tests.insight.simulate.test_sweeps import GIVE, MONTHS, PRICE

SHOP = made.shop(30, 14)
GIVES, LIVES, PRICES = ("0.5", 1, "1.5", 2), (3, 12), (20, 50, 80)
AXES = [grids.axis(f"{path}={','.join(map(str, values))}") for path, values in
        ((GIVE, GIVES), (MONTHS, LIVES), (PRICE, PRICES))]  # fmt: skip
SCALE = Scale(SHOP.side())
FOUND = sweeps.sweep(SHOP.replay, SCALE, made.document(), AXES)


def test_what_can_be_wanted_is_what_a_scenario_comes_to():
    assert tuple(Metrics.__struct_fields__) == METRICS


@hypothesis.settings(max_examples=60, deadline=None)
@hypothesis.given(
    goal=st.builds(Goal, st.sampled_from(METRICS[:12]), st.sampled_from(("least", "most"))),
    place=st.integers(0, len(FOUND.points) - 1),
    share=st.integers(0, 10_000),
    nobody=st.booleans(),
)
def test_the_choice_is_that_of_brute_force(goal, place, share, nobody):
    limits = [Limit("burden", most=FOUND.points[place].metrics.burden), Limit("worse_off", most=share)]
    limits += [NOBODY_LOSES] if nobody else []
    found = optimiser.choose(SHOP.replay, SCALE, made.document(), FOUND, [goal], limits, budget=0)
    sign = 1 if goal.sense == "least" else -1
    best = None
    for values in itertools.product(GIVES, LIVES, PRICES):
        metrics = next(one.metrics for one in FOUND.points if one.values == values)
        lawful = metrics.burden <= limits[0].most and metrics.worse_off <= share and (metrics.losing == 0 or not nobody)
        if lawful and (best is None or sign * getattr(metrics, goal.metric) < best):
            best = sign * getattr(metrics, goal.metric)
    assert (found.best is None) == (best is None) and found.replays == 0 and not found.refined
    if found.best is not None:
        assert sign * getattr(found.best.metrics, goal.metric) == best


def test_it_says_what_excluded_the_best():
    """Nobody gives less than half a point; but with fewer points than today everybody is worse off."""
    limits = [Limit("worse_off", most=0), Limit("issued", least=0)]
    found = optimiser.choose(SHOP.replay, SCALE, made.document(), FOUND, [Goal("issued")], limits, budget=0)
    assert found.best is not None and found.best.values[0] == 1
    assert found.wished is not None and found.wished.values[0] == "0.5"
    (why,) = found.broken
    assert why.limit == limits[0] and why.found == why.beyond == found.wished.metrics.worse_off > 9_000
    worse, least = found.without
    assert worse.best == found.wished and worse.excludes == 6
    assert least.best is None and least.excludes == 0


def test_without_any_lawful_scenario_there_is_no_choice():
    limits = [Limit("burden", most=-1), NOBODY_LOSES]
    found = optimiser.choose(SHOP.replay, SCALE, made.document(), FOUND, [Goal("burden")], limits)
    assert found.best is None and found.replays == 0 and found.wished is not None
    assert {one.limit.metric for one in found.broken} == {"burden", "losing"}
    assert found.without[0].best is not None and found.without[1].best is None


def test_between_the_points_there_is_a_better_one():
    """The highest rate with no more than 1.3 times today's burden lies between 1 and 1.5; it is found by halving."""
    most = round(SCALE.metrics.burden * 1.3)
    axes = [grids.axis(f"{GIVE}=0.5,1,1.5,2")]
    scale = Scale(SHOP.side())
    grid = sweeps.sweep(SHOP.replay, scale, made.document(), axes)
    before = SHOP.asked
    found = optimiser.choose(
        SHOP.replay, scale, made.document(), grid, [Goal("issued", "most")], [Limit("burden", most=most)], budget=40
    )
    burdens = {give: scale.measure(SHOP.side(give=give)).burden for give in ("1.1", "1.2", "1.3", "1.4")}
    assert found.best is not None and found.refined and found.best.metrics.burden <= most
    assert found.best.values == ("1.2",) or burdens["1.2"] > most or burdens["1.3"] <= most
    assert SHOP.asked - before == found.replays == len(found.tried)
    assert len({one.values for one in found.tried}) == len(found.tried)


def test_prices_are_searched_to_the_point():
    """Coffees may cost between 20 and 80 points; the lowest price within the cap is found as brute force finds it."""
    most = SCALE.metrics.cost + 500
    axes = [grids.axis(f"{PRICE}=20,80")]
    grid = sweeps.sweep(SHOP.replay, SCALE, made.document(), axes)
    goals, limits = [Goal("redeemed", "most")], [Limit("cost", most=most)]
    found = optimiser.choose(SHOP.replay, SCALE, made.document(), grid, goals, limits, budget=60)
    every = {price: SCALE.measure(SHOP.side(price=price)) for price in range(20, 81)}
    best = max(one.redeemed for one in every.values() if one.cost <= most)
    assert found.best is not None and found.best.metrics.cost <= most
    assert found.best.metrics.redeemed >= 0.97 * best  # redeeming is no smooth function of a price
    assert found.best.metrics.redeemed > max(one.metrics.redeemed for one in grid.points if one.metrics.cost <= most)


def test_no_more_is_replayed_than_the_budget():
    for budget in (0, 1, 5):
        before = SHOP.asked
        goals, limits = [Goal("issued", "most")], [Limit("burden", most=round(SCALE.metrics.burden * 1.3))]
        found = optimiser.choose(SHOP.replay, SCALE, made.document(), FOUND, goals, limits, budget=budget)
        assert SHOP.asked - before == found.replays <= budget


def test_later_goals_decide_between_equal_ones():
    shop = made.Shop(np.array([[1_000], [2_000]]))
    axes = [grids.axis(f"{MONTHS}=3,6"), grids.axis(f"{PRICE}=10,20")]
    scale = Scale(shop.side())
    grid = sweeps.sweep(shop.replay, scale, made.document(), axes)
    found = optimiser.choose(shop.replay, scale, made.document(), grid, [Goal("issued"), Goal("cost")], budget=0)
    assert found.best is not None and found.best.values == (3, 10) and found.wished is None and found.broken == ()
