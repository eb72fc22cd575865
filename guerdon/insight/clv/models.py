"""The models of repeat buying under one roof, and what a purchase comes to: fitted, and asked of each customer."""

from typing import Final, Literal

import msgspec
import numpy as np
import polars as pl

from guerdon.insight.clv import bg_nbd, gamma_gamma, histories, pareto_nbd
from guerdon.insight.clv.fitting import Fit, Unfit
from guerdon.insight.clv.histories import Histories, Numbers

Model = Literal["bg_nbd", "pareto_nbd"]
MODELS: Final[tuple[Model, ...]] = ("bg_nbd", "pareto_nbd")
CUSTOMERS_MIN: Final = 10  # below, nothing is fitted: whatever came out would be chance
_BOUND: Final = 1e5  # parameters beyond say that customers do not differ, which few of them never do


class Spending(msgspec.Struct, frozen=True):
    """What purchases come to: the Gamma-Gamma model (γ in minor units), its mean purchase, and how much spending has
    to do with frequency, of which the model assumes that it has nothing."""

    fit: Fit
    mean: float
    correlation: float
    customers: int


def fit(model: Model, rows: pl.DataFrame) -> Fit:
    """The most likely model of the histories of customers. Raises Unfit."""
    if rows.height < CUSTOMERS_MIN:
        raise Unfit(f"{rows.height} customers are too few")
    seen = histories.gathered(rows)
    found = bg_nbd.fit(seen) if model == "bg_nbd" else pareto_nbd.fit(seen)
    if max(found.parameters.values()) > _BOUND:
        raise Unfit("there are too few customers, or too few who differ")
    return found


def alive(model: Model, found: Fit, rows: pl.DataFrame) -> Numbers:
    """How probable it is that each customer still is one."""
    each = _each(rows)
    if model == "bg_nbd":
        return bg_nbd.alive(found, each.repeats, each.recency, each.age)
    return pareto_nbd.alive(found, each)


def expected(model: Model, found: Fit, rows: pl.DataFrame, *, weeks: float) -> Numbers:
    """How often each will buy in the next weeks. Raises Unfit where the parameters give no number."""
    each = _each(rows)
    if model == "bg_nbd":
        often = bg_nbd.expected(found, weeks, each.repeats, each.recency, each.age)
    else:
        often = pareto_nbd.expected(found, weeks, each)
    if not np.isfinite(often).all():
        raise Unfit("the parameters give no number of purchases")
    return np.maximum(often, 0.0)


def spending(rows: pl.DataFrame) -> Spending:
    """How much purchases come to, learnt from those who came again. Raises Unfit."""
    again = rows.filter(pl.col("repeats") > 0, pl.col("mean") > 0)
    if again.height < CUSTOMERS_MIN:
        raise Unfit(f"{again.height} customers who came again are too few")
    repeats, mean = again["repeats"].cast(pl.Float64).to_numpy(), again["mean"].to_numpy()
    usual = float(np.average(mean))
    found = gamma_gamma.fit(repeats, mean / usual)  # so that a currency of small units is as quick to fit
    p, q, gamma = found.parameters.values()
    if q <= 1:
        raise Unfit("spending differs so much that it has no mean")
    level = float(np.ptp(repeats)) == 0 or float(np.ptp(mean)) == 0
    correlation = 0.0 if level else float(np.corrcoef(repeats, mean)[0, 1])
    told = Fit({"p": p, "q": q, "gamma": gamma * usual}, found.log_likelihood - again.height * float(np.log(usual)))
    return Spending(told, p * gamma * usual / (q - 1), correlation, again.height)


def spends(found: Spending, rows: pl.DataFrame) -> Numbers:
    """What the next purchase of each comes to, in minor units."""
    repeats = rows["repeats"].cast(pl.Float64).to_numpy()
    return gamma_gamma.expected(found.fit, repeats, rows["mean"].fill_null(0.0).to_numpy())


def _each(rows: pl.DataFrame) -> Histories:
    """One history for each customer, in the order of the rows."""
    repeats, recency, age = (rows[name].cast(pl.Float64).to_numpy() for name in ("repeats", "recency", "age"))
    return Histories(repeats, recency, age, np.ones(rows.height))
