"""What members will be worth over the next months, and how wrong such a forecast would have been before."""

from collections.abc import Iterator
from typing import Final

import msgspec
import numpy as np
import polars as pl

from guerdon.core import limits
from guerdon.insight.clv import fitted, holdout, models
from guerdon.insight.clv.answers import Answer, Band, HoldOut, Part, Stay, Warned
from guerdon.insight.clv.buying import Bought
from guerdon.insight.clv.fitted import Fitted
from guerdon.insight.clv.histories import DAYS, Numbers
from guerdon.insight.clv.models import MODELS, Model

WEEKS_OF_MONTH: Final = 365.25 / 12 / DAYS
# From where on a forecast is told with a warning.
FEW_CUSTOMERS: Final = 200
FEW_REPEATS: Final = 100
SHORT_WEEKS: Final = 26
FAR_OFF: Final = 20_00  # hundredths of a percent
DEPENDS: Final = 30  # hundredths
_BANDS: Final = 10  # as many members in each, from the least worth to the most


class Forecast(msgspec.Struct, frozen=True):
    """The answer, and a row for each member who has bought: `customer`, `repeats`, `last` (day), `alive` (hundredths
    of a percent), `purchases` (hundredths), `spend` and `value` (minor units, null where nothing can be said)."""

    answer: Answer
    members: pl.DataFrame


def make(bought: Bought, *, months: int, model: Model | None = None, stays: tuple[Stay, ...] = ()) -> Forecast:
    """A forecast for so many months; without a model, by the one that was less wrong in the hold-out."""
    assert 0 < months <= limits.FORECAST_MONTHS_MAX, "months are checked where they are told"
    now, trial = fitted.fit(bought, end=bought.until), holdout.run(bought)
    chosen = model or _chosen(now, trial)
    held = None if trial is None else holdout.told(trial, chosen)
    again = int((now.rows["repeats"] > 0).sum())
    answer = Answer(
        chosen or "", months, bought.since, bought.until, bought.currency, now.rows.height, again, hold_out=held,
        stays=stays, warned=tuple(_warned(bought, now, held, again)),
    )  # fmt: skip
    if chosen is None or chosen not in now.fits:
        why = "; ".join(f"{name}: {fault}" for name, fault in now.faults.items() if chosen in (None, name))
        return Forecast(msgspec.structs.replace(answer, why=why), pl.DataFrame(schema=_SCHEMA))
    fit = now.fits[chosen]
    rows = _members(bought, now, chosen, months)
    spending = now.spending
    answer = msgspec.structs.replace(
        answer, parameters=fit.parameters, log_likelihood=fit.log_likelihood,
        spending={} if spending is None else spending.fit.parameters,
        correlation=None if spending is None else round(spending.correlation * 100),
        whole=_part("all", "", rows), parts=tuple(_parts(rows, bought.people)), bands=tuple(_bands(rows)),
    )  # fmt: skip
    return Forecast(answer, rows)


def _chosen(now: Fitted, trial: holdout.Trial | None) -> Model | None:
    best = None if trial is None else holdout.best(trial)
    return best if best in now.fits else now.likelier


def _warned(bought: Bought, now: Fitted, held: HoldOut | None, again: int) -> Iterator[Warned]:
    """What speaks against believing it."""
    if now.rows.height < FEW_CUSTOMERS:
        yield Warned("few_customers", now.rows.height)
    if again < FEW_REPEATS:
        yield Warned("few_repeats", again)
    weeks = (bought.until - bought.since).days // DAYS
    if weeks < SHORT_WEEKS:
        yield Warned("short_watch", weeks)
    if held is None or held.error is None:
        yield Warned("not_held_out", 0)
    else:
        if abs(held.error) > FAR_OFF:
            yield Warned("far_off", held.error)
        off = {one.model: one.off for one in held.checked}
        if min(off[one] for one in MODELS if one in off) > off[holdout.AS_BEFORE]:
            yield Warned("worse_than_before", off[holdout.AS_BEFORE])
    if now.spending is None:
        yield Warned("no_spending", 0)
    elif abs(now.spending.correlation) * 100 > DEPENDS:
        yield Warned("spending_depends", round(now.spending.correlation * 100))
    if bought.foreign:
        yield Warned("foreign", bought.foreign)


_SCHEMA: Final = {
    "customer": pl.String(), "repeats": pl.Int64(), "last": pl.Date(), "alive": pl.Int64(), "purchases": pl.Int64(),
    "spend": pl.Int64(), "value": pl.Int64(),
}  # fmt: skip


def _members(bought: Bought, now: Fitted, model: Model, months: int) -> pl.DataFrame:
    """A row for each member who has bought, in the order of their ids."""
    fit = now.fits[model]
    rows = now.rows.join(bought.people.select("customer"), on="customer", how="semi").sort("customer")
    often = models.expected(model, fit, rows, weeks=months * WEEKS_OF_MONTH)
    spend = np.full(rows.height, np.nan) if now.spending is None else models.spends(now.spending, rows)
    since = pl.lit(bought.until) - pl.duration(days=1)
    return rows.select(
        "customer", "repeats",
        last=(since - pl.duration(days=((pl.col("age") - pl.col("recency")) * DAYS).round().cast(pl.Int64))),
        alive=pl.Series(np.rint(models.alive(model, fit, rows) * 100 * 100)).cast(pl.Int64),
        purchases=pl.Series(np.rint(often * 100)).cast(pl.Int64),
        spend=_whole(spend), value=_whole(often * spend),
    ).cast(_SCHEMA)  # type: ignore[arg-type] # of the columns by their names  # fmt: skip


def _whole(numbers: Numbers) -> pl.Series:
    return pl.Series(numbers).fill_nan(None).round().cast(pl.Int64)


def _parts(rows: pl.DataFrame, people: pl.DataFrame) -> Iterator[Part]:
    """Tiers and segments, each with its members who have bought."""
    known = rows.join(people, on="customer", how="left", maintain_order="left")
    for of, column in (("tier", "tiers"), ("segment", "segments")):
        exploded = known.filter(pl.col(column).list.len() > 0).explode(column)
        for (key,), part in sorted(exploded.group_by(column), key=lambda one: str(one[0][0])):
            yield _part(of, str(key), part)


def _part(of: str, key: str, rows: pl.DataFrame) -> Part:
    known = rows.height > 0 and rows["value"].null_count() == 0
    value = int(rows["value"].sum()) if known else None
    return Part(
        of, key, rows.height, round(rows["alive"].sum() / 10_000), round(rows["purchases"].sum() / 100), value,  # type: ignore[arg-type]
        None if value is None else round(value / rows.height),
    )  # fmt: skip


def _bands(rows: pl.DataFrame) -> Iterator[Band]:
    """Members from the least worth to the most, a tenth of them in each band."""
    ranked = rows.filter(pl.col("value").is_not_null()).sort("value", "customer")
    for band in range(_BANDS):
        first, end = (ranked.height * at // _BANDS for at in (band, band + 1))
        if end > first:
            part = ranked["value"][first:end]
            yield Band(int(part[0]), int(part[-1]), part.len(), int(part.sum()))
