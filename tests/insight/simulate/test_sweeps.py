"""A sweep: the grid that was asked for, what each scenario comes to by hand, and the front that brute force finds."""

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st

from guerdon.core.errors import Refusal
from guerdon.core.sweeping import Axis, Goal
from guerdon.insight.simulate import fronts, grids, measures, sweeps
from guerdon.insight.simulate.measures import Earnings, Side
from guerdon.insight.simulate.sweeps import Scale
from tests.insight.simulate import made

GIVE, MONTHS, PRICE = (
    "rules.base.then.0.points.give", "units.points.expires.rolling.months", "rewards.coffee.prices.0.points.points",
)  # fmt: skip


def refused(code, call):
    with pytest.raises(Refusal) as raised:
        call()
    assert raised.value.code == code
    return raised.value


def test_axes_as_they_are_typed():
    assert grids.axis(f"{GIVE}=1, 1.5,2") == Axis("/rules/base/then/0/points/give", (1, "1.5", 2))
    assert grids.axis("/returns=debt,only_pending") == Axis("/returns", ("debt", "only_pending"))
    assert grids.axis("enrol_unknown=true,false") == Axis("/enrol_unknown", (True, False))
    assert grids.axis("brand=null").values == (None,)
    assert grids.axis("units.points.caps.day=-1,007,1").values == (-1, "007", 1)
    for told in ("give", "=1", "give=", "give=1,,2"):
        assert refused("vary_invalid", lambda told=told: grids.axis(told)).facts["told"] == told


def test_every_combination_is_a_programme_or_says_why_not():
    axes = (Axis("/rules/base/then/0/points/give", (1, "1.25")), Axis("/units/points/expires/rolling/months", (6, 12)))
    found = grids.scenarios(made.document(), axes)
    assert [one.values for one in found] == [(1, 6), (1, 12), ("1.25", 6), ("1.25", 12)]
    assert [one.problem and one.problem.reason for one in found] == [None, None, *["too_many_decimals"] * 2]
    assert found[0].programme == made.programme(give=1, months=6)
    assert [one.values for one in grids.valid(found)] == [(1, 6), (1, 12)]
    assert "give" in str(refused("programme_invalid", lambda: grids.valid(found[2:])).facts["first"])


def test_what_leads_nowhere_is_refused():
    document = made.document()
    refused("part_unknown", lambda: grids.scenarios(document, [Axis("/rules/bonus/then/0", (1,))]))
    twice = [Axis("/returns", ("debt",)), Axis("/returns", ("only_pending",))]
    assert refused("vary_twice", lambda: grids.scenarios(document, twice)).facts["pointer"] == "/returns"
    many = [Axis("/remind_days", tuple(range(101))), Axis("/returns", tuple(range(100)))]
    assert refused("scenarios_too_many", lambda: grids.scenarios(document, many)).facts["scenarios"] == 10_100


@pytest.mark.parametrize(
    ("one", "other", "middle"),
    [(1, 3, 2), (10, 40, 25), (1, 2, "1.5"), (1, "1.5", "1.2"), ("0.5", "1.0", "0.7"), (2, 1, "1.5"), (-1, 0, "-0.5"),
     (1, 1, None), ("debt", 1, None), (True, 3, None), ("1.0", "1.1", "1.05"), ("0.25", 1, "0.62"), (12, 18, 15)],
)  # fmt: skip
def test_half_way(one, other, middle):
    assert grids.between(one, other) == middle


@hypothesis.given(st.integers(-999, 999), st.integers(-999, 999), st.integers(0, 3))
def test_half_way_lies_between(one, other, decimals):
    hypothesis.assume(one != other)
    first, second = (grids._written(n, decimals) if decimals else n for n in (one, other))
    middle = grids.number(grids.between(first, second))
    assert min(grids.number(first), grids.number(second)) < middle < max(grids.number(first), grids.number(second))


@hypothesis.given(st.lists(st.tuples(*[st.integers(0, 6)] * 3), min_size=1, max_size=60))
def test_the_front_is_that_of_brute_force(rows):
    def beaten(row):
        return any(all(a <= b for a, b in zip(other, row, strict=True)) and other != row for other in rows)

    assert fronts.pareto(np.array(rows, float)).tolist() == [not beaten(row) for row in rows]


