"""Published experiments, computed anew from how many there were in each arm and what they came to."""

import pytest

from guerdon.insight.roi import balance, cuped, means, shares
from guerdon.insight.roi.cuped import Pairs
from guerdon.insight.roi.means import Sample
from guerdon.insight.roi.shares import Counted

# Hillstrom's e-mail test of 2008 (MineThatData), added up by arm: members, who came, who bought, what they spent in
# the two weeks and in the year before, in cents, with squares and products.
MENS = (21_307, 3_894, 267, 3_031_169, 517_410_518, 67_590_244_973, 27_006_876_192_752, 98_575_262_586)
WOMENS = (21_387, 3_238, 189, 2_303_811, 518_713_098, 49_114_465_763, 26_523_269_785_210, 75_130_961_923)
NONE = (21_306, 2_262, 122, 1_390_833, 513_224_581, 28_700_503_621, 25_971_724_145_563, 42_679_338_399)
# Cookie Cats: players, and who still played after seven days.
GATE_30, GATE_40 = Counted(8_502, 44_700), Counted(8_279, 45_489)


def visits(arm: tuple[int, ...]) -> Counted:
    return Counted(arm[1], arm[0])


def spent(arm: tuple[int, ...]) -> Sample:
    return Sample.of_sums(arm[0], arm[3], arm[5])


def pairs(arm: tuple[int, ...]) -> Pairs:
    before, after = Sample.of_sums(arm[0], arm[4], arm[6]), spent(arm)
    together = (arm[7] - arm[3] * arm[4] / arm[0]) / (arm[0] - 1)
    return Pairs(arm[0], after.mean, before.mean, after.variance, before.variance, together)


def test_hillstrom_visits():
    assert [round(100 * visits(arm).share, 2) for arm in (MENS, WOMENS, NONE)] == [18.28, 15.14, 10.62]
    found = shares.differ(visits(MENS), visits(NONE))
    assert shares.z(visits(MENS), visits(NONE)) == pytest.approx(22.486, abs=5e-4)
    assert (100 * found.low, 100 * found.high) == pytest.approx((6.995, 8.324), abs=1.4e-3)


def test_newcombe_by_his_own_tables():
    """Newcombe 1998, table II, method 10."""
    for hits, of, others, of_others, low, high in (
        (56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090), (6, 7, 2, 7, 0.0582, 0.8062),
        (5, 56, 0, 29, -0.0381, 0.1926), (0, 10, 0, 10, -0.2775, 0.2775), (10, 10, 0, 10, 0.6075, 1.0),
    ):  # fmt: skip
        found = shares.differ(Counted(hits, of), Counted(others, of_others))
        assert (found.low, found.high) == pytest.approx((low, high), abs=5.1e-5)


def test_cookie_cats():
    assert shares.z(GATE_30, GATE_40) == pytest.approx(3.164, abs=5e-4)
    assert shares.differ(GATE_30, GATE_40).p == pytest.approx(0.00155, abs=5e-6)


def test_hillstrom_spend():
    """What an e-mail is worth per head: 1.4226 against 0.6528 dollars."""
    assert [round(spent(arm).mean / 100, 4) for arm in (MENS, WOMENS, NONE)] == [1.4226, 1.0772, 0.6528]
    found = means.differ(spent(MENS), spent(NONE))
    assert found.value / 100 == pytest.approx(0.7698, abs=1e-4)
    assert found.clear and found.p < 1e-6
    adjusted = cuped.differ(pairs(MENS), pairs(NONE))
    # The year before tells little of two weeks; what it tells is taken out, and the answer stays.
    assert 0 < adjusted.reduction < 0.01
    assert adjusted.estimate.value == pytest.approx(found.value, abs=2)


def test_ratios_of_the_arms():
    """Hillstrom's arms are thirds; those of Cookie Cats are known not to be halves as they were planned."""
    fair = balance.check(NONE[0], MENS[0] + WOMENS[0] + NONE[0], 1 / 3)
    assert not fair.alarm and fair.p > 0.5
    unfair = balance.check(GATE_30.of, GATE_30.of + GATE_40.of, 0.5)
    assert unfair.p == pytest.approx(0.0086, abs=5e-5)
    assert not unfair.alarm
    assert balance.check(4_600, 100_000, 0.05).alarm
