"""The hold-out: what models that saw only what was before said of the last days, and what came."""

from datetime import date, timedelta
from typing import Final

import msgspec
import numpy as np
import polars as pl

from guerdon.insight.clv import buying, fitted, models
from guerdon.insight.clv.answers import Checked, Held, HoldOut
from guerdon.insight.clv.buying import Bought
from guerdon.insight.clv.histories import DAYS, Numbers
from guerdon.insight.clv.models import MODELS, Model

SHARE: Final = 3  # one day in so many is kept back, the last ones
WEEKS_MAX: Final = 26
AS_BEFORE: Final = "as_before"
GROUPS: Final = ((0, 0), (1, 1), (2, 2), (3, 4), (5, 9), (10, None))  # by repeat purchases


class Trial(msgspec.Struct, frozen=True):
    """The last days beside what was said of them: for each customer the purchases that came, and those of each model
    and of `as_before`."""

    since: date
    until: date
    rows: pl.DataFrame
    said: dict[str, Numbers]
    checked: tuple[Checked, ...]


def run(bought: Bought) -> Trial | None:
    """Keep the last days back, and let every model that can be fitted say what comes; None where days are too few."""
    held = min((bought.until - bought.since).days // SHARE, WEEKS_MAX * DAYS)
    if held < DAYS:
        return None
    since = bought.until - timedelta(days=held)
    before = fitted.fit(bought, end=since)
    later = buying.days(bought, end=bought.until).filter(pl.col("day") >= since)
    came = later.group_by("customer").agg(pl.len().cast(pl.Float64).alias("times"), pl.col("amount").sum())
    rows = before.rows.join(came, on="customer", how="left", maintain_order="left")
    rows = rows.with_columns(pl.col("times", "amount").fill_null(0))
    if rows.height == 0:
        return None
    said = {
        str(model): models.expected(model, fit, rows, weeks=held / DAYS) for model, fit in before.fits.items()
    } | {AS_BEFORE: _as_before(rows, held / DAYS)}  # fmt: skip
    spend = None if before.spending is None else models.spends(before.spending, rows)
    times = rows["times"].to_numpy()
    checked = [
        Checked(
            name, _hundredths(often.sum()), _hundredths(np.abs(often - times).mean()),
            None if spend is None else round(float(often @ spend)),
        )
        for name, often in said.items()
    ]  # fmt: skip
    return Trial(since, bought.until, rows, said, tuple(checked))


def best(trial: Trial) -> Model | None:
    """The model that missed the purchases of customers by the least."""
    off = {one.model: one.off for one in trial.checked}
    return min((model for model in MODELS if model in off), key=lambda one: off[one], default=None)


def told(trial: Trial, model: Model | None) -> HoldOut:
    """The hold-out as it is shown, with the error of the model that was chosen."""
    times = trial.rows["times"].to_numpy()
    came, said = int(times.sum()), None if model is None else trial.said.get(model)
    error = None if said is None or came == 0 else round((float(said.sum()) / came - 1) * 100 * 100)
    return HoldOut(
        trial.since, trial.until, trial.rows.height, came, int(trial.rows["amount"].sum()), error, trial.checked,
        () if said is None else _groups(trial.rows, said),
    )  # fmt: skip


def _groups(rows: pl.DataFrame, said: Numbers) -> tuple[Held, ...]:
    repeats, times = rows["repeats"].to_numpy(), rows["times"].to_numpy()
    found = []
    for least, most in GROUPS:
        of = (repeats >= least) & (repeats <= (most if most is not None else np.inf))
        if of.any():
            sums = (_hundredths(numbers[of].sum()) for numbers in (times, said))
            found.append(Held(least, most, int(of.sum()), *sums))
    return tuple(found)


def _as_before(rows: pl.DataFrame, weeks: float) -> Numbers:
    """Everybody goes on as often as until then."""
    age, repeats = rows["age"].to_numpy(), rows["repeats"].cast(pl.Float64).to_numpy()
    pace: Numbers = np.divide(repeats, age, out=np.zeros(rows.height), where=age > 0)
    return pace * weeks


def _hundredths(number: float) -> int:
    return round(float(number) * 100)
