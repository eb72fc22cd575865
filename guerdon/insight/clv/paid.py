"""Paid plans: how many stay after each period that they paid, and how many will (sBG)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

import numpy as np
import polars as pl

from guerdon.insight.clv import buying, sbg
from guerdon.insight.clv.answers import Stay
from guerdon.insight.clv.fitting import Fit, Unfit
from guerdon.insight.clv.histories import Numbers
from guerdon.insight.exports import files
from guerdon.insight.exports.files import Month
from guerdon.kit import clock

BEGAN_MIN: Final = 10  # below, nothing is fitted
AHEAD: Final = 12  # periods that are told
PERIODS_MAX: Final = 1_000  # beyond them hardly anybody pays


def stays(months: Sequence[Month]) -> tuple[Stay, ...]:
    """Each plan that somebody has paid, as of the end of the last exported month.

    Who is in a paid period has been through all those before it, and may still leave after this one; who changed to
    another plan has left the first. A pause ends nothing.
    """
    if files.lacks(months[-1], "intervals"):
        return ()
    rows = buying.scan(months[-1:], "intervals").collect()
    return tuple(_plans(rows, months[-1].manifest.closing.until))


def _plans(rows: pl.DataFrame, end: datetime) -> Iterator[Stay]:
    at = clock.micros(end)
    ends = pl.min_horizontal("until", "cut")
    last = rows.sort("membership", "place").group_by("membership").agg(now=pl.col("plan").last(), ends=ends.last())
    paid = rows.filter(pl.col("kind") == "period").group_by("membership", "plan").agg(
        paid=pl.col("number").n_unique()
    )  # fmt: skip
    found = paid.join(last, on="membership")
    there = (pl.col("now") == pl.col("plan")) & (pl.col("ends").is_null() | (pl.col("ends") >= at))
    counted = found.group_by("plan", "paid", there=there).len().sort("plan", "paid")
    for (plan,), part in counted.group_by("plan", maintain_order=True):
        yield _stay(str(plan), part)


def _stay(plan: str, part: pl.DataFrame) -> Stay:
    """`paid` periods that were paid, by whether the last one goes on: then one less is over for certain."""
    most = int(part["paid"].max())  # type: ignore[arg-type] # of numbers it is one
    left, stayed = np.zeros(most), np.zeros(most)
    for paid, there, members in part.select("paid", "there", "len").iter_rows():
        if not there:
            left[paid - 1] += members
        elif paid > 1:
            stayed[paid - 2] += members
    began = int(part["len"].sum())
    seen = _seen(left, stayed)
    try:
        if began < BEGAN_MIN:
            raise Unfit("too few have begun")
        fit = sbg.fit(left.tolist(), stayed.tolist())
    except (Unfit, ValueError):
        return Stay(plan, began, None, None, seen, (), None)
    expected = tuple([round(share * 100 * 100) for share in sbg.survival(fit, AHEAD)])
    alpha, beta = fit.parameters.values()
    return Stay(plan, began, alpha, beta, seen, expected, round(_remaining(fit) * 100))


def _seen(left: Numbers, stayed: Numbers) -> tuple[int, ...]:
    """Of those who could leave after each period, who stayed, multiplied up (Kaplan & Meier 1958), in hundredths of a
    percent."""
    share, told = 1.0, []
    for at, gone in enumerate(left):
        risk = left[at:].sum() + stayed[at:].sum()
        if risk == 0:
            break
        share *= 1 - gone / risk
        told.append(round(share * 100 * 100))
    return tuple(told)


def _remaining(fit: Fit) -> float:
    """The periods that somebody who begins will have paid in the end, of `PERIODS_MAX` at most."""
    return 1 + float(sbg.survival(fit, PERIODS_MAX - 1).sum())
