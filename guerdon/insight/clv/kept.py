"""Forecasts that are kept beside the exports they were made of, with the rows of their members."""

import io
from pathlib import Path
from typing import Final

import msgspec
import polars as pl

from guerdon.insight import kept
from guerdon.insight.clv import buying, forecast, paid
from guerdon.insight.clv.answers import Answer
from guerdon.insight.clv.forecast import Forecast
from guerdon.insight.exports import files

USUAL: Final = 12  # months ahead that are told where nobody asks for others
CHOICES: Final = (6, 12, 24, 36)


class Question(msgspec.Struct, frozen=True):
    """For how many months."""

    months: int
    what: str = "clv"


def find(own: Path, *, months: int) -> Answer | None:
    """What was said of so many months, if it was made of the months that are there. Raises Damaged."""
    read = files.months(own)
    return kept.find(own, read[-1].sha256, Question(months), Answer) if read else None


def members(own: Path, *, months: int) -> pl.DataFrame | None:
    """The rows of its members."""
    read = files.months(own)
    path = kept.place(own, read[-1].sha256) / f"clv-{months}.parquet" if read else own / "none"
    return pl.read_parquet(path) if path.is_file() else None


def make(own: Path, *, months: int) -> Forecast | None:
    """Make a forecast and keep it; None where no month is there. Raises Damaged."""
    read = files.months(own)
    if not read:
        return None
    found = forecast.make(buying.read(read), months=months, stays=paid.stays(read))
    state, rows = read[-1].sha256, io.BytesIO()
    found.members.write_parquet(rows)
    kept.keep(own, state, Question(months), found.answer)
    kept.write(kept.place(own, state) / f"clv-{months}.parquet", rows.getvalue())
    return found
