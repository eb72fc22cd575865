"""Histories that nobody lived, written as exported months."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from guerdon.core import closing
from guerdon.core.closing import Closing
from guerdon.insight.exports import files
from guerdon.insight.exports.files import Manifest, Month

ZONE = ZoneInfo("UTC")


def write(folder: Path, names: Sequence[str], frames: Mapping[str, pl.DataFrame]) -> tuple[Month, ...]:
    """Write the rows of tables, each into its `month`, as an export has them."""
    before: Month | None = None
    for number, name in enumerate(names, 1):
        with files.drafted(folder, name) as draft:
            for table, frame in frames.items():
                for row in frame.filter(pl.col("month") == name).drop("month").rows():
                    draft.sheets[table].add(row)
            manifest = Manifest(
                format=files.FORMAT, version="1", programme_id="pro", programme="aurora", zone="UTC", currency="EUR",
                closing=Closing(name, closing.starts(name, ZONE), closing.ends(name, ZONE), number),
                since=number - 1 or None, previous=before.sha256 if before else None, sums=(), tables=draft.close(),
            )  # fmt: skip
            before = files.publish(draft, folder, manifest)
    return tuple(files.months(folder))
