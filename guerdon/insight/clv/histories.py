"""Buying as the models of repeat buying see it: how often, how lately, since when; equal customers stand once."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

DAYS: Final = 7  # of a week, in which the models count
ROWS_FEW: Final = 3_000  # different histories from which a search can begin

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Histories:
    """Customers with the same history stand once, with how many they are.

    `repeats` are the days with a purchase after the first one, `recency` is from the first to the last of them and
    `age` from the first to the end of the watch, both in weeks (in the papers: x, t_x, T).
    """

    repeats: Numbers
    recency: Numbers
    age: Numbers
    customers: Numbers

    def __post_init__(self) -> None:
        wrong = (
            (self.repeats < 0) | (self.recency < 0) | (self.recency > self.age) | (self.customers < 1)
            | ((self.repeats > 0) != (self.recency > 0))
        )  # fmt: skip
        if wrong.any():
            raise ValueError(f"row {int(wrong.argmax())} is no history of buying")

    def thinned(self) -> "Histories | None":
        """Some of many, evenly; None where there are few."""
        step = len(self.repeats) // ROWS_FEW
        if step < 2:
            return None
        return Histories(*(each[::step] for each in (self.repeats, self.recency, self.age, self.customers)))

    @property
    def total(self) -> int:
        """How many customers there are."""
        return int(self.customers.sum())


def of(purchases: pl.DataFrame, *, end: date) -> pl.DataFrame:
    """One row for each customer who bought before `end`: `customer`, `repeats`, `recency` and `age` in weeks, `mean`.

    Purchases have the columns `customer`, `day` and `amount` (minor units). All purchases of a day are one. `mean` is
    what a repeat purchase came to on average, in minor units, and null where there was none (Fader & Hardie, note 025).
    The watch ends with the day before `end`.
    """
    days = (
        purchases.filter(pl.col("day") < end)
        .group_by("customer", "day")
        .agg(pl.col("amount").sum())
        .with_columns(first=pl.col("day").min().over("customer"))
    )
    again = pl.col("day") > pl.col("first")
    last = pl.lit(end).cast(pl.Date) - pl.duration(days=1)
    return (
        days.group_by("customer")
        .agg(
            again.sum().cast(pl.Int64).alias("repeats"),
            ((pl.col("day").max() - pl.col("first").first()).dt.total_days() / DAYS).alias("recency"),
            ((last - pl.col("first").first()).dt.total_days() / DAYS).alias("age"),
            pl.col("amount").filter(again).mean().alias("mean"),
        )
        .sort("customer")
    )


def gathered(rows: pl.DataFrame) -> Histories:
    """Customers with the same history put together: what makes a million of them quick to fit."""
    same = rows.group_by("repeats", "recency", "age").len().sort("repeats", "recency", "age")
    repeats, recency, age, customers = (same[name].cast(pl.Float64).to_numpy() for name in same.columns)
    return Histories(repeats, recency, age, customers)
