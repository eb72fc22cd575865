"""Tables as CSV that opens in a spreadsheet and in which no cell is a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from guerdon.core import money

Cell = str | int | None
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z", re.ASCII)


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def write(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The table as RFC 4180 wants it; numbers stay numbers, and what is not known is empty."""
    told = io.StringIO(newline="")
    lines = csv.writer(told)
    lines.writerow(header)
    lines.writerows([[guarded(cell) for cell in row] for row in rows])
    return told.getvalue()


def guarded(cell: Cell) -> Cell:
    """A cell as it is written: a number stays one, any other text is no formula."""
    return cell if not isinstance(cell, str) or _NUMBER.match(cell) else safe(cell)


def decimal(amount: int | None, scale: int) -> str | None:
    """An amount in smallest steps as a decimal number: 125 at scale 1 is 12.5."""
    return None if amount is None else money.plain(amount, scale)
