"""How hard to look: a few examples on every run, many when GUERDON_HYPOTHESIS=full asks for it."""

import os

FULL = os.environ.get("GUERDON_HYPOTHESIS") == "full"


def times(quick: int, full: int) -> int:
    """The number of examples, rounds or rivals for this run."""
    return full if FULL else quick
