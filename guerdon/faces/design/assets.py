"""The files of pages: each is served under an address with its hash, so that it can be kept for ever."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent / "static"
PREFIX: Final = "/static/"
HASHED: Final = (
    "guerdon.css", "guerdon.js", "charts.js", "vendor/lucide/icons.svg", "vendor/htmx/htmx.min.js",
    "vendor/uplot/uPlot.iife.min.js", "vendor/uplot/uPlot.min.css",
)  # fmt: skip


@cache
def address(name: str) -> str:
    """Where a file is served, like `/static/guerdon.1f0c9a2b.css`."""
    stem, _, suffix = name.rpartition(".")
    mark = hashlib.sha256((ROOT / f"{stem}.{suffix}").read_bytes()).hexdigest()[:12]
    return f"{PREFIX}{stem}.{mark}.{suffix}"


def every() -> dict[str, bytes]:
    """The hashed files by their addresses."""
    return {address(name): (ROOT / name).read_bytes() for name in HASHED}
