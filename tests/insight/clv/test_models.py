"""What must hold of any history: gradients are what they say, the integral is the closed form, nonsense is refused."""

from datetime import date

import hypothesis
import numpy as np
import polars as pl
import pytest
from hypothesis import strategies as st
from scipy import optimize, special

from guerdon.insight.clv import bg_nbd, fitting, gamma_gamma, histories, pareto_nbd, sbg
from guerdon.insight.clv.histories import Histories

parameters = st.lists(st.floats(0.05, 30), min_size=4, max_size=4).map(np.array)


@st.composite
def seen(draw) -> Histories:
    count = draw(st.integers(1, 6))
    repeats = np.array(draw(st.lists(st.integers(0, 40), min_size=count, max_size=count)), float)
    age = np.array(draw(st.lists(st.floats(1, 200), min_size=count, max_size=count)))
    part = np.array(draw(st.lists(st.floats(0.01, 1), min_size=count, max_size=count)))
    customers = np.array(draw(st.lists(st.integers(1, 9), min_size=count, max_size=count)), float)
    return Histories(repeats, np.where(repeats > 0, age * part, 0.0), age, customers)


@pytest.mark.parametrize("model", [bg_nbd, pareto_nbd])
@hypothesis.given(values=parameters, data=seen())
def test_gradients_are_slopes(model, values, data):
    hypothesis.assume(model is not bg_nbd or values[3] > 0.2)  # b+x-1 of who came again once is b
    height, slope = model.likelihood(values, data)
    near = optimize.approx_fprime(values, lambda at: model.likelihood(at, data)[0], values * 1e-7)
    assert np.isfinite(height) and slope == pytest.approx(near, rel=1e-3, abs=1e-3 * (1 + abs(height)))


@hypothesis.given(values=parameters, data=seen())
def test_the_integral_is_the_closed_form(values, data):
    """Note 009, equations 13–15: the part of those who left by Gauss's hypergeometric function."""
    r, alpha, s, beta = values
    hypothesis.assume(abs(alpha - beta) < 0.8 * max(alpha, beta))  # there the series is precise
    large, second = (alpha, s + 1) if alpha >= beta else (beta, r + data.repeats)
    total = r + s + data.repeats

    def term(at):
        z = abs(alpha - beta) / (large + at)
        return special.hyp2f1(total, second, total + 1, z) / (large + at) ** total

    closed = s / total * (term(data.recency) - term(data.age))
    sure = closed > 1e-9 * s / total * term(data.recency)  # beyond, the difference of the closed form has no digits
    assert np.exp(pareto_nbd._left(values, data).height)[sure] == pytest.approx(closed[sure], rel=1e-5)


@hypothesis.given(values=parameters, data=seen(), more=st.floats(0.5, 100))
def test_longer_silence_makes_it_less_probable_to_be_there(values, data, more):
    later = Histories(data.repeats, data.recency, data.age + more, data.customers)
    found = fitting.Fit(dict(zip(pareto_nbd.NAMES, values, strict=True)), 0.0)
    before, after = pareto_nbd.alive(found, data), pareto_nbd.alive(found, later)
    assert ((before >= 0) & (before <= 1) & (after <= before + 1e-9)).all()


def test_a_day_is_one_purchase_and_what_comes_later_is_not_seen():
    days = [date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 8), date(2026, 1, 8), date(2026, 1, 20)]
    told = pl.DataFrame({"customer": [1] * 5, "day": days, "amount": [100, 50, 300, 100, 900]})
    (row,) = histories.of(told, end=date(2026, 1, 16)).to_dicts()
    assert row == {"customer": 1, "repeats": 1, "recency": 1.0, "age": 2.0, "mean": 400.0}


def test_equal_customers_stand_once():
    rows = pl.DataFrame({"repeats": [0, 0, 1], "recency": [0.0, 0.0, 1.0], "age": [2.0, 2.0, 2.0]})
    found = histories.gathered(rows)
    assert (found.customers.tolist(), found.total) == ([2.0, 1.0], 3)


@pytest.mark.parametrize("wrong", [(1, 0, 2), (0, 1, 2), (1, 3, 2), (-1, 0, 2)])
def test_what_is_no_history_is_refused(wrong):
    with pytest.raises(ValueError, match="row 0"):
        Histories(*(np.array([each], float) for each in wrong), np.array([1.0]))


def test_too_few_to_tell_is_said():
    same = Histories(np.zeros(1), np.zeros(1), np.full(1, 10.0), np.full(1, 5.0))
    with pytest.raises(fitting.Unfit):
        bg_nbd.fit(same)
    with pytest.raises(ValueError, match="came again"):
        gamma_gamma.fit(np.array([0.0]), np.array([5.0]))
    with pytest.raises(ValueError, match="two periods"):
        sbg.fit([5], 5)


def test_no_mean_is_no_number():
    found = fitting.Fit({"p": 6.0, "q": 0.9, "gamma": 15.0}, 0.0)
    assert np.isnan(gamma_gamma.expected(found, np.array([1.0]), np.array([5.0]))).all()
