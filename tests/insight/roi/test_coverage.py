"""Intervals that say 95 % hold the truth about 95 times out of 100, where the truth is known because it was made up."""

import numpy as np
import pytest

from guerdon.insight.roi import cuped, means, shares, trends
from guerdon.insight.roi.cuped import Pairs
from guerdon.insight.roi.means import Sample, Unsaid
from guerdon.insight.roi.shares import Counted
from guerdon.insight.roi.trends import Panel

WORLDS = 400
NEAR = 0.033  # three standard errors of how often 400 worlds hold 95 %


@pytest.fixture
def chance() -> np.random.Generator:
    return np.random.default_rng(20_261_101)


def held(found: list[means.Estimate], truth: float) -> float:
    return sum(one.low <= truth <= one.high for one in found) / len(found)


def spending(chance: np.random.Generator, size: int, lift: float = 0.0) -> means.Numbers:
    """Two thirds spend nothing; a few of the others most of all of it."""
    return (chance.random(size) < 1 / 3) * chance.lognormal(7, 1, size) * (1 + lift)


MEAN = np.exp(7.5) / 3


def test_welch(chance):
    found = [
        means.differ(Sample.of(spending(chance, 5_000, 0.1)), Sample.of(spending(chance, 400))) for _ in range(WORLDS)
    ]
    assert held(found, 0.1 * MEAN) == pytest.approx(0.95, abs=NEAR)


def test_the_bootstrap_errs_less_to_one_side_where_few_are_held_out(chance, monkeypatch):
    """Fifty members of whom seventeen buy say little of what the largest buyers spend."""
    monkeypatch.setattr(means, "RESAMPLES", 1_000)
    worlds = [(spending(chance, 300), spending(chance, 50)) for _ in range(WORLDS)]
    plain = [means.differ(Sample.of(one), Sample.of(other)) for one, other in worlds]
    better = [means.resampled(one, other) for one, other in worlds]
    above, beyond = (sum(one.low > 0 for one in found) / WORLDS for found in (plain, better))
    assert above > 0.06  # 2.5 % are due
    assert beyond < above
    assert held(better, 0) > held(plain, 0) - 0.01


def test_the_bootstrap_where_many_are_held_out(chance, monkeypatch):
    monkeypatch.setattr(means, "RESAMPLES", 400)
    found = [means.resampled(spending(chance, 1_000, 0.1), spending(chance, 600)) for _ in range(200)]
    assert held(found, 0.1 * MEAN) == pytest.approx(0.95, abs=0.046)  # three standard errors of 200 worlds


def test_the_bootstrap_says_the_same_again(chance):
    one, other = spending(chance, 900), spending(chance, 100)
    found = means.resampled(one, other)
    assert found == means.resampled(one, other)
    assert found.low < found.value < found.high


def test_p_of_the_bootstrap_agrees_with_its_interval(chance):
    for lift in (0.0, 0.2, 0.6, 1.2):
        found = means.resampled(spending(chance, 4_000, lift), spending(chance, 800))
        assert (found.p < 0.05) == found.clear


def test_cuped_holds_the_truth_in_less_room(chance):
    found, plain = [], []
    for _ in range(WORLDS):
        before = [chance.lognormal(7, 0.8, size) for size in (2_000, 200)]
        after = [one * chance.lognormal(0, 0.3, len(one)) + gain for one, gain in zip(before, (50, 0), strict=True)]
        groups = [Pairs.of(y, x) for y, x in zip(after, before, strict=True)]
        found.append(cuped.differ(*groups))
        plain.append(means.differ(Sample.of(after[0]), Sample.of(after[1])))
    estimates = [one.estimate for one in found]
    assert held(estimates, 50) == pytest.approx(0.95, abs=NEAR)
    assert min(one.reduction for one in found) > 0.5
    room = [sum(one.high - one.low for one in of) for of in (estimates, plain)]
    assert room[0] < 0.6 * room[1]


def test_newcombe_where_shares_are_small(chance):
    found = [
        shares.differ(Counted(int(chance.binomial(1_000, 0.03)), 1_000), Counted(int(chance.binomial(100, 0.02)), 100))
        for _ in range(2_000)
    ]
    assert held(found, 0.01) == pytest.approx(0.95, abs=0.02)


def panel(chance: np.random.Generator, *, effect: float, stores: int = 40, drift: float = 0.0) -> Panel:
    """Stores of 30 members each, whose months move together; half of the stores are treated from month 6 of 12 on."""
    store = np.repeat(np.arange(stores), 30)
    treated = store < stores // 2
    spent = chance.normal(1_000, 300, len(store))[:, None] + chance.normal(0, 100, (len(store), 12))
    spent += chance.normal(0, 80, (stores, 12))[store] + 40 * np.arange(12)  # all of them grow
    spent[treated, 6:] += effect
    spent[treated] += drift * np.arange(12)
    return Panel(spent, treated, store)


def test_differences_in_differences(chance):
    found = [trends.differ(panel(chance, effect=50), 6) for _ in range(WORLDS)]
    assert held([one.estimate for one in found], 50) == pytest.approx(0.95, abs=NEAR)
    alone = [
        trends.differ(one._replace(clusters=np.arange(len(one.treated))), 6).estimate
        for one in (panel(chance, effect=50) for _ in range(WORLDS))
    ]
    assert held(alone, 50) < 0.9  # members of a store are not alone
    doubted = sum(one.parallel is False for one in found) / WORLDS
    assert doubted < 0.05 + NEAR


def test_placebos_find_groups_that_went_different_ways(chance):
    found = trends.differ(panel(chance, effect=0, drift=25), 6)
    assert found.estimate.clear  # what a drift looks like from afar
    assert found.parallel is False
    assert len(found.placebos) == 5


def test_what_can_not_be_said(chance):
    with pytest.raises(Unsaid, match="two members"):
        Sample.of(np.array([1.0]))
    with pytest.raises(Unsaid, match="the same"):
        means.differ(Sample(10, 0.0, 0.0), Sample(10, 0.0, 0.0))
    with pytest.raises(Unsaid, match="nobody differed"):
        cuped.differ(Pairs(5, 1, 1, 1, 0, 0), Pairs(5, 1, 1, 1, 0, 0))
    with pytest.raises(Unsaid, match="too few"):
        means.resampled(np.array([0.0] * 99 + [5.0]), np.zeros(50))
    one = panel(chance, effect=0)
    with pytest.raises(Unsaid, match="a month before"):
        trends.differ(one, 0)
    assert trends.differ(one._replace(spent=one.spent[:, :3]), 1).parallel is None
    with pytest.raises(Unsaid, match="two stores"):
        trends.differ(one._replace(clusters=np.where(one.treated, 0, one.clusters)), 6)
