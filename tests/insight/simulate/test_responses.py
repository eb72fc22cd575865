"""How members may answer: not at all where nothing is assumed, else as worked out by hand, within what there is."""

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st

from guerdon.core.simulations import Own, Responses
from guerdon.insight.simulate import assumptions, goals, measures, responses
from guerdon.insight.simulate.bootstrap import Resampling
from guerdon.insight.simulate.measures import Earnings, Side
from guerdon.insight.simulate.responses import Assumed, Elasticities, Prior
from guerdon.insight.simulate.runs import Flow
from tests.insight.simulate import made

ALL = slice(None)


def same(one, other) -> bool:
    flows = all(
        np.array_equal(a, b) for unit in one.flows for a, b in zip(one.flows[unit], other.flows[unit], strict=True)
    )
    return flows and np.array_equal(one.spent, other.spent) and np.array_equal(one.cost, other.cost)


@hypothesis.settings(max_examples=30, deadline=None)
@hypothesis.given(seed=st.integers(0, 999), give=st.sampled_from(("0.5", 1, 3)), price=st.sampled_from((5, 50, 400)))
def test_without_elasticities_nothing_changes(seed, give, price):
    shop = made.shop(12, 9, seed)
    draft = shop.side(give=give, price=price, months=5)
    assert same(responses.replayed(shop.side(), draft, Elasticities()), draft.run)


def test_without_elasticities_bands_are_the_mechanical_ones():
    shop = made.shop()
    today, draft = shop.side(), shop.side(give=2, price=30)
    drawn = Resampling(40, 200)
    apart = responses.bands(today, draft, "points", assumed=responses.NONE, drawn=drawn)
    for one, other in zip(apart, measures.bands(today, draft, "points", drawn=drawn), strict=True):
        assert (one.of, one.low, one.high) == (other.of, other.low, other.high)


def test_nobody_answers_a_draft_that_changes_nothing():
    today = made.shop().side()
    assert same(responses.replayed(today, today, Elasticities(0.5, 0.5, 0.5)), today.run)


def test_debts_and_gifts_stay_as_they_were():
    """What a replay had beside earning and redeeming (a gift, a claw-back below nothing) is there afterwards, too."""
    flow = Flow(*(np.array([row]) for row in ([10, -30, 5], [0, 5, 0], [0, 0, 2], [15, -20, -12])))
    side = made.Shop(np.array([[100, 100, 100]])).side()
    draft = Side(side.run._replace(flows={"points": flow}), side.programme)
    assert same(responses.replayed(side, draft, Elasticities()), draft.run)


def test_a_higher_rate_by_hand():
    """2 instead of 1 point per euro, worth a cent each: 1 % → 2 % comes back, so ln 1.1 more is spent: 10 %."""
    shop = made.Shop(np.array([[10_000, 0, 20_000]]))
    today, draft = shop.side(price=9_999), shop.side(give=2, price=9_999)
    found = responses.replayed(today, draft, Elasticities(spend=float(np.log(1.1))))
    assert found.spent.tolist() == [[11_000, 0, 22_000]]
    assert found.flows["points"].issued.tolist() == [[2_200, 0, 4_400]]
    assert found.flows["points"].outstanding.tolist() == [[2_200, 2_200, 6_600]]


def test_a_lower_price_by_hand():
    """With 100 points in hand a coffee for 25 instead of 50 is affordable twice as often: twice as much is redeemed."""
    shop = made.Shop(np.array([[10_000, 0, 0]]), np.array([[False, False, False]]))
    today, draft = shop.side(price=50), shop.side(price=25)
    burned = draft.run.flows["points"]
    flow = burned._replace(redeemed=np.array([[0, 250, 0]]), outstanding=np.array([[1_000, 750, 750]]))
    draft = Side(draft.run._replace(flows={"points": flow}, cost=np.array([[0, 80, 0]])), draft.programme)
    found = responses.replayed(today, draft, Elasticities(redemption=1.0))
    assert found.flows["points"].redeemed.tolist() == [[0, 500, 0]] and found.cost.tolist() == [[0, 160, 0]]
    assert found.flows["points"].outstanding.tolist() == [[1_000, 500, 500]]


def test_nobody_redeems_more_than_they_have():
    shop = made.shop(60, 12, 8)
    today, draft = shop.side(price=400), shop.side(price=20)
    found = responses.replayed(today, draft, Elasticities(redemption=9.0)).flows["points"]
    assert found.redeemed.sum() > draft.run.flows["points"].redeemed.sum()
    assert (found.outstanding >= -1).all()  # a step of rounding
    kept = (found.issued - found.redeemed - found.expired).cumsum(axis=1)
    assert np.abs(kept - found.outstanding).max() <= 2 * found.issued.shape[1]


