"""A row of any table file, and where the wanted columns stand in it."""

from collections.abc import Sequence
from typing import Any

from guerdon.core import documents
from guerdon.faces.imports import faults

# Line number in the file, the cells, and (reason, place of the cell or −1) when the row cannot be trusted.
Flaw = tuple[str, int]
Row = tuple[int, Sequence[Any], Flaw | None]


def places_of(file: str, names: Sequence[str], wanted: Sequence[str]) -> dict[str, int]:
    """Where the wanted columns stand; refuses a header that lacks one or has it twice."""
    for name in wanted:
        if name not in names:
            raise faults.unreadable(file, "header_missing", line=1, detail=_missing(name, names))
        if list(names).count(name) > 1:
            raise faults.unreadable(file, "header_twice", line=1, detail=name)
    return {name: list(names).index(name) for name in wanted}


def _missing(name: str, names: Sequence[str]) -> str:
    shown = [documents.shortened(one) for one in names]
    told = f"“{name}” is not among: {documents.listed(shown)}."
    other = next((mark for mark in ";,|\t" if mark in names[0]), None) if len(names) == 1 else None
    if other is not None:
        return f"{told} Is the delimiter {'a tab' if other == chr(9) else other}?"
    near = documents.nearest(name, list(names))
    return told if near is None else f"{told} Did you mean “{near}”?"
