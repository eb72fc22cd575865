"""The browser of the tests: the system's Chromium, installed by the test command where it is missing."""

import shutil
from pathlib import Path

from tests import packages

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find() -> Path | None:
    """The program, or None."""
    return next((Path(path) for name in NAMES if (path := shutil.which(name)) is not None), None)


def find_or_install() -> Path:
    """The program; the distribution's package is installed where that is allowed. Raises Unavailable."""
    found = find()
    if found is None:
        packages.install("chromium", missing="no Chromium was found")
        found = find()
    if found is None:
        raise packages.Unavailable("the package chromium is installed, yet the program was not found")
    return found