def test_how_near_a_goal_is():
    """A coffee for 50 points; the tier begins at 100.00. With 30 points (30.00 spent) 60 % of the coffee are there."""
    side = made.Shop(np.array([[3_000, 3_000, 6_000, 0]])).side(price=50)
    assert goals.prices(side.programme, "points") == [500]
    assert goals.balance(side.run, "points", ALL).tolist() == [[0, 300, 600, 1_200]]
    assert goals.nearness(side, ALL) == pytest.approx(np.array([[0, 0.6, 0.6, 0]]))  # then both are reached
    closer = responses.replayed(side, made.Shop(side.run.spent).side(price=40), Elasticities(goal=float(np.log(1.5))))
    assert closer.spent.tolist() == [[3_000, round(3_000 * 1.5**0.15), 6_000, 0]]


def test_a_year_of_spending_is_what_a_rolling_tier_looks_at():
    side = made.Shop(np.array([[5_000] + [0] * 13])).side(price=1, months=1)
    assert goals.nearness(side, ALL)[0].tolist() == pytest.approx([0.0] + [0.5] * 12 + [0.0])


def test_responses_no_more_than_double():
    shop = made.shop()
    today, draft = shop.side(), shop.side(give=1_000)
    found = responses.replayed(today, draft, Elasticities(spend=5.0))
    assert np.array_equal(found.spent, 2 * draft.run.spent)


def test_assumptions_make_bands_wider_and_are_apart():
    shop = made.shop(400)
    today, draft = shop.side(), shop.side(give=2)
    drawn, earnings = Resampling(400, 400), Earnings(4_000, 500)
    before = draft.run.spent.copy()
    sure = {one.of: one for one in measures.bands(today, draft, "points", drawn=drawn, earnings=earnings)}
    unsure = {one.of: one for one in responses.bands(today, draft, "points", drawn=drawn, earnings=earnings)}
    assert np.array_equal(draft.run.spent, before)  # the mechanical layer is left alone
    assert unsure["issued"].middle > sure["issued"].middle
    assert unsure["issued"].high - unsure["issued"].low > sure["issued"].high - sure["issued"].low
    certain = Assumed({key: Prior(prior.mean, 0.0) for key, prior in responses.PRIORS.items()})
    fixed = {one.of: one for one in responses.bands(today, draft, "points", assumed=certain, drawn=drawn)}
    exact = measures.amounts(Side(responses.replayed(today, draft, certain.middle), draft.programme), "points").issued
    assert fixed["issued"].middle == pytest.approx(exact - measures.amounts(today, "points").issued, rel=0.03)


def test_futures_are_the_priors():
    drawn = np.array(responses.USUAL.futures(200, 1))
    for place, prior in enumerate(responses.PRIORS.values()):
        assert drawn[:, place].mean() == pytest.approx(prior.mean, abs=1e-9)
        assert drawn[:, place].std() == pytest.approx(prior.sd, rel=0.02)
    assert abs(np.corrcoef(drawn.T)[0, 1]) < 0.25
    off = Assumed({key: prior for key, prior in responses.PRIORS.items() if key != "goal"})
    assert {one.goal for one in off.futures(10, 1)} == {0.0} == {off.middle.goal}


def test_strengths_are_those_of_the_prior_or_ones_own():
    found = responses.assumed(Responses(spend="low", goal="high", redemption="off")).priors
    assert {key: (round(one.mean, 4), one.sd) for key, one in found.items()} == {
        "spend": (0.005, 0.005), "goal": (0.165, 0.055),
    }  # fmt: skip
    assert responses.assumed(Responses()) == responses.USUAL
    assert responses.assumed(Responses("off", "off", "off")) == responses.NONE
    own = responses.assumed(Responses(spend=Own(1_000, 500), redemption=Own(-5_000))).priors
    assert own["spend"].mean == pytest.approx(np.log(1.1)) and own["spend"].sd == pytest.approx(np.log(1.15 / 1.1))
    assert own["redemption"].mean == pytest.approx(-1) and own["redemption"].sd == 0  # twice the balance: half of it
    told = assumptions.sentences(responses.assumed(Responses("low", "high", Own(1_250, 250))))
    assert "0.5% more" in told[0] and "Nastasoiu" in told[0] and "low end" in told[0]
    assert "17.9% more" in told[1] and "high end" in told[1]
    assert "means 12.5% more redeemed (± 2.5, normal)" in told[2] and "whoever asked" in told[2]
    assert "no study" not in told[2]


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_assumptions_are_said(language):
    found = assumptions.sentences(responses.USUAL, language, Earnings(4_000, 550))
    assert len(found) == 5 and not any("{" in one for one in found)
    assert "Nastasoiu" in found[0] and "Kivetz" in found[1] and "20" not in found[2]
    assert "40" in found[4] and ("5.5" if language == "en" else "5,5") in found[4]
    assert len(assumptions.sentences(responses.NONE, language)) == 1


def test_assumptions_in_numbers():
    first, second, third, _ = assumptions.sentences(responses.USUAL)
    assert "spend 1% more" in first and "(± 0.5, normal)" in first
    assert "up to 11.6% more" in second
    assert "means 23.1% more" in third and "no study's figure" in third  # 2 ** 0.3
