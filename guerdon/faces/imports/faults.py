"""What can be wrong with a row or a file, in words, and the error file that lists it."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal, TextIO

import msgspec

from guerdon.core import errors
from guerdon.faces import tables

FILE_UNREADABLE = errors.declare("invalid", "import_file_unreadable", "file", "line", "reason", "detail")

EXCERPT_CHARS_MAX: Final = 80
REFUSED: Final = "refused:"  # before the code of a refusal of the programme
WOULD_BE: Final = "would_be_"  # before what a dry run found
KNOWN: Final = "known_otherwise"  # no fault: told before with something else, which stands
BROKEN: Final = REFUSED + "internal"  # it could not be written, and nobody meant that
Keep = Literal["nothing", "refusals", "all"]  # of an earlier session's error file

# Why a row (and with it its whole activity) was left out; the sentence stands in the error file.
ROW_REASONS: Final = {
    "too_few_cells": "The row has fewer cells than the header; was the file cut short, or a delimiter lost?",
    "too_many_cells": "The row has more cells than the header; is a cell with a delimiter in it not quoted?",
    "not_decodable": "The bytes are not text in the encoding that the mapping declares.",
    "nul": "The cell holds a NUL character; the file is damaged or not text.",
    "control_character": "The cell holds a line break or another control character.",
    "cell_too_long": "The cell is longer than any value can be.",
    "empty": "A value is needed here and the cell is empty.",
    "too_long": "The text is longer than this field may be.",
    "not_a_number": "The cell is not a plain decimal number; see `money` in the mapping.",
    "not_an_integer": "The cell is not a whole number.",
    "not_a_boolean": "The cell is neither true/false, yes/no nor 1/0.",
    "too_many_decimals": "The amount has more decimals than its currency; nothing is rounded silently.",
    "out_of_range": "The number is negative or larger than any that can be.",
    "not_a_time": "The cell is not a time in the format that the mapping declares.",
    "time_ambiguous": "The local time occurs twice (clocks go back); `time.twice` in the mapping decides.",
    "time_missing": "The local time does not exist (clocks go forward); `time.missing` in the mapping decides.",
    "member_invalid": "This cannot be a member's identifier of the kind that the mapping says.",
    "currency_unknown": "The cell is not an ISO 4217 currency.",
    "kind_unknown": "The cell is not a line kind; `line.kinds` in the mapping can translate it.",
    "wrong_type": "The value has a type that this field cannot take.",
    "no_value": "The line has a value of zero or less; `line.no_value` in the mapping decides.",
    "discount_above_amount": "The discount is larger than the amount.",
    "negative_discount": "The discount is negative; `money.discounts` in the mapping can turn the sign.",
    "differs": "The value differs from the first row of the same activity; `differing` in the mapping decides.",
    "told_twice": "An earlier row of this file has the same external id; the first one counts.",
    "unattached": "It cannot be said which activity the row belongs to, so its neighbours are left out too.",
    "neighbour_unattached": "A broken row stands beside this activity and may be a part of it.",
    "too_many_lines": "The activity has more lines than one may have.",
    "tenders_differ": "What was paid in all ways together is not what the lines cost.",
    "invalid": "The activity as a whole is not possible.",
}

# Why nothing of a file can be trusted, with what to do about it.
FILE_REASONS: Final = {
    "not_found": "There is no such file.",
    "not_a_file": "This is not a file that can be read.",
    "empty": "The file is empty: there is not even a header.",
    "looks_utf16": "The file starts with a UTF-16 mark. Say `encoding: utf-16` in the mapping.",
    "looks_utf8": "The file starts with a UTF-8 mark. Say `encoding: utf-8` in the mapping.",
    "no_utf16_mark": "The mapping says UTF-16 but the file has no byte order mark. Save it again as UTF-8 or UTF-16.",
    "not_utf16": "The bytes are not UTF-16; the file is damaged or cut short.",
    "is_zip": "This is a ZIP archive (perhaps a spreadsheet). Unpack it, or save the sheet as CSV.",
    "is_parquet": "This is a Parquet file. Give it the ending .parquet, or say `format: parquet` in the mapping.",
    "not_parquet": "This is not a Parquet file, or it was cut short.",
    "row_group_too_large": "A row group is too large to be read in little memory. Write the file again with groups "
    "of 100,000 rows.",
    "gzip_damaged": "The compressed file is damaged.",
    "gzip_cut_short": "The compressed file ends too early; copy it again.",
    "gzip_too_large": "The compressed file expands beyond all measure; unpack it yourself if you trust it.",
    "header_missing": "A column that is needed is not in the header.",
    "header_twice": "A column that is needed stands twice in the header.",
    "header_broken": "The header cannot be read as text in the declared encoding.",
    "header_width": "The first row and the list of names in the mapping have different lengths.",
    "unclosed_quote": "A quote is opened here and not closed where its cell ends. Look for a lost or an extra quote.",
    "broken_quote": "Text follows a closing quote in the row that begins here. Look for a lost or an extra quote.",
    "row_too_long": "One row is longer than a megabyte; is this the right delimiter and a text file?",
    "cut_short": "The file ends inside a cell whose quote is opened here: it was cut short, or a quote was lost.",
    "too_many_columns": "The file has more columns than any table of sales; is this the right delimiter?",
    "column_type": "A column that is needed holds lists or structures, not plain values.",
    "scattered": "Rows of one activity do not stand together. Sort the file by the external id and try again.",
    "too_many_repeats": "Too many rows repeat an earlier external id. Should `rows` in the mapping be `lines`?",
    "changed": "The file changed while it was being read. Start again when it is complete.",
}


class Fault(msgspec.Struct, frozen=True):
    """One thing wrong with one row: where, which column of the file, why, what stood there, and more in words."""

    line: int
    column: str
    reason: str
    excerpt: str
    told: str = ""  # where it is known better than the reason alone says

    @property
    def explanation(self) -> str:
        """Why, in words."""
        return self.told or explain(self.reason)


class Wrong(Exception):
    """Raised by the reader of one cell; whoever knows the row makes a fault of it."""

    def __init__(self, reason: str, column: str = "", value: object = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column
        self.value = value

    def at(self, line: int, column: str, value: object) -> Fault:
        """The fault of a row, with what the reader of the cell did not know."""
        return Fault(line, self.column or column, self.reason, excerpt(value if self.value is None else self.value))


def unreadable(file: str, reason: str, *, line: int | None = None, detail: str | None = None) -> errors.Refusal:
    """The refusal of a whole file, to be raised."""
    assert reason in FILE_REASONS, f"the reason {reason} is not declared"
    return FILE_UNREADABLE(file=file, line=line, reason=reason, detail=detail)


def excerpt(value: object, chars_max: int = EXCERPT_CHARS_MAX) -> str:
    """The beginning of a value on one line, safe for a terminal."""
    text = "" if value is None else str(value)
    shown = "".join(letter if letter.isprintable() else "�" for letter in text[: chars_max + 1])
    return shown if len(text) <= chars_max else shown[: chars_max - 1] + "…"


def explain(reason: str) -> str:
    """The sentence of a row's reason."""
    if reason == BROKEN:
        return "It could not be recorded; this is a mistake of ours, please report it."
    if reason.removeprefix(WOULD_BE).startswith(REFUSED):
        return "The programme refuses this activity."
    return ROW_REASONS.get(reason, "")


