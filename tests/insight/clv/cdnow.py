"""CDNOW: 2,357 customers who first bought a CD in early 1997, watched for 78 weeks (Fader & Hardie's public data)."""

import functools
import sysconfig
from datetime import date
from pathlib import Path

import polars as pl

MIDDLE, END = date(1997, 10, 1), date(1998, 7, 1)  # 39 weeks to learn from, 39 to see who was right
_FILE = Path(sysconfig.get_paths()["purelib"]) / "lifetimes" / "datasets" / "CDNOW_sample.txt"


@functools.cache
def purchases() -> pl.DataFrame:
    """`customer`, `day`, and `amount` in cents."""
    rows = [line.split() for line in _FILE.read_text("utf-8").splitlines()]
    return pl.DataFrame(
        {
            "customer": [int(row[1]) for row in rows],
            "day": [date.fromisoformat(f"{row[2][:4]}-{row[2][4:6]}-{row[2][6:8]}") for row in rows],
            "amount": [round(float(row[-1]) * 100) for row in rows],
        }
    )
