"""A download as files: a CSV for each table in a ZIP, or one JSON document, written page by page."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import IO, Final

import msgspec

from guerdon.faces import tables
from guerdon.insight.download import Table

_encode: Final = msgspec.json.Encoder().encode


def packed(sheets: Sequence[Table]) -> bytes:
    """The ZIP as bytes."""
    whole = io.BytesIO()
    write_files(sheets, whole)
    return whole.getvalue()


def write_files(sheets: Sequence[Table], to: IO[bytes]) -> None:
    """A CSV file for each table that has rows, and what no cell holds; no more than a page is in memory."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in sheets:
            pages = (page for page in one.pages() if page)
            first = next(pages, None)
            if first is None:
                continue
            with archive.open(f"{one.name}.csv", "w") as file, io.TextIOWrapper(file, "utf-8", newline="") as text:
                tables.add(text, [one.columns])
                for page in chain([first], pages):
                    tables.add(text, page)
            for name, content in one.files():
                archive.writestr(name, content)


def write_document(sheets: Sequence[Table], to: IO[bytes], *, member: str, made_at: datetime) -> None:
    """The same as one JSON document of the shape that the API answers."""
    to.write(b'{"member":' + _encode(member) + b',"made_at":' + _encode(made_at) + b',"tables":[')
    for place, one in enumerate(sheets):
        to.write(b"," if place else b"")
        to.write(b'{"name":' + _encode(one.name) + b',"columns":' + _encode(one.columns) + b',"rows":[')
        first = True
        for page in one.pages():
            for row in page:
                to.write((b"" if first else b",") + _encode(row))
                first = False
        to.write(b"]}")
    to.write(b"]}\n")