def test_a_front_larger_than_a_part_of_it():
    values = np.arange(1_500.0)
    assert fronts.pareto(np.stack([values, -values], axis=1)).all()
    assert fronts.pareto(np.stack([values, values], axis=1)).sum() == 1


def test_metrics_by_hand():
    """Two members spend 10.00 and 20.00 in January. One takes a coffee for 10 points; half the rate leaves 15 of 30."""
    shop = made.Shop(np.array([[1_000], [2_000]]), np.array([[True], [False]]))
    scale = Scale(shop.side(price=10))
    assert scale.unit == "points"
    assert scale.metrics == sweeps.Metrics(
        issued=300, redeemed=100, expired=0, outstanding=200, cost=80, liability=20, burden=100, kept=30,
        worse_off=0, better_off=0, losing=0, retained=10_000,
    )  # fmt: skip
    half = scale.measure(shop.side(give="0.5", price=10))
    assert (half.issued, half.redeemed, half.worse_off, half.better_off, half.losing) == (150, 0, 10_000, 0, 2)
    double = scale.measure(shop.side(give=2, price=10))
    assert (double.worse_off, double.better_off, double.losing, double.burden) == (0, 10_000, 0, 160 + 40)


def test_a_sweep_replays_each_scenario_once_and_marks_the_front():
    shop, told = made.shop(), []
    scale = Scale(shop.side(), earnings=Earnings(4_000, 500))
    axes = [grids.axis(f"{GIVE}=0.5,1,1.25,2"), grids.axis(f"{MONTHS}=3,12"), grids.axis(f"{PRICE}=20,50")]
    goals = [Goal("burden"), Goal("kept", "most")]
    found = sweeps.sweep(shop.replay, scale, made.document(), axes, goals, advance=told.append)
    assert shop.asked == len(found.points) == 12 and len(found.refused) == 4 and sum(told) == 16
    assert found.today == scale.metrics and found.refused[0].problem.reason == "too_many_decimals"
    same = next(one for one in found.points if one.values == (1, 12, 50))
    assert same.metrics == found.today
    for one in found.points:
        give, months, price = one.values
        side = shop.side(give=give, months=months, price=price)
        assert one.metrics == scale.measure(side)
        assert one.metrics.issued == measures.amounts(side, "points").issued
        beaten = [
            other for other in found.points
            if other.metrics.burden <= one.metrics.burden and other.metrics.kept >= one.metrics.kept
            and (other.metrics.burden, other.metrics.kept) != (one.metrics.burden, one.metrics.kept)
        ]  # fmt: skip
        assert one.on_front == (not beaten)
    assert 0 < sum(one.on_front for one in found.points) < 12


def test_what_nobody_says_is_worst():
    shop = made.shop()
    scale = Scale(shop.side())
    assert scale.metrics.roi is None and sweeps.score(scale.metrics, Goal("roi", "most")) == float("inf")
    assert Scale(shop.side(), earnings=Earnings(4_000, 500)).metrics.roi is not None


def test_unknown_words_are_refused():
    shop = made.shop(4, 4)
    refused("metric_unknown", lambda: sweeps.sweep(shop.replay, Scale(shop.side()), {}, (), [Goal("profit")]))
    assert "points" in str(refused("unit_unknown", lambda: Scale(shop.side(), "stars")).facts["known"])
    assert shop.asked == 0


def test_bands_of_two_scenarios_are_of_the_same_members():
    shop = made.shop(300)
    scale = Scale(shop.side())
    programmes = [made.programme(give=give) for give in ("1.1", "1.2")]
    first, second = ({band.of: band for band in scale.bands(run, of)} for run, of in
                     zip(shop.replay(programmes), programmes, strict=True))  # fmt: skip
    assert second["issued"].low == pytest.approx(2 * first["issued"].low, rel=0.02)
    assert Side(shop.side().run, programmes[0]).programme.key == "aurora"
