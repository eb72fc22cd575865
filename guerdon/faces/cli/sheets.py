"""Tables for spreadsheets: CSV in which no cell becomes a formula."""

import csv
from collections.abc import Iterable, Sequence
from typing import IO, Final

# What spreadsheets take for the beginning of a formula, also in the wide letters of East Asia, and what hides one.
_BEGINNINGS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "|", "%")


def guarded(text: str) -> str:
    """The text as a spreadsheet shows it: what could begin a formula gets an apostrophe before it."""
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_BEGINNINGS) else text


def write(out: IO[str], heads: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a table, every cell guarded and in quotes; answers how many rows it has besides its head."""
    sheet = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    sheet.writerow([guarded(head) for head in heads])
    count = 0
    for row in rows:
        sheet.writerow([guarded(cell) for cell in row])
        count += 1
    return count
