"""The files of pages: each is served under an address with its hash, so that it can be kept for ever."""

import hashlib
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent / "static"
PREFIX: Final = "/static/"
SHEET: Final = "guerdon.css"  # our own, for all faces together
HASHED: Final = (
    SHEET, "guerdon.js", "charts.js", "portal.js", "card.js", "till.js", "answers.js", "icon.svg",
    "vendor/lucide/icons.svg", "vendor/htmx/htmx.min.js", "vendor/uplot/uPlot.iife.min.js",
    "vendor/uplot/uPlot.min.css",
)  # fmt: skip

# What the library of signing in brings for passkeys; it names its files by itself.
_SIGN_IN: Final = ("account/js/onload.js", "mfa/js/webauthn-json.js", "mfa/js/webauthn.js", "mfa/js/recovery_codes.js")


@cache
def address(name: str) -> str:
    """Where a file is served, like `/static/guerdon.1f0c9a2b.css`."""
    stem, _, suffix = name.rpartition(".")
    mark = hashlib.sha256(body(f"{stem}.{suffix}")).hexdigest()[:12]
    return f"{PREFIX}{stem}.{mark}.{suffix}"


def body(name: str) -> bytes:
    """A file as it is served; our own style sheet without what only its readers need."""
    told = (ROOT / name).read_bytes()
    return _tight(told.decode()).encode() if name == SHEET else told


def every() -> dict[str, bytes]:
    """The hashed files by their addresses."""
    return {address(name): body(name) for name in HASHED}


def _tight(sheet: str) -> str:
    """The style sheet without comments, blanks that part nothing, and zeros before a point.

    A blank before a colon stays, for it makes a selector (`a :hover`); so do those around what `calc` adds.
    """
    for what, instead in _LOOSE:
        sheet = re.sub(what, instead, sheet)
    return sheet.strip()


_LOOSE: Final = (
    (r"(?s)/\*.*?\*/", ""), (r"\s+", " "), (r" ?([{};,>]) ?", r"\1"), (r"(?<=[\w\])-]): ", ":"), (r";}", "}"),
    (r"(?<![\w.])0(?=\.\d)", ""),
)  # fmt: skip


def of_sign_in() -> dict[str, bytes]:
    """The scripts for passkeys, by their names."""
    root = resources.files("allauth")
    return {name: root.joinpath(name.partition("/")[0], "static", name).read_bytes() for name in _SIGN_IN}
