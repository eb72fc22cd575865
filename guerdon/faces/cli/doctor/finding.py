"""What the doctor found: one look at one thing, in words, with what to do where it is not fine."""

from collections.abc import Iterable
from typing import Literal

import msgspec

State = Literal["fine", "unknown", "warning", "fault"]


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """`fault`: something does not work, or may lose what was promised; `warning`: it will, or is not as it should be;
    `unknown`: it can't be seen from here."""

    about: str
    state: State
    told: str
    do: str = ""


def fine(about: str, told: str) -> Finding:
    """Nothing to do."""
    return Finding(about, "fine", told)


def first(found: Iterable[Finding], otherwise: Finding) -> list[Finding]:
    """All that was found; else the word that it is fine."""
    return list(found) or [otherwise]
