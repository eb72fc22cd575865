"""Tables as CSV that opens in a spreadsheet and in which no cell is a formula: the one place that writes CSV."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import IO, Final

from guerdon.core import money

Cell = str | int | None
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?\Z", re.ASCII)
# What spreadsheets take for the beginning of a formula, also in the wide and the small letters of East Asia and as a
# real minus; behind blanks and characters that nobody sees, which some of them drop.
_UNSEEN: Final = r"[ \u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]*"
_FORMULA: Final = re.compile(_UNSEEN + r"[=+\-@|%\t\r\n＝＋－＠﹦﹢﹣﹫−｜％]")


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: what could begin one has an apostrophe before it."""
    return "'" + cell if _FORMULA.match(cell) else cell


def guarded(cell: Cell) -> Cell:
    """A cell as it is written: a number stays one, any other text is no formula."""
    return cell if not isinstance(cell, str) or _NUMBER.match(cell) else safe(cell)


def add(out: IO[str], rows: Iterable[Sequence[Cell]], *, quoted: bool = False) -> int:
    """Write rows as RFC 4180 wants them, every cell guarded; answers how many. `quoted` puts each in quotes."""
    lines = csv.writer(out, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    count = 0
    for row in rows:
        lines.writerow([guarded(cell) for cell in row])
        count += 1
    return count


def write(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The table as text; numbers stay numbers, and what is not known is empty."""
    told = io.StringIO(newline="")
    add(told, [header])
    add(told, rows)
    return told.getvalue()


def decimal(amount: int | None, scale: int) -> str | None:
    """An amount in smallest steps as a decimal number: 125 at scale 1 is 12.5."""
    return None if amount is None else money.plain(amount, scale)
