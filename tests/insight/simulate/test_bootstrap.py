"""How sure a difference is: bands that hold what they promise, and the same members drawn for both sides."""

import numpy as np
import pytest

from guerdon.insight.simulate import bootstrap, measures
from guerdon.insight.simulate.bootstrap import Resampling
from guerdon.insight.simulate.measures import Earnings
from tests.insight.simulate import made


def test_weights_are_poisson_with_a_mean_of_one():
    drawn = np.concatenate([weights for _, weights in Resampling(9_000, 200).weights()], axis=1)
    assert drawn.shape == (200, 9_000)
    assert drawn.mean() == pytest.approx(1, abs=0.003) and drawn.var() == pytest.approx(1, abs=0.006)
    assert (drawn == 0).mean() == pytest.approx(np.exp(-1), abs=0.002)
    assert bootstrap._WEIGHTS.mean() == 1.0 and bootstrap._WEIGHTS.var() == pytest.approx(1, abs=1e-3)


def test_the_seed_says_who_is_drawn():
    columns = np.arange(10_000.0).reshape(5_000, 2)
    first, again, other = (Resampling(5_000, 50, seed).totals(columns) for seed in (1, 1, 2))
    assert np.array_equal(first, again) and not np.array_equal(first, other)


def test_equal_members_leave_nothing_open():
    """Members who are alike come to the same, whoever of them is drawn: so many there are, so many are drawn."""
    assert Resampling(5_000, 50).totals(np.full((5_000, 1), 7.0)) == pytest.approx(35_000)


def test_the_spread_is_that_of_drawing_members_with_replacement():
    values = np.random.default_rng(5).lognormal(3, 1, 6_000)
    drawn = Resampling(6_000, 2_000).totals(values[:, np.newaxis])
    assert drawn.std() == pytest.approx(values.std() * np.sqrt(6_000), rel=0.06)
    assert drawn.mean() == pytest.approx(values.sum(), rel=0.002)


def covered(*, scale: float) -> float:
    """In how many of 400 shops that are drawn from one truth the band (stretched by `scale`) holds that truth."""
    random, held = np.random.default_rng(20), 0
    members, truth = 300, 300 * float(np.exp(2 + 0.5))
    for shop in range(400):
        values = random.lognormal(2, 1, members)
        drawn = Resampling(members, 300, shop).totals(values[:, np.newaxis])
        low, _, high = bootstrap.interval(values.sum() + scale * (drawn - values.sum()))
        held += low <= truth <= high
    return held / 400


def test_nine_of_ten_bands_hold_the_truth():
    """0.90 ± three standard errors of 400 trials; a band of two thirds of the width does not pass."""
    assert 0.855 <= covered(scale=1.0) <= 0.945
    assert covered(scale=2 / 3) < 0.855


def test_the_same_members_on_both_sides_make_a_difference_surer():
    shop = made.shop(members=400)
    one, other = shop.side(give=1), shop.side(give="1.1")
    both = [measures.columns(side.run, "points")[:, :1] for side in (one, other)]
    common = np.diff(Resampling(400, 500).totals(np.concatenate(both, axis=1)), axis=1)
    apart = Resampling(400, 500, 2).totals(both[1]) - Resampling(400, 500, 1).totals(both[0])
    assert common.var() * 20 < apart.var()


def test_bands_by_hand():
    """Three members, one month: 1 or 2 points per euro of 10, 20 and 30; nobody redeems, nothing is spent."""
    shop = made.Shop(np.array([[1_000], [2_000], [3_000]]))
    one, other = shop.side(give=1), shop.side(give=2)
    found = {band.of: band for band in measures.bands(one, other, "points")}
    assert found.keys() == {"issued", "redeemed", "expired", "outstanding", "cost", "liability"}
    assert found["issued"].middle == 600 and found["liability"].middle == 60
    assert found["issued"].low >= 300 and found["issued"].high <= 900  # three times the least, or the most of them
    assert (found["cost"].low, found["cost"].middle, found["cost"].high) == (0, 0, 0)


def test_amounts_are_those_of_the_months():
    side = made.shop().side(months=6)
    flow, found = side.run.flows["points"], measures.amounts(side, "points")
    assert found.issued == flow.issued.sum() and found.expired == flow.expired.sum() > 0
    assert found.outstanding == flow.outstanding[:, -1].sum() == found.issued - found.redeemed - found.expired
    assert found.liability == found.outstanding // 10 and found.cost == side.run.cost.sum() > 0


def test_middles_are_the_differences_themselves():
    shop = made.shop(members=120)
    one, other = shop.side(give=1), shop.side(give="1.7", price=30)
    before, after = (measures.amounts(side, "points") for side in (one, other))
    for band in measures.bands(one, other, "points"):
        assert band.middle == getattr(after, band.of) - getattr(before, band.of)
        assert band.low <= band.middle <= band.high and band.low < band.high


def test_the_return_is_of_what_was_assumed():
    """10,000.00 spent, 5 % of it due to the programme, 40 % of that remains: 200.00 for 80.00, a return of 150 %."""
    assert Earnings(4_000, 500).roi(np.array([1_000_000.0]), np.array([8_000.0])) == pytest.approx(15_000)
    assert np.isnan(Earnings(4_000, 500).roi(np.array([1_000_000.0]), np.array([0.0])))
    shop = made.shop(members=120)
    bands = measures.bands(shop.side(), shop.side(price=30), "points", earnings=Earnings(4_000, 500))
    roi = next(band for band in bands if band.of == "roi")
    assert roi.low <= roi.middle <= roi.high < 0  # the same is spent, and more coffees are handed over


def test_nobody_comes_to_nothing():
    shop = made.Shop(np.zeros((0, 3), np.int64))
    assert {band.high for band in measures.bands(shop.side(), shop.side(give=2), "points")} == {0}
