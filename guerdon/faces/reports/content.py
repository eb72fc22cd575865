"""What a report consists of, before it is a page or a paper: sections of paragraphs, tables, charts and terms."""

import msgspec
from django.utils.safestring import SafeString, mark_safe


class Column(msgspec.Struct, frozen=True):
    """A column: what stands above it, and whether it has numbers."""

    title: str
    end: bool = False


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    """A paragraph; a soft one is said by the way."""

    text: str
    soft: bool = False


class Table(msgspec.Struct, frozen=True, tag="table"):
    """A table with its caption; the rows of `sums` are what the others come to. Columns may share the width evenly."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[int, ...] = ()
    even: bool = False


class Chart(msgspec.Struct, frozen=True, tag="chart"):
    """A drawing, with what it shows in words; its numbers stand in a table as well."""

    title: str
    about: str
    svg: str

    @property
    def drawing(self) -> SafeString:
        """The same for a page."""
        return mark_safe(self.svg)  # our own drawing


class Terms(msgspec.Struct, frozen=True, tag="terms"):
    """What words mean."""

    items: tuple[tuple[str, str], ...]


Block = Paragraph | Table | Chart | Terms


class Section(msgspec.Struct, frozen=True):
    """A part with a headline."""

    title: str
    blocks: tuple[Block, ...]


class Content(msgspec.Struct, frozen=True):
    """A whole report in one language; colours are those of the brand, as `#rrggbb`."""

    language: str
    title: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    colour: str
    tint: str
