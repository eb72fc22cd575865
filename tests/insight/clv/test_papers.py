"""The tables of the papers, computed anew from the purchases."""

import numpy as np
import polars as pl
import pytest

from guerdon.insight.clv import bg_nbd, gamma_gamma, histories, pareto_nbd, sbg
from guerdon.insight.clv.fitting import Fit
from guerdon.insight.clv.histories import Histories
from tests.insight.clv import cdnow

# Who still was there after each year, of 1,000 (Fader & Hardie 2007, table 1).
REGULAR = (631, 468, 382, 326, 289, 262, 241)
HIGH_END = (869, 743, 653, 593, 551, 517, 491)


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    return histories.of(cdnow.purchases(), end=cdnow.MIDDLE)


@pytest.fixture(scope="module")
def seen(rows: pl.DataFrame) -> Histories:
    return histories.gathered(rows)


def known(fit: Fit, likely: float, *values: float) -> None:
    """The figures that were printed; the last digit may be rounded the other way."""
    assert fit.log_likelihood == pytest.approx(likely, abs=0.06)
    for found, printed in zip(fit.parameters.values(), values, strict=True):
        digits = len(str(printed).partition(".")[2])
        assert found == pytest.approx(printed, abs=1.2 / 10**digits)


def one(x: float, recency: float, age: float) -> tuple[np.ndarray, ...]:
    return np.array([x]), np.array([recency]), np.array([age])


def test_cdnow_is_what_the_papers_saw(rows, seen):
    assert (len(rows), seen.total, rows["repeats"].sum()) == (2_357, 2_357, 2_457)
    assert (rows["repeats"] == 0).sum() == 1_411


def test_bg_nbd(seen):
    found = bg_nbd.fit(seen)
    known(found, -9_582.4, 0.243, 4.414, 0.793, 2.426)
    assert bg_nbd.expected(found, 39, *one(2, 30.43, 38.86))[0] == pytest.approx(1.226, abs=5e-4)  # note 004
    assert bg_nbd.alive(found, *one(2, 30.43, 38.86))[0] == pytest.approx(0.7266, abs=5e-5)
    assert bg_nbd.alive(found, *one(0, 0, 38.86))[0] == 1


def test_pareto_nbd(seen):
    known(pareto_nbd.fit(seen), -9_595.0, 0.553, 10.578, 0.606, 11.669)


def test_gamma_gamma(rows):
    again = rows.filter(pl.col("repeats") > 0)
    repeats, mean = again["repeats"].cast(float).to_numpy(), again["mean"].to_numpy() / 100
    assert len(again) == 946
    found = gamma_gamma.fit(repeats, mean)
    known(found, -4_055.92, 6.25, 3.74, 15.44)
    first = rows.head(10)
    told = gamma_gamma.expected(
        found, first["repeats"].cast(float).to_numpy(), first["mean"].fill_null(0).to_numpy() / 100
    )
    assert told == pytest.approx([24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17], abs=0.011)


@pytest.mark.parametrize(
    ("there", "likely", "values", "twelfth"),
    [(REGULAR, -1_680.3, (0.704, 1.182), 0.170), (HIGH_END, -1_611.2, (0.668, 3.806), 0.378)],
)
def test_sbg(there, likely, values, twelfth):
    left = -np.diff((1_000, *there))
    found = sbg.fit(left, there[-1])
    known(found, likely, *values)
    share = sbg.survival(found, 12)
    assert share[-1] == pytest.approx(twelfth, abs=5e-4)
    assert share[4] / share[3] == pytest.approx(sbg.retention(found, 5))


def test_the_second_half_is_foretold_too_low_as_the_papers_say(rows, seen):
    """By how often somebody came again in the first half: what happened, and what was expected."""
    whole = histories.of(cdnow.purchases(), end=cdnow.END).select("customer", later="repeats")
    both = rows.join(whole, on="customer").with_columns(later=pl.col("later") - pl.col("repeats"))
    found = bg_nbd.fit(seen)
    told = bg_nbd.expected(found, 39, *(both[name].cast(float).to_numpy() for name in ("repeats", "recency", "age")))
    table = (
        both.with_columns(told=told, group=pl.min_horizontal("repeats", 7))
        .group_by("group").agg(pl.col("later").mean(), pl.col("told").mean()).sort("group")
    )  # fmt: skip
    assert both["later"].sum() == 1_882
    assert table["later"].to_list() == pytest.approx([0.237, 0.697, 1.393, 1.560, 2.532, 2.947, 3.862, 6.359], abs=6e-4)
    assert table["told"].to_list() == pytest.approx([0.225, 0.523, 1.044, 1.520, 2.164, 2.654, 3.504, 6.157], abs=6e-4)
