"""Any table file as an iterator of rows that knows line numbers and never holds more than a few of them."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, Protocol

import msgspec

from guerdon.core import limits
from guerdon.faces.imports import encodings, faults, lines
from guerdon.faces.imports.lines import Encoding, Lines
from guerdon.faces.imports.rows import Flaw, Row, places_of

Format = Literal["csv", "parquet"]
Delimiter = Literal[",", ";", "\t", "|", "tab"]


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the file itself is written."""

    format: Format | None = None  # by the ending of its name where it is not said
    encoding: Encoding = "utf-8"
    delimiter: Delimiter = ","
    header: bool | tuple[str, ...] = True  # or the names, for a file without a header row


class Table(Protocol):
    """One pass over a file."""

    places: dict[str, int]  # wanted column → its place in `cells`

    def rows(self) -> Iterator[Row]: ...

    @property
    def fraction(self) -> float: ...


def open_table(path: Path, layout: Layout, wanted: Sequence[str]) -> Table:
    """Open a file and check its header; refuses with `import_file_unreadable` what no row could be read from."""
    try:
        if not path.exists():
            raise faults.unreadable(path.name, "not_found")
        if not path.is_file():
            raise faults.unreadable(path.name, "not_a_file")
        if _format(path, layout) == "parquet":
            from guerdon.faces.imports import parquet  # only where one is read

            return parquet.ParquetTable(path, wanted)
        return CsvTable(path, layout, wanted)
    except OSError as error:
        raise faults.unreadable(path.name, "not_a_file", detail=error.strerror) from error


def head(path: Path, layout: Layout) -> list[str]:
    """The names of the columns of a CSV file; refuses one that has none."""
    return CsvTable(path, layout, ()).names


def _format(path: Path, layout: Layout) -> Format:
    return layout.format or ("parquet" if path.suffix.lower() in (".parquet", ".pq") else "csv")


class CsvTable:
    """A CSV file, plain or gzipped, read by the standard tokenizer in strict mode with guards around it."""

    def __init__(self, path: Path, layout: Layout, wanted: Sequence[str]) -> None:
        self.path = path
        self._lines = Lines(path, layout.encoding)
        self._layout = layout
        self._delimiter = "\t" if layout.delimiter == "tab" else layout.delimiter
        self._cells = csv.reader(self._lines, strict=True, delimiter=self._delimiter)
        self._start = 1
        if isinstance(layout.header, tuple):
            self.names, self._first = list(layout.header), self._read_first()
            if self._first is not None and len(self._first) != len(self.names):
                told = f"{len(self._first)} cells, {len(self.names)} names"
                raise faults.unreadable(path.name, "header_width", line=1, detail=told)
        else:
            self.names, self._first = [name.strip() for name in self._read_first() or []], None
        if len(self.names) > limits.IMPORT_COLUMNS_MAX:
            told = f"{len(self.names)} columns, {limits.IMPORT_COLUMNS_MAX} at most"
            raise faults.unreadable(path.name, "too_many_columns", line=1, detail=told)
        if any(map(encodings.undecoded, self.names)):
            told = encodings.advice(" ".join(self.names), lines.codec(layout.encoding))
            if not set(wanted) <= set(self.names):
                raise faults.unreadable(path.name, "header_broken", line=1, detail=told)
        self.places = places_of(path.name, self.names, wanted)

    @property
    def fraction(self) -> float:
        return self._lines.fraction

    def rows(self) -> Iterator[Row]:
        """The rows below the header, blank lines left out; may be asked for once."""
        if self._first is not None:
            yield 1, self._first, self._look(self._first) if self._suspect(self._size_first) else None
        width, lines = len(self.names), self._lines
        start = lines.row_line = self._cells.line_num + 1
        for cells in self._tokens():
            size, lines.pending_bytes = lines.pending_bytes, 0
            if len(cells) != width:
                if cells:
                    yield start, cells, ("too_few_cells" if len(cells) < width else "too_many_cells", -1)
            elif size > limits.IMPORT_CELL_CHARS_MAX or start <= lines.suspect_to:
                yield start, cells, self._look(cells)
            else:
                yield start, cells, None
            start = lines.row_line = self._cells.line_num + 1

    def _tokens(self) -> Iterator[list[str]]:
        # The tokenizer's limit is one for the whole process; ours on rows strikes first and knows the line.
        csv.field_size_limit(max(2 * limits.IMPORT_ROW_BYTES_MAX, csv.field_size_limit()))
        try:
            yield from self._cells
        except csv.Error as error:
            raise self._torn(str(error)) from None

    def _torn(self, message: str) -> Exception:
        line, last = self._lines.row_line, self._cells.line_num
        opened = self._opened(line, last)
        if "end of data" in message:
            return faults.unreadable(self.path.name, "cut_short" if opened == last else "unclosed_quote", line=opened)
        reason = "unclosed_quote" if last > line else "broken_quote"
        return faults.unreadable(self.path.name, reason, line=opened, detail=f"noticed at line {last}")

    def _opened(self, first: int, last: int) -> int:
        """The line of the latest quote that begins a cell between two lines of a row, found by reading them again."""
        again = Lines(self.path, self._layout.encoding)
        opened, inside, before = first, False, ""
        for number, text in enumerate(again, 1):
            again.pending_bytes = 0
            if number > last:
                break
            for letter in text if number >= first else "":
                if letter == '"' and inside:
                    inside = False
                elif letter == '"' and before in ('"', self._delimiter, "", "\n", "\r"):
                    inside = True
                    opened = opened if before == '"' else number  # a doubled quote goes on with the same cell
                before = letter
        return opened

    def _read_first(self) -> list[str] | None:
        first = next(self._tokens(), None)
        self._size_first, self._lines.pending_bytes = self._lines.pending_bytes, 0
        return first

    def _suspect(self, size: int) -> bool:
        return size > limits.IMPORT_CELL_CHARS_MAX or self._lines.suspect_to > 0

    def _look(self, cells: Sequence[str]) -> Flaw | None:
        """What is wrong with the cells that are used; whatever stands in the others harms nobody."""
        for place in self.places.values():
            cell = cells[place]
            if len(cell) > limits.IMPORT_CELL_CHARS_MAX:
                return "cell_too_long", place
            if "\0" in cell:
                return "nul", place
            if encodings.undecoded(cell):
                return "not_decodable", place
        return None