class ErrorFile:
    """The CSV of faults beside the imported file, made when the first one is written."""

    HEADER: Final = ("line", "column", "reason", "explanation", "excerpt")

    def __init__(self, path: Path, *, keep: Keep = "nothing") -> None:
        self.path = path
        self.written = 0
        self._file: TextIO | None = None
        self._start(keep)

    def write(self, faults: Iterable[Fault]) -> None:
        """Add rows and hand them to the system at once, so that a crash loses none."""
        rows = [(fault.line, fault.column, fault.reason, fault.explanation, fault.excerpt) for fault in faults]
        if not rows:
            return
        if self._file is None:
            self._file = self.path.open("a", encoding="utf-8", newline="")
            tables.add(self._file, [self.HEADER])
        self.written += tables.add(self._file, rows)
        self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _start(self, keep: Keep) -> None:
        """Begin anew; a resumed run takes over what an earlier session wrote and this one will not find again.

        What a dry run expected is never taken over: the import says itself how it was.
        """
        before = self.path.with_name(self.path.name + ".before")
        if self.path.exists():
            self.path.replace(before)
        if keep != "nothing" and before.exists():
            with before.open(encoding="utf-8", errors="replace", newline="") as file:
                for row in csv.reader(file):
                    if len(row) != len(self.HEADER) or not row[0].isdigit():
                        continue
                    found = row[2].startswith((REFUSED, KNOWN))
                    if found or (keep == "all" and not row[2].startswith(WOULD_BE)):
                        self.write([Fault(int(row[0]), row[1], row[2], row[4], row[3])])
        before.unlink(missing_ok=True)
